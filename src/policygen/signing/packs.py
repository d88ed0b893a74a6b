"""A pack: who signs what, in which file, and in which order it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.model.people import folded
from policygen.signing.audiences import YEARS, Calling, filled_up, year_in_words, year_of
from policygen.signing.entries import Asked, FormNow, Signer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policygen.document import Document
    from policygen.model.people import Person, PersonKind
    from policygen.signing.standing import Standing

Grouping: TypeAlias = Literal["class", "department"]

GROUP_OF_KIND: dict[PersonKind, str] = {
    "staff": "Staff",
    "governor": "Governors",
    "volunteer": "Volunteers",
    "visitor": "Visitors",
    "supply": "Supply staff",
    "contractor": "Contractors",
    "pupil": "Pupils",
}
"""Where those go together who have no class and no department."""

_LONGEST_SLUG = 40


@dataclass(frozen=True, slots=True)
class Agreement:
    """A form that a school has: its document, its wording now, and whom it calls on."""

    document: Document
    now: FormNow
    calling: Calling


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form for a person; ``code`` is "" until it is issued, ``standing`` how they stand
    with the form before that."""

    person: Person
    agreement: Agreement
    asked: Asked
    code: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """People whose sheets go together, by surname, each with all of theirs."""

    name: str
    sheets: tuple[Sheet, ...]

    @property
    def people(self) -> int:
        """How many there are."""
        return len({sheet.person.key for sheet in self.sheets})


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is asked to sign what. ``unasked`` are people for whom there is no form;
    ``on_request`` forms that go with a device or an account, and are given out singly."""

    groups: tuple[Group, ...]
    unasked: tuple[Person, ...]
    on_request: tuple[Agreement, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """All sheets in the order in which they are printed."""
        return tuple(sheet for group in self.groups for sheet in group.sheets)

    def issued(self, codes: Sequence[str]) -> Plan:
        """Give the plan with a code on each sheet, in their order."""
        given = iter(codes)
        return self._with(
            tuple(replace(sheet, code=next(given)) for sheet in group.sheets)
            for group in self.groups
        )

    def standing(self, standings: Sequence[Standing]) -> Plan:
        """Give the plan with how each stands, in the order of its sheets."""
        given = iter(standings)
        return self._with(
            tuple(replace(sheet, standing=next(given)) for sheet in group.sheets)
            for group in self.groups
        )

    def only(self, kept: Sequence[bool]) -> Plan:
        """Give the plan with some of its sheets, in their order."""
        keep = iter(kept)
        return self._with(
            tuple(sheet for sheet in group.sheets if next(keep)) for group in self.groups
        )

    def _with(self, sheets: Iterable[tuple[Sheet, ...]]) -> Plan:
        groups = (
            Group(group.name, kept) for group, kept in zip(self.groups, sheets, strict=True) if kept
        )
        return replace(self, groups=tuple(groups))


def plan(
    people: Iterable[Person],
    agreements: Sequence[Agreement],
    by: Grouping | None = None,
    *,
    wanted: Iterable[str] = (),
) -> Plan:
    """Plan a pack, grouped ``by`` class or department: pupils by class and others by
    department if None. ``wanted`` forms are planned even if they go with a device."""
    asked_for = set(wanted)
    callings = filled_up({a.now.id: a.calling for a in agreements})
    planned = [a for a in agreements if not a.calling.for_one_thing or a.now.id in asked_for]
    # Unless all go by one, a department may be called what a class is called.
    groups: dict[tuple[bool, str], list[Sheet]] = {}
    ranks: dict[tuple[bool, str], tuple[object, ...]] = {}
    unasked = []
    for person in sorted(people, key=lambda person: person.sort_key):
        year = year_of(person)
        name = group_of(person, by)
        sheets = [
            Sheet(person, a, Asked(_signer(person, name), a.now))
            for a in planned
            if callings[a.now.id].calls(person, year)
        ]
        if not sheets:
            unasked.append(person)
            continue
        key = (by is None and person.kind == "pupil", name)
        groups.setdefault(key, []).extend(sheets)
        rank = _rank(person, name, year)
        ranks[key] = min(ranks.get(key, rank), rank)
    ordered = sorted(groups, key=lambda key: ranks[key])
    return Plan(
        tuple(Group(key[1], tuple(groups[key])) for key in ordered),
        tuple(unasked),
        tuple(a for a in agreements if a not in planned),
    )


def group_of(person: Person, by: Grouping | None) -> str:
    """Give the class or department that somebody's sheets go to."""
    pupil = person.kind == "pupil"
    chosen = by or ("class" if pupil else "department")
    named = person.class_name if chosen == "class" else person.department
    if not named and pupil and person.year:
        return year_in_words(person.year)
    return named or GROUP_OF_KIND[person.kind]


def file_name(number: int, group: str) -> str:
    """Give the name of a group's file, without an ending. It begins with the group's
    number: a class may be called anything, and of that only letters and figures are kept."""
    slug = re.sub("[^a-z0-9]+", "-", folded(group))[:_LONGEST_SLUG].strip("-")
    return f"{number:02d}-{slug}" if slug else f"{number:02d}"


def _signer(person: Person, group: str) -> Signer:
    return Signer(person.key, person.kind, person.name, group, person.post)


def _rank(person: Person, name: str, year: str) -> tuple[object, ...]:
    """Give a group's place: staff first, classes by year, "7B" before "10A"."""
    pieces = re.findall(r"\d+|\D+", folded(name))
    natural = tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces)
    kinds = list(GROUP_OF_KIND)
    place = YEARS.index(year) if person.kind == "pupil" and year in YEARS else len(YEARS)
    return (
        person.kind == "pupil",
        place if person.kind == "pupil" else kinds.index(person.kind),
        natural,
    )
