"""``policygen status``: a row for each policy of each school, in four formats."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from git_repository import Repository
from policygen.cli import commands
from policygen.status.tables import CSV_HEADER, WIDTH
from policygen.survey import survey
from small_trust import FILES, Maker

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from click.testing import Result

ALDER = FILES["schools/alder.yaml"]
REVIEW = "review_every: 12 months\n        approver: Trust Board"


def run(source: Path, *args: str, as_of: str = "2027-09-01") -> Result:
    options = ["--source", str(source), "--as-of", as_of, *args]
    return CliRunner().invoke(commands, ["status", *options])


def documents(source: Path, *args: str, as_of: str = "2027-09-01") -> list[dict[str, Any]]:
    result = run(source, "--format", "json", *args, as_of=as_of)
    found: list[dict[str, Any]] = json.loads(result.stdout)["documents"]
    return found


def policy(fields: str) -> str:
    more = f"status: final\n        {fields}"
    return FILES["policies/rules.yaml"].replace("status: final", more)


def make(
    source: Path, fields: str, files: dict[str, str] | None = None, register: str = ""
) -> Path:
    """Write a trust whose policy has these fields; RIGHT stands for its fingerprint."""
    made = {"policies/rules.yaml": policy(fields), **(files or {})}
    Maker(source).write(made)
    if register:
        _, report = survey(source)
        target = report.targets[0]
        assert target.document is not None
        wording = register.replace("RIGHT", target.document.fingerprint)
        Maker(source).write({**made, "approvals/rules.yaml": wording})
    return source


def entry(wording: str = "RIGHT", day: str = "2026-10-12", version: str = "1") -> str:
    return (
        f'- version: "{version}"\n  approved: {day}\n  by: Trust Board\n  minute: TB/26/41\n'
        f'  wording: {{alder: "{wording}"}}\n'
    )


def test_an_approved_policy_lacks_nothing(tmp_path: Path) -> None:
    adopted = "policies: {rules: {adopted: 2026-11-04, adopted_by: Governors}}"
    school = {"schools/alder.yaml": ALDER.replace("policies: [rules]", adopted)}
    make(tmp_path, REVIEW, school, entry())
    assert documents(tmp_path) == [
        {
            "school": "alder",
            "school_name": "Alder Primary",
            "policy": "rules",
            "title": "Rules",
            "version": "1",
            "status": "Approved",
            "draft_reason": None,
            "approved": {
                "on": "2026-10-12",
                "by": "Trust Board",
                "version": "1",
                "minute": "TB/26/41",
                "current": True,
            },
            "adopted": "2026-11-04",
            "adopted_by": "Governors",
            "next_review": "2027-10-12",
            "due": "2027-10-12",
            "days_left": 41,
            "overdue": False,
            "missing": [],
            "errors": 0,
        }
    ]


@pytest.mark.parametrize(
    ("fields", "register", "missing"),
    [
        ("", "", ["no approver", "not approved", "no review date"]),
        (REVIEW, "", ["not approved", "no review date"]),
        (f"{REVIEW}\n        approved: 2026-10", "", []),
        (f"{REVIEW}\n        approved: 2026-08", "", ["review overdue"]),
        (REVIEW, entry(version="0.9"), ["approved as version 0.9"]),
        (REVIEW, entry("unknown"), []),
        (REVIEW, entry(day="2062-10-12"), ["approval dated in the future"]),
        (REVIEW, entry("00000000"), ["wording changed since approval"]),
        (REVIEW, entry(day="2026-08-31"), ["review overdue"]),
        (REVIEW, entry(day="2026-08"), ["review overdue"]),
        ("next_review: 2027-09", entry(), []),
        ("next_review: 2027-09-01", entry(), []),
        (
            REVIEW,
            entry("unknown", "2026-09-01", "0") + entry().replace("alder", "birch"),
            ["not approved"],
        ),
    ],
)
def test_what_is_missing_is_told(
    tmp_path: Path, fields: str, register: str, missing: list[str]
) -> None:
    make(tmp_path, fields, {"schools/birch.yaml": "name: Birch"}, register)
    assert documents(tmp_path)[0]["missing"] == missing


def test_a_draft_without_version_lacks_it(tmp_path: Path) -> None:
    Maker(tmp_path).write({"policies/rules.yaml": "title: R\nsections: []\ncontrol: []"})
    assert documents(tmp_path)[0]["missing"][0] == "no version"


def test_a_withdrawn_policy_lacks_nothing_and_is_never_overdue(tmp_path: Path) -> None:
    files = {"policies/rules.yaml": "title: R\nstatus: withdrawn\nnext_review: 2020-01-01"}
    Maker(tmp_path).write(files)
    (found,) = documents(tmp_path)
    assert (found["status"], found["missing"], found["overdue"]) == ("Withdrawn", [], False)


def test_clauses_that_changed_since_the_approval_are_named_from_git(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    make(repository.source, REVIEW, register=entry())
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=Approved")
    clauses = repository.source / "clauses" / "m.yaml"
    clauses.write_text(clauses.read_text("utf-8").replace("Bravo.", "Brave."), "utf-8")
    (found,) = documents(repository.source)
    assert found["missing"] == ["wording changed since approval: 1.2 b"]
    assert found["draft_reason"].startswith("The wording differs from the one that Trust Board")
    assert found["approved"]["current"] is False


# What is printed


def test_the_table_has_each_school_and_what_is_missing(tmp_path: Path) -> None:
    birch = ALDER.replace("Alder", "Birch")
    make(tmp_path, REVIEW, {"schools/birch.yaml": birch}, entry())
    result = run(tmp_path)
    assert result.exit_code == 0
    assert result.stdout == (
        "Alder Primary (alder)\n"
        "  policy                        version  status            approved    adopted     "
        "next review  days\n"
        "  rules                         1        Approved          2026-10-12              "
        "2027-10-12     41\n"
        "\n"
        "Birch Primary (birch)\n"
        "  policy                        version  status            approved    adopted     "
        "next review  days\n"
        "  rules                         1        Draft\n"
        "    ! not approved; no review date\n"
        "\n"
        "Approved\n"
        "  rules 1 by Trust Board on 12 October 2026 (TB/26/41): 1 document\n"
        "\n"
        "2 documents: 1 approved, 1 draft; 1 review due within 60 days.\n"
    )


def test_the_table_fits_a_terminal_whatever_the_names(tmp_path: Path) -> None:
    long = "a-very-long-name-" * 7 + "policy"
    rules = policy(REVIEW).replace('"1"', '"2.1 of the Trust"')
    school = ALDER.replace("[rules]", f"[{long}]").replace("Alder Primary", "Alder " * 30)
    Maker(tmp_path).write({f"policies/{long}.yaml": rules, "schools/alder.yaml": school})
    result = run(tmp_path)
    assert max(map(len, result.stdout.splitlines())) <= WIDTH
    assert "…" in result.stdout


def test_the_csv_holds_nothing_that_a_spreadsheet_runs(tmp_path: Path) -> None:
    school = ALDER.replace("name: Alder Primary", "name: '=HYPERLINK(1)'")
    make(tmp_path, REVIEW, {"schools/alder.yaml": school}, entry())
    result = CliRunner().invoke(
        commands,
        ["status", "--source", str(tmp_path), "--as-of", "2027-09-01", "--format", "csv"],
    )
    rows = list(csv.reader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))
    assert tuple(rows[0]) == CSV_HEADER
    found = dict(zip(rows[0], rows[1], strict=True))
    assert found["school_name"] == "'=HYPERLINK(1)"
    assert (found["approved"], found["approved_by"]) == ("2026-10-12", "Trust Board")
    assert (found["next_review"], found["days_left"]) == ("2027-10-12", "41")


def test_the_calendar_holds_each_review(tmp_path: Path) -> None:
    make(tmp_path, REVIEW, register=entry())
    out = tmp_path / "reviews.ics"
    result = run(tmp_path, "--format", "ics", "--out", str(out))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert f"Wrote {out.as_posix()}." in result.stderr
    assert b"DTSTART;VALUE=DATE:20271012" in out.read_bytes()


def test_only_what_is_asked_for_is_listed(tmp_path: Path) -> None:
    birch = ALDER.replace("Alder", "Birch").replace("[rules]", "[rules, more]")
    more = policy(REVIEW).replace("title: Rules", "title: More")
    make(tmp_path, REVIEW, {"schools/birch.yaml": birch, "policies/more.yaml": more})
    assert len(documents(tmp_path)) == 3
    assert [d["policy"] for d in documents(tmp_path, "--school", "birch")] == ["rules", "more"]
    assert [d["school"] for d in documents(tmp_path, "--policy", "more")] == ["birch"]


# Exit codes


def test_an_overdue_review_exits_with_1_where_that_is_asked(tmp_path: Path) -> None:
    make(tmp_path, REVIEW, register=entry())
    assert run(tmp_path, "--exit-code", as_of="2027-10-12").exit_code == 0
    assert run(tmp_path, as_of="2027-10-13").exit_code == 0
    late = run(tmp_path, "--exit-code", as_of="2027-10-13")
    assert late.exit_code == 1
    assert "! review overdue" in late.stdout
    assert "1 review overdue." in late.stdout


def test_errors_are_told_and_exit_with_1(tmp_path: Path) -> None:
    broken = ALDER.replace("phase: primary", "phase: tiny")
    lacking = ALDER.replace("headteacher", "bursar")
    head = 'clauses:\n  a: {text: "{{ officers.headteacher.name }}"}\n'
    files = {
        "schools/birch.yaml": broken,
        "schools/cedar.yaml": lacking,
        "clauses/m.yaml": head,
    }
    make(tmp_path, REVIEW, files)
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "error[missing-officer]" in result.stderr
    assert "! 1 error" in result.stdout
    assert "! schools/birch.yaml has errors" in result.stdout
    found = {d["school"]: (d["status"], d["errors"]) for d in documents(tmp_path)}
    assert found == {"alder": ("Final", 0), "cedar": (None, 1), "birch": (None, 1)}
    assert run(tmp_path, "--school", "alder").exit_code == 0


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--school", "aldr"], "there is no school “aldr”. Did you mean “alder”?"),
        (["--policy", "rulez"], "there is no policy “rulez”. Did you mean “rules”?"),
        (["--format", "xml"], "'xml' is not one of"),
        (["--source", "nowhere"], "policygen init"),
    ],
)
def test_wrong_use_exits_with_2(tmp_path: Path, args: list[str], told: str) -> None:
    make(tmp_path, "")
    result = run(tmp_path, *args)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_a_folder_without_a_trust_is_told(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "error[missing-file]" in result.stderr
