"""PDFs conform to PDF/UA-1, read aloud in order, and read nothing from elsewhere."""

from __future__ import annotations

import dataclasses
import functools
import platform
import sys
from typing import TYPE_CHECKING

import documents
import page
import pytest
from documents import clause, p, t
from tagged_text import TaggedText, kids

from policygen.document import (
    Asset,
    Clause,
    Document,
    Fact,
    Link,
    Picture,
    Reference,
    Table,
    Value,
    words,
)
from policygen.writers.pdf import RendererMissing, write_pdf
from policygen.writers.pdf import engine
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = """</style><script> "quoted" 'single' \\ \\a }} {{ 7*7 }} {% x %} &amp; <b> ); url(file:///etc/hostname)"""


@functools.cache
def every_node() -> bytes:
    return write_pdf(documents.every_node(), Theme())


@functools.cache
def form_alone() -> bytes:
    return write_pdf(documents.form_alone(), Theme())


def with_blocks(*blocks: object, **changes: object) -> Document:
    document = dataclasses.replace(documents.form_alone(), blocks=blocks)  # type: ignore[arg-type]
    return dataclasses.replace(document, **changes)  # type: ignore[arg-type]


def faults(pdf: bytes) -> list[str]:
    """Give what a PDF/UA-1 validator finds."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def read_aloud(pdf: bytes) -> list[str]:
    tagged = TaggedText(pdf)
    spoken = tagged.text(tagged.root).split()
    return [word for word in spoken if word != "•"]


@pytest.mark.parametrize(
    ("pdf", "document"),
    [(every_node, documents.every_node()), (form_alone, documents.form_alone())],
)
def test_is_read_aloud_in_the_words_of_the_document(pdf, document) -> None:
    assert read_aloud(pdf()) == words(document)
