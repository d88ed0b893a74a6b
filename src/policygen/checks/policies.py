"""What policies should say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.assemble.facts import written_status
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


def lacking(
    subject: Subject, code: str, names: tuple[str, ...], message: str, hint: str
) -> Iterator[Diagnostic]:
    """Give a finding for each policy that has none of these fields in some document, at its
    title. One that no school has yet is told, too; a withdrawn one isn't."""
    library = subject.library
    for policy_id, policy in library.policies.items():
        contexts = [
            Context(library, target.school_id, policy_id)
            for target in subject.targets
            if target.kind == "policy" and target.id == policy_id and target.document
        ] or [Context(library, None, policy_id)]
        bare = [
            context
            for context in contexts
            if written_status(context) != "withdrawn"
            and not any(context.policy_field(name) for name in names)
        ]
        if bare:
            documents = tuple(f"{c.school_id or 'trust'}/{policy_id}" for c in bare)
            span = policy.at("title")
            yield Diagnostic(code, message, span, hint, Severity.WARNING, documents=documents)
