"""A policy whose next review is due within 60 days.

Why: A review takes a consultation and a meeting of those who approve it. Started when the date
has passed, it is late by a term.

Bad:
    # policies/conduct.yaml
    next_review: 2026-12

Good:
    # policies/conduct.yaml
    next_review: 2027-12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.facts import DUE_SOON_DAYS
from policygen.checks.reviews import reviews

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

NEEDS_DOCUMENTS = True


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each date that is near, with the schools for which it holds."""
    for review in reviews(subject):
        days = (review.due - subject.as_of).days
        if 0 <= days <= DUE_SOON_DAYS:
            message = f"the review of “{review.policy_id}” {review.at} is due {review.when}"
            hint = "Begin it now: consultation and approval take their time."
            yield review.finding("review-due-soon", message, hint)
