"""How values are put into words: dates, lists, articles, names of fields."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from policygen.model.texts import Month

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PERIOD = re.compile(r"(\d{1,3})\s*(month|year|week)s?\Z")
_SPOKEN = frozenset({"LADO", "MAT", "MATS", "SENCO", "SEND", "SIRO", "SAR"})
"""Abbreviations that schools read as words: a MAT, a SENCO."""

_AN_LETTERS = frozenset("AEFHILMNORSX")
"""Letters whose names begin with a vowel: an MP, an X-ray, but a UK school."""

_A_DESPITE_VOWEL = re.compile(r"(?:uni(?!n[^i])|use|usu|eu|one\b|once\b|ut[ei])", re.IGNORECASE)
_AN_DESPITE_CONSONANT = re.compile(r"(?:hour|honest|honour|heir)", re.IGNORECASE)


def day_in_words(day: dt.date | Month) -> str:
    """Give "12 October 2026" or, where only the month is known, "October 2026"."""
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    return month if isinstance(day, Month) else f"{day.day} {month}"


def day_with_preposition(day: dt.date | Month) -> str:
    """Give "on 12 October 2026" or "in October 2026"."""
    return f"{'in' if isinstance(day, Month) else 'on'} {day_in_words(day)}"


def listing(items: Sequence[str]) -> str:
    """Give "a", "a and b" or "a, b and c"."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def capitalize_first(text: str) -> str:
    """Give the text with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def with_article(text: str) -> str:
    """Give "an academy", "a university", "an MP", "a school"."""
    first = re.match(r"\W*(\w*)", text)
    word = first[1] if first else ""
    spelt = word.isupper() and len(word) <= 5 and word not in _SPOKEN  # noqa: PLR2004 letters
    if spelt:
        vowel = word[0] in _AN_LETTERS
    elif _AN_DESPITE_CONSONANT.match(word):
        vowel = True
    else:
        vowel = word[:1].lower() in tuple("aeiou8") and not _A_DESPITE_VOWEL.match(word)
        vowel = vowel or word in {"11", "18"}
    return f"{'an' if vowel else 'a'} {text}" if text else text


def humanised(name: str) -> str:
    """Give a name as a label: ``chair_of_governors`` is "Chair of governors"."""
    return capitalize_first(name.replace("_", " ").replace("-", " ").strip())


def add_period(day: dt.date | Month, period: str) -> dt.date | Month | None:
    """Give the day a period ("12 months", "2 years") later; None where it is no period."""
    match = _PERIOD.match(period.strip())
    if match is None:
        return None
    count = int(match[1])
    if match[2] == "week":
        return None if isinstance(day, Month) else day + dt.timedelta(weeks=count)
    months = count * (12 if match[2] == "year" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    later = Month(year, month + 1)
    if isinstance(day, Month):
        return later
    return dt.date(later.year, later.month, min(day.day, later.last_day.day))


def is_period(text: str) -> bool:
    """Whether a text is a period as ``review_every`` wants it."""
    return _PERIOD.match(text.strip()) is not None


def slug(text: str) -> str:
    """Give a text as the tail of an anchor: lower case letters, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")
