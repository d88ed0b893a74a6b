from __future__ import annotations

import dataclasses
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt, RGBColor

import word_reading
from documents import FORM, LOGO, cells, clause, every_node, form_alone, p, t
from policygen.document import (
    Appendix,
    Block,
    BulletList,
    Contents,
    ContentsEntry,
    Document,
    Form,
    Link,
    Number,
    NumberedList,
    Paragraph,
    Quote,
    Reference,
    Section,
    Table,
    Text,
    Value,
    number_text,
    words,
)
from policygen.writers.failures import WordTemplateError
from policygen.writers.theme import Theme
from policygen.writers.word import write_word
from word_reading import W, part

THEME = Theme()


def small(*blocks: Block, title: str = "Small") -> Document:
    return Document("small", "policy", t(title), "Alder", "Alder", "Trust", blocks)


def section(number: Number, *blocks: Block, heading: str = "Heading") -> Section:
    name = f"s-{number_text(number)}"
    return Section(name, t(heading), blocks, "clauses", len(number) or 1, number, name)


def trust_template(**changes: str) -> bytes:
    word = docx.Document()
    word.styles["Normal"].font.name = "Georgia"
    word.styles["Heading 1"].font.color.rgb = RGBColor(0x11, 0x22, 0x33)
    word.styles["Heading 1"].font.size = Pt(31)
    word.sections[0].left_margin = Mm(33)
    word.add_paragraph("Old words of the template")
    for kind, text in changes.items():
        getattr(word.sections[0], kind).paragraphs[0].text = text
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def repacked(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            target.writestr(entry, content.replace(old, new) if entry == name else content)
    return out.getvalue()


def numbers(data: bytes) -> list[str]:
    return [label for label, _text in word_reading.labels(data) if label]


@pytest.fixture(scope="module")
def every() -> bytes:
    return write_word(every_node(), THEME)


@pytest.mark.parametrize("document", [every_node(), form_alone()], ids=["every-node", "form"])
def test_holds_exactly_the_words_of_the_document(document: Document) -> None:
    assert word_reading.words(write_word(document, THEME)) == words(document)


def test_numbers_are_automatic_and_right(every: bytes) -> None:
    text = part(every, "word/document.xml")
    typed = "".join(element.text or "" for element in text.iter(f"{W}t"))
    assert "1.5.2.1" not in typed
    assert "1.5.2.1" in numbers(every)
    assert [n for n in numbers(every) if n.startswith("Appendix")] == ["Appendix A", "Appendix B"]


@pytest.mark.parametrize(
    "wanted",
    [
        [(1,), (1, 1), (1, 2), (2,), (2, 1)],
        [(1, 1), (1, 2), (2,)],
        [(1,), (1, 1, 1), (1, 1, 2), (1, 2), (2,)],
        [(3,), (3, 4), (3, 4, 1), (9,), (1,)],
        [(1,), (2,), (2,), (3, 1), (3,), (4,)],
        [(2, 2, 2), (2, 2), (2,), (2, 2, 2, 7), (2, 3)],
        [(1,), (1, 5, 2, 1), (1, 5, 3), (1, 6), (2, 1)],
    ],
)
def test_numbers_equal_the_trees_whatever_they_are(wanted: list[Number]) -> None:
    blocks = [
        clause(f"c{index}", number, p("Words.")) if index % 2 else section(number)
        for index, number in enumerate(wanted)
    ]
    assert numbers(write_word(small(*blocks), THEME)) == [number_text(n) for n in wanted]


def test_sections_without_a_number_do_not_disturb_the_count() -> None:
    document = small(
        section((1,), clause("a", (1, 1), p("A"))),
        section(()),
        clause("b", (2,), p("B"), Table("grid", cells("x"), (cells("y"),))),
        section((3,), section((3, 1))),
    )
    assert numbers(write_word(document, THEME)) == ["1", "1.1", "2", "3", "3.1"]


@pytest.mark.parametrize(
    ("given", "automatic"),
    [
        (["Appendix A", "Appendix B"], ["Appendix A", "Appendix B"]),
        (["Appendix 1", "Appendix 2"], ["Appendix 1", "Appendix 2"]),
        (["Annex C", "Annex D", "Annex A"], ["Annex C", "Annex D", "Annex A"]),
        (["APPENDIX", "Schedule one", "5%1"], []),
    ],
)
def test_appendix_labels(given: list[str], automatic: list[str]) -> None:
    blocks = [
        Appendix(f"a{index}", t("Heading"), (p("Words"),), label, f"a{index}")
        for index, label in enumerate(given)
    ]
    data = write_word(small(*blocks), THEME)
    assert numbers(data) == automatic
    assert word_reading.words(data) == words(small(*blocks))


def test_lists_start_where_they_say_and_each_anew() -> None:
    document = small(
        NumberedList(((p("a"),), (p("b"), NumberedList(((p("c"),),), start=7)))),
        NumberedList(((p("d"),), (NumberedList(((p("e"),), (p("f"),))),)), start=0),
    )
    data = write_word(document, THEME)
    assert numbers(data) == ["1.", "2.", "7.", "0.", "1.", "1.", "2."]
    assert word_reading.words(data) == words(document)


def test_deep_lists_and_lists_in_quotes() -> None:
    deep: Block = p("deepest")
    for level in range(12):
        kind = BulletList if level % 2 else NumberedList
        deep = kind(((p(f"level {level}"), deep, p("after")),))
    document = small(deep, Quote((deep, Quote((p("q"),)))))
    assert word_reading.words(write_word(document, THEME)) == words(document)


HOSTILE = (
    '<b>bold</b> & "quoted" ]]> <!-- -->',
    "Donau" * 300,
    "emoji 👩‍🏫 and 🇬🇧",
    "שלום עולם and العربية",
    "%1 %2 {PAGE} \\* MERGEFORMAT",
    "line\nbreak\ttab\x0bvt\x1cfs",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_values_are_words_wherever_they_stand(text: str) -> None:
    value = (Value("a", text),)
    document = dataclasses.replace(
        every_node(),
        title=value,
        organisation=text,
        trust=text,
        version=text[:40],
        blocks=(
            Paragraph(value),
            section((1,), Paragraph(value), heading=text),
            Table("grid", cells(text, "b"), (cells("c", text),), text),
            Appendix("x", value, (p("Words"),), "Appendix A", "x"),
        ),
    )
    assert word_reading.words(write_word(document, THEME)) == words(document)


def test_forbidden_characters_are_left_out() -> None:
    document = small(p("a\x00b\x01c\ufffed\ud800e"), title="T\x08")
    assert word_reading.words(write_word(document, THEME))[-1] == "abcde"


def test_same_bytes_each_time_whatever_the_hash_seed() -> None:
    assert write_word(every_node(), THEME) == write_word(every_node(), THEME)
    code = (
        "import hashlib; from documents import every_node; "
        "from policygen.writers.theme import Theme; from policygen.writers.word import write_word; "
        "print(hashlib.sha256(write_word(every_node(), Theme())).hexdigest())"
    )
    tests = str(Path(__file__).parent.parent)
    digests = {
        subprocess.run(  # noqa: S603 -- our own code in our own interpreter
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": tests, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(digests) == 1


def test_entries_are_sorted_and_dated_1980(every: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(every)) as package:
        names = package.namelist()
        assert names[0] == "[Content_Types].xml"
        assert names[1:] == sorted(names[1:])
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in names if "stylesWithEffects" in name]


def test_properties_tell_what_the_document_is(every: bytes) -> None:
    core = docx.Document(io.BytesIO(every)).core_properties
    assert core.title == "Alder Every Node Policy"
    assert core.author == "Alder <b>Primary</b> & Nursery Academy"
    assert (core.version, core.language, core.subject) == ("2.1", "en-GB", "Policy")
    assert core.created is not None
    assert core.created.date() == every_node().issued
    assert ("3f9c2a71" * 8).encode() in _entry(every, "docProps/custom.xml")


def _entry(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_bookmarks_are_unique_and_every_field_finds_its_own(every: bytes) -> None:
    root = part(every, "word/document.xml")
    starts = list(root.iter(f"{W}bookmarkStart"))
    names = [start.get(f"{W}name", "") for start in starts]
    assert len({name.lower() for name in names}) == len(names)
    assert len({start.get(f"{W}id") for start in starts}) == len(starts)
    assert all(len(name) <= 40 for name in names)
    codes = [(code.text or "").split() for code in root.iter(f"{W}instrText")]
    wanted = {code[1] for code in codes if code[0] in ("REF", "PAGEREF")}
    assert wanted <= set(names)
    assert {code[0] for code in codes} == {"TOC", "PAGEREF", "REF"}


def test_anchors_that_look_alike_get_bookmarks_of_their_own() -> None:
    long = "x" * 60
    names = ["a/b", "a-b", "A_B", long + "1", long + "2", "1", "é"]
    document = small(*(Section(n, t("H"), (), "none", 1, (), n) for n in names))
    root = part(write_word(document, THEME), "word/document.xml")
    marks = [mark.get(f"{W}name", "").lower() for mark in root.iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(names)


def test_a_clause_in_a_section_without_heading_is_a_heading_of_the_first_level() -> None:
    bare = Section("s", (), (clause("c", (), p("x"), heading="In front"),), "none", 1, (), "s")
    root = part(write_word(small(bare), THEME), "word/document.xml")
    (heading,) = (
        each
        for each in root.iter(f"{W}p")
        if "".join(text.text or "" for text in each.iter(f"{W}t")) == "In front"
    )
    (level,) = heading.iter(f"{W}outlineLvl")
    assert level.get(f"{W}val") == "0"


def test_references() -> None:
    document = small(
        section((1,), clause("c", (1, 1), BulletList(((p("x"),),)))),
        section((), heading="Named"),
        Paragraph(
            (
                Reference("every/c", "1.1"),
                Reference("s-", "Named"),
                Reference("s-", "that section"),
                Reference("every/c", "3.4 of the policy", live=False),
                Reference("nowhere", "gone"),
                Link("mailto:a@b.example?subject=x&y", t("write")),
            )
        ),
    )
    data = write_word(document, THEME)
    root = part(data, "word/document.xml")
    codes = [(code.text or "").strip() for code in root.iter(f"{W}instrText")]
    assert codes == ["REF every_c \\r \\h", "REF s \\h"]
    assert word_reading.words(data) == words(document)
    assert b'TargetMode="External"' in _entry(data, "word/_rels/document.xml.rels")


def test_content_controls_have_a_title_and_a_name(every: bytes) -> None:
    controls = list(part(every, "word/document.xml").iter(f"{W}sdt"))
    assert len(controls) > 10
    for control in controls:
        for name in ("alias", "tag", "id"):
            element = control.find(f"{W}sdtPr/{W}{name}")
            assert element is not None
            assert element.get(f"{W}val")
    idents = [control.find(f"{W}sdtPr/{W}id") for control in controls]
    assert len({None if i is None else i.get(f"{W}val") for i in idents}) == len(controls)


def test_a_form_starts_on_a_right_hand_page_and_so_does_what_follows(every: bytes) -> None:
    sections = docx.Document(io.BytesIO(every)).sections
    assert [section.start_type.name for section in sections] == ["NEW_PAGE", "ODD_PAGE", "ODD_PAGE"]
    assert all("Every Node" in section.header.paragraphs[0].text for section in sections)


def test_draft_stands_in_the_header_and_only_of_a_draft(every: bytes) -> None:
    headers = [
        _entry(every, "word/header1.xml"),
        _entry(write_word(form_alone(), THEME), "word/header1.xml"),
    ]
    assert [b'string="DRAFT"' in header for header in headers] == [True, False]


def test_tables_repeat_their_header_and_never_split_a_row(every: bytes) -> None:
    root = part(every, "word/document.xml")
    rows = list(root.iter(f"{W}tr"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert len(list(root.iter(f"{W}tblHeader"))) == 3
    assert all(list(cell)[-1].tag == f"{W}p" for cell in root.iter(f"{W}tc"))


def test_contents_are_filled_in_and_do_not_ask_to_be_updated(every: bytes) -> None:
    text = _entry(every, "word/document.xml") + _entry(every, "word/settings.xml")
    assert b"updateFields" not in text
    assert b"w:dirty" not in text
    root = part(every, "word/document.xml")
    assert [c.text for c in root.iter(f"{W}instrText") if "TOC" in (c.text or "")] == [
        ' TOC \\o "1-2" \\h \\z \\t "Appendix Heading,1" '
    ]


def test_contents_give_later_pages_to_later_sections() -> None:
    body = tuple(
        section((n,), *(clause(f"{n}{k}", (n, k), p("Words " * 90)) for k in range(1, 9)))
        for n in range(1, 6)
    )
    entries = tuple(ContentsEntry(1, str(n), t("Heading"), f"s-{n}") for n in range(1, 6))
    root = part(write_word(small(Contents(entries), *body), THEME), "word/document.xml")
    pages = [
        int(run.text or "")
        for link in root.iter(f"{W}hyperlink")
        for run in list(link.iter(f"{W}t"))[-1:]
    ]
    assert pages == sorted(pages)
    assert len(set(pages)) == 5


def long_form(statements: int) -> bytes:
    items = tuple((p(f"I promise to do the thing of number {n}."),) for n in range(statements))
    form = Form("f", (BulletList(items, "statements"), *FORM.blocks[-3:]), "f")
    return write_word(small(Appendix("f", t("Form"), (form,), "Appendix A", "f")), THEME)


@pytest.mark.parametrize(
    ("statements", "smaller", "wider"), [(4, False, False), (11, True, True), (60, False, False)]
)
def test_a_form_a_little_too_long_is_made_to_fit(
    statements: int,
    smaller: bool,  # noqa: FBT001
    wider: bool,  # noqa: FBT001
) -> None:
    data = long_form(statements)
    last = docx.Document(io.BytesIO(data)).sections[-1]
    assert last.left_margin is not None
    assert (round(last.left_margin.mm) == 24) == wider
    assert (b"StatementSmall" in _entry(data, "word/document.xml")) == smaller


@pytest.mark.parametrize(("before", "own_page"), [(3, False), (20, True)])
def test_contents_stay_in_one_piece(before: int, own_page: bool) -> None:  # noqa: FBT001
    entries = tuple(ContentsEntry(1, "", t(f"Heading {n}"), "x") for n in range(20))
    document = small(*(p("Words") for _ in range(before)), Contents(entries), p("After"))
    text = _entry(write_word(document, THEME), "word/document.xml")
    assert (b"pageBreakBefore" in text) == own_page
    # What begins a page needs no holding, and more than a page of it can't be held.
    assert (b'w:val="toc1"/><w:keepNext/>' in text) != own_page


def test_columns_are_as_wide_as_their_longest_word() -> None:
    address = "safeguarding.lead@willowmere-school.example"
    table = Table("grid", cells("A", "B", "C"), (cells("long words " * 20, address, "x"),))
    grid = part(write_word(small(table), THEME), "word/document.xml").iter(f"{W}gridCol")
    widths = [int(column.get(f"{W}w", "0")) for column in grid]
    assert widths[1] > len(address) * 95
    assert sum(widths) == 8618


def test_empty_documents_and_blocks() -> None:
    document = small(
        BulletList(()),
        BulletList(((),)),
        Table("grid", (), ()),
        Table("grid", cells("a"), ()),
        section((1,)),
        Form("f", ()),
        Contents(()),
        Paragraph((Text(""),)),
    )
    assert word_reading.words(write_word(document, THEME)) == words(document)
    assert word_reading.words(write_word(small(), THEME)) == words(small())


def test_house_colour_is_darkened_until_it_can_be_read() -> None:
    data = write_word(dataclasses.replace(form_alone(), colour="#ffdd00"), THEME)
    styles = _entry(data, "word/styles.xml")
    assert b"1F4E79" not in styles
    assert b"FFDD00" not in styles


def test_a_trusts_own_template_rules() -> None:
    theme = Theme(word_template=trust_template(header="Fernhill letterhead"))
    data = write_word(every_node(), theme)
    word = docx.Document(io.BytesIO(data))
    assert word.styles["Heading 1"].font.size == Pt(31)
    assert word.styles["Heading 1"].font.color.rgb == RGBColor(0x11, 0x22, 0x33)
    assert word.styles["Normal"].font.name == "Georgia"
    margin = word.sections[0].left_margin
    assert margin is not None
    assert round(margin.mm) == 33
    assert "Fernhill letterhead" in word.sections[0].header.paragraphs[0].text
    assert "Page 1 of 1" in word.sections[0].footer.paragraphs[0].text
    assert b'string="DRAFT"' in _entry(data, "word/header1.xml")
    assert word_reading.words(data) == words(every_node())
    used = {s.get(f"{W}val") for s in part(data, "word/document.xml").iter(f"{W}pStyle")}
    there = {s.get(f"{W}styleId") for s in part(data, "word/styles.xml").iter(f"{W}style")}
    assert used <= there
    assert b"1F4E79" not in _entry(data, "word/styles.xml")


def test_a_templates_styles_are_found_by_name_not_id() -> None:
    template = repacked(trust_template(), "word/styles.xml", b'"Heading1"', b'"berschrift1"')
    root = part(write_word(every_node(), Theme(word_template=template)), "word/document.xml")
    used = {style.get(f"{W}val") for style in root.iter(f"{W}pStyle")}
    assert "berschrift1" in used
    assert "Heading1" not in used


def test_numbers_of_a_templates_own_headings_give_way() -> None:
    word = docx.Document(io.BytesIO(trust_template()))
    for name in ("Heading 1", "Heading 2"):
        properties = word.styles[name].element.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = 1
    out = io.BytesIO()
    word.save(out)
    data = write_word(every_node(), Theme(word_template=out.getvalue()))
    assert word_reading.words(data) == words(every_node())


def test_a_template_without_lists_or_headers_is_enough() -> None:
    plain = docx.Document(io.BytesIO(trust_template()))
    for ident, relation in list(plain.part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del plain.part.rels[ident]
    out = io.BytesIO()
    plain.save(out)
    data = write_word(every_node(), Theme(word_template=out.getvalue()))
    assert numbers(data) == numbers(write_word(every_node(), THEME))


def test_dotx_is_taken() -> None:
    main = b"wordprocessingml.document.main+xml"
    template = repacked(
        trust_template(), "[Content_Types].xml", main, b"wordprocessingml.template.main+xml"
    )
    data = write_word(form_alone(), Theme(word_template=template))
    assert main in _entry(data, "[Content_Types].xml")


@pytest.mark.parametrize(
    "template",
    [
        b"",
        b"not a zip",
        repacked(trust_template(), "word/styles.xml", b"</w:styles>", b""),
        repacked(trust_template(), "[Content_Types].xml", b"document.main", b"x.macroEnabled.main"),
        repacked(trust_template(), "word/document.xml", b"w:body", b"w:bdy"),
    ],
    ids=["empty", "no-zip", "broken-styles", "macros", "no-body"],
)
def test_a_broken_template_is_a_clear_fault(template: bytes) -> None:
    with pytest.raises(WordTemplateError, match="Word template"):
        write_word(form_alone(), Theme(word_template=template))


def test_pictures_are_drawn_sharp_and_described(every: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(every)) as package:
        images = [name for name in package.namelist() if name.startswith("word/media/")]
        assert images
        assert all(package.read(name).startswith(b"\x89PNG") for name in images)
    text = _entry(every, "word/document.xml")
    assert b'descr="A picture of the flow"' in text
    assert LOGO.data not in text
