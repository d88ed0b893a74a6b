"""Linked policies: ids of none, and a policy linked to itself, printed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.context import unknown
from policygen.diagnostics import Diagnostic
from policygen.model.texts import ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.library import Library
    from policygen.model.policies import PolicyFields


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell what lists of linked policies name in vain. A title is no id and is not told."""
    lists: list[tuple[str, PolicyFields]] = list(library.policies.items())
    for school in library.schools.values():
        lists += school.policies.items()
    for policy_id, fields in lists:
        for line in fields.linked or ():
            if line == policy_id:
                message = "this policy is linked to itself"
                yield Diagnostic("self-reference", message, line.span, "Take the line out.")
            elif ID.match(line) and not _there(library, str(line)):
                where = f"policies/{line}.yaml, or write its title in capitals and words"
                yield unknown("policy", str(line), library.policies, line.span, where)


def _there(library: Library, policy_id: str) -> bool:
    return policy_id in library.policies or f"policies/{policy_id}" in library.unreadable
