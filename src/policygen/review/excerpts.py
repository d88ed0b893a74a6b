"""What a report shows of a changed unit: its redline, without what readers need not see."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from policygen.document import (
    BulletList,
    Clause,
    Code,
    Declaration,
    Emphasis,
    Fields,
    Form,
    Generated,
    Link,
    NumberedList,
    Paragraph,
    Reference,
    Revision,
    Strong,
    Table,
    Text,
    Value,
    inlines,
    plain_text,
    walk,
    walk_inlines,
    with_inlines,
)
from policygen.review.brackets import bracketed
from policygen.review.looks import values, with_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Block, Blocks, Inline, Inlines
    from policygen.document.nodes import ParagraphRole

_WHOLE = 150
"""Words of the longest rule that is shown whole, so that a change is read in its place."""


def excerpt(redline: Blocks, *, rule: bool, both: bool) -> Blocks:
    """Give what to show of a redline; nothing where nothing is marked in it.

    A ``rule`` that is not long is shown whole. Of all else (a table of data, a form, the
    lines around a document) only what changed is. The heading stands over the excerpt
    already, so it is in it only where ``both`` versions have the unit, each with another.
    """
    plain = tuple(_top(with_inlines(redline, _settled), both=both))
    if rule and revised(plain) and word_count(plain) <= _WHOLE:
        return plain
    return tuple(_changed(plain))


def revised(blocks: Blocks) -> bool:
    """Whether anything is marked in blocks as inserted or deleted."""
    return _revised(_runs(blocks))


def varied(blocks: Blocks) -> bool:
    """Whether a name in brackets stands in blocks for data that is other data at each school."""
    return any(
        isinstance(inline, Value) and inline.text.startswith("[")
        for run in _runs(blocks)
        for inline in walk_inlines(run)
    )


def nameless(blocks: Blocks, *, marked: bool) -> Blocks:
    """Give blocks without the words of data, also of data in words that are ``marked`` as
    changed or not of that: by what they are told apart from those of another school."""

    def run(inlines_: Inlines) -> Inlines:
        return tuple(map(inline, inlines_))

    def inline(one: Inline) -> Inline:
        match one:
            case Value():
                return replace(one, text="")
            case Strong() | Emphasis() | Code() | Link():
                return replace(one, children=run(one.children))
            case Revision() if marked:
                return replace(one, children=run(one.children))
            case _:
                return one

    return with_inlines(blocks, run)


def with_names(blocks: Blocks, others: Blocks) -> Blocks:
    """Give blocks with the name of data in brackets where ``others``, those of another school,
    have other words for it."""
    mine, theirs = _data(blocks), _data(others)
    names = (name for name, texts in mine.items() if theirs.get(name) != texts)
    return with_values(blocks, {name: bracketed(name) for name in names})


def _data(blocks: Blocks) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for value in values(blocks):
        found.setdefault(value.name, []).append(value.text)
    return found


def word_count(blocks: Blocks) -> int:
    """Give how many words stand in blocks."""
    return sum(len(plain_text(run).split()) for run in _runs(blocks))


def opening(blocks: Blocks, words: int = 7) -> str:
    """Give the first words of blocks: what to call a clause without a heading."""
    runs = (plain_text(run).split() for run in _runs(blocks))
    first = next((run for run in runs if run), [])
    return " ".join(first[:words]) + (" …" if len(first) > words else "")


def _runs(blocks: Blocks) -> Iterator[Inlines]:
    return (run for block in walk(blocks) for run in inlines(block))


# Blocks ----------------------------------------------------------------------


def _top(blocks: Blocks, *, both: bool) -> Iterator[Block]:
    """Give the blocks of a unit without its frame."""
    for block in blocks:
        match block:
            case Clause(heading=heading, blocks=inner) | Generated(heading=heading, blocks=inner):
                if both and _revised((heading,)):
                    yield Paragraph((Strong(heading),))
                yield from _plain(inner)
            case _:
                yield from _plain((block,))


def _plain(blocks: Blocks) -> Iterator[Block]:
    """Give blocks without anchors and numbers: what only holds others gives way to them."""
    for block in blocks:
        match block:
            case Clause(heading=heading, blocks=inner) | Generated(heading=heading, blocks=inner):
                if heading:
                    yield Paragraph((Strong(heading),))
                yield from _plain(inner)
            case Form(blocks=inner) | Declaration(blocks=inner):
                yield from _plain(inner)
            case BulletList(items=items):
                shown = tuple(tuple(_plain(item)) for item in items)
                yield replace(block, items=shown, purpose="list")
            case NumberedList(items=items) if any(map(_new_or_gone, items)):
                # Its numbers would count what is gone.
                yield BulletList(tuple(tuple(_plain(item)) for item in items))
            case Fields():
                yield BulletList(tuple(_asked(block)))
            case Paragraph(children=run):
                role: ParagraphRole = "note" if block.role == "note" else "body"
                yield from (Paragraph(part, role) for part in _versions(run))
            case _:
                yield block


def _new_or_gone(item: Blocks) -> bool:
    return all(len(run) == 1 and isinstance(run[0], Revision) for run in _runs(item))


def _asked(fields: Fields) -> Iterator[Blocks]:
    """Give what is written into fields, an item each: "Name", "Pictures: Yes / No"."""
    if fields.heading:
        yield (Paragraph((Strong(fields.heading),)),)
    for field in (field for row in fields.rows for field in row):
        run = list(field.label)
        for place, words in enumerate((*filter(None, (field.value,)), *field.choices)):
            run += (Text(" / " if place else ": "), *words)
        yield (Paragraph(tuple(run)),)


def _versions(run: Inlines) -> tuple[Inlines, ...]:
    """Give a run that was rewritten as two, the old and then the new; any other as it is."""
    marked = [inline for inline in run if isinstance(inline, Revision)]
    kinds = [inline.kind for inline in marked]
    kept = [inline for inline in run if not isinstance(inline, Revision)]
    if kinds == ["deletion", "insertion"] and not plain_text(tuple(kept)).strip():
        return tuple((inline,) for inline in marked)
    return (run,)


def _changed(blocks: Blocks) -> Iterator[Block]:
    """Give the blocks that hold a change, lists with what leads into them, tables with the
    rows that changed."""
    if blocks and revised(blocks[:1]):
        yield _cut(blocks[0])
    for before, block in pairwise(blocks):
        if not revised((block,)):
            continue
        if isinstance(block, BulletList) and isinstance(before, Paragraph):
            yield from () if revised((before,)) else (before,)
        yield _cut(block)


def _cut(block: Block) -> Block:
    match block:
        case BulletList(items=items):
            return replace(block, items=tuple(item for item in items if revised(item)))
        case Table(rows=rows):
            return replace(
                block, rows=tuple(row for row in rows if _revised(c.children for c in row))
            )
        case _:
            return block


def _revised(runs: Iterable[Inlines]) -> bool:
    return any(isinstance(inline, Revision) for run in runs for inline in walk_inlines(run))


# Runs ------------------------------------------------------------------------


def _settled(run: Inlines) -> Inlines:
    """Give a run whose references are plain words, and whose marks stand on words and not
    on the spaces around them, with a space between what is gone and what took its place."""
    found: list[Inline] = []
    for inline in map(_unlinked, run):
        before, middle, after = _trimmed(inline)
        if before or (found and _meet(found[-1], inline)):
            found.append(Text(" "))
        found.append(middle)
        if after:
            found.append(Text(" "))
    return tuple(found)


def _meet(one: Inline, other: Inline) -> bool:
    both = isinstance(one, Revision) and isinstance(other, Revision)
    return both and plain_text((other,))[:1] not in set(".,;:!?)")


def _trimmed(inline: Inline) -> tuple[bool, Inline, bool]:
    """Give a revision without the spaces at its ends, and whether it has any there."""
    match inline:
        case Revision(children=(*_, last) as inner) if plain_text(inner).strip():
            before, after = False, False
            if isinstance(last, Text | Value) and last.text[-1:].isspace():
                after = True
                inner = (*inner[:-1], replace(last, text=last.text.rstrip()))
            first = inner[0]
            if isinstance(first, Text | Value) and first.text[:1].isspace():
                before = True
                inner = (replace(first, text=first.text.lstrip()), *inner[1:])
            return before, replace(inline, children=inner), after
        case _:
            return False, inline, False


def _unlinked(inline: Inline) -> Inline:
    match inline:
        case Reference(label=label):
            return Text(label)
        case Strong() | Emphasis() | Code() | Link() | Revision():
            return replace(inline, children=_settled(inline.children))
        case _:
            return inline
