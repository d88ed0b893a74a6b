"""The words authors typed, each with its place in its file.

A ``Passage`` is a paragraph, an item of a list, a cell or a line, as it is printed but for
its ``{{ }}``: each is one private character, so that no value's words are taken for the
author's. Every character knows the offset from which it came.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.model.templates import LINK_SLOT, MOST_SLOTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.diagnostics import Span
    from policygen.model.templates import Expression
    from policygen.model.texts import SourceText

NO_WORD = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a character that is printed and is none of the author's prose."""

FIRST_SLOT = LINK_SLOT
LAST_SLOT = chr(ord(LINK_SLOT) + MOST_SLOTS - 1)
ANY_SLOT = f"[{FIRST_SLOT}-{LAST_SLOT}]"
"""What a ``{{ }}`` is in a passage, for use in patterns."""

_SLOT = re.compile(ANY_SLOT)

PassageKind: TypeAlias = Literal["paragraph", "lead", "item", "cell", "line"]
"""A ``lead`` is a paragraph with a list right under it."""

Stretch: TypeAlias = tuple[int, int]
"""From, and up to, which character of a passage's words."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A link in a passage: its words' stretch, and its address."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words that are printed as one run.

    ``offsets`` gives for each character of ``words`` where it stands in ``text``.
    """

    text: SourceText
    words: str
    offsets: tuple[int, ...] = field(repr=False)
    kind: PassageKind
    links: tuple[Linked, ...] = ()
    code: tuple[Stretch, ...] = ()
    emphasised: tuple[Stretch, ...] = ()
    slots: tuple[Expression, ...] = field(default=(), repr=False)

    def span(self, start: int, end: int) -> Span:
        """Give the place of a stretch of the words, as far as it stands on one line."""
        first, last = self.offsets[start], self.offsets[max(start, end - 1)] + 1
        segments = self.text.segments
        after = bisect.bisect_right(segments, (first, 1 << 30, 0))
        if after < len(segments) and segments[after][0] < last:
            last = segments[after][0] - 1
        return self.text.at(first, max(1, last - first))

    def typed(self, start: int, end: int) -> str | None:
        """Give a stretch as it stands in the source; None where it runs over a line's end."""
        first, last = self.offsets[start], self.offsets[max(start, end - 1)] + 1
        old = self.text[first:last]
        return None if "\n" in old or self.text.at(first).line != self.text.at(last).line else old

    @property
    def slotted(self) -> Iterator[tuple[int, Expression | None]]:
        """The characters that stand for a ``{{ }}``, with the expression in it."""
        for match in _SLOT.finditer(self.words):
            yield match.start(), self.slot(match.start())

    def slot(self, at: int) -> Expression | None:
        """Give the expression in the ``{{ }}`` that a character stands for, else None."""
        number = ord(self.words[at]) - ord(FIRST_SLOT)
        return self.slots[number] if 0 <= number < len(self.slots) else None

    @property
    def prose(self) -> str:
        """The words, with what is letter by letter (`code`) or an address blotted out."""
        if not self.code:
            return self.words
        return blotted(self.words, self.code)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its first paragraph, and whether blocks follow inside it."""

    passage: Passage
    continued: bool


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list: its items, and whether it stands inside another's item."""

    items: tuple[Item, ...]
    inner: bool


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of one text, in order, and its lists."""

    passages: tuple[Passage, ...]
    lists: tuple[ItemList, ...] = ()


def blotted(words: str, stretches: tuple[Stretch, ...]) -> str:
    """Give words with stretches of them blotted out, as long as before."""
    for start, end in stretches:
        words = f"{words[:start]}{NO_WORD * (end - start)}{words[end:]}"
    return words
