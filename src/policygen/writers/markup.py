"""The smallest pieces of HTML: elements, lines of them, addresses of files."""

from __future__ import annotations

import base64
import functools
import re
from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policygen.document import Asset

EMPTY = Markup()

Attribute: TypeAlias = str | bool | None

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SPACES = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029 ]+")


def clean(words: str) -> str:
    """Fold runs of spaces and line ends into one space, and replace characters that HTML
    can't hold."""
    if words.isprintable() and "  " not in words:
        return words
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", _SPACES.sub(" ", words))


def text(words: str) -> Markup:
    """Escape words."""
    return escape(clean(words))


def element(name: str, content: str = EMPTY, /, **attributes: Attribute) -> Markup:
    """Give an element. ``class_`` is class, ``data_href`` data-href; None and False are
    left out, True is an attribute without a value. Plain strings are escaped."""
    inner = content if isinstance(content, Markup) else text(content)
    return _safe(f"<{name}{_attributes(attributes)}>{inner}</{name}>")


def joined(pieces: Iterable[Markup]) -> Markup:
    """Put pieces of a line one after the other."""
    return _safe("".join(pieces))


def void(name: str, /, **attributes: Attribute) -> Markup:
    """Give an element that has no content: an image, a line break."""
    return _safe(f"<{name}{_attributes(attributes)}>")


def lines(pieces: Iterable[Markup]) -> Markup:
    """Put pieces on lines of their own; words of neighbours stay apart."""
    return _safe("\n".join(piece for piece in pieces if piece))


def classes(*names: str) -> str | None:
    """Join class names, leaving out empty ones."""
    return " ".join(filter(None, names)) or None


def data_uri(media_type: str, data: bytes) -> str:
    """Give bytes as an address that holds them."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


@functools.lru_cache(maxsize=64)
def asset_uri(asset: Asset) -> str:
    """Give a picture as an address that holds it."""
    return data_uri(asset.media_type, asset.data)


def _attributes(attributes: Mapping[str, Attribute]) -> str:
    return "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _safe(markup: str) -> Markup:
    """Mark as HTML what was put together of names from our code and of escaped parts."""
    return Markup(markup)  # noqa: S704 - the one place; see above
