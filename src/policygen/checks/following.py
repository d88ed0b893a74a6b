"""Compiled texts followed back through their sources: passages out.

What is printed comes from the compiled text, so Markdown's own signs are no words. Where each
word stands is found by reading the source along with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.prose import (
    FIRST_SLOT,
    NO_WORD,
    Item,
    ItemList,
    Linked,
    Passage,
    PassageKind,
    Passages,
    Stretch,
)
from policygen.document import (
    BulletList,
    Code,
    Emphasis,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    Picture,
    Strong,
    Table,
    Text,
    Value,
    children,
)
from policygen.model.templates import SLOT
from policygen.readers.templates import slot_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.document import Block, Blocks, Inline, Inlines
    from policygen.model.templates import Template
    from policygen.model.texts import SourceText


def passages_of(text: SourceText, template: Template | None) -> Passages:
    """Give the passages of a text; one without a template is a line of plain data."""
    if template is None:
        words = str(text)
        return Passages((Passage(text, words, tuple(range(len(words))), "line"),) if words else ())
    reader = _Reader(text, template)
    if template.inlines:
        reader.run(template.inlines, "line")
    reader.blocks(template.blocks)
    return Passages(tuple(reader.passages), tuple(reader.lists))


_BEFORE = re.compile(r"[\s>|]*")
_BULLET = re.compile(r"[\s>|]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*[\s>]*")
_QUOTED = re.compile(r"[ \t>]*")
_LEADING: Mapping[PassageKind, re.Pattern[str]] = {
    "paragraph": _BEFORE,
    "lead": _BEFORE,
    "item": _BULLET,
    "cell": _BEFORE,
    "line": re.compile(r"\s*"),
}
"""What stands before the words of a passage that is no word of it."""

_RULE = re.compile(r"\n[ >]*(?=[|: -]*-)[|:-][ |:-]*(?=\n|\Z)")
"""The line under a table's header."""

_WORD = re.compile(r"\S+|\s+")
_WORDS = re.compile(r"\w")
_FAR = 12
"""How many characters of Markdown's own stand between two letters at most."""


