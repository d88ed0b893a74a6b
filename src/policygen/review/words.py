"""How a review is put into words, the same in every output."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.assemble.wording import humanised, listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policygen.model.library import Library
    from policygen.review.changes import Action, Change, Key, Kind, Review

ACTIONS: dict[Action, str] = {
    "added": "Added",
    "removed": "Removed",
    "changed": "Changed",
    "moved": "Moved",
}
KINDS: dict[Kind, str] = {
    "wording": "new wording",
    "values": "names, dates or other data only",
    "answers": "another answer to a setting",
    "conditions": "a condition or answer that switches it",
    "amendment": "the school’s own amendment",
    "order": "order only",
    "law": "law and guidance",
    "presentation": "layout only",
}
"""Why something changed, as a reader is told."""


@dataclass(frozen=True, slots=True)
class Names:
    """What schools and policies are called."""

    old: Library
    new: Library

    def school(self, school_id: str | None) -> str:
        """Give a school's short name; the trust's for documents of its own."""
        if school_id is None:
            return str(self.new.trust.short_name or self.new.trust.name)
        school = self.new.schools.get(school_id) or self.old.schools.get(school_id)
        return str(school.short_name or school.name) if school else school_id

    def policy(self, policy_id: str) -> str:
        """Give a policy's name, without that of a school: its id as words."""
        return humanised(policy_id)

    def schools(self, found: Review, policy_id: str, schools: Iterable[str | None]) -> str:
        """Give the schools: "all 6 schools", "Larkfield only", "Larkfield and Quayside"."""
        having = {school for school, policy in found.documents if policy == policy_id}
        named = list(schools)
        if len(named) > 1 and set(named) == having:
            return f"all {len(named)} schools"
        words = listing([self.school(school) for school in named])
        return f"{words} only" if len(named) == 1 and len(having) > 1 else words


def counts(changes: Iterable[Change]) -> dict[str, int]:
    """Give how many clauses and other parts were added, removed, reworded, moved, or have
    other data."""
    found: Counter[str] = Counter()
    for change in changes:
        if change.kind in {"values", "law", "presentation"}:
            found["data"] += 1
        else:
            found["reworded" if change.action == "changed" else change.action] += 1
    return {name: found[name] for name in ("added", "removed", "reworded", "moved", "data")}


def what(change: Change) -> str:
    """Give in a few words what happened to a unit and why: "Changed: new wording"."""
    moved = f", was {change.was}" if change.was else ""
    return f"{ACTIONS[change.action]}: {KINDS[change.kind]}{moved}"


def approved_again(found: Review, names: Names) -> list[str]:
    """Give a line for each policy whose wording must be approved again."""
    lines = []
    for policy_id in dict.fromkeys(policy for _, policy in found.renewed):
        keys: list[Key] = [key for key in found.renewed if key[1] == policy_id]
        there = [school for school, policy in keys if found.documents[school, policy][1]]
        if there:
            where = names.schools(found, policy_id, there)
            lines.append(f"{names.policy(policy_id)}: {where}")
    return lines


def gone(found: Review, names: Names) -> list[str]:
    """Give a line for each document that only one of the versions has."""
    lines = []
    for (school, policy), (old, new) in found.documents.items():
        if old is None or new is None:
            side = "new" if old is None else "no longer there"
            lines.append(f"{names.policy(policy)} of {names.school(school)} is {side}")
    return lines
