"""Two runs of inlines as one, with what was inserted and deleted marked word by word."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from policygen.document import (
    Code,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Picture,
    Reference,
    Revision,
    Strong,
    Text,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import RevisionKind

Holder: TypeAlias = Strong | Emphasis | Code | Link

_PIECES = re.compile(r"\s+|\w+(?:[’'\-.@/]\w+)*|[^\w\s]")
"""White space, words with what joins them (don't, e-mail, 4.2, addresses), single marks."""

_ISLAND = 2
"""Words left as they were between two changes, where fewer join the changes into one."""

_SCRAPS = 0.4
"""The share of words that must stay for a change to be shown word by word."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a mark, white space, or an inline that can't be divided, in its holders."""

    words: str
    inline: Inline
    holders: tuple[Holder, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether it is white space."""
        return not self.words.strip()


def compared(old: Inlines, new: Inlines) -> Inlines:
    """Give both runs as one. Equal words stand as the new run has them."""
    if old == new:
        return new
    if not (old and new):
        # The paragraph itself stays, though it has no words on one side.
        return (*revised("deletion" if old else "insertion", old or new), Text(""))
    before, after = list(_pieces(old)), list(_pieces(new))
    changes = _joined(_opcodes(before, after), before)
    if _kept(changes, before) < _SCRAPS * max(_count(before), _count(after)):
        return (*revised("deletion", old), *revised("insertion", new))
    return tuple(_merged(changes, before, after))


def versions(old: Inlines, new: Inlines) -> Inlines:
    """Give both lines as one; a line that only one version has stands wholly in a revision."""
    if old and new:
        return compared(old, new)
    return revised("insertion", new) if new else revised("deletion", old) if old else ()


def revised(kind: RevisionKind, run: Inlines) -> Inlines:
    """Give a run as wholly inserted or deleted; an empty one, too."""
    return (Revision(kind, run),)


def _pieces(run: Inlines, holders: tuple[Holder, ...] = ()) -> Iterator[Piece]:
    for inline in run:
        match inline:
            case Text(text=text):
                for words in _PIECES.findall(text):
                    yield Piece(words, Text(words), holders)
            case Value(name=name, text=text):
                for words in _PIECES.findall(text):
                    yield Piece(words, Value(name, words), holders)
            case Strong() | Emphasis() | Code() | Link():
                yield from _pieces(inline.children, (*holders, _emptied(inline)))
            case Reference(label=label):
                yield Piece(label, inline, holders)
            case Revision():
                message = "a redline can't be compared again"
                raise TypeError(message)
            case Picture(asset=asset, alt=alt):
                picture = hashlib.sha256(asset.data).hexdigest()
                yield Piece(f"picture {alt} {picture}", inline, holders)
            case LineBreak():
                yield Piece("\n", inline, holders)


def _emptied(holder: Holder) -> Holder:
    match holder:
        case Link(target=target):
            return Link(target, ())
        case _:
            return type(holder)(())


Change: TypeAlias = "tuple[bool, int, int, int, int]"
"""Whether the words are equal, and the ends of the old and the new piece of it."""


def _opcodes(before: list[Piece], after: list[Piece]) -> list[Change]:
    matcher = SequenceMatcher(
        None, [p.words for p in before], [p.words for p in after], autojunk=False
    )
    return [(name == "equal", a, b, c, d) for name, a, b, c, d in matcher.get_opcodes()]


def _joined(changes: list[Change], before: list[Piece]) -> list[Change]:
    """Join changes between which hardly a word was left alone."""
    joined: list[Change] = []
    last = len(changes) - 1
    for index, change in enumerate(changes):
        equal, a, b, c, d = change
        inside = 0 < index < last
        if equal and inside and _count(before[a:b]) < _ISLAND:
            equal = False
        if joined and not equal and not joined[-1][0]:
            _, first, _, third, _ = joined[-1]
            joined[-1] = (False, first, b, third, d)
        else:
            joined.append((equal, a, b, c, d))
    return joined


def _count(pieces: Iterable[Piece]) -> int:
    return sum(not piece.blank for piece in pieces)


def _kept(changes: list[Change], before: list[Piece]) -> int:
    return sum(_count(before[a:b]) for equal, a, b, _, _ in changes if equal)


def _merged(changes: list[Change], before: list[Piece], after: list[Piece]) -> Iterator[Inline]:
    for equal, a, b, c, d in changes:
        if equal:
            yield from _rebuilt(after[c:d])
            continue
        if b > a:
            yield Revision("deletion", tuple(_rebuilt(before[a:b])))
        if d > c:
            yield Revision("insertion", tuple(_rebuilt(after[c:d])))


def _rebuilt(pieces: list[Piece], depth: int = 0) -> Iterator[Inline]:
    """Put pieces together again: words of one text, and what stands in one holder."""

    def holder_of(piece: Piece) -> Holder | None:
        return piece.holders[depth] if len(piece.holders) > depth else None

    for holder, group in groupby(pieces, key=holder_of):
        inner = list(group)
        if holder is None:
            yield from _texts(inner)
        elif isinstance(holder, Link):
            yield Link(holder.target, tuple(_rebuilt(inner, depth + 1)))
        else:
            yield type(holder)(tuple(_rebuilt(inner, depth + 1)))


def _texts(pieces: list[Piece]) -> Iterator[Inline]:
    def source(piece: Piece) -> tuple[str, str]:
        match piece.inline:
            case Text():
                return ("text", "")
            case Value(name=name):
                return ("value", name)
            case _:
                return ("whole", str(id(piece)))

    for (kind, name), group in groupby(pieces, key=source):
        inner = list(group)
        words = "".join(piece.words for piece in inner)
        match kind:
            case "text":
                yield Text(words)
            case "value":
                yield Value(name, words)
            case _:
                yield from (piece.inline for piece in inner)