class _Reader:
    """Follows a compiled text through its source."""

    def __init__(self, text: SourceText, template: Template) -> None:
        self.text = text
        self.template = template
        self.places = tuple(slot_places(text))[: len(template.slots)]
        self.source = str(text)
        for start, end in self.places:
            self.source = f"{self.source[:start]}{chr(0) * (end - start)}{self.source[end:]}"
        self.position = 0
        self.passages: list[Passage] = []
        self.lists: list[ItemList] = []
        self.depth = 0
        self._begin()

    def _begin(self) -> None:
        self.words: list[str] = []
        self.offsets: list[int] = []
        self.links: list[Linked] = []
        self.code: list[Stretch] = []
        self.emphasised: list[Stretch] = []

    # Blocks

    def blocks(self, blocks: Blocks, kind: PassageKind = "paragraph") -> None:
        """Read blocks; ``kind`` is that of a first paragraph."""
        for number, block in enumerate(blocks):
            after = blocks[number + 1] if number + 1 < len(blocks) else None
            match block:
                case Paragraph(children=run):
                    is_lead = isinstance(after, BulletList | NumberedList)
                    own: PassageKind = "lead" if is_lead else "paragraph"
                    self.run(run, kind if number == 0 and kind != "paragraph" else own)
                case BulletList(items=items) | NumberedList(items=items):
                    self._list(items)
                case Table():
                    self._table(block)
                case _:
                    self.blocks(children(block))

    def _list(self, items: tuple[Blocks, ...]) -> None:
        found = []
        self.depth += 1
        for blocks in items:
            before = len(self.passages)
            self.blocks(blocks, "item")
            if len(self.passages) > before and isinstance(_first(blocks), Paragraph):
                found.append(Item(self.passages[before], len(blocks) > 1))
        self.depth -= 1
        self.lists.append(ItemList(tuple(found), self.depth > 0))

    def _table(self, table: Table) -> None:
        for cell in table.header:
            self.run(cell.children, "cell")
        if rule := _RULE.search(self.source, self.position):
            self.position = rule.end()
        for row in table.rows:
            for cell in row:
                self.run(cell.children, "cell")

    def run(self, run: Inlines, kind: PassageKind) -> None:
        """Read a run of inlines as one passage."""
        if not run:
            return
        if lead := _LEADING[kind].match(self.source, self.position):
            self.position = lead.end()
        self._begin()
        self._inlines(run)
        if self.words:
            self.passages.append(
                Passage(
                    self.text,
                    "".join(self.words),
                    tuple(self.offsets),
                    kind,
                    tuple(self.links),
                    tuple(self.code),
                    tuple(self.emphasised),
                    self.template.slots,
                )
            )

    # Inlines

    def _inlines(self, run: Inlines) -> None:
        for inline in run:
            self._inline(inline)

    def _inline(self, inline: Inline) -> None:
        begin = len(self.offsets)
        match inline:
            case Text(text=words):
                self._follow(words)
            case Value(name=name):
                number = int(name.removeprefix(SLOT))
                start, self.position = self.places[number]
                self._add(chr(ord(FIRST_SLOT) + number), start)
            case Strong(children=inner):
                self._inlines(inner)
            case Emphasis(children=inner):
                self._inlines(inner)
                self.emphasised.append((begin, len(self.offsets)))
            case Code(children=inner):
                self._inlines(inner)
                self.code.append((begin, len(self.offsets)))
            case Link(target=target, children=inner):
                self._inlines(inner)
                self.links.append(Linked(begin, len(self.offsets), target))
                self._past(")", self.source.find("](", self.position))
            case Picture(asset=asset):
                self._add(NO_WORD, self.position)
                self._past(")", self.source.find(asset.name, self.position))
            case LineBreak():
                self._add("\n", self.position)
            case _:
                pass

    def _past(self, sign: str, start: int) -> None:
        found = self.source.find(sign, start) if start >= 0 else -1
        self.position = found + 1 if found >= 0 else self.position

    def _add(self, character: str, offset: int) -> None:
        self.words.append(character)
        self.offsets.append(min(offset, len(self.source)))

    def _follow(self, words: str) -> None:
        """Follow words through the source, line by line, past the signs between them."""
        while words:
            ends = self.source.find("\n", self.position)
            line = self.source[self.position : ends if ends >= 0 else None]
            if line.startswith(words):
                self._take(words, self.position)
                return
            end = len(line)
            if not end or ends < 0 or not words.startswith(f"{line} "):
                self._spell(words)
                return
            self._take(f"{line} ", self.position)
            words = words[end + 1 :]
            if before := _QUOTED.match(self.source, self.position):
                self.position = before.end()

    def _take(self, words: str, start: int) -> None:
        """Add words that stand in the source as they are."""
        self.words.append(words)
        self.position = min(start + len(words), len(self.source))
        self.offsets.extend(range(start, self.position))
        self.offsets.extend([self.position] * (start + len(words) - self.position))

    def _spell(self, words: str) -> None:
        r"""Follow words that Markdown reads otherwise than they are typed (``\*``, ``&lt;``):
        word by word, and letter by letter where even a word differs."""
        for part in _WORD.findall(words):
            found = self.position if part.isspace() else self.source.find(part, self.position)
            if found >= 0 and not _WORDS.search(self.source, self.position, found):
                typed_as_two = part[0] == "\\" and self.source[self.position : found] == "\\"
                self._take(part, found)
                if typed_as_two:
                    self.offsets[-len(part)] = found - 1
                continue
            for letter in part:
                found = self.source.find(letter, self.position, self.position + _FAR)
                self._add(letter, found if found >= 0 else self.position)
                self.position = found + 1 if found >= 0 else self.position


def _first(blocks: Blocks) -> Block | None:
    return blocks[0] if blocks else None
