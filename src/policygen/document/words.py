"""The words of a tree, as every writer must print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.document.nodes import (
    Appendix,
    Blocks,
    Clause,
    Contents,
    NumberedList,
    Section,
)
from policygen.document.plain import number_text, plain_text
from policygen.document.trees import children, inlines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.document.shell import Document

CONTENTS_HEADING = "Contents"
"""What every writer prints over a list of contents."""


def lines(document: Document) -> Iterator[str]:
    """Give the text of a document line by line, as every writer must print it.

    One line a paragraph, heading, cell, field label or choice, with numbers, the
    labels of the contents (without page numbers) and a list's own numbers, but
    without bullets, running lines and the draft mark.
    """
    around = document.furniture
    yield from map(plain_text, around.masthead)
    yield document.code
    yield plain_text(around.title)
    yield from (f"{plain_text(label)} {plain_text(value)}" for label, value in around.facts)
    yield from _lines(document.blocks)


def _lines(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        match block:
            case NumberedList(items=items, start=start):
                for offset, item in enumerate(items):
                    yield f"{start + offset}."
                    yield from _lines(item)
                continue
            case Clause(number=number) | Section(number=number):
                yield number_text(number)
            case Appendix(label=label):
                yield label
            case Contents(entries=entries):
                yield CONTENTS_HEADING
                for entry in entries:
                    yield entry.label
                    yield plain_text(entry.heading)
                continue
            case _:
                pass
        yield from (plain_text(run) for run in inlines(block))
        yield from _lines(children(block))


def words(document: Document) -> list[str]:
    """Give the words and numbers of a document in order (see ``lines``)."""
    return [word for line in lines(document) for word in line.split()]
