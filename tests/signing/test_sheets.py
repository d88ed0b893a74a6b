"""A form for one person: what is filled in, what never is, and the code it bears."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import pytest
import segno
from PIL import Image

import documents
from documents import p, t
from policygen.document import (
    BulletList,
    Declaration,
    Document,
    Field,
    FieldKind,
    Fields,
    Form,
    Reference,
    Text,
    Value,
    plain_text,
    walk,
    walk_inlines,
    words,
)
from policygen.document.trees import inlines
from policygen.model.people import Person
from policygen.signing.codes import code_for
from policygen.signing.sheets import by_surname, declaration, qr_code, sheet

CODE = "K7QF-2M9P-X"
PERSON = Person(
    key="staff:s1",
    kind="staff",
    name="Zoë Quillfeather",
    first_name="Zoë",
    last_name="Quillfeather",
    post="Technician",
    department="Science",
    class_name="7A",
    year="7",
    organisation="Fern Agency",
)


def field(name: str, kind: FieldKind = "text", value: str = "") -> Field:
    choices = (t("Yes"), t("No")) if kind == "choice" else ()
    held = (Value("school.name", value),) if value else ()
    return Field(name, t(f"Label of {name}"), kind, choices, held)


def form(*fields: Field, before: tuple[Field, ...] = ()) -> Document:
    """Give a form's document with these fields, and some of the office's."""
    blocks = (
        p("See ", Reference("every/lists", "1.2"), "."),
        BulletList(((p("As in ", Reference("every/tables", "1.3")),),), "statements"),
        Declaration((p("I have read it."),)),
        Fields(tuple((each,) for each in fields)),
        *((Fields((before,), "office", t("Office use")),) if before else ()),
    )
    return replace(documents.form_alone(), blocks=(Form("agreement", blocks),))


def filled(document: Document) -> dict[str, str]:
    """Give what stands in the fields of a document, by their names."""
    return {
        one.name: plain_text(one.value)
        for block in walk(document.blocks)
        if isinstance(block, Fields)
        for row in block.rows
        for one in row
    }


# What is filled in


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Zoë Quillfeather"),
        ("first_name", "Zoë"),
        ("last_name", "Quillfeather"),
        ("post", "Technician"),
        ("role", "Technician"),
        ("department", "Science"),
        ("class", "7A"),
        ("tutor_group", "7A"),
        ("year", "7"),
        ("organisation", "Fern Agency"),
        ("pupil_name", "Zoë Quillfeather"),
        ("child_name", "Zoë Quillfeather"),
        ("signature", ""),
        ("date", ""),
        ("parent_name", ""),
        ("parent_signature", ""),
        ("relationship", ""),
        ("email", ""),
        ("telephone", ""),
        ("host", ""),
        ("name_2", ""),
        ("name_of_a_witness", ""),
    ],
)
def test_a_field_is_filled_in_if_its_name_says_what_it_holds(name: str, value: str) -> None:
    assert filled(sheet(form(field(name)), PERSON, CODE)) == {name: value}


@pytest.mark.parametrize("kind", ["signature", "date", "tick", "choice"])
def test_what_is_to_be_done_by_hand_is_left_whatever_it_is_called(kind: FieldKind) -> None:
    blank = form(field("name", kind), field("class", kind))
    assert filled(sheet(blank, PERSON, CODE)) == {"name": "", "class": ""}


def test_a_value_that_is_there_stays() -> None:
    blank = form(field("organisation", value="Alder Primary"))
    assert filled(sheet(blank, PERSON, CODE)) == {"organisation": "Alder Primary"}


def test_what_the_list_does_not_tell_stays_blank() -> None:
    person = Person("k", "staff", "Ada", "Ada", "")
    blank = form(field("name"), field("post"), field("last_name"))
    assert filled(sheet(blank, person, CODE)) == {"name": "Ada", "post": "", "last_name": ""}


def test_the_office_s_fields_are_left_to_it() -> None:
    blank = form(field("name"), before=(field("department"), field("class")))
    found = filled(sheet(blank, PERSON, CODE))
    assert found == {"name": "Zoë Quillfeather", "department": "", "class": ""}


@pytest.mark.parametrize("child", ["child_name", "pupil_name"])
def test_beside_a_child_s_name_stands_that_of_who_signs_for_it(child: str) -> None:
    blank = form(field("name"), field("first_name"), field(child), field("class"))
    found = filled(sheet(blank, PERSON, CODE))
    assert found == {"name": "", "first_name": "", child: "Zoë Quillfeather", "class": "7A"}


HOSTILE = "<b>Zo*ë*</b> & {{ 7*7 }} [x](http://a.example)"


def test_a_name_with_markup_is_a_value() -> None:
    person = replace(PERSON, name=HOSTILE)
    made = sheet(form(field("name")), person, CODE)
    (block,) = [b for b in walk(made.blocks) if isinstance(b, Fields)]
    assert block.rows[0][0].value == (Value("person.name", HOSTILE),)


# What changes and what doesn't


def test_a_sheet_says_what_the_blank_does_and_the_code_and_the_values() -> None:
    blank = form(field("name"), field("post"), field("signature", "signature"), field("x", "tick"))
    made = sheet(blank, PERSON, CODE)
    added = [CODE, "Zoë", "Quillfeather", "Technician"]
    assert Counter(words(made)) == Counter(words(blank)) + Counter(added)
    rest = iter(words(made))
    assert all(word in rest for word in words(blank)), "in the same order"


def test_only_fields_references_code_and_bookmark_differ() -> None:
    blank = form(field("name"), field("signature", "signature"))
    made = sheet(blank, PERSON, CODE)
    bare = {"code": "", "code_picture": None, "bookmark": ""}
    assert replace(made, **bare, blocks=blank.blocks) == blank  # type: ignore[arg-type]


def test_the_fingerprint_is_that_of_the_form() -> None:
    blank = form(field("name"), field("class"))
    made = sheet(blank, PERSON, CODE)
    assert made.fingerprint == blank.fingerprint == "91aa0b3c" * 8


def test_references_lead_nowhere_but_say_the_same() -> None:
    blank = form(field("name"))
    made = sheet(blank, PERSON, CODE)

    def references(document: Document) -> list[Reference]:
        runs = [run for block in walk(document.blocks) for run in inlines(block)]
        every = [inline for run in runs for inline in walk_inlines(run)]
        return [inline for inline in every if isinstance(inline, Reference)]

    assert [r.live for r in references(blank)] == [True, True]
    assert [r.live for r in references(made)] == [False, False]
    assert [replace(r, live=True) for r in references(made)] == references(blank)


def test_what_is_declared_is_found_without_its_box() -> None:
    assert declaration(form()) == (p("I have read it."),)
    assert declaration(replace(form(), blocks=())) == ()


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("Siân", "O’Brien-Jones", "O’Brien-Jones, Siân"),
        ("Maria", "de Souza", "de Souza, Maria"),
        ("Ada", "", "Ada Somebody"),
        ("", "Quill", "Ada Somebody"),
    ],
)
def test_it_is_found_by_surname(first: str, last: str, told: str) -> None:
    person = replace(PERSON, name="Ada Somebody", first_name=first, last_name=last)
    assert by_surname(person) == told
    made = sheet(replace(form(), title=(Text("Staff agreement"),)), person, CODE)
    assert made.bookmark == f"{told} · Staff agreement"


# The code


def test_the_code_stands_on_the_sheet_and_on_the_foot_of_its_pages() -> None:
    made = sheet(form(field("name")), PERSON, CODE)
    assert made.code == CODE
    assert CODE in made.running_foot
    assert CODE not in form().running_foot


_SQUARES = 21
"""The squares on the side of the smallest QR code, version 1."""
_QUIET = 4
"""The squares that stay free around a QR code."""


def matrix(picture: bytes) -> list[list[int]]:
    """Give the squares of a QR code's picture, 1 for dark, with the quiet zone."""
    with Image.open(io.BytesIO(picture)) as image:
        grey = image.convert("L")
    edge = grey.width // (_SQUARES + 2 * _QUIET)
    squares = range(edge // 2, grey.width, edge)
    return [[int(grey.getpixel((x, y)) == 0) for x in squares] for y in squares]


@pytest.mark.parametrize("number", range(5))
def test_its_picture_is_that_of_its_letters_and_figures(number: int) -> None:
    code = code_for("alder", f"staff:{number}", "agreement", "a" * 64)
    expected = segno.make(code.replace("-", ""), error="M", version=1, mode="alphanumeric")
    picture = qr_code(code)
    found = matrix(picture.data)
    inner = [row[_QUIET:-_QUIET] for row in found[_QUIET:-_QUIET]]
    assert inner == [[*row] for row in expected.matrix]
    margin = [found[:_QUIET], found[-_QUIET:], [row[:_QUIET] + row[-_QUIET:] for row in found]]
    assert not any(square for rows in margin for row in rows for square in row)


def test_its_picture_says_how_large_it_is() -> None:
    picture = qr_code(CODE)
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.width, image.height) == (picture.width, picture.height)
    assert picture.media_type == "image/png"


def test_each_code_has_a_picture_of_its_own_and_always_the_same() -> None:
    other = code_for("alder", "staff:2", "agreement", "a" * 64)
    assert qr_code(CODE).data != qr_code(other).data
    qr_code.cache_clear()
    once = qr_code(CODE).data
    qr_code.cache_clear()
    assert qr_code(CODE).data == once
