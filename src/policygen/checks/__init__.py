"""What ``policygen check`` adds to what every build tells: rules of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.discovery import rules
from policygen.checks.levels import Settings

if TYPE_CHECKING:
    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

__all__ = ["Settings", "run"]


def run(subject: Subject, settings: Settings, *, documents: bool) -> list[Diagnostic]:
    """Give the findings of the rules that are not off: of those that look at the documents,
    or of all others, which need no targets in their subject."""
    return [
        finding
        for code, rule in rules().items()
        if rule.needs_documents is documents and not settings.is_off(code)
        for finding in rule.check(subject)
    ]
