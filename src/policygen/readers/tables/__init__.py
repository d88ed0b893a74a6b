"""Lists that a school's office exports: the bytes of a file in, rows of cells out.

Whatever the bytes are, reading ends, evaluates nothing and fetches nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.readers.tables.delimited import read_delimited
from policygen.readers.tables.shape import LARGEST, Row, Table, TableError, first_row
from policygen.readers.tables.workbooks import read_workbook

if TYPE_CHECKING:
    from policygen.readers.tables.shape import FindHeading

__all__ = ["Row", "Table", "TableError", "first_row", "read_table"]

_SAVE = "Open it in Excel and save it as “CSV UTF-8” or “Excel Workbook (.xlsx)”."
_NOT_LISTS: tuple[tuple[bytes, str], ...] = (
    (rb"%PDF", "the file is a PDF"),
    (
        rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "the file is a workbook of an old Excel (.xls), or one with a password",
    ),
    (rb"<\?xml", "the file is XML"),
    (rb"<(?:!doctype|html|head|body|table|meta|style|script)\b", "the file is a web page"),
    (rb"\{\\rtf", "the file is a text document"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "the file is a picture"),
)
"""What comes in place of a list; systems save web pages under names that end in .xls."""


def read_table(data: bytes, find_heading: FindHeading = first_row) -> Table:
    """Read a list saved as CSV or .xlsx, which of them its bytes say.

    ``find_heading`` finds the row of headings; without it, the first row holds them.
    Raises ``TableError`` where there is no list to read.
    """
    if len(data) > LARGEST:
        message = f"the file is larger than {LARGEST // 1_000_000} MB"
        raise TableError(message, "Take out what is not part of the list.")
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data, find_heading)
    # The NULs are those of UTF-16.
    start = re.sub(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)|\0", b"", data[:2000]).lstrip()
    for mark, message in _NOT_LISTS:
        if re.match(mark, start, re.IGNORECASE):
            raise TableError(message, _SAVE)
    if not start and not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        message = "the file holds nothing"
        raise TableError(message, "Export the list again.")
    return read_delimited(data, find_heading)
