"""Mechanical fixes carried out in the text of a source, of which nothing else changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policygen.model.texts import SourceText
from policygen.readers.yaml_source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.diagnostics import Edit, Fix

_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Edited:
    """A source after fixes: its text, and how many of the fixes are in it."""

    text: str
    fixes: int


def edited(text: str, path: str, fixes: Iterable[Fix]) -> Edited:
    """Carry out the fixes of one file; ``text`` may have any ends of lines.

    A fix is left out where its old words don't stand at its place, where it overlaps with
    one before it, or where the file would then no longer read the same but for its words.
    """
    starts = [0, *(match.end() for match in _END.finditer(text))]
    taken: list[tuple[int, int]] = []
    chosen: list[Fix] = []
    for fix in dict.fromkeys(fixes):
        places = [_place(edit, text, starts) for edit in fix.edits]
        spans = [place for place in places if place is not None]
        apart = all(_apart(span, other) for span in spans for other in taken)
        if spans and len(spans) == len(places) and apart:
            taken += spans
            chosen.append(fix)
    new = _applied(text, starts, chosen)
    if chosen and not same_but_for_words(text, new, path, _edited_lines(chosen)):
        # One of them does harm: carry out those that don't, one by one.
        harmless = [
            fix
            for fix in chosen
            if same_but_for_words(text, _applied(text, starts, [fix]), path, _edited_lines([fix]))
        ]
        new = _applied(text, starts, harmless)
        if not same_but_for_words(text, new, path, _edited_lines(harmless)):
            return Edited(text, 0)
        chosen = harmless
    return Edited(new, len(chosen))


def _place(edit: Edit, text: str, starts: list[int]) -> tuple[int, int] | None:
    """Give from and up to which character an edit reaches; None where its words aren't there."""
    if not 0 < edit.span.line <= len(starts):
        return None
    start = starts[edit.span.line - 1] + edit.span.column - 1
    end = start + len(edit.old)
    line = _END.split(text[starts[edit.span.line - 1] :], maxsplit=1)[0]
    inside = edit.span.column - 1 + len(edit.old) <= len(line)
    one_line = not _END.search(edit.old + edit.new)
    return (start, end) if inside and one_line and text[start:end] == edit.old else None


def _apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches don't overlap; two insertions at one place do."""
    return (one[1] <= other[0] and one != other) or (other[1] <= one[0] and one != other)


def _applied(text: str, starts: list[int], fixes: list[Fix]) -> str:
    edits = [edit for fix in fixes for edit in fix.edits]
    for edit in sorted(edits, key=lambda e: (e.span.line, e.span.column), reverse=True):
        start = starts[edit.span.line - 1] + edit.span.column - 1
        text = f"{text[:start]}{edit.new}{text[start + len(edit.old) :]}"
    return text


def _edited_lines(fixes: list[Fix]) -> frozenset[int]:
    return frozenset(edit.span.line for fix in fixes for edit in fix.edits)


def same_but_for_words(old: str, new: str, path: str, lines: frozenset[int]) -> bool:
    """Whether two texts of a source read the same but for texts that stand on these lines."""
    before, after = (read_yaml(_END.sub("\n", text), path) for text in (old, new))
    told = [[(d.code, d.span) for d in source.faults] for source in (before, after)]
    return told[0] == told[1] and all(_pairs(before.data, after.data, lines))


def _pairs(old: Any, new: Any, lines: frozenset[int]) -> Iterator[bool]:  # noqa: ANN401 any data
    if type(old) is not type(new):
        yield False
    elif isinstance(old, dict):
        yield list(old) == list(new)
        for key in old.keys() & new.keys():
            yield from _pairs(old[key], new[key], lines)
    elif isinstance(old, list):
        yield len(old) == len(new)
        for one, other in zip(old, new, strict=False):
            yield from _pairs(one, other, lines)
    elif isinstance(old, SourceText) and old != new:
        stands_on = {line for _, line, _ in old.segments} | {old.span.line}
        yield bool(stands_on & lines)
    else:
        yield old == new
