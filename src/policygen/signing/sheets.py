"""One form for one person: filled in as far as a list can, with a code to know it by."""

from __future__ import annotations

import functools
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import segno

from policygen.document import (
    Asset,
    Blocks,
    Declaration,
    Field,
    Fields,
    Form,
    Inlines,
    Reference,
    Value,
    walk,
    with_inlines,
)
from policygen.signing.audiences import field_names

if TYPE_CHECKING:
    from policygen.document import Block, Document
    from policygen.model.people import Person

_DOTS = 10
"""Dots of a QR code's smallest square."""
_QUIET = 4
"""Squares that stay free around a QR code (ISO/IEC 18004, 6.3.8)."""


def sheet(document: Document, person: Person, code: str) -> Document:
    """Give a form's document for one person. ``code`` is as it is printed.

    Of the fields those are filled in whose names say what they hold, and none that the
    person is to write: signatures, dates, a parent's name.
    """
    values = _values(person)
    if {"child_name", "pupil_name"} & set(field_names(document)):
        # Whoever else is named there signs for the child, and the list doesn't say who.
        values |= dict.fromkeys(_OF_WHO_SIGNS, "")
    blocks = tuple(_filled(block, values) for block in _not_live(document.blocks))
    return replace(
        document,
        blocks=blocks,
        code=code,
        code_picture=qr_code(code),
        bookmark=f"{by_surname(person)} · {document.plain_title}",
    )


def _values(person: Person) -> dict[str, str]:
    """Give what a list says, by the names of fields."""
    return {
        "name": person.name,
        "pupil_name": person.name,
        "child_name": person.name,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "post": person.post,
        "role": person.post,
        "department": person.department,
        "class": person.class_name,
        "tutor_group": person.class_name,
        "year": person.year,
        "organisation": person.organisation,
    }


_OF_WHO_SIGNS = ("name", "first_name", "last_name", "post", "role")


def by_surname(person: Person) -> str:
    """Give a name as it stands in a register: "O’Brien-Jones, Siân"."""
    if not person.last_name or not person.first_name:
        return person.name
    return f"{person.last_name}, {person.first_name}"


def _filled(block: Block, values: dict[str, str]) -> Block:
    match block:
        case Form(blocks=inner):
            return replace(block, blocks=tuple(_filled(each, values) for each in inner))
        case Fields(rows=rows, purpose="form"):
            filled = tuple(tuple(_field(field, values) for field in row) for row in rows)
            return replace(block, rows=filled)
        case _:
            return block


def _field(field: Field, values: dict[str, str]) -> Field:
    known = values.get(field.name, "")
    if field.value or field.kind != "text" or not known:
        return field
    return replace(field, value=(Value(f"person.{field.name}", known),))


def _not_live(blocks: Blocks) -> Blocks:
    """Give blocks without links inside the document: many sheets are bound in one file."""
    return with_inlines(blocks, _plain_references)


def _plain_references(run: Inlines) -> Inlines:
    return tuple(
        replace(inline, live=False) if isinstance(inline, Reference) else inline for inline in run
    )


@functools.lru_cache(maxsize=1024)
def qr_code(code: str) -> Asset:
    """Give a code as a picture to scan; it holds the letters and figures alone."""
    drawn = segno.make(re.sub("[^0-9A-Z]", "", code), error="m", micro=False)
    width, height = drawn.symbol_size(_DOTS, _QUIET)
    data = io.BytesIO()
    drawn.save(data, kind="png", scale=_DOTS, border=_QUIET)
    return Asset("code.png", "image/png", data.getvalue(), int(width), int(height))


def declaration(document: Document) -> Blocks:
    """Give what those who sign a form declare, without its box."""
    found = (block for block in walk(document.blocks) if isinstance(block, Declaration))
    return tuple(inner for block in found for inner in block.blocks)
