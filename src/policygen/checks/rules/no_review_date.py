"""A policy without a date or a period of review.

Why: Without a date no reminder comes and nobody sees that the policy is out of date.

Bad:
    # policies/conduct.yaml
    next_review:

Good:
    # policies/conduct.yaml
    next_review: 2027-10-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.policies import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

NEEDS_DOCUMENTS = True


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each policy, with the documents for which no school's entry says it either."""
    message = "this policy has neither `next_review:` nor `review_every:`"
    hint = "Write `next_review: 2027-10-01`, or `review_every: 12 months`."
    yield from lacking(subject, "no-review-date", ("next_review", "review_every"), message, hint)
