"""What would be approved: the changes since the last approval, with the wording then from git."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.assemble.facts import approval_of, approved_wording, registered
from policygen.model.policies import UNKNOWN
from policygen.model.texts import last_day
from policygen.review.changes import compared
from policygen.review.made import Side
from policygen.versions.wordings import Wording, wordings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Literal

    from policygen.document import Document
    from policygen.model.library import Library
    from policygen.model.policies import Approval
    from policygen.review.found import Change, Review
    from policygen.review.made import Made
    from policygen.versions.records import SchoolId

_NO_WORDING = frozenset({"values", "presentation"})
"""Kinds of change that no approval is about."""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed at some schools since their last approval.

    ``approval`` is None for a first one. ``review`` holds the changes; it is None where there
    is no approval, where the wording is ``same`` as then, and where the wording then is
    ``lost``: in no commit that was looked at, or from before the register.
    """

    schools: tuple[SchoolId, ...]
    approval: Approval | None
    state: Literal["first", "same", "changed", "lost"]
    review: Review | None = None

    @property
    def rules(self) -> list[Change]:
        """The changes that an approval is about: not names, dates or layout alone."""
        changes = self.review.changes if self.review else []
        return [change for change in changes if change.kind not in _NO_WORDING]


@dataclass(frozen=True, slots=True)
class _Today:
    """A policy as it is now, at some schools."""

    library: Library
    policy_id: str
    documents: Mapping[SchoolId, Document]

    def review(self, schools: list[SchoolId], then: Made) -> Review:
        """Compare it with what it was, at these schools."""
        keys = [(school, self.policy_id) for school in schools]
        now = replace(
            then,
            side=Side("now", self.library),
            documents={key: self.documents[key[0]] for key in keys},
        )
        return compared(replace(then, documents={key: then.documents[key] for key in keys}), now)


def since(
    source: Path, library: Library, policy_id: str, documents: Mapping[SchoolId, Document]
) -> list[Since]:
    """Give what changed in a policy at some schools since the last approval of each, those with
    the same answer together.

    The wording then is looked for in git: where the register was changed, at the day of the
    approval, at tags.
    """
    groups: dict[tuple[str, int], list[SchoolId]] = {}
    approvals: dict[int, Approval] = {}
    wanted: dict[Wording, dt.date] = {}
    for school_id, document in documents.items():
        context = Context(library, school_id, policy_id)
        last = registered(context)
        digits = approved_wording(context).rstrip("…")
        if last is None:
            state = "first"
        elif approval_of(context, document.fingerprint):
            state = "same"
        elif digits == UNKNOWN:
            state = "lost"
        else:
            state = "changed"
            wanted[Wording(school_id, policy_id, digits)] = last_day(last.approved)
        if last:
            approvals[id(last)] = last
        groups.setdefault((state, id(last)), []).append(school_id)
    records = (f"approvals/{policy_id}.yaml",)
    found = {each.school_id: then for each, then in wordings(source, wanted, records)}
    today = _Today(library, policy_id, documents)
    return [
        each
        for (state, key), schools in groups.items()
        for each in _told(today, tuple(schools), approvals.get(key), state, found)
    ]


def _told(
    today: _Today,
    schools: tuple[SchoolId, ...],
    approval: Approval | None,
    state: str,
    found: dict[SchoolId, Made],
) -> Iterator[Since]:
    match state:
        case "first" | "same" | "lost":
            yield Since(schools, approval, state)
        case _:
            lost = tuple(school for school in schools if school not in found)
            if lost:
                yield Since(lost, approval, "lost")
            by_version: dict[int, list[SchoolId]] = {}
            for school in schools:
                if school in found:
                    by_version.setdefault(id(found[school]), []).append(school)
            for there in by_version.values():
                review = today.review(there, found[there[0]])
                yield Since(tuple(there), approval, "changed", review)
