"""Texts with ``{{ }}``, compiled: once, for every school.

Each ``{{ }}`` is taken out before Markdown sees the text, with one private character
in its place, so that what it prints later can't be markup.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity, Span
from policygen.document import Inline, LineBreak
from policygen.model.templates import LINK_SLOT, MOST_SLOTS, Expression, Template
from policygen.readers.expressions import IN_CONDITION, ROOTS, parse_expression
from policygen.readers.markdown import read_markdown, with_slots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.texts import Condition, Line, Markdown, SourceText

_FIRST = ord(LINK_SLOT)
_MOST_TOLD = 20
"""How often one kind of fault is told of one text."""

_MARKED = re.compile(
    r"\*\*?(?=[^\s*])[^*\n]{1,200}(?<=\S)\*\*?|\[[^\[\]\n]{1,200}\]\([^()\n]{1,200}\)"
)
"""Bold words and links, in a line that knows neither."""

_STATEMENT = re.compile(r"\{%|\{#(?=[^\n#]{0,1000}#\})")


def compile_line(text: Line) -> Template:
    """Compile a line: text and slots, no Markdown."""
    held, slots, faults, origin = _take_slots(text)
    if match := _MARKED.search(held):
        message = (
            "headings, labels and other single lines know no Markdown; this is printed as typed"
        )
        hint = "Write the words without it."
        span = _origin(text, origin, match.start(), len(match[0]))
        code = "stray-asterisks" if match[0].startswith("*") else "broken-link"
        faults = (*faults, Diagnostic(code, message, span, hint, Severity.WARNING))
    inlines: list[Inline] = []
    for number, part in enumerate(held.strip().split("\n")):
        if number:
            inlines.append(LineBreak())
        inlines += with_slots(part)
    return Template(slots, inlines=tuple(inlines), faults=faults)


def compile_markdown(text: Markdown) -> Template:
    """Compile a Markdown text."""
    if not text.strip():
        hint = "Write the text, indented under its key; or take the key away."
        return Template(faults=(Diagnostic("wrong-value", "this text is empty", text.span, hint),))
    held, slots, faults, origin = _take_slots(text)
    found = read_markdown(held, lambda offset, length: _origin(text, origin, offset, length))
    return Template(
        slots,
        blocks=found.blocks,
        faults=(*faults, *found.faults),
        pictures=found.pictures,
    )


def compile_condition(text: Condition) -> Template:
    """Compile a condition: a template of one slot that prints nothing."""
    source, shift = str(text), 0
    if match := re.fullmatch(r"\s*\{\{(.*)\}\}\s*", source, re.DOTALL):
        source, shift = match[1], match.start(1)
    expression, faults = parse_expression(
        source, lambda offset, length: text.at(offset + shift, length), IN_CONDITION
    )
    return Template((expression,), faults=faults)


def _take_slots(
    text: SourceText,
) -> tuple[str, tuple[Expression, ...], tuple[Diagnostic, ...], list[tuple[int, int]]]:
    """Give the text with a character for each ``{{ }}``, what stood in them, the faults,
    and pairs (offset in the new text, offset in the old) from which on they run alike."""
    slots: list[Expression] = []
    faults: list[Diagnostic] = []
    pieces: list[str] = []
    origin = [(0, 0)]
    start = length = 0
    for opened, end in slot_places(text):
        if len(slots) >= MOST_SLOTS:
            message = f"this text has more than {MOST_SLOTS:,} {{{{ }}}}"
            hint = "Part it into several clauses."
            faults.append(Diagnostic("too-large", message, text.at(opened, 2), hint))
            break
        if end < 0:
            hint = "Close it with }} in the same paragraph."
            message = "{{ is opened here and never closed"
            faults.append(Diagnostic("open-braces", message, text.at(opened, 2), hint))
            break
        inner = text[opened + 2 : end - 2]
        begin = opened + 2
        expression, found = parse_expression(inner, functools.partial(_at, text, begin))
        faults += found
        pieces.append(text[start:opened])
        pieces.append(chr(_FIRST + len(slots)))
        length += opened - start + 1
        slots.append(expression)
        start = end
        origin.append((length, start))
    pieces.append(text[start:])
    held = "".join(pieces)
    if not any(fault.code == "open-braces" for fault in faults):
        faults += _single_braces(text, held, origin)
    for match in itertools.islice(_STATEMENT.finditer(text), _MOST_TOLD):
        message = f"“{match[0]}” can't be used in a text"
        hint = (
            "Use `when:` on a clause for a condition and `choose:` with `texts:` for a choice; "
            "a comment stands outside the text, after #."
        )
        faults.append(Diagnostic("template-statement", message, text.at(match.start(), 2), hint))
    return held, tuple(slots), tuple(faults), origin


def _at(text: SourceText, begin: int, offset: int, length: int) -> Span:
    """Give the place of an offset counted from ``begin``."""
    return text.at(begin + offset, length)


_SINGLE = re.compile(
    rf"(?<!\{{)(?:\{{|\[\[) *(?:{'|'.join(ROOTS)})\.\w[^{{}}\[\]\n]*(?:\}}|\]\])|\}}\}}"
)
"""A name in one pair of braces, or in square brackets; braces that close nothing."""


def _single_braces(
    text: SourceText, held: str, origin: list[tuple[int, int]]
) -> Iterator[Diagnostic]:
    """Tell braces that are printed as they stand, in a text whose ``{{ }}`` are taken out."""
    for match in itertools.islice(_SINGLE.finditer(held), _MOST_TOLD):
        message = "this is printed as it stands; a name wants two braces on each side"
        hint = "Write {{ school.name }}."
        span = _origin(text, origin, match.start(), len(match[0]))
        yield Diagnostic("open-braces", message, span, hint, Severity.WARNING)


_NOT_PLAIN = re.compile(r"[\"']|\{\{|\n\n")


def slot_places(text: str) -> Iterator[tuple[int, int]]:
    """Give from where to where each ``{{ }}`` of a text stands.

    One that is never closed is the last: it ends at -1.
    """
    start = 0
    while (opened := text.find("{{", start)) >= 0:
        closed = _end(text, opened + 2)
        start = closed + 2 if closed >= 0 else -1
        yield opened, start
        if closed < 0:
            return


def _end(text: str, start: int) -> int:
    """Give the offset of the ``}}`` that closes, past texts in quotes; -1 without one."""
    found = text.find("}}", start)
    inner = text[start:found] if found >= 0 else ""
    if inner and not _NOT_PLAIN.search(inner):
        return found
    quote = ""
    for offset in range(start, len(text)):
        char = text[offset]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif text.startswith("}}", offset):
            return offset
        elif text.startswith("{{", offset) or text.startswith("\n\n", offset):
            return -1
    found = text.find("}}", start)
    return found if found >= 0 and "{{" not in text[start:found] else -1


def _origin(text: SourceText, origin: list[tuple[int, int]], offset: int, length: int) -> Span:
    """Give the place in the file of an offset in the text without its ``{{ }}``."""
    new, old = max(pair for pair in origin if pair[0] <= offset)
    return replace(text.at(old + offset - new), length=length)
