"""What people would write themselves: python-docx and WeasyPrint as their manuals show."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from policygen.writers.fonts import families_for, font_faces
from policygen.writers.html.shell import shell
from policygen.writers.templates import render
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from bench.plain import Piece
    from policygen.document import Document

FIRST = Theme(Path(__file__).parent / "first")
"""The first version of our templates and style sheets for paper, kept for comparison."""

_STYLES = {"bullet": "List Bullet", "number": "List Number", "paragraph": "Normal"}


def word_by_hand(pieces: list[Piece], head: str, foot: str) -> bytes:
    """Give a Word file as python-docx's quickstart makes it, styles asked for by name."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = head
    document.sections[0].footer.paragraphs[0].text = foot
    for piece in pieces:
        match piece.kind:
            case "heading":
                document.add_heading(piece.text, level=piece.level)
            case "contents":
                for label, title in piece.rows:
                    document.add_paragraph(f"{label}\t{title}", style="Normal")
            case "table":
                table = document.add_table(rows=1, cols=len(piece.rows[0]))
                table.style = "Table Grid"
                for cell, text in zip(table.rows[0].cells, piece.rows[0], strict=True):
                    cell.text = text
                for row in piece.rows[1:]:
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        cell.text = text
            case kind:
                style = _STYLES[kind] + (f" {min(piece.level, 2) + 1}" if piece.level else "")
                paragraph = document.add_paragraph(style=style)
                for words in piece.run:
                    run = paragraph.add_run(words.text)
                    run.bold = words.bold
                    run.italic = words.italic
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def page_by_hand(document: Document) -> tuple[str, str]:
    """Give a document as HTML and its CSS, of the first version of our templates."""
    page = render(FIRST, "print.html", **shell(document, paper=True))
    faces = [face for family in families_for(page) for face in family.faces]
    css = "\n".join(FIRST.read(name).decode() for name in ("document.css", "print.css"))
    return page, css + font_faces(faces, lambda face: FIRST.path(face.name).as_uri())


def pdf_by_hand(page: str, css: str) -> bytes:
    """Give a PDF as WeasyPrint's "First steps" makes it, of the kind that ours is; its style
    sheet and fonts are read once for all documents, as who makes many would do."""
    sheet, fonts = _style(css)
    made: bytes = HTML(string=page).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    return made


@functools.cache
def _style(css: str) -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    return CSS(string=css, font_config=fonts), fonts
