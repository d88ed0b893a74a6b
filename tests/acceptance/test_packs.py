"""Packs of forms are accessible and sound, lie right on both sides, and say the same in PDF
and Word."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from acceptance.open_xml import errors_of_the_audit, errors_of_the_sdk
from acceptance.pdf_ua import faults, faults_by_verapdf
from acceptance.programs import ROOT, output, program, side_by_side
from acceptance.reading import libreoffice_words, pdf_words
from acceptance.word_accessibility import faults as word_faults
from policygen.cli import commands

if TYPE_CHECKING:
    from pathlib import Path

STAFF = """\
Staff Code;Forename;Surname;Job Title;Department;End date
S1;Éloïse;O’HARA-JONES;Teacher;Science;
S2;Łukasz;de Souza;Technician;Science;
S3;Cher;;Cook;Kitchen;
S4;Ann;Gone;Cook;Kitchen;31/08/2024
S5;Priya;Nkemelu;Chair of Governors;;
S6;Tom;Testerby;Supply Teacher;Science;
"""
PUPILS = """\
Adno,Surname,Forename,Year,Reg
A1,Quillfeather,Zebedee,R,Acorn
A2,Brackenwhistle,Ottoline,2,2B
A3,Larkspur-Vane,Ignatius,6,6 Elm
"""
PACKS = ("staff", "again", "pupils", "large")
FIRST_PAGE = re.compile(r"\bPage 1 of \d+")
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z*~$=]\b")


@dataclass(frozen=True)
class Packs:
    """Packs in a folder, a folder each."""

    folder: Path

    def files(self, pack: str, ending: str) -> list[Path]:
        """Give the files of a pack."""
        return sorted((self.folder / pack).glob(f"*.{ending}"))


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Packs:
    """Have packs made of the sample: of staff, again after a material change, of pupils, and
    in large print for a printer that prints on one side."""
    folder = tmp_path_factory.mktemp("packs")
    source = folder / "policy_src"
    shutil.copytree(ROOT / "policy_src", source)
    staff, pupils = folder / "staff.csv", folder / "pupils.csv"
    staff.write_text(STAFF, "cp1252", errors="replace")
    pupils.write_text(PUPILS, "utf-8-sig")

    def forms(verb: str, *args: str | Path) -> str:
        kept = ("--source", source, "--records", folder / "records")
        done = CliRunner().invoke(commands, ["forms", verb, *map(str, (*args, *kept))])
        assert done.exit_code == 0, done.output
        return done.output

    def pack(name: str, school: str, people: Path, *args: str) -> None:
        formats = ("--format", "pdf", "--format", "docx", "--out", folder / name)
        forms("pack", school, "--people", people, *formats, *args)

    pack("staff", "thornmoor-academy", staff, "--blank", "2", "--on", "2026-09-03")
    pack("pupils", "larkfield-primary", pupils, "--on", "2026-09-03")
    pack("large", "larkfield-primary", pupils, "--single", "--large-print", "--one-sided")
    text = (folder / "records" / "thornmoor-academy.csv").read_text("utf-8-sig")
    forms("record", "thornmoor-academy", *CODE.findall(text), "--on", "2026-09-10")
    policy = source / "policies" / "acceptable-use.yaml"
    told = '\n  - {version: "9.0", date: 2026-10-30, summary: Exams added, material: true}\n'
    text = re.sub(r"(?m)^(history:(?:\n  - .*)+)\n", rf"\1{told}", policy.read_text("utf-8"))
    policy.write_text(re.sub(r"(?m)^version: .*", 'version: "9.0"', text), "utf-8")
    clause = source / "clauses" / "acknowledgement.yaml"
    clause.write_text(clause.read_text("utf-8").replace("must ", "must always ", 3), "utf-8")
    pack("again", "thornmoor-academy", staff, "--outstanding", "--on", "2026-11-02")
    return Packs(folder)


@pytest.fixture(scope="session")
def by_verapdf(packs: Packs) -> dict[Path, str]:
    """Give what veraPDF finds in each PDF of each pack."""
    return faults_by_verapdf(file for pack in PACKS for file in packs.files(pack, "pdf"))


@pytest.mark.parametrize("pack", PACKS)
def test_pdfs_conform_to_pdf_ua(pack: str, packs: Packs, by_verapdf: dict[Path, str]) -> None:
    files = packs.files(pack, "pdf")
    assert files
    assert {file.name: (faults(file), by_verapdf[file]) for file in files} == {
        file.name: ([], "") for file in files
    }


@pytest.mark.parametrize("pack", PACKS)
def test_pdfs_are_sound(pack: str, packs: Packs) -> None:
    for file in packs.files(pack, "pdf"):
        output(program("qpdf"), "--check", file)


@pytest.mark.parametrize("pack", PACKS)
def test_word_files_are_sound(pack: str, packs: Packs) -> None:
    files = packs.files(pack, "docx")
    assert [file.stem for file in files] == [file.stem for file in packs.files(pack, "pdf")]
    assert side_by_side(errors_of_the_sdk, files) == [[] for _ in files]
    for file in files:
        assert errors_of_the_audit(file) == []
        assert word_faults(file.read_bytes()) == []


@pytest.mark.parametrize("pack", PACKS)
def test_both_formats_have_the_same_words(pack: str, packs: Packs, tmp_path: Path) -> None:
    files = packs.files(pack, "docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = ("--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path)
    output(program("soffice"), profile, *kind, *files)
    for file in files:
        expected = pdf_words(file.with_suffix(".pdf"))
        assert expected
        assert libreoffice_words(tmp_path / f"{file.stem}.txt") == expected, file.name


@pytest.mark.parametrize("pack", ["staff", "again", "pupils"])
def test_each_sheet_begins_on_a_right_hand_page(pack: str, packs: Packs) -> None:
    for file in packs.files(pack, "pdf"):
        pages = [page.extract_text() for page in PdfReader(file).pages]
        first = [number for number, text in enumerate(pages, 1) if FIRST_PAGE.search(text)]
        assert first
        assert [number for number in first if number % 2 == 0] == [], file.name


def test_on_one_side_no_page_is_blank(packs: Packs) -> None:
    (file,) = packs.files("large", "pdf")
    assert all(page.extract_text().strip() for page in PdfReader(file).pages)


def test_who_signs_again_is_told_what_has_changed(packs: Packs) -> None:
    texts = [" ".join(pdf_words(file)) for file in packs.files("again", "pdf")]
    assert any("What has changed since you signed" in text for text in texts)
    assert any("Exams added" in text for text in texts)
