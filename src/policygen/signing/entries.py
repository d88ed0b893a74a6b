"""What a ledger's lines say, and the lines: a table that an office can open and still append to.

Every entry is a line of its own, whatever its texts hold, and the code stands last in it. A
line that was cut short has no whole code, which the check symbol shows, so it never reads as
something else.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from policygen.cells import csv_line, guarded, one_line, unguarded
from policygen.diagnostics import Diagnostic, Severity, Span
from policygen.readers.people.values import day
from policygen.signing.codes import CodeFault, read_code

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

Event: TypeAlias = Literal["issued", "returned", "withdrawn"]
"""What happened to a sheet; ``withdrawn`` takes back a return recorded by mistake."""

WORDING = 16
"""How many digits of a fingerprint tell wordings apart."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs. ``key`` is the same for the same person, and no one else's."""

    key: str
    kind: str = ""
    name: str = ""
    group: str = ""
    post: str = ""

    def __post_init__(self) -> None:
        _straighten(self)


@dataclass(frozen=True, slots=True)
class FormNow:
    """A form as it is worded now; ``policy`` is "" for one that no policy prints.

    ``wording`` is the fingerprint of all that a signature is put to, so of the policy where
    one prints the form; its first digits are kept.
    """

    id: str
    title: str
    policy: str
    version: str
    wording: str

    def __post_init__(self) -> None:
        _straighten(self)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody and a form they ought to sign."""

    signer: Signer
    form: FormNow


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a ledger: on a day, a sheet was issued, returned, or its return withdrawn."""

    on: dt.date
    event: Event
    form: str
    policy: str
    version: str
    wording: str
    person: str
    kind: str
    name: str
    group: str
    post: str
    code: str

    def __post_init__(self) -> None:
        _straighten(self)

    @classmethod
    def issue(cls, asked: Asked, on: dt.date, code: str) -> Entry:
        """Give the entry of a sheet that goes out."""
        who, form = asked.signer, asked.form
        what = (form.id, form.policy, form.version, form.wording)
        return cls(on, "issued", *what, who.key, who.kind, who.name, who.group, who.post, code)

    def then(self, event: Event, on: dt.date) -> Entry:
        """Give the entry of what happened to the same sheet later."""
        return replace(self, event=event, on=on)


def _straighten(record: Signer | FormNow | Entry) -> None:
    """Make each text one line, so that what is read is equal to what was written."""
    for name in record.__slots__:
        value = getattr(record, name)
        if isinstance(value, str):
            text = one_line(value)
            object.__setattr__(record, name, text[:WORDING] if name == "wording" else text)


_COLUMNS = tuple(field.name for field in fields(Entry))
_BOM = b"\xef\xbb\xbf"
HEADER = _BOM + csv_line(_COLUMNS).encode() + b"\n"
"""What a new ledger begins with: the mark by which spreadsheets know UTF-8, and the columns."""


def lines_of(entries: Iterable[Entry]) -> bytes:
    """Give the lines of entries, each with its end."""
    return b"".join(map(_line, entries))


def _line(entry: Entry) -> bytes:
    inner = (str(getattr(entry, name)) for name in _COLUMNS[1:-1])
    cells = (entry.on.isoformat(), *(guarded(cell, figures=True) for cell in inner), entry.code)
    return f"{csv_line(cells)}\n".encode()


def read_entries(data: bytes, path: str = "") -> tuple[list[Entry], list[Diagnostic]]:
    """Read a ledger, also one that a spreadsheet has saved; give what is wrong with the rest.

    ``path`` is for the places of faults. No fault holds anything that a line says.
    """
    entries: list[Entry] = []
    faults: list[Diagnostic] = []
    for number, line in enumerate(data.splitlines(), start=1):
        match _read(line.removeprefix(_BOM)):
            case Entry() as entry:
                entries.append(entry)
            case str(why):
                faults.append(_fault(why, Span(path, number)))
            case None:
                pass
    return entries, faults


def _fault(why: str, span: Span) -> Diagnostic:
    message = f"this line of the ledger can't be read: {why}"
    hint = (
        "A line cut short was never reported as recorded, so it can stay. Any other: mend it, "
        "or record its sheet again."
    )
    return Diagnostic("ledger-line", message, span, hint, Severity.WARNING)


def _read(line: bytes) -> Entry | str | None:
    """Read a line: an entry, or why it is none, or None where it needs not be one."""
    if b"\0" in line:
        return "it is damaged, or the file was saved as “Unicode text” and not as CSV UTF-8"
    text = _decoded(line)
    if text is None:
        return "it is damaged"
    if not text.strip(' ,;\t"'):
        return None
    rows: list[list[str]] = []
    for delimiter in ",;\t":
        row = _cells(text, delimiter)
        if len(row) == len(_COLUMNS):
            break
        rows.append(row)
    else:
        found = max(map(len, rows))
        return (
            f"it has {found} cells, not {len(_COLUMNS)}"
            if found
            else "a quotation mark isn't closed"
        )
    if row[0].casefold() == _COLUMNS[0]:
        return None
    return _entry(row)


def _decoded(line: bytes) -> str | None:
    # Spreadsheets save in the old Western encoding unless told otherwise, and what is
    # recorded after that is UTF-8 again: so each line is looked at by itself.
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _cells(text: str, delimiter: str) -> list[str]:
    """Give the cells of a line, none where a quotation mark is left open."""
    try:
        (row,) = csv.reader([text], delimiter=delimiter, strict=True)
    except csv.Error:
        return []
    return [cell.strip() for cell in row]


def _entry(row: list[str]) -> Entry | str:
    first, event, *inner, last = (row[0], *map(unguarded, row[1:-1]), row[-1])
    on = _day(first)
    if on is None:
        return "its day can't be read; write it as 2026-10-12 or 12/10/2026"
    known = next((name for name in get_args(Event) if name == event.casefold()), None)
    if known is None:
        return f"its event is none of {', '.join(get_args(Event))}"
    code = read_code(last)
    if isinstance(code, CodeFault):
        return f"its code is wrong, {code.why}"
    form, policy, version, wording, person, *who = inner
    if not form or not person:
        return f"it names no {'person' if form else 'form'}"
    kind, name, group, post = who
    return Entry(on, known, form, policy, version, wording, person, kind, name, group, post, code)


def _day(cell: str) -> dt.date | None:
    """Read a day as it is written here, or as a spreadsheet writes it."""
    try:
        return day(cell.lstrip("'"))
    except ValueError:
        return None


def returns(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Give, by code, the returns that hold.

    What counts is the order of the lines and not their days: a sheet that came back in May
    may be recorded in June, after a mistake about it was withdrawn.
    """
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.event == "returned":
            found.setdefault(entry.code, entry)
        elif entry.event == "withdrawn":
            found.pop(entry.code, None)
    return found
