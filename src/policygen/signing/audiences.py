"""Who is asked to sign a form: the audience its author wrote, read as people of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.assemble.wording import listing
from policygen.document import Fields, Form, walk
from policygen.model.people import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policygen.document import Document
    from policygen.model.people import Person, PersonKind

YEARS = ("N1", "N2", "R", *map(str, range(1, 15)))
"""School years of England in order: two of nursery, Reception, 1 to 14."""

_WORDS: dict[str, frozenset[PersonKind]] = {
    "supply": frozenset({"supply"}),
    "agency": frozenset({"supply"}),
    "contract": frozenset({"contractor"}),
    "staff": frozenset({"staff"}),
    "employee": frozenset({"staff"}),
    "teacher": frozenset({"staff"}),
    "worker": frozenset({"staff"}),
    "colleague": frozenset({"staff"}),
    "governor": frozenset({"governor"}),
    "trustee": frozenset({"governor"}),
    "director": frozenset({"governor"}),
    "councillor": frozenset({"governor"}),
    "volunteer": frozenset({"volunteer"}),
    "visitor": frozenset({"visitor"}),
    "pupil": frozenset({"pupil"}),
    "student": frozenset({"pupil"}),
    "learner": frozenset({"pupil"}),
    "children": frozenset({"pupil"}),
    "adult": frozenset({"staff", "governor", "volunteer", "supply", "contractor"}),
    "everyone": frozenset({"staff", "governor", "volunteer", "supply", "contractor"}),
    "everybody": frozenset({"staff", "governor", "volunteer", "supply", "contractor"}),
}
"""Beginnings of words in an audience. A form for everyone is for adults: pupils have forms
of their own."""

_BY_CHILD = ("parent", "carer", "famil", "guardian")
_NOT_OUR_OWN = r"\b(supply|agency|contract)\w* (?:staff|workers?|teachers?|employees?)"
_NOT_FOR_A_CHILD = (
    r"\bparents? (?:who )?(?=(?:governor|trustee|director|councillor|volunteer|helper)s?\b)"
)
"""Parents who sign in another capacity."""

_OF_ONE_THING = frozenset(
    {"asset_tag", "serial_number", "issued_on", "returned_on", "account_name", "platform"}
)
"""Fields of forms that go with a device or an account: not everybody has one."""

_STAGES = {
    r"early years|eyfs|foundation stage": ("N1", "R"),
    r"nursery": ("N1", "N2"),
    r"reception": ("R", "R"),
    r"infants?": ("1", "2"),
    r"juniors?": ("3", "6"),
    r"sixth form|post 16": ("12", "14"),
    r"primary(?! (?:carer|guardian))": ("R", "6"),
    r"secondary": ("7", "11"),
}
"""What people call school years."""
_KEY_STAGES = {
    "1": ("1", "2"),
    "2": ("3", "6"),
    "3": ("7", "9"),
    "4": ("10", "11"),
    "5": ("12", "14"),
}
"""The key stages of the Education Act 2002, section 82, and what is called the fifth."""
_PIECE = re.compile(
    rf"(?P<stage>{'|'.join(_STAGES)})\b"
    r"|(?P<unit>years?|yrs?|y|ks|key stages?) ?(?=(?:\d+|r)\b)"
    r"|(?P<number>\d+|r)\b|(?P<join>to|and|or)\b|\w+"
)
_AGES = (r"\bage[ds]? (\d+) to (\d+)", r"\b(\d+) to (\d+) year olds")
_FROM_AGE = (
    r"\bage[ds]? (\d+) (?:and|or) (?:over|above|older)\b",
    r"\b(?:aged )?over (\d+)s?\b",
    r"\b(\d+) (?:and|or) over\b",
)
_TO_AGE = (r"\b(?:aged )?under (\d+)s?\b",)
_UP_TO = r"\bup to (?:and including )?(?:the end of )?"
_FIRST_AGE = 4
"""The age at which a child in Reception starts the school year."""


@dataclass(frozen=True, slots=True)
class Calling:
    """Whom a form calls on: ``kinds`` of people; ``by_child`` where a parent signs one for
    each child; ``years`` where only some school years do; ``for_one_thing`` where it goes
    with a device or an account and so is only given out when asked for."""

    kinds: frozenset[PersonKind]
    by_child: bool = False
    years: frozenset[str] = frozenset()
    for_one_thing: bool = False

    def calls(self, person: Person, year: str) -> bool:
        """Whether somebody is asked; ``year`` is a pupil's."""
        if person.kind not in self.kinds and not (self.by_child and person.kind == "pupil"):
            return False
        return not self.years or person.kind != "pupil" or year in self.years


def calling(document: Document, terms: Iterable[tuple[str, PersonKind]] = ()) -> Calling:
    """Read whom a form's document calls on. ``terms`` are the trust's own words for kinds
    of people: ("academy council", "governor")."""
    form = next(block for block in walk(document.blocks) if isinstance(block, Form))
    kinds: set[PersonKind] = set()
    by_child = False
    for line in form.audience:
        # "Supply staff" are not the school's own.
        words = re.sub(_NOT_FOR_A_CHILD, "", re.sub(_NOT_OUR_OWN, r"\1", _folded(line)))
        for term, kind in terms:
            if (own := _folded(term)) and re.search(rf"\b{re.escape(own)}\b", words):
                kinds.add(kind)
        kinds |= _kinds(words)
        by_child = by_child or any(word in words for word in _BY_CHILD)
    if by_child:
        kinds.discard("pupil")
    # A title says to readers what an id says to authors, and often more closely.
    named = (_years(_folded(line)) for line in (*form.audience, document.plain_title, document.id))
    years = next(filter(None, named), frozenset())
    return Calling(
        frozenset(kinds),
        by_child,
        years if by_child or "pupil" in kinds else frozenset(),
        bool(_OF_ONE_THING & set(field_names(document))),
    )


