"""Amendments: told once a document is assembled; here those of policies without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.library import Library


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell amendments of a policy of the trust, which no school can amend."""
    for school in library.schools.values():
        for policy_id, entry in school.policies.items():
            policy = library.policies.get(policy_id)
            if entry.amend and policy is not None and policy.level == "trust":
                message = f"“{policy_id}” is a policy of the trust, which a school can't amend"
                hint = "Take the amendment out, or set `level: school` in the policy."
                yield Diagnostic("trust-level", message, entry.amend[0].span, hint)
