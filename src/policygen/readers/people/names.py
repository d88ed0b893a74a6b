"""Names of people: put as they are printed, and parted into first name and surname.

How a name is written is its bearer's business. A name in mixed case stays as it was typed;
only names that a system holds in capitals, or in small letters alone, are put into the
case that most bearers use.
"""

from __future__ import annotations

import re
import unicodedata

from policygen.model.people import folded

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
"""Control characters and marks that show nothing. Joiners stay: some scripts spell with them."""

_TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Rev|Revd|Reverend|Prof|Professor|Sir|Dame|Cllr|Councillor"
_TITLE = re.compile(rf"(?:(?:{_TITLES})(?:\.\s*|\s+))+(?=\S)", re.IGNORECASE)
_TITLE_BEHIND = re.compile(rf"\s*\((?:{_TITLES})\.?\)\Z", re.IGNORECASE)
_TITLE_ALONE = re.compile(rf"(?:{_TITLES})\.?", re.IGNORECASE)

_PARTICLES = frozenset(
    (
        *("ab", "ap", "ben", "bin", "bint", "binti", "da", "de", "del", "den", "der", "dos"),
        *("du", "ferch", "ibn", "van", "von"),
    )
)
"""Parts of a surname that most of its bearers write small. "Le", "Di" and "Das" are not here:
they are as often surnames, or written large."""

_AFTER_DE = frozenset({"la", "las", "los"})
_SUFFIXES = {
    suffix.casefold(): suffix
    for suffix in (
        *("II", "III", "IV", "OBE", "MBE", "CBE", "BEM", "KC", "QC", "DL", "FRS", "PhD", "MP"),
        *("Jr", "Jnr", "Sr", "Snr"),
    )
}
_APOSTROPHE = re.compile("(['’‘ʼ`´])")
_BEFORE_CAPITAL = frozenset({"dell", "dall", "sant", "de"})
"""What stands before an apostrophe with a capital behind it, beside single letters."""

_DAMAGED = re.compile("[\ufffd?\x80-\x9f]|[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]")


def tidy(text: str) -> str:
    """Give a cell as it is printed: one space between words, letters composed (NFC)."""
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub("", text).split()))


def looks_damaged(name: str) -> bool:
    """Whether letters of a name seem lost or read in a wrong encoding: "Si?n", "SiÃ¢n"."""
    return _DAMAGED.search(name) is not None


def without_title(name: str) -> str:
    """Give a tidy name without "Mr", "Dr" and the like before it or in brackets behind it."""
    if _TITLE_ALONE.fullmatch(name):
        return ""
    return _TITLE_BEHIND.sub("", _TITLE.sub("", name, count=1) if _TITLE.match(name) else name)


def parts_of(first: str, last: str) -> tuple[str, str]:
    """Give a first name and a surname from two columns as they are printed.

    One that is known alone counts as the first name.
    """
    first, last = without_title(first), without_title(last)
    if not first or not last:
        return _cased(first or last, surname=bool(last)), ""
    # Capitals beside a surname in mixed case are initials that somebody goes by: "AJ".
    initials = len(first) <= 3 and first.isupper() and not _one_case(last)  # noqa: PLR2004
    return first if initials else _cased(first, surname=False), _cased(last, surname=True)


def parts_of_whole(name: str, *, surname_first: bool = False) -> tuple[str, str]:
    """Give a first name and a surname from one cell: "Siân O’Brien" or "O’BRIEN, Siân".

    ``surname_first`` is what the heading says; it decides where there is no comma.
    """
    name = without_title(name).strip(" ,")
    before, comma, behind = (part.strip() for part in name.partition(","))
    if comma and not all(word in _SUFFIXES for word in _words(behind)):
        return parts_of(behind, before)
    words = name.split()
    if len(words) < 2:  # noqa: PLR2004 a first name and a surname
        return _cased(name, surname=True), ""
    if surname_first:
        cut = _surname_ends(words)
        return parts_of(" ".join(words[cut:]), " ".join(words[:cut]))
    cut = _surname_begins(words)
    return parts_of(" ".join(words[:cut]), " ".join(words[cut:]))


def _words(text: str) -> list[str]:
    return [word.strip(".,").casefold() for word in text.split()]


def _surname_begins(words: list[str]) -> int:
    """Give the place of the first word of a surname at the end of a name."""
    cut = len(words) - 1
    while cut > 1 and words[cut].strip(".,").casefold() in _SUFFIXES:
        cut -= 1
    while cut > 1 and _is_particle(words, cut - 1):
        cut -= 1
    return cut


def _surname_ends(words: list[str]) -> int:
    """Give the place behind the surname at the beginning of a name.

    It is what stands in capitals ("DE SOUZA Maria"), else one word and what leads to it.
    """
    capitals = 0
    while capitals < len(words) and words[capitals].isupper():
        capitals += 1
    if 0 < capitals < len(words):
        return capitals
    cut = 1
    while cut < len(words) - 1 and words[cut - 1].casefold() in _PARTICLES | _AFTER_DE:
        cut += 1
    return cut


def _is_particle(words: list[str], place: int) -> bool:
    word = words[place].casefold()
    if word in _AFTER_DE:
        return place > 0 and words[place - 1].casefold() == "de"
    return word in _PARTICLES


def _one_case(text: str) -> bool:
    """Whether a name is all in capitals or all in small letters; ß has no common capital."""
    letters = text.replace("ß", "")
    return letters.isupper() or letters.islower()


def _cased(text: str, *, surname: bool) -> str:
    """Give a name that is all in one case in the usual one; any other as it is."""
    if not _one_case(text):
        return text
    words = text.split(" ")
    return " ".join(_word(words, place, surname=surname) for place in range(len(words)))


def _word(words: list[str], place: int, *, surname: bool) -> str:
    word = words[place]
    if place and (suffix := _SUFFIXES.get(word.strip(".,").casefold())):
        return re.sub(r"[^.,]+", suffix, word, count=1)
    if surname and word == "KC":
        return word  # the Nepali surname
    if surname and place < len(words) - 1 and _is_particle(words, place):
        return _lower(word)
    if not surname and word.isupper() and re.fullmatch("[B-DF-HJ-NP-TV-XZ]{2}|[A-Z]J", word):
        return word  # "JP", "TJ" and "AJ" are initials
    return re.sub(r"[^\-‐‑–./()]+", lambda part: _part(part[0]), word)


def _part(word: str) -> str:
    """Give a part of a name between hyphens: "O’Brien", "D’Souza", "McDonald", "Macdonald"."""
    pieces = _APOSTROPHE.split(word)
    for place in range(0, len(pieces), 2):
        before = pieces[place - 2] if place else ""
        inside = place > 0 and not (len(before) == 1 or folded(before) in _BEFORE_CAPITAL)
        # The last letter behind an apostrophe is an ending, as in "Ta’s".
        small = inside or (place > 0 and len(pieces[place]) < 2)  # noqa: PLR2004
        pieces[place] = _lower(pieces[place]) if small else _capitalized(pieces[place])
    return "".join(pieces)


def _capitalized(word: str) -> str:
    lower = _lower(word)
    if re.match(r"mc\w{3}", lower):
        return f"Mc{lower[2:].capitalize()}"
    return lower[:1].title() + lower[1:]


def _lower(word: str) -> str:
    """Give a word in small letters; Turkish İ becomes i and not an i with a second dot."""
    return word.replace("İ", "i").lower()
