"""How bad a trust takes each kind of finding to be: ``checks:`` of trust.yaml and the table
``[checks]`` of policygen.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from policygen.checks.codes import codes, is_fixed
from policygen.checks.discovery import rules
from policygen.diagnostics import Diagnostic, Severity, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policygen.model.trust import Trust

Level: TypeAlias = Literal["error", "warning", "off"]
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Settings:
    """The level of each code for which a trust says one; the others are as their rule says."""

    levels: Mapping[str, Level] = field(default_factory=lambda: MappingProxyType({}))

    def is_off(self, code: str) -> bool:
        """Whether a rule need not look."""
        return self.levels.get(code) == "off"

    def applied(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Give the findings at their levels, without those that are off.

        An error of a build stays one: the documents it stops are not written all the same.
        """
        for diagnostic in found:
            level = self.levels.get(diagnostic.code)
            of_build = diagnostic.is_error and diagnostic.code not in rules()
            if level is None or of_build:
                yield diagnostic
            elif level != "off":
                yield replace(diagnostic, severity=Severity(level))


def of_trust(trust: Trust) -> tuple[dict[str, Level], list[Diagnostic]]:
    """Give the levels trust.yaml says, and what is wrong with them."""
    found: dict[str, Level] = {}
    faults = []
    for code, level in trust.checks.items():
        if fault := _wrong_code(str(code), code.span):
            faults.append(fault)
        else:
            found[str(code)] = level
    return found, faults


def of_file(text: str, path: str) -> tuple[dict[str, Level], list[Diagnostic]]:
    """Give the levels a policygen.toml says, and what is wrong with it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, [_unreadable(str(error), path)]
    faults = []
    for key in data:
        if key != "checks":
            message = f"`{key}` is not known here"
            hint = did_you_mean(key, ["checks"], "Known here is the table [checks].")
            faults.append(Diagnostic("unknown-key", message, _key(text, path, key), hint))
    table = data.get("checks", {})
    if not isinstance(table, dict):
        message = "`checks` must be a table"
        hint = 'Write [checks] on a line, and under it lines such as: long-sentence = "off"'
        return {}, [*faults, Diagnostic("wrong-type", message, _key(text, path, "checks"), hint)]
    found: dict[str, Level] = {}
    for code, level in table.items():
        span = _key(text, path, code)
        if level not in LEVELS:
            message = f"“{level}” is no level"
            hint = 'Write "error", "warning" or "off".'
            faults.append(Diagnostic("wrong-value", message, span, hint))
        elif fault := _wrong_code(code, span):
            faults.append(fault)
        else:
            found[code] = level
    return found, faults


def _wrong_code(code: str, span: Span) -> Diagnostic | None:
    """Give what is wrong with a code for which a level is set."""
    if code not in codes():
        hint = did_you_mean(code, codes(), "The pages of diagnostics and of checks list the codes.")
        return Diagnostic("unknown-code", f"there is no finding “{code}”", span, hint)
    if is_fixed(code):
        message = f"“{code}” stops documents, so it is always an error"
        hint = "Take the line out, and mend what is found."
        return Diagnostic("fixed-level", message, span, hint, Severity.WARNING)
    return None


def _key(text: str, path: str, key: str) -> Span:
    """Give the place of a key in a TOML file, where it stands at the left edge."""
    pattern = rf"^\s*\[?\s*(?P<key>[\"']?{re.escape(key)}[\"']?)\s*[\]=.]"
    found = re.search(pattern, text, re.MULTILINE)
    if found is None:
        return Span(path)
    start = found.start("key")
    line_start = text.rfind("\n", 0, start) + 1
    return Span(path, text.count("\n", 0, start) + 1, start - line_start + 1, len(found["key"]))


def _unreadable(words: str, path: str) -> Diagnostic:
    place = re.search(r"line (\d+), column (\d+)", words)
    span = Span(path, int(place[1]), int(place[2])) if place else Span(path)
    message = "this file can't be read as TOML"
    hint = 'Write a line [checks], and under it lines such as: long-sentence = "off"'
    return Diagnostic("bad-settings-file", message, span, hint)
