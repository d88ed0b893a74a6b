"""Two lists of blocks as one: paired by id and by likeness, then compared word by word."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from policygen.compare.runs import compared, revised, versions
from policygen.compare.titles import retitled
from policygen.document import (
    Appendix,
    Block,
    Blocks,
    BulletList,
    Cell,
    Clause,
    Contents,
    ContentsEntry,
    Declaration,
    Field,
    Fields,
    Form,
    Generated,
    Inlines,
    NumberedList,
    Paragraph,
    Quote,
    RevisionKind,
    Section,
    Table,
    inlines,
    plain_text,
    walk,
    with_inlines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

T = TypeVar("T")
Headed = TypeVar("Headed", Clause, Section, Appendix, Generated)
Row: TypeAlias = tuple[Cell, ...]
Item: TypeAlias = Blocks

_ALIKE = 0.4
"""The likeness from which two blocks, rows or items count as versions of one another."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares blocks; ``renamed`` gives the new id of a clause that had another before."""

    renamed: Mapping[str, str] = field(default_factory=dict)

    def blocks(self, old: Blocks, new: Blocks) -> Blocks:
        """Give both as one. What both have stands as the new one has it."""
        titles = self._retitled(old, new)

        def key(block: Block) -> Hashable:
            known = self._key(block)
            return titles.get(known, known)

        return tuple(aligned(old, new, key=key, words=_words, merge=self._merged, whole=_whole))

    def _key(self, block: Block) -> Hashable:
        """Give by what a block is known from version to version, None if by its words."""
        match block:
            case Clause(id=name):
                return ("clause", self.renamed.get(name, name))
            case Section(id=name, heading=heading) | Appendix(id=name, heading=heading):
                return (type(block).__name__, name or plain_text(heading))
            case Form(id=name):
                return ("form", name)
            case Generated(kind=kind):
                return ("generated", kind)
            case Contents():
                return ("contents",)
            case _:
                return None

    def _retitled(self, old: Blocks, new: Blocks) -> dict[Hashable, Hashable]:
        """Give the new key of each section and appendix that has what another had before."""
        found: dict[Hashable, Hashable] = {}
        for kind in (Section, Appendix):
            before, after = (
                {self._key(block): self._held(block) for block in side if isinstance(block, kind)}
                for side in (old, new)
            )
            found |= retitled(before, after)
        return found

    def _held(self, block: Section | Appendix) -> set[str]:
        """Give the clauses in a block by their new ids; of one without clauses, its words."""
        inner = (each.id for each in walk(block.blocks) if isinstance(each, Clause))
        clauses = {f"clause:{self.renamed.get(name, name)}" for name in inner}
        return clauses or {word for each in block.blocks for word in _words(each)}

    def _merged(self, old: Block, new: Block) -> Blocks | None:
        """Give two versions of a block as one, None if they are of different kinds."""
        match old, new:
            case Paragraph(), Paragraph() if old.role == new.role:
                return (replace(new, children=compared(old.children, new.children)),)
            case BulletList(), BulletList() if old.purpose == new.purpose:
                return (replace(new, items=self._items(old.items, new.items)),)
            case NumberedList(), NumberedList() if old.start == new.start:
                return (replace(new, items=self._items(old.items, new.items)),)
            case Quote(), Quote():
                return (replace(new, blocks=self.blocks(old.blocks, new.blocks)),)
            case Declaration(), Declaration():
                return (replace(new, blocks=self.blocks(old.blocks, new.blocks)),)
            case Form(), Form():
                return (replace(new, blocks=self.blocks(old.blocks, new.blocks)),)
            case Table(), Table() if _same_columns(old, new):
                return (
                    replace(
                        new,
                        header=_row(old.header, new.header),
                        rows=tuple(
                            aligned(
                                old.rows,
                                new.rows,
                                key=_first_cell,
                                words=_row_words,
                                merge=lambda a, b: (_row(a, b),),
                                whole=_whole_row,
                            )
                        ),
                    ),
                )
            case Clause(), Clause():
                return (self._headed(old, new),)
            case Section(), Section():
                return (self._headed(old, new),)
            case Appendix(), Appendix():
                return (self._headed(old, new),)
            case Generated(), Generated():
                return (self._headed(old, new),)
            case Contents(), Contents():
                return (Contents(tuple(_entries(old, new))),)
            case Fields(), Fields() if old.purpose == new.purpose:
                heading = versions(old.heading, new.heading)
                return (replace(new, heading=heading, rows=_field_rows(old, new)),)
            case _:
                return None

    def _headed(self, old: Headed, new: Headed) -> Headed:
        heading = versions(old.heading, new.heading)
        return replace(new, heading=heading, blocks=self.blocks(old.blocks, new.blocks))

    def _items(self, old: tuple[Item, ...], new: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            aligned(
                old,
                new,
                key=lambda _: None,
                words=_item_words,
                merge=lambda a, b: (self.blocks(a, b),),
                whole=lambda kind, item: tuple(_whole(kind, block) for block in item),
            )
        )


# Aligning --------------------------------------------------------------------


def aligned(  # noqa: PLR0913 -- what is aligned is told by what can be asked of it
    old: Sequence[T],
    new: Sequence[T],
    *,
    key: Callable[[T], Hashable],
    words: Callable[[T], tuple[str, ...]],
    merge: Callable[[T, T], Sequence[T] | None],
    whole: Callable[[RevisionKind, T], T],
) -> list[T]:
    """Give two sequences as one: pairs merged, the rest wholly deleted or inserted.

    Whatever has a key is paired by it. The rest is paired where the words are the same
    or, between such pairs, alike.
    """
    made: list[T] = []
    for first, second in _pairs(old, new, key, words):
        both = merge(first, second) if first is not None and second is not None else None
        if both is not None:
            made += both
            continue
        if first is not None:
            made.append(whole("deletion", first))
        if second is not None:
            made.append(whole("insertion", second))
    return made


