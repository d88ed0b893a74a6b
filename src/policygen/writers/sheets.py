"""Lists as CSV, which spreadsheets open as it is and don't take for formulas."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from policygen.cells import guarded, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Give a list as CSV that Excel reads rightly: UTF-8 with its mark, CRLF, all in quotes.

    A cell that a spreadsheet might take for a formula gets an apostrophe before it.
    """
    stream = io.StringIO(newline="")
    # In quotes, semicolons and tabs in cells can't be taken for what parts them.
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_guarded(cell) for cell in header])
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", errors="replace")


def _guarded(cell: str) -> str:
    """Give a cell on one line, guarded where a spreadsheet might evaluate it."""
    return guarded(one_line(cell))
