"""Where a record's own key stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Mapping


def key_of(record: Span, key: str, texts: Mapping[str, str]) -> Span:
    """Give the place of the key under which a record stands, which is on the record's line
    or above it; the record's place where it isn't found."""
    lines = texts.get(record.path, "").split("\n")
    pattern = re.compile(rf"(?:^|(?<=[\s{{,]))[\"']?(?P<key>{re.escape(key)})[\"']?\s*:")
    for number in range(min(record.line, len(lines)), 0, -1):
        line = lines[number - 1]
        before = line[: record.column - 1] if number == record.line else line
        if found := list(pattern.finditer(before)):
            return Span(record.path, number, found[-1].start("key") + 1, len(key))
    return record
