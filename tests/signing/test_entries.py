"""Lines of a ledger: the same out as in, also by way of a spreadsheet; nothing mis-read."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.cells import csv_line, guarded, one_line, unguarded
from policygen.signing.codes import code_for
from policygen.signing.entries import HEADER, Entry, lines_of, read_entries, returns
from signing.ledgers import DAY, issue

SHEET = issue()
ODD = [
    "O'Neil, Sam",
    'Sam "the boss" Cole',
    "Sam\nCole",
    "Sam\r\n2026-09-01,returned,agreement",
    "=cmd()",
    '=HYPERLINK("http://fern.example";"x")',
    "+44 20",
    "-1",
    "@sum",
    "'=cmd()",
    "'t Hooft",
    "''7E2",
    "7E2",
    "1/2",
    "3-4",
    "0042",
    "1.10",
    "TRUE",
    "Mar-1",
    "£5",
    "x;=cmd()",
    "x\t=cmd()",
    "Zoë Ångström",
    "李小龍",
    "\ufeffSam",
    "\0",
    " ",
    '"',
    "'",
    ";",
]
TEXTS = st.text(max_size=12) | st.sampled_from(ODD)
KEYS = TEXTS.filter(lambda text: bool(one_line(text)))
CODES = st.builds(code_for, TEXTS, TEXTS, TEXTS, TEXTS)
ENTRIES = st.builds(
    Entry,
    st.dates(),
    st.sampled_from(["issued", "returned", "withdrawn"]),
    form=KEYS,
    policy=TEXTS,
    version=TEXTS,
    wording=TEXTS,
    person=KEYS,
    kind=TEXTS,
    name=TEXTS,
    group=TEXTS,
    post=TEXTS,
    code=CODES,
)


def read(data: bytes) -> list[Entry]:
    entries, faults = read_entries(data)
    assert faults == []
    return entries


def told(data: bytes) -> list[tuple[int, str]]:
    entries, faults = read_entries(data, "alder.csv")
    assert entries == []
    assert {fault.code for fault in faults} == {"ledger-line"}
    return [(fault.span.line, fault.message) for fault in faults if fault.span]


# Cells


@given(st.text() | st.sampled_from(ODD), st.booleans())
def test_guarding_is_undone(text: str, figures: bool) -> None:  # noqa: FBT001 given
    assert unguarded(guarded(text, figures=figures)) == text


@given(st.sampled_from("=+-@＝＋－＠"), st.sampled_from(["", " ", "\t", "\ufeff", "x;", "x; "]))
def test_what_a_spreadsheet_would_run_is_guarded(sign: str, before: str) -> None:
    for figures in (True, False):
        assert guarded(f"{before}{sign}cmd()", figures=figures) == f"{before}'{sign}cmd()"


def test_plain_words_and_figures_that_are_only_shown_are_left_alone() -> None:
    for text in ("Sam Cole", "'t Hooft", "Cole-Hall", "a = b", "7E2", "2026-09-01", ""):
        assert guarded(text) == text


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line
    assert line.encode().decode() == line


# Lines


@given(st.lists(ENTRIES, max_size=5))
def test_what_is_read_is_what_was_written(entries: list[Entry]) -> None:
    data = lines_of(entries)
    assert data.count(b"\n") == len(data.splitlines()) == len(entries)
    assert read(HEADER + data) == entries


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_keeps_to_its_line(name: str) -> None:
    entries = [replace(SHEET, name=name), SHEET]
    assert read(lines_of(entries)) == entries
    assert entries[0].name == " ".join(name.replace("\0", "").split())


def test_a_line_cut_short_anywhere_is_never_read() -> None:
    entry = replace(SHEET, name='O"Neil, Zoë; "=x"', group="7E2")
    line = lines_of([entry])
    for length in range(1, len(line) - 1):
        assert len(told(line[:length])) == 1
        entries, faults = read_entries(line[:length] + b"\n" + line)
        assert (entries, len(faults)) == ([entry], 1)
    assert read(line[:-1]) == [entry]


@given(ENTRIES, st.data())
def test_no_entry_is_read_from_a_part_of_it(entry: Entry, data: st.DataObject) -> None:
    line = lines_of([entry])
    length = data.draw(st.integers(0, len(line) - 2))
    assert read_entries(line[:length])[0] == []


# Spreadsheets


def saved(data: bytes, delimiter: str, encoding: str, day: str) -> bytes:
    """Give a file as a British spreadsheet would save it: figures and days are its own."""
    text = data.decode("utf-8-sig")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text, newline="")):
        writer.writerow(_as_excel_takes_it(cell, day) for cell in row)
    return out.getvalue().encode(encoding, "replace")


def _as_excel_takes_it(cell: str, day: str) -> str:
    assert not re.match("[=+@-]", cell)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return dt.date.fromisoformat(cell).strftime(day)
    if re.fullmatch(r"\d+(\.\d+)?([Ee]\d+)?", cell):
        return f"{float(cell):g}"
    return cell.upper() if cell in {"true", "false"} else cell


@pytest.mark.parametrize("day", ["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%Y-%m-%d", "%Y-%m-%d 00:00"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_that_a_spreadsheet_saved_reads_as_before(
    delimiter: str, encoding: str, day: str
) -> None:
    odd = [name for name in ODD if name == name.encode(encoding, "ignore").decode(encoding)]
    entries = [replace(SHEET, name=name, group=name, version=name, wording=name) for name in odd]
    file = saved(HEADER + lines_of(entries), delimiter, encoding, day)
    assert read(file) == entries
    # What is appended afterwards is in our own way again.
    assert read(file + lines_of(entries)) == entries * 2


def test_blank_rows_and_other_headers_are_passed_over() -> None:
    line = lines_of([SHEET])
    shouted = HEADER.decode("utf-8-sig").upper().encode()
    assert read(b"\r\n;;;;;;;;;;;\r\n" + shouted + line + b",,\n  \n") == [SHEET]


def test_old_line_ends_are_ends() -> None:
    assert read(lines_of([SHEET, SHEET]).replace(b"\n", b"\r")) == [SHEET, SHEET]


# Faults


def changed(**cells: str) -> bytes:
    row = {f.name: str(getattr(SHEET, f.name)) for f in fields(Entry)}
    return csv_line({**row, **cells}.values()).encode() + b"\n"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (changed(on="13/13/2026"), "its day can't be read; write it as 2026-10-12 or 12/10/2026"),
        (changed(on="2026-02-30"), "its day can't be read; write it as 2026-10-12 or 12/10/2026"),
        (changed(on="soon"), "its day can't be read; write it as 2026-10-12 or 12/10/2026"),
        (changed(event="lost"), "its event is none of issued, returned, withdrawn"),
        (changed(form=""), "it names no form"),
        (changed(person=""), "it names no person"),
        (changed(code=SHEET.code[:-1]), "its code is wrong, 1 character is missing"),
        (b"Person 1,x\n", "it has 2 cells, not 12"),
        (b'"Person 1\n', "a quotation mark isn't closed"),
        (b"Person 1\0\n", "it is damaged, or the file was saved as “Unicode text” and not as"),
        (b"Person 1\x81\n", "it is damaged"),
    ],
)
def test_a_fault_says_where_and_why_and_no_name(line: bytes, why: str) -> None:
    ((number, message),) = told(b"\n" + line)
    assert number == 2
    assert message.startswith(f"this line of the ledger can't be read: {why}")
    assert "Person" not in message


def test_lines_around_a_fault_are_read() -> None:
    line = lines_of([SHEET])
    entries, faults = read_entries(line + b'"open, and never closed\n' + line)
    assert entries == [SHEET, SHEET]
    assert [fault.span.line for fault in faults if fault.span] == [2]


@given(st.binary(max_size=60))
def test_whatever_a_file_holds_is_entries_or_faults(data: bytes) -> None:
    entries, faults = read_entries(data)
    assert entries == []
    assert all(fault.span for fault in faults)


# Returns


def test_a_return_holds_until_it_is_withdrawn() -> None:
    came = SHEET.then("returned", DAY)
    mistake = came.then("withdrawn", DAY)
    again = SHEET.then("returned", dt.date(2026, 8, 1))
    assert returns([SHEET]) == {}
    assert returns([SHEET, came, again]) == {SHEET.code: came}
    assert returns([SHEET, came, mistake]) == {}
    assert returns([SHEET, came, mistake, again]) == {SHEET.code: again}
