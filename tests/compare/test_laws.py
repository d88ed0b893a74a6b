"""What must hold of a comparison, whatever is compared."""

from __future__ import annotations

from hypothesis import given, settings

from compare.pairs import DOCUMENTS, pairs
from policygen.compare import Comparison, accepted, rejected
from policygen.document import Blocks, Document, Revision, inlines, walk, walk_inlines, words


def words_of(blocks: Blocks) -> list[str]:
    return words(Document("", "policy", (), "", "", "", blocks))


@given(DOCUMENTS)
def test_a_document_is_like_itself(blocks: Blocks) -> None:
    assert Comparison().blocks(blocks, blocks) == blocks


@settings(max_examples=300, deadline=None)
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
