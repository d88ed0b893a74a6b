"""A school that has closed.

Why: Its documents are built, signed and reviewed as if it were open, and its name stands on
the trust's pages.

Bad:
    # schools/alder.yaml
    closes: 2026-08-31

Good:
    # schools/alder.yaml
    closes: 2027-08-31
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.reviews import by_day
from policygen.diagnostics import Diagnostic, Severity
from policygen.model.texts import last_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each school whose `closes:` has passed."""
    for school in subject.library.schools.values():
        if school.closes is not None and last_day(school.closes) < subject.as_of:
            message = f"{school.short_name or school.name} closed {by_day(school.closes)}"
            hint = "Keep its documents for the record, and take its file out."
            span = school.at("closes")
            yield Diagnostic("closed-school", message, span, hint, Severity.WARNING)
