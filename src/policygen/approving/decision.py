"""What a board decided about a policy, and what of it goes into the approval register."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.assemble.facts import (
    approval_named,
    approval_of,
    approved_before,
    registered,
)
from policygen.assemble.targets import Asked
from policygen.assemble.wording import day_with_preposition, listing
from policygen.build import survey
from policygen.diagnostics import Diagnostic, did_you_mean
from policygen.model.policies import UNKNOWN, Approval
from policygen.model.texts import Id, Month, SourceText, first_day, last_day
from policygen.versions.state import having

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from policygen.build import Report
    from policygen.document import Document
    from policygen.model.library import Library
    from policygen.versions.records import SchoolId


class WrongUseError(Exception):
    """A decision that can't be meant: a date, a school or a policy there is not."""


class NotApprovedError(Exception):
    """A policy that can't be approved as it stands; ``faults`` say why, beside the message."""

    def __init__(
        self,
        message: str,
        faults: Iterable[Diagnostic] = (),
        texts: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.faults = tuple(faults)
        self.texts = texts or {}


@dataclass(frozen=True, slots=True)
class Decision:
    """Who approved a policy, on which day, and where that is minuted.

    ``schools`` are those whose wording it was, all where empty, ``trust`` for the trust's own
    document. ``again`` means that wording approved before was approved once more, as at a
    yearly review. ``past`` means one from before the register, of a wording nobody can tell
    any more, and of ``version``, where that is given.
    """

    policy_id: str
    by: str
    on: dt.date | Month
    minute: str = ""
    schools: tuple[str, ...] = ()
    again: bool = False
    past: bool = False
    version: str = ""


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
    _check_day(decision, today)
    asked = Asked(frozenset(decision.schools), frozenset((decision.policy_id,)))
    library, report = survey(source, asked=asked)
    if library is None:
        message = "trust.yaml can't be read, so nothing can be approved"
        raise NotApprovedError(message, _errors(report), report.texts)
    schools = _schools(library, decision, report)
    documents = _documents(library, decision, schools, report)
    if decision.past:
        return _of_the_past(library, decision, documents)
    return _of_now(library, decision, documents)


# What can't be meant -------------------------------------------------------------


def _check_day(decision: Decision, today: dt.date) -> None:
    on = decision.on
    if isinstance(on, Month) and not decision.past:
        message = (
            f"“{on}” is a month. Give the day of the approval, as 2026-10-12; only an approval "
            "from before the register (--past) may have a month"
        )
        raise WrongUseError(message)
    if first_day(on) > today:
        message = f"{on} is in the future: an approval is recorded once it has been given"
        raise WrongUseError(message)


def _schools(library: Library, decision: Decision, report: Report) -> list[SchoolId]:
    """Give the schools that are decided about."""
    policy_id = decision.policy_id
    if f"policies/{policy_id}" in library.unreadable:
        message = f"policies/{policy_id}.yaml has errors"
        raise NotApprovedError(message, _errors(report), report.texts)
    if policy_id not in library.policies:
        known = [*library.policies, *_unread(library, "policies")]
        hint = did_you_mean(policy_id, known, f"There are: {', '.join(known) or 'none'}.")
        message = f"there is no policy “{policy_id}”. {hint}"
        raise WrongUseError(message)
    there = having(library, policy_id)
    named = [school or "trust" for school in there]
    unread = _unread(library, "schools")
    of_trust = library.policies[policy_id].level == "trust"
    if not decision.schools:
        if unread and not of_trust:
            message = (
                f"schools/{unread[0]}.yaml has errors, so nobody can tell whether that school "
                "has the policy; name the schools with --school to go on without it"
            )
            raise NotApprovedError(message, _errors(report), report.texts)
        if not there:
            message = f"no school has the policy “{policy_id}”: list it in a school's `policies:`"
            raise NotApprovedError(message)
        return there
    for school in decision.schools:
        if school in unread:
            message = f"schools/{school}.yaml has errors"
            raise NotApprovedError(message, _errors(report), report.texts)
        if school not in named:
            raise WrongUseError(_no_such_school(school, named, library, policy_id))
    return [school for school in there if (school or "trust") in decision.schools]


def _no_such_school(school: str, named: list[str], library: Library, policy_id: str) -> str:
    if named == ["trust"] and school in library.schools:
        return (
            f"“{policy_id}” is a policy of the trust, with one document for all schools: leave "
            "--school out, or say --school trust"
        )
    if school in library.schools:
        return f"the school “{school}” doesn't have the policy “{policy_id}”"
    if school == "trust":
        return f"“{policy_id}” is a policy of each school: leave --school out, or name schools"
    hint = did_you_mean(school, named, f"These have the policy: {', '.join(named) or 'none'}.")
    return f"there is no school “{school}”. {hint}"


def _unread(library: Library, folder: str) -> list[str]:
    pairs = (name.partition("/") for name in library.unreadable)
    return sorted(name for root, _, name in pairs if root == folder and name)


# What can't be approved ----------------------------------------------------------


def _documents(
    library: Library, decision: Decision, schools: list[SchoolId], report: Report
) -> dict[SchoolId, Document]:
    """Give the documents that are decided about, none of which has an error."""
    found: dict[SchoolId, Document] = {}
    broken: list[str] = []
    touched: set[str] = set()
    for target in report.targets:
        if target.school_id not in schools or target.id != decision.policy_id:
            continue
        if target.document is not None and target.sound:
            found[target.school_id] = target.document
        else:
            broken.append(target.school_id or "trust")
            touched.add(target.name)
    if broken:
        message = f"“{decision.policy_id}” has errors at {listing(broken)}"
        if found and not decision.schools:
            message += "; mend them, or name the other schools with --school"
        raise NotApprovedError(message, _errors(report, touched), report.texts)
    policy = library.policies[decision.policy_id]
    without = [key or "trust" for key, document in found.items() if not document.version]
    if without and not decision.past:
        told = f"“{decision.policy_id}” needs a version before it is approved"
        hint = 'Add a line such as version: "1.0".'
        fault = Diagnostic("missing-version", told, policy.span, hint)
        message = f"“{decision.policy_id}” has no version at {listing(without)}"
        raise NotApprovedError(message, [fault], report.texts)
    gone = [key or "trust" for key, document in found.items() if document.mark == "WITHDRAWN"]
    if gone and not decision.past:
        message = (
            f"the policy has been withdrawn at {listing(gone)}; give it another `status:` before "
            "it is approved, or name the other schools with --school"
        )
        raise NotApprovedError(message)
    return {school: found[school] for school in schools}


def _errors(report: Report, touched: Iterable[str] = ()) -> list[Diagnostic]:
    names = set(touched)
    return [
        fault
        for fault in report.diagnostics
        if fault.is_error and (not fault.documents or names.intersection(fault.documents))
    ]


# What goes into the register -----------------------------------------------------


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
