"""Tables as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.writers.html.inlines import run_markup
from policygen.writers.markup import EMPTY, classes, element, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from policygen.document import Cell, Table

_WIDE = 3
"""A table of so many columns may need to scroll on a phone."""

_SHORT = 4
"""Rows of the longest table that stays on one page."""


def table_markup(table: Table, targets: Mapping[str, str]) -> Markup:
    """Give a table; a wide one in a box that scrolls, by keyboard too."""
    labels = table.kind == "labels"
    head = _row(table.header, targets, column=True) if table.header else EMPTY
    body = lines(_row(row, targets, first=labels) for row in table.rows)
    name = table.name or None
    inner = element(
        "table",
        lines((element("thead", head) if head else EMPTY, element("tbody", body))),
        class_=classes(table.kind, "short" if len(table.rows) <= _SHORT else ""),
        aria_label=name,
    )
    if max((len(row) for row in (table.header, *table.rows)), default=0) < _WIDE:
        return inner
    return element(
        "div", inner, class_="scrolls", tabindex="0", role="group", aria_label=name or "Table"
    )


def _row(
    cells: tuple[Cell, ...],
    targets: Mapping[str, str],
    *,
    column: bool = False,
    first: bool = False,
) -> Markup:
    """Give a row. In a ``column`` header every cell is a header, else the ``first`` may be."""
    return element(
        "tr",
        lines(
            _cell(cell, targets, "col" if column else "row" if first and place == 0 else None)
            for place, cell in enumerate(cells)
        ),
    )


def _cell(cell: Cell, targets: Mapping[str, str], scope: str | None) -> Markup:
    heads = scope is not None and bool(cell.children)
    return element(
        "th" if heads else "td",
        run_markup(cell.children, targets),
        scope=scope if heads else None,
        class_=classes(
            "" if cell.align == "left" else cell.align,
            "" if cell.children or scope else "blank",
        ),
    )
