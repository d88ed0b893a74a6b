"""What ``policygen check`` adds to what every build tells: rules of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.discovery import rules
from policygen.checks.levels import Settings

if TYPE_CHECKING:
    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

__all__ = ["Settings", "run"]


def run(subject: Subject, settings: Settings) -> list[Diagnostic]:
    """Give the findings of all rules that are not off."""
    return [
        finding
        for code, rule in rules().items()
        if not settings.is_off(code)
        for finding in rule.check(subject)
    ]
