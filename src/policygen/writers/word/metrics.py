"""How much room words take, by the widths of the bundled font's letters."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from policygen.writers.word.widths import BOLD, REGULAR

LINE_HEIGHT = 1.3
"""Ascent and descent of the bundled font, in type sizes (its OS/2 table)."""
_UNKNOWN = 600
_REGULAR = {letter: width for width, letters in REGULAR.items() for letter in letters}
_BOLD = {letter: width for width, letters in BOLD.items() for letter in letters}
_PIECES = re.compile(r"[^\s-]*-|[^\s-]+|[^\S\n]+|\n")


class Words(NamedTuple):
    """A run of text in one look; ``size`` is in twentieths of a point."""

    text: str
    size: float
    bold: bool = False


@functools.lru_cache(maxsize=8192)
def _thousandths(piece: str, bold: bool) -> int:  # noqa: FBT001 -- a key of the cache
    table = _BOLD if bold else _REGULAR
    return sum(table.get(letter, _UNKNOWN) for letter in piece)


def text_width(words: Words) -> float:
    """Give the width of a run on one line, in twentieths of a point."""
    return sum(_thousandths(p, words.bold) for p in _pieces(words.text)) * words.size / 1000


def longest_word(words: Words) -> float:
    """Give the width of a run's longest word."""
    widths = (_thousandths(word, words.bold) for word in words.text.split())
    return max(widths, default=0) * words.size / 1000


def _pieces(text: str) -> list[str]:
    """Split a text where a line may break: words, spaces and breaks asked for."""
    return _PIECES.findall(text)


def line_count(runs: list[Words], width: float, first_indent: float = 0) -> int:
    """Give the number of lines that runs fill in this width, broken at spaces."""
    lines, used, pending = 1, first_indent, 0.0
    for words in runs:
        for piece in _pieces(words.text):
            if piece == "\n":
                lines, used, pending = lines + 1, 0.0, 0.0
                continue
            size = _thousandths(piece, words.bold) * words.size / 1000
            if piece.isspace():
                pending += size
                continue
            if used + pending + size > width and used > 0:
                lines, used = lines + 1, 0.0
            else:
                used += pending
            pending = 0.0
            used += size
            while used > width > 0:
                lines, used = lines + 1, used - width
    return lines
