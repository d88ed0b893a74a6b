"""Many documents in one Word file: a section each."""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn

from acceptance.word_accessibility import faults
from policygen.document import words
from policygen.writers import bind
from policygen.writers.theme import Theme
from writers.test_bound_pdf import DOCUMENTS, TITLE

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


@functools.cache
def bound(*, both_sides: bool = True) -> bytes:
    return bind(DOCUMENTS, "docx", Theme(), TITLE, both_sides=both_sides)


def opened(*, both_sides: bool = True) -> WordDocument:
    return docx.Document(io.BytesIO(bound(both_sides=both_sides)))


def texts(document: WordDocument) -> list[str]:
    """Give the text of each section's body."""
    found, text = [], ""
    for element in document.element.body.iter(qn("w:t"), qn("w:sectPr")):
        if element.tag == qn("w:t"):
            text += element.text or ""
        else:
            found.append(text)
            text = ""
    return found


@pytest.mark.parametrize(("both_sides", "kind"), [(True, "oddPage"), (False, "nextPage")])
def test_each_document_is_a_section_that_counts_its_own_pages(
    *, both_sides: bool, kind: str
) -> None:
    sections = opened(both_sides=both_sides).sections
    assert len(sections) == len(DOCUMENTS)
    for section in sections:
        properties: Any = section._sectPr
        assert properties.find(qn("w:type")).get(qn("w:val")) == kind
        assert properties.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_documents_stand_in_order_with_all_their_words() -> None:
    found = texts(opened())
    for document, text in zip(DOCUMENTS, found, strict=True):
        told = "".join(text.split())
        missing = [w for w in words(document) if w not in told and w not in "•☐"]
        assert missing == []


def test_each_foot_bears_its_own_code() -> None:
    for document, section in zip(DOCUMENTS, opened().sections, strict=True):
        foot = "".join(paragraph.text for paragraph in section.footer.paragraphs)
        pages = 2 if document is DOCUMENTS[1] else 1
        assert foot.endswith(f"Page 1 of {pages}")
        codes = [each.code for each in DOCUMENTS if each.code in foot]
        assert codes == [document.code]


def test_it_is_accessible_and_has_its_title() -> None:
    assert faults(bound()) == []
    assert opened().core_properties.title == TITLE


def test_the_same_documents_make_the_same_file() -> None:
    assert bind(DOCUMENTS, "docx", Theme(), TITLE, both_sides=True) == bound()
