"""A clause that no policy and no form lists.

Why: Nobody reads it, but whoever looks after the library keeps it up to date, and believes
that it is in force.

Bad:
    # clauses/blogs.yaml
    title: Blogs
    clauses:
      paid:
        text: |
          You must not be paid for what you write about pupils.

Good:
    # clauses/blogs.yaml
    title: Blogs
    clauses:
      paid:
        text: |
          You must not be paid for what you write about pupils.
    # policies/conduct.yaml
    sections:
      - heading: Rules
        clauses: [conduct, blogs]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.places import key_of
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.model.policies import PolicyFields


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each at its id. A clause that a condition switches off everywhere is listed."""
    library, uses = subject.library, subject.uses
    if library.unreadable:
        return  # what can't be read may list it
    outlines: list[PolicyFields] = list(library.policies.values())
    outlines += [entry for s in library.schools.values() for entry in s.policies.values()]
    listed = {clause for outline in outlines for clause in uses.clauses_of(outline)}
    listed.update(clause for form in library.forms for clause in uses.clauses_of_form(form))
    for clause_id, clause in library.clauses.items():
        if clause_id not in listed:
            span = key_of(clause.span, clause_id.partition("/")[2], subject.texts)
            message = f"no policy and no form lists the clause “{clause_id}”"
            hint = "List it under `clauses:` of a section, or take it out of the library."
            yield Diagnostic("unused-clause", message, span, hint, Severity.WARNING)
