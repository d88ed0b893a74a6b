"""The lines around two versions of a document as one: title block, head and foot."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias

from policygen.compare.blocks import aligned
from policygen.compare.runs import compared, revised, versions
from policygen.document import Furniture, Inlines, plain_text

if TYPE_CHECKING:
    from policygen.document import Document, RevisionKind

Fact: TypeAlias = tuple[Inlines, Inlines]


def furniture(old: Document, new: Document) -> Furniture:
    """Give the lines of both versions with what changed marked."""
    before, after = old.furniture, new.furniture
    return Furniture(
        masthead=tuple(
            versions(*lines) for lines in zip_longest(before.masthead, after.masthead, fillvalue=())
        ),
        title=compared(before.title, after.title),
        facts=tuple(
            aligned(
                before.facts,
                after.facts,
                key=_label,
                words=lambda fact: tuple(_label(fact).split()),
                merge=lambda first, second: ((second[0], compared(first[1], second[1])),),
                whole=_whole,
            )
        ),
        running_head=compared(before.running_head, after.running_head),
        running_foot=compared(before.running_foot, after.running_foot),
        fingerprint=compared(before.fingerprint, after.fingerprint),
    )


def _label(fact: Fact) -> str:
    label, _ = fact
    return plain_text(label)


def _whole(kind: RevisionKind, fact: Fact) -> Fact:
    label, value = fact
    return revised(kind, label), revised(kind, value)
