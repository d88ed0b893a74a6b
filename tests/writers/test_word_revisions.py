"""Tracked changes: what Word makes of them, worked out by the rules of the format."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest
from lxml import etree

import documents
import word_reading
from documents import clause, p, t
from policygen.compare import redline
from policygen.document import (
    Appendix,
    Block,
    BulletList,
    Cell,
    Document,
    Fact,
    Field,
    Fields,
    Number,
    Section,
    Table,
    words,
)
from policygen.writers.html import write_html
from policygen.writers.theme import Theme
from policygen.writers.word import write_word
from word_reading import W, part

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

THEME = Theme()
GONE = {"accept": f"{W}del", "reject": f"{W}ins"}
KEPT = {"accept": f"{W}ins", "reject": f"{W}del"}


def settled(data: bytes, verb: str) -> bytes:
    """Give a Word file with all changes accepted or rejected (ECMA-376 part 1, 17.13.5)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if re.match(r"word/(document|header|footer)", name):
                content = _settled_part(etree.fromstring(content), verb)
            new.writestr(name, content)
    return out.getvalue()


def _settled_part(root: Element, verb: str) -> bytes:
    for row in [*root.iter(f"{W}tr")]:
        if row.find(f"{W}trPr/{GONE[verb]}") is not None:
            row.getparent().remove(row)  # type: ignore[union-attr]
        for mark in row.findall(f"{W}trPr/{KEPT[verb]}"):
            mark.getparent().remove(mark)  # type: ignore[union-attr]
    for table in [*root.iter(f"{W}tbl")]:
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)  # type: ignore[union-attr]
    for paragraph in [*root.iter(f"{W}p")]:
        _settle(paragraph, verb)
    return etree.tostring(root)


def _settle(paragraph: Element, verb: str) -> None:
    mark = paragraph.find(f"{W}pPr/{W}rPr/{GONE[verb]}")
    for change in [*paragraph.iter(GONE[verb])]:
        change.getparent().remove(change)  # type: ignore[union-attr]
    for change in [*paragraph.iter(KEPT[verb])]:
        parent = change.getparent()
        assert parent is not None
        for inner in [*change]:
            change.addprevious(inner)
        parent.remove(change)
    for text in paragraph.iter(f"{W}delText"):
        text.tag = f"{W}t"
    if mark is not None:
        parent = paragraph.getparent()
        assert parent is not None
        following = paragraph.getnext()
        left = [copy.deepcopy(c) for c in paragraph if c.tag == f"{W}r"]
        if left and following is not None:
            following[1:1] = left
        parent.remove(paragraph)


def doc(*blocks: Block, **facts: object) -> Document:
    made = Document("x", "policy", t("A policy"), "School", "School", "", blocks)
    return replace(made, issued=dt.date(2026, 9, 1), **facts)  # type: ignore[arg-type]


def section(number: Number, name: str, *blocks: Block) -> Section:
    return Section(name, t(f"Section {name}"), blocks, "clauses", len(number), number, name)


def rule(name: str, number: Number, words_: str) -> Block:
    return clause(name, number, p(words_), heading=f"On {name}")


OLD = doc(
    section((1,), "one", rule("a", (1, 1), "Staff must lock their phones away.")),
    section(
        (2,),
        "two",
        rule("b", (2, 1), "Ask first."),
        rule("c", (2, 2), "Tell the head."),
        BulletList(((p("first"),), (p("second"),))),
        Table("grid", (Cell(t("Who")), Cell(t("What"))), ((Cell(t("A")), Cell(t("B"))),)),
    ),
    Appendix("z", t("Last"), (p("The end of it all."),), "Appendix A", "z"),
    version="1.0",
)
NEW = doc(
    section((1,), "one", rule("a", (1, 1), "Staff must lock their own phones away.")),
    section((2,), "new", rule("d", (2, 1), "Nobody posts."), rule("e", (2, 2), "Nobody films.")),
    section(
        (3,),
        "two",
        rule("c", (3, 1), "Tell the head."),
        BulletList(((p("first"),), (p("second"),), (p("third"),))),
        Table(
            "grid",
            (Cell(t("Who")), Cell(t("What"))),
            ((Cell(t("A")), Cell(t("B"))), (Cell(t("C")), Cell(()))),
        ),
    ),
    Appendix("y", t("Before"), (p("Something else stands here."),), "Appendix A", "y"),
    version="2.0",
)


