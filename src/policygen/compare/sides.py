"""One side of a redline: the document as it was before, or as it is now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.document import (
    Appendix,
    BulletList,
    Clause,
    Code,
    Contents,
    Declaration,
    Emphasis,
    Fields,
    Form,
    Generated,
    Link,
    NumberedList,
    Paragraph,
    Quote,
    Revision,
    Section,
    Strong,
    Table,
    revision_of_run,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Block, Blocks, Cell, Field, Inline, Inlines, RevisionKind


def accepted(blocks: Blocks) -> Blocks:
    """Give what a redline comes to when all of it is accepted: the new version."""
    return tuple(_side(blocks, "deletion"))


def rejected(blocks: Blocks) -> Blocks:
    """Give what a redline comes to when all of it is rejected: the old version's words.

    Numbers, labels of references and markup of what both versions have are the new one's.
    """
    return tuple(_side(blocks, "insertion"))


def _side(blocks: Blocks, gone: RevisionKind) -> Iterator[Block]:
    for block in blocks:
        yield from _kept(block, gone)


def _kept(block: Block, gone: RevisionKind) -> Iterator[Block]:
    match block:
        case Paragraph(children=run):
            if revision_of_run(run) != gone:
                yield replace(block, children=_run(run, gone))
        case BulletList() | NumberedList():
            items = tuple(tuple(_side(item, gone)) for item in block.items)
            kept = tuple(new for new, old in zip(items, block.items, strict=True) if new or not old)
            if kept or not block.items:
                yield replace(block, items=kept)
        case Quote() | Declaration() | Form():
            inner = tuple(_side(block.blocks, gone))
            if inner or not block.blocks:
                yield replace(block, blocks=inner)
        case Clause() | Section() | Appendix() | Generated():
            inner = tuple(_side(block.blocks, gone))
            heading = () if revision_of_run(block.heading) == gone else _run(block.heading, gone)
            if inner or heading or not (block.blocks or block.heading):
                yield replace(block, heading=heading, blocks=inner)
        case Table():
            rows = tuple(_row(row, gone) for row in block.rows if not _gone(row, gone))
            if rows or not block.rows:
                yield replace(block, header=_row(block.header, gone), rows=rows)
        case Contents(entries=entries):
            listed = tuple(
                replace(entry, heading=_run(entry.heading, gone))
                for entry in entries
                if revision_of_run(entry.heading) != gone
            )
            if listed or not entries:
                yield Contents(listed)
        case Fields():
            fields = tuple(
                tuple(_field(entry, gone) for entry in row)
                for row in block.rows
                if not any(revision_of_run(entry.label) == gone for entry in row)
            )
            heading = () if revision_of_run(block.heading) == gone else _run(block.heading, gone)
            if fields or heading or not block.rows:
                yield replace(block, rows=fields, heading=heading)


def _gone(row: tuple[Cell, ...], gone: RevisionKind) -> bool:
    return bool(row) and all(revision_of_run(cell.children) == gone for cell in row)


def _row(row: tuple[Cell, ...], gone: RevisionKind) -> tuple[Cell, ...]:
    return tuple(replace(cell, children=_run(cell.children, gone)) for cell in row)


def _field(entry: Field, gone: RevisionKind) -> Field:
    return replace(
        entry,
        label=_run(entry.label, gone),
        value=_run(entry.value, gone),
        choices=tuple(_run(choice, gone) for choice in entry.choices),
    )


def _run(run: Inlines, gone: RevisionKind) -> Inlines:
    return tuple(_inlines(run, gone))


def _inlines(run: Iterable[Inline], gone: RevisionKind) -> Iterator[Inline]:
    for inline in run:
        match inline:
            case Revision(kind=kind, children=inner):
                if kind != gone:
                    yield from inner
            case Strong() | Emphasis() | Code() | Link():
                yield replace(inline, children=_run(inline.children, gone))
            case _:
                yield inline
