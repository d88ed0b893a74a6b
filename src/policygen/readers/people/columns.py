"""The headings of a list: which are known, by what names, and which columns are read.

There is no common layout: offices choose headings as they make a report. The names come
from reports of Arbor, Bromcom and SIMS and from what staff systems ask for; see "School
office habits" in the project's notes. A column that isn't named here is never read: dates
of birth, UPNs, addresses, salaries and the like are dropped with the row that held them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.readers.tables.shape import Heading, Row

Meaning = Literal[
    "preferred_first",
    "first",
    "legal_first",
    "preferred_last",
    "last",
    "legal_last",
    "full",
    "reversed",
    "title",
    "post",
    "identity",
    "initials",
    "email",
    "school",
    "department",
    "start",
    "end",
    "contract",
    "year",
    "class",
    "organisation",
    "type",
]
"""What a column holds. Titles are known only to tell headings from data."""

_ALIASES: dict[Meaning, str] = {
    "preferred_first": """known as; preferred forename; preferred first name; preferred name;
        chosen name; chosen forename; chosen first name; preferred given name; goes by""",
    "first": """first name; forename; forenames; first names; given name; given names;
        forename 1; first; christian name""",
    "legal_first": "legal first name; legal forename; legal forenames; legal given name",
    "preferred_last": "preferred surname; preferred last name; preferred family name",
    "last": "last name; surname; family name; last; second name",
    "legal_last": "legal surname; legal last name; legal family name",
    "full": """name; full name; staff name; pupil name; student name; employee name;
        display name; person; employee; member of staff; staff member; governor; governor name;
        volunteer name; visitor name; trustee; preferred full name; learner name; child name""",
    "reversed": """surname, forename; surname forename; last name, first name; surname, first name;
        last, first; surname, forenames; name (surname, forename); surname/forename""",
    "title": "title; salutation",
    "post": """job title; role; post; business role; position; job; job role; post title;
        role title; governor role; roles; main role""",
    "identity": """staff code; employee id; payroll number; admission number; staff id;
        employee number; payroll no; payroll id; admission no; adno; adm no; staff number; staff no;
        employee no; personnel number; employee code; pupil id; student id; mis id; person id;
        governor id; gid; id; roll number; payroll ref; payroll reference""",
    "initials": "initials; staff initials; teacher code",
    "email": """work email; email; email address; work email address; school email;
        primary email; e-mail address; user name; username; user principal name""",
    "school": """school; site; academy; establishment; school name; academy name; site name;
        establishment name; main school; main site; base school""",
    "department": "department; team; faculty; department name; departments; dept",
    "start": """start date; date started; date joined; joined; employment start date;
        contract start date; date of appointment; continuous service start date; started;
        appointment date; start; date of entry; admission date""",
    "end": """end date; leaving date; date left; employment end date; contract end date;
        leave date; date of leaving; left; end; term end date; term ends; end of term of office;
        date term of office ends; date term of office ends/ended; left date; leaver date;
        termination date; last day; last day of service; last day of employment; last working day;
        finish date; date finished; date ended; ended; contract end; end of contract; leaves;
        leaves on; departure date; service end date; date off roll; off roll date""",
    "contract": "contract type; employment type; type of contract; contract",
    "year": """year; year group; nc year; curriculum year; yr; y; year grp; yr grp; ncy;
        national curriculum year; current year; current year group; nc year group; yeargroup name;
        nc year actual; actual nc year""",
    "class": """class; reg; form; registration group; tutor group; reg group; form group;
        class name; registration form; registration; registration class; form class; tutor grp;
        reg class; reg/form/class; class/form; current class; current registration form""",
    "organisation": "organisation; agency; company; organization; employer; firm; agency name",
    "type": """type; category; person type; status; staff type; staff category; user type;
        employment status; staff role type; enrolment status""",
}

_MEANINGS: dict[str, Meaning] = {}

NEEDED = "First name,Last name,Job title,Department"
NEEDED_OF_PUPILS = "First name,Last name,Year,Class"
_NAMES: frozenset[Meaning] = frozenset({"full", "reversed"})
_FIRSTS: tuple[Meaning, ...] = ("preferred_first", "first", "legal_first")
_LASTS: tuple[Meaning, ...] = ("preferred_last", "last", "legal_last")


def squeezed(heading: str) -> str:
    """Give a heading for comparing: small letters and digits alone, without accents."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(c for c in plain if c.isalnum())


