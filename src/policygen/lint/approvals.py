"""The approval register: policies and schools it names, and the shape of fingerprints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.assemble.context import unknown
from policygen.diagnostics import Diagnostic, Severity, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.library import Library

_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}…?\Z")


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell approvals of what there is not, and fingerprints that can't be any."""
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
                known = school_id in library.schools or school_id == "trust"
                if not known and f"schools/{school_id}" not in library.unreadable:
                    where = f"schools/{school_id}.yaml"
                    fault = unknown("school", school_id, library.schools, school_id.span, where)
                    yield fault
                if not _FINGERPRINT.match(wording):
                    message = f"“{wording}” is no fingerprint: eight or more of 0-9 and a-f"
                    hint = "Let the approving command write the register."
                    yield Diagnostic("bad-fingerprint", message, wording.span, hint)
