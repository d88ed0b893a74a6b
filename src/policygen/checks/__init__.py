"""What ``policygen check`` adds to what every build tells: rules of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.checks.discovery import rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

Level: TypeAlias = Literal["error", "warning", "off"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How bad a trust takes each kind of finding to be, by code; else as the rule says."""

    levels: Mapping[str, Level] = field(default_factory=lambda: MappingProxyType({}))


def run(subject: Subject, settings: Settings) -> list[Diagnostic]:
    """Give the findings of all rules that are not off."""
    return [
        finding
        for code, rule in rules().items()
        if settings.levels.get(code) != "off"
        for finding in rule.check(subject)
    ]
