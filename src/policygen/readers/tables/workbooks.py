"""Lists saved by Excel as .xlsx: values only, with care, for they are untrusted."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import itertools
import warnings
import zipfile
from typing import TYPE_CHECKING, cast

from policygen.readers.tables.shape import (
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
    from collections.abc import Iterator

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

    from policygen.readers.tables.shape import FindHeading

LARGEST_UNPACKED = 100_000_000
"""Bytes of all parts of a workbook, unpacked; zipfile gives no part more than it declares."""

_LAST_ROW = 1_048_576
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_SAVE = "Open it in Excel and save it as “Excel Workbook (.xlsx)” or “CSV UTF-8”."


def read_workbook(data: bytes, find_heading: FindHeading) -> Table:
    """Read the first sheet that has the headings; raises ``TableError`` where none can be.

    Formulas count by the values that were saved with them; nothing is evaluated. Sheets
    that are hidden in Excel are not looked at.
    """
    # Imported here: the library is dear to load, and most lists are text.
    import openpyxl  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
        with warnings.catch_warnings():
            # It warns of decorations it will not keep. We keep none.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            with contextlib.closing(book):
                return _read(book, find_heading)
    except TableError:
        raise
    except Exception as error:  # a damaged file ends the libraries in any of twenty ways
        message = "the file is a damaged Excel workbook"
        raise TableError(message, _SAVE) from error


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what is no workbook, and what would unpack or unfold into too much."""
    parts = archive.infolist()
    if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
        message = "the file is a zip archive but no Excel workbook (.xlsx)"
        raise TableError(message, _SAVE)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        message = f"the workbook unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB"
        raise TableError(message, "Copy the list into a new workbook and save that.")
    for part in parts:
        # Entities are declared there; no program that writes workbooks does.
        if b"<!DOCTYPE" in archive.read(part).replace(b"\0", b""):
            message = "the workbook holds a document type, which no workbook needs"
            raise TableError(message, _SAVE)


def _read(book: Workbook, find_heading: FindHeading) -> Table:
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        first = list(itertools.islice(_rows(sheet), LOOKED_AT))
        heading = find_heading(first)
        if heading is None:
            continue
        place, columns = heading
        top, cells = first[place]
        rows: list[Row] = []
        for number, row in _rows(sheet):
            check_count(len(rows), number)
            if number > top:
                rows.append((number, kept(row, columns)))
        return Table((top, cells), rows, sheet.title)
    return Table(None)


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[Row]:
    """Give the rows that aren't empty.

    What a sheet says of its own size is not believed: it would be filled up to it.
    """
    sheet.reset_dimensions()
    found = cast("Worksheet", sheet).iter_rows(values_only=True)
    for number, values in enumerate(itertools.islice(found, _LAST_ROW), start=1):
        cells = [_text(value) for value in values[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells and not is_empty(cells):
            yield number, cells


def _text(value: object) -> str:
    """Give a value as somebody would type it; a formula without a saved value is empty."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ")
        case dt.date() | dt.time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case str() if value in _ERRORS:
            return ""
        case _:
            return str(value)
