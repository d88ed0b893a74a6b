"""Tables: every dialect of an office's spreadsheet, and what is no table at all."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.readers import tables
from policygen.readers.tables import Table, TableError, read_table, shape, workbooks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.readers.tables.shape import Heading, Row

TEXT = "Name,Post\r\nSiân Ash,Cook\r\n"


def rows(data: bytes | str) -> list[Row]:
    table = read_table(data.encode() if isinstance(data, str) else data)
    assert table.heading is not None
    return [table.heading, *table.rows]


def cells(data: bytes | str) -> list[list[str]]:
    return [row for _, row in rows(data)]


def workbook(*sheets: Sequence[Sequence[object]], hidden: int | None = None) -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for number, lines in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number + 1}")
        for line in lines:
            sheet.append(list(line))
        if number == hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Give a workbook with other bytes in one of its parts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in archive.namelist():
            content = archive.read(name)
            assert name != part or old in content
            out.writestr(name, content.replace(old, new) if name == part else content)
    return stream.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(TableError) as caught:
        read_table(data)
    assert caught.value.hint
    return caught.value.message


# Text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert cells(TEXT.encode(encoding)) == [["Name", "Post"], ["Siân Ash", "Cook"]]


def test_utf_16_of_either_order() -> None:
    assert cells(b"\xfe\xff" + TEXT.encode("utf-16-be"))[1] == ["Siân Ash", "Cook"]


def test_bytes_that_windows_does_not_define() -> None:
    assert cells(b"a,b\r\n\x93x\x94,\x81\xe9\r\n")[1] == ["“x”", "\x81é"]


def test_nul_bytes_go() -> None:
    assert cells("a,b\nx\0y,\0\0z\n")[1] == ["xy", "z"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_ends_of_lines(delimiter: str, line_end: str) -> None:
    lines = [["Name", "Post", "Team"], ["Ash", "Cook", "Hall"], ["Elm", "", "Site"]]
    assert cells(line_end.join(map(delimiter.join, lines))) == lines


def test_delimiter_is_not_found_by_the_first_line() -> None:
    title = "Staff list, autumn, 2026\n\n"
    body = "Surname, Forename;Post;Team\nAsh, Siân;Cook;Hall\nElm, Tom;Clerk;Office\n"
    table = read_table((title + body).encode(), lambda found: (1, None) if len(found) > 1 else None)
    assert table.heading == (3, ["Surname, Forename", "Post", "Team"])
    assert table.rows[1] == (5, ["Elm, Tom", "Clerk", "Office"])


def test_delimiter_where_cells_in_quotes_hold_others() -> None:
    text = '"a","x;y;z"\n"b","x;y;z"\n'
    assert cells(text) == [["a", "x;y;z"], ["b", "x;y;z"]]


def test_line_that_names_the_delimiter_is_no_row() -> None:
    assert rows("sep=;\r\na,b;c\r\nd,e;f\r\n") == [(1, ["a,b", "c"]), (2, ["d,e", "f"])]


def test_quotes_line_breaks_and_empty_rows_are_counted_as_a_spreadsheet_counts() -> None:
    text = 'a,b\n"x\ny","say ""yes"""\n\n,\n  ,\t\nlast, "with space"\n'
    assert rows(text) == [
        (1, ["a", "b"]),
        (2, ["x\ny", 'say "yes"']),
        (6, ["last", "with space"]),
    ]


def test_one_column() -> None:
    assert cells("Name\nAsh\nElm") == [["Name"], ["Ash"], ["Elm"]]


def test_quotation_mark_that_is_never_closed() -> None:
    with pytest.raises(TableError, match="row 3 is never closed") as caught:
        read_table(b'a,b\n1,2\n3,"4\n5,6\n')
    assert caught.value.row == 3


def test_quotation_mark_that_swallows_rows() -> None:
    table = read_table(b'a,b,c\n1,"2,3\n4,5,6\n7,8,"\n9,9,9\n')
    assert table.swallowing == {2}
    assert not read_table(b'a,b,c\n1,"2 High Street,\nTown",3\n').swallowing


def test_row_with_too_many_cells() -> None:
    table = read_table(b"a,b\n1,2\n1,2,3\n1,2,,\n")
    assert table.overlong == {3, 4}
    assert not read_table(b"a,b\n1,2,\n1,2,\n").overlong


def test_columns_that_are_not_asked_for_are_forgotten() -> None:
    table = read_table(b"a,b,c\n1,2,3\n", lambda _: (0, {0, 2}))
    assert table.rows == [(2, ["1", "", "3"])]


def test_no_heading() -> None:
    assert read_table(b"a,b\n1,2\n", lambda _: None) == Table(None)


