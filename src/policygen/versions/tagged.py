"""The versions of a policy that git tags tell of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygen.assemble.wording import listing
from policygen.diagnostics import did_you_mean
from policygen.history import source_at
from policygen.readers.library import read_library
from policygen.review.changes import compared
from policygen.review.made import Side, made
from policygen.review.names import Names
from policygen.review.words import DATA
from policygen.versions.records import ACTIONS, Changed, NoSuchPolicyError, Version
from policygen.versions.state import State, having

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policygen.history import Tag
    from policygen.model.library import Library
    from policygen.review.found import Change
    from policygen.versions.records import SchoolId
    from policygen.versions.state import Entry

_ACTIONS = dict(zip(("added", "removed", "changed", "moved"), ACTIONS, strict=True))


@dataclass(slots=True)
class Reader:
    """Goes through the tags, oldest first, and keeps each at which the policy changed.

    ``having`` are the schools that have, or had, the policy.
    """

    policy_id: str
    schools: frozenset[str]
    versions: list[Version] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    having: dict[str, None] = field(default_factory=dict)
    _before: State | None = None
    _tree: str = ""

    def read(self, tag: Tag, source: Path) -> None:
        """Look at the sources at a tag."""
        if tag.tree == self._tree:
            return
        self._tree = tag.tree
        with source_at(tag.commit, source) as folder:
            library = read_library(folder).library
        if library is None:
            self.skipped.append(f"{tag.name} has no trust.yaml that can be read")
            return
        now = self._state(Side(tag.name, library))
        if now.unread and not now.documents:
            self.skipped.append(f"{tag.name} has errors in this policy")
            return
        version = self._version(tag, now)
        if version:
            self.versions.append(version)
        self._before = now

    def wanted(self, library: Library) -> list[SchoolId]:
        """Give the schools asked for that have the policy."""
        there = having(library, self.policy_id)
        self.having.update(dict.fromkeys(name or "trust" for name in there))
        return [name for name in there if not self.schools or (name or "trust") in self.schools]

    def check_schools(self) -> None:
        """End where a school was asked for that never had the policy."""
        for school in sorted(self.schools - self.having.keys()):
            there = f"These have it: {', '.join(self.having) or 'none'}."
            hint = did_you_mean(school, self.having, there)
            message = f"no school “{school}” has the policy “{self.policy_id}”. {hint}"
            raise NoSuchPolicyError(message)

    def _state(self, side: Side) -> State:
        documents = made(side, self.schools, (self.policy_id,))
        return State(documents, self.policy_id, tuple(self.wanted(side.library)))

    def _version(self, tag: Tag, now: State) -> Version | None:
        """Give the version that a tag is; None where the policy is as it was, or not there."""
        before = self._before
        said = (tag.message,) if tag.message else ()
        if not now.documents:
            if before is None or not before.documents:
                return None
            return Version(listing(before.numbers), tag.date, said, tag.name, ended=True)
        if before and not before.documents.keys() & now.documents.keys():
            before = None
        if before and now.same_as(before):
            return None
        rows = _new_entries(before, now)
        return Version(
            listing(now.numbers),
            next((row.date for row in rows if row.number in now.numbers), tag.date),
            tuple(row.summary for row in rows) or said,
            tag.name,
            tuple(_changes(before, now)) if before else None,
            unread=tuple(
                Names(now.made.side.library, now.made.side.library).school(s) for s in now.unread
            ),
        )


def _new_entries(before: State | None, now: State) -> list[Entry]:
    """Give the rows of the history that tell of this version."""
    own = [row for row in now.entries if row.number in now.numbers]
    if before is None:
        return own
    told = {row.number for row in before.entries}
    fresh = [row for row in now.entries if row.number not in told]
    return fresh or (own if now.numbers != before.numbers else [])


def _changes(before: State, now: State) -> Iterator[Changed]:
    """Give what a version changed: what was added first, each in the document's order."""
    both = [name for name in now.documents if name in before.documents]
    found = compared(before.made, now.made)
    names = Names(before.made.side.library, now.made.side.library)
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in found.changes:
        if change.kind not in DATA:
            action = _ACTIONS[change.action]
            groups.setdefault((action, change.unit), []).append(change)
    for (action, unit), changes in sorted(groups.items(), key=lambda g: ACTIONS.index(g[0][0])):
        first = changes[0]
        having = {name for change in changes for name in change.schools}
        at = tuple(name for name in both if name in having)
        where = "" if len(at) == len(both) else names.schools(found, now.policy_id, at)
        yield Changed(action, unit, first.title, first.was, at, where)
