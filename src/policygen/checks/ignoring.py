"""Notes in the sources that silence a finding, each with its reason.

``# policygen: ignore CODE: reason`` stands behind a key, or on a line of its own above one.
It holds for that line and for what is indented under it: no note can stand inside a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from policygen.checks.codes import codes
from policygen.checks.discovery import rules
from policygen.diagnostics import Diagnostic, Severity, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NOTE = re.compile(r"(?:(?<=\s)|^)#[ \t]*policygen\b[ \t]*:?[ \t]*(?P<rest>.*)$", re.MULTILINE)
_IGNORE = re.compile(r"ignore\b[ \t]*(?P<codes>[a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*)?")
_HOW = "Write it as: # policygen: ignore long-sentence: quoted from the statute"


@dataclass(frozen=True, slots=True)
class Ignore:
    """One code silenced on the lines of one file from ``first`` to ``last``."""

    code: str
    span: Span
    first: int
    last: int

    def is_about(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding has its code and stands on its lines."""
        span = diagnostic.span
        return (
            span is not None
            and diagnostic.code == self.code
            and span.path == self.span.path
            and self.first <= span.line <= self.last
        )


def ignores(texts: Mapping[str, str]) -> tuple[list[Ignore], list[Diagnostic]]:
    """Give what is silenced in the sources, and what is wrong with the notes that say so."""
    found: list[Ignore] = []
    faults: list[Diagnostic] = []
    for path, text in texts.items():
        if "policygen" not in text:
            continue
        lines = text.split("\n")
        for match in _NOTE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
            span = Span(path, line, column, len(match[0].rstrip()))
            if _is_comment(text, line, column):
                some, wrong = _read(match["rest"].strip(), span, lines)
                found += some
                faults += wrong
    return found, faults


def _is_comment(text: str, line: int, column: int) -> bool:
    """Whether a place lies outside every text of a YAML file."""
    try:
        for token in yaml.scan(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            start, end = token.start_mark, token.end_mark
            if (start.line, start.column) > (line - 1, column - 1):
                return True
            inside = (line - 1, column - 1) < (end.line, end.column)
            if isinstance(token, yaml.ScalarToken) and inside:
                return _heads_block(text, token, line)
    except yaml.YAMLError:
        pass  # told where the file is read
    return True


def _heads_block(text: str, token: yaml.ScalarToken, line: int) -> bool:
    """Whether a line is the one of a block text's bar, behind which a note may stand."""
    return token.style in {"|", ">"} and token.start_mark.line == line - 1 and bool(text)


def _read(words: str, span: Span, lines: list[str]) -> tuple[list[Ignore], list[Diagnostic]]:
    match = _IGNORE.match(words)
    if match is None or not match["codes"]:
        message = "this note to policygen names no finding to ignore"
        return [], [Diagnostic("wrong-ignore", message, span, _HOW, Severity.WARNING)]
    rest = words[match.end() :].strip()
    reason = rest.removeprefix(":").strip() if rest.startswith(":") else ""
    if not reason:
        message = "this note ignores a finding without a reason, so it ignores nothing"
        hint = f"Say why behind a colon. {_HOW}"
        return [], [Diagnostic("ignore-without-reason", message, span, hint, Severity.WARNING)]
    found, faults = [], []
    first, last = _lines(span, lines)
    for code in (part.strip() for part in match["codes"].split(",")):
        if code in codes():
            found.append(Ignore(code, span, first, last))
        else:
            message = f"there is no finding “{code}” to ignore"
            hint = did_you_mean(code, codes(), "The page of checks lists the codes.")
            faults.append(Diagnostic("unknown-code", message, span, hint))
    return found, faults


def _lines(span: Span, lines: list[str]) -> tuple[int, int]:
    """Give the first and last line for which a note holds."""
    first = span.line
    if not lines[first - 1][: span.column - 1].strip():
        later = range(first, len(lines))
        first = next((n + 1 for n in later if _says_something(lines[n])), first)
    indent = _indent(lines[first - 1])
    last = first
    for number in range(first, len(lines)):
        line = lines[number]
        if line.strip() and _indent(line) <= indent:
            break
        last = number + 1
    return first, last


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


@dataclass(frozen=True, slots=True)
class Silenced:
    """What notes did: the findings that are left, and what is wrong with the notes.

    ``refused`` are notes about what stops documents, ``unused`` those that are about nothing
    that was found.
    """

    left: list[Diagnostic]
    refused: list[Diagnostic]
    unused: list[Diagnostic]


def silenced(found: Iterable[Diagnostic], notes: list[Ignore]) -> Silenced:
    """Silence the findings that notes are about. An error that stops documents never is."""
    used: set[Ignore] = set()
    left = []
    refused = []
    for diagnostic in found:
        about = [note for note in notes if note.is_about(diagnostic)]
        used.update(about)
        stops = diagnostic.is_error and diagnostic.code not in rules()
        if stops or not about:
            left.append(diagnostic)
        if stops:
            refused += [_refused(note) for note in about]
    unused = [_unused(note) for note in notes if note not in used]
    return Silenced(left, refused, unused)


def _refused(note: Ignore) -> Diagnostic:
    message = f"“{note.code}” stops documents, so it can't be ignored"
    hint = "Mend what is found, and take the note out."
    return Diagnostic("unused-ignore", message, note.span, hint, Severity.WARNING)


def _unused(note: Ignore) -> Diagnostic:
    message = f"there is no finding “{note.code}” here to ignore"
    hint = "Take the note out."
    return Diagnostic("unused-ignore", message, note.span, hint, Severity.WARNING)
