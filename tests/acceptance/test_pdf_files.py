"""PDFs are accessible, sound and laid out for printing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page
import pytest
from acceptance.pdf_places import Places
from acceptance.programs import output, program
from acceptance.sample import PRINTED, Printed, every_document

from policygen.document import Appendix, Form

if TYPE_CHECKING:
    from pathlib import Path

OUR_FONTS = re.compile(r"[A-Z]{6}\+Policy-")


def about(path: Path) -> dict[str, str]:
    """Give what Poppler says of a PDF, by name."""
    lines = output(program("pdfinfo"), path).splitlines()
    pairs = (line.partition(":") for line in lines)
    return {name: value.strip() for name, _, value in pairs}


@every_document
def test_conforms_to_pdf_ua(printed: Printed, built: Path) -> None:
    report = page.validate_pdf(
        str(printed.file(built, "pdf")), profile=page.ValidationProfile.PDF_UA_1
    )
    assert [f"{failure.rule_id} {failure.message}" for failure in report.failures] == []
    assert report.is_compliant


@every_document
def test_is_sound(printed: Printed, built: Path) -> None:
    output(program("qpdf"), "--check", printed.file(built, "pdf"))


@every_document
def test_says_what_it_is(printed: Printed, built: Path) -> None:
    told = about(printed.file(built, "pdf"))
    assert told["Title"] == printed.document.plain_title
    assert told["Tagged"] == "yes"
    assert told["Page size"].endswith("(A4)")
    assert told["JavaScript"] == "no"
    assert told["Encrypted"] == "no"


@every_document
def test_names_its_language(printed: Printed, built: Path) -> None:
    assert Places(printed.file(built, "pdf")).language == printed.document.language == "en-GB"


@every_document
def test_holds_its_fonts_which_are_ours(printed: Printed, built: Path) -> None:
    rows = output(program("pdffonts"), printed.file(built, "pdf")).splitlines()[2:]
    assert rows
    assert [row for row in rows if not OUR_FONTS.match(row)] == []
    assert [row for row in rows if row.split()[-5:-2] != ["yes", "yes", "yes"]] == []


@every_document
def test_no_heading_stands_alone_at_the_foot_of_a_page(printed: Printed, built: Path) -> None:
    assert Places(printed.file(built, "pdf")).stranded_headings() == []


@pytest.mark.parametrize(
    "printed",
    [printed for printed in PRINTED if printed.has_forms],
    ids=lambda printed: f"{printed.source}/{printed.name}",
)
def test_forms_start_on_right_hand_pages(printed: Printed, built: Path) -> None:
    bookmarks = Places(printed.file(built, "pdf")).bookmarks()
    forms = {
        title: number
        for title, number in bookmarks.items()
        for block in printed.document.blocks
        if isinstance(block, Appendix)
        and isinstance(block.blocks[0], Form)
        and title.startswith(f"{block.label} ")
    }
    assert forms
    assert {title: number for title, number in forms.items() if number % 2 == 0} == {}
