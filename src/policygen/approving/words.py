"""What is said of an approval: recorded, planned, or nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.facts import approval_named
from policygen.diagnostics import plural, wrapped
from policygen.model.policies import UNKNOWN
from policygen.review.data import change_data
from policygen.review.names import Names
from policygen.review.words import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policygen.approving.planning import Plan
    from policygen.approving.since import Since
    from policygen.model.policies import Approval
    from policygen.versions.records import SchoolId

_WIDTH = 96


def heads(plan: Plan) -> Iterator[str]:
    """Give the lines for each approval: version, by whom, when, and the schools."""
    for approval in plan.approvals:
        name = f"version {approval.version}, approved by {approval_named(approval)}"
        yield from _with_schools(f"{plan.decision.policy_id}, {name}", approval.wording)


def standing_already(plan: Plan) -> Iterator[str]:
    """Give the lines for each approval that stands, with its schools."""
    for name, schools in _by_approval(plan.already):
        yield from _with_schools(f"{plan.decision.policy_id}, {name}", schools)


def doubts(plan: Plan) -> Iterator[str]:
    """Give the lines that warn of a version which was approved before with other words."""
    for name, schools in _by_approval(plan.doubtful):
        yield "warning: one version, approved with two wordings. Give the policy a new version."
        yield from _with_schools(f"Approved before with other words: {name}", schools)


def _by_approval(found: Mapping[SchoolId, Approval]) -> Iterable[tuple[str, list[SchoolId]]]:
    groups: dict[str, list[SchoolId]] = {}
    for school_id, approval in found.items():
        name = f"version {approval.version}, by {approval_named(approval)}"
        groups.setdefault(name, []).append(school_id)
    return groups.items()


def _with_schools(line: str, schools: Iterable[SchoolId]) -> Iterator[str]:
    yield line
    yield from wrapped(_schools(schools), _WIDTH, "  ", "    ")


def changes(plan: Plan, found: Iterable[Since]) -> Iterator[str]:
    """Give the lines that show what would be approved, against what was approved last."""
    for each in found:
        yield ""
        yield from wrapped(_schools(each.schools), _WIDTH)
        match each.state, each.approval:
            case "first", _:
                yield "The first approval in the register: there is nothing to compare with."
            case "same", approval if approval:
                yield f"The same words as were approved by {approval_named(approval)}."
            case "lost", approval if approval:
                yield from wrapped(_why_lost(approval), _WIDTH)
            case _:
                yield from _changed(plan, each)


def _why_lost(approval: Approval) -> str:
    name = f"version {approval.version}, approved by {approval_named(approval)}"
    why = (
        "That was before the register, which doesn't know the wording."
        if UNKNOWN in approval.wording.values()
        else "Its wording was not found in git: not where the register was changed, not at the "
        "day of the approval, and not at a tag."
    )
    return f"What changed since {name} can't be shown. {why}"


def _changed(plan: Plan, found: Since) -> Iterator[str]:
    review, approval = found.review, found.approval
    if review is None or approval is None:
        return
    names = Names(plan.library, plan.library)
    yield (
        f"{plural(len(found.rules), 'change')} since version {approval.version}, approved by "
        f"{approval_named(approval)}"
    )
    for change in found.rules:
        texts = change_data(change)
        schools = names.schools(review, change.policy_id, change.schools)
        yield ""
        yield f"  {change.title}"
        yield f"    {told(change, schools if len(review.documents) > 1 else '')}"
        old, new = (str(texts[side] or "").split("\n") for side in ("old", "new"))
        yield from _lines("- ", [line for line in old if line not in new])
        yield from _lines("+ ", [line for line in new if line not in old])


def _lines(sign: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from wrapped(line, _WIDTH, f"    {sign}", "      ")


def _schools(schools: Iterable[SchoolId]) -> str:
    names = [school or "trust" for school in schools]
    return f"{plural(len(names), 'school')}: {', '.join(names)}" if len(names) > 1 else names[0]
