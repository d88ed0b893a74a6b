"""Word files with tracked changes: accepted they hold the new version, rejected the old one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from acceptance.tracked import SIDES, by_libreoffice, by_pandoc, expected, expected_pages
from compare.pairs import versions
from policygen.compare import redline
from policygen.writers import write
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.document import Document

PAIRS = 500


@dataclass(frozen=True)
class Redlines:
    """Random pairs of versions, and a Word file with the changes between each."""

    pairs: list[tuple[Document, Document]]
    files: list[Path]


@pytest.fixture(scope="session")
def redlines(tmp_path_factory: pytest.TempPathFactory) -> Redlines:
    found: list[tuple[Document, Document]] = []

    @settings(
        max_examples=PAIRS,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(versions())
    def collect(pair: tuple[Document, Document]) -> None:
        found.append(pair)

    collect()
    folder = tmp_path_factory.mktemp("redlines")
    files = []
    for number, (old, new) in enumerate(found):
        file = folder / f"{number}.docx"
        file.write_bytes(write(redline(old, new), "docx", Theme(), {}))
        files.append(file)
    return Redlines(found, files)


def test_there_are_enough_pairs(redlines: Redlines) -> None:
    assert len(redlines.files) == PAIRS
    assert sum(old.blocks != new.blocks for old, new in redlines.pairs) > PAIRS / 2
    assert sum(old.furniture != new.furniture for old, new in redlines.pairs) > PAIRS / 3


@SIDES
def test_libreoffice(redlines: Redlines, verb: str, side: int) -> None:
    wrong = {}
    settled = by_libreoffice(verb, redlines.files)
    for number, (pair, found) in enumerate(zip(redlines.pairs, settled, strict=True)):
        if found != (expected(pair[side]), expected_pages(pair[side])):
            wrong[number] = found
    assert wrong == {}


@SIDES
def test_pandoc(redlines: Redlines, verb: str, side: int) -> None:
    wrong = {}
    for number, (pair, file) in enumerate(zip(redlines.pairs, redlines.files, strict=True)):
        words = by_pandoc(verb, file)
        if words != expected(pair[side]):
            wrong[number] = words
    assert wrong == {}
