"""Seals of web pages: ``meta`` elements in the head."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import lxml.html
from lxml import etree
from markupsafe import escape

from policygen.seals.bounds import UnreadableError
from policygen.seals.imprint import BLANK, Imprint, digest
from policygen.seals.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = "policygen."
_FILE = re.compile(rb'(<meta name="policygen\.file" content=")([0-9a-f]{64})(">)')
_SILENT = frozenset({"script", "style", "template", "noscript", "title", "head"})
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "small", "span"}
    | {"strong", "sub", "sup", "u"}
)
_ASIDE = {"header": "bar", "a": "skip"}
"""Elements that are about the page and say nothing of the document, by tag and class."""


def sealed(data: bytes, imprint: Imprint) -> bytes:
    """Give a page with its seal."""
    words = imprint.digest(_words(_tree(data)))
    whole = replace(imprint, words=words, file=BLANK)
    metas = "".join(
        f'<meta name="{_NAME}{name}" content="{escape(value)}">\n'
        for name, value in whole.values.items()
    )
    head, closing, rest = data.partition(b"</head>")
    if not closing:  # a page of the trust's own template
        return data
    made = head + metas.encode() + closing + rest
    return _FILE.sub(rb"\g<1>" + digest([made]).encode() + rb"\g<3>", made, count=1)


def read(data: bytes) -> Reading:
    """Read a page. Raises ``UnreadableError``."""
    tree = _tree(data)
    words = tuple(_words(tree))
    values = {
        str(meta.get("name")).removeprefix(_NAME): str(meta.get("content", ""))
        for meta in tree.iter("meta")
        if str(meta.get("name", "")).startswith(_NAME)
    }
    imprint = Imprint.of(values)
    if imprint is None:
        return Reading("html", None, words)
    blank = _FILE.sub(rb"\g<1>" + BLANK.encode() + rb"\g<3>", data, count=1)
    return Reading(
        "html",
        imprint,
        words,
        intact=blank != data and digest([blank]) == imprint.file,
        as_worded=imprint.digest(words) == imprint.words,
    )


def _tree(data: bytes) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        tree = lxml.html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, TypeError) as error:
        message = "it is damaged: it can't be read as a web page"
        raise UnreadableError(message) from error
    return tree


def _words(tree: lxml.html.HtmlElement) -> list[str]:
    """Give the words that a page shows, its foot's included."""
    return "".join(_text(tree)).split()


def _text(tree: lxml.html.HtmlElement) -> Iterator[str]:
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            if not silent:
                yield element.tail or ""
            continue
        unheard = element.tag in _SILENT or _is_aside(element)
        apart = "" if element.tag in _INLINE else "\n"
        if event == "start":
            silent += unheard
            if not silent:
                yield apart + (element.text or "")
        else:
            silent -= unheard
            if not silent:
                yield apart + (element.tail or "")


def _is_aside(element: lxml.html.HtmlElement) -> bool:
    name = _ASIDE.get(element.tag)
    return name is not None and name in str(element.get("class", "")).split()
