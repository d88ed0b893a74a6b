"""Faults as values: where they are, what is wrong, what to do about it.

Every function that can meet an author's mistake returns diagnostics beside its
result; nothing here or above raises for a mistake in a source.
"""

from __future__ import annotations

import enum
import json
import textwrap
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one source file.

    ``path`` is relative to the source folder, with forward slashes, so that no
    output depends on where the folder lies. ``line`` and ``column`` count from 1;
    ``length`` is in characters and stays on the line.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = field(default=1, compare=False)

    def __str__(self) -> str:
        """Give the form that editors and terminals turn into a link."""
        return f"{self.path}:{self.line}:{self.column}"


class Severity(enum.StrEnum):
    """How bad it is: an error stops the documents it touches, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a source file: at ``span``, which lies in one line, ``new`` takes the place
    of ``old``; where ``old`` is "", it is put in before the span's column."""

    span: Span
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a fault without a decision of an author's: all of its edits, or none."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault, in an author's words.

    ``code`` names the kind of fault (``unknown-key``) and is stable; ``hint`` says
    what to do; ``documents`` are the targets (``alder-primary/social-media``) that
    the fault stops, empty where it is not tied to one; ``fix`` mends it, if that can be
    done mechanically.
    """

    code: str
    message: str
    span: Span | None = None
    hint: str = ""
    severity: Severity = Severity.ERROR
    documents: tuple[str, ...] = field(default=(), compare=False)
    fix: Fix | None = field(default=None, compare=False)

    @property
    def is_error(self) -> bool:
        """Whether documents touched by it must not be written."""
        return self.severity is Severity.ERROR


def collected(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Give the diagnostics once each, sorted by place; those that say the same of the same
    place pool their documents under the first one's hint."""
    first: dict[tuple[object, ...], Diagnostic] = {}
    documents: dict[tuple[object, ...], set[str]] = {}
    for diagnostic in diagnostics:
        key = (diagnostic.code, diagnostic.severity, diagnostic.message, diagnostic.span)
        first.setdefault(key, diagnostic)
        documents.setdefault(key, set()).update(diagnostic.documents)
    merged = [replace(d, documents=tuple(sorted(documents[key]))) for key, d in first.items()]
    return sorted(merged, key=_place)


def without_guesses(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Leave out what was found on a line that couldn't be read: its text was guessed at."""
    found = list(diagnostics)
    guessed = {(d.span.path, d.span.line) for d in found if d.span and _is_illegible(d)}
    return [
        d
        for d in found
        if not d.span or _is_illegible(d) or (d.span.path, d.span.line) not in guessed
    ]


def _is_illegible(diagnostic: Diagnostic) -> bool:
    code = diagnostic.code
    return diagnostic.is_error and (code.startswith("yaml") or code == "odd-character")


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span = diagnostic.span or Span("", 0, 0)
    return (span.path, span.line, span.column, diagnostic.code, diagnostic.message)


def strict(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Give the diagnostics with every warning made an error."""
    return [replace(d, severity=Severity.ERROR) for d in diagnostics]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name most like ``name``, or None where nothing is close."""
    import difflib  # noqa: PLC0415 dear to load for a message few runs need

    folded = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    found = difflib.get_close_matches(name.casefold(), sorted(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """Give a hint that names the nearest known name, else ``otherwise``."""
    found = nearest(name, known)
    return f"Did you mean “{found}”?" if found else otherwise


def as_text(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], *, prefix: str = ""
) -> str:
    """Print diagnostics for a person: place, message, the line with a caret, hint.

    ``texts`` gives the content of the files by their path in a span; ``prefix`` is
    put before each path so that a terminal can open it.
    """
    return "\n".join(_one_as_text(d, texts, prefix) for d in diagnostics)


def _one_as_text(diagnostic: Diagnostic, texts: Mapping[str, str], prefix: str) -> str:
    head = f"{diagnostic.severity.value}[{diagnostic.code}]: {diagnostic.message}"
    span = diagnostic.span
    if span is None:
        lines = [head]
    else:
        lines = [f"{prefix}{span}: {head}", *_excerpt(span, texts.get(span.path, ""))]
    if diagnostic.hint:
        lines.append(f"   hint: {diagnostic.hint}")
    return "\n".join(lines) + "\n"


_WIDEST_LINE = 160


def _excerpt(span: Span, text: str) -> list[str]:
    """Give the line and a caret under the fault; a very long line is cut around it."""
    source = text.split("\n")
    if not 0 < span.line <= len(source):
        return []
    line = source[span.line - 1].rstrip("\r").replace("\t", " ")
    start = span.column - 1
    if len(line) > _WIDEST_LINE:
        cut = max(0, start - _WIDEST_LINE // 2)
        line, start = line[cut : cut + _WIDEST_LINE], start - cut
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    width = max(1, min(span.length, len(line) - start))
    gutter = str(span.line)
    blank = " " * len(gutter)
    return [f" {gutter} | {line}", f" {blank} | {' ' * start}{'^' * width}"]


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Give diagnostics as plain data for ``json``; keys are documented in the reference."""
    return [
        {
            "code": d.code,
            "severity": d.severity.value,
            "message": d.message,
            "path": d.span.path if d.span else None,
            "line": d.span.line if d.span else None,
            "column": d.span.column if d.span else None,
            "length": d.span.length if d.span else None,
            "hint": d.hint or None,
            "documents": list(d.documents),
        }
        for d in diagnostics
    ]


def json_text(data: object) -> str:
    """Print plain data as JSON, readable and the same on every run."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Give "3 errors, 1 warning", or "" where there is nothing."""
    found = list(diagnostics)
    errors = sum(d.is_error for d in found)
    warnings = len(found) - errors
    parts = [plural(n, word) for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return ", ".join(parts)


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Give a text as lines of at most ``width`` characters, ids in one piece; ``first`` stands
    before the first line and ``rest`` before the others."""
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )


def plural(count: int, noun: str) -> str:
    """Give "1 form" or "3 forms"; "y" becomes "ies" ("2 policies"), persons are people."""
    if count == 1:
        return f"1 {noun}"
    if noun == "person":
        return f"{count} people"
    stem = noun[:-1] + "ie" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun
    return f"{count} {stem}s"


def numbers_in_words(numbers: Iterable[int]) -> str:
    """Give numbers in order, stretches of three and more as such: "2, 5 to 9, 12"."""
    stretches: list[list[int]] = []
    for number in sorted(set(numbers)):
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    told: list[str] = []
    for stretch in stretches:
        joined = len(stretch) > 2  # noqa: PLR2004 of two, both are named
        told += [f"{stretch[0]} to {stretch[-1]}"] if joined else map(str, stretch)
    return ", ".join(told)
