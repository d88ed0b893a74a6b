"""Passages parted into sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.prose import ANY_SLOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.prose import Stretch

_END = re.compile(rf"[.!?…]+[\"'”’)\]]*(?=\s+(?:[\"'“‘(\[]*[^\W_a-z]|{ANY_SLOT}))|\n")
"""Where a sentence may end: a stop, then what could begin the next one; a break in the line."""

_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|v|no|nos|para|paras|art|s|ss|p|pp|mr|mrs|ms|dr|st|approx|incl"
    r"|a\.m|p\.m)|\b[a-z]|\.\w)\.\Z",
    re.IGNORECASE,
)
"""Words whose stop ends no sentence by itself."""

_LONGEST_ABBREVIATION = 8


def sentences(words: str) -> Iterator[Stretch]:
    """Give from where to where each sentence stands in some words, without spaces around it."""
    start = 0
    for match in _END.finditer(words):
        end = match.end()
        if match[0] == "." and _ABBREVIATED.search(
            words[max(0, end - _LONGEST_ABBREVIATION) : end]
        ):
            continue
        yield from _trimmed(words, start, end)
        start = end
    yield from _trimmed(words, start, len(words))


def _trimmed(words: str, start: int, end: int) -> Iterator[Stretch]:
    part = words[start:end]
    text = part.strip()
    if text:
        begin = start + len(part) - len(part.lstrip())
        yield begin, begin + len(text)
