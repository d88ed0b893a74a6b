"""Looking at a tree, and putting its words through a change."""

from __future__ import annotations

import operator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from policygen.document.nodes import (
    Appendix,
    Block,
    Blocks,
    BulletList,
    Cell,
    Clause,
    Code,
    Contents,
    Declaration,
    Emphasis,
    Field,
    Fields,
    Form,
    Generated,
    Inline,
    Inlines,
    Link,
    NumberedList,
    Paragraph,
    Quote,
    Revision,
    Section,
    Strong,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import DataclassInstance

    N = TypeVar("N", bound=DataclassInstance)

T = TypeVar("T")


def children(block: Block) -> Blocks:
    """Give the blocks directly inside a block, in the order they are printed."""
    match block:
        case BulletList(items=items) | NumberedList(items=items):
            return tuple(inner for item in items for inner in item)
        case Paragraph() | Table() | Contents() | Fields():
            return ()
        case _:
            return block.blocks


def walk(blocks: Blocks) -> Iterator[Block]:
    """Give every block of a tree, parents first, in the order they are printed."""
    for block in blocks:
        yield block
        yield from walk(children(block))


def with_inlines(blocks: Blocks, change: Callable[[Inlines], Inlines | None]) -> Blocks:
    """Give the tree with every run of inlines that ``inlines`` names put through ``change``.

    A run for which that gives None is taken away, with what held nothing else: a paragraph,
    a row whose cells are all gone, a list without items. What ``change`` gives back as it is
    stays the same object, with all that is made of nothing else.
    """
    new = tuple(new for block in blocks if (new := _with_inlines(block, change)) is not None)
    return kept(blocks, new)


def kept(old: tuple[T, ...], new: tuple[T, ...]) -> tuple[T, ...]:
    """Give the old tuple where the new one holds the same objects."""
    return old if len(old) == len(new) and all(map(operator.is_, old, new)) else new


def changed(node: N, **parts: object) -> N:
    """Give a node with other parts; the same node where they are the same objects."""
    if all(getattr(node, name) is part for name, part in parts.items()):
        return node
    return replace(node, **parts)


def _with_inlines(block: Block, change: Callable[[Inlines], Inlines | None]) -> Block | None:
    def inner(blocks: Blocks) -> Blocks:
        return with_inlines(blocks, change)

    def run(old: Inlines) -> Inlines:
        return change(old) or ()

    match block:
        case Paragraph(children=old):
            new = change(old)
            return None if new is None else changed(block, children=new)
        case BulletList(items=items) | NumberedList(items=items):
            pairs = tuple((inner(item), item) for item in items)
            left = tuple(new_item for new_item, item in pairs if new_item or not item)
            return changed(block, items=kept(items, left)) if left or not items else None
        case Table(header=header, rows=rows):
            lines = tuple(line for row in rows if (line := _row(row, change)) or not row)
            first = kept(header, tuple(changed(c, children=run(c.children)) for c in header))
            if rows and not lines:
                return None
            return changed(block, header=first, rows=kept(rows, lines))
        case Clause(heading=old) | Section(heading=old) | Appendix(heading=old):
            heading, within = run(old), inner(block.blocks)
            empty = (old or block.blocks) and not (heading or within)
            return None if empty else changed(block, heading=heading, blocks=within)
        case Generated(heading=old):
            heading, within = run(old), inner(block.blocks)
            empty = (old or block.blocks) and not (heading or within)
            return None if empty else changed(block, heading=heading, blocks=within)
        case Contents(entries=entries):
            listed = tuple(
                changed(entry, heading=new)
                for entry in entries
                if (new := change(entry.heading)) is not None
            )
            return replace(block, entries=listed) if listed or not entries else None
        case Fields():
            asked = tuple(some for row in block.rows if (some := _fields(row, change)) or not row)
            heading = run(block.heading)
            gone = block.rows and not (asked or heading)
            return None if gone else replace(block, rows=asked, heading=heading)
        case Quote() | Declaration() | Form():
            within = inner(block.blocks)
            return changed(block, blocks=within) if within or not block.blocks else None


def _row(row: tuple[Cell, ...], change: Callable[[Inlines], Inlines | None]) -> tuple[Cell, ...]:
    """Give a table's row; nothing where all of its cells are gone."""
    runs = [change(cell.children) for cell in row]
    if all(run is None for run in runs):
        return ()
    cells = (changed(cell, children=run or ()) for cell, run in zip(row, runs, strict=True))
    return kept(row, tuple(cells))


def _fields(
    row: tuple[Field, ...], change: Callable[[Inlines], Inlines | None]
) -> tuple[Field, ...]:
    """Give a row of fields; nothing where a label in it is gone."""
    labels = [change(field.label) for field in row]
    return tuple(
        changed(
            field,
            label=label,
            value=change(field.value) or (),
            choices=kept(field.choices, tuple(change(choice) or () for choice in field.choices)),
        )
        for field, label in zip(row, labels, strict=True)
        if label is not None and None not in labels
    )


def inlines(block: Block) -> Iterator[Inlines]:
    """Give the runs of inlines a block prints itself, in order, its inner blocks' not."""
    match block:
        case Paragraph(children=run):
            yield run
        case Table(header=header, rows=rows):
            for row in (header, *rows):
                yield from (cell.children for cell in row)
        case Clause(heading=run) | Section(heading=run) | Appendix(heading=run):
            yield run
        case Generated(heading=run):
            yield run
        case Contents(entries=entries):
            yield from (entry.heading for entry in entries)
        case Fields(rows=rows, heading=heading):
            yield heading
            for entry in (entry for row in rows for entry in row):
                yield entry.label
                yield entry.value
                yield from entry.choices
        case BulletList() | NumberedList() | Quote() | Declaration() | Form():
            return


def walk_inlines(run: Inlines) -> Iterator[Inline]:
    """Give every inline of a run, parents first."""
    for inline in run:
        yield inline
        if isinstance(inline, Strong | Emphasis | Code | Link | Revision):
            yield from walk_inlines(inline.children)
