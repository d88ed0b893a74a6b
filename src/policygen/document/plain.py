"""Runs of inlines and numbers as plain text."""

from __future__ import annotations

from policygen.document.nodes import (
    Code,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Number,
    Picture,
    Reference,
    Revision,
    Strong,
    Text,
    Value,
)


def number_text(number: Number) -> str:
    """Print a number: (4, 2) gives "4.2"."""
    return ".".join(map(str, number))


def plain_text(run: Inlines) -> str:
    """Give the words of a run without markup; a line break becomes a space."""
    return "".join(_plain(inline) for inline in run)


def _plain(inline: Inline) -> str:
    match inline:
        case Text(text=text) | Value(text=text):
            return text
        case Strong(children=inner) | Emphasis(children=inner) | Code(children=inner):
            return plain_text(inner)
        case Link(children=inner) | Revision(children=inner):
            return plain_text(inner)
        case Reference(label=label):
            return label
        case LineBreak():
            return " "
        case Picture():
            return ""
