"""Places to write: fields, their rows, and signature lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from policygen.document import plain_text
from policygen.writers.html.inlines import run_markup
from policygen.writers.markup import EMPTY, classes, element, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from policygen.document import Field, Fields


_SHORT = 5
"""Rows of the longest block of fields that stays on one page."""

_CLOSE = 16
"""The most letters of choices that stand on one line with what they answer."""


def fields_markup(fields: Fields, heading: Markup, targets: Mapping[str, str]) -> Markup:
    """Give rows of fields under an optional heading."""
    rows = (
        element("div", lines(_field(field, targets) for field in row), class_=f"row of-{len(row)}")
        for row in fields.rows
    )
    short = "short" if len(fields.rows) <= _SHORT else ""
    return element("div", lines((heading, *rows)), class_=classes("fields", fields.purpose, short))


def _field(field: Field, targets: Mapping[str, str]) -> Markup:
    label = run_markup(field.label, targets)
    value = run_markup(field.value, targets)
    looks: str = field.kind
    match field.kind:
        case "text" | "date" | "signature":
            inner = lines(
                (
                    element("p", label, class_="label"),
                    element("p", value, class_="line"),
                )
            )
        case "tick":
            inner = _boxed(label, value)
        case "choice":
            if all(len(plain_text(choice)) <= _CLOSE for choice in field.choices):
                looks = "choice of-few"
            choices = (_boxed(run_markup(choice, targets)) for choice in field.choices)
            inner = lines(
                (
                    element("p", label, class_="label"),
                    element("p", value, class_="line") if value else EMPTY,
                    element("div", lines(choices), class_="choices"),
                )
            )
        case _:
            assert_never(field.kind)
    return element("div", inner, class_=f"field {looks}")


def _boxed(label: Markup, value: Markup = EMPTY) -> Markup:
    box = element("span", class_="box")
    told = element("span", label + " ") + (
        element("span", value, class_="value") if value else EMPTY
    )
    return element("p", box + told, class_="boxed")
