"""``policygen approve``: what it records, shows and refuses, and what documents say then."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from git_repository import Repository
from policygen.approving import Decision, NotRecordedError, planned, record
from policygen.cli import commands, options
from policygen.survey import survey
from small_trust import FILES, Maker

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TODAY = dt.date(2026, 11, 20)
BOARD = ("--by", "Trust Board", "--on", "2026-10-12", "--minute", "TB/26/41")
POLICY = FILES["policies/rules.yaml"]
ALDER = FILES["schools/alder.yaml"]
BIRCH = ALDER.replace("Alder", "Birch").replace("B. Person", "C. Person")
CLAUSES = FILES["clauses/m.yaml"]
HEAD = CLAUSES.replace("Alpha.", '"Ask {{ officers.headteacher.name }}."')
TWO = {"schools/birch.yaml": BIRCH, "clauses/m.yaml": HEAD}
"""A second school, and a clause that prints a value."""


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "today", lambda: TODAY)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give the sources of a trust of two schools."""
    Maker(tmp_path).write(TWO)
    return tmp_path


def run(source: Path, *args: str, policy: str = "rules") -> Result:
    return CliRunner().invoke(commands, ["approve", policy, "--source", str(source), *args])


def approved(source: Path, *args: str) -> str:
    """Approve, and give what the register says then."""
    result = run(source, *(args or BOARD))
    assert result.exit_code == 0, result.output
    return register(source)


def register(source: Path) -> str:
    path = source / "approvals" / "rules.yaml"
    return path.read_text("utf-8") if path.exists() else ""


def statuses(source: Path) -> dict[str, tuple[str, str]]:
    """Give status and reason of each school's document."""
    _, report = survey(source)
    return {
        target.school_id or "trust": (target.document.status, target.reason)
        for target in report.targets
        if target.document
    }


def change(source: Path, name: str, old: str, new: str) -> None:
    path = source / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def fingerprints(source: Path) -> dict[str, str]:
    _, report = survey(source)
    return {t.school_id or "trust": t.document.fingerprint for t in report.targets if t.document}


APPROVED = ("Approved", "")
LAPSED = (
    "Draft",
    "The wording differs from the one that Trust Board approved on 12 October 2026.",
)


# What is recorded


def test_the_register_has_the_form_that_the_format_says(source: Path) -> None:
    wording = fingerprints(source)
    result = run(source, *BOARD)
    assert result.exit_code == 0
    assert register(source) == (
        '- version: "1"\n'
        "  approved: 2026-10-12\n"
        "  by: Trust Board\n"
        "  minute: TB/26/41\n"
        f"  wording: {{alder: {wording['alder']},\n"
        f"            birch: {wording['birch']}}}\n"
    )
    assert result.stdout == (
        "Recorded:\n"
        "rules, version 1, approved by Trust Board on 12 October 2026 (TB/26/41)\n"
        "  2 schools: alder, birch\n"
        f"Wrote {source.as_posix()}/approvals/rules.yaml.\n"
    )
    assert statuses(source) == {"alder": APPROVED, "birch": APPROVED}


def test_a_changed_word_makes_drafts_of_the_documents_that_have_it(source: Path) -> None:
    approved(source)
    amended = "policies: {rules: {amend: [{replace: m/b, text: Brave.}]}}"
    change(source, "schools/birch.yaml", "policies: [rules]", amended)
    assert statuses(source) == {"alder": APPROVED, "birch": LAPSED}
    change(source, "clauses/m.yaml", "Charlie.", "Charles.")
    assert statuses(source) == {"alder": LAPSED, "birch": LAPSED}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("schools/alder.yaml", "B. Person", "D. Person"),
        ("schools/alder.yaml", "Alder Primary", "Alder Primary School"),
        ("policies/rules.yaml", "control: []", "control: [title]"),
        ("policies/rules.yaml", "status: final", "status: draft"),
        ("clauses/m.yaml", "Bravo.", "  Bravo.  "),
    ],
)
def test_what_is_no_wording_leaves_documents_approved(
    source: Path, name: str, old: str, new: str
) -> None:
    approved(source)
    change(source, name, old, new)
    assert statuses(source) == {"alder": APPROVED, "birch": APPROVED}


