"""What a table is to its readers, and how much of one is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Row: TypeAlias = tuple[int, list[str]]
"""A row that isn't empty: its number as a spreadsheet shows it, and its cells as typed."""

Heading: TypeAlias = tuple[int, Collection[int] | None]
"""Which of some rows holds the headings (by place), and the columns to keep; None is all."""

FindHeading: TypeAlias = Callable[[Sequence[Row]], Heading | None]
"""What looks for the headings in the first rows of a table."""

LARGEST = 50_000_000
"""Bytes of the largest file; the staff of a large trust take less than one million."""

MOST_ROWS = 50_000
MOST_COLUMNS = 500
LONGEST_ROW = 1_000_000
"""Characters of the longest row."""

LOOKED_AT = 40
"""Rows among which the headings are looked for: titles and notes may stand above them."""


class TableError(Exception):
    """Why a file can't be read, in an author's words, and what to do about it."""

    def __init__(self, message: str, hint: str, row: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.row = row


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a list.

    ``heading`` is None where no row has the headings looked for; then there are no rows.
    Cells of columns that were not asked for are "". ``sheet`` names the sheet of a
    workbook. ``overlong`` are the numbers of rows with more cells than there are
    headings, ``swallowing`` of those in which a quotation mark seems to hold other rows.
    """

    heading: Row | None
    rows: list[Row] = field(default_factory=list)
    sheet: str = ""
    overlong: frozenset[int] = frozenset()
    swallowing: frozenset[int] = frozenset()


def first_row(rows: Sequence[Row]) -> Heading | None:
    """Take the first row for the headings and keep all columns."""
    return (0, None) if rows else None


def kept(cells: list[str], columns: Collection[int] | None) -> list[str]:
    """Give the cells of a row, those of other columns emptied so that they are forgotten."""
    if columns is None:
        return cells
    return [cell if place in columns else "" for place, cell in enumerate(cells)]


def is_empty(cells: Sequence[str]) -> bool:
    """Whether a row has nothing but white space."""
    return not any(cell.strip() for cell in cells)


def check_count(count: int, row: int) -> None:
    """Refuse a table with too many rows."""
    if count > MOST_ROWS:
        message = f"the list has more than {MOST_ROWS:,} rows"
        raise TableError(message, "Take out the rows of other schools and years.", row)
