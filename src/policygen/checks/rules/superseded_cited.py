"""A clause that cites a law or guidance which is no longer in force.

Why: A rule that rests on repealed law can be challenged, and one on an old edition may differ
from what inspectors ask for now.

Bad:
    # references.yaml
    ripa:
      title: Regulation of Investigatory Powers Act 2000
      status: repealed
    # clauses/conduct.yaml
    clauses:
      phones:
        cites: [kcsie, ripa]
        text: |
          You may use your own phone {{ settings.phones }}.

Good:
    # references.yaml
    ripa:
      title: Regulation of Investigatory Powers Act 2000
      status: repealed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.laws import is_over, what_came_after
from policygen.diagnostics import Diagnostic, Severity
from policygen.model.policies import Add
from policygen.model.templates import Call, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Span
    from policygen.model.library import Library


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each `cites:` and each `cite()` of such a law."""
    library = subject.library
    for name, span in _cited(library):
        reference = library.references.get(name)
        if reference is None or not is_over(reference, subject.as_of):
            continue
        status = "repealed" if reference.status == "repealed" else "superseded"
        if reference.status == "in-force":
            status = "no longer in force"
        after = what_came_after(library, reference)
        message = f"“{reference.citation}” is {status}"
        hint = f"Cite {after}." if after else "Cite what is in force in its place."
        yield Diagnostic("superseded-cited", message, span, hint, Severity.WARNING)


def _cited(library: Library) -> Iterator[tuple[str, Span]]:
    for clause in library.clauses.values():
        yield from ((str(name), name.span) for name in clause.cites)
    for school in library.schools.values():
        for entry in school.policies.values():
            for amendment in entry.amend:
                cites = amendment.cites if isinstance(amendment, Add) else ()
                yield from ((str(name), name.span) for name in cites)
    for template in library.templates.values():
        for slot in template.slots:
            for part in parts(slot):
                if isinstance(part, Call) and part.function == "cite":
                    yield part.argument, part.span
