"""PDFs conform to PDF/UA-1, read aloud in order, and read nothing from elsewhere."""

from __future__ import annotations

import dataclasses
import functools
import platform
import sys
from typing import TYPE_CHECKING

import page
import pytest

import documents
from documents import clause, p, t
from policygen.document import (
    Asset,
    BulletList,
    Clause,
    Document,
    Fact,
    Link,
    Picture,
    Quote,
    Reference,
    Section,
    Strong,
    Table,
    Value,
    words,
)
from policygen.writers.failures import TemplateError
from policygen.writers.pdf import RendererMissing, engine, write_pdf
from policygen.writers.theme import Theme
from tagged_text import TaggedText, kids

if TYPE_CHECKING:
    from collections.abc import Callable
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


PRINTED = pytest.mark.parametrize(
    ("pdf", "document"),
    [(every_node, documents.every_node()), (form_alone, documents.form_alone())],
    ids=["every node", "form"],
)


@PRINTED
def test_is_read_aloud_in_the_words_of_the_document(
    pdf: Callable[[], bytes], document: Document
) -> None:
    assert read_aloud(pdf()) == words(document)


@PRINTED
def test_conforms(pdf: Callable[[], bytes], document: Document) -> None:
    assert document.blocks
    assert faults(pdf()) == []


@PRINTED
def test_is_the_same_each_time(pdf: Callable[[], bytes], document: Document) -> None:
    assert write_pdf(document, Theme()) == pdf()


def test_every_tag_is_there_and_has_its_place() -> None:
    tagged = TaggedText(every_node())
    elements = list(tagged.elements())
    assert all(kid is not None for element in elements for kid in kids(element))
    inside = {
        tag: {kid["/S"] for element in elements if element["/S"] == tag for kid in kids(element)}
        for tag in ("/L", "/LI", "/TOC", "/TR")
    }
    assert inside["/L"] == {"/LI"}
    assert inside["/LI"] == {"/Lbl", "/LBody"}
    assert inside["/TOC"] == {"/TOCI"}
    assert inside["/TR"] == {"/TH", "/TD"}
    assert all(cell["/A"]["/Scope"] for cell in elements if cell["/S"] == "/TH")


def test_all_text_outside_the_tags_is_an_artifact() -> None:
    tagged = TaggedText(every_node())
    tagged.text(tagged.root)
    left = [text for texts in tagged.pages for text in texts.values()]
    assert all(text.strip().isdigit() for text in left), "only the page numbers of the contents"


def test_the_logo_is_decoration_and_a_picture_is_described() -> None:
    figures = [e for e in TaggedText(every_node()).elements() if e["/S"] == "/Figure"]
    described = ["A child who asks", "Two friends", "A picture of the flow"]
    assert [figure["/Alt"] for figure in figures] == described


def test_links_say_where_they_lead() -> None:
    reader = TaggedText(every_node()).reader
    links = [a.get_object() for page_ in reader.pages for a in page_.get("/Annots", ())]
    told = {link["/Contents"] for link in links}
    assert {"1.2", "1.5 A nested section", "Appendix A Staff agreement"} <= told
    assert "https://www.alder.example/a?b=c&d=e" in told


def test_contents_lead_to_their_sections() -> None:
    reader = TaggedText(every_node()).reader
    links = [a.get_object() for a in reader.pages[0].get("/Annots", ())]
    led_to = [link["/Dest"] for link in links if "/Dest" in link]
    assert led_to[: len(documents.CONTENTS.entries)] == [
        entry.target for entry in documents.CONTENTS.entries
    ]


def test_metadata() -> None:
    reader = TaggedText(every_node()).reader
    about = reader.metadata
    assert about is not None
    assert about.title == "Alder Every Node Policy"
    assert about.author == "Alder <b>Primary</b> & Nursery Academy"
    assert str(about.subject).startswith("Alder Every Node Policy")
    assert (about.creation_date_raw, about.modification_date_raw) == (None, "D:20260901")
    assert reader.root_object["/Lang"] == "en-GB"


def test_bookmarks_are_the_headings() -> None:
    outline = TaggedText(every_node()).reader.outline
    top = [str(entry.title) for entry in outline if not isinstance(entry, list)]
    assert top[:3] == [
        "Document control",
        "1 Introduction for Alder <b>*School*</b>",
        "A bare heading with running paragraphs",
    ]
    assert top[-2:] == ["Appendix A Staff agreement", "Appendix B Reporting flow"]


def test_running_lines_stand_on_every_printed_page() -> None:
    texts = [page_.extract_text() for page_ in TaggedText(every_node()).reader.pages]
    printed = [(number, text) for number, text in enumerate(texts, 1) if text]
    for number, text in printed:
        assert text.endswith("DRAFT")
        assert f"Version 2.1 · Draft 3f9c2a71 Page {number} of {len(texts)}" in text
    assert all("Alder Every Node Policy" in text for _, text in printed[1:])


def test_a_form_starts_on_a_right_hand_page_and_its_back_stays_blank() -> None:
    texts = [page_.extract_text() for page_ in TaggedText(every_node()).reader.pages]
    (front,) = [place for place, text in enumerate(texts) if "I keep my password" in text]
    assert front % 2 == 0
    assert texts[front + 1] == ""
    assert texts[front + 2].startswith("Appendix B")


def test_data_never_becomes_markup() -> None:
    document = with_blocks(
        Clause("a/b", t(HOSTILE), (p(Value("x", HOSTILE)), p(Reference("a/b", "1"))), anchor="a/b"),
        Table("grid", documents.cells(HOSTILE), (documents.cells(HOSTILE),), HOSTILE),
        title=t(HOSTILE),
        organisation=HOSTILE,
        short_name=HOSTILE,
        facts=(Fact(HOSTILE, HOSTILE),),
        status=HOSTILE,
        version="1",
    )
    pdf = write_pdf(document, Theme())
    assert read_aloud(pdf) == words(document)
    assert faults(pdf) == []
    reader = TaggedText(pdf).reader
    assert "Version 1 · </style><script>" in reader.pages[0].extract_text()
    assert reader.metadata is not None
    assert reader.metadata.title == HOSTILE


