"""Fields that hold an officer's name: nobody's name is told even where nothing prints it."""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.assemble.context import unknown
from policygen.diagnostics import Severity
from policygen.model.policies import OFFICER_FIELDS
from policygen.model.texts import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.diagnostics import Diagnostic
    from policygen.model.library import Library
    from policygen.model.policies import PolicyFields

_NEAR = 0.85
"""How like a known name a single word must be to be taken for a misspelt one."""


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
            if line is None or not NAME.match(line) or line in known or line == "date":
                continue
            where = "trust.yaml or the school's file under `officers:`"
            found = unknown("officer", str(line), known, line.span, where)
            if "_" in line:
                yield found
            elif difflib.get_close_matches(line, known, n=1, cutoff=_NEAR):
                message = f"“{line}” is no officer's name; it is printed as it stands"
                yield replace(found, message=message, severity=Severity.WARNING)
