"""A law or guidance in force that nothing cites.

Why: The register of references is looked after entry by entry. One that no document cites is
work for nothing, or a citation that got lost.

Bad:
    # references.yaml
    defamation:
      title: Defamation Act 2013

Good:
    # references.yaml
    defamation:
      title: Defamation Act 2013
    # clauses/conduct.yaml
    clauses:
      phones:
        cites: [kcsie, defamation]
        text: |
          You may use your own phone {{ settings.phones }}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.laws import is_over
from policygen.checks.places import key_of
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each at its id. What is no longer, or not yet, in force need not be cited: it
    stands in the register so that its name is found in texts."""
    library, named = subject.library, subject.named
    if library.unreadable:
        return
    for reference_id, reference in library.references.items():
        in_force = reference.status == "in-force" and not is_over(reference, subject.as_of)
        if reference_id not in named.references and in_force:
            span = key_of(reference.span, reference_id, subject.texts)
            message = f"nothing cites “{reference_id}” ({reference.citation})"
            hint = "Add it to the `cites:` of the clause that rests on it, or take it out."
            yield Diagnostic("unused-reference", message, span, hint, Severity.WARNING)
