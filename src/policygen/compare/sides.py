"""One side of a redline: the document as it was before, or as it is now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.document import (
    Code,
    Emphasis,
    Link,
    Revision,
    Strong,
    revision_of_run,
    with_inlines,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Blocks, Inline, Inlines, RevisionKind


def accepted(blocks: Blocks) -> Blocks:
    """Give what a redline comes to when all of it is accepted: the new version."""
    return _without(blocks, "deletion")


def rejected(blocks: Blocks) -> Blocks:
    """Give what a redline comes to when all of it is rejected: the old version's words.

    Numbers, labels of references and markup of what both versions have are the new one's.
    """
    return _without(blocks, "insertion")


def _without(blocks: Blocks, gone: RevisionKind) -> Blocks:
    def side(run: Inlines) -> Inlines | None:
        return None if revision_of_run(run) == gone else tuple(_inlines(run, gone))

    return with_inlines(blocks, side)


def _inlines(run: Iterable[Inline], gone: RevisionKind) -> Iterator[Inline]:
    for inline in run:
        match inline:
            case Revision(kind=kind, children=inner):
                if kind != gone:
                    yield from inner
            case Strong() | Emphasis() | Code() | Link():
                yield replace(inline, children=tuple(_inlines(inline.children, gone)))
            case _:
                yield inline
