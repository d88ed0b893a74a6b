"""What would be approved: the changes since the last approval, with the wording then from git."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.assemble.facts import approval_of, approved_wording, registered
from policygen.model.policies import UNKNOWN
from policygen.model.texts import last_day
from policygen.review.changes import compared
from policygen.review.made import Side, made
from policygen.versions.wordings import Wording, wordings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Literal

    from policygen.approving.decision import Plan
    from policygen.model.policies import Approval
    from policygen.review.found import Review
    from policygen.review.made import Made
    from policygen.versions.records import SchoolId


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


def since(source: Path, plan: Plan) -> list[Since]:
    """Give what changed at the schools of a plan since the last approval of each, those with
    the same answer together.

    The wording then is looked for in git: where the register was changed, at the day of the
    approval, at tags.
    """
    policy_id = plan.decision.policy_id
    groups: dict[tuple[str, int], list[SchoolId]] = {}
    approvals: dict[int, Approval] = {}
    wanted: dict[Wording, dt.date] = {}
    for school_id, document in plan.to_do.items():
        context = Context(plan.library, school_id, policy_id)
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
    found = {w.school_id: then for w, then in _found(source, wanted, policy_id)}
    return [
        each
        for (state, key), schools in groups.items()
        for each in _told(plan, tuple(schools), approvals.get(key), state, found)
    ]


def _found(
    source: Path, wanted: dict[Wording, dt.date], policy_id: str
) -> Iterator[tuple[Wording, Made]]:
    yield from wordings(source, wanted, (f"approvals/{policy_id}.yaml",))


def _told(
    plan: Plan,
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
                review = _review(plan, there, found[there[0]])
                yield Since(tuple(there), approval, "changed", review)


def _review(plan: Plan, schools: list[SchoolId], then: Made) -> Review:
    policy_id = plan.decision.policy_id
    keys = [(school, policy_id) for school in schools]
    names = [school or "trust" for school in schools]
    now = made(Side("now", plan.library), names, (policy_id,))
    first, second = (
        replace(side, documents={key: side.documents[key] for key in keys if key in side.documents})
        for side in (then, now)
    )
    return compared(first, second)
