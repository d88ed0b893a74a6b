"""Writers: a ``Document`` in, the bytes of one file out. No clock, no source folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from policygen.writers.failures import RendererMissing, TemplateError, WordTemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.document import Document
    from policygen.writers.theme import Theme

__all__ = ["RendererMissing", "TemplateError", "WordTemplateError", "write"]


def write(
    document: Document,
    format_: Literal["html", "pdf", "docx"],
    theme: Theme,
    siblings: Mapping[str, str],
) -> bytes:
    """Give a document in a format; ``siblings`` are its other formats' files, to link to.

    Raises ``RendererMissing`` where the system lacks what PDF needs,
    ``WordTemplateError`` where the trust's Word file can't be built on, and
    ``TemplateError`` where a template of the trust's own can't be used.
    """
    # Each writer is imported when it is first needed: they are dear to load.
    match format_:
        case "html":
            from policygen.writers.html import write_html  # noqa: PLC0415

            return write_html(document, theme, siblings=siblings)
        case "pdf":
            from policygen.writers.pdf import write_pdf  # noqa: PLC0415

            return write_pdf(document, theme)
        case "docx":
            from policygen.writers.word import write_word  # noqa: PLC0415

            return write_word(document, theme)
        case _:
            assert_never(format_)
