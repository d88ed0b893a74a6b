"""Places to write: fields, their rows, and signature lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from policygen.document import plain_text
from policygen.writers.html.inlines import run_markup
from policygen.writers.markup import EMPTY, classes, element, lines, void

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from policygen.document import Field, Fields, Inlines


BEFORE_CHOICE = ":\N{NO-BREAK SPACE}"
"""What parts a question from a choice in what a field is called; neither is likely to hold it."""

_SHORT = 5
"""Rows of the longest block of fields that stays on one page."""

_CLOSE = 16
"""The most letters of choices that stand on one line with what they answer."""


def fields_markup(
    fields: Fields, heading: Markup, targets: Mapping[str, str], *, fillable: bool = False
) -> Markup:
    """Give rows of fields under an optional heading; ``fillable`` ones can be filled in."""
    writer = _Fields(targets, fields.purpose, fillable)
    rows = (
        element("div", lines(map(writer.field, row)), class_=f"row of-{len(row)}")
        for row in fields.rows
    )
    short = "short" if len(fields.rows) <= _SHORT else ""
    return element("div", lines((heading, *rows)), class_=classes("fields", fields.purpose, short))


@dataclass(frozen=True, slots=True)
class _Fields:
    targets: Mapping[str, str]
    purpose: str
    fillable: bool

    def run(self, run: Inlines) -> Markup:
        return run_markup(run, self.targets)

    def field(self, field: Field) -> Markup:
        label = self.run(field.label)
        value = self.run(field.value)
        looks: str = field.kind
        match field.kind:
            case "text" | "date" | "signature":
                line = value or self._input("text", field)
                inner = lines(
                    (
                        element("p", label, class_="label"),
                        element("p", line, class_="line"),
                    )
                )
            case "tick":
                inner = self._boxed(field, label, "", value)
            case "choice":
                if all(len(plain_text(choice)) <= _CLOSE for choice in field.choices):
                    looks = "choice of-few"
                choices = (
                    self._boxed(field, self.run(choice), str(place))
                    for place, choice in enumerate(field.choices, 1)
                )
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

    def _boxed(self, field: Field, label: Markup, choice: str, value: Markup = EMPTY) -> Markup:
        kind = "radio" if choice else "checkbox"
        inside = EMPTY if value else self._input(kind, field, label.striptags(), choice)
        box = element("span", inside, class_="box")
        told = element("span", label + " ") + (
            element("span", value, class_="value") if value else EMPTY
        )
        return element("p", box + told, class_="boxed")

    def _input(self, kind: str, field: Field, choice: str = "", value: str = "") -> Markup:
        """Give what is filled in on the screen; what it is called is read out."""
        if not self.fillable:
            return EMPTY
        title = plain_text(field.label)
        return void(
            "input",
            type=kind,
            # In a PDF, a full stop would part a group's name from its field's.
            name=f"{self.purpose}-{field.name}".replace(".", " "),
            value=value or None,
            title=f"{title}{BEFORE_CHOICE}{choice}" if value else title,
        )
