"""One row of a list: what it says of a person, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.diagnostics import Diagnostic, Severity, Span
from policygen.model.people import Person, folded
from policygen.readers.people import values
from policygen.readers.people.names import looks_damaged, parts_of, parts_of_whole, tidy

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from policygen.model.people import PersonKind
    from policygen.readers.people.columns import Columns, Meaning

Fate = Literal["stays", "left", "elsewhere"]
Who: TypeAlias = tuple[str, str, str, str]
"""Kind, identity, name and class of a person; identity or class may be ""."""

_FOOTER = re.compile(
    r"(?:total|count|number|page|printed|exported|generated|produced|report|end of|grand total)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset({"vacant", "vacancy", "vacant post", "post vacant", "tbc", "tba"})
_DATES = "Write it as 03/09/2026, the day first."
_BETWEEN_SCHOOLS = re.compile(r"[;|/,+\n]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says: a person, whose key is not known yet, and whether they stay.

    ``identities`` are the codes and addresses that tell people apart, the best one first.
    """

    person: Person
    identities: tuple[str, ...]
    fate: Fate

    @property
    def identity(self) -> str:
        """What tells the person apart, or ""."""
        return self.identities[0] if self.identities else ""

    @property
    def row(self) -> int:
        """The number of the row."""
        return self.person.rows[0]

    @property
    def who(self) -> Who:
        """What this row and others of the same person have in common."""
        person = self.person
        group = folded(person.class_name) if person.kind == "pupil" and not self.identity else ""
        return (person.kind, self.identity, folded(person.name), group)


