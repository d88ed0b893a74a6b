"""A policy of which nobody says who approves it.

Why: Who may approve a policy follows from the scheme of delegation. A reader has to see that
the right body did.

Bad:
    # policies/conduct.yaml
    approver:

Good:
    # policies/conduct.yaml
    approver: Trust Board
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
    message = "this policy has no `approver:`"
    hint = "Write `approver:`, the body or officer that the scheme of delegation names."
    yield from lacking(subject, "no-approver", ("approver",), message, hint)
