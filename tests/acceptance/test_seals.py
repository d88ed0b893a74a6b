"""Files that other programs save again say what they said; those that nobody touched are intact."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from acceptance.programs import output, program, side_by_side
from acceptance.sample import PRINTED, Printed, every_document
from policygen.seals import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def saved_again(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have LibreOffice save every Word file, and qpdf every PDF."""
    folder = tmp_path_factory.mktemp("saved-again")
    (folder / "word").mkdir()
    files = []
    for printed in PRINTED:
        files.append(folder / "word" / f"{printed.flat_name}.docx")
        shutil.copyfile(printed.file(built, "docx"), files[-1])
    profile = (folder / "profile").as_uri()
    output(
        program("soffice"),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        folder,
        *files,
    )

    def save(printed: Printed) -> None:
        again = folder / f"{printed.flat_name}.pdf"
        output(program("qpdf"), "--linearize", printed.file(built, "pdf"), again)

    side_by_side(save, PRINTED)
    return folder


@every_document
@pytest.mark.parametrize("ending", ["html", "pdf", "docx"])
def test_what_was_built_is_intact(printed: Printed, built: Path, ending: str) -> None:
    reading = read(printed.file(built, ending))
    assert reading.intact
    assert reading.as_worded
    assert reading.imprint is not None
    assert reading.imprint.wording == printed.document.fingerprint


@every_document
def test_libreoffice_saves_a_word_file_with_its_words(printed: Printed, saved_again: Path) -> None:
    reading = read(saved_again / f"{printed.flat_name}.docx")
    assert reading.as_worded
    assert not reading.intact


@every_document
def test_qpdf_saves_a_pdf_with_all_that_it_shows(printed: Printed, saved_again: Path) -> None:
    reading = read(saved_again / f"{printed.flat_name}.pdf")
    assert reading.as_shown
    assert reading.as_worded
    assert not reading.intact
