"""What must hold of a comparison, whatever is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings

from compare.pairs import DOCUMENTS, SHELLS, pairs, versions
from policygen.compare import Comparison, accepted, redline, rejected
from policygen.document import (
    Blocks,
    Document,
    Furniture,
    Inlines,
    Paragraph,
    Revision,
    inlines,
    plain_text,
    walk,
    walk_inlines,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def words_of(blocks: Blocks) -> list[str]:
    return words(Document("", "policy", (), "", "", "", blocks))


@given(DOCUMENTS)
def test_a_document_is_like_itself(blocks: Blocks) -> None:
    assert Comparison().blocks(blocks, blocks) == blocks


@settings(max_examples=120, deadline=None)
@given(pairs())
def test_what_is_accepted_is_the_new_version_and_what_is_rejected_the_old(
    pair: tuple[Blocks, Blocks],
) -> None:
    old, new = pair
    redline = Comparison().blocks(old, new)
    assert words_of(accepted(redline)) == words_of(new)
    assert words_of(rejected(redline)) == words_of(old)


@settings(max_examples=100, deadline=None)
@given(pairs())
def test_sides_have_no_revisions_and_as_many_blocks_as_their_version(
    pair: tuple[Blocks, Blocks],
) -> None:
    old, new = pair
    redline = Comparison().blocks(old, new)
    for side, version in ((accepted(redline), new), (rejected(redline), old)):
        marks = [
            inline
            for block in walk(side)
            for run in inlines(block)
            for inline in walk_inlines(run)
            if isinstance(inline, Revision)
        ]
        assert marks == []
        assert [type(b) for b in walk(side)] == [type(b) for b in walk(version)]


def lines_around(furniture: Furniture) -> list[Inlines]:
    """Give the lines that stand around a document, those of a fact as two."""
    facts = [run for fact in furniture.facts for run in fact]
    pages = [furniture.running_head, furniture.running_foot, furniture.fingerprint]
    return [*furniture.masthead, furniture.title, *facts, *pages]


def side_of(furniture: Furniture, side: Callable[[Blocks], Blocks]) -> list[str]:
    lines = side(tuple(map(Paragraph, lines_around(furniture))))
    return [text for block in lines for run in inlines(block) if (text := plain_text(run))]


def text_of(document: Document) -> list[str]:
    return [text for run in lines_around(document.furniture) if (text := plain_text(run))]


@settings(max_examples=120, deadline=None)
@given(versions())
def test_the_lines_around_are_those_of_either_version(pair: tuple[Document, Document]) -> None:
    old, new = pair
    furniture = redline(old, new).furniture
    assert side_of(furniture, accepted) == text_of(new)
    assert side_of(furniture, rejected) == text_of(old)


@given(SHELLS)
def test_nothing_is_marked_around_a_document_that_stays(document: Document) -> None:
    assert redline(document, document).furniture == document.furniture
