"""The words of Word files with tracked changes, all of them accepted or rejected.

LibreOffice accepts and rejects; pandoc, which reads such files by itself, is the second
reader. It reads no heads and feet.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypandoc
import pytest

from acceptance.programs import output, program, run
from policygen.document import Contents, inlines, plain_text, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Blocks, Document

SIDES = pytest.mark.parametrize(("verb", "side"), [("reject", 0), ("accept", 1)])
"""What is done with the changes, and which of two versions that gives."""

SCRIPT = Path(__file__).with_name("office_changes.py")
_OF_CONTROLS = frozenset({"☐", "☒", "\u200d"})
"""Boxes, and how LibreOffice tells where a content control stands."""

_PAGE = re.compile(r"\t\d+$")
_PAGE_COUNT = re.compile(r"Page \d+ of \d+$")


def expected(document: Document) -> list[str]:
    """Give the words of a document, those of the contents with their labels."""
    around = document.furniture
    facts = (f"{plain_text(label)} {plain_text(value)}" for label, value in around.facts)
    front = (*map(plain_text, around.masthead), plain_text(around.title), *facts)
    return _words((*front, *_lines(document.blocks)))


def expected_pages(document: Document) -> list[str]:
    """Give the words of the head and foot of each page."""
    return _words((document.running_head, document.running_foot, document.short_fingerprint))


def by_libreoffice(verb: str, files: Iterable[Path]) -> Iterator[tuple[list[str], list[str]]]:
    """Give the words of each file, and those of the heads and feet of its pages."""
    printed = output(python_of_libreoffice(), SCRIPT, program("soffice"), verb, *files)
    for found in json.loads(printed):
        assert not found["left"]
        pages = _PAGE_COUNT.sub("", " ".join(found["pages"])).split()
        yield _words(_PAGE.sub("", line) for line in found["lines"]), pages


def by_pandoc(verb: str, file: Path) -> list[str]:
    """Give the words of a file."""
    command = (pypandoc.get_pandoc_path(), f"--track-changes={verb}", "-t", "json", file)
    tree = json.loads(output(*command))
    # A title with nothing before it is no block to pandoc.
    return _words(["".join(_pandoc_text([tree["meta"].get("title"), *tree["blocks"]]))])


def _words(lines: Iterable[str]) -> list[str]:
    return [word for line in lines for word in line.split() if word not in _OF_CONTROLS]


def _lines(blocks: Blocks) -> Iterator[str]:
    for block in walk(blocks):
        if isinstance(block, Contents):
            yield "Contents"
            yield from (f"{entry.label} {plain_text(entry.heading)}" for entry in block.entries)
        else:
            yield from map(plain_text, inlines(block))


def _pandoc_text(node: Any) -> Iterator[str]:  # noqa: ANN401 -- JSON
    """Give the words of pandoc's tree, without names of tables and pages of the contents."""
    match node:
        case {"t": "Str", "c": str(words)}:
            yield words
        case {"t": "Space" | "SoftBreak" | "LineBreak"}:
            yield " "
        case {"t": "Code", "c": [_, str(words)]}:
            yield words
        case {"t": "Link", "c": [_, inner, [str(target), _]]} if target.startswith("#"):
            yield re.sub(r"(?<=.) \d+$", "", "".join(_pandoc_text(inner)))
        case {"t": "Table", "c": [_, _, *inner]}:
            yield from _pandoc_text(inner)
        case {"t": kind, "c": content}:
            yield from _pandoc_text(content)
            if kind in {"Para", "Plain", "Header", "MetaInlines"}:
                yield "\n"
        case list():
            for each in node:
                yield from _pandoc_text(each)
        case _:
            return


def python_of_libreoffice() -> str:
    """Give a Python that can talk to LibreOffice: the system's, or LibreOffice's own."""
    for path in (
        "/usr/bin/python3",
        "/Applications/LibreOffice.app/Contents/Resources/python",
    ):
        if Path(path).exists() and run(path, "-c", "import uno").returncode == 0:
            return path
    pytest.fail("no Python has LibreOffice's module uno (Debian: python3-uno)")
