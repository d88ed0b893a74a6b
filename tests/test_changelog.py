"""``policygen changelog``: versions from git tags, or from a policy's own history."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from git_repository import Repository
from policygen.cli import commands
from small_trust import FILES, Maker

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

POLICY = FILES["policies/rules.yaml"]
SCHOOL = FILES["schools/alder.yaml"]
BIRCH = SCHOOL.replace("Alder", "Birch")
FIRST = """
        history:
          - {version: "1", date: 2024-09-01, summary: First rules}
"""
HISTORY = f"""{FIRST}
          - {{version: "2", date: 2025-09-01, summary: "{{{{ school.short_name }}}} on phones"}}
"""


def clauses(**texts: str) -> dict[str, str]:
    """Give the file of clauses with other texts; an empty one takes a clause away."""
    said = {"a": "Alpha.", "b": "Bravo.", "c": "Charlie.", **texts}
    lines = [f"  {name}: {{text: {text}}}" for name, text in said.items() if text]
    return {"clauses/m.yaml": "\n".join(["clauses:", *lines])}


def version(number: str, more: str = "") -> dict[str, str]:
    """Give the policy with another version number."""
    return {"policies/rules.yaml": POLICY.replace('"1"', f'"{number}"') + more}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def run(source: Path, *args: str, policy: str = "rules") -> Result:
    options = ["changelog", policy, "--source", str(source), *args]
    return CliRunner().invoke(commands, options)


def versions(source: Path, *args: str) -> list[dict[str, Any]]:
    result = run(source, *args, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)["versions"]
    return found


def tags(source: Path, *args: str) -> list[str]:
    return [each["tag"] for each in versions(source, *args)]


def changes(of: dict[str, Any]) -> list[tuple[str, str]]:
    return [(change["action"], change["title"]) for change in of["changes"]]


# Versions from tags ------------------------------------------------------------------------


def test_each_tag_tells_which_clauses_it_changed_the_newest_first(repository: Repository) -> None:
    repository.tagged("v1")
    repository.tagged("v2", clauses(b="Brave new words.", d="Delta."))
    repository.tagged("v3", clauses(a="", b="Brave new words.", d="Delta."))
    third, second, first = versions(repository.source)
    assert [each["tag"] for each in (third, second, first)] == ["v3", "v2", "v1"]
    assert changes(third) == [("removed", "1.1 a")]
    assert changes(second) == [("added", "1.4 d"), ("reworded", "1.2 b")]
    assert first["changes"] is None


def test_a_clause_that_moves_is_moved_with_the_number_it_had(repository: Repository) -> None:
    repository.tagged("v1")
    order = POLICY.replace("[m]", "[m/c, m/a, m/b]")
    repository.tagged("v2", {"policies/rules.yaml": order})
    change = versions(repository.source)[0]["changes"]
    assert change == [
        {
            "action": "moved",
            "unit": "clause:m/c",
            "title": "1.1 c",
            "was": "1.3",
            "schools": ["alder"],
        }
    ]


def test_a_tag_that_leaves_version_and_wording_alone_is_no_version(repository: Repository) -> None:
    clause = clauses(a='"{{ school.name }}."')
    repository.tagged("v1", clause)
    repository.tagged("same", clause)
    repository.tagged("values", {**clause, "schools/alder.yaml": SCHOOL.replace("Primary", "Hall")})
    repository.tagged("a-school-more", {**clause, "schools/birch.yaml": BIRCH})
    assert tags(repository.source) == ["v1"]


def test_a_change_after_a_school_joined_counts_there_too(repository: Repository) -> None:
    repository.tagged("v1")
    repository.tagged("a-school-more", {"schools/birch.yaml": BIRCH})
    repository.tagged("v2", {**clauses(a="Other."), "schools/birch.yaml": BIRCH})
    second, _ = versions(repository.source)
    assert second["changes"][0]["schools"] == ["alder", "birch"]


def test_another_version_number_is_a_version_without_changed_clauses(
    repository: Repository,
) -> None:
    repository.tagged("v1")
    repository.tagged("v2", version("2"))
    assert versions(repository.source)[0]["version"] == "2"
    assert versions(repository.source)[0]["changes"] == []
    assert "No clause has other words." in run(repository.source).stdout


def test_date_and_summary_are_those_of_the_policys_history(repository: Repository) -> None:
    repository.tagged("v1", version("1", FIRST), "Tagged.")
    repository.tagged("v2", version("2", HISTORY), "Tagged.")
    found = [(each["date"], each["summaries"]) for each in versions(repository.source)]
    assert found == [
        ("2025-09-01", ["Alder on phones"]),
        ("2024-09-01", ["First rules"]),
    ]


def test_date_and_message_of_a_tag_serve_where_the_history_is_silent(
    repository: Repository,
) -> None:
    repository.tagged("v1", message="The first rules.\n\nMore of them.")
    repository.moment = "2026-04-02T23:30:00-05:00"
    repository.tagged("v2", clauses(a="Other."))
    found = [(each["date"], each["summaries"]) for each in versions(repository.source)]
    assert found == [("2026-04-02", []), ("2026-03-01", ["The first rules."])]


def test_a_row_of_the_history_tells_of_one_version_only(repository: Repository) -> None:
    repository.tagged("v1", version("1", FIRST))
    repository.tagged("v1a", {**version("1", FIRST), **clauses(a="Other.")}, "A correction.")
    found = [(each["date"], each["summaries"]) for each in versions(repository.source)]
    assert found == [("2026-03-01", ["A correction."]), ("2024-09-01", ["First rules"])]


def test_a_row_may_be_written_before_its_version(repository: Repository) -> None:
    repository.tagged("v1", version("1", HISTORY))
    repository.tagged("v2", version("2", HISTORY))
    assert [each["date"] for each in versions(repository.source)] == ["2025-09-01", "2024-09-01"]


def test_a_school_alone(repository: Repository) -> None:
    own = BIRCH.replace("[rules]", "{rules: {amend: [{omit: m/b, reason: Ours.}]}}")
    repository.tagged("v1", {"schools/birch.yaml": BIRCH})
    repository.tagged("v2", {"schools/birch.yaml": own})
    assert tags(repository.source) == ["v2", "v1"]
    assert tags(repository.source, "--school", "birch") == ["v2", "v1"]
    assert tags(repository.source, "--school", "alder") == ["v1"]
    assert "    1.2 b (Birch only)\n" in run(repository.source).stdout
    assert "    1.2 b\n" in run(repository.source, "--school", "birch").stdout


def test_a_policy_of_the_trust(repository: Repository) -> None:
    trust = {
        "policies/rules.yaml": f"{POLICY}\n        level: trust\n",
        "schools/alder.yaml": SCHOOL.replace("[rules]", "[]"),
    }
    repository.tagged("v1", trust)
    repository.tagged("v2", {**trust, **clauses(a="Other.")})
    assert versions(repository.source, "--school", "trust")[0]["changes"][0]["schools"] == [None]


def test_a_policy_that_ends_and_comes_back(repository: Repository) -> None:
    repository.tagged("v1")
    repository.tagged("v2", {"schools/alder.yaml": SCHOOL.replace("[rules]", "[]")})
    repository.tagged("v3", clauses(a="Other."))
    third, second, _ = versions(repository.source)
    assert (second["ended"], second["version"], second["changes"]) == (True, "1", None)
    assert (third["ended"], third["changes"]) == (False, None)
    assert "The policy is no longer there." in run(repository.source).stdout


# Tags that can't be read -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"trust.yaml": "- none"}, "middle has no trust.yaml that can be read"),
        (clauses(a='"{{ nonsense }}"'), "middle has errors in this policy"),
        ({"policies/rules.yaml": "- none"}, "middle has errors in this policy"),
    ],
)
def test_a_tag_with_errors_is_left_out_and_compared_across(
    repository: Repository, files: dict[str, str], reason: str
) -> None:
    repository.tagged("v1")
    repository.tagged("middle", files)
    repository.tagged("v2", clauses(c="Other."))
    second, _ = versions(repository.source)
    assert changes(second) == [("reworded", "1.3 c")]
    assert f"{reason}; it is left out.\n" in run(repository.source).stderr


def test_a_school_with_errors_is_named(repository: Repository) -> None:
    broken = BIRCH.replace("headteacher", "bursar")
    clause = clauses(a='"{{ officers.headteacher.name }}."', b="Other.")
    repository.tagged("v1", {"schools/birch.yaml": broken})
    repository.tagged("v2", {**clause, "schools/birch.yaml": broken})
    second, _ = versions(repository.source)
    assert second["not_compared"] == ["Birch"]
    assert "Not compared, as it has errors there: Birch." in run(repository.source).stdout


# Which tags --------------------------------------------------------------------------------


def test_tags_are_in_the_order_of_the_history_whatever_their_names_and_dates(
    repository: Repository,
) -> None:
    repository.tagged("z")
    repository.moment = "2020-01-01T12:00:00+00:00"
    repository.tagged("a", clauses(a="Other."))
    repository.tagged("m", clauses(a="Others."), "With a message.")
    assert tags(repository.source) == ["m", "a", "z"]


def test_tags_elsewhere_don_t_count(repository: Repository) -> None:
    repository.folder.joinpath("note.txt").write_text("No sources yet.", "utf-8")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=Note")
    repository.git("tag", "v0")
    repository.git("tag", "a-file", repository.git("hash-object", "-w", "note.txt").strip())
    repository.tagged("v1")
    repository.git("checkout", "--quiet", "-b", "other")
    repository.tagged("other-v2", clauses(a="Other."))
    repository.git("checkout", "--quiet", "main")
    assert tags(repository.source) == ["v1"]


def test_a_bare_repository_serves_and_nothing_is_touched(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.tagged("v1")
    repository.tagged("v2", clauses(a="Other."))
    touched = [path.stat().st_mtime_ns for path in sorted(repository.folder.rglob("*"))]
    assert tags(repository.source) == ["v2", "v1"]
    assert [path.stat().st_mtime_ns for path in sorted(repository.folder.rglob("*"))] == touched
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    monkeypatch.chdir(tmp_path / "bare.git")
    result = run(repository.source.relative_to(repository.folder))
    assert "1, 1 March 2026 (tag v2)" in result.stdout


def test_sources_that_are_the_whole_repository(repository: Repository) -> None:
    Maker(repository.folder).write()
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=Change")
    repository.git("tag", "v1")
    assert tags(repository.folder) == ["v1"]


# From the policy's own history -----------------------------------------------------------------


def test_outside_git_the_policys_history_is_listed(tmp_path: Path) -> None:
    Maker(tmp_path).write({**version("2", HISTORY), "schools/birch.yaml": BIRCH})
    assert run(tmp_path, "--school", "birch").stdout == (
        "Rules: versions in its own history, as no git tag has it, newest first\n"
        "\n"
        "2, 1 September 2025\n"
        "  Birch on phones\n"
        "\n"
        "1, 1 September 2024\n"
        "  First rules\n"
    )
    both = [each["summaries"] for each in versions(tmp_path)]
    assert both == [["Birch on phones"], ["Alder on phones"], ["First rules"]]


def test_a_history_that_is_written_the_newest_first_is_listed_alike(tmp_path: Path) -> None:
    rows = HISTORY.strip("\n").split("\n")
    title, *entries = [row for row in rows if row.strip()]
    Maker(tmp_path).write(version("2", "\n" + "\n".join([title, *reversed(entries)])))
    assert [each["version"] for each in versions(tmp_path)] == ["2", "1"]


def test_so_it_is_where_no_tag_has_the_policy(repository: Repository) -> None:
    repository.commit(version("2", HISTORY))
    assert tags(repository.source) == [None, None]
    repository.git("tag", "v1")
    new = {"policies/new.yaml": POLICY + HISTORY}
    Maker(repository.source).write({**new, "schools/alder.yaml": SCHOOL.replace("[", "[new, ")})
    assert "as no git tag has it" in run(repository.source, policy="new").stdout


def test_so_it_is_without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.tagged("v1", version("2", HISTORY))
    monkeypatch.setenv("PATH", str(repository.folder))
    assert tags(repository.source) == [None, None]


def test_a_policy_without_history_has_no_versions(tmp_path: Path) -> None:
    Maker(tmp_path).write()
    result = run(tmp_path)
    assert result.exit_code == 0
    assert result.stdout == "Rules: no git tag has it, and it has no `history:`\n"


# Wrong use -------------------------------------------------------------------------------------


@pytest.mark.parametrize("in_git", [True, False])
@pytest.mark.parametrize(
    ("policy", "args", "message"),
    [
        ("ruels", [], "there is no policy “ruels”. Did you mean “rules”?"),
        ("xyz", [], "there is no policy “xyz”. There are: rules."),
        ("rules", ["--school", "aldr"], "has the policy “rules”. Did you mean “alder”?"),
        ("rules", ["--school", "xyz"], "no school “xyz” has the policy “rules”. These have it: al"),
        ("rules", ["--school", "alder", "--school", "xyz"], "no school “xyz” has the policy"),
        ("rules", ["--format", "pdf"], "'pdf' is not one of"),
    ],
)
def test_wrong_use_exits_with_2(
    repository: Repository,
    policy: str,
    args: list[str],
    message: str,
    in_git: bool,  # noqa: FBT001 a parameter of the test
) -> None:
    repository.tagged("v1")
    if not in_git:
        shutil.rmtree(repository.folder / ".git")
    result = run(repository.source, *args, policy=policy)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not result.stdout


def test_sources_that_are_not_there_or_not_readable_exit_with_2(tmp_path: Path) -> None:
    assert "there is no folder" in run(tmp_path / "nowhere").stderr
    assert run(tmp_path / "nowhere").exit_code == 2
    Maker(tmp_path / "a").write({"trust.yaml": "- none"})
    assert "has no trust.yaml that can be read" in run(tmp_path / "a").stderr
    Maker(tmp_path / "b").write({"policies/rules.yaml": "- none"})
    assert "policies/rules.yaml has errors" in run(tmp_path / "b").stderr
    assert run(tmp_path / "b").exit_code == 2


# Forms of output -------------------------------------------------------------------------------


def test_help_has_examples() -> None:
    result = CliRunner().invoke(commands, ["changelog", "--help"])
    assert "  policygen changelog social-media\n" in result.stdout


def test_text(repository: Repository) -> None:
    repository.tagged("v1", message="The first rules.")
    repository.tagged("v2", {**clauses(a="Other.", d="Delta."), **version("2")})
    assert run(repository.source).stdout == (
        "Rules: versions at git tags, newest first\n"
        "\n"
        "2, 1 March 2026 (tag v2)\n"
        "  Added:\n"
        "    1.4 d\n"
        "  Reworded:\n"
        "    1.1 a\n"
        "\n"
        "1, 1 March 2026 (tag v1)\n"
        "  The first rules.\n"
        "  The first version that has a tag.\n"
    )


def test_markdown_says_the_same_and_prints_marks_as_they_are(repository: Repository) -> None:
    repository.tagged("v1", message="The *first* rules.")
    repository.tagged("v2", clauses(a="Other."))
    assert run(repository.source, "--format", "md").stdout == (
        "# Rules: versions at git tags, newest first\n"
        "\n"
        "## 1, 1 March 2026 (tag v2)\n"
        "\n"
        "Reworded:\n"
        "\n"
        "- 1.1 a\n"
        "\n"
        "## 1, 1 March 2026 (tag v1)\n"
        "\n"
        "The \\*first\\* rules.\n"
        "\n"
        "The first version that has a tag.\n"
    )
