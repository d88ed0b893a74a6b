"""What the sample trust prints, against what it printed when somebody last looked.

The files in tests/goldens hold a few documents in each format, without what would make
them large (fonts, pictures, styles). When a change of the output is wanted, renew them and
read the differences before they are committed:

    pytest tests/test_goldens.py --renew-goldens
    git diff tests/goldens
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from pypdf import PdfReader

from policygen.request import FORMATS
from policygen.writers import write
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.assemble.targets import Target
    from policygen.request import Format

GOLDENS = Path(__file__).parent / "goldens"
DOCUMENTS = (
    "gull-academy/online",
    "fenwick-primary/old-style",
    "fenwick-primary/forms/agreement",
    "trust/communications",
)
PARTS = ("docProps/core.xml", "word/header1.xml", "word/footer1.xml", "word/document.xml")
"""The parts of a Word file that hold words; the others are the same for all documents."""


def golden(name: str, format_: Format) -> Path:
    """Give where a document's golden is stored."""
    return GOLDENS / f"{name.replace('/', '--')}.{format_}.txt"


def html_text(data: bytes) -> str:
    """Give a page without styles, scripts, seals and the bytes of fonts and pictures."""
    page = data.decode("utf-8")
    page = re.sub(r'(name="policygen\.(?:words|file)" content=")\w+', r"\1…", page)
    page = re.sub(r"<(style|script)\b[^>]*>.*?</\1>", r"<\1>…</\1>", page, flags=re.DOTALL)
    return re.sub(r"(data:[\w/+.-]+;base64,)[\w/+=]+", r"\1…", page)


def word_text(data: bytes) -> str:
    """Give the parts that hold words as indented XML without declarations of namespaces."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(f"=== {name}\n{_xml(package.read(name))}" for name in PARTS)


def _xml(data: bytes) -> str:
    root = etree.fromstring(data)
    etree.indent(root)
    text = etree.tostring(root, encoding="unicode")
    return re.sub(r'\s+xmlns:?\w*="[^"]*"', "", text) + "\n"


def pdf_text(data: bytes) -> str:
    """Give title, outline and the text of each page."""
    reader = PdfReader(io.BytesIO(data))
    title = reader.metadata.title if reader.metadata else ""
    pages = [page.extract_text() for page in reader.pages]
    lines = [f"=== title\n{title}", "=== outline", *_outline(reader.outline)]
    for number, text in enumerate(pages, 1):
        lines += [f"=== page {number}", *filter(None, map(str.strip, text.splitlines()))]
    return "\n".join(lines) + "\n"


def _outline(entries: list[Any], depth: int = 0) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry, depth + 1)
        else:
            yield f"{'  ' * depth}{entry.title}"


TEXT_OF = {"html": html_text, "docx": word_text, "pdf": pdf_text}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_printed_is_what_was_printed(
    printed: dict[str, Target], name: str, format_: Format, pytestconfig: pytest.Config
) -> None:
    document = printed[name].document
    assert document is not None
    stem = name.rpartition("/")[2]
    siblings: dict[str, str] = {other: f"{stem}.{other}" for other in FORMATS if other != "html"}
    found = TEXT_OF[format_](write(document, format_, Theme(), siblings))
    path = golden(name, format_)
    if pytestconfig.getoption("--renew-goldens"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
    assert path.is_file(), "there is no golden yet: see the head of this file"
    stored = path.read_text("utf-8")
    if format_ == "pdf":
        # Where a line ends depends on the machine's Pango; which words there are does not.
        assert found.split() == stored.split()
    else:
        assert found == stored


def test_every_golden_is_of_a_document() -> None:
    wanted = {golden(name, format_).name for name in DOCUMENTS for format_ in FORMATS}
    assert {path.name for path in GOLDENS.glob("*")} == wanted
