"""Word files are valid, accessible, and open elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from acceptance.open_xml import errors_of_the_audit, errors_of_the_sdk
from acceptance.pdf_places import Places
from acceptance.programs import side_by_side
from acceptance.sample import PRINTED, Printed, every_document
from acceptance.word_accessibility import faults

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def by_open_xml_sdk(built: Path) -> dict[str, list[object]]:
    """Give what Microsoft's Open XML SDK finds in every file."""
    files = [printed.file(built, "docx") for printed in PRINTED]
    errors = side_by_side(errors_of_the_sdk, files)
    return dict(zip((printed.flat_name for printed in PRINTED), errors, strict=True))


@every_document
def test_is_valid_to_the_open_xml_sdk(
    printed: Printed, by_open_xml_sdk: dict[str, list[object]]
) -> None:
    assert by_open_xml_sdk[printed.flat_name] == []


@every_document
def test_is_valid_to_a_second_validator(printed: Printed, built: Path) -> None:
    assert errors_of_the_audit(printed.file(built, "docx")) == []


@every_document
def test_is_accessible(printed: Printed, built: Path) -> None:
    assert faults(printed.file(built, "docx").read_bytes()) == []


@every_document
def test_says_what_it_is(printed: Printed, built: Path) -> None:
    about = docx.Document(str(printed.file(built, "docx"))).core_properties
    assert about.title == printed.document.plain_title
    assert about.language == "en-GB"


@every_document
def test_libreoffice_opens_and_prints_it(printed: Printed, by_libreoffice: Path) -> None:
    assert len(Places(by_libreoffice / f"{printed.flat_name}.pdf").reader.pages) > 0
