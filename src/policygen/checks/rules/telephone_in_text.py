"""A telephone number typed into a text.

Why: numbers change, and a wrong one matters most in an emergency. A number that belongs to an
officer or a school is mended once and printed right everywhere.

Bad:
    text: |
      Ring 01632 960001 at once.

Good:
    text: |
      Ring {{ school.telephone }} at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import warning
from policygen.checks.officers import holders, posts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic
    from policygen.model.library import Library

_NUMBER = re.compile(
    r"(?<![\w@/.,£-])(?:\+44[\s().-]{0,2}(?:\(0\)\s?)?[1-9]|\(?0[1-9])(?:[\s().-]{0,3}\d){7,9}(?![\w/])"
    r"|(?<!\w)(?:[Ee]xt(?:ension|n)?\.?|x)\s?(?:no\.?\s|number\s)?\d{3,5}(?!\w)"
    r"|(?<=[Tt]el: )\d[\d ]{4,}\d|(?<=[Mm]obile: )\d[\d ]{4,}\d"
)
_DIGITS = re.compile(r"\D")
_PUBLIC = frozenset(
    {
        "08001111",  # Childline
        "08088005000",  # NSPCC helpline
        "08000280285",  # NSPCC whistleblowing advice line
        "0800136663",  # NSPCC, report abuse in education
        "03443814772",  # Professionals Online Safety Helpline
        "0800789321",  # anti-terrorist hotline
        "02073407264",  # Department for Education, extremism helpline
    }
)
"""National lines, which belong to nobody's post."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each number of ten or eleven digits, and each extension."""
    known: dict[str, str] = {}
    for _, passage in subject.prose.passages:
        found = [(*match.span(), match[0]) for match in _NUMBER.finditer(passage.words)]
        for link in passage.links:
            shown = any(link.start <= start < link.end for start, _, _ in found)
            if link.target.startswith("tel:") and not shown:
                found.append((link.start, link.end, link.target.removeprefix("tel:")))
        if found and not known:
            known = _known(subject.library)
        for start, end, number in found:
            digits = _digits(number)
            if digits in _PUBLIC:
                continue
            message = f"the telephone number “{number}” is typed here"
            hint = "Give it to an officer (`telephone:`) and write {{ officers.… .telephone }}."
            if value := known.get(digits):
                hint = f"Write {{{{ {value} }}}}."
            yield warning("telephone-in-text", (passage, start, end), message, hint)


def _digits(number: str) -> str:
    digits = _DIGITS.sub("", number.replace("(0)", ""))
    return f"0{digits.removeprefix('44')}" if number.lstrip().startswith("+") else digits


def _known(library: Library) -> dict[str, str]:
    """Give the numbers that the sources hold, with what prints them."""
    found: dict[str, str] = {}
    for holder in reversed(holders(library)):
        kind = "trust" if holder is library.trust else "school"
        found.setdefault(_digits(str(holder.telephone or "")), f"{kind}.telephone")
    for post, officer in posts(library):
        found.setdefault(_digits(str(officer.telephone or "")), f"officers.{post}.telephone")
    found.pop("", None)
    return found
