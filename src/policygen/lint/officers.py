"""Fields that hold an officer's name: nobody's name is told even where nothing prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.context import unknown
from policygen.model.policies import OFFICER_FIELDS
from policygen.model.texts import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.diagnostics import Diagnostic
    from policygen.model.library import Library
    from policygen.model.policies import PolicyFields


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell names of officers that neither the trust nor any school has."""
    known = set(library.trust.officers).union(*(s.officers for s in library.schools.values()))
    broken = any(name.startswith("schools/") for name in library.unreadable)
    if broken:
        return
    entries: list[PolicyFields] = list(library.policies.values())
    for school in library.schools.values():
        entries += school.policies.values()
    for entry in entries:
        fields = [getattr(entry, name) for name in OFFICER_FIELDS if hasattr(entry, name)]
        for line in (*fields, *(entry.sign_off or ())):
            if line is not None and "_" in line and NAME.match(line) and line not in known:
                where = "trust.yaml or the school's file under `officers:`"
                yield unknown("officer", str(line), known, line.span, where)
