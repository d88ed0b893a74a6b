"""What the documentation says, against the program."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click
import pytest

from docs import checks_page, codes, mistakes, pages
from policygen.checks.discovery import rules
from policygen.checks.explained import explained
from policygen.cli import commands
from policygen.diagnostics import as_text
from policygen.document import lines
from policygen.status.tables import CSV_HEADER
from policygen.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPENDED = ("settings.yaml", "references.yaml")
"""Files of which the starter's own entries must stay for its policies to load."""


def findings(source: Path) -> str:
    _, report = survey(source)
    assert report.targets
    return as_text(report.diagnostics, report.texts)


def put_in(source: Path, name: str, example: str) -> None:
    path = source / name
    if name in APPENDED:
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{example}", encoding="utf-8")
        return
    path.write_text(example, encoding="utf-8")
    if path.parent.name == "policies":
        school = source / "schools" / "pebblewick-primary.yaml"
        listed = school.read_text(encoding="utf-8")
        more = listed.replace("policies: [", f"policies: [{path.stem}, ")
        assert more != listed
        school.write_text(more, encoding="utf-8")


def test_starter_has_no_finding() -> None:
    assert findings(pages.STARTER) == ""


def test_starter_uses_what_a_beginner_should_see() -> None:
    library, report = survey(pages.STARTER)
    assert library is not None
    assert [target.name for target in report.targets] == [
        "gannet-point-academy/social-media",
        "gannet-point-academy/forms/staff-agreement",
        "pebblewick-primary/social-media",
        "pebblewick-primary/forms/staff-agreement",
    ]
    documents = [target.document for target in report.targets if target.document]
    words = ["\n".join(lines(document)) for document in documents]
    assert "Sixth form" in words[0]
    assert "Sixth form" not in words[2]
    assert "off site or outside working hours" in words[2]


@pytest.mark.parametrize(
    "page", [page for page in pages.PAGES if pages.examples(page)], ids=lambda page: page.name
)
def test_complete_examples_load_without_a_finding(page: Path, tmp_path: Path) -> None:
    source = pages.starter(tmp_path)
    for name, example in pages.examples(page).items():
        put_in(source, name, example)
    assert findings(source) == ""


@pytest.mark.parametrize(
    ("name", "example", "output"), [case for page in pages.PAGES for case in mistakes.shown(page)]
)
def test_mistakes_are_told_as_the_pages_say(
    name: str, example: str, output: str, tmp_path: Path
) -> None:
    assert mistakes.told(name, example, pages.starter(tmp_path)) == output


def test_pages_show_mistakes() -> None:
    everything = "".join(pages.text(page) for page in pages.PAGES)
    assert sum(len(mistakes.shown(page)) for page in pages.PAGES) == everything.count("mistake=")
    assert "mistake=" in everything


def test_every_page_for_authors_has_complete_examples() -> None:
    with_examples = {page.name for page in pages.PAGES if pages.examples(page)}
    assert {"author.md", "source.md"} <= with_examples


# The command


def verbs(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Give every command that does something, by what is typed for it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from verbs(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


VERBS = dict(verbs(commands))


def sections(page: Path) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", pages.text(page), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("name", sorted(VERBS))
def test_reference_has_the_options_of_each_command(name: str) -> None:
    command = VERBS[name]
    above = click.Context(commands, **commands.context_settings)
    context = click.Context(command, info_name=name, parent=above)
    wanted = {
        flag
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option)
        for flag in parameter.opts
    }
    section = sections(pages.REFERENCE / "command.md")[name]
    rows = re.findall(r"^\| (`-.*?) \| ", section, re.MULTILINE)
    documented = {flag for row in rows for flag in re.findall(r"`(--?[a-z-]+)", row)}
    assert documented == wanted


def test_reference_has_every_command() -> None:
    assert set(VERBS) <= set(sections(pages.REFERENCE / "command.md"))


def test_pages_use_only_options_there_are() -> None:
    flags = {
        flag
        for command in VERBS.values()
        for parameter in command.params
        for flag in parameter.opts
    } | {"--help", "--version"}
    for page in pages.PAGES:
        for line in pages.text(page).splitlines():
            if "policygen " in line:
                used = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", line))
                assert used <= flags, f"{page.name}: {line}"


def test_the_columns_of_the_csv_of_status_are_described() -> None:
    section = sections(pages.REFERENCE / "command.md")["status"]
    told = re.search(r"The CSV has the columns (.*?) and `(\w+)`\.", section, re.DOTALL)
    assert told
    listed = re.sub(r"\(.*?\)", "", told[1], flags=re.DOTALL)
    assert (*re.findall(r"`(\w+)`", listed), told[2]) == CSV_HEADER


# Diagnostics


def test_every_diagnostic_has_a_row_and_every_row_a_diagnostic() -> None:
    rows = pages.first_column(pages.REFERENCE / "diagnostics.md")
    assert len(rows) == len(set(rows))
    assert set(rows) == codes.codes()


def test_pages_quote_only_diagnostics_there_are() -> None:
    for page in pages.PAGES:
        quoted = set(re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", pages.text(page)))
        assert quoted <= {*codes.codes(), *rules()}, page.name


def test_page_of_checks_is_up_to_date() -> None:
    """Whoever changes a rule's docstring runs ``make pages``."""
    assert pages.text(checks_page.PAGE) == checks_page.written()


def test_every_code_is_explained() -> None:
    for code in (*codes.codes(), *rules()):
        text = explained(code)
        assert text
        assert text.startswith(code)


def test_explanations_have_no_markup_of_the_page() -> None:
    for code in codes.codes():
        assert not re.search(r"&#|</|\]\(|\*\*", explained(code) or "")


# Links, pictures, commands


@pytest.mark.parametrize("page", pages.PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in pages.links(page):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links to {link}"
        if anchor and target.suffix == ".md":
            assert anchor in pages.anchors(target), f"{page.name} links to {link}"


def test_pictures_are_small() -> None:
    sizes = [path.stat().st_size for path in (pages.ROOT / "docs" / "images").iterdir()]
    assert sizes
    assert sum(sizes) < 300_000


def test_make_commands_exist() -> None:
    makefile = (pages.ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    used = {target for page in pages.PAGES for target in re.findall(r"\bmake ([a-z]+)", code(page))}
    assert {"build", "test"} <= used
    assert used <= targets


def code(page: Path) -> str:
    spans = re.findall(r"`([^`\n]+)`", pages.prose(page))
    return "\n".join([*(fence.code for fence in pages.fences(page)), *spans])


def test_pages_name_no_path_of_a_machine() -> None:
    for page in pages.PAGES:
        assert not re.search(r"(?<![\w.])/(?:work|tmp|home|root)\b", pages.text(page)), page.name


def test_the_python_that_runs_is_one_the_readme_names() -> None:
    needed = re.search(r"Python (\d+)\.(\d+)", pages.text(pages.ROOT / "README.md"))
    assert needed
    assert sys.version_info >= (int(needed[1]), int(needed[2]))


def test_architecture_names_only_what_there_is() -> None:
    named = re.findall(
        r"`([a-z_]+(?:/[a-z_]+)*(?:\.py|/))`", pages.text(pages.ROOT / "docs" / "ARCHITECTURE.md")
    )
    assert named
    for name in named:
        places = (codes.PACKAGE / name, pages.ROOT / name)
        assert any(place.exists() for place in places), name