for _meaning, _names in _ALIASES.items():
    for _name in re.split(r";\s*", _names):
        _MEANINGS[squeezed(_name)] = _meaning


@dataclass(frozen=True, slots=True)
class Columns:
    """The known columns of a list: for each meaning their places, from left to right."""

    headings: tuple[str, ...]
    places: dict[Meaning, tuple[int, ...]]

    def cell(self, cells: Sequence[str], *meanings: Meaning) -> str:
        """Give the first cell of these meanings that isn't empty."""
        for meaning in meanings:
            for place in self.places.get(meaning, ()):
                if place < len(cells) and cells[place].strip():
                    return cells[place]
        return ""

    def first(self, cells: Sequence[str]) -> str:
        """Give the first name: the one that is gone by, else the one in law."""
        return self.cell(cells, *_FIRSTS)

    def last(self, cells: Sequence[str]) -> str:
        """Give the surname: the preferred one, else the one in law."""
        return self.cell(cells, *_LASTS)

    def has(self, *meanings: Meaning) -> bool:
        """Whether there is a column of one of these meanings."""
        return any(meaning in self.places for meaning in meanings)

    @property
    def have_name(self) -> bool:
        """Whether people's names can be had."""
        return self.has(*_NAMES) or self.has(*_LASTS) or self.has(*_FIRSTS)

    def in_words(self) -> tuple[tuple[str, str], ...]:
        """Say for each detail from which headings it comes, the one that counts first first."""
        both = [self._quoted(*_FIRSTS), self._quoted(*_LASTS)]
        name = " and ".join(filter(None, both)) if all(both) or not self.has(*_NAMES) else ""
        whole = self._quoted("full", "reversed")
        details = (
            ("name", ", else ".join(filter(None, (name, whole)))),
            ("post", self._quoted("post")),
            ("department", self._quoted("department")),
            ("year", self._quoted("year")),
            ("class", self._quoted("class")),
            ("organisation", self._quoted("organisation")),
            ("school", self._quoted("school")),
            ("last day", self._quoted("end")),
            ("kind of person", self._quoted("type", "contract")),
            ("who it is", self._quoted("identity", "email", "initials")),
        )
        return tuple((detail, headings) for detail, headings in details if headings)

    def _quoted(self, *meanings: Meaning) -> str:
        places = [place for meaning in meanings for place in self.places.get(meaning, ())]
        return ", else ".join(f"“{' '.join(self.headings[place].split())}”" for place in places)


def columns_of(headings: Sequence[str]) -> Columns:
    """Find the known columns of a row of headings."""
    places: dict[Meaning, tuple[int, ...]] = {}
    for place, heading in enumerate(headings):
        meaning = _MEANINGS.get(squeezed(heading))
        if meaning:
            places[meaning] = (*places.get(meaning, ()), place)
    return Columns(tuple(headings), places)


def find_heading(rows: Sequence[Row]) -> Heading | None:
    """Find the row with most known headings; it must tell names.

    A single known heading is enough only where it stands alone: a list of names.
    """
    best: tuple[int, int, Columns] | None = None
    for place, (_, cells) in enumerate(rows):
        columns = columns_of(cells)
        count = sum(map(len, columns.places.values()))
        enough = count > 1 or sum(bool(cell.strip()) for cell in cells) == 1
        if columns.have_name and enough and (best is None or count > best[0]):
            best = (count, place, columns)
    if best is None:
        return None
    _, place, columns = best
    return place, {
        at for meaning, places in columns.places.items() if meaning != "title" for at in places
    }
