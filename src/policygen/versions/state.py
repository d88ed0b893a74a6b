"""A policy as one version of the sources has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.assemble.fill import Filler

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from policygen.document import Document
    from policygen.model.library import Library
    from policygen.model.texts import Month
    from policygen.review.made import Made
    from policygen.versions.records import SchoolId


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a policy's version history."""

    number: str
    date: dt.date | Month
    summary: str


@dataclass(frozen=True, slots=True)
class State:
    """A policy at a tag, at the schools asked for that have it."""

    made: Made
    policy_id: str
    schools: tuple[SchoolId, ...]

    @property
    def documents(self) -> dict[SchoolId, Document]:
        """The documents that have no error, by school."""
        made = self.made.documents
        return {
            school: made[school, self.policy_id]
            for school in self.schools
            if (school, self.policy_id) in made
        }

    @property
    def unread(self) -> list[SchoolId]:
        """The schools at which it has errors."""
        return [school for school in self.schools if school not in self.documents]

    @property
    def numbers(self) -> list[str]:
        """The versions that the documents say they are: one, unless a school has its own."""
        numbers = dict.fromkeys(document.version for document in self.documents.values())
        return [number for number in numbers if number]

    @property
    def entries(self) -> list[Entry]:
        """The rows of the version history; one that schools print differently, each way."""
        return entries_of(self.made.side.library, self.documents, self.policy_id)

    def same_as(self, other: State) -> bool:
        """Whether version and wording are the same wherever both have a document."""
        earlier = other.documents
        return all(
            (document.version, document.fingerprint) == (before.version, before.fingerprint)
            for school_id, document in self.documents.items()
            if (before := earlier.get(school_id))
        )


def having(library: Library, policy_id: str) -> list[SchoolId]:
    """Give the schools that have a policy; the trust where it is a policy of its own."""
    policy = library.policies.get(policy_id)
    if policy and policy.level == "trust":
        return [None]
    return [name for name, school in library.schools.items() if policy_id in school.policies]


def entries_of(library: Library, schools: Iterable[SchoolId], policy_id: str) -> list[Entry]:
    """Give the rows of a policy's version history as these schools print them."""
    found: dict[Entry, None] = {}
    for school_id in schools:
        context = Context(library, school_id, policy_id)
        filler = Filler(context)
        for row in context.policy_field("history") or ():
            found[Entry(str(row.version), row.date, filler.plain(row.summary))] = None
    return list(found)
