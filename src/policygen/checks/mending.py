"""Findings at a place in some prose, and the edits that mend them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.prose import FIRST_SLOT
from policygen.diagnostics import Diagnostic, Edit, Fix, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.checks.prose import Passage

_HARMLESS = re.compile(r"[\w .;!?()’‘“”'\"–—-]*\Z")
"""What may be written inside a text without quotes and stay text."""

_CLOSING = re.compile(r"(?:\]\([^()\n]*\)|[*_`])*")
"""Markdown's own signs that may stand behind the last word of a paragraph."""


def warning(
    code: str, place: tuple[Passage, int, int], message: str, hint: str, fix: Fix | None = None
) -> Diagnostic:
    """Give a warning about a place: a passage, and from and up to which of its characters."""
    passage, start, end = place
    span = passage.span(start, end)
    return Diagnostic(code, message, span, hint, Severity.WARNING, fix=fix)


def replacing(
    texts: Mapping[str, str], passage: Passage, start: int, end: int, new: str
) -> Fix | None:
    """Give the edit that puts ``new`` in the place of a stretch, None where that takes more.

    It does where the stretch runs over the end of a line, where Markdown or YAML spell it
    otherwise, and where ``new`` would mean something to YAML at this place.
    """
    old = passage.typed(start, end)
    span = passage.span(start, end)
    raw = _escaped(texts, passage, new, at_start=passage.offsets[start] == 0)
    line = _line(texts, span)
    if old is None or raw is None or line[span.column - 1 :][: len(old)] != old:
        return None
    return Fix((Edit(span, old, raw),))


def appending(texts: Mapping[str, str], passage: Passage, new: str) -> Fix | None:
    """Give the edit that puts ``new`` behind a passage, None where that takes more."""
    last = len(passage.words) - 1
    offset = passage.offsets[last] + 1
    if passage.words[last] >= FIRST_SLOT:
        offset = passage.text.find("}}", offset) + 2
    if match := _CLOSING.match(passage.text, offset):
        offset = match.end()
    span = passage.text.at(offset)
    before = passage.text[offset - 1 : offset]
    raw = _escaped(texts, passage, new, at_start=False)
    if raw is None or _line(texts, span)[span.column - 2 :][:1] != before:
        return None
    return Fix((Edit(span, "", raw),))


def together(*fixes: Fix | None) -> Fix | None:
    """Give one fix with the edits of all, None where one of them is missing."""
    if not fixes or None in fixes:
        return None
    return Fix(tuple(edit for fix in fixes if fix is not None for edit in fix.edits))


def _line(texts: Mapping[str, str], span: Span) -> str:
    lines = texts.get(span.path, "").split("\n")
    return lines[span.line - 1] if 0 < span.line <= len(lines) else ""


def _escaped(texts: Mapping[str, str], passage: Passage, new: str, *, at_start: bool) -> str | None:
    """Give words as the text they go into spells them."""
    span = passage.text.span
    match _line(texts, span)[span.column - 1 :][:1]:
        case "|" | ">":
            return new
        case '"':
            return new.replace("\\", "\\\\").replace('"', '\\"')
        case "'":
            return new.replace("'", "''")
        case _:
            return new if _HARMLESS.match(new) and not at_start else None
