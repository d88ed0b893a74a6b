"""Writers: a ``Document`` in, the bytes of one file out. No clock, no source folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from policygen.writers.failures import RendererMissing, TemplateError, WordTemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policygen.document import Document
    from policygen.writers.theme import Theme

__all__ = [
    "RendererMissing",
    "TemplateError",
    "WordTemplateError",
    "bind",
    "join",
    "write",
]


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


def bind(
    documents: Sequence[Document],
    format_: Literal["pdf", "docx"],
    theme: Theme,
    title: str,
    *,
    both_sides: bool,
) -> bytes:
    """Give documents, one at least, in one file with a title; each counts its own pages and,
    for printing on ``both_sides``, begins on a right-hand page. Raises as ``write`` does."""
    match format_:
        case "pdf":
            from policygen.writers.pdf import bind_pdf  # noqa: PLC0415

            return bind_pdf(documents, title, theme, both_sides=both_sides)
        case "docx":
            from policygen.writers.word import bind_word  # noqa: PLC0415

            return bind_word(documents, title, theme, both_sides=both_sides)
        case _:
            assert_never(format_)


def join(parts: Sequence[bytes], title: str) -> bytes:
    """Give bound PDFs as one."""
    from policygen.writers.pdf.joining import joined  # noqa: PLC0415

    return joined(parts, title)