class RowReader:
    """Reads the rows of one list and gathers what is wrong with them."""

    def __init__(
        self,
        columns: Columns,
        file_name: str,
        schools: frozenset[str],
        as_of: dt.date,
        kind: PersonKind | None,
    ) -> None:
        self.problems: list[Diagnostic] = []
        self.unusable = 0
        self._columns = columns
        self._file_name = file_name
        self._schools = schools
        self._as_of = as_of
        self._kind = kind

    def read(self, number: int, cells: Sequence[str]) -> Entry | None:
        """Give what a row says; None where it can't be used or is no row of a person."""
        if list(cells) == list(self._columns.headings) or _is_footer(cells):
            return None
        if not self._is_here(cells):
            # Nothing is told of the rows of others: nobody here can mend them.
            return self._entry(number, cells, "", "elsewhere")
        name = self._names(cells)
        whole = folded(" ".join(name))
        if whole in _NOBODY:
            self.note(number, f"row {number} is a post that nobody holds", "Delete the row.")
            return None
        if not whole:
            self.fail(number, f"row {number} has no name", "Fill it in, or delete the row.")
            return None
        fate: Fate = "stays"
        try:
            last_day = values.day(self._text(cells, "end"))
        except ValueError:
            self.fail(number, *self._no_date(number, cells, "end"))
            return None
        if (last_day and last_day < self._as_of) or values.has_left(self._text(cells, "type")):
            fate = "left"
        year = self._year(number, cells) if fate == "stays" else ""
        if fate == "stays":
            self._doubt(number, cells, name)
        return self._entry(number, cells, year, fate)

    def fail(self, number: int, message: str, hint: str) -> None:
        """Tell that a row can't be used."""
        self.unusable += 1
        span = Span(self._file_name, number)
        self.problems.append(Diagnostic("person-row", message, span, hint))

    def note(self, number: int, message: str, hint: str) -> None:
        """Tell something about a row that is used all the same."""
        span = Span(self._file_name, number)
        self.problems.append(Diagnostic("person-row", message, span, hint, Severity.WARNING))

    def _text(self, cells: Sequence[str], *meanings: Meaning) -> str:
        return tidy(self._columns.cell(cells, *meanings))

    def _names(self, cells: Sequence[str]) -> tuple[str, str]:
        """Give first name and surname; the second is "" where one name is known."""
        first, last = tidy(self._columns.first(cells)), tidy(self._columns.last(cells))
        if not (first and last):
            whole = self._text(cells, "full")
            if whole:
                return parts_of_whole(whole)
            if whole := self._text(cells, "reversed"):
                return parts_of_whole(whole, surname_first=True)
        if first and last and folded(first).endswith(f" {folded(last)}"):
            # "Known as" may hold the whole name.
            return parts_of_whole(first)
        return parts_of(first, last)

    def _is_here(self, cells: Sequence[str]) -> bool:
        """Whether a row is of this school; one that names no school is."""
        cell = self._columns.cell(cells, "school")
        if not cell.strip() or not self._schools:
            return True
        named = {school_key(cell), *map(school_key, _BETWEEN_SCHOOLS.split(cell))}
        return bool(named & self._schools)

    def _no_date(self, number: int, cells: Sequence[str], meaning: Meaning) -> tuple[str, str]:
        text = self._text(cells, meaning)
        what = "end date" if meaning == "end" else "start date"
        if values.may_be_shown(text):
            return f"“{text}” is no date, in row {number}", _DATES
        return f"the {what} in row {number} is no date", _DATES

    def _year(self, number: int, cells: Sequence[str]) -> str:
        text = self._text(cells, "year")
        try:
            return values.year_group(text)
        except ValueError:
            shown = f"“{text}” is no year group" if values.may_be_shown(text) else "no year group"
            hint = "Write Nursery, Reception, or a number from 1 to 14."
            self.note(number, f"{shown}, in row {number}", hint)
            return ""

    def _doubt(self, number: int, cells: Sequence[str], name: tuple[str, str]) -> None:
        """Tell what looks wrong and may be right."""
        try:
            values.day(self._text(cells, "start"))
        except ValueError:
            self.note(number, *self._no_date(number, cells, "start"))
        whole = " ".join(name)
        if looks_damaged(whole):
            message = f"letters of the name in row {number} look damaged"
            self.note(number, message, "Export the list again, as “CSV UTF-8” or as .xlsx.")
        elif any(c.isdigit() for c in whole):
            message = f"the name in row {number} holds a figure"
            self.note(number, message, "Delete the row if it is no person's.")

    def _entry(self, number: int, cells: Sequence[str], year: str, fate: Fate) -> Entry:
        first, last = self._names(cells)
        post = self._text(cells, "post")
        person = Person(
            key="",
            kind=self._kind_of(cells, post),
            name=f"{first} {last}".strip(),
            first_name=first,
            last_name=last,
            post=post,
            department=self._text(cells, "department"),
            class_name=self._text(cells, "class"),
            year=year,
            organisation=self._text(cells, "organisation"),
            rows=(number,),
        )
        return Entry(person, self._identities(cells), fate)

    def _identities(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Give code, email and initials, those that there are."""
        meanings: tuple[Meaning, ...] = ("identity", "email", "initials")
        found = (identity_key(self._columns.cell(cells, meaning)) for meaning in meanings)
        return tuple(filter(None, found))

    def _kind_of(self, cells: Sequence[str], post: str) -> PersonKind:
        """Give the capacity: by a column for it, else by the post, else by the columns."""
        if self._kind:
            return self._kind
        for meaning in ("type", "contract"):
            for place in self._columns.places.get(meaning, ()):
                if place < len(cells) and (kind := values.kind_of_type(cells[place])):
                    return kind
        if kind := values.kind_of_post(post):
            return kind
        of_pupils = self._columns.has("year", "class") and not self._columns.has("post")
        return "pupil" if of_pupils else "staff"


def school_key(name: str) -> str:
    """Give a school's name for comparing: "The St. Mary’s School" is "st marys school"."""
    return folded(name.replace("&", " and ")).removeprefix("the ")


def identity_key(text: str) -> str:
    """Give a code for comparing; Excel takes the noughts before a number away."""
    code = "".join(tidy(text).casefold().split())
    return code.lstrip("0") or "0" if code.isdecimal() else code


def _is_footer(cells: Sequence[str]) -> bool:
    """Whether a row is a report's own last line: "Total staff: 58", "Page 1 of 2"."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) != 1 or not _FOOTER.match(filled[0]):
        return False
    return any(c.isdigit() for c in filled[0]) or filled[0].casefold().startswith("end of")
