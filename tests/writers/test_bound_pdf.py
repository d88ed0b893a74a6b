"""Many documents in one PDF, to print; one in large print, or to be filled in on a screen."""

from __future__ import annotations

import functools
import io
from dataclasses import replace
from typing import Any

import page
import pikepdf
import pytest

import documents
from documents import p, t
from policygen.document import (
    Document,
    Field,
    Fields,
    Form,
    Link,
    Section,
    children,
    plain_text,
    walk,
    words,
)
from policygen.model.people import Person
from policygen.signing.sheets import sheet
from policygen.writers import bind, join
from policygen.writers.pdf import write_pdf
from policygen.writers.theme import Theme
from tagged_text import TaggedText, kids

TITLE = "7A & <b> · Alder"


def person(number: int) -> Person:
    return Person(f"staff:{number}", "staff", f"Ada Quill{number}", "Ada", f"Quill{number}")


def of_one_page(number: int = 1) -> Document:
    """Give a sheet of one page."""
    link = Link("https://www.fern.example/", t("the policy"))
    fields = Fields(((Field("name", t("Name")), Field("date", t("Date"), "date")),))
    form = Form("short", (p("I keep to ", link, "."), fields), audience=("staff",))
    blank = replace(documents.form_alone(), blocks=(form,), logo=documents.LOGO)
    return sheet(blank, person(number), f"K7QF-2M9P-{number}")


def of_two_pages(number: int = 2) -> Document:
    """Give a sheet of two pages."""
    made = of_one_page(number)
    filling = Section("", t("More"), tuple(p(f"Rule {line}. " * 12) for line in range(30)))
    return replace(made, blocks=(*made.blocks, filling))


DOCUMENTS = (of_one_page(1), of_two_pages(2), of_one_page(3), of_one_page(4))


@functools.cache
def bound(*, both_sides: bool = True) -> bytes:
    return bind(DOCUMENTS, "pdf", Theme(), TITLE, both_sides=both_sides)


PARTS = (DOCUMENTS[:2], DOCUMENTS[2:3], DOCUMENTS[3:])


@functools.cache
def joined() -> bytes:
    bindings = [bind(part, "pdf", Theme(), "A part", both_sides=True) for part in PARTS]
    return join(bindings, TITLE)


BOTH = pytest.mark.parametrize("pdf", [bound, joined])


