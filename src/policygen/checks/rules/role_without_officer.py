"""A policy that gives a task to an office which nobody holds at a school.

Why: The task is then nobody's. A build tells this only where the name is printed.

Bad:
    # policies/conduct.yaml
    responsible: online_safety_lead
    # schools/birch.yaml
    name: Birch Primary School
    officers:
      headteacher: {name: C. Person, post: Headteacher}
      online_safety_lead: {name: D. Person}

Good:
    # policies/conduct.yaml
    responsible: online_safety_lead
    # schools/alder.yaml
    officers:
      headteacher: {name: B. Person, post: Headteacher}
      online_safety_lead: {name: E. Person}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.diagnostics import Diagnostic, Severity
from policygen.model.policies import OFFICER_FIELDS
from policygen.model.texts import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject

NEEDS_DOCUMENTS = True


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each office that a field of a policy or its signatures name, at each school that
    lacks it, where assembling has not told it; and officers without a name."""
    library = subject.library
    holders = (library.trust.officers, *(s.officers for s in library.schools.values()))
    known = {str(name) for officers in holders for name in officers}
    for target in subject.targets:
        if target.kind != "policy" or target.id not in library.policies:
            continue
        context = Context(library, target.school_id, target.id)
        told = " ".join(d.message for d in target.diagnostics if d.code == "missing-officer")
        for line in _named(context):
            if (
                str(line) in known
                and context.officer(str(line)) is None
                and f"“{line}”" not in told
            ):
                message = f"{context.who} has no officer “{line}”, whom this names"
                hint = f"Add it to {context.file} or trust.yaml under `officers:`."
                yield Diagnostic(
                    "role-without-officer",
                    message,
                    line.span,
                    hint,
                    Severity.WARNING,
                    documents=(target.name,),
                )


def _named(context: Context) -> Iterator[Line]:
    for name in OFFICER_FIELDS:
        line = context.policy_field(name)
        if isinstance(line, Line):
            yield line
    yield from context.policy_field("sign_off") or ()
