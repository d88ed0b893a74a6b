"""A setting or a reference whose `recheck` day has passed.

Why: Whoever wrote the day knew that the fact behind it would change: an age limit, an edition,
a start date. Until somebody looks, nobody knows whether the documents are right.

Bad:
    # references.yaml
    kcsie:
      title: Keeping children safe in education
      edition: "2026"
      recheck: 2026-09-01

Good:
    # references.yaml
    kcsie:
      title: Keeping children safe in education
      edition: "2026"
      recheck: 2027-09-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.reviews import by_day
from policygen.diagnostics import Diagnostic, Severity
from policygen.model.texts import last_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.model.trust import Reference, Setting


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each at its date."""
    library = subject.library
    records: list[tuple[str, Setting | Reference]] = [
        *((f"the setting “{name}”", setting) for name, setting in library.settings.items()),
        *((f"“{name}”", reference) for name, reference in library.references.items()),
    ]
    for what, record in records:
        if record.recheck is not None and last_day(record.recheck) < subject.as_of:
            message = f"{what} was to be looked at again {by_day(record.recheck)}"
            hint = "Look whether it still holds, and write the next day to look."
            span = record.at("recheck")
            yield Diagnostic("recheck-passed", message, span, hint, Severity.WARNING)
