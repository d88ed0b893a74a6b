"""The short code on a sheet: made from who signs what, read from what was typed or scanned.

A code is eight symbols and a check symbol, printed ``K7QF-2M9P-X``. The hyphens make groups
that an eye can hold, set the check symbol apart, and keep spreadsheets from taking a code for
a number, which ``1234567E8`` would be without them. Nothing of a person can be read from it:
it is a digest, and what it stands for is written in the ledger only.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from policygen.diagnostics import plural

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O (they look like 1 and 0) and no U."""

_LENGTH = 9
_BITS = 5
_PERSONAL = b"policygen-code"
_MEANT = str.maketrans("ILO", "110")
# A symbology identifier, which some scanners put before what they read: "]Q3" for a QR code.
_SYMBOLOGY = re.compile(r"\s*\][A-Za-z][0-9A-Za-z]")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_'\"\x00-\x1f]+")


@dataclass(frozen=True, slots=True)
class CodeFault:
    """Why a text is no code. ``why`` quotes a character of it at most: it could be a name."""

    why: str


def code_for(school: str, person_key: str, form: str, wording: str, salt: int = 0) -> str:
    """Give the code of a person's form in a wording; the same for the same, always.

    ``salt`` gives another one, for when two sheets would have the same code.
    """
    digest = hashlib.blake2b(digest_size=(_LENGTH - 1) * _BITS // 8, person=_PERSONAL)
    for part in (school, person_key, form, wording, str(salt)):
        data = part.encode("utf-8", "replace")
        # With its length before each part, no two lists of parts run into the same bytes.
        digest.update(len(data).to_bytes(4, "big") + data)
    number = int.from_bytes(digest.digest(), "big")
    values = [number >> (_BITS * place) & 31 for place in reversed(range(_LENGTH - 1))]
    return printed("".join(ALPHABET[value] for value in (*values, _check(values))))


def printed(symbols: str) -> str:
    """Give nine symbols as they are printed: ``K7QF-2M9P-X``."""
    return f"{symbols[:4]}-{symbols[4:8]}-{symbols[8:]}"


def read_code(text: str) -> str | CodeFault:
    """Read a code as it was typed or scanned; give it as it is printed.

    Small letters, spaces and hyphens don't matter, nor do I, L and O in place of 1 and 0.
    """
    bare = _BETWEEN.sub("", _SYMBOLOGY.sub("", text, count=1)).upper().translate(_MEANT)
    if not bare:
        return CodeFault("there is no code")
    for place, symbol in enumerate(bare, start=1):
        if symbol == "U":
            return CodeFault(f"no code has a U, which stands at place {place}: it may be a V")
        if symbol not in ALPHABET:
            shown = f"“{symbol}”" if symbol.isprintable() else "something unprintable"
            why = f"a code has letters and digits only, but {shown} stands at place {place}"
            return CodeFault(why)
    if missing := _LENGTH - len(bare):
        counted = plural(abs(missing), "character")
        verb = "is" if abs(missing) == 1 else "are"
        return CodeFault(f"{counted} {verb} {'missing' if missing > 0 else 'too many'}")
    *values, check = (ALPHABET.index(symbol) for symbol in bare)
    if _check(values) != check:
        why = "a character is wrong, or two have changed places: check it against the sheet"
        return CodeFault(why)
    return printed(bare)


def _check(values: list[int]) -> int:
    """Give the check symbol's value: the values weighted with powers of x in GF(32), added.

    The weights of all nine places are different and none is nought. So one wrong symbol
    always shows, and so do two that have changed places, neighbours or not.
    """
    total = 0
    for value in values:
        total = (total ^ value) << 1
        if total >> _BITS:
            total ^= 0b100101  # x⁵ + x² + 1, of which x is a generator
    return total