@pytest.mark.parametrize(
    "block",
    [
        p("Ŵyn ✓ ☐ → ≥ Αθήνα Київ العربية e\u0301 1\ufe0f\u20e3 ✓\u2028✓"),
        p("漢字 \u0378 \ue000 \U0001fae8"),
        p(Link("https://a.example/", t(Strong(t("bold")), " and plain"))),
        p(Link("https://a.example/", (Picture(documents.LOGO, "Home"),))),
        p(Picture(documents.LOGO, "")),
        p(),
        p("word " * 2000),
        Table("grid", documents.cells("", "B"), (documents.cells("a", ""),) * 80),
        Table("labels", (), (documents.cells("", "x"),)),
        BulletList(((p("x " * 900), BulletList(((p("y"),),)), p("z")),) * 3),
        BulletList(((Quote((p("q"),)),), (), (documents.FORM,))),
        clause("table", (1, 1), Table("grid", documents.cells("A"), (documents.cells("b"),))),
        Section("s", (), (clause("c", (), p("x"), heading="H"),), level=4),
    ],
    ids=lambda block: type(block).__name__,
)
def test_conforms_with(block: object) -> None:
    pdf = write_pdf(with_blocks(block), Theme())
    assert faults(pdf) == []


def test_what_no_bundled_font_has_shows_as_missing() -> None:
    spoken = read_aloud(write_pdf(with_blocks(p("Wáng 王")), Theme()))
    assert spoken[-2:] == ["Wáng", "\N{REPLACEMENT CHARACTER}"]


def test_a_nested_list_is_read_where_it_stands() -> None:
    inner = BulletList(((p("losses"),), (p("thefts"),)))
    listed = BulletList(((p("report:"), inner, p("and say when."), inner),))
    spoken = read_aloud(write_pdf(with_blocks(listed), Theme()))
    assert spoken[-8:] == ["report:", "losses", "thefts", "and", "say", "when.", "losses", "thefts"]


def test_reads_nothing_from_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[object] = []
    for way in ("HTTPHandler.http_open", "HTTPSHandler.https_open", "FileHandler.file_open"):
        monkeypatch.setattr(f"urllib.request.{way}", lambda _, asked: opened.append(asked))
    (tmp_path / "secret.png").write_bytes(b"secret")
    hostile = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
      width="40" height="40"><style>@import url(http://a.example/a.css);</style>
      <image href="http://a.example/a.png" width="9" height="9"/>
      <image xlink:href="{(tmp_path / "secret.png").as_uri()}" width="9" height="9"/>
      <use href="http://a.example/a.svg#x"/><rect width="9" height="9"/></svg>"""
    asset = Asset("a.svg", "image/svg+xml", hostile.encode(), 40, 40)
    document = with_blocks(p(Picture(asset, "Hostile")), logo=asset)
    pdf = write_pdf(document, Theme())
    assert faults(pdf) == []
    assert not opened


@pytest.mark.parametrize("url", ["http://a.example/a.png", "file:///etc/hostname", "../x.png"])
def test_a_style_sheet_may_use_nothing_but_fonts(tmp_path: Path, url: str) -> None:
    (tmp_path / "print.css").write_text(f"main {{ background: url({url}) }}", encoding="utf-8")
    with pytest.raises(TemplateError, match=url.rpartition("/")[2]):
        write_pdf(documents.form_alone(), Theme(tmp_path))


@pytest.mark.parametrize(
    ("system", "advice"),
    [("Linux", "apt install"), ("Darwin", "brew install pango"), ("Windows", "https://")],
)
def test_says_how_to_install_what_lacks(
    monkeypatch: pytest.MonkeyPatch, system: str, advice: str
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setitem(sys.modules, "policygen.writers.pdf.printing", None)
    engine.start.cache_clear()
    with pytest.raises(RendererMissing, match=advice) as caught:
        write_pdf(documents.form_alone(), Theme())
    assert "\n" not in str(caught.value)
    engine.start.cache_clear()


def test_names_the_library_that_cannot_be_loaded() -> None:
    error = OSError("cannot load library 'libpango-1.0-0': libpango-1.0-0: cannot open")
    assert engine._library(error) == "libpango-1.0-0"
    assert engine._library(OSError("what")) == "Pango"


@pytest.mark.parametrize("length", [72, 73, 74, 75])
def test_a_link_at_a_line_s_end_keeps_the_space_behind_it(length: int) -> None:
    before = f"{('word ' * 20)[:length].rstrip()} "
    link = Link("https://law.example/", t("linked run"))
    pdf = write_pdf(with_blocks(p(before, link, " expects more words, and more again.")), Theme())
    tagged = TaggedText(pdf)
    assert "linked run expects" in " ".join(tagged.text(tagged.root).split())


@pytest.mark.parametrize("count", [2, 7, 19])
def test_a_space_before_a_mark_breaks_no_line_too_early(count: int) -> None:
    """With a word less, a text takes no more lines."""
    lines = []
    for before in (count, count + 1):
        block = p("word " * before, Strong(t("bold")), " " + "and more words " * 8)
        pdf = TaggedText(write_pdf(with_blocks(block, kind="policy"), Theme()))
        text = pdf.reader.pages[0].extract_text()
        lines.append(sum("word" in line for line in text.splitlines()))
    assert lines[0] <= lines[1]
