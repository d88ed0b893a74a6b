"""Looking at a tree, and putting its words through a change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.document.nodes import (
    Appendix,
    Block,
    Blocks,
    BulletList,
    Clause,
    Code,
    Contents,
    Declaration,
    Emphasis,
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


def with_inlines(blocks: Blocks, change: Callable[[Inlines], Inlines]) -> Blocks:
    """Give the tree with every run of inlines that ``inlines`` names put through ``change``."""
    return tuple(_with_inlines(block, change) for block in blocks)


def _with_inlines(block: Block, change: Callable[[Inlines], Inlines]) -> Block:
    def inner(blocks: Blocks) -> Blocks:
        return with_inlines(blocks, change)

    match block:
        case Paragraph():
            return replace(block, children=change(block.children))
        case BulletList() | NumberedList():
            return replace(block, items=tuple(inner(item) for item in block.items))
        case Table():
            header, *rows = (
                tuple(replace(cell, children=change(cell.children)) for cell in row)
                for row in (block.header, *block.rows)
            )
            return replace(block, header=header, rows=tuple(rows))
        case Clause() | Section() | Appendix() | Generated():
            return replace(block, heading=change(block.heading), blocks=inner(block.blocks))
        case Contents():
            entries = tuple(replace(e, heading=change(e.heading)) for e in block.entries)
            return replace(block, entries=entries)
        case Fields():
            rows_of_fields = tuple(
                tuple(
                    replace(
                        field_,
                        label=change(field_.label),
                        value=change(field_.value),
                        choices=tuple(change(choice) for choice in field_.choices),
                    )
                    for field_ in row
                )
                for row in block.rows
            )
            return replace(block, rows=rows_of_fields, heading=change(block.heading))
        case Quote() | Declaration() | Form():
            return replace(block, blocks=inner(block.blocks))


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
