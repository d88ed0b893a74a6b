"""Lists of staff and pupils: an office's export in, those who are asked to sign out.

Lists hold personal data. What isn't needed for a form is never read, and no message holds
a name or another cell: only rows, and a date or year that can't be read.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity, Span, collected
from policygen.model.people import LeftOut, People
from policygen.readers.people.columns import NEEDED, NEEDED_OF_PUPILS, columns_of, find_heading
from policygen.readers.people.gathering import gathered
from policygen.readers.people.merging import merged
from policygen.readers.people.names import tidy
from policygen.readers.people.rows import RowReader, school_key
from policygen.readers.tables import TableError, read_table

if TYPE_CHECKING:
    import datetime as dt

    from policygen.model.people import PersonKind
    from policygen.readers.people.columns import Columns
    from policygen.readers.people.rows import Entry
    from policygen.readers.tables import Table

__all__ = ["read_people"]

_SCHOOLS_TOLD = 5


def read_people(
    data: bytes,
    file_name: str,
    *,
    school_names: tuple[str, ...],
    as_of: dt.date,
    kind: PersonKind | None = None,
) -> People:
    """Read a list of people, CSV or .xlsx, for one school and one day.

    ``school_names`` are all the names by which a list may call the school; without any,
    no row is another school's. ``kind`` is that of all people, whatever the list says.
    """
    top = Span(file_name)
    try:
        table = read_table(data, find_heading)
    except TableError as error:
        span = Span(file_name, error.row)
        return People(problems=(Diagnostic("people-file", error.message, span, error.hint),))
    if table.heading is None:
        message = "the list has no row of headings that can be understood"
        hint = (
            f"It needs one that names the columns, such as “{NEEDED}”, "
            f"or for pupils “{NEEDED_OF_PUPILS}”."
        )
        return People(problems=(Diagnostic("people-columns", message, top, hint),))
    columns = columns_of(table.heading[1])
    schools = frozenset(filter(None, map(school_key, school_names)))
    reader = RowReader(columns, file_name, schools, as_of, kind)
    entries = _entries(table, reader)
    staying = [entry for entry in entries if entry.fate == "stays"]
    persons = merged(staying, reader)
    problems = [*reader.problems, *_nobody(table, columns, entries, reader, top)]
    here = {entry.who for entry in staying}
    return People(
        persons=tuple(persons),
        problems=tuple(collected(gathered(problems))),
        left_out=LeftOut(
            leavers=len({e.who for e in entries if e.fate == "left"} - here),
            elsewhere=len({e.who for e in entries if e.fate == "elsewhere"} - here),
            unusable=reader.unusable,
        ),
        columns=columns.in_words(),
        sheet=table.sheet,
    )


def _entries(table: Table, reader: RowReader) -> list[Entry]:
    entries = []
    for number, cells in table.rows:
        if number in table.overlong:
            message = f"row {number} has more cells than there are headings"
            hint = "Put a cell that holds a comma in double quotes, or save the list as .xlsx."
            reader.fail(number, message, hint)
            continue
        if number in table.swallowing:
            message = f"a cell of row {number} seems to hold other rows"
            reader.note(number, message, "Look whether a quotation mark stands alone there.")
        entry = reader.read(number, cells)
        if entry:
            entries.append(entry)
    return entries


def _nobody(
    table: Table, columns: Columns, entries: list[Entry], reader: RowReader, top: Span
) -> list[Diagnostic]:
    """Tell why a list names nobody, where that isn't told row by row."""
    if any(entry.fate == "stays" for entry in entries):
        return []
    if entries and all(entry.fate == "elsewhere" for entry in entries):
        found = Counter(tidy(columns.cell(cells, "school")) for _, cells in table.rows)
        # The most common ones: in a row whose cells have slipped it is no school.
        names = [name for name, _ in found.most_common() if name][:_SCHOOLS_TOLD]
        message = f"no row of the list is of this school; it names {_quoted(names)}"
        hint = "Write the school's name in the list as in its file in the source folder."
        return [Diagnostic("people-school", message, top, hint)]
    if entries:
        message = "everybody in the list has left"
        return [Diagnostic("people-none", message, top, "Export a new list.", Severity.WARNING)]
    if reader.problems:
        return []
    message = "the list has headings but no people"
    return [Diagnostic("people-none", message, top, "Export the list again.", Severity.WARNING)]


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
