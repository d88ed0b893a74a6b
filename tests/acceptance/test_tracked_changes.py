"""Word files with tracked changes: accepted they hold the new version, rejected the old one.

LibreOffice accepts and rejects; pandoc, which reads such files by itself, is the second
reader.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypandoc
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from acceptance.programs import ROOT, program
from compare.pairs import pairs
from policygen.compare import redline
from policygen.document import Contents, Document, Text, inlines, plain_text, walk
from policygen.writers import write
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.document import Blocks

PAIRS = 500
SCRIPT = Path(__file__).with_name("office_changes.py")
_OF_CONTROLS = frozenset({"☐", "\u200d"})
"""Boxes, and how LibreOffice tells where a content control stands."""


@dataclass(frozen=True)
class Redlines:
    """Random pairs of versions, and a Word file with the changes between each."""

    pairs: list[tuple[Blocks, Blocks]]
    files: list[Path]


@pytest.fixture(scope="session")
def redlines(tmp_path_factory: pytest.TempPathFactory) -> Redlines:
    found: list[tuple[Blocks, Blocks]] = []

    @settings(
        max_examples=PAIRS,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(pairs())
    def collect(pair: tuple[Blocks, Blocks]) -> None:
        found.append(pair)

    collect()
    folder = tmp_path_factory.mktemp("redlines")
    files = []
    for number, (old, new) in enumerate(found):
        file = folder / f"{number}.docx"
        changed = redline(document(old), document(new))
        file.write_bytes(write(changed, "docx", Theme(), {}))
        files.append(file)
    return Redlines(found, files)


def document(blocks: Blocks) -> Document:
    return Document("x", "policy", (Text("Title"),), "School", "School", "", blocks)


def expected(blocks: Blocks) -> list[str]:
    """Give the words of blocks, those of the contents with their labels."""
    return [word for line in _lines(blocks) for word in line.split()]


def _lines(blocks: Blocks) -> Iterator[str]:
    for block in walk(blocks):
        if isinstance(block, Contents):
            yield "Contents"
            yield from (f"{entry.label} {plain_text(entry.heading)}" for entry in block.entries)
        else:
            yield from map(plain_text, inlines(block))


def test_there_are_enough_pairs(redlines: Redlines) -> None:
    assert len(redlines.files) == PAIRS
    assert sum(old != new for old, new in redlines.pairs) > PAIRS / 2


@pytest.mark.parametrize(("verb", "side"), [("reject", 0), ("accept", 1)])
def test_libreoffice(redlines: Redlines, verb: str, side: int) -> None:
    command = [python_of_libreoffice(), SCRIPT, program("soffice"), verb, *redlines.files]
    done = subprocess.run(  # noqa: S603 -- programs of the acceptance tests
        list(map(str, command)), capture_output=True, check=True, cwd=ROOT
    )
    wrong = {}
    for number, (pair, found) in enumerate(
        zip(redlines.pairs, json.loads(done.stdout), strict=True)
    ):
        words = [word for line in found["lines"] for word in line.split()]
        words = [word for word in words if word not in _OF_CONTROLS]
        if found["left"] or words != ["School", "Title", *expected(pair[side])]:
            wrong[number] = words
    assert wrong == {}


@pytest.mark.parametrize(("verb", "side"), [("reject", 0), ("accept", 1)])
def test_pandoc(redlines: Redlines, verb: str, side: int) -> None:
    wrong = {}
    for number, (pair, file) in enumerate(zip(redlines.pairs, redlines.files, strict=True)):
        words = [word for word in pandoc_words(file, verb) if word not in _OF_CONTROLS]
        if words != ["School", "Title", *expected(pair[side])]:
            wrong[number] = words
    assert wrong == {}


def pandoc_words(file: Path, verb: str) -> list[str]:
    done = subprocess.run(  # noqa: S603 -- a program of the acceptance tests
        [pypandoc.get_pandoc_path(), f"--track-changes={verb}", "-t", "json", str(file)],
        capture_output=True,
        check=True,
    )
    return "".join(_pandoc_text(json.loads(done.stdout)["blocks"])).split()


def _pandoc_text(node: Any) -> Iterator[str]:  # noqa: ANN401 -- JSON
    match node:
        case {"t": "Str", "c": str(words)}:
            yield words
        case {"t": "Space" | "SoftBreak" | "LineBreak"}:
            yield " "
        case {"t": "Code", "c": [_, str(words)]}:
            yield words
        case {"t": kind, "c": content}:
            yield from _pandoc_text(content)
            if kind in {"Para", "Plain", "Header"}:
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
        if Path(path).exists():
            done = subprocess.run([path, "-c", "import uno"], capture_output=True, check=False)  # noqa: S603
            if done.returncode == 0:
                return path
    pytest.fail("no Python has LibreOffice's module uno (Debian: python3-uno)")
