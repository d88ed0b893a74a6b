"""What a part of a document says, and what there is to it beside its words."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from policygen.document import (
    BulletList,
    Clause,
    Code,
    Contents,
    Emphasis,
    Fields,
    Form,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    Picture,
    Reference,
    Revision,
    Section,
    Strong,
    Table,
    Text,
    Value,
    children,
    inlines,
    plain_text,
    walk,
    walk_inlines,
    with_inlines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from policygen.document import Asset, Block, Blocks, Document, Inline, Inlines

Look: TypeAlias = tuple[str, str]
"""What something is called, and how it is printed or what is behind it."""

# Words -----------------------------------------------------------------------


def plainly(blocks: Blocks, renamed: Mapping[str, str]) -> Blocks:
    """Give blocks without numbers and anchors, which say where a part stands and not what
    it is, and with the new ids of what was renamed."""

    def inline(node: Inline) -> Inline:
        match node:
            case Reference(target=target):
                return replace(node, target=renamed.get(target, target), label="")
            case _:
                return node

    return tuple(_bare(block, renamed) for block in _each(blocks, inline))


def _bare(block: Block, renamed: Mapping[str, str]) -> Block:
    def inner(blocks: Blocks) -> Blocks:
        return tuple(_bare(each, renamed) for each in blocks)

    match block:
        case Clause(id=name):
            name = renamed.get(name, name)
            return replace(block, id=name, blocks=inner(block.blocks), number=(), anchor="")
        case Form():
            return replace(block, blocks=inner(block.blocks), anchor="")
        case BulletList() | NumberedList():
            return replace(block, items=tuple(map(inner, block.items)))
        case _:
            return block


def shown(blocks: Blocks) -> list[str]:
    """Give the words as they are printed, block by block, without markup and numbers."""
    return list(_words(blocks, _printed))


def named(blocks: Blocks) -> list[str]:
    """Give the words with what tells values, references and pictures from others in their
    place: a value's name, whatever it prints."""
    return list(_words(blocks, _by_name))


def _printed(inline: Value | Reference | Picture) -> str:
    match inline:
        case Value(text=text):
            return text
        case Reference():
            return ""
        case Picture(alt=alt):
            return f"{{{alt}}}"


def _by_name(inline: Value | Reference | Picture) -> str:
    match inline:
        case Value(name=name):
            return f"{{{name}}}"
        case Reference(target=target):
            return f"{{{target}}}"
        case Picture(asset=asset, alt=alt):
            return f"{{{alt}: {picture(asset)}}}"


def _words(blocks: Blocks, of_data: Callable[[Value | Reference | Picture], str]) -> Iterator[str]:
    def text(run: Inlines) -> str:
        return "".join(map(of, run))

    def of(inline: Inline) -> str:
        match inline:
            case Text(text=words):
                return words
            case Value() | Reference() | Picture():
                return of_data(inline)
            case LineBreak():
                return " "
            case _:
                return text(inline.children)

    for block in blocks:
        yield f"<{type(block).__name__}"
        # A line that is wrapped elsewhere says the same.
        yield from (" ".join(text(run).split()) for run in inlines(block))
        yield from _words(children(block), of_data)
        yield ">"


def values(blocks: Blocks) -> Iterator[Value]:
    """Give the values printed, in order."""
    for block in walk(blocks):
        for run in inlines(block):
            yield from (inline for inline in walk_inlines(run) if isinstance(inline, Value))


def with_values(blocks: Blocks, texts: Mapping[str, str]) -> Blocks:
    """Give blocks in which the values of these names print other words."""
    if not texts:
        return blocks

    def inline(node: Inline) -> Inline:
        match node:
            case Value(name=name, text=text):
                return Value(name, texts.get(name, text))
            case _:
                return node

    return _each(blocks, inline)


def _each(blocks: Blocks, change: Callable[[Inline], Inline]) -> Blocks:
    """Give blocks with every inline that holds no others put through ``change``."""

    def run(inner: Inlines) -> Inlines:
        return tuple(map(inline, inner))

    def inline(node: Inline) -> Inline:
        match node:
            case Strong() | Emphasis() | Code() | Link() | Revision():
                return replace(node, children=run(node.children))
            case _:
                return change(node)

    return with_inlines(blocks, run)


def pictures(blocks: Blocks) -> Iterator[Asset]:
    """Give the pictures printed, in order."""
    for block in walk(blocks):
        for run in inlines(block):
            yield from (one.asset for one in walk_inlines(run) if isinstance(one, Picture))


