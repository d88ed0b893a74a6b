"""A school that has not opened yet.

Why: Its documents are built before it has a governing board to adopt them, and often before
its officers and its URN are known.

Bad:
    # schools/alder.yaml
    opens: 2027-09-01

Good:
    # schools/alder.yaml
    opens: 2026-09-01
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
    """Tell each school whose `opens:` is still to come."""
    for school in subject.library.schools.values():
        if school.opens is not None and last_day(school.opens) > subject.as_of:
            message = f"{school.short_name or school.name} opens {by_day(school.opens)}"
            hint = "Note on the line why it is here already: # policygen: ignore …"
            span = school.at("opens")
            yield Diagnostic("school-not-yet-open", message, span, hint, Severity.WARNING)
