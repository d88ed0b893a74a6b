"""A document as a list of passages: each line it prints, and what that stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.document import (
    Appendix,
    Clause,
    Contents,
    Form,
    Generated,
    Section,
    Table,
    children,
    inlines,
    number_text,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.document import Block, Blocks, Document, Inlines

Unit = Clause | Section | Appendix | Generated | Form


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of a document: its run of inlines and the units around it, outermost first.

    ``row`` are all runs of the table's row that it is a cell of. ``front`` names what stands
    before the body: the title, a fact of the line under it, the school.
    """

    run: Inlines
    units: tuple[Unit, ...] = ()
    heading: bool = False
    row: tuple[Inlines, ...] = ()
    front: str = ""

    @property
    def words(self) -> str:
        """The words as they are printed."""
        return " ".join(plain_text(self.run).split())

    @property
    def unit(self) -> Unit | None:
        """What it is a part of: the innermost."""
        return self.units[-1] if self.units else None


def passages(document: Document) -> Iterator[Passage]:
    """Give the passages of a document in the order in which they are printed."""
    around = document.furniture
    for line in around.masthead:
        yield Passage(line, front="masthead")
    yield Passage(around.title, heading=True, front="title")
    for label, value in around.facts:
        name = plain_text(label).rstrip(":").lower().replace(" ", "_")
        yield Passage(value, front=name, row=(label, value))
    yield from _of(document.blocks, ())


def _of(blocks: Blocks, units: tuple[Unit, ...]) -> Iterator[Passage]:
    for block in blocks:
        if isinstance(block, Contents):
            continue  # headings, which stand in their own place
        own = (*units, block) if isinstance(block, Unit) else units
        yield from _own(block, own)
        yield from _of(children(block), own)


def _own(block: Block, units: tuple[Unit, ...]) -> Iterator[Passage]:
    if isinstance(block, Table):
        for row in (block.header, *block.rows):
            runs = tuple(cell.children for cell in row)
            yield from (Passage(run, units, row=runs) for run in runs if run)
        return
    heading = isinstance(block, Clause | Section | Appendix | Generated)
    yield from (Passage(run, units, heading) for run in inlines(block) if run)


def label(unit: Unit) -> str:
    """Give a unit's number or letter, "" where it has none."""
    match unit:
        case Clause(number=number) | Section(number=number):
            return number_text(number)
        case Appendix(label=label_):
            return label_
        case _:
            return ""


def title(unit: Unit) -> str:
    """Give a unit's number and what it is called."""
    heading = "" if isinstance(unit, Form) else " ".join(plain_text(unit.heading).split())
    return " ".join(part for part in (label(unit), heading) if part)


def anchor(unit: Unit) -> str:
    """Give a unit's anchor, "" for a generated part."""
    return "" if isinstance(unit, Generated) else unit.anchor
