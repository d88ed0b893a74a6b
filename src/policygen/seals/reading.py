"""A file read back: what it says it is, its words, and whether its seals fit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.seals.bounds import LARGEST_FILE, MEGABYTE, UnreadableError

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.seals.imprint import Imprint

FileFormat: TypeAlias = Literal["html", "pdf", "docx"]

_PRINTED = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?![0-9a-f])")
_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_HEAD = 1024
"""Bytes at the head of a file in which a PDF says that it is one (ISO 32000-1, H.3)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file. ``imprint`` is None where it says not which document it is.

    ``words`` are those it shows, in its own order. ``intact`` says that not a byte is another
    than when it was built, ``as_shown`` that all it draws is the same, ``as_worded`` that its
    words are. ``notes`` tell what was put in since that is no word of it: comments, answers.
    ``marks`` are what was put over it.
    """

    format: FileFormat
    imprint: Imprint | None
    words: tuple[str, ...]
    intact: bool = False
    as_shown: bool = False
    as_worded: bool = False
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = field(default=())

    @property
    def printed_fingerprints(self) -> tuple[str, ...]:
        """What may be the short fingerprints on its pages, the most frequent first."""
        counts: dict[str, int] = {}
        for found in _PRINTED.findall(" ".join(self.words)):
            counts[found] = counts.get(found, 0) + 1
        return tuple(sorted(counts, key=lambda each: -counts[each]))


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
