"""Building WordprocessingML: elements, runs and paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

    Element: TypeAlias = etree._Element  # noqa: SLF001 -- lxml has no public name for it

W = nsmap["w"]
R = nsmap["r"]
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NSMAP = {"w": W}
_WHITE = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85]")
_FORBIDDEN = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold (production 2, "Char"), white space aside."""


def tag(name: str) -> str:
    """Give a tag of WordprocessingML in full."""
    return f"{{{W}}}{name}"


def w(name: str, /, *children: Element, **attributes: object) -> Element:
    """Give an element of WordprocessingML; attributes are of its namespace too."""
    element: Element = oxml_parser.makeelement(
        f"{{{W}}}{name}",
        {f"{{{W}}}{key}": str(value) for key, value in attributes.items()},
        _NSMAP,
    )
    element.extend(children)
    return element


def clean(text: str) -> str:
    """Give text that XML can hold: other white space is a space, the rest dropped."""
    return _FORBIDDEN.sub("", _WHITE.sub(" ", text))


def text_element(text: str) -> Element:
    """Give a ``w:t``."""
    element = w("t")
    element.text = clean(text)
    element.set(XML_SPACE, "preserve")
    return element


def run(text: str, style: str = "") -> Element:
    """Give a run of text in the character style of the given id."""
    return run_of(text_element(text), style=style)


def run_of(*content: Element, style: str = "") -> Element:
    """Give a run of anything in the character style of the given id."""
    properties = (w("rPr", w("rStyle", val=style)),) if style else ()
    return w("r", *properties, *content)


def style_of(paragraph: Element) -> str:
    """Give the id of a paragraph's style; empty for what has none."""
    style = paragraph.find(f"{tag('pPr')}/{tag('pStyle')}")
    return "" if style is None else style.get(tag("val"), "")


def tab() -> Element:
    """Give a run that is a tab."""
    return w("r", w("tab"))


def border(side: str, colour: str, size: int = 4) -> Element:
    """Give one border of a table or cell, its size in eighths of a point."""
    return w(side, val="single", sz=size, space=0, color=colour)


def numbering_properties(num: int, level: int) -> Element:
    """Give the mark of a paragraph in a list; list 0 is none."""
    return w("numPr", w("ilvl", val=level), w("numId", val=num))


def paragraph(  # noqa: PLR0913 -- each is one property of a paragraph, all optional
    style: str,
    content: Iterable[Element] = (),
    *,
    keep_next: bool = False,
    numbering: tuple[int, int] | None = None,
    tabs: Iterable[tuple[int, str]] = (),
    left: int | None = None,
    align: str = "left",
    outline: int | None = None,
) -> Element:
    """Give a paragraph in the style of the given id.

    The order of properties is the schema's.
    """
    properties = w("pPr", w("pStyle", val=style))
    if keep_next:
        properties.append(w("keepNext"))
    if numbering is not None:
        properties.append(numbering_properties(*numbering))
    stops = [w("tab", val=kind, pos=position) for position, kind in tabs]
    if stops:
        properties.append(w("tabs", *stops))
    if left is not None:
        properties.append(w("ind", left=left))
    if align != "left":
        properties.append(w("jc", val=align))
    if outline is not None:
        properties.append(w("outlineLvl", val=min(outline, 8)))
    return w("p", properties, *content)
