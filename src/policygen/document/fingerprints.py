"""Wording fingerprints: the same where the wording is the same."""

from __future__ import annotations

import hashlib

from policygen.document.nodes import (
    Blocks,
    Code,
    Contents,
    Emphasis,
    Generated,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Paragraph,
    Picture,
    Reference,
    Revision,
    Strong,
    Text,
    Value,
)
from policygen.document.trees import children, inlines

_OUTSIDE_WORDING = frozenset(
    {"control", "contents", "history", "consultation", "sign-off", "officers"}
)
"""Generated parts that hold data about the document, not its wording."""


def fingerprint(title: Inlines, blocks: Blocks) -> str:
    """Give the wording fingerprint: 64 hexadecimal digits.

    Values count by their name, so a new headteacher leaves it alone. The exception
    is the answers to settings: they are decisions of the trust, and a changed answer
    is changed wording. Cross-references count by their target, so renumbering alone
    leaves it alone; numbers, control table, history, consultation, officers, contents
    and signature lines don't count.
    """
    pieces = [_wording(title)]
    _add_wording(blocks, pieces)
    digest = hashlib.sha256()
    for piece in pieces:
        data = piece.encode()
        digest.update(len(data).to_bytes(4, "big") + data)
    return digest.hexdigest()


def _add_wording(blocks: Blocks, pieces: list[str]) -> None:
    for block in blocks:
        if isinstance(block, Contents) or (
            isinstance(block, Generated) and block.kind in _OUTSIDE_WORDING
        ):
            continue
        if isinstance(block, Paragraph) and block.role != "body":
            continue
        pieces.append(f"<{type(block).__name__}")
        pieces += map(_wording, inlines(block))
        _add_wording(children(block), pieces)
        pieces.append(">")


def _wording(run: Inlines) -> str:
    # Wrapping a line elsewhere, or a doubled space, is no change of wording.
    return " ".join("".join(_inline_wording(inline) for inline in run).split())


def _inline_wording(inline: Inline) -> str:
    match inline:
        case Text(text=text):
            return text
        case Value(name=name, text=text):
            return f"{{{name} {text}}}" if name.startswith("settings.") else f"{{{name}}}"
        case Reference(target=target):
            return f"{{ref {target}}}"
        case Link(children=inner) | Strong(children=inner):
            return _wording(inner)
        case Emphasis(children=inner) | Code(children=inner) | Revision(children=inner):
            return _wording(inner)
        case LineBreak():
            return "\n"
        case Picture(asset=asset, alt=alt):
            return f"{{picture {alt} {hashlib.sha256(asset.data).hexdigest()}}}"
