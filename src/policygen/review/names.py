"""What schools, policies and clauses are called in reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.assemble.wording import humanised, listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policygen.model.library import Library
    from policygen.review.found import Review

_FEW = 2
"""Schools that are named as those left out, where all others are meant."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of both versions; the new one's where both have one."""

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

    def clause(self, clause_id: str) -> str:
        """Give a clause's heading as it is now or, where none is written out, its id as words."""
        clause = self.new.clauses.get(clause_id)
        heading = str(clause.heading or "") if clause else ""
        plain = heading if "{{" not in heading else ""
        return plain or humanised(clause_id.partition("/")[2])

    def schools(self, found: Review, policy_id: str, schools: Iterable[str | None]) -> str:
        """Give the schools: "all 6 schools", "all schools but Larkfield", "Larkfield only",
        "Larkfield and Quayside"."""
        named = list(dict.fromkeys(schools))
        both = found.having(policy_id)
        there = {school for school, policy in found.documents if policy == policy_id}
        now = {school for school in there if found.documents[school, policy_id][1]}
        everywhere = self._having(policy_id) <= there
        if len(named) > 1 and set(named) in (both, now) and everywhere:
            return f"all {len(named)} schools"
        without = sorted(map(self.school, both - set(named)))
        if 0 < len(without) <= _FEW < len(both) - _FEW and everywhere:
            return f"all schools but {listing(without)}"
        words = listing([self.school(school) for school in named])
        return f"{words} only" if len(named) == 1 and len(there) > 1 else words

    def _having(self, policy_id: str) -> set[str | None]:
        """Give the schools whose list names a policy, asked about and compared or not."""
        return {
            str(school_id)
            for library in (self.old, self.new)
            for school_id, school in library.schools.items()
            if policy_id in school.policies
        }
