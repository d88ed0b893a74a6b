"""What the page shells of the screen and of paper have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.colour import Shades
from policygen.document import Clause, Contents, Section, number_text, walk
from policygen.writers.html.body import body_markup, targets
from policygen.writers.html.inlines import run_markup
from policygen.writers.markup import asset_uri

if TYPE_CHECKING:
    from policygen.document import Document


def shell(document: Document, *, paper: bool, fillable: bool = False) -> dict[str, object]:
    """Give what a shell needs of a document, for the screen or for ``paper``."""
    around = document.furniture
    anchors = targets(document.blocks)
    described = (document.plain_title, document.organisation, document.running_foot)
    return {
        "document": document,
        "body": body_markup(document, paper=paper, fillable=fillable),
        "contents": any(isinstance(block, Contents) for block in walk(document.blocks)),
        "code_picture": asset_uri(document.code_picture) if document.code_picture else "",
        "description": " · ".join(part for part in described if part),
        "facts": [
            tuple(run_markup(part, anchors) for part in (label, value))
            for label, value in around.facts
        ],
        "gutter": _gutter(document),
        "logo": asset_uri(document.logo) if document.logo else "",
        "masthead": [run_markup(line, anchors) for line in around.masthead],
        "shades": Shades.of(document.colour),
        "title": run_markup(around.title, anchors),
    }


def _gutter(document: Document) -> str:
    """Give the width of the gutter that holds the longest number; none without numbers."""
    numbers = (
        number_text(block.number)
        for block in walk(document.blocks)
        if isinstance(block, Section | Clause)
    )
    longest = max(map(len, numbers), default=0)
    return f"{max(2.9, 1.1 + 0.5 * longest):.2f}rem" if longest else "0rem"