def faults(pdf: bytes) -> list[str]:
    """Give what a PDF/UA-1 validator finds."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def texts(pdf: bytes) -> list[str]:
    """Give the text of each page."""
    return [each.extract_text() for each in TaggedText(pdf).reader.pages]


def page_labels(pdf: bytes) -> list[str]:
    """Give what the foot of each page says of its place: "1 of 2", "" on blank ones."""
    return [text.rpartition("Page ")[2] for text in texts(pdf)]


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """Give the bookmarks with the pages they lead to, the first being page 1."""
    reader = TaggedText(pdf).reader
    assert not any(isinstance(entry, list) for entry in reader.outline)
    return [(str(e.title), reader.get_destination_page_number(e) + 1) for e in reader.outline]


# Pages


@BOTH
def test_each_document_has_page_numbers_of_its_own(pdf: Any) -> None:  # noqa: ANN401 a function
    assert page_labels(pdf()) == ["1 of 1", "", "1 of 2", "2 of 2", "1 of 1", "", "1 of 1", ""]


def test_on_one_side_nothing_is_left_blank() -> None:
    pdf = bound(both_sides=False)
    assert page_labels(pdf) == ["1 of 1", "1 of 2", "2 of 2", "1 of 1", "1 of 1"]
    assert faults(pdf) == []


def test_the_back_of_a_sheet_is_blank() -> None:
    tagged = TaggedText(bound())
    back = tagged.reader.pages[1]
    assert back.extract_text() == ""
    assert back.mediabox == tagged.reader.pages[0].mediabox
    assert len(back.get("/Annots", ())) == 0


def test_each_page_bears_the_code_of_its_document() -> None:
    codes = ["K7QF-2M9P-1", "", "K7QF-2M9P-2", "K7QF-2M9P-2", "K7QF-2M9P-3", "", "K7QF-2M9P-4", ""]
    for text, code in zip(texts(bound()), codes, strict=True):
        assert f"Final · {code} " in text if code else not text


@BOTH
def test_bookmarks_lead_to_the_first_page_of_each(pdf: Any) -> None:  # noqa: ANN401 a function
    names = [f"Quill{number}, Ada · Staff agreement" for number in (1, 2, 3, 4)]
    places = [1, 3, 5, 7]
    found = bookmarks(pdf())
    assert [mark for mark in found if mark[0] != "More"] == list(zip(names, places, strict=True))


# Words, tags, metadata


@BOTH
def test_it_is_read_aloud_document_by_document(pdf: Any) -> None:  # noqa: ANN401 a function
    tagged = TaggedText(pdf())
    spoken = [word for word in tagged.text(tagged.root).split() if word != "•"]
    assert spoken == [word for document in DOCUMENTS for word in words(document)]


@BOTH
def test_what_is_outside_of_the_tags_is_an_artifact(pdf: Any) -> None:  # noqa: ANN401 a function
    tagged = TaggedText(pdf())
    tagged.text(tagged.root)
    assert not any(texts for texts in tagged.pages)


@BOTH
def test_it_conforms(pdf: Any) -> None:  # noqa: ANN401 a function
    assert faults(pdf()) == []


@BOTH
def test_the_owners_of_the_marks_are_the_tags_around_them(pdf: Any) -> None:  # noqa: ANN401
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        numbers = list(opened.Root.StructTreeRoot.ParentTree.Nums)
        keys = [int(key) for key in numbers[::2]]
        assert keys == sorted(set(keys)), "a number tree is in order"
        owners = dict(zip(keys, numbers[1::2], strict=True))
        pages = [each.obj for each in opened.pages]
        used = [int(each.StructParents) for each in pages if "/StructParents" in each]
        links = [a for each in pages for a in each.get("/Annots", pikepdf.Array())]
        used += [int(link.StructParent) for link in links]
        assert len(links) == len(DOCUMENTS)
        assert len(used) == len(set(used))
        assert set(used) <= set(keys)
        for each in pages:
            if "/StructParents" not in each:
                continue
            for owner in owners[int(each.StructParents)]:
                assert owner is None or owner.Pg.objgen == each.objgen
        for link in links:
            assert str(owners[int(link.StructParent)].S) == "/Link"


@BOTH
def test_every_tag_hangs_on_its_parent(pdf: Any) -> None:  # noqa: ANN401 a function
    tagged = TaggedText(pdf())
    (document,) = kids(tagged.root)
    assert document["/S"] == "/Document"
    for element in tagged.elements():
        for kid in kids(element):
            if not isinstance(kid, int) and kid["/Type"] == "/StructElem":
                assert kid.raw_get("/P").idnum == element.indirect_reference.idnum


@BOTH
def test_it_is_called_by_its_title_and_says_nothing_of_people(pdf: Any) -> None:  # noqa: ANN401
    reader = TaggedText(pdf()).reader
    assert reader.metadata.title == TITLE
    assert reader.metadata.author == "Alder Primary Academy"
    assert reader.metadata.subject is None
    assert (reader.metadata.creation_date_raw, reader.metadata.modification_date_raw) == (None,) * 2
    assert reader.xmp_metadata.dc_title == {"x-default": TITLE}
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    about = str(reader.metadata) + reader.xmp_metadata.stream.get_data().decode()
    assert "Quill" not in about


def test_it_is_the_same_each_time() -> None:
    again = bind(DOCUMENTS[:3], "pdf", Theme(), TITLE, both_sides=True)
    assert bind(DOCUMENTS[:3], "pdf", Theme(), TITLE, both_sides=True) == again
    parts = [again, bound()]
    assert join(parts, TITLE) == join(parts, TITLE)


def test_nothing_of_another_document_is_left_between_bindings() -> None:
    first = bind(DOCUMENTS[:1], "pdf", Theme(), TITLE, both_sides=True)
    bind([of_two_pages(9)], "pdf", Theme(), "Another", both_sides=True)
    assert bind(DOCUMENTS[:1], "pdf", Theme(), TITLE, both_sides=True) == first


def test_one_part_can_be_joined_too() -> None:
    part = bind(DOCUMENTS[:1], "pdf", Theme(), "A part", both_sides=False)
    whole = join([part], TITLE)
    assert TaggedText(whole).reader.metadata.title == TITLE
    assert bookmarks(whole) == bookmarks(part)
    assert faults(whole) == []


def test_documents_without_bookmarks_have_none() -> None:
    plain = replace(of_one_page(), bookmark="")
    part = bind([plain], "pdf", Theme(), TITLE, both_sides=False)
    assert bookmarks(part) == []
    assert bookmarks(join([part, part], TITLE)) == []


# To be filled in


def fillable(*fields: Field, office: tuple[Field, ...] = ()) -> Any:  # noqa: ANN401 a reader
    """Give the fields of the PDF of a form by their names."""
    blocks = [Fields(tuple((each,) for each in fields)), Fields((office,), "office")]
    document = replace(documents.form_alone(), blocks=(Form("form", tuple(blocks)),))
    pdf = write_pdf(document, Theme())
    assert faults(pdf) == []
    return TaggedText(pdf).reader


def in_form(reader: Any) -> list[Any]:  # noqa: ANN401 pypdf's
    return [each.get_object() for each in reader.root_object["/AcroForm"]["/Fields"]]


ASKED = (
    Field("name", t("Name")),
    Field("no._of_device", t("No. of device")),
    Field("no_of_device", t("No of device")),
    Field("device", t("I have a device"), "tick"),
    Field("images", t("Images may be used"), "choice", (t("Yes"), t("No"))),
    Field("prints", t("Prints may be made"), "choice", (t("Yes"), t("No"))),
    Field("signature", t("Signature"), "signature"),
    Field("date", t("Date"), "date"),
)


@pytest.fixture(scope="module")
def asked() -> Any:  # noqa: ANN401 pypdf's
    """Give a form to fill in, read."""
    return fillable(*ASKED, office=(Field("name", t("Name at the office")),))


def test_every_place_to_write_is_a_field_that_says_what_it_is(asked: Any) -> None:  # noqa: ANN401
    told = [str(field["/TU"]) for field in in_form(asked)]
    assert told == [*(plain_text(field.label) for field in ASKED), "Name at the office"]


def test_fields_have_names_of_their_own_without_full_stops(asked: Any) -> None:  # noqa: ANN401
    names = [str(field["/T"]) for field in in_form(asked)]
    assert len(set(names)) == len(names) == len(ASKED) + 1
    assert not [name for name in names if "." in name]


def test_choices_belong_to_their_question(asked: Any) -> None:  # noqa: ANN401
    groups = [field for field in in_form(asked) if "/Kids" in field]
    assert [group["/TU"] for group in groups] == ["Images may be used", "Prints may be made"]
    for group in groups:
        kids = [kid.get_object() for kid in group["/Kids"]]
        assert [kid["/TU"] for kid in kids] == [f"{group['/TU']}: {each}" for each in ("Yes", "No")]
        assert all(kid["/Parent"].get_object() == group and "/T" not in kid for kid in kids)
        assert len({state for kid in kids for state in kid["/AP"]["/N"]}) == 2
    assert not [field for field in in_form(asked) if "/Parent" in field]


def test_every_field_can_be_reached_on_its_page(asked: Any) -> None:  # noqa: ANN401
    widgets = [a.get_object() for each in asked.pages for a in each.get("/Annots", ())]
    assert len(widgets) == len(ASKED) + 1 + 2, "a choice has two"
    assert all(widget["/Subtype"] == "/Widget" for widget in widgets)
    for widget in widgets:
        left, low, right, high = (float(edge) for edge in widget["/Rect"])
        assert abs(right - left) > 5
        assert abs(high - low) > 5


def test_what_is_filled_in_already_is_no_field() -> None:
    school = Field("school", t("School"), value=t("Alder"))
    reader = fillable(Field("name", t("Name")), school)
    assert [field["/TU"] for field in in_form(reader)] == ["Name"]


def test_a_sheet_of_paper_has_no_fields() -> None:
    for pdf in (bound(), joined()):
        reader = TaggedText(pdf).reader
        assert "/AcroForm" not in reader.root_object
        annotations = [a.get_object() for each in reader.pages for a in each.get("/Annots", ())]
        assert {a["/Subtype"] for a in annotations} == {"/Link"}


def test_a_policy_that_holds_a_form_has_no_fields() -> None:
    assert any(isinstance(block, Fields) for block in walk(documents.every_node().blocks))
    reader = TaggedText(write_pdf(documents.every_node(), Theme())).reader
    assert "/AcroForm" not in reader.root_object


# Large print


def sizes(pdf: bytes) -> dict[float, str]:
    """Give what is printed in each size of letters."""
    found: dict[float, str] = {}

    def note(text: str, matrix: Any, of_text: Any, _font: object, size: float) -> None:  # noqa: ANN401
        if text.strip():
            points = round(size * abs(of_text[3] * matrix[3]), 1)
            found[points] = found.get(points, "") + f" {text.strip()}"

    for each in TaggedText(pdf).reader.pages:
        each.extract_text(visitor_text=note)
    return found


def large(document: Document) -> dict[float, str]:
    pdf = bind([document], "pdf", Theme(large_print=True), TITLE, both_sides=True)
    assert faults(pdf) == []
    return sizes(pdf)


def test_large_print_has_letters_of_18_points() -> None:
    document = sheet(documents.form_alone(), person(1), "K7QF-2M9P-X")
    found = large(document)
    ordinary = bind([document], "pdf", Theme(), TITLE, both_sides=True)
    assert min(sizes(ordinary)) < 12
    small = {size: text for size, text in found.items() if size < 18}
    running = {"Version", "K7QF-2M9P-X", "91aa0b3c", "Alder", "Page", "•"}
    for size, text in small.items():
        assert size >= 12
        assert set(text.split()) & running, text
    body = " ".join(text for size, text in found.items() if size >= 18)
    for word in words(document):
        assert word == document.code or word in body


@pytest.mark.parametrize("kind", ["office-paper", "form"])
def test_large_print_holds_for_tables_and_office_use(kind: Any) -> None:  # noqa: ANN401 a literal
    form = documents.form_alone()
    blocks = (*form.blocks, *children(documents.SECTIONS[1]))
    found = large(replace(form, kind=kind, blocks=blocks))
    assert min(found) >= 12
    small = " ".join(text for size, text in found.items() if size < 18)
    for told in ("Received by", "Helpline", "A quotation", "Report a loss", "Images may be used"):
        assert told not in small


def test_ordinary_print_is_not_large() -> None:
    found = sizes(bound())
    assert 12 in found
    assert 18 not in found