# What is no table


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "old Excel"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><p>Sign in", "web page"),
        ("<HTML><table>".encode("utf-16"), "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"{\\rtf1 x}", "text document"),
        (b"\x89PNG\r\n", "picture"),
        (b"", "holds nothing"),
        (b"\xff\xfe", "holds nothing"),
        (b"\xef\xbb\xbf \r\n\t", "holds nothing"),
        (b"PK\x03\x04 torn", "damaged"),
    ],
)
def test_other_files_are_told_apart(data: bytes, message: str) -> None:
    assert message in refusal(data)


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "MOST_ROWS", 3)
    assert "3 rows" in refusal(b"a\n" * 9)
    assert "3 rows" in refusal(workbook([["a"]] * 9))
    monkeypatch.setattr(tables, "LARGEST", 5)
    assert "larger" in refusal(b"a,b\n1,2\n")


def test_rows_without_end() -> None:
    assert "longer" in refusal(b"a,b\n" + b"x," * 600_000)
    assert "500 cells" in refusal(b"a,b\n" + b"x," * 600)
    assert "too long" in refusal(b'a,b\n"' + b"x" * 200_000 + b'"\n')


# Workbooks


def test_values_of_a_workbook() -> None:
    day = dt.datetime(2026, 9, 3, tzinfo=None)  # noqa: DTZ001 a sheet knows no zones
    lines: list[list[object]] = [
        ["Name", "Day", "Time", "Code", "Share", "Yes", "Formula", "Fault"],
        ["Siân Ash", day, day.replace(hour=9), 7, 2.5, True, "=1+1", "#N/A"],
        [None],
        ["=Elm", dt.date(2026, 9, 4), None, 7.0, None, False, None, None, None],
    ]
    assert rows(workbook(lines)) == [
        (1, lines[0]),
        (2, ["Siân Ash", "2026-09-03", "2026-09-03 09:00:00", "7", "2.5", "TRUE"]),
        (4, ["", "2026-09-04", "", "7", "", "FALSE"]),
    ]


def named(found: Sequence[Row]) -> Heading | None:
    places = [place for place, (_, row) in enumerate(found) if "Name" in row]
    return (places[0], None) if places else None


def test_first_sheet_with_the_headings_is_read() -> None:
    data = workbook(
        [["Name"], ["Hidden"]], [["Notes"], ["x"]], [[], ["Staff"], ["Name"], ["Ash"]], hidden=0
    )
    table = read_table(data, named)
    assert (table.sheet, table.heading, table.rows) == ("Sheet 3", (3, ["Name"]), [(4, ["Ash"])])
    assert read_table(workbook([["x"]]), named).heading is None


def test_size_that_a_sheet_claims_is_not_believed() -> None:
    data = workbook([["Name", "Post"], ["Ash", "Cook"]])
    part = "xl/worksheets/sheet1.xml"
    claimed = changed(data, part, b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert rows(claimed) == rows(data)
    far = changed(data, part, b'<row r="2"', b'<row r="99999999999999"')
    assert rows(far) == rows(data)[:1]


def test_workbook_with_a_document_type() -> None:
    data = workbook([["Name"]])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet '
    assert "document type" in refusal(
        changed(data, "xl/worksheets/sheet1.xml", b"<worksheet ", bomb)
    )


def test_workbook_that_unpacks_into_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 1000)
    assert "unpacks" in refusal(workbook([["Name"]]))


def test_other_archives_and_damaged_workbooks() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert "no Excel workbook" in refusal(stream.getvalue())
    data = workbook([["Name"]])
    assert "damaged" in refusal(changed(data, "xl/workbook.xml", b"<workbook", b"<workbork"))
    assert "damaged" in refusal(data[: len(data) // 2])


# Laws

STARTS = st.sampled_from(
    [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"sep=;\n", b'"', b"a,b\n"]
)
BITS = st.lists(
    st.sampled_from([b'"', b",", b";", b"\t", b"\r", b"\n", b"a", b"\0", b"\x81", b"\xc3\xa9"])
)


@given(STARTS, st.binary(max_size=300) | BITS.map(b"".join))
def test_whatever_the_bytes_reading_ends(start: bytes, data: bytes) -> None:
    try:
        table = read_table(start + data)
    except TableError:
        return
    assert table.heading is not None or not table.rows
    numbers = [number for number, _ in table.rows]
    assert numbers == sorted(set(numbers))


@given(st.data())
def test_a_workbook_with_any_byte_changed_is_read_or_refused(data: st.DataObject) -> None:
    book = bytearray(BOOK)
    for _ in range(data.draw(st.integers(1, 5))):
        book[data.draw(st.integers(4, len(book) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(TableError):
        read_table(bytes(book))


BOOK = workbook([["Name", "Post"], ["Ash", "Cook"]])
