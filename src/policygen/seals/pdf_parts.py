"""Parts of a PDF's pages, unpacked within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from policygen.seals.bounds import inflated, too_much

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pikepdf import Object, Page

DEEPEST = 8
"""How deep forms may stand in forms."""


def fonts_of(page: Object) -> dict[str, Object]:
    """Give the fonts of a page by the names that its content has for them."""
    return dict(page.get("/Resources", pikepdf.Dictionary()).get("/Font", {}))


def page_content(page: Page, most: int) -> bytes:
    """Give all that is drawn on a page. Raises ``UnreadableError`` where it has more bytes
    than ``most``."""
    content = page.obj.get("/Contents")
    streams: Iterable[Any] = content if isinstance(content, pikepdf.Array) else [content]
    whole = bytearray()
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            whole += content_of(stream, most - len(whole)) + b"\n"
    return bytes(whole)


def content_of(stream: Object, most: int) -> bytes:
    """Give a stream unpacked; one that is packed in another way than ours, as it is."""
    named = stream.get("/Filter")
    filters = [str(f) for f in named] if isinstance(named, pikepdf.Array) else [str(named or "")]
    raw = bytes(stream.read_raw_bytes())
    if filters == ["/FlateDecode"] and "/DecodeParms" not in stream:
        content = inflated(raw, most)
    elif filters == ["/FlateDecode"] and len(inflated(raw, most)) <= most:
        content = bytes(stream.read_bytes())
    else:
        content = raw
    if len(content) > most:
        raise too_much()
    return content
