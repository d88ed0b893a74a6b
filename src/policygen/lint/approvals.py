"""The approval register: what it names, its order, the shape of its fingerprints."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from policygen.assemble.context import unknown
from policygen.assemble.facts import approval_named, differ
from policygen.diagnostics import Diagnostic, Severity, Span, did_you_mean, nearest
from policygen.model.policies import UNKNOWN
from policygen.model.texts import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygen.model.library import Library
    from policygen.model.policies import Approval
    from policygen.model.texts import Id

_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}…?\Z")

_FEW = 6
"""So many schools are named in one message."""


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell approvals of what there is not, fingerprints that can't be any, wrong order, and
    versions that were approved with two wordings."""
    for policy_id, approvals in library.approvals.items():
        if policy_id not in library.policies and f"policies/{policy_id}" not in library.unreadable:
            message = f"this register is of “{policy_id}”, and there is no such policy"
            hint = did_you_mean(
                policy_id, library.policies, "Rename the file, or keep it as a record."
            )
            span = Span(f"approvals/{policy_id}.yaml")
            yield Diagnostic("unknown-policy", message, span, hint, Severity.WARNING)
        for approval in approvals:
            for school_id, wording in approval.wording.items():
                yield from _school(library, policy_id, school_id)
                if wording != UNKNOWN and not _FINGERPRINT.match(wording):
                    message = f"“{wording}” is no fingerprint: eight or more of 0-9 and a-f"
                    hint = "Let `policygen approve` write the register."
                    yield Diagnostic("bad-fingerprint", message, wording.span, hint)
            if not approval.wording:
                message = "this approval names no school, so it approves nothing"
                hint = "Let `policygen approve` write the register."
                span = approval.at("version")
                yield Diagnostic("approves-nothing", message, span, hint, Severity.WARNING)
        yield from _order(approvals)
        yield from _two_wordings(approvals)


def _school(library: Library, policy_id: str, school_id: Id) -> Iterator[Diagnostic]:
    """Tell a school there is not, and a level that the policy doesn't have."""
    policy = library.policies.get(policy_id)
    if school_id != "trust" and school_id not in library.schools:
        if f"schools/{school_id}" in library.unreadable:
            return
        if nearest(school_id, library.schools):
            where = f"schools/{school_id}.yaml"
            yield unknown("school", school_id, library.schools, school_id.span, where)
        else:
            message = f"there is no school “{school_id}”"
            hint = "If it has left the trust, leave its approval as a record; else mend the id."
            yield Diagnostic("unknown-school", message, school_id.span, hint, Severity.WARNING)
    elif policy and (school_id == "trust") != (policy.level == "trust"):
        message = (
            f"“{policy_id}” is a policy of the trust, so “{school_id}” has no wording of it"
            if policy.level == "trust"
            else f"“{policy_id}” is a policy of each school, so the trust has no wording of it"
        )
        hint = "Look whether the policy's `level:` has changed; what was approved stays a record."
        yield Diagnostic("approval-level", message, school_id.span, hint, Severity.WARNING)


def _order(approvals: Sequence[Approval]) -> Iterator[Diagnostic]:
    """Tell approvals that stand below a later one: the last one of a school is the one that
    counts."""
    for above, approval in itertools.pairwise(approvals):
        if last_day(approval.approved) < first_day(above.approved):
            message = (
                f"this approval is of {approval.approved}, and the one above it of "
                f"{above.approved}: the register's last one is the one that counts"
            )
            hint = "Put the approvals in order, the oldest first."
            yield Diagnostic("approval-order", message, approval.at("approved"), hint)


def _two_wordings(approvals: Sequence[Approval]) -> Iterator[Diagnostic]:
    """Tell a version whose approval that counts is of other words than an earlier one."""
    last = {
        str(school_id): number
        for number, approval in enumerate(approvals)
        for school_id in approval.wording
    }
    for number, approval in enumerate(approvals):
        for earlier in reversed(approvals[:number]):
            if str(earlier.version) != str(approval.version):
                continue
            schools = [
                school_id
                for school_id, wording in approval.wording.items()
                if last[school_id] == number and differ(earlier.wording.get(school_id), wording)
            ]
            if schools:
                named = schools if len(schools) <= _FEW else [f"{len(schools)} schools"]
                message = (
                    f"{', '.join(named)}: version {approval.version} was approved before with "
                    f"other words, by {approval_named(earlier)}"
                )
                hint = "Give the policy a new version number and have that approved."
                span = approval.at("version")
                yield Diagnostic("version-approved-twice", message, span, hint, Severity.WARNING)
                break
