"""The changes of a policy as the report shows them: excerpts, in order, each once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.compare import units
from policygen.review.excerpts import excerpt, nameless, with_names
from policygen.review.words import DATA

if TYPE_CHECKING:
    from policygen.document import Blocks
    from policygen.review.found import Change, Review
    from policygen.review.reasons import Kind

_DATA: tuple[Kind, ...] = ("values", "law")
"""Kinds of change that are told by data, so that other data is another change."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as the report shows it: an excerpt of its redline."""

    change: Change
    blocks: Blocks

    @property
    def schools(self) -> tuple[str | None, ...]:
        """The schools that have the change."""
        return self.change.schools

    @property
    def counts(self) -> bool:
        """Whether it is counted: the heading of a section goes with what stands under it."""
        return bool(self.blocks) or not self.change.is_heading


def shown(found: Review, policy_id: str) -> list[Shown]:
    """Give a policy's changes, those of rules first and then those of data only, each in the
    order of its documents; what looks the same at several schools, once."""
    groups: dict[object, Shown] = {}
    for change in found.changes:
        if change.policy_id == policy_id:
            one = _shown(change)
            alike = nameless(one.blocks, marked=change.kind not in _DATA)
            # Of two that show nothing it can't be seen whether they are the same.
            key = (change.unit, change.action, change.kind, alike or change)
            known = groups.get(key)
            groups[key] = _joined(known, one) if known else one
    order = _order(found, policy_id)
    rules = {one.change.unit for one in groups.values() if one.change.kind not in DATA}

    def place(one: Shown) -> tuple[bool, int]:
        unit = one.change.unit
        return unit not in rules, order.get(unit, len(order))

    return sorted(groups.values(), key=place)


def _shown(change: Change) -> Shown:
    both = change.action not in {"added", "removed"}
    if change.is_heading and not both:
        return Shown(change, ())
    rule = change.unit.startswith("clause:")
    return Shown(change, excerpt(change.redline, rule=rule, both=both))


def _joined(one: Shown, other: Shown) -> Shown:
    schools = dict.fromkeys((*one.schools, *other.schools))
    causes = dict.fromkeys((*one.change.causes, *other.change.causes))
    change = replace(one.change, schools=tuple(schools), causes=tuple(causes))
    return Shown(change, with_names(one.blocks, other.blocks))


def _order(found: Review, policy_id: str) -> dict[str, int]:
    """Give the place of each unit: those of each new document and, behind what they stood
    after, those that only another school or the old version has."""
    order: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for (_, policy), pair in found.documents.items():
        for document in reversed(pair):
            if policy == policy_id and document:
                names = tuple(units(document, {}))
                if names not in seen:
                    seen.add(names)
                    _insert(order, names)
    return {unit: place for place, unit in enumerate(order)}


def _insert(order: list[str], more: tuple[str, ...]) -> None:
    known, place = set(order), 0
    for unit in more:
        if unit in known:
            place = order.index(unit) + 1
        else:
            order.insert(place, unit)
            place += 1
