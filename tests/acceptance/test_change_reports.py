"""Reports of changes are read in both views, by keyboard, in print and without colours.

What every other document has to pass, they pass with the others, in the other modules.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import docx
import pytest
from pypdf import PdfReader

from acceptance.open_xml import errors_of_the_audit, errors_of_the_sdk
from acceptance.programs import NODE_MODULES, ROOT, installed, output, program, side_by_side
from acceptance.sessions import SESSIONS
from acceptance.word_accessibility import faults
from policygen.document import Revision, inlines, walk, walk_inlines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from acceptance.sessions import Reported
    from policygen.document import Document

PRESS = ROOT / "tests" / "acceptance" / "press.cjs"
SPOILT = {
    "ins { text-decoration: underline": "ins { text-decoration: none",
    "--deleted: #8a2b0f": "--deleted: #e0a090",
    ".views button:focus-visible { outline:": ".views button:focus-visible { outline: 0; --x:",
    'content: "✓ " / ""': 'content: ""',
    ".sides { display: none; table-layout: fixed; }": ".sides { display: none; width: 90rem; }",
    "text.data = whole.slice": "text.data = whole.slice(1).slice",
    "<main id": '<img src="https://pictures.example/logo.png"><main id',
}
"""Things that make a report wrong, each in another way."""

NOTE = re.compile(r"\.yaml:\d+( and \d+ more)?$")
"""How the line under a change's title ends."""

every_session = pytest.mark.parametrize("session", SESSIONS)


@pytest.fixture(scope="session")
def spoilt(reports: dict[str, Reported], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a report that is wrong in all ways, to see that each is found."""
    text = reports["everything"].paper.file("html").read_text(encoding="utf-8")
    for right, wrong in SPOILT.items():
        assert right in text, right
        text = text.replace(right, wrong)
    page = tmp_path_factory.mktemp("spoilt") / "changes.html"
    page.write_text(text, encoding="utf-8")
    return page


@pytest.fixture(scope="session")
def by_reader(reports: dict[str, Reported], spoilt: Path) -> dict[Path, list[str]]:
    """Give what is wrong for readers who use every report in a browser."""
    installed("node_modules/axe-core/axe.min.js")
    browser = program("chromium", "chromium-browser", "google-chrome")
    files = (spoilt, *(one.paper.file("html") for one in reports.values()))
    told = json.loads(output(program("node"), PRESS, browser, NODE_MODULES, *files))
    return {file: told[str(file)] for file in files}


@every_session
def test_is_read_in_both_views(
    session: str, reports: dict[str, Reported], by_reader: dict[Path, list[str]]
) -> None:
    assert by_reader[reports[session].paper.file("html")] == []


def test_what_is_wrong_is_found(spoilt: Path, by_reader: dict[Path, list[str]]) -> None:
    found = "\n".join(by_reader[spoilt])
    for fault in (
        "told by colour alone: <ins>",
        "told by colour alone: “Side by side”",
        "color-contrast",
        "focus can't be seen",
        "wider than a screen",
        "” side by side",
        "asks for https://pictures.example",
    ):
        assert fault in found


@every_session
def test_marks_have_lines_on_paper(session: str, reports: dict[str, Reported]) -> None:
    """Each run that is inserted or deleted has one line at least, below or through it."""
    paper = reports[session].paper
    drawn = lines_drawn(paper.file("pdf"))
    for kind, name in (("insertion", "inserted"), ("deletion", "deleted")):
        marked = sum(revision.kind == kind for revision in revisions(paper.document))
        assert drawn.get(ink(name), 0) >= marked > 0


def revisions(document: Document) -> Iterator[Revision]:
    """Give all that is marked in a document."""
    for block in walk(document.blocks):
        for run in inlines(block):
            yield from (one for one in walk_inlines(run) if isinstance(one, Revision))


def ink(name: str) -> tuple[int, ...]:
    """Give a colour that the style sheet names, first for paper and light screens."""
    style = (ROOT / "templates" / "document.css").read_text(encoding="utf-8")
    (colour,) = re.findall(rf"--{name}: #(\w{{6}});", style)
    return tuple(bytes.fromhex(colour))


def lines_drawn(path: Path) -> dict[tuple[int, ...], int]:
    """Give how many lines of each colour a PDF draws."""
    found: dict[tuple[int, ...], int] = {}
    for page in PdfReader(path).pages:
        content = page.get_contents()
        colours: list[tuple[int, ...]] = [()]
        assert content is not None
        for operands, operator in content.operations:
            match operator:
                case b"q":
                    colours.append(colours[-1])
                case b"Q":
                    colours.pop()
                case b"RG":
                    colours[-1] = tuple(round(255 * float(part)) for part in operands)
                case b"S":
                    found[colours[-1]] = found.get(colours[-1], 0) + 1
                case _:
                    pass
    return found


@every_session
def test_no_note_stands_alone_at_the_foot_of_a_page(
    session: str, reports: dict[str, Reported]
) -> None:
    text = output(program("pdftotext"), "-layout", reports[session].paper.file("pdf"), "-")
    pages = [page.strip().splitlines() for page in text.split("\f")[:-1]]
    # The last line of a page is its number.
    last = [[line for line in page if line.strip()][-2] for page in pages]
    assert last
    assert [line for line in last if NOTE.search(line) and not is_whole(line)] == []


def is_whole(line: str) -> bool:
    """Whether a note is all that is told of a change: a heading that is gone, a move."""
    return line.strip().startswith(("Heading removed", "Moved"))


@every_session
def test_word_files_with_tracked_changes(session: str, reports: dict[str, Reported]) -> None:
    tracked = reports[session].tracked
    assert tracked
    assert side_by_side(errors_of_the_sdk, tracked) == [[] for _ in tracked]
    for path, document in tracked.items():
        assert errors_of_the_audit(path) == []
        assert faults(path.read_bytes()) == []
        about = docx.Document(str(path)).core_properties
        assert (about.title, about.language) == (document.plain_title, "en-GB")
