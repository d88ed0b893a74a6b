"""Every file of a document holds its words, all of them, in order."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

import word_reading
from acceptance import reading
from acceptance.sample import Printed, every_document
from policygen.document import words

if TYPE_CHECKING:
    from pathlib import Path


def differences(expected: list[str], found: list[str]) -> str:
    """Give what differs, for the reader of a failed test."""
    return "\n".join(unified_diff(expected, found, "document", "file", n=4, lineterm=""))


@every_document
def test_html(printed: Printed, built: Path) -> None:
    found = reading.html_words(printed.file(built, "html"))
    assert not differences(words(printed.document), found)


@every_document
def test_pdf(printed: Printed, built: Path) -> None:
    found = reading.pdf_words(printed.file(built, "pdf"))
    assert not differences(words(printed.document), found)


@every_document
def test_word(printed: Printed, built: Path) -> None:
    found = word_reading.words(printed.file(built, "docx").read_bytes())
    assert not differences(words(printed.document), found)


@every_document
def test_word_as_libreoffice_reads_and_numbers_it(printed: Printed, by_libreoffice: Path) -> None:
    found = reading.libreoffice_words(by_libreoffice / f"{printed.flat_name}.txt")
    assert not differences(words(printed.document), found)
