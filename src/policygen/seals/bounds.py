"""Foreign files read within bounds: no bombs, no entities, nothing fetched."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTE = 1 << 20
LARGEST_FILE = 64 * MEGABYTE
"""Bytes of the largest file that is read: many times the largest document."""
LARGEST_CONTENT = 256 * MEGABYTE
"""Bytes that a file may hold unpacked."""
MOST_PARTS = 4096
"""How many parts a package may have."""

_CHUNK = MEGABYTE


class UnreadableError(Exception):
    """A file that can't be read as what it is; the message says why."""


def too_much() -> UnreadableError:
    """Give the error for a file that holds more than any document does."""
    limit = LARGEST_CONTENT // MEGABYTE
    return UnreadableError(f"it unpacks to more than {limit} MB, which no document does")


def parts_of(data: bytes) -> dict[str, bytes]:
    """Give the parts of a package by name. Raises ``UnreadableError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
            if len(infos) > MOST_PARTS:
                raise too_much()
            if any(info.flag_bits & 1 for info in infos):
                message = "it is encrypted; save it without a password"
                raise UnreadableError(message)
            left = LARGEST_CONTENT
            found = {}
            for info in infos:
                with package.open(info) as part:
                    # What a package says of its sizes need not be so.
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise too_much()
                found[info.filename] = content
            return found
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        LookupError,
        OverflowError,
    ) as error:
        message = "it is damaged: its package can't be unpacked"
        raise UnreadableError(message) from error


def xml(data: bytes, name: str) -> etree._Element:
    """Give the root of an XML part. Raises ``UnreadableError``."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        message = f"its part {name} declares entities, which no document does"
        raise UnreadableError(message)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = f"it is damaged: its part {name} is no XML"
        raise UnreadableError(message) from error


def inflated(data: bytes, most: int) -> bytes:
    """Give what zlib packed, as far as that goes, at most ``most`` bytes and one."""
    try:
        return zlib.decompressobj().decompress(data, most + 1)
    except zlib.error:
        return b""


def unpacked_sizes(data: bytes) -> Iterator[int]:
    """Give how large each packed stream of a PDF is unpacked, without keeping any."""
    view, start = memoryview(data), 0
    while (start := data.find(b"stream", start)) >= 0:
        start += len(b"stream")
        begin = start + (2 if data[start : start + 2] == b"\r\n" else 1)
        packer = zlib.decompressobj()
        piece: bytes | memoryview = view[begin:]
        try:
            while piece and not packer.eof:
                yield len(packer.decompress(piece, _CHUNK))
                piece = packer.unconsumed_tail
        except zlib.error:
            continue