def field_names(document: Document) -> list[str]:
    """Give the names of the places to write in a form."""
    blocks = [block for block in walk(document.blocks) if isinstance(block, Fields)]
    return [field.name for block in blocks for row in block.rows for field in row]


def year_of(person: Person) -> str:
    """Give a pupil's school year: the list's, else what the class begins with ("7A", "RB",
    "Nursery AM")."""
    if person.year:
        return person.year
    found = _CLASS.match(_folded(person.class_name))
    if not found:
        return ""
    year = (found["figures"] or found["word"]).lstrip("0")
    return year if year in YEARS else {"r": "R", "n": "N2"}.get(year[:1], "")


_CLASS = re.compile(
    r"(?:y(?:ea)?r? ?)?(?P<figures>\d{1,2})(?!\d)"
    r"|(?P<word>r(?:ec(?:eption)?|[a-z])?|n(?:urs(?:ery)?)?)\b"
)


def filled_up(callings: Mapping[str, Calling]) -> dict[str, Calling]:
    """Give the forms with a form for each year of pupils: a year that none names takes the
    form of the nearest younger years that have one of their own."""
    own = {name: c for name, c in callings.items() if "pupil" in c.kinds and c.years}
    whole = dict(callings)
    general = any(
        "pupil" in c.kinds and not c.years and not c.for_one_thing for c in callings.values()
    )
    if general:
        return whole
    last: list[str] = []
    for year in YEARS:
        having = [name for name, c in own.items() if year in c.years]
        if having:
            last = having
            continue
        for name in last:
            whole[name] = Calling(
                whole[name].kinds,
                whole[name].by_child,
                whole[name].years | {year},
                whole[name].for_one_thing,
            )
    return whole


def years_in_words(years: frozenset[str]) -> str:
    """Give school years as people say them: "Nursery to Year 2", "Years 7 to 9 and Year 12"."""
    stretches: list[list[str]] = []
    for year in (year for year in YEARS if year in years):
        if stretches and YEARS.index(year) == YEARS.index(stretches[-1][-1]) + 1:
            stretches[-1].append(year)
        else:
            stretches.append([year])
    return listing([_stretch_in_words(stretch[0], stretch[-1]) for stretch in stretches])


def _stretch_in_words(first: str, last: str) -> str:
    if year_in_words(first) == year_in_words(last):
        return year_in_words(first)
    if first.isdigit():
        return f"Years {first} {'and' if int(last) == int(first) + 1 else 'to'} {last}"
    return f"{year_in_words(first)} to {year_in_words(last)}"


def year_in_words(year: str) -> str:
    """Give a school year as people say it: "Nursery", "Reception", "Year 7"."""
    return {"N1": "Nursery", "N2": "Nursery", "R": "Reception"}.get(year, f"Year {year}")


def _kinds(words: str) -> set[PersonKind]:
    found = (kinds for beginning, kinds in _WORDS.items() if re.search(rf"\b{beginning}", words))
    return set().union(*found)


def _years(words: str) -> frozenset[str]:
    for pattern in _AGES:
        if found := re.search(pattern, words):
            youngest, oldest = int(found[1]) - _FIRST_AGE, int(found[2]) - _FIRST_AGE - 1
            return _between(_at(youngest), _at(max(youngest, oldest)))
    for pattern in _FROM_AGE:
        if found := re.search(pattern, words):
            return _between(_at(int(found[1]) - _FIRST_AGE), YEARS[-1])
    for pattern in _TO_AGE:
        if found := re.search(pattern, words):
            return _between(YEARS[0], _at(int(found[1]) - _FIRST_AGE - 1))
    years: frozenset[str] = frozenset()
    unit, start, to = "", "", False
    for piece in _PIECE.finditer(re.sub(_UP_TO, "nursery to ", words)):
        match piece.lastgroup:
            case "unit":
                unit = piece[0].strip()
            case "join":
                to = piece[0] == "to"
            case "stage" | "number" if stretch := _stretch(piece[0], unit):
                first, last = stretch
                years |= _between(start if to and start else first, last)
                unit, start, to = unit if piece["number"] else "", first, False
            case _:
                unit, start, to = "", "", False
    return years


def _stretch(piece: str, unit: str) -> tuple[str, str] | None:
    """Give the first and last year of a stage, or of a number behind its unit."""
    for pattern, years in _STAGES.items():
        if re.fullmatch(pattern, piece):
            return years
    if unit.startswith("k"):
        return _KEY_STAGES.get(piece)
    return (piece.upper(), piece.upper()) if unit else None


def _at(number: int) -> str:
    """Give the school year that is so many years after Reception."""
    return YEARS[min(max(number + YEARS.index("R"), 0), len(YEARS) - 1)]


def _between(first: str, last: str) -> frozenset[str]:
    if first not in YEARS or last not in YEARS:
        return frozenset()
    return frozenset(YEARS[YEARS.index(first) : YEARS.index(last) + 1])


def _folded(words: str) -> str:
    """Give words for comparing; a dash between figures reads as "to"."""
    before = r"(\d|\b[Rr](?:eception)?|\b[Nn]ursery)"
    spread = re.sub(rf"{before}\s*[-–—/]\s*(?=[A-Za-z -]{{0,6}}\d)", r"\1 to ", words)
    return folded(spread)