def test_only_the_schools_that_are_named_are_approved(source: Path) -> None:
    text = approved(source, *BOARD, "--school", "birch")
    assert "alder" not in text
    reason = "The approval register holds no approval of this document."
    assert statuses(source) == {"alder": ("Draft", reason), "birch": APPROVED}
    rest = run(source, *BOARD)
    assert "Recorded before:\nrules, version 1, by Trust Board" in rest.stdout
    assert "  birch\n" in rest.stdout
    assert register(source).startswith(text)
    assert statuses(source) == {"alder": APPROVED, "birch": APPROVED}


def test_schools_with_versions_of_their_own_have_an_approval_each(source: Path) -> None:
    own = 'policies: {rules: {version: "1a"}}'
    change(source, "schools/birch.yaml", "policies: [rules]", own)
    text = approved(source)
    assert text.count("- version:") == 2
    assert '- version: "1a"' in text
    assert statuses(source) == {"alder": APPROVED, "birch": APPROVED}


def test_a_policy_of_the_trust_is_approved_as_the_trusts(tmp_path: Path) -> None:
    Maker(tmp_path).write(
        {
            "policies/rules.yaml": POLICY + "\n        level: trust",
            "schools/alder.yaml": ALDER.replace("[rules]", "[]"),
        }
    )
    assert "wording: {trust: " in approved(tmp_path)
    assert statuses(tmp_path)["trust"] == APPROVED
    result = run(tmp_path, *BOARD, "--school", "alder")
    assert result.exit_code == 2
    assert "one document for all schools" in " ".join(result.stderr.split())


def test_what_was_in_the_register_stays(source: Path) -> None:
    path = source / "approvals" / "rules.yaml"
    path.parent.mkdir()
    before = (
        "# Kept by the clerk.\n- version: '0.9'  # by letter\n  approved: 2025-10\n"
        "  by: Board\n  wording: {alder: '00000000'}\n"
    )
    path.write_text(before, "utf-8")
    assert approved(source).startswith(before)
    assert not list(path.parent.glob(".*"))


# The same again


def test_the_same_decision_twice_is_recorded_once(source: Path) -> None:
    text = approved(source)
    result = run(source, *BOARD)
    assert result.exit_code == 0
    assert "There is nothing to approve." in result.stdout
    assert register(source) == text


def test_the_same_wording_on_another_day_wants_again(source: Path) -> None:
    text = approved(source)
    later = ("--by", "Trust Board", "--on", "2026-11-19")
    result = run(source, *later)
    assert result.exit_code == 1
    assert "There is nothing to approve." in result.stdout
    assert "add --again" in result.stderr
    assert register(source) == text
    assert "approved: 2026-11-19" in approved(source, *later, "--again")


def test_a_version_approved_with_two_wordings_is_told(source: Path) -> None:
    approved(source)
    change(source, "clauses/m.yaml", "Bravo.", "Brave.")
    result = run(source, "--by", "Trust Board", "--on", "2026-11-09", "--minute", "TB/26/52")
    assert result.exit_code == 0
    assert "one version, approved with two wordings" in result.stderr
    told = "other words: version 1, by Trust Board on 12 October 2026 (TB/26/41)\n"
    assert told in result.stderr
    assert statuses(source) == {"alder": APPROVED, "birch": APPROVED}
    _, report = survey(source)
    assert [d.code for d in report.diagnostics] == ["version-approved-twice"]
    change(source, "clauses/m.yaml", "Brave.", "Bravo.")
    reason = "The wording differs from the one that Trust Board approved on 9 November 2026."
    assert statuses(source)["alder"] == ("Draft", reason)


# Approvals from before the register


def test_a_past_approval_is_a_record_and_leaves_the_status(source: Path) -> None:
    past = ("--past", "--by", "Governors", "--on", "2021-11", "--version", "0.5")
    assert approved(source, *past) == (
        '- version: "0.5"\n  approved: 2021-11\n  by: Governors\n'
        "  wording: {alder: unknown, birch: unknown}\n"
    )
    assert statuses(source) == {"alder": ("Final", ""), "birch": ("Final", "")}
    assert run(source, *past).exit_code == 0
    assert register(source).count("version") == 1
    approved(source)
    assert statuses(source) == {"alder": APPROVED, "birch": APPROVED}
    older = approved(source, "--past", "--by", "Governors", "--on", "2019-05-03")
    assert older.index("2019-05-03") < older.index("2021-11") < older.index("2026-10-12")
    assert statuses(source) == {"alder": APPROVED, "birch": APPROVED}


