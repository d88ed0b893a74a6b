"""Files read back, each by what its first bytes say it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.seals.bounds import LARGEST_FILE, MEGABYTE, UnreadableError

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.seals.reading import Reading

_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_HEAD = 1024
"""Bytes at the head of a file in which a PDF says that it is one (ISO 32000-1, H.3)."""


def read(path: Path) -> Reading:
    """Read a PDF, a Word file or a web page. Raises ``UnreadableError`` and ``OSError``."""
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        message = f"it is larger than {LARGEST_FILE // MEGABYTE} MB, which no document is"
        raise UnreadableError(message)
    try:
        return read_bytes(data)
    except (RecursionError, MemoryError) as error:
        message = "it is nested too deeply, or holds too much"
        raise UnreadableError(message) from error


def read_bytes(data: bytes) -> Reading:
    """Read the bytes of a file, whose first ones say what it is. Raises ``UnreadableError``."""
    # Each reader is imported when it is first needed: they are dear to load.
    if not data.strip():
        message = "it is empty"
        raise UnreadableError(message)
    if data.startswith(_ZIP):
        from policygen.seals import word  # noqa: PLC0415

        return word.read(data)
    if _PDF in data[:_HEAD]:
        from policygen.seals import pdf  # noqa: PLC0415

        return pdf.read(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "it is encrypted, or of a Word before 2007; save it as .docx without a password"
        raise UnreadableError(message)
    if b"<html" in data[: 64 * _HEAD].lower():
        from policygen.seals import pages  # noqa: PLC0415

        return pages.read(data)
    message = "it is no PDF, no Word file (.docx) and no web page"
    raise UnreadableError(message)
