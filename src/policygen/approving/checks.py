"""Decisions that can't go into the register: what can't be meant, and what isn't fit for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.approving.decision import NotApprovedError, WrongUseError
from policygen.assemble.wording import listing
from policygen.diagnostics import Diagnostic, did_you_mean
from policygen.model.texts import Month, first_day
from policygen.versions.state import having

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from policygen.approving.decision import Decision
    from policygen.document import Document
    from policygen.model.library import Library
    from policygen.survey import Survey
    from policygen.versions.records import SchoolId


def check_day(decision: Decision, today: dt.date) -> None:
    """Raise ``WrongUseError`` for a day on which nothing can have been approved yet, and for a
    month where a day is wanted."""
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


def schools_of(library: Library, decision: Decision, report: Survey) -> list[SchoolId]:
    """Give the schools that are decided about.

    Raises ``WrongUseError`` for a policy or school there is not, and ``NotApprovedError`` where
    a file that would tell has errors.
    """
    policy_id = decision.policy_id
    if f"policies/{policy_id}" in library.unreadable:
        message = f"policies/{policy_id}.yaml has errors"
        raise NotApprovedError(message, errors(report), report.texts)
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
            raise NotApprovedError(message, errors(report), report.texts)
        if not there:
            message = f"no school has the policy “{policy_id}”: list it in a school's `policies:`"
            raise NotApprovedError(message)
        return there
    for school in decision.schools:
        if school in unread:
            message = f"schools/{school}.yaml has errors"
            raise NotApprovedError(message, errors(report), report.texts)
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


def documents_of(
    library: Library, decision: Decision, schools: list[SchoolId], report: Survey
) -> dict[SchoolId, Document]:
    """Give the documents that are decided about.

    Raises ``NotApprovedError`` where one has an error, no version, or is withdrawn.
    """
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
        raise NotApprovedError(message, errors(report, touched), report.texts)
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


def errors(report: Survey, touched: Iterable[str] = ()) -> list[Diagnostic]:
    """Give the errors that belong to no document, and those of the documents named."""
    names = set(touched)
    return [
        fault
        for fault in report.diagnostics
        if fault.is_error and (not fault.documents or names.intersection(fault.documents))
    ]
