"""What a policy is at a school: status, dates, officers; written and computed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.assemble.wording import add_period, day_in_words
from policygen.model.texts import Line, Month

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


def approval_of(context: Context, fingerprint: str) -> Approval | None:
    """Give the register's entry that approved just this wording."""
    key = context.school_id or "trust"
    entry = registered(context)
    approved = str(entry.wording[key]) if entry else ""  # type: ignore[index]
    shortest = 8
    if entry and len(approved) >= shortest and fingerprint.startswith(approved.rstrip("…")):
        return entry
    return None


def standing(context: Context, fingerprint: str) -> Standing:
    """Say how the document with this wording stands."""
    status = written_status(context)
    if status == "withdrawn":
        return Standing(STATUS_WORDS[status], "WITHDRAWN", "This policy has been withdrawn.")
    if context.policy_id in context.library.approvals:
        if approval_of(context, fingerprint):
            return Standing(STATUS_WORDS["approved"], "")
        last = registered(context)
        if last is None:
            reason = "The approval register holds no approval of this document."
        else:
            when = day_in_words(last.approved)
            reason = f"The wording differs from the one that {last.by} approved in {when}."
            if isinstance(last.approved, dt.date):
                reason = reason.replace(f"in {when}", f"on {when}")
        return Standing(STATUS_WORDS["draft"], "DRAFT", reason)
    if status == "final":
        return Standing(STATUS_WORDS["final"], "")
    if status == "consultation":
        reason = "This document is out for consultation and has not been approved."
        return Standing(STATUS_WORDS[status], "DRAFT", reason)
    return Standing(STATUS_WORDS["draft"], "DRAFT", "This document has not been approved.")


def approved_on(context: Context) -> Day | None:
    """Give the date of approval: the register's where it has the policy, else as written."""
    if context.policy_id in context.library.approvals:
        return context.approval.approved if context.approval else None
    found: Day | None = context.policy_field("approved")
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
            if found is None and context.approval:
                by = str(context.approval.by)
                found = context.officer(by) or by
        case _:
            found = context.policy_field(name)
    if isinstance(found, Line) and (officer := context.officer(str(found))):
        return officer
    return found
