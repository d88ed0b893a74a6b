"""What of a decision goes into the approval register."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygen.approving.checks import check_day, documents_of, errors, schools_of
from policygen.approving.decision import NotApprovedError, WrongUseError
from policygen.assemble.context import Context
from policygen.assemble.facts import (
    approval_named,
    approval_of,
    approved_before,
    registered,
)
from policygen.assemble.targets import Asked
from policygen.assemble.wording import day_with_preposition
from policygen.model.policies import UNKNOWN, Approval
from policygen.model.texts import Id, SourceText, first_day, last_day
from policygen.survey import survey

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from policygen.approving.decision import Decision
    from policygen.document import Document
    from policygen.model.library import Library
    from policygen.model.texts import Month
    from policygen.versions.records import SchoolId


@dataclass(frozen=True, slots=True)
class Plan:
    """What of a decision goes into the register: ``approvals``, one for each version.

    ``already`` are the approvals that stand, of schools for which there is nothing to do;
    ``doubtful`` are earlier ones of a school's version in other words. ``documents``
    are those that are decided about. ``version_guessed`` is whether nothing says which version
    a past approval was of, so that the policy's own is taken.
    """

    decision: Decision
    library: Library
    approvals: tuple[Approval, ...] = ()
    already: dict[SchoolId, Approval] = field(default_factory=dict)
    doubtful: dict[SchoolId, Approval] = field(default_factory=dict)
    documents: dict[SchoolId, Document] = field(default_factory=dict)
    version_guessed: bool = False

    @property
    def to_do(self) -> dict[SchoolId, Document]:
        """The documents that an approval is written for."""
        return {key: made for key, made in self.documents.items() if key not in self.already}

    @property
    def recorded_before(self) -> bool:
        """Whether the register has all of just this decision."""
        decision = self.decision
        return not self.approvals and all(
            (str(each.by), each.approved, str(each.minute or ""))
            == (decision.by, decision.on, decision.minute)
            for each in self.already.values()
        )


def planned(source: Path, decision: Decision, today: dt.date) -> Plan:
    """Give what of a decision goes into the register of a source folder; write nothing.

    Raises ``WrongUseError`` and ``NotApprovedError``.
    """
    check_day(decision, today)
    asked = Asked(frozenset(decision.schools), frozenset((decision.policy_id,)))
    library, report = survey(source, asked=asked)
    if library is None:
        message = "trust.yaml can't be read, so nothing can be approved"
        raise NotApprovedError(message, errors(report), report.texts)
    schools = schools_of(library, decision, report)
    documents = documents_of(library, decision, schools, report)
    if decision.past:
        return _of_the_past(library, decision, documents)
    return _of_now(library, decision, documents)


def _of_now(library: Library, decision: Decision, documents: dict[SchoolId, Document]) -> Plan:
    """Plan the approval of the wording as it is."""
    already: dict[SchoolId, Approval] = {}
    doubtful: dict[SchoolId, Approval] = {}
    versions: dict[str, dict[str, str]] = {}
    for school_id, document in documents.items():
        context = Context(library, school_id, decision.policy_id)
        last = registered(context)
        if last and last_day(decision.on) < first_day(last.approved):
            message = (
                f"{decision.on} is before the last approval of {school_id or 'trust'}, by "
                f"{approval_named(last)}"
            )
            raise WrongUseError(message)
        same = approval_of(context, document.fingerprint)
        if same and str(same.version) == document.version and not decision.again:
            already[school_id] = same
            continue
        versions.setdefault(document.version, {})[school_id or "trust"] = document.fingerprint
        earlier = approved_before(context, document.version, document.fingerprint)
        if earlier:
            doubtful[school_id] = earlier
    approvals = tuple(
        _approval(decision, version, wording) for version, wording in versions.items()
    )
    return Plan(decision, library, approvals, already, doubtful, documents)


def _of_the_past(library: Library, decision: Decision, documents: dict[SchoolId, Document]) -> Plan:
    """Plan an approval from before the register."""
    already: dict[SchoolId, Approval] = {}
    versions: dict[str, dict[str, str]] = {}
    guessed = False
    for school_id in documents:
        key = Id(school_id or "trust")
        context = Context(library, school_id, decision.policy_id)
        version = decision.version or _version_then(context, decision.on)
        if not version:
            version, guessed = str(context.policy_field("version") or ""), True
        if not version:
            message = "nobody can tell which version that was: give it with --version"
            raise WrongUseError(message)
        wanted = _approval(decision, version, {key: UNKNOWN})
        for each in library.approvals.get(decision.policy_id, ()):
            word = each.wording.get(key, UNKNOWN)
            if word != UNKNOWN and first_day(each.approved) <= last_day(decision.on):
                message = (
                    f"the register has an approval of {key} by {approval_named(each)}, so one "
                    f"{day_with_preposition(decision.on)} is not from before it: leave out --past"
                )
                raise WrongUseError(message)
            if key in each.wording and _same(each, wanted):
                already[school_id] = each
        if school_id not in already:
            versions.setdefault(version, {})[key] = UNKNOWN
    approvals = tuple(
        _approval(decision, version, wording) for version, wording in versions.items()
    )
    return Plan(decision, library, approvals, already, {}, documents, guessed)


def _version_then(context: Context, on: dt.date | Month) -> str:
    """Give the version that a policy's history has for a time, "" where it has none."""
    rows = [
        row for row in context.policy_field("history") or () if first_day(row.date) <= last_day(on)
    ]
    latest = max(rows, key=lambda row: last_day(row.date), default=None)
    return str(latest.version) if latest else ""


def _same(one: Approval, other: Approval) -> bool:
    names = ("version", "approved", "by", "minute")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _approval(decision: Decision, version: str, wording: Mapping[str, str]) -> Approval:
    return Approval(
        version=SourceText(version),
        approved=decision.on,
        by=SourceText(decision.by),
        minute=SourceText(decision.minute) if decision.minute else None,
        wording={Id(key): SourceText(digits) for key, digits in wording.items()},
    )
