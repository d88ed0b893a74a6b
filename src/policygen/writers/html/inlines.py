"""Inlines as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from policygen.document import (
    Code,
    Emphasis,
    LineBreak,
    Link,
    Picture,
    Reference,
    Revision,
    Strong,
    Text,
    Value,
)
from policygen.writers.markup import asset_uri, element, joined, text, void

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.document import Inline, Inlines

LINKED_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_ADDRESS_CHARACTERS = ":/?#[]@!$&'()*+,;=%~"


def run_markup(run: Inlines, targets: Mapping[str, str]) -> Markup:
    """Give a run as HTML; ``targets`` are the anchors that references may point to."""
    return joined(_inline(inline, targets) for inline in run)


def _inline(inline: Inline, targets: Mapping[str, str]) -> Markup:
    match inline:
        case Text(text=words) | Value(text=words):
            return text(words)
        case Strong(children=inner):
            return element("strong", run_markup(inner, targets))
        case Emphasis(children=inner):
            return element("em", run_markup(inner, targets))
        case Code(children=inner):
            return element("code", run_markup(inner, targets))
        case Link(target=target, children=inner):
            return _link(target, run_markup(inner, targets))
        case Reference(target=target, label=label, live=live):
            anchor = targets.get(target) if live else None
            return element("a", text(label), href=f"#{anchor}") if anchor else text(label)
        case LineBreak():
            return Markup(" <br>")
        case Revision(kind=kind, children=inner):
            name = "ins" if kind == "insertion" else "del"
            return element(name, run_markup(inner, targets))
        case Picture(asset=asset, alt=alt):
            return void(
                "img",
                class_="picture",
                src=asset_uri(asset),
                alt=alt,
                width=str(asset.width) if asset.width else None,
                height=str(asset.height) if asset.height else None,
            )
        case _:
            assert_never(inline)


def _link(target: str, content: Markup) -> Markup:
    try:
        scheme = urlsplit(target).scheme.lower()
    except ValueError:
        return content
    if scheme not in LINKED_SCHEMES:
        return content
    return element("a", content, href=quote(target, safe=_ADDRESS_CHARACTERS))
