"""What a policy is at a school: status, dates, officers; written and computed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.assemble.wording import add_period, day_with_preposition
from policygen.model.policies import UNKNOWN
from policygen.model.texts import Id, Line, Month

if TYPE_CHECKING:
    from policygen.assemble.context import Context, Found
    from policygen.model.policies import Approval

Day: TypeAlias = dt.date | Month

DUE_SOON_DAYS = 60
"""A review is due soon from so many days before it."""

STATUS_WORDS = {
    "draft": "Draft",
    "consultation": "For consultation",
    "final": "Final",
    "approved": "Approved",
    "withdrawn": "Withdrawn",
}
"""How a status is printed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands: its status as printed, its mark, why it is a draft."""

    status: str
    mark: Literal["DRAFT", "WITHDRAWN", ""]
    reason: str = ""


def written_status(context: Context) -> str:
    """Give the status the source states; a policy that states none is a draft."""
    return str(context.policy_field("status") or "draft")


def registered(context: Context) -> Approval | None:
    """Give the register's last entry for this school, None where it has none."""
    key = context.school_id or "trust"
    entries = context.library.approvals.get(context.policy_id or "", ())
    return next((entry for entry in reversed(entries) if key in entry.wording), None)


def approved_wording(context: Context) -> str:
    """Give the fingerprint, or its beginning, that the register last approved for this school.

    Empty where it has none, ``UNKNOWN`` for an approval from before the register.
    """
    entry = registered(context)
    return str(entry.wording[Id(context.school_id or "trust")]) if entry else ""


def approval_of(context: Context, fingerprint: str) -> Approval | None:
    """Give the register's entry that approved just this wording."""
    approved = approved_wording(context)
    shortest = 8
    if len(approved) >= shortest and fingerprint.startswith(approved.rstrip("…")):
        return registered(context)
    return None


def register_rules(context: Context) -> bool:
    """Whether the register says which wording of this policy is approved.

    One that only tells of approvals from before it does not: their wording isn't known.
    """
    entries = context.library.approvals.get(context.policy_id or "", ())
    return any(word != UNKNOWN for entry in entries for word in entry.wording.values())


def standing(context: Context, fingerprint: str) -> Standing:
    """Say how the document with this wording stands."""
    status = written_status(context)
    if status == "withdrawn":
        return Standing(STATUS_WORDS[status], "WITHDRAWN", "This policy has been withdrawn.")
    if register_rules(context):
        if approval_of(context, fingerprint):
            return Standing(STATUS_WORDS["approved"], "")
        return Standing(STATUS_WORDS["draft"], "DRAFT", _why_not_approved(context))
    if status == "final":
        return Standing(STATUS_WORDS["final"], "")
    if status == "consultation":
        reason = "This document is out for consultation and has not been approved."
        return Standing(STATUS_WORDS[status], "DRAFT", reason)
    return Standing(STATUS_WORDS["draft"], "DRAFT", "This document has not been approved.")


def _why_not_approved(context: Context) -> str:
    last = registered(context)
    if last is None:
        return "The approval register holds no approval of this document."
    done = f"{last.by} approved {day_with_preposition(last.approved)}"
    if approved_wording(context) == UNKNOWN:
        return f"The register does not know the wording that {done}."
    return f"The wording differs from the one that {done}."


def approval_named(approval: Approval) -> str:
    """Give who, when and where: "Trust Board on 12 October 2026 (TB/26/41)"."""
    minute = f" ({approval.minute})" if approval.minute else ""
    return f"{approval.by} {day_with_preposition(approval.approved)}{minute}"


def differ(one: str | None, other: str | None) -> bool:
    """Whether two fingerprints of the register, which may be cut, are of two wordings."""
    if one is None or other is None or UNKNOWN in {one, other}:
        return False
    first, second = one.rstrip("…"), other.rstrip("…")
    return not (first.startswith(second) or second.startswith(first))


def approved_before(context: Context, version: str, fingerprint: str) -> Approval | None:
    """Give the last approval that this school has of this version with other words."""
    key = Id(context.school_id or "trust")
    entries = context.library.approvals.get(context.policy_id or "", ())
    return next(
        (
            entry
            for entry in reversed(entries)
            if str(entry.version) == version and differ(entry.wording.get(key), fingerprint)
        ),
        None,
    )


def approval_told(context: Context) -> Approval | None:
    """Give the approval that a document tells of: that of its wording or, where the register
    knows no wording of the policy, the last one from before the register."""
    return context.approval if register_rules(context) else registered(context)


def approved_on(context: Context) -> Day | None:
    """Give the date of approval: the register's where it has the policy, else as written."""
    if told := approval_told(context):
        return told.approved
    found: Day | None = None if register_rules(context) else context.policy_field("approved")
    return found


def last_review(context: Context) -> Day | None:
    """Give the last review: as written, else the register's last approval."""
    found: Day | None = context.policy_field("last_review")
    if found is None and (entry := registered(context)):
        return entry.approved
    return found


def next_review(context: Context) -> Day | None:
    """Give the next review: as written, else counted from the approval.

    An approval in the register counts even where the wording has changed since; the
    nearest layer (school before policy) that says either rules.
    """
    for layer in (context.entry, context.policy):
        if layer is None:
            continue
        if layer.next_review is not None:
            return layer.next_review
        if layer.review_every is not None:
            break
    period = context.policy_field("review_every")
    entry = registered(context)
    start: Day | None = entry.approved if entry else context.policy_field("approved")
    return add_period(start, str(period)) if start and period else None


def approver_words(context: Context) -> str:
    """Give who approved this wording, as the register has it: an officer with name and post."""
    by = str(context.approval.by) if context.approval else ""
    officer = context.officer(by)
    return officer.text if officer else by


def policy_value(context: Context, name: str) -> Found | None:
    """Give a policy's fact by its name in texts and control tables, None where unset.

    Lines come back as they are written; whoever prints them fills them.
    """
    found: Found | None
    match name:
        case "status":
            found = "approved" if context.approval else written_status(context)
        case "approved":
            found = approved_on(context)
        case "last_review":
            found = last_review(context)
        case "next_review":
            found = next_review(context)
        case "id":
            found = context.policy_id
        case "approver":
            found = context.policy_field("approver")
            if found is None and (told := approval_told(context)):
                by = str(told.by)
                found = context.officer(by) or by
        case _:
            found = context.policy_field(name)
    if isinstance(found, Line) and (officer := context.officer(str(found))):
        return officer
    return found
