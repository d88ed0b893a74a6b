"""Words for comparing: no case, no punctuation, each ``{{ }}`` by what it prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.prose import ANY_SLOT, FIRST_SLOT

if TYPE_CHECKING:
    from policygen.checks.prose import Passage

_TOKEN = re.compile(rf"[^\W_]+(?:['’][^\W_]+)*|{ANY_SLOT}")
_FORM = re.compile(r"\s*\|\s*(?:capitalize_first|a)\b|\s+")


def comparable(passage: Passage, start: int = 0, end: int | None = None) -> tuple[str, ...]:
    """Give the words of a stretch of a passage, to be compared with others."""
    stop = len(passage.words) if end is None else end
    return tuple(
        _value(passage, match.start())
        if match[0] >= FIRST_SLOT
        else match[0].lower().replace("’", "'")
        for match in _TOKEN.finditer(passage.words, start, stop)
    )


def _value(passage: Passage, at: int) -> str:
    """Give a ``{{ }}`` as typed, without what only changes its form in a sentence."""
    opened = passage.offsets[at]
    closed = passage.text.find("}}", opened)
    return _FORM.sub("", passage.text[opened : closed + 2])
