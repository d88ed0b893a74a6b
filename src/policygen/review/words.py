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

    @property
    def all_schools(self) -> list[str]:
        """The ids that may be asked for, ``trust`` for documents of the trust itself."""
        return [*self._all("schools"), "trust"]

    @property
    def all_policies(self) -> list[str]:
        """The ids that may be asked for."""
        return self._all("policies")

    def _all(self, folder: str) -> list[str]:
        """Give the ids of a folder's records in either version, with those that have errors."""
        libraries = (self.old, self.new)
        read = {str(name) for library in libraries for name in getattr(library, folder)}
        pairs = [name.partition("/") for library in libraries for name in library.unreadable]
        return sorted(read | {name for root, _, name in pairs if root == folder and name})

    def school(self, school_id: str | None) -> str:
        """Give a school's short name; the trust's for documents of its own."""
        if school_id is None:
            return str(self.new.trust.short_name or self.new.trust.name)
        school = self.new.schools.get(school_id) or self.old.schools.get(school_id)
        return str(school.short_name or school.name) if school else school_id

    def policy(self, policy_id: str) -> str:
        """Give a policy's name, without that of a school: its id as words."""
        folder, slash, form_id = policy_id.partition("/")
        return f"Form: {humanised(form_id)}" if slash else humanised(folder)

    def schools(self, found: Review, policy_id: str, schools: Iterable[str | None]) -> str:
        """Give the schools: "all 6 schools", "Larkfield only", "Larkfield and Quayside"."""
        named = list(dict.fromkeys(schools))
        pairs = {
            school: pair
            for (school, policy), pair in found.documents.items()
            if policy == policy_id
        }
        both = {school for school, pair in pairs.items() if None not in pair}
        now = {school for school, (_, new) in pairs.items() if new}
        everywhere = self._having(policy_id) <= pairs.keys()
        if len(named) > 1 and set(named) in (both, now) and everywhere:
            return f"all {len(named)} schools"
        words = listing([self.school(school) for school in named])
        return f"{words} only" if len(named) == 1 and len(pairs) > 1 else words

    def _having(self, policy_id: str) -> set[str | None]:
        """Give the schools whose list names a policy, asked about and compared or not."""
        return {
            str(school_id)
            for library in (self.old, self.new)
            for school_id, school in library.schools.items()
            if policy_id in school.policies
        }


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
    action = ACTIONS[change.action]
    if change.moved_from is not None and change.action != "moved":
        action = f"{action} and moved"
    number = f", was {change.was}" if change.was else ""
    elsewhere = change.moved_from not in {None, change.within}
    origin = f", from “{change.moved_from}”" if change.moved_from and elsewhere else ""
    return f"{action}: {KINDS[change.kind]}{number}{origin}"


def unchanged(found: Review) -> str:
    """Give the sentence for a review in which nothing differs."""
    if found.not_compared:
        return "The documents that could be compared are the same."
    return "The documents of both versions are the same."


def approved_again(found: Review, names: Names) -> list[str]:
    """Give a line for each policy whose wording must be approved again, and where."""
    return _by_policy(found, names, found.renewed)


def signed_again(found: Review, names: Names) -> list[str]:
    """Give a line for each policy whose forms must be signed again, and where."""
    return _by_policy(found, names, found.signing)


def _by_policy(found: Review, names: Names, keys: Iterable[Key]) -> list[str]:
    schools: dict[str, list[str | None]] = {}
    for school, policy_id in keys:
        schools.setdefault(policy_id, []).append(school)
    return [
        f"{names.policy(policy_id)}: {names.schools(found, policy_id, there)}"
        for policy_id, there in schools.items()
    ]


def gone(found: Review, names: Names) -> list[str]:
    """Give a line for each policy that only one of the versions has, and where."""
    lines = []
    for side, told in ((0, "new"), (1, "no longer there")):
        keys = [key for key, pair in found.documents.items() if pair[side] is None]
        lines += [f"{line}, {told}" for line in _by_policy(found, names, keys)]
    return lines


def looking_at(found: Review, names: Names) -> list[str]:
    """Give a line for each amendment whose clause has changed: where it stands and its reason."""
    return [
        f"{names.school(each.school_id)}, {each.clause_id} "
        f"({each.span.path}:{each.span.line})" + (f": {each.reason}" if each.reason else "")
        for each in found.amendments
    ]
