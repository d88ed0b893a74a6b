"""Those who are asked to sign, as a school's own list names them.

They are no records of the source folder: a list with names is handed to a command, read,
printed and forgotten. Nothing here is put into a message.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from policygen.diagnostics import Diagnostic

PersonKind = Literal["staff", "governor", "volunteer", "visitor", "supply", "contractor", "pupil"]
"""In what capacity somebody signs."""

_UNDECOMPOSED = str.maketrans("łøđıħŧæœþð", "lodihtaotd")
"""Letters that Unicode takes for letters of their own and readers for accented ones."""

_APOSTROPHES = re.compile("['’‘ʼ`´′]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Give a text for comparing: no case, accents or punctuation, one space between words.

    "O’Brien-Jones" is "obrien jones", as "OBRIEN JONES" is.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _BETWEEN_WORDS.sub(" ", letters.translate(_UNDECOMPOSED)).strip()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is asked to sign.

    ``key`` says who it is from list to list, and is never printed. ``year`` is "R", "1" to
    "14", "N1" or "N2"; ``rows`` are counted as a spreadsheet shows them. What a list does
    not tell is "".
    """

    key: str
    kind: PersonKind
    name: str
    first_name: str
    last_name: str
    post: str = ""
    department: str = ""
    class_name: str = ""
    year: str = ""
    organisation: str = ""
    rows: tuple[int, ...] = ()

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """The place in a register: by surname as given ("de Souza" under D), then first name."""
        if not self.last_name:
            return (folded(self.first_name), "", self.key)
        return (folded(self.last_name), folded(self.first_name), self.key)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many of a list are not asked to sign, and why."""

    leavers: int = 0
    """People whose last day is over."""

    elsewhere: int = 0
    """People of other schools."""

    unusable: int = 0
    """Rows with a fault, each told among the problems."""


@dataclass(frozen=True, slots=True)
class People:
    """A list as it was read: its people in the list's order, and what to tell of it.

    ``columns`` says from which headings each detail comes, ``sheet`` which sheet of a
    workbook was read; both are for the user to check. The problems name rows and never
    people. Their places are rows, so don't print them with the text of the list.
    """

    persons: tuple[Person, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    left_out: LeftOut = LeftOut()
    columns: tuple[tuple[str, str], ...] = ()
    sheet: str = ""

    @property
    def columns_in_words(self) -> str:
        """What was read from where: "name from “Known as” and “Surname”; class from “Reg”"."""
        return "; ".join(f"{detail} from {headings}" for detail, headings in self.columns)
