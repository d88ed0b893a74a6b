"""How every policy of every school stands: a row for each, with what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.assemble.facts import (
    approval_of,
    approved_wording,
    last_review,
    next_review,
    policy_value,
    register_rules,
    registered,
)
from policygen.assemble.fill import Filler
from policygen.diagnostics import plural
from policygen.model.policies import UNKNOWN
from policygen.model.texts import first_day, last_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from policygen.assemble.targets import Target
    from policygen.document import Document
    from policygen.model.library import Library
    from policygen.model.policies import Approval
    from policygen.model.texts import Day

NO_VERSION = "no version"
NO_APPROVER = "no approver"
NO_REVIEW = "no review date"
NOT_APPROVED = "not approved"
CHANGED = "wording changed since approval"
OVERDUE = "review overdue"
IN_FUTURE = "approval dated in the future"


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval as a policy has it: when, by whom, of which version, where minuted.

    ``current`` is whether it is of the wording as it is now. Names are "" where nobody
    wrote them.
    """

    on: Day
    by: str = ""
    version: str = ""
    minute: str = ""
    current: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A policy at a school; ``school_id`` is None for a policy of the trust itself.

    ``status`` is as printed, "" for a document with errors; ``reason`` why it is a draft.
    ``approved`` is the last approval, of whatever wording. ``due`` is the day by which the
    next review is due, ``days_left`` how many days that is from the day of asking, negative
    where it has passed. ``missing`` says in words what is amiss. ``changed_on`` is the last
    day on which anything was decided about it: reviewed, approved, adopted.
    """

    school_id: str | None
    school: str
    policy_id: str
    title: str
    version: str = ""
    status: str = ""
    reason: str = ""
    approved: Approved | None = None
    adopted: Day | None = None
    adopted_by: str = ""
    next_review: Day | None = None
    days_left: int | None = None
    missing: tuple[str, ...] = ()
    errors: int = 0
    withdrawn: bool = False
    changed_on: dt.date | None = None

    @property
    def due(self) -> dt.date | None:
        """The day by which the next review is due."""
        return last_day(self.next_review) if self.next_review else None

    @property
    def overdue(self) -> bool:
        """Whether the day of the review has passed."""
        return self.days_left is not None and self.days_left < 0


def rows(library: Library, targets: Iterable[Target], as_of: dt.date) -> Iterator[Row]:
    """Give a row for each policy of each school, in the order of the targets.

    A school whose file has errors has one row, without a policy.
    """
    for target in targets:
        if target.kind == "policy" and (target.document is not None or _broken(target)):
            yield _row(library, target, as_of)
    for name in sorted(library.unreadable):
        folder, _, school_id = name.partition("/")
        if folder == "schools":
            yield Row(school_id, school_id, "", "", missing=(f"{name}.yaml has errors",), errors=1)


def _broken(target: Target) -> bool:
    return any(fault.is_error for fault in target.diagnostics)


def _row(library: Library, target: Target, as_of: dt.date) -> Row:
    school = library.schools[target.school_id].name if target.school_id else library.trust.name
    errors = sum(fault.is_error for fault in target.diagnostics)
    document = target.document
    if document is None:
        told = (plural(errors, "error"),)
        return Row(target.school_id, str(school), target.id, target.id, missing=told, errors=errors)
    context = Context(library, target.school_id, target.id)
    approval = approval_of(context, document.fingerprint)
    approved = _approved(context, document, approval)
    review = next_review(context)
    withdrawn = document.mark == "WITHDRAWN"
    days = (last_day(review) - as_of).days if review and not withdrawn else None
    adopted: Day | None = context.policy_field("adopted") if target.school_id else None
    decided = [approved.on if approved else None, adopted, last_review(context)]
    row = Row(
        school_id=target.school_id,
        school=str(school),
        policy_id=target.id,
        title=document.plain_title,
        version=document.version,
        status="" if errors else document.status,
        reason=target.reason,
        approved=approved,
        adopted=adopted,
        adopted_by=_words(context, "adopted_by") if target.school_id else "",
        next_review=review,
        days_left=days,
        errors=errors,
        withdrawn=withdrawn,
        changed_on=max((last_day(day) for day in decided if day), default=None),
    )
    return row if withdrawn and not errors else _with_missing(row, context, as_of)


def _approved(context: Context, document: Document, approval: Approval | None) -> Approved | None:
    last = registered(context)
    if last:
        return Approved(
            last.approved,
            str(last.by),
            str(last.version),
            str(last.minute or ""),
            current=approval is last or (not register_rules(context) and not document.mark),
        )
    written: Day | None = context.policy_field("approved")
    if written is None or register_rules(context) or document.mark == "DRAFT":
        return None
    return Approved(written, _words(context, "approver"), document.version)


def _words(context: Context, name: str) -> str:
    """Give a fact of the policy as it is printed."""
    found = policy_value(context, name)
    return "" if found is None else Filler(context).text(found)


def _with_missing(row: Row, context: Context, as_of: dt.date) -> Row:
    found = []
    if row.errors:
        found.append(plural(row.errors, "error"))
    if not row.version:
        found.append(NO_VERSION)
    if context.policy_field("approver") is None and registered(context) is None:
        found.append(NO_APPROVER)
    if row.approved is None or not row.approved.current:
        known = approved_wording(context) not in {"", UNKNOWN}
        found.append(CHANGED if known else NOT_APPROVED)
    elif row.approved.version not in {"", row.version}:
        found.append(f"approved as version {row.approved.version}")
    if row.approved and first_day(row.approved.on) > as_of:
        found.append(IN_FUTURE)
    if row.next_review is None:
        found.append(NO_REVIEW)
    elif row.overdue:
        found.append(OVERDUE)
    return replace(row, missing=tuple(found))