def test_a_past_approval_is_of_the_version_that_the_history_tells(source: Path) -> None:
    history = """
        history:
          - {version: "0.4", date: 2020-01-01, summary: S}
          - {version: "0.6", date: 2021-11-30, summary: S}
          - {version: "1", date: 2026-09-01, summary: S}"""
    (source / "policies/rules.yaml").write_text("", "utf-8")
    Maker(source).write({**TWO, "policies/rules.yaml": POLICY.rstrip() + history})
    text = approved(source, "--past", "--by", "Governors", "--on", "2021-11")
    assert text.startswith('- version: "0.6"')
    earlier = run(source, "--past", "--by", "Governors", "--on", "2019-11")
    assert "doesn't tell which version that was" in earlier.stderr
    assert register(source).startswith('- version: "1"')


def test_a_past_approval_can_not_stand_behind_one_of_the_register(source: Path) -> None:
    text = approved(source)
    result = run(source, "--past", "--by", "Governors", "--on", "2026-10")
    assert result.exit_code == 2
    assert "leave out --past" in " ".join(result.stderr.split())
    assert register(source) == text


# What is refused


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--by", "B", "--on", "soon"], "“soon” is no date: write 2026-10-12"),
        (["--by", "B", "--on", "2026-02-30"], "“2026-02-30” is no date"),
        (["--by", "B", "--on", "12.10.2026"], "is no date"),
        (["--by", "B", "--on", "2026-10"], "“2026-10” is a month"),
        (["--by", "B", "--on", "2026-11-21"], "is in the future"),
        (["--by", "B", "--on", "2026-12", "--past"], "is in the future"),
        (["--by", " ", "--on", "2026-10-12"], "there is nothing in it"),
        (["--by", "B", "--on", "2026-10-12", "--minute", ""], "there is nothing in it"),
        (["--by", "B"], "Missing option '--on'"),
        (["--on", "2026-10-12"], "Missing option '--by'"),
        ([*BOARD, "--version", "2"], "--version goes with --past"),
        ([*BOARD, "--past", "--again"], "don't go together"),
        ([*BOARD, "--school", "aldr"], "there is no school “aldr”. Did you mean “alder”?"),
        ([*BOARD, "--school", "trust"], "“rules” is a policy of each school"),
        ([*BOARD, "--school", "cedar"], "the school “cedar” doesn't have the policy “rules”"),
    ],
)
def test_wrong_use_exits_with_2_and_writes_nothing(
    source: Path, args: list[str], told: str
) -> None:
    (source / "schools" / "cedar.yaml").write_text("name: Cedar\n", "utf-8")
    result = run(source, *args)
    assert result.exit_code == 2, result.output
    assert told in " ".join(result.stderr.split())
    assert not (source / "approvals").exists()


def test_an_unknown_policy_is_told_with_the_nearest(source: Path) -> None:
    result = run(source, *BOARD, policy="rule")
    assert result.exit_code == 2
    assert "there is no policy “rule”. Did you mean “rules”?" in result.stderr


def test_a_day_before_the_last_approval_is_refused(source: Path) -> None:
    text = approved(source)
    change(source, "clauses/m.yaml", "Bravo.", "Brave.")
    result = run(source, "--by", "Trust Board", "--on", "2026-10-11")
    assert result.exit_code == 2
    told = "2026-10-11 is before the last approval of alder, by Trust Board on 12 October 2026"
    assert told in " ".join(result.stderr.split())
    assert register(source) == text


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("clauses/m.yaml", "Bravo.", '"{{ terms.nobody }}"', "error[unknown-term]"),
        ("schools/birch.yaml", "headteacher", "bursar", "“rules” has errors at birch; mend"),
        ("policies/rules.yaml", "title: Rules", "titel: Rules", "policies/rules.yaml has errors"),
        ("policies/rules.yaml", 'version: "1"', "", "error[missing-version]: “rules” needs a"),
        ("policies/rules.yaml", "status: final", "status: withdrawn", "has been withdrawn at al"),
        ("schools/birch.yaml", "phase: primary", "phase: tiny", "schools/birch.yaml has errors"),
        ("trust.yaml", "name:", "nam:", "trust.yaml can't be read"),
    ],
)
def test_a_policy_with_errors_is_not_approved(
    source: Path, name: str, old: str, new: str, told: str
) -> None:
    if "version" in old:
        change(source, "policies/rules.yaml", "status: final", "status: draft")
    change(source, name, old, new)
    result = run(source, *BOARD)
    assert result.exit_code == 1, result.output
    assert told in result.stderr
    assert "Error: nothing was approved: " in result.stderr
    assert not (source / "approvals").exists()


