"""Texts with ``{{ }}``, compiled: once, for every school.

Each ``{{ }}`` is taken out before Markdown sees the text, with one private character
in its place, so that what it prints later can't be markup.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Span
from policygen.document import Inline, LineBreak
from policygen.model.templates import LINK_SLOT, MOST_SLOTS, Expression, Template
from policygen.readers.expressions import parse_expression
from policygen.readers.markdown import read_markdown, with_slots

if TYPE_CHECKING:
    from policygen.model.texts import Condition, Line, Markdown, SourceText

_FIRST = ord(LINK_SLOT)


def compile_line(text: Line) -> Template:
    """Compile a line: text and slots, no Markdown."""
    held, slots, faults, _ = _take_slots(text)
    inlines: list[Inline] = []
    for number, part in enumerate(held.strip().split("\n")):
        if number:
            inlines.append(LineBreak())
        inlines += with_slots(part)
    return Template(slots, inlines=tuple(inlines), faults=faults)


def compile_markdown(text: Markdown) -> Template:
    """Compile a Markdown text."""
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
        source, lambda offset, length: text.at(offset + shift, length)
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
    while (opened := text.find("{{", start)) >= 0:
        closed = _end(text, opened + 2)
        if closed < 0 or len(slots) >= MOST_SLOTS:
            hint = "Close it with }} in the same paragraph."
            message = "{{ is opened here and never closed"
            faults.append(Diagnostic("open-braces", message, text.at(opened, 2), hint))
            break
        inner = text[opened + 2 : closed]
        begin = opened + 2
        expression, found = parse_expression(inner, functools.partial(_at, text, begin))
        faults += found
        pieces.append(text[start:opened])
        pieces.append(chr(_FIRST + len(slots)))
        length += opened - start + 1
        slots.append(expression)
        start = closed + 2
        origin.append((length, start))
    pieces.append(text[start:])
    for match in re.finditer(r"\{%|\{#(?=.*#\})", text):
        message = f"“{match[0]}” can't be used in a text"
        hint = (
            "Use `when:` on a clause for a condition and `choose:` with `texts:` for a choice; "
            "a comment stands outside the text, after #."
        )
        faults.append(Diagnostic("template-statement", message, text.at(match.start(), 2), hint))
    return "".join(pieces), tuple(slots), tuple(faults), origin


def _at(text: SourceText, begin: int, offset: int, length: int) -> Span:
    """Give the place of an offset counted from ``begin``."""
    return text.at(begin + offset, length)


def _end(text: str, start: int) -> int:
    """Give the offset of the ``}}`` that closes, past texts in quotes; -1 without one."""
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
