"""What the reference says of the JSON that commands print, against what they print."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from docs import pages
from git_repository import Repository
from policygen.cli import commands
from small_trust import FILES, Maker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CLAUSES = "clauses: {{a: {{text: '{}'}}, b: {{text: {}}}, {}: {{text: Charlie.}}}}"
SCHOOL = FILES["schools/alder.yaml"]
AMENDED = "[rules]", "{rules: {amend: [{replace: m/b, text: Our own., reason: Ours.}]}}"
BROKEN = SCHOOL.replace("Alder", "Birch").replace("headteacher", "bursar")
HEAD = "Ask {{ officers.headteacher.name }}."
OLD = {
    "clauses/m.yaml": CLAUSES.format(HEAD, "Bravo.", "c"),
    "schools/alder.yaml": SCHOOL.replace(*AMENDED),
    "schools/birch.yaml": BROKEN,
}
NEW = {
    **OLD,
    "clauses/m.yaml": CLAUSES.format(f"{HEAD} Now.", "Brave.", "e"),
    "policies/rules.yaml": FILES["policies/rules.yaml"]
    + '\n        history: [{version: "1", date: 2026-03-01, summary: More, material: true}]',
}
"""Two versions between which there is something of all that the JSON of diff can tell."""


def paths(data: object, above: str = "") -> Iterator[str]:
    """Give the keys of JSON, each with those above it."""
    match data:
        case dict():
            for key, value in data.items():
                yield f"{above}{key}"
                yield from paths(value, f"{above}{key}.")
        case list():
            for item in data:
                yield from paths(item, above)
        case _:
            pass


def documented(heading: str) -> tuple[set[str], set[str]]:
    """Give the keys of a section's example, with those above, and those of its table."""
    page = pages.text(pages.REFERENCE / "command.md")
    _, _, below = page.partition(f"\n### {heading}\n")
    section = re.split(r"^##", below, maxsplit=1, flags=re.MULTILINE)[0]
    example = re.search(r"^```json\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    assert example, heading
    rows = re.findall(r"^\| (`.+?) \| ", section, re.MULTILINE)
    return set(paths(json.loads(example[1]))), set(re.findall(r"`([^`]+)`", "".join(rows)))


def of_diff(folder: Path) -> str:
    Maker(folder / "old").write(OLD)
    Maker(folder / "new").write(NEW)
    sides = [str(folder / "old"), str(folder / "new")]
    options = ["--format", "json", "--out", str(folder / "out")]
    CliRunner().invoke(commands, ["diff", *sides, *options])
    return (folder / "out" / "changes.json").read_text("utf-8")


def of_changelog(folder: Path) -> str:
    repository = Repository(folder)
    repository.tagged("v1", OLD)
    repository.tagged("v2", {"trust.yaml": "- none"})
    repository.tagged("v3", NEW)
    options = ["--source", str(repository.source), "--format", "json"]
    return CliRunner().invoke(commands, ["changelog", "rules", *options]).stdout


def of_check(folder: Path) -> str:
    Maker(folder).write({"schools/alder.yaml": SCHOOL.replace("phase", "urn: '1'\n        phase")})
    options = ["--source", str(folder), "--format", "json"]
    return CliRunner().invoke(commands, ["check", *options]).stdout


def of_status(folder: Path) -> str:
    entry = "- {version: '1', approved: 2026-10, by: Board, wording: {alder: unknown}}"
    Maker(folder).write({"approvals/rules.yaml": entry})
    options = ["--source", str(folder), "--format", "json"]
    return CliRunner().invoke(commands, ["status", *options]).stdout


def of_verify(folder: Path) -> str:
    repository = Repository(folder / "repository")
    form = {"forms/form.yaml": "title: Form\nstatements: [I agree.]"}
    policy = FILES["policies/rules.yaml"] + "\n        appendices: [{form: form}]"
    repository.tagged("v1", {**form, "policies/rules.yaml": policy})
    source = ["--source", str(repository.source)]
    out = folder / "out"
    built = ["build", *source, "--out", str(out), "--format", "html", "--jobs", "1"]
    assert CliRunner().invoke(commands, built).exit_code == 0
    page = out / "alder" / "rules.html"
    text = page.read_text("utf-8")
    wording = re.search(r'policygen.wording" content="(\w+)"', text)
    assert wording
    page.write_text(text.replace("Bravo", "Brave"), "utf-8")
    approval = (
        f"- {{version: '1', approved: 2026-03-01, by: Board, wording: {{alder: {wording[1]}}}}}"
    )
    later = {"clauses/m.yaml": FILES["clauses/m.yaml"].replace("Charlie", "Charles")}
    Maker(repository.source).write(
        {**form, "policies/rules.yaml": policy, **later, "approvals/rules.yaml": approval}
    )
    return CliRunner().invoke(commands, ["verify", str(page), *source, "--json"]).stdout


def of_explain(folder: Path) -> str:
    amend = "{amend: [{replace: m/b, heading: Bee, text: 'Our {{ school.name }}.'}]}"
    clauses = """
        clauses:
          b: {text: Bravo., when: school.phase == "primary"}
          c: {choose: x, texts: {p: Charlie., q: Other.}}
        """
    settings = "x: {question: Which?, choices: {p: P, q: Q}, default: p}"
    school = FILES["schools/alder.yaml"].replace("[rules]", f"{{rules: {amend}}}")
    Maker(folder).write(
        {"schools/alder.yaml": school, "clauses/m.yaml": clauses, "settings.yaml": settings}
    )
    asked = ["explain", "alder", "rules", "m", "--source", str(folder), "--json"]
    return CliRunner().invoke(commands, asked).stdout


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("JSON of explain", of_explain),
        ("JSON of check", of_check),
        ("JSON of diff", of_diff),
        ("JSON of changelog", of_changelog),
        ("JSON of status", of_status),
        ("JSON of verify", of_verify),
    ],
)
def test_documented_keys_are_those_that_come_out(
    heading: str, printed: Callable[[Path], str], tmp_path: Path
) -> None:
    example, table = documented(heading)
    found = set(paths(json.loads(printed(tmp_path))))
    assert example == found
    assert table == {path.rpartition(".")[2] for path in found}