def test_an_error_elsewhere_is_no_bar(source: Path) -> None:
    change(source, "schools/birch.yaml", "headteacher", "bursar")
    assert "birch" not in approved(source, *BOARD, "--school", "alder")


@pytest.mark.parametrize(
    "text",
    [
        "- version: 1.0\n",
        "nothing\n",
        "# Nothing yet.\n",
        '[{version: "1", approved: 2025-01-01, by: B, wording: {alder: "00000000"}}]\n',
    ],
)
def test_a_register_that_can_not_be_added_to_stays_as_it_is(source: Path, text: str) -> None:
    path = source / "approvals" / "rules.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    result = run(source, *BOARD)
    assert result.exit_code == 1
    assert "approvals/rules.yaml" in result.stderr
    assert register(source) == text


def test_a_register_that_can_not_be_written_is_told(source: Path) -> None:
    (source / "approvals").write_text("", "utf-8")
    result = run(source, *BOARD)
    assert result.exit_code == 1
    assert "approvals/rules.yaml can't be written" in result.stderr


def test_a_source_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = run(tmp_path / "none", *BOARD)
    assert result.exit_code == 2
    assert "policygen init" in result.stderr


def test_a_register_is_not_written_outside_the_sources(source: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (source / "approvals").symlink_to(outside)
    result = run(source, *BOARD)
    assert result.exit_code == 1
    assert "outside the source folder" in result.stderr
    assert not list(outside.iterdir())


def test_a_source_that_changes_meanwhile_leaves_the_register_as_it_was(source: Path) -> None:
    decision = Decision("rules", "Trust Board", dt.date(2026, 10, 12))
    plan = planned(source, decision, TODAY)
    change(source, "clauses/m.yaml", "Bravo.", "Brave.")
    with pytest.raises(NotRecordedError, match="alder, birch: the sources were changed meanwhile"):
        record(source, plan)
    assert not register(source)


# What would be approved


def test_a_dry_run_shows_the_changes_since_the_last_approval(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(TWO)
    approved(repository.source)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=Approved")
    repository.commit(
        {
            **TWO,
            "clauses/m.yaml": HEAD.replace("Bravo.", "Brave."),
            "schools/alder.yaml": ALDER.replace("B. Person", "E. Person"),
        }
    )
    before = register(repository.source)
    result = run(repository.source, "--by", "Trust Board", "--on", "2026-11-09", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout == (
        "Would be recorded:\n"
        "rules, version 1, approved by Trust Board on 9 November 2026\n"
        "  2 schools: alder, birch\n"
        "\n"
        "2 schools: alder, birch\n"
        "1 change since version 1, approved by Trust Board on 12 October 2026 (TB/26/41)\n"
        "\n"
        "  1.2 b\n"
        "    All 2 schools: reworded.\n"
        "    - Bravo.\n"
        "    + Brave.\n"
    )
    assert register(repository.source) == before


def test_a_dry_run_says_so_where_nothing_can_be_compared(source: Path) -> None:
    first = run(source, *BOARD, "--dry-run")
    assert "The first approval in the register: there is nothing to compare with." in first.stdout
    assert not (source / "approvals").exists()
    approved(source, *BOARD)
    same = run(source, *BOARD, "--again", "--dry-run")
    assert "The same words as were approved by Trust Board on 12 October 2026" in same.stdout
    change(source, "clauses/m.yaml", "Bravo.", "Brave.")
    lost = run(source, *BOARD, "--dry-run").stdout
    assert "can't be shown. Its wording was not found in git" in " ".join(lost.split())


def test_a_dry_run_says_that_an_approval_of_the_past_has_no_wording(source: Path) -> None:
    past = ("--past", "--by", "Governors", "--on", "2021-11")
    assert run(source, *past, "--dry-run").exit_code == 0
    assert not (source / "approvals").exists()
    approved(source, *past)
    told = " ".join(run(source, *BOARD, "--dry-run").stdout.split())
    assert "That was before the register, which doesn't know the wording." in told
