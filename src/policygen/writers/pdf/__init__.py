"""Documents as PDF: tagged, accessible, printed by WeasyPrint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.writers.failures import RendererMissing
from policygen.writers.pdf.engine import start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.document import Document
    from policygen.writers.theme import Theme

__all__ = ["RendererMissing", "bind_pdf", "write_pdf"]


def write_pdf(document: Document, theme: Theme) -> bytes:
    """Give a document as a PDF that conforms to PDF/UA-1."""
    return start().print_document(document, theme)


def bind_pdf(documents: Sequence[Document], title: str, theme: Theme, *, both_sides: bool) -> bytes:
    """Give documents in one PDF that conforms to PDF/UA-1, each with its own page numbers."""
    return start().print_bound(documents, title, theme, both_sides=both_sides)
