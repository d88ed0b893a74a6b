"""Guards against what makes documents slow to write, by counting: no clock is looked at."""

from __future__ import annotations

import ctypes
import gc
import io
import re
import sys
from typing import TYPE_CHECKING, ClassVar

import pytest
from docx.oxml.styles import CT_Styles
from docx.styles.styles import Styles
from pypdf import PdfReader
from weasyprint import HTML, layout
from weasyprint.layout.page import make_all_pages
from weasyprint.text.fonts import FontConfiguration

from policygen.document import words
from policygen.writers import write
from policygen.writers.pdf import printing
from policygen.writers.pdf.engine import start
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from policygen.assemble.targets import Target
    from policygen.document import Document

RUNS_A_WORD = 0.8
"""A run of text is a line, or a label of a form. Where contents are filled with dots by
``leader()``, each dot is a run: three of four runs of a document of ten pages, and a sixth of
its time."""

LINES_A_PAGE = 60
"""Rules, boxes and curves. ``border-bottom: dotted`` draws each dot as a curve, which takes
longer than the whole rest."""

BYTES_A_PAGE = 16_000
"""Tags take half of it. A font embedded whole adds 400 KB."""

BYTES_BESIDE = 60_000
"""The fonts' subsets, about 15 KB each, the logo and the outline."""

FACES = 4
"""Regular, bold and their italics; each takes time to subset."""


@pytest.fixture(scope="module")
def policy(printed: dict[str, Target]) -> Document:
    """Give the longest policy of the sample that has contents."""
    found = [t.document for t in printed.values() if t.document and t.kind == "policy"]
    return max(found, key=lambda document: len(words(document)))


@pytest.fixture(scope="module")
def pdf(policy: Document) -> bytes:
    return write(policy, "pdf", Theme(), {})


def drawn(pdf: bytes, operators: bytes) -> int:
    """Count operators of the pages' content."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    contents = (page.get_contents() for page in pages)
    return sum(len(re.findall(operators, c.get_data())) for c in contents if c is not None)


def test_text_is_drawn_line_by_line(pdf: bytes, policy: Document) -> None:
    limit = RUNS_A_WORD * len(" ".join(words(policy)).split())
    assert 0 < drawn(pdf, rb"\bT[jJ]\b") < limit


def test_few_lines_and_curves_are_drawn(pdf: bytes) -> None:
    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    assert drawn(pdf, rb"(?m)(?<=[\d.] )(?:re|c|l)$") < LINES_A_PAGE * pages


def test_a_file_is_small(pdf: bytes) -> None:
    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    assert len(pdf) < BYTES_BESIDE + BYTES_A_PAGE * pages


def test_few_faces_are_embedded_and_none_whole(pdf: bytes) -> None:
    found = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found.add(str(inner["/FontDescriptor"].get_object()["/FontName"]))
    assert 0 < len(found) <= FACES
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in found)


def test_our_own_page_without_needless_rules_is_printed_as_with_them(
    pdf: bytes, policy: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    start()
    monkeypatch.setattr(printing, "OwnPage", HTML)
    assert write(policy, "pdf", Theme(), {}) == pdf


SIMPLE = "policygen.writers.pdf.quick._SIMPLE"
EVERY_WAY = """
<html style="--wide: 3cm"><style>
@page { margin: 2cm; @bottom-center { content: counter(page); color: var(--none, red) } }
div { margin-inline-start: 1cm; padding-block: 2mm; border-inline-end: 2px solid; color: navy }
p { margin: initial; display: block; width: calc(50% + 1cm); text-decoration: underline }
span { font: inherit; letter-spacing: inherit; inset-inline-start: 3mm; position: relative }
em { float: right; border-start-start-radius: 2mm; inline-size: var(--wide); margin: auto }
</style><body dir="rtl"><div>One <span>two <em>three</em></span><p>four <b>five</b></div>
<div style="page: other; break-before: page; direction: rtl">six <em>seven</em></body></html>
"""


def test_unset_properties_have_the_values_that_weasyprint_gives(
    pdf: bytes, policy: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    start()
    quick = HTML(string=EVERY_WAY).write_pdf()
    monkeypatch.setattr(SIMPLE, {})
    assert HTML(string=EVERY_WAY).write_pdf() == quick
    assert write(policy, "pdf", Theme(), {}) == pdf


COUNTED = """
<style>
@page {{ size: A6; margin: 2cm; @bottom-right {{ content: counter(page) "/" counter(pages) }} }}
li a::after {{ content: " " target-counter(attr(href), page) }}
h2 {{ break-before: page }} h2::after {{ content: " on " counter(page) {total} }}
</style><ul>{contents}</ul>{chapters}
"""


@pytest.mark.parametrize("total", ["", '" of " counter(pages)'])
@pytest.mark.parametrize("chapters", [3, 25])
def test_page_numbers_filled_in_early_are_those_that_weasyprint_fills_in(
    pdf: bytes, policy: Document, monkeypatch: pytest.MonkeyPatch, total: str, chapters: int
) -> None:
    start()
    page = COUNTED.format(
        total=total,
        contents="".join(f"<li><a href='#c{n}'>Chapter {n}</a>" for n in range(chapters)),
        chapters="".join(f"<h2 id=c{n}>{n}</h2><p>{'Words. ' * 200}" for n in range(chapters)),
    )
    early = HTML(string=page).write_pdf()
    monkeypatch.setattr(layout, "make_all_pages", make_all_pages)
    assert HTML(string=page).write_pdf() == early
    assert write(policy, "pdf", Theme(), {}) == pdf


class Allocated(ctypes.Structure):
    """What glibc's ``mallinfo2`` tells of the memory that C libraries have taken."""

    _fields_: ClassVar = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks"),
            *("uordblks", "fordblks", "keepcost"),
        )
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="glibc counts what is allocated")
def test_figures_of_one_width_are_freed_with_their_lines() -> None:
    """WeasyPrint keeps some 150 bytes for each line with features of fonts."""
    start()
    told = ctypes.CDLL(None).mallinfo2
    told.restype = Allocated
    fonts = FontConfiguration()
    page = "<ol style='font-variant-numeric: tabular-nums'>" + "<li>Some words." * LINES

    def kept() -> int:
        HTML(string=page).render(font_config=fonts)
        gc.collect()
        return int(told().uordblks)

    kept()
    before = kept()
    for _ in range(4):
        kept()
    assert kept() - before < 5 * LINES * A_LEAK / 10


LINES = 300
A_LEAK = 150


def test_no_style_is_looked_up_through_python_docx(
    policy: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each such look-up reads every style of the file: half the time of a Word file whose
    paragraphs are given their styles by name."""
    asked: list[object] = []

    def counted(*given: object) -> None:
        asked.append(given)
        pytest.fail("a style was looked up")

    for name in ("__getitem__", "get_by_id", "get_style_id"):
        monkeypatch.setattr(Styles, name, counted)
    for name in ("get_by_id", "get_by_name", "default_for"):
        monkeypatch.setattr(CT_Styles, name, counted)
    assert write(policy, "docx", Theme(), {})
    assert not asked
