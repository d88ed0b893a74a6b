"""Cells of a table that a spreadsheet may open: what it must not run, and must not change.

A spreadsheet that opens a CSV file runs a cell that begins with ``=``, and makes a number of
class ``7E2`` and a day of class ``3-4``. An apostrophe in front stops it. What is read back
loses the apostrophe again, and only where one was put.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Where a semicolon or a tab parts the cells, what stands behind one in a text begins a cell, too.
_START = r"(?:^|[;\t\r\n])[\s'\ufeff\u200b-\u200f\u2060]*"
_RUN = r"[=+\-@＝＋－＠]"
_FORMULA = re.compile(f"({_START})({_RUN})")
_GUARDED_FORMULA = re.compile(f"({_START})'({_RUN})")
_FIGURE = re.compile(
    r"""('*)(?=
        [(.,£$€]*\d
        | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s.,/-]*\d
        | (?:true|false)\Z
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def guarded(cell: str, *, figures: bool = False) -> str:
    """Give a cell that a spreadsheet shows and doesn't run.

    With ``figures`` it isn't taken for a number or a day either: the cell comes back from a
    spreadsheet as it went in.
    """
    safe = _FORMULA.sub(r"\1'\2", cell)
    figure = _FIGURE.match(safe)
    # One that begins with an apostrophe itself gets another, so that reading takes the right one.
    return f"'{safe}" if figure and (figures or figure[1]) else safe


def unguarded(cell: str) -> str:
    """Give what a cell held before it was ``guarded``, with ``figures`` or without."""
    if "'" not in cell:
        return cell
    figure = _FIGURE.match(cell)
    bare = cell[1:] if figure and figure[1] else cell
    return _GUARDED_FORMULA.sub(r"\1\2", bare)


def one_line(text: str) -> str:
    """Give a text as one line that any file can hold: no line breaks, no control characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    plain = text.encode("utf-8", "replace").decode()
    kept = "".join(c for c in plain if c.isspace() or unicodedata.category(c) != "Cc")
    # The same name typed on two computers must be the same name.
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def csv_line(cells: Iterable[str]) -> str:
    """Give cells as a line of CSV, without the line's end; each is to be guarded before."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
