"""Web pages hold every word, need nothing else, and let no data become markup."""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

import documents
from documents import clause, p, t
from policygen.colour import BLACK, WHITE, Colour, contrast, readable
from policygen.document import (
    Asset,
    Clause,
    Document,
    Emphasis,
    Fact,
    Link,
    Picture,
    Reference,
    Section,
    Text,
    Value,
    words,
)
from policygen.writers.html import write_html
from policygen.writers.html.page import italic_weights
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOSTILE = (
    """</style><script>alert(1)</script> "quoted" 'single' \\ }} {{ 7*7 }} {% x %} &amp; <b>"""
)


def page_of(document: Document, **siblings: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(write_html(document, Theme(), siblings=siblings).decode())


def found(tree: lxml.html.HtmlElement, path: str) -> list[Any]:
    return list(tree.xpath(path))


def printed_words(page: lxml.html.HtmlElement) -> list[str]:
    """Give the words of <main>, with the numbers that a browser counts for lists."""
    (main,) = page.iter("main")
    return "".join(_texts(main)).split()


def _texts(element: lxml.html.HtmlElement) -> Iterator[str]:
    count = int(element.get("start", "1"))
    yield element.text or ""
    for child in element:
        if element.tag == "ol":
            yield f"{count}. "
            count += 1
        yield from _texts(child)
        yield child.tail or ""


def with_blocks(*blocks: object, **changes: object) -> Document:
    document = dataclasses.replace(documents.form_alone(), blocks=blocks)  # type: ignore[arg-type]
    return dataclasses.replace(document, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("document", [documents.every_node(), documents.form_alone()])
def test_holds_the_words_of_the_document_in_order(document: Document) -> None:
    assert printed_words(page_of(document)) == words(document)


@pytest.mark.parametrize("document", [documents.every_node(), documents.form_alone()])
def test_is_the_same_each_time(document: Document) -> None:
    assert write_html(document, Theme()) == write_html(document, Theme())


def test_asks_for_nothing_from_elsewhere() -> None:
    page = write_html(documents.every_node(), Theme(), siblings={"pdf": "a.pdf"}).decode()
    tree = lxml.html.document_fromstring(page)
    assert not found(tree, "//script[@src] | //link | //iframe | //object")
    assert all(src.startswith("data:") for src in found(tree, "//@src"))
    assert all(url.startswith('"data:') for url in re.findall(r"url\(([^)]{1,20})", page))


def test_data_never_becomes_markup() -> None:
    document = with_blocks(
        Clause("a/b", t(HOSTILE), (p(Value("x", HOSTILE)),), anchor='a"b><i>'),
        title=t(HOSTILE),
        organisation=HOSTILE,
        short_name=HOSTILE,
        facts=(Fact(HOSTILE, HOSTILE),),
        status=HOSTILE,
    )
    tree = page_of(document, pdf='"><b>.pdf')
    assert printed_words(tree) == words(document)
    assert not found(tree, "//b[not(parent::span)] | //i")
    assert len(found(tree, "//script")) == 1
    assert found(tree, "//title")[0].text_content() == f"{HOSTILE} – {HOSTILE}"


def test_characters_html_cannot_hold_are_replaced() -> None:
    tree = page_of(with_blocks(p("a\x00b\x1b\x0bc\ud800")))
    assert printed_words(tree)[-2:] == [
        "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}",
        "c\N{REPLACEMENT CHARACTER}",
    ]


def test_only_links_that_leave_by_a_known_way_are_live() -> None:
    targets = ("https://a.example/ b?c=[d]", "javascript:alert(1)", "http://[bad", "tel:01632")
    tree = page_of(with_blocks(p(*(Link(target, t("x")) for target in targets))))
    hrefs = [a.get("href") for a in found(tree, "//main//a")]
    assert hrefs == ["https://a.example/%20b?c=[d]", "tel:01632"]


def test_references_lead_to_anchors_that_are_there() -> None:
    tree = page_of(documents.every_node())
    anchors = set(found(tree, "//@id"))
    links = found(tree, "//a[starts-with(@href, '#')]/@href")
    assert "#every/lists" in links
    assert {link[1:] for link in links} <= anchors


def test_references_to_other_documents_are_words() -> None:
    run = p(Reference("gone", "4.2"), Reference("every/x", "4.3", live=False))
    tree = page_of(with_blocks(clause("x", (), p("here")), run))
    assert not found(tree, "//main//a")
    assert printed_words(tree)[-1] == "4.24.3"


def test_a_clause_is_found_by_its_id_where_its_anchor_differs() -> None:
    here = Clause("a/b", (), (p("here"),), anchor="a/b-2")
    tree = page_of(with_blocks(here, p(Reference("a/b", "1"))))
    assert found(tree, "//main//a/@href") == ["#a/b-2"]


@pytest.mark.parametrize("document", [documents.every_node(), documents.form_alone()])
def test_headings_start_at_one_and_never_jump(document: Document) -> None:
    tree = page_of(document)
    levels = [int(h.tag[1]) for h in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_deep_headings_stop_at_six() -> None:
    block: Section | Clause = clause("deep", (), p("x"), heading="Deep")
    for level in range(9, 0, -1):
        block = Section(f"s{level}", t("S"), (block,), level=level, anchor=f"s{level}")
    tree = page_of(with_blocks(block))
    assert [h.tag for h in tree.iter("h5", "h6")] == ["h5", *["h6"] * 6]


def test_names_its_language_title_and_other_formats() -> None:
    tree = page_of(documents.every_node(), pdf="every.pdf", docx="every.docx")
    assert tree.get("lang") == "en-GB"
    assert found(tree, "//meta[@name='description']/@content")[0].startswith("Alder Every Node")
    assert found(tree, "//header//a/@href") == ["every.pdf", "every.docx"]
    assert "DRAFT" in found(tree, "//header[@class='bar']")[0].text_content()


def test_tables_say_what_heads_them() -> None:
    tree = page_of(documents.every_node())
    (grid,) = found(tree, "//table[@aria-label='Who does what']")
    assert [th.get("scope") for th in grid.iter("th")] == ["col"] * 3
    assert len(found(grid, ".//td[@class='blank']")) == 2
    (labels,) = found(tree, "//table[@aria-label='Contacts']")
    assert [th.get("scope") for th in labels.iter("th")] == ["row"] * 2


def test_embeds_only_faces_that_are_needed() -> None:
    plain = write_html(with_blocks(p("plain")), Theme()).decode()
    assert plain.count("@font-face") == 2
    leaning = with_blocks(p(Emphasis(t("leaning"))))
    assert italic_weights(leaning) == {400}
    assert write_html(leaning, Theme()).decode().count("@font-face") == 3
    welsh = write_html(with_blocks(p("Ŵyn ✓")), Theme()).decode()
    assert '"Policy Text Extended"; font-weight: 400' in welsh
    assert '"Policy Marks"; font-weight: 400' in welsh
    assert '"Policy World"; font-weight' not in welsh


def test_a_trust_overrides_templates_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "masthead.html").write_text("<h1>Ours: {{ title }}</h1>", encoding="utf-8")
    (tmp_path / "screen.css").write_text("h1 { color: red } </style><b>", encoding="utf-8")
    page = write_html(documents.form_alone(), Theme(tmp_path)).decode()
    assert "<h1>Ours: Staff agreement</h1>" in page
    assert "h1 { color: red } <\\/style>" in page


def test_pictures_keep_their_size_and_description() -> None:
    asset = Asset("a.svg", "image/svg+xml", b"<svg/>", 30, 20)
    (img,) = found(page_of(with_blocks(p(Picture(asset, 'A "map"')))), "//main//img")
    assert (img.get("alt"), img.get("width"), img.get("height")) == ('A "map"', "30", "20")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(Colour.parse("#777"), WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", ["#ffff00", "#1f4e79", "#777777", "#000", "#ffffff"])
@pytest.mark.parametrize("ground", ["#ffffff", "#20262d"])
def test_the_house_colour_becomes_readable(colour: str, ground: str) -> None:
    paper = Colour.parse(ground)
    assert contrast(readable(Colour.parse(colour), paper), paper) >= 4.5


def test_a_readable_colour_stays() -> None:
    assert str(readable(Colour.parse("#1F4E79"), WHITE)) == "#1f4e79"


@pytest.mark.parametrize("text", ["red", "#12", "#1234567", "", "#12345g", "red;}body{"])
def test_anything_else_is_no_colour(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        Colour.parse(text)


def test_the_text_of_a_page_has_no_markup_of_its_own() -> None:
    tree = page_of(with_blocks(p(Text("a <b> & c"))))
    assert printed_words(tree)[-4:] == ["a", "<b>", "&", "c"]
