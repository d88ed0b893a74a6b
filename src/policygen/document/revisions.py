"""What of a redline belongs to one of its versions only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.document.nodes import Revision
from policygen.document.trees import inlines, walk, walk_inlines

if TYPE_CHECKING:
    from policygen.document.nodes import Block, Blocks, Inlines, RevisionKind
    from policygen.document.shell import Document


def revision_of_run(run: Inlines) -> RevisionKind | None:
    """Give the revision that a run stands in wholly: it belongs to something that the other
    version lacks."""
    match run:
        case (Revision(kind=kind),):
            return kind
        case _:
            return None


def revision_of(block: Block) -> RevisionKind | None:
    """Give the revision that all of a block's words stand in."""
    kinds = {revision_of_run(run) for inner in walk((block,)) for run in inlines(inner) if run}
    return kinds.pop() if len(kinds) == 1 else None


def is_redline(document: Document) -> bool:
    """Whether a document holds two versions, with what changed marked."""
    return document.marked is not None or holds_revisions(document.blocks)


def holds_revisions(blocks: Blocks) -> bool:
    """Whether anything in blocks is marked as inserted or deleted."""
    return any(is_revised(run) for block in walk(blocks) for run in inlines(block))


def is_revised(run: Inlines) -> bool:
    """Whether anything in a run is marked as inserted or deleted."""
    return any(isinstance(inline, Revision) for inline in walk_inlines(run))
