"""A document as a web page: its body in a page shell, with fonts and styles inside."""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import TYPE_CHECKING

from policygen.document import (
    Code,
    Emphasis,
    Link,
    Paragraph,
    Revision,
    Strong,
    inlines,
    walk,
)
from policygen.seals import imprint_of
from policygen.seals.pages import sealed
from policygen.writers.fonts import BOLD, REGULAR, document_text, faces_for, font_faces
from policygen.writers.html.shell import shell
from policygen.writers.markup import data_uri
from policygen.writers.templates import inline_style, render, style_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from markupsafe import Markup

    from policygen.document import Document, Inlines
    from policygen.writers.fonts import Face
    from policygen.writers.theme import Theme

FORMATS = MappingProxyType({"pdf": "PDF", "docx": "Word", "html": "Web page"})
"""What a reader calls the formats that a document comes in."""


def write_html(
    document: Document, theme: Theme, *, siblings: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Give a document as a web page. ``siblings`` are the same document in other formats:
    ``{"pdf": "social-media.pdf"}``."""
    page = render(
        theme,
        "page.html",
        **shell(document, paper=False),
        fonts=embedded(faces_for(document_text(document), italic_weights(document)), theme),
        formats=[(FORMATS.get(kind, kind.upper()), link) for kind, link in siblings.items()],
        style=style_sheets(theme, "document.css", "screen.css"),
    )
    imprint = imprint_of(document)
    return sealed(page.encode(), imprint) if imprint else page.encode()


@functools.lru_cache(maxsize=16)
def embedded(faces: tuple[Face, ...], theme: Theme) -> Markup:
    """Give the rules that embed ``faces`` in a page."""
    return inline_style(font_faces(faces, lambda face: _font_uri(theme.path(face.name))))


def italic_weights(document: Document) -> frozenset[int]:
    """Give the weights that a document sets italics in."""
    runs = [(document.furniture.title, True)]
    for block in walk(document.blocks):
        # Headings, labels and the heads of tables are bold.
        runs += [(run, not isinstance(block, Paragraph)) for run in inlines(block)]
    return frozenset(weight for run, bold in runs for weight in _italics(run, bold=bold))


def _italics(run: Inlines, *, bold: bool = False, italic: bool = False) -> Iterator[int]:
    for inline in run:
        match inline:
            case Emphasis(children=inner):
                yield from (REGULAR, BOLD) if bold else (REGULAR,)
                yield from _italics(inner, bold=bold, italic=True)
            case Strong(children=inner):
                yield from (BOLD,) if italic else ()
                yield from _italics(inner, bold=True, italic=italic)
            case Code(children=inner) | Link(children=inner) | Revision(children=inner):
                yield from _italics(inner, bold=bold, italic=italic)
            case _:
                pass


@functools.cache
def _font_uri(path: Path) -> str:
    return data_uri("font/woff2", path.read_bytes())
