"""What a file read back says it is, its words, and whether its seals fit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from policygen.seals.imprint import Imprint

FileFormat: TypeAlias = Literal["html", "pdf", "docx"]

_PRINTED = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?![0-9a-f])")


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