def _pairs(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable],
    words: Callable[[T], tuple[str, ...]],
) -> list[tuple[T | None, T | None]]:
    def sign(item: T) -> Hashable:
        known = key(item)
        return (type(item).__name__, words(item)) if known is None else ("key", known)

    matcher = SequenceMatcher(None, list(map(sign, old)), list(map(sign, new)), autojunk=False)
    pairs: list[tuple[T | None, T | None]] = []
    for name, a, b, c, d in matcher.get_opcodes():
        if name == "equal":
            pairs += zip(old[a:b], new[c:d], strict=True)
        else:
            unpaired: list[tuple[T | None, T | None]] = _alike(old[a:b], new[c:d], key, words)
            pairs += unpaired
    return pairs


def _alike(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable],
    words: Callable[[T], tuple[str, ...]],
) -> list[tuple[T | None, T | None]]:
    """Pair what has no key with the first that is like it, in order."""
    pairs: list[tuple[T | None, T | None]] = []
    start = 0
    for item in old:
        found = None
        if key(item) is None:
            found = next(
                (
                    place
                    for place in range(start, len(new))
                    if key(new[place]) is None
                    and type(item) is type(new[place])
                    and _likeness(words(item), words(new[place])) >= _ALIKE
                ),
                None,
            )
        if found is None:
            pairs.append((item, None))
            continue
        pairs += [(None, inserted) for inserted in new[start:found]]
        pairs.append((item, new[found]))
        start = found + 1
    return pairs + [(None, inserted) for inserted in new[start:]]


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


# Words -----------------------------------------------------------------------


def _words(block: Block) -> tuple[str, ...]:
    return tuple(
        word
        for inner in walk((block,))
        for run in inlines(inner)
        for word in plain_text(run).split()
    )


def _item_words(item: Item) -> tuple[str, ...]:
    return tuple(word for block in item for word in _words(block))


def _row_words(row: Row) -> tuple[str, ...]:
    return tuple(word for cell in row for word in plain_text(cell.children).split())


def _first_cell(row: Row) -> Hashable:
    return plain_text(row[0].children) or None if row else None


# Wholly inserted or deleted -------------------------------------------------


def _whole(kind: RevisionKind, block: Block) -> Block:
    """Give a block with all of its words in one revision."""

    def inner(blocks: Blocks) -> Blocks:
        return tuple(_whole(kind, each) for each in blocks)

    def change(run: Inlines) -> Inlines:
        return revised(kind, run) if run else run

    def anchor(named: Form | Clause | Section | Appendix) -> str:
        # What is gone can't be pointed to, and may stand elsewhere now.
        return named.anchor if kind == "insertion" else ""

    match block:
        case Paragraph():
            return replace(block, children=revised(kind, block.children))
        case BulletList() | NumberedList():
            return replace(block, items=tuple(map(inner, block.items)))
        case Quote() | Declaration():
            return replace(block, blocks=inner(block.blocks))
        case Generated():
            return replace(block, heading=change(block.heading), blocks=inner(block.blocks))
        case Form():
            return replace(block, blocks=inner(block.blocks), anchor=anchor(block))
        case Clause() | Section() | Appendix():
            heading = change(block.heading)
            return replace(block, heading=heading, blocks=inner(block.blocks), anchor=anchor(block))
        case Table():
            return replace(
                block,
                header=_whole_row(kind, block.header),
                rows=tuple(_whole_row(kind, row) for row in block.rows),
            )
        case Fields() | Contents():
            (changed,) = with_inlines((block,), change)
            return changed


def _whole_row(kind: RevisionKind, row: Row) -> Row:
    return tuple(replace(cell, children=revised(kind, cell.children)) for cell in row)


# The parts of blocks ---------------------------------------------------------


def _same_columns(old: Table, new: Table) -> bool:
    widths = {len(row) for table in (old, new) for row in (table.header, *table.rows) if row}
    return old.kind == new.kind and bool(old.header) == bool(new.header) and len(widths) <= 1


def _row(old: Row, new: Row) -> Row:
    return tuple(
        replace(after, children=compared(before.children, after.children))
        for before, after in zip(old, new, strict=True)
    )


def _entries(old: Contents, new: Contents) -> list[ContentsEntry]:
    return aligned(
        old.entries,
        new.entries,
        key=lambda entry: (entry.level, entry.label, plain_text(entry.heading)),
        words=lambda entry: (entry.label,),
        merge=lambda _, after: (after,),
        whole=lambda kind, entry: replace(entry, heading=revised(kind, entry.heading)),
    )


FieldRow: TypeAlias = tuple[Field, ...]


def _field_rows(old: Fields, new: Fields) -> tuple[FieldRow, ...]:
    return tuple(
        aligned(
            old.rows,
            new.rows,
            key=lambda row: tuple((f.name, f.kind, len(f.choices)) for f in row),
            words=lambda row: tuple(plain_text(f.label) for f in row),
            merge=lambda a, b: (tuple(map(_field, a, b)),),
            whole=lambda kind, row: tuple(_whole_field(kind, f) for f in row),
        )
    )


def _field(old: Field, new: Field) -> Field:
    return replace(
        new,
        label=compared(old.label, new.label),
        value=versions(old.value, new.value),
        choices=tuple(map(compared, old.choices, new.choices)),
    )


def _whole_field(kind: RevisionKind, field_: Field) -> Field:
    return replace(
        field_,
        label=revised(kind, field_.label),
        value=revised(kind, field_.value) if field_.value else (),
        choices=tuple(revised(kind, choice) for choice in field_.choices),
    )
