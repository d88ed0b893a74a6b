"""A document printed: its body in the shell for paper, given to WeasyPrint.

Fonts and style sheets are read once a process, into one font configuration.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import gc
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from policygen import scratch
from policygen.document import (
    Appendix,
    Clause,
    Form,
    Section,
    number_text,
    plain_text,
    walk,
)
from policygen.seals import imprint_of
from policygen.seals.pdf import packet, sealed
from policygen.writers.failures import TemplateError
from policygen.writers.fonts import FOLDER, families_for, font_faces, uncovered
from policygen.writers.html.shell import shell
from policygen.writers.pdf.features import free_features
from policygen.writers.pdf.fetching import FontFetcher, opened
from policygen.writers.pdf.quick import (
    OwnPage,
    fill_in_page_numbers_early,
    value_unset_properties_at_once,
)
from policygen.writers.pdf.spaces import let_spaces_hang
from policygen.writers.pdf.tagging import Finisher
from policygen.writers.templates import loaded, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policygen.document import Document
    from policygen.writers.fonts import Family
    from policygen.writers.theme import Theme

_SHEETS = ("document.css", "print.css")
_LARGE = "large.css"
_SHELL = "print.html"
_VARIANT = "pdf/ua-1"
_EMPTY_PAGE = '<html lang="en-GB"><style>@page { size: A4 }</style><body></body></html>'

let_spaces_hang()
free_features()
value_unset_properties_at_once()
fill_in_page_numbers_early()

Pages = Any
"""What WeasyPrint has laid out; it has no types."""


def warm_up(theme: Theme) -> None:
    """Read what every document needs: style sheets, fonts, templates."""
    _style(theme)
    for face in families_for("")[0].faces:
        opened(theme.path(face.name).read_bytes())
    loaded(theme, _SHELL)


def print_document(document: Document, theme: Theme) -> bytes:
    """Give a document as a PDF that conforms to PDF/UA-1; a form can be filled in."""
    fillable = document.kind == "form"
    with _garbage_left_lying():
        pages = _laid_out(document, theme, fillable=fillable)
        imprint = imprint_of(document)
        if imprint is not None:
            pages.metadata.xmp_metadata.append(packet(imprint))
        written = _written(pages, _names(document), fillable=fillable)
        del pages
    return written if imprint is None else sealed(written, imprint)


def print_bound(
    documents: Sequence[Document], title: str, theme: Theme, *, both_sides: bool
) -> bytes:
    """Give documents in one PDF that conforms to PDF/UA-1, each with page numbers of its own.

    For printing on ``both_sides`` each begins on a right-hand page.
    """
    laid_out = [_laid_out(document, theme) for document in documents]
    pages = []
    for part in laid_out:
        pages += part.pages
        if both_sides and len(part.pages) % 2:
            pages += _blank().pages
    bound = laid_out[0].copy(pages)
    bound.metadata = _described(bound.metadata, title)
    return _written(bound, {})


@contextlib.contextmanager
def _garbage_left_lying() -> Iterator[None]:
    """Look for garbage once, after a document, where nothing of it is needed any more.

    Layout makes hundreds of thousands of objects that last till the end, and the collector,
    which begins after each 700, went through them in vain for a tenth of the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
            gc.collect(_YOUNGEST)


_YOUNGEST = 0
"""The generation of garbage that holds all that came since the last collection."""


def _laid_out(document: Document, theme: Theme, *, fillable: bool = False) -> Pages:
    whole = shell(document, paper=True, fillable=fillable)
    page = _with_glyphs(render(theme, _SHELL, **whole))
    # A trust's own templates may hold anything that WeasyPrint knows.
    page_class = HTML if theme.overrides else OwnPage
    try:
        for family in families_for(page):
            _load_fonts(theme, family)
        pages = page_class(string=page, url_fetcher=_fetcher(theme.folders)).render(
            font_config=_font_configuration(),
            stylesheets=[_style(theme)],
            presentational_hints=True,  # where a list starts, how large a picture is
            pdf_variant=_VARIANT,
            pdf_forms=fillable,
        )
    except FatalURLFetchingError as error:
        # A BaseException, which would pass every handler on its way out.
        raise TemplateError(str(error.__cause__)) from error
    _keep_spaces(pages)
    return pages


