"""Cells of a list of people that mean a day, a year group or a capacity."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from policygen.model.people import folded

if TYPE_CHECKING:
    from policygen.model.people import PersonKind

_NUMBERED = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d\d)")
_ISO = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})")
_NAMED = re.compile(
    r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ \-/.]*([a-z]{3,9})[ \-/.,]*(\d{4}|\d\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:T|\s+)\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?:\s*[AP]M|Z)?\Z", re.IGNORECASE
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIALS = range(20_000, 80_000)
"""Days of a spreadsheet from 1954 to 2119."""

_DAY_ZERO = dt.date(1899, 12, 30)
"""The day from which spreadsheets count."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = re.compile(
    r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?"
    r"|oct(ober)?|nov(ember)?|dec(ember)?"
)
_NO_DAY = frozenset(
    (
        *("", "na", "n a", "none", "nil", "null", "tbc", "present", "current", "ongoing"),
        *("permanent", "open", "not applicable", "no end date", "not known", "unknown"),
    )
)
_CENTURY_TURNS = 70
"""Of years in two digits: 70 to 99 are of the last century."""


def day(text: str) -> dt.date | None:
    """Give the day that a cell names, the day of the month first; None where it names none.

    Raises ValueError where it should name one but doesn't. Systems write the year 1900
    where they know no day.
    """
    text = _TIME.sub("", text.strip())
    if folded(text) in _NO_DAY:
        return None
    if match := _NUMBERED.fullmatch(text):
        found = _numbers(match[4], match[3], match[1])
    elif match := _ISO.fullmatch(text):
        found = _numbers(match[1], match[3], match[4])
    elif (match := _NAMED.fullmatch(text)) and _MONTH_NAMES.fullmatch(match[2].lower()):
        found = _numbers(match[3], str(_MONTHS.index(match[2].lower()[:3]) + 1), match[1])
    elif (match := _SERIAL.fullmatch(text)) and int(match[1]) in _SERIALS:
        return _DAY_ZERO + dt.timedelta(days=int(match[1]))
    else:
        message = "no date"
        raise ValueError(message)
    return dt.date(*found) if found[0] != 1900 else None  # noqa: PLR2004 see above


def _numbers(year: str, month: str, day_: str) -> tuple[int, int, int]:
    number = int(year)
    if len(year) < 4:  # noqa: PLR2004 digits
        number += 1900 if number >= _CENTURY_TURNS else 2000
    return number, int(month), int(day_)


_YEAR = re.compile(r"(?:(?:nc|curriculum) )?(?:year|yr|y)?(?: ?(?:group|grp))? ?0*(\d{1,2})(?: 0)?")
_LAST_YEAR = 14
_NAMED_YEARS = {
    **dict.fromkeys(("r", "yr", "year r", "rec", "reception", "0", "year 0", "y0"), "R"),
    **dict.fromkeys(("yr r", "reception class", "reception year", "fs2", "f2"), "R"),
    **dict.fromkeys(("nursery", "n", "yn", "pre school", "preschool", "n2", "nursery 2"), "N2"),
    **dict.fromkeys(("fs1", "f1", "year n", "year n2", "yn2"), "N2"),
    **dict.fromkeys(("n1", "nursery 1", "year n1", "yn1"), "N1"),
    **dict.fromkeys(("lower sixth", "l6", "lower 6th"), "12"),
    **dict.fromkeys(("upper sixth", "u6", "upper 6th"), "13"),
}
"""Other names of year groups. The school census knows N1, N2, R and 1 to 14; a nursery
without a number is the year before Reception."""


def year_group(text: str) -> str:
    """Give a year group as "R", "7" or "N2", "" for an empty cell.

    Raises ValueError where it can't be read.
    """
    if text.strip() == "-1":
        return "N2"  # systems count down from Reception's 0
    name = folded(text)
    if name in {"", "na", "n a", "none"}:
        return ""
    if name in _NAMED_YEARS:
        return _NAMED_YEARS[name]
    match = _YEAR.fullmatch(name)
    if match and "-" not in text and 1 <= int(match[1]) <= _LAST_YEAR:
        return str(int(match[1]))
    message = "no year group"
    raise ValueError(message)


_MOST_DIGITS = 8
_SHOWN = re.compile(
    rf"[\d\s./,:\-]*(?:[a-z]|st|nd|rd|th|year|yr|{_MONTH_NAMES.pattern})?[\d\s./,:\-]*",
    re.IGNORECASE,
)


def may_be_shown(text: str) -> bool:
    """Whether a cell that should be a date or a year may stand in a message.

    In a row whose cells have slipped it is somebody's name, address or telephone number,
    and a class may be called after its teacher: figures pass, and the words of dates.
    """
    digits = sum(c.isdigit() for c in text)
    return 0 < digits <= _MOST_DIGITS and bool(_SHOWN.fullmatch(text))


_TYPES: tuple[tuple[PersonKind, re.Pattern[str]], ...] = (
    ("pupil", re.compile(r"pupils?|students?|learners?|child(?:ren)?")),
    ("governor", re.compile(r".*\b(?:governors?|trustees?)")),
    ("volunteer", re.compile(r".*\bvolunteers?")),
    ("visitor", re.compile(r"visitors?")),
    ("supply", re.compile(r".*\b(?:supply|agency)\b.*")),
    ("contractor", re.compile(r".*\bcontractors?")),
    ("staff", re.compile(r".*\b(?:staff|employees?)|teachers?")),
)
_LEFT = re.compile(r"leavers?|left|former|ex (?:staff|employee|pupil)|inactive|ended|off roll")

_OFFICE = re.compile(
    r"\b(?:clerk|secretary|pa|co ?ordinator|manager|administrator|officer|lead|governance)\b"
)
"""Employees who work for a board or with volunteers."""

_EMPLOYED = re.compile(
    r"\b(?:head|headteacher|principal|teacher|teaching|assistant|tutor|bursar)\b"
)
_BOARD = re.compile(
    r"\b(?:governors?|trustees?)\b"
    r"|\b(?:chair|member)\b.*\b(?:governing (?:body|board)|board|academy council|committee)\b"
    r"|\bboard member\b"
)
_POSTS: tuple[tuple[PersonKind, re.Pattern[str]], ...] = (
    ("volunteer", re.compile(r"\bvolunteers?\b")),
    ("supply", re.compile(r"\b(?:supply|agency)\b")),
    ("contractor", re.compile(r"\bcontractors?\b")),
    ("visitor", re.compile(r"visitors?\b")),
)


def kind_of_type(text: str) -> PersonKind | None:
    """Give the capacity that a cell of a column "Type" or "Category" names, if any."""
    name = folded(text)
    return next((kind for kind, words in _TYPES if words.fullmatch(name)), None)


def has_left(text: str) -> bool:
    """Whether a cell of a column "Status" says that somebody has left."""
    return _LEFT.fullmatch(folded(text)) is not None


def kind_of_post(text: str) -> PersonKind | None:
    """Give the capacity that a post's words tell, if any.

    A clerk to the governors and a manager of volunteers are staff, and so is a teacher
    who sits on the board.
    """
    name = folded(text)
    if _OFFICE.search(name):
        return None
    for kind, words in _POSTS:
        if words.search(name) if kind != "visitor" else words.match(name):
            return kind
    return "governor" if _BOARD.search(name) and not _EMPLOYED.search(name) else None
