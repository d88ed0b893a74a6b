"""A policy whose next review has passed.

Why: Inspectors and auditors look at the review date first. A policy after its date may rest
on law and guidance that are no longer in force.

Bad:
    # policies/conduct.yaml
    next_review: 2026-09-01

Good:
    # policies/conduct.yaml
    next_review: 2027-09-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.reviews import reviews

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

NEEDS_DOCUMENTS = True


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each date that has passed, with the schools for which it holds."""
    for review in reviews(subject):
        if review.due < subject.as_of:
            message = f"the review of “{review.policy_id}” {review.at} was due {review.when}"
            hint = "Review it and write the next date, or set `status: withdrawn`."
            yield review.finding("overdue-review", message, hint)
