"""WeasyPrint, started when the first PDF is asked for."""

from __future__ import annotations

import contextlib
import ctypes.util
import functools
import importlib
import io
import platform
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from policygen.writers.failures import RendererMissing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygen.document import Document
    from policygen.writers.theme import Theme

_ADVICE = {
    "Linux": "run: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "Darwin": "run: brew install pango",
}
_ELSEWHERE = "see https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"


_WITHOUT_SUBSETS = "HarfBuzz-Subset"
"""How the warning begins that fonts are made small by slower means; ``doctor`` tells it."""


class Printer(Protocol):
    """What prints documents."""

    def print_document(self, document: Document, theme: Theme) -> bytes:
        """Give a document as a PDF."""

    def warm_up(self, theme: Theme) -> None:
        """Load what every document needs."""

    def print_bound(
        self, documents: Sequence[Document], title: str, theme: Theme, *, both_sides: bool
    ) -> bytes:
        """Give documents in one PDF."""


@functools.cache
def start() -> Printer:
    """Import WeasyPrint and give what prints with it."""
    try:
        # WeasyPrint prints a banner where a library is missing; the diagnostic tells it.
        with (
            _no_search_for_libraries(),
            contextlib.redirect_stdout(io.StringIO()),
            warnings.catch_warnings(),
        ):
            warnings.filterwarnings("ignore", _WITHOUT_SUBSETS, DeprecationWarning)
            printing: Any = importlib.import_module("policygen.writers.pdf.printing")
    except ModuleNotFoundError as error:
        raise RendererMissing(_missing(error.name or "WeasyPrint")) from error
    except OSError as error:
        raise RendererMissing(_missing(_library(error))) from error
    printer: Printer = printing
    return printer


def slowed() -> str:
    """Say what makes PDFs take longer here than they need to; empty where nothing does."""
    start()
    from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415 dear to load

    if harfbuzz_subset is not None:
        return ""
    advice = _ADVICE.get(platform.system(), _ELSEWHERE)
    return f"without {_WITHOUT_SUBSETS} a PDF takes longer to make; {advice}"


def _missing(lacking: str) -> str:
    advice = _ADVICE.get(platform.system(), _ELSEWHERE)
    return f"PDF needs {lacking}, which is not installed; {advice}"


@contextmanager
def _no_search_for_libraries() -> Iterator[None]:
    """Keep cffi from starting a compiler to find a library by its short name, which takes
    as long as the rest of the import. WeasyPrint then asks for the file by its name."""
    if platform.system() != "Linux":
        yield
        return
    find = ctypes.util.find_library
    ctypes.util.find_library = _find_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = find


def _find_nothing(name: str) -> str | None:
    del name
    return None


def _library(error: OSError) -> str:
    """Give the library that could not be loaded: "cannot load library 'x': ..."."""
    quoted = str(error).split("'")
    return quoted[1] if len(quoted) > 1 else "Pango"
