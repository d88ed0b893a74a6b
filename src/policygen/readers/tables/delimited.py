"""Lists saved as text: commas, semicolons or tabs between cells, in the encodings of Excel."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.readers.tables.shape import (
    LONGEST_ROW,
    LOOKED_AT,
    MOST_COLUMNS,
    Row,
    Table,
    TableError,
    check_count,
    is_empty,
    kept,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygen.readers.tables.shape import FindHeading

DELIMITERS = (",", ";", "\t")
"""``;`` is what Excel writes where the comma is the decimal sign; tabs are "Unicode text"."""

_COMPARED = 200
"""Rows by which the delimiter is found."""

_SEP = re.compile(r"sep=([,;\t])[ \t]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
"""Excel's own first line that names the delimiter; it shows no row for it."""

_QUOTES = "Look whether a quotation mark stands alone in that row, or save the list as .xlsx."


def decoded(data: bytes) -> str:
    """Give the text of a list; anything is some text.

    UTF-8 and UTF-16 are known by their marks, UTF-8 by being valid, too. The rest is
    taken for Windows-1252, which Excel's plain "CSV" is in Britain; the five bytes that
    it does not define are taken for Latin-1.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="policygen.latin-1")
    return text.replace("\0", "")


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    """Decode by Latin-1 what another encoding does not define."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("policygen.latin-1", _as_latin_1)


def read_delimited(data: bytes, find_heading: FindHeading) -> Table:
    """Read a list saved as text; raises ``TableError`` where it can't be read."""
    text = decoded(data)
    named = _SEP.match(text)
    if named:
        text = text[named.end() :]
    delimiter = named[1] if named else _delimiter(text, find_heading)
    first = _first(text, delimiter, LOOKED_AT)
    heading = find_heading(first)
    if heading is None:
        return Table(None)
    place, columns = heading
    top, cells = first[place]
    table = Table((top, cells))
    widths: dict[int, int] = {}
    overlong, swallowing = set(), set()
    for number, row in _rows(text, delimiter):
        check_count(len(table.rows), number)
        if number <= top:
            continue
        if not is_empty(row[len(cells) :]):
            overlong.add(number)
        widths[number] = len(row)
        if _swallows(row, delimiter, len(cells)):
            swallowing.add(number)
        table.rows.append((number, kept(row, columns)))
    if widths:
        # Some programs end every row with a delimiter; then it says nothing.
        usual = max(len(cells), Counter(widths.values()).most_common(1)[0][0])
        overlong.update(number for number, width in widths.items() if width > usual)
    return replace(table, overlong=frozenset(overlong), swallowing=frozenset(swallowing))


def _delimiter(text: str, find_heading: FindHeading) -> str:
    """Give the delimiter that cuts the rows best.

    A line of a title or a cell with commas must not decide, so a delimiter is good if no
    stray quotation marks are left, if the headings are known, and if most rows come out
    equally wide; of equals, the one that cuts finer.
    """

    def score(delimiter: str) -> tuple[bool, bool, float, int]:
        try:
            rows, clean = _first(text, delimiter, _COMPARED, strict=True), True
        except TableError:
            try:
                rows, clean = _first(text, delimiter, _COMPARED), False
            except TableError:
                return (False, False, 0, 0)
        widths = Counter(len(cells) for _, cells in rows if len(cells) > 1)
        if not widths:
            return (False, False, 0, 0)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        known = find_heading(rows[:LOOKED_AT]) is not None
        return (clean, known, round(count / len(rows), 1), width)

    return max(DELIMITERS, key=score)


def _first(text: str, delimiter: str, most: int, *, strict: bool = False) -> list[Row]:
    """Give the first rows that aren't empty."""
    rows: list[Row] = []
    for row in _rows(text, delimiter, strict=strict):
        rows.append(row)
        if len(rows) == most:
            break
    return rows


def _rows(text: str, delimiter: str, *, strict: bool = False) -> Iterator[Row]:
    """Give the rows that aren't empty, numbered as a spreadsheet numbers them."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)
    number = 0
    while True:
        number, lines.taken = number + 1, 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"row {number} can't be read: a cell is too long or wrongly quoted"
            raise TableError(message, _QUOTES, number) from error
        if cells == [_END]:
            return
        if cells and cells[-1].endswith(_END):
            message = f"a quotation mark opened in row {number} is never closed"
            raise TableError(message, _QUOTES, number)
        if len(cells) > MOST_COLUMNS and not is_empty(cells[MOST_COLUMNS:]):
            message = f"row {number} has more than {MOST_COLUMNS} cells"
            raise TableError(message, "Save the list again, with the columns needed.", number)
        if not is_empty(cells):
            yield number, cells[:MOST_COLUMNS]


_END = "\0"
"""A last line: it comes out alone unless a quotation mark is still open. No text holds it."""


class _Lines:
    """The lines of a text for the ``csv`` module, which stops when one row takes too many."""

    def __init__(self, text: str) -> None:
        self._stream = io.StringIO(text if text.endswith(("\n", "\r")) else f"{text}\n", "")
        self._ended = False
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline()
        self.taken += len(line)
        if self.taken > LONGEST_ROW:
            message = "a row of the list is longer than any row should be"
            raise TableError(message, _QUOTES)
        if line:
            return line
        if self._ended:
            raise StopIteration
        self._ended = True
        return _END


def _swallows(cells: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a cell holds lines that look like rows of their own."""
    return any(
        line.count(delimiter) >= max(1, width - 1)
        for cell in cells
        if "\n" in cell or "\r" in cell
        for line in re.split(r"[\r\n]+", cell)
    )