# Looks -----------------------------------------------------------------------


def picture(asset: Asset) -> str:
    """Tell a picture from others: its path and the first digits of its bytes' digest."""
    return f"{asset.name} ({hashlib.sha256(asset.data).hexdigest()[:8]})"


def looks(blocks: Blocks) -> Iterator[Look]:
    """Give whatever can differ where all words are the same."""
    for block in walk(blocks):
        yield from _of_block(block)
        for run in inlines(block):
            for inline in walk_inlines(run):
                yield from _of_inline(inline)


def _of_inline(inline: Inline) -> Iterator[Look]:
    match inline:
        case Strong(children=run):
            yield _quoted(run), "in bold"
        case Emphasis(children=run):
            yield _quoted(run), "in italics"
        case Code(children=run):
            yield _quoted(run), "as something to type"
        case Link(target=target, children=run):
            yield _quoted(run), f"leads to {target}"
        case Picture(asset=asset, alt=alt):
            yield f"The picture “{alt}”", picture(asset)
        case Value(name=name, text=text):
            yield f"“{text}”", f"filled in from {name}"
        case Reference(target=target):
            yield "", f"a reference to {target}"
        case LineBreak():
            yield "", "a line broken by the author"
        case Text() | Revision():
            return


def _of_block(block: Block) -> Iterator[Look]:
    match block:
        case Paragraph(children=run, role=role):
            yield _quoted(run), f"a paragraph ({role})"
        case BulletList(purpose=purpose):
            yield "", f"bullets ({purpose})"
        case NumberedList(start=start):
            yield "", f"a list numbered from {start}"
        case Table(kind=kind, name=name, header=header, rows=rows):
            yield f"The table “{name}”", "with a header row" if kind == "grid" else "with labels"
            lines = (header, *rows) if header else rows
            for column, cells in enumerate(zip(*lines, strict=False), 1):
                sides = " and ".join(sorted({cell.align for cell in cells}))
                yield f"Column {column} of the table “{name}”", f"aligned {sides}"
        case Clause(counted=False):
            yield "", "a clause without a number of its own"
        case Fields(rows=rows, purpose=purpose):
            beside = ", ".join(str(len(row)) for row in rows)
            yield "", f"fields ({purpose}), so many side by side: {beside}"
            for entry in (entry for row in rows for entry in row):
                yield f"The field {_quoted(entry.label)}", f"a {entry.kind} field"
        case _:
            yield "", f"a part set as {type(block).__name__.lower()}"


def _quoted(run: Inlines) -> str:
    words = plain_text(run)
    return f"“{words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + '…'}”"


_LONGEST = 60
"""Characters of the words that are quoted to say what is meant."""


def look_of_pages(document: Document) -> Iterator[Look]:
    """Give what a document looks like apart from its parts."""
    yield "Colour", document.colour
    yield "Logo", picture(document.logo) if document.logo else "none"
    everything = list(walk(document.blocks))
    listed = any(isinstance(block, Contents) for block in everything)
    yield "List of contents", "printed" if listed else "not printed"
    for block in everything:
        if isinstance(block, Section) and block.heading:
            name = _quoted(block.heading)
            yield f"The section {name}", f"at level {block.level}"
            yield f"The clauses of {name}", f"numbered: {block.style}"


def differences(old: Iterable[Look], new: Iterable[Look], *, whole: bool = True) -> Blocks:
    """Give a note for each look that only one version has.

    Where the words differ as well, so that the looks of what is gone are no news, only
    those are wanted that were exchanged for another (``whole`` is false).
    """
    before, after = Counter(old), Counter(new)
    gone, fresh = _by_subject(before - after), _by_subject(after - before)
    return tuple(
        _note(subject, gone.get(subject, []), fresh.get(subject, []))
        for subject in dict.fromkeys((*gone, *fresh))
        if whole or (subject and subject in gone and subject in fresh)
    )


def _by_subject(looks_: Iterable[Look]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for subject, how in looks_:
        found.setdefault(subject, []).append(how)
    return found


def _note(subject: str, gone: list[str], fresh: list[str]) -> Block:
    run: list[Inline] = [Text(f"{subject}: ")] if subject else []
    if gone:
        run.append(Revision("deletion", (Text("; ".join(gone)),)))
    if gone and fresh:
        run.append(Text(" "))
    if fresh:
        run.append(Revision("insertion", (Text("; ".join(fresh)),)))
    return Paragraph(tuple(run), "note")
