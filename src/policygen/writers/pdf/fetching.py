"""What WeasyPrint may read: the theme's fonts, and nothing else."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

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
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