def _written(pages: Pages, names: Mapping[str, str], *, fillable: bool = False) -> bytes:
    written: bytes = pages.write_pdf(
        pdf_variant=_VARIANT, pdf_forms=fillable, finisher=Finisher(names)
    )
    return written


def _blank() -> Pages:
    """Give the back of a sheet."""
    return HTML(string=_EMPTY_PAGE).render(font_config=_font_configuration(), pdf_variant=_VARIANT)


def _described(metadata: Any, title: str) -> Any:  # noqa: ANN401
    described = copy.copy(metadata)
    described.title, described.description, described.modified = title, None, None
    return described


class _Space(str):
    """A space that WeasyPrint draws: it leaves out text boxes that strip to nothing, and
    with them the space between a link and the word on the next line."""

    __slots__ = ()

    def strip(self, chars: str | None = None) -> str:
        del chars
        return self


def _keep_spaces(pages: Any) -> None:  # noqa: ANN401 WeasyPrint has no types
    for page in pages.pages:
        for box in page._page_box.descendants():  # noqa: SLF001 there is no public way in
            if isinstance(box, TextBox) and box.text == " ":
                box.text = _Space(" ")


def _with_glyphs(page: str) -> str:
    """Replace what no bundled font has: else it would depend on the machine's fonts
    whether it shows, and PDF/UA forbids characters that don't."""
    return page.translate(dict.fromkeys(map(ord, uncovered(page)), "\N{REPLACEMENT CHARACTER}"))


def _names(document: Document) -> dict[str, str]:
    """Give what to call each place that a link may lead to."""
    return {
        block.anchor: _name(block)
        for block in walk(document.blocks)
        if isinstance(block, Clause | Section | Appendix | Form) and block.anchor
    }


def _name(block: Clause | Section | Appendix | Form) -> str:
    match block:
        case Clause(number=number, heading=heading) | Section(number=number, heading=heading):
            label = number_text(number)
        case Appendix(label=label, heading=heading):
            pass
        case Form():
            return block.id
    return " ".join(part for part in (label, plain_text(heading)) if part) or block.id


@functools.cache
def _font_configuration() -> FontConfiguration:
    fonts = FontConfiguration()
    # A worker that ends at once would leave a folder of fonts behind.
    fonts._folder = Path(tempfile.mkdtemp(dir=scratch.folder()))  # noqa: SLF001 there is no other way
    return fonts


def _style(theme: Theme) -> CSS:
    names = (*_SHEETS, _LARGE) if theme.large_print else _SHEETS
    css = "\n".join(theme.read(name).decode() for name in names)
    # Only a trust's own sheets have fonts to load, and what has none can be read before
    # there is a font configuration.
    return _parsed(css, theme.path("print.css"), theme.folders, fonts=theme.overrides is not None)


@functools.lru_cache(maxsize=32)
def _load_fonts(theme: Theme, family: Family) -> None:
    """Put a family into the font configuration; its style sheet has nothing else to say."""
    rules = font_faces(family.faces, lambda face: theme.path(face.name).as_uri())
    _parsed(rules, theme.path("print.css"), theme.folders, fonts=True)


@functools.lru_cache(maxsize=32)
def _parsed(css: str, place: Path, folders: tuple[Path, ...], *, fonts: bool) -> CSS:
    return CSS(
        string=css,
        base_url=place.as_uri(),
        url_fetcher=_fetcher(folders),
        font_config=_font_configuration() if fonts else None,
    )


@functools.lru_cache(maxsize=8)
def _fetcher(folders: tuple[Path, ...]) -> FontFetcher:
    return FontFetcher(folder / FOLDER for folder in folders)
