"""Two versions of a document compared: one document with what changed marked in it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from policygen.compare.blocks import Comparison
from policygen.compare.runs import compared
from policygen.compare.sides import accepted, rejected
from policygen.compare.units import Unit, units
from policygen.document import Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.document import Document, Inlines

__all__ = ["Comparison", "Unit", "accepted", "redline", "rejected", "units"]


def redline(
    old: Document, new: Document, renamed: Mapping[str, str] = MappingProxyType({})
) -> Document:
    """Give both versions as one document. What stands on every page is the new one's; the
    facts under the title are a paragraph, so that they can show both."""
    facts = compared(_facts(old), _facts(new))
    blocks = Comparison(renamed).blocks(old.blocks, new.blocks)
    if facts:
        blocks = (Paragraph(facts, "note"), *blocks)
    return replace(new, title=compared(old.title, new.title), facts=(), blocks=blocks)


def _facts(document: Document) -> Inlines:
    words = "   ".join(f"{fact.label}: {fact.value}" for fact in document.facts)
    return (Text(words),) if words else ()
