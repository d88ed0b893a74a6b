"""Two versions of a document compared: one document with what changed marked in it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from policygen.compare.blocks import Comparison
from policygen.compare.furniture import furniture
from policygen.compare.sides import accepted, rejected
from policygen.compare.units import Unit, units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.document import Document

__all__ = ["Comparison", "Unit", "accepted", "redline", "rejected", "units"]


def redline(
    old: Document, new: Document, renamed: Mapping[str, str] = MappingProxyType({})
) -> Document:
    """Give both versions as one document. Its logo, its colour and the mark on its pages are
    the new one's."""
    blocks = Comparison(renamed).blocks(old.blocks, new.blocks)
    return replace(new, marked=furniture(old, new), blocks=blocks)
