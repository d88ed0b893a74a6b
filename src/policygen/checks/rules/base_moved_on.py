"""An amendment of a clause whose wording has changed since the amendment was written.

Why: The school read the trust's words when it wrote its own. When those change, for a new law
perhaps, the school's don't, and nobody at the school knows.

Bad:
    # schools/alder.yaml
    policies:
      conduct:
        adopted: 2026-10-12
        amend:
          - replace: conduct/courtesy
            against: 00c0ffee
            reason: Small village school
            text: |
              Be kind to everybody online.

Good:
    # schools/alder.yaml
    policies:
      conduct:
        adopted: 2026-10-12
        amend:
          - replace: conduct/courtesy
            against: "a29c1b62"
            reason: Small village school
            text: |
              Be kind to everybody online.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.bases import LENGTH, fingerprint_of
from policygen.diagnostics import Diagnostic, Severity
from policygen.model.policies import Add, Omit, Replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each `against:` that is not the fingerprint of the clause as it is now."""
    library = subject.library
    for school in library.schools.values():
        for entry in school.policies.values():
            for amendment in entry.amend:
                match amendment:
                    case Replace(replace=target) | Omit(omit=target):
                        clause_id = str(target)
                    case Add(after=after, before=before):
                        clause_id = str(after or before)
                clause = library.clauses.get(clause_id)
                if clause is None or amendment.against is None:
                    continue
                against = str(amendment.against).rstrip("…").lower()
                now = fingerprint_of(clause)
                if len(against) >= LENGTH and now.startswith(against):
                    continue
                message = f"“{clause_id}” has changed since this was written against it"
                hint = (
                    "Read the clause as it is now, change these words if need be, and write "
                    f'against: "{now[:LENGTH]}"'
                )
                span = amendment.against.span
                yield Diagnostic("base-moved-on", message, span, hint, Severity.WARNING)
