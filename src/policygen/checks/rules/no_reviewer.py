"""A policy that nobody is to keep up to date.

Why: A policy whose review is nobody’s task is not reviewed. It needs an `owner:` or a
`responsible:`, best by office, so that a new person needs no new policy.

Bad:
    # policies/conduct.yaml
    owner:

Good:
    # policies/conduct.yaml
    owner: data_protection_officer
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
    message = "this policy has neither `owner:` nor `responsible:`"
    hint = "Write `owner:` with an officer's name or an office."
    yield from lacking(subject, "no-reviewer", ("owner", "responsible"), message, hint)
