"""Every file of a document holds its words, all of them, in order."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

import word_reading
from acceptance import reading
from acceptance.sample import Paper, Printed, every_document
from acceptance.sessions import every_paper
from policygen.document import words

if TYPE_CHECKING:
    from pathlib import Path


def differences(expected: list[str], found: list[str]) -> str:
    """Give what differs, for the reader of a failed test."""
    return "\n".join(unified_diff(expected, found, "document", "file", n=4, lineterm=""))


@every_paper
def test_html(paper: Paper) -> None:
    found = reading.html_words(paper.file("html"))
    assert not differences(words(paper.document), found)


@every_paper
def test_pdf(paper: Paper) -> None:
    found = reading.pdf_words(paper.file("pdf"))
    assert not differences(words(paper.document), found)


@every_document
def test_word(printed: Printed, built: Path) -> None:
    found = word_reading.words(printed.file(built, "docx").read_bytes())
    assert not differences(words(printed.document), found)


@every_document
def test_word_as_libreoffice_reads_and_numbers_it(printed: Printed, by_libreoffice: Path) -> None:
    found = reading.libreoffice_words(by_libreoffice / f"{printed.flat_name}.txt")
    assert not differences(words(printed.document), found)
