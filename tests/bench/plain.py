"""A document as the rivals take it: headings, paragraphs, items and tables, in order.

Numbers are words here, as they are for whoever types them; the words are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from policygen.document import (
    Appendix,
    BulletList,
    Clause,
    Contents,
    Declaration,
    Emphasis,
    Fields,
    Form,
    Generated,
    LineBreak,
    NumberedList,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    number_text,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Block, Document, Inlines


@dataclass(frozen=True, slots=True)
class Words:
    """Words that look alike."""

    text: str
    bold: bool = False
    italic: bool = False


Run: TypeAlias = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: a heading (with its level), a paragraph, an item of a list (with
    its depth), or a table of rows, the first of which heads it."""

    kind: str
    run: Run = ()
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(words.text for words in self.run)


def pieces(document: Document) -> list[Piece]:
    """Give a document's title, facts and text."""
    facts = "; ".join(f"{fact.label}: {fact.value}" for fact in document.facts)
    front = [Piece("heading", _words(document.title), 0), Piece("paragraph", (Words(facts),))]
    return [*front, *_pieces(document.blocks, 1)]


def _pieces(blocks: Iterable[Block], level: int, depth: int = 0) -> Iterator[Piece]:
    for block in blocks:
        yield from _piece(block, level, depth)


def _piece(block: Block, level: int, depth: int) -> Iterator[Piece]:
    match block:
        case Paragraph(children=run):
            yield Piece("paragraph", _words(run))
        case BulletList(items=items):
            yield from _items("bullet", items, level, depth)
        case NumberedList(items=items):
            yield from _items("number", items, level, depth)
        case Table(header=header, rows=rows):
            cells = tuple(tuple(plain_text(c.children) for c in row) for row in rows)
            head = tuple(plain_text(c.children) for c in header) or ("",) * len(cells[0])
            yield Piece("table", rows=(head, *cells))
        case Section(heading=heading, number=number, blocks=inner):
            yield from _headed(heading, number_text(number), level)
            yield from _pieces(inner, level + 1)
        case Clause(heading=heading, number=number, blocks=inner):
            yield from _headed(heading, number_text(number), level)
            yield from _pieces(inner, level + 1)
        case Appendix(heading=heading, label=label, blocks=inner):
            yield from _headed(heading, label, level)
            yield from _pieces(inner, level + 1)
        case Generated(heading=heading, blocks=inner):
            yield from _headed(heading, "", level)
            yield from _pieces(inner, level + 1)
        case Quote(blocks=inner) | Declaration(blocks=inner) | Form(blocks=inner):
            yield from _pieces(inner, level)
        case Fields(rows=rows, heading=heading):
            yield from _headed(heading, "", level)
            for row in rows:
                labels = tuple(plain_text(field.label) for field in row)
                yield Piece("table", rows=(labels, ("",) * len(labels)))
        case Contents(entries=entries):
            yield Piece("contents", rows=tuple((e.label, plain_text(e.heading)) for e in entries))


def _headed(heading: Inlines, label: str, level: int) -> Iterator[Piece]:
    if heading:
        number = (Words(f"{label} "),) if label else ()
        yield Piece("heading", (*number, *_words(heading)), min(level, 4))


def _items(
    kind: str, items: tuple[tuple[Block, ...], ...], level: int, depth: int
) -> Iterator[Piece]:
    for first, *rest in items:
        if isinstance(first, Paragraph):
            yield Piece(kind, _words(first.children), depth)
        yield from _pieces(rest, level, depth + 1)


def _words(run: Inlines, *, bold: bool = False, italic: bool = False) -> Run:
    found: list[Words] = []
    for inline in run:
        inner: Any = getattr(inline, "children", None)
        if inner is not None:
            strong, slanted = isinstance(inline, Strong), isinstance(inline, Emphasis)
            found += _words(inner, bold=bold or strong, italic=italic or slanted)
        elif isinstance(inline, LineBreak):
            found.append(Words(" ", bold, italic))
        else:
            found.append(Words(plain_text((inline,)), bold, italic))
    return tuple(found)
