"""Documents as PDF: tagged, accessible, printed by WeasyPrint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.writers.failures import RendererMissing
from policygen.writers.pdf.engine import start

if TYPE_CHECKING:
    from policygen.document import Document
    from policygen.writers.theme import Theme

__all__ = ["RendererMissing", "write_pdf"]


def write_pdf(document: Document, theme: Theme) -> bytes:
    """Give a document as a PDF that conforms to PDF/UA-1."""
    return start()(document, theme)
