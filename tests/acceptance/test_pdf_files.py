"""PDFs are accessible, sound and laid out for printing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from acceptance.pdf_places import Places
from acceptance.pdf_ua import faults, faults_by_verapdf
from acceptance.programs import output, program
from acceptance.sample import PRINTED, Paper, Printed
from acceptance.sessions import Reported, every_paper
from policygen.document import Appendix, Form

if TYPE_CHECKING:
    from pathlib import Path

OUR_FONTS = re.compile(r"[A-Z]{6}\+Policy-")


def about(path: Path) -> dict[str, str]:
    """Give what Poppler says of a PDF, by name."""
    lines = output(program("pdfinfo"), path).splitlines()
    pairs = (line.partition(":") for line in lines)
    return {name: value.strip() for name, _, value in pairs}


@pytest.fixture(scope="session")
def by_verapdf(built: Path, by_libreoffice: Path, reports: dict[str, Reported]) -> dict[Path, str]:
    """Give what veraPDF finds in ours, and in those of LibreOffice."""
    files = [printed.file(built, "pdf") for printed in PRINTED]
    files += [one.paper.file("pdf") for one in reports.values()]
    files.append(by_libreoffice / f"{PRINTED[0].flat_name}.pdf")
    return faults_by_verapdf(files)


@every_paper
def test_conforms_to_pdf_ua(paper: Paper) -> None:
    assert faults(paper.file("pdf")) == []


@every_paper
def test_conforms_to_pdf_ua_by_verapdf(paper: Paper, by_verapdf: dict[Path, str]) -> None:
    assert by_verapdf[paper.file("pdf")] == ""


def test_a_pdf_that_does_not_conform_is_found(
    by_verapdf: dict[Path, str], by_libreoffice: Path
) -> None:
    untagged = by_libreoffice / f"{PRINTED[0].flat_name}.pdf"
    assert faults(untagged)
    assert by_verapdf[untagged]


@every_paper
def test_is_sound(paper: Paper) -> None:
    output(program("qpdf"), "--check", paper.file("pdf"))


@every_paper
def test_says_what_it_is(paper: Paper) -> None:
    told = about(paper.file("pdf"))
    assert told["Title"] == paper.document.plain_title
    assert told["Tagged"] == "yes"
    assert told["Page size"].endswith("(A4)")
    assert told["JavaScript"] == "no"
    assert told["Encrypted"] == "no"


@every_paper
def test_names_its_language(paper: Paper) -> None:
    assert Places(paper.file("pdf")).language == paper.document.language == "en-GB"


@every_paper
def test_holds_its_fonts_which_are_ours(paper: Paper) -> None:
    rows = output(program("pdffonts"), paper.file("pdf")).splitlines()[2:]
    assert rows
    assert [row for row in rows if not OUR_FONTS.match(row)] == []
    assert [row for row in rows if row.split()[-5:-2] != ["yes", "yes", "yes"]] == []


@every_paper
def test_no_heading_stands_alone_at_the_foot_of_a_page(paper: Paper) -> None:
    assert Places(paper.file("pdf")).stranded_headings() == []


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