@pytest.mark.parametrize(("verb", "version"), [("accept", NEW), ("reject", OLD)])
def test_words_and_automatic_numbers_are_those_of_the_version(verb: str, version: Document) -> None:
    data = settled(write_word(redline(OLD, NEW), THEME), verb)
    assert word_reading.words(data) == words(version)


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_nothing_is_left_of_what_is_gone(verb: str) -> None:
    data = settled(write_word(redline(OLD, NEW), THEME), verb)
    root = part(data, "word/document.xml")
    empty = [
        paragraph
        for paragraph in root.iter(f"{W}p")
        if not "".join(str(text) for text in paragraph.itertext()).strip()
        and (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None
        and style.get(f"{W}val") not in {"TableGap", "TableText"}
    ]
    assert empty == []
    left = [etree.tostring(each.getparent()) for each in root.iter(f"{W}ins", f"{W}del")]  # type: ignore[arg-type]
    assert left == []


def test_every_change_has_an_author_a_day_and_an_id_of_its_own() -> None:
    root = part(write_word(redline(OLD, NEW), THEME), "word/document.xml")
    changes = [*root.iter(f"{W}ins", f"{W}del")]
    assert {c.get(f"{W}author") for c in changes} == {"policygen"}
    assert {c.get(f"{W}date", "")[:10] for c in changes} == {"2026-09-01"}
    assert len({c.get(f"{W}id") for c in changes}) == len(changes) > 10


def test_deleted_words_are_told_as_deleted() -> None:
    root = part(write_word(redline(OLD, NEW), THEME), "word/document.xml")
    assert not [text for change in root.iter(f"{W}del") for text in change.iter(f"{W}t")]
    assert [*root.iter(f"{W}delText")]


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_every_node_comes_and_goes(verb: str) -> None:
    every = documents.every_node()
    bare = replace(every, blocks=(p("Only this."),))
    old, new = (every, bare) if verb == "accept" else (bare, every)
    left = word_reading.words(settled(write_word(redline(old, new), THEME), verb))
    assert left == words(bare)


AROUND = replace(
    OLD,
    trust="Fern Trust",
    status="Draft",
    facts=(Fact("Version", "1.0"), Fact("Status", "Draft")),
    fingerprint="0123456789",
    logo=documents.LOGO,
    mark="DRAFT",
)


@pytest.mark.parametrize(("verb", "side"), [("reject", 0), ("accept", 1)])
def test_the_lines_on_every_page_are_tracked_too(verb: str, side: int) -> None:
    renamed = replace(
        AROUND,
        title=t("Another policy"),
        organisation="Academy",
        trust="",
        version="2.0",
        status="Final",
        facts=(Fact("Next review", "2027"), Fact("Status", "Final")),
        fingerprint="abcdef0123",
    )
    pair = (AROUND, renamed)
    data = settled(write_word(redline(*pair), THEME), verb)
    version = pair[side]
    assert word_reading.words(data) == words(version)
    (head,) = part(data, "word/header1.xml").iter(f"{W}p")
    foot = part(data, "word/footer1.xml")
    told = ["".join(text.text or "" for text in p.iter(f"{W}t")) for p in (head, foot)]
    assert told[0] == version.running_head
    assert told[1] == f"{version.running_foot}{version.short_fingerprint}Page 1 of 1"


def test_what_a_file_says_of_itself_is_the_new_versions() -> None:
    data = write_word(redline(OLD, replace(NEW, title=t("Another policy"))), THEME)
    assert docx.Document(io.BytesIO(data)).core_properties.title == "Another policy"


def test_changes_around_a_paragraph_mark_that_stays_have_different_times() -> None:
    """Else LibreOffice takes the mark for inserted, too, and rejecting joins paragraphs."""
    old = doc(p("One two three four"), p("The end of it all"))
    new = doc(p("One two three four five"), p("Quite new"), p("And here the end of it all"))
    root = part(write_word(redline(old, new), THEME), "word/document.xml")
    changed = [p for p in root.iter(f"{W}p") if p.find(f".//{W}ins") is not None]
    times = [{each.get(f"{W}date", "")[11:] for each in p.iter(f"{W}ins")} for p in changed]
    assert times == [{"00:00:00Z"}, {"00:10:00Z"}, {"00:10:00Z"}]


def test_a_value_that_changed_stands_in_no_control() -> None:
    """A change in a control would stay, whatever is accepted or rejected."""

    def form(value: str) -> Block:
        return Fields(((Field("school", t("School"), value=t(value) if value else ()),),))

    for old, new in (("Alder", "Beech"), ("", "Beech"), ("Alder", "")):
        data = write_word(redline(doc(form(old)), doc(form(new))), THEME)
        for verb, value in (("reject", old), ("accept", new)):
            root = part(settled(data, verb), "word/document.xml")
            assert root.find(f".//{W}sdt") is None
            lines = ["".join(map(str, p.itertext())) for p in root.iter(f"{W}p")]
            assert lines[-2:] == ["School", value]


def test_a_page_of_a_redline_shows_both_versions_of_the_lines_around() -> None:
    page = write_html(redline(AROUND, replace(AROUND, organisation="Academy")), THEME).decode()
    assert "<p><del>School</del><ins>Academy</ins></p>" in page


def test_an_ordinary_document_has_no_changes() -> None:
    root = part(write_word(NEW, THEME), "word/document.xml")
    assert not [*root.iter(f"{W}ins", f"{W}del")]
