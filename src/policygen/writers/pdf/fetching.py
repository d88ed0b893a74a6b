"""What WeasyPrint may read: the theme's fonts, and nothing else."""

from __future__ import annotations

import functools
import io
import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from fontTools.ttLib import woff2
from weasyprint.urls import URLFetcher, URLFetcherResponse

from policygen.writers.failures import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable


def refusal(url: str) -> TemplateError:
    """Give the error for an address that is not read."""
    return TemplateError(f"a template asks for “{url}”; only its own fonts/ folder is read")


class FontFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Reads ``data:`` addresses and files below ``roots``; refuses all else."""

    def __init__(self, roots: Iterable[Path]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
        self._roots = [root.resolve() for root in roots]

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Give what stands at ``url``, or refuse."""
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        if parts.scheme != "file" or parts.netloc:
            raise refusal(url)
        path = Path(url2pathname(parts.path)).resolve()
        if not any(path.is_relative_to(root) for root in self._roots):
            raise refusal(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, opened(path.read_bytes()), {"Content-Type": kind})


@functools.lru_cache(maxsize=32)
def opened(data: bytes) -> bytes:
    """Give a font unpacked, as WeasyPrint would unpack it, which takes the time of printing a
    page: once for all processes that are forked from this one."""
    if data[:4] != _PACKED:
        return data
    whole = io.BytesIO()
    try:
        woff2.decompress(io.BytesIO(data), whole)
    except Exception:  # noqa: BLE001 the library's are many; WeasyPrint passes over the font
        return data
    return whole.getvalue()


_PACKED = b"wOF2"
