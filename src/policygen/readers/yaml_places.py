"""Where each piece of a text of a YAML file stands, however it is written there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import yaml

    from policygen.model.texts import Segment

_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_DOUBLED = re.compile("''")


def segments_of(node: yaml.ScalarNode, lines: Sequence[str]) -> tuple[Segment, ...]:
    """Give the places of a scalar's pieces; ``lines`` are those of its file."""
    if node.style == "|":
        return _literal(node, lines)
    if node.style == ">":
        return _folded(node, lines)
    quote = 1 if node.style else 0
    spelt = {'"': _ESCAPE, "'": _DOUBLED}.get(str(node.style))
    first, last = node.start_mark, node.end_mark
    segments: list[Segment] = []
    offset = 0
    for number in range(first.line, min(last.line + 1, len(lines))):
        line = lines[number]
        start = first.column + quote if number == first.line else len(line) - len(line.lstrip())
        end = last.column - quote if number == last.line else len(line.rstrip())
        segments.append((offset, number + 1, start + 1))
        for match in spelt.finditer(line, start, end) if spelt else ():
            # From here on the text is shorter than what is typed.
            offset += match.start() - start + 1
            start = match.end()
            segments.append((offset, number + 1, start + 1))
        if node.style == '"' and line[start:end].endswith("\\"):
            offset += end - 1 - start  # the next line goes on without a space
        else:
            offset += end - start + (1 if line.strip() else 0)
    return tuple(segments)


def _literal(node: yaml.ScalarNode, lines: Sequence[str]) -> tuple[Segment, ...]:
    """Give the places of a text after ``|``: its lines are the file's."""
    indent = _indent(node, lines)
    segments: list[Segment] = []
    offset = 0
    for number in range(node.start_mark.line + 1, len(lines)):
        if offset > len(node.value):
            break
        segments.append((offset, number + 1, indent + 1))
        offset += len(lines[number][indent:].rstrip("\r")) + 1
    return tuple(segments)


def _folded(node: yaml.ScalarNode, lines: Sequence[str]) -> tuple[Segment, ...]:
    """Give the places of a text after ``>``, where lines are joined and blank ones end them."""
    indent = _indent(node, lines)
    segments: list[Segment] = []
    offset = 0
    for number in range(node.start_mark.line + 1, len(lines)):
        words = lines[number][indent:].rstrip()
        offset = node.value.find(words, offset) if words else offset
        if offset < 0 or offset >= len(node.value):
            break
        segments.append((offset, number + 1, indent + 1))
        offset += len(words)
    return tuple(segments)


def _indent(node: yaml.ScalarNode, lines: Sequence[str]) -> int:
    """Give by how much the first line that isn't blank is indented."""
    under = lines[node.start_mark.line + 1 : node.end_mark.line + 1]
    return next((len(line) - len(line.lstrip(" ")) for line in under if line.strip()), 0)
