"""Two schools that have one URN.

Why: A URN belongs to one school in England. Where it stands twice, one of the two files was
made from the other and not finished, and its documents may hold more of the other school.

Bad:
    # schools/alder.yaml
    urn: "100001"
    # schools/birch.yaml
    name: Birch Primary School
    urn: "100001"

Good:
    # schools/alder.yaml
    urn: "100001"
    # schools/birch.yaml
    name: Birch Primary School
    urn: "100002"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each URN after the first school that has it."""
    first: dict[str, str] = {}
    for school_id, school in subject.library.schools.items():
        if school.urn is None:
            continue
        other = first.setdefault(str(school.urn), school_id)
        if other != school_id:
            message = f"the URN {school.urn} is also that of {other}"
            hint = "Look the school up in Get Information about Schools, and write its own."
            yield Diagnostic("duplicate-urn", message, school.urn.span, hint, Severity.WARNING)
