"""A URN that can't be one.

Why: The unique reference number of a school in England has six digits. It is how registers
and inspectors tell schools of one name apart.

Bad:
    # schools/alder.yaml
    urn: "10001"

Good:
    # schools/alder.yaml
    urn: "100001"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


_URN = re.compile(r"[1-9][0-9]{5}\Z")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each that has not six digits, the first of them no zero."""
    for school in subject.library.schools.values():
        if school.urn is not None and not _URN.match(school.urn):
            message = f"“{school.urn}” is no URN: six digits"
            hint = "Look the school up in Get Information about Schools."
            yield Diagnostic("urn-shape", message, school.urn.span, hint, Severity.WARNING)
