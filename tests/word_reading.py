"""Read a Word file back into lines, automatic numbers worked out as Word does.

It knows nothing of the writer. Bullets, boxes to tick, page numbers of the contents and
what stands in headers and footers aren't lines of the text.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def part(data: bytes, name: str) -> Element:
    """Give the root of a part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def lines(data: bytes) -> list[str]:
    """Give numbers and paragraphs of the body, in order."""
    body = part(data, "word/document.xml").find(f"{W}body")
    assert body is not None
    count = _Count(part(data, "word/numbering.xml"), part(data, "word/styles.xml"))
    out = []
    for paragraph in body.iter(f"{W}p"):
        out.append(count.label(paragraph))
        out.append(_text(paragraph))
    return [line for line in out if line]


def words(data: bytes) -> list[str]:
    """Give the words and numbers of the body, in order."""
    return [word for line in lines(data) for word in line.split()]


def labels(data: bytes) -> list[tuple[str, str]]:
    """Give each paragraph's automatic number and its text."""
    body = part(data, "word/document.xml")
    count = _Count(part(data, "word/numbering.xml"), part(data, "word/styles.xml"))
    return [(count.label(p), _text(p)) for p in body.iter(f"{W}p")]


def _text(paragraph: Element) -> str:
    out: list[str] = []
    codes: list[list[str]] = []
    for element in _visible(paragraph):
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                codes.append([""])
            elif kind == "end" and codes:
                codes.pop()
        elif element.tag == f"{W}instrText" and codes:
            codes[-1][0] += element.text or ""
        elif any("PAGEREF" in code for (code,) in codes):
            continue
        elif element.tag == f"{W}t":
            out.append(element.text or "")
        elif element.tag in (f"{W}tab", f"{W}br"):
            out.append(" ")
    return "".join(out)


def _visible(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{W}sdt" and child.find(f"{W}sdtPr/{W14}checkbox") is not None:
            continue
        if child.tag == f"{W}pPr":
            continue
        yield child
        yield from _visible(child)


@dataclass
class _Level:
    start: int
    form: str
    text: str


@dataclass
class _Count:
    """Counts as Word does: once a definition, deeper levels anew after a higher one."""

    numbering: Element
    styles: Element
    definitions: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    by_style: dict[str, tuple[str | None, str | None, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for definition in self.numbering.iter(f"{W}abstractNum"):
            levels = {}
            for level in definition.iter(f"{W}lvl"):
                levels[int(level.get(f"{W}ilvl", "0"))] = _Level(
                    int(_value(level, "start") or "1"),
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                )
            self.definitions[definition.get(f"{W}abstractNumId", "")] = levels
        for num in self.numbering.iter(f"{W}num"):
            ident = num.get(f"{W}numId", "")
            self.lists[ident] = _value(num, "abstractNumId") or ""
            for override in num.iter(f"{W}lvlOverride"):
                start = _value(override, "startOverride")
                if start is not None:
                    self.starts[ident, int(override.get(f"{W}ilvl", "0"))] = int(start)
        for style in self.styles.iter(f"{W}style"):
            properties = style.find(f"{W}pPr/{W}numPr")
            self.by_style[style.get(f"{W}styleId", "")] = (
                None if properties is None else _value(properties, "numId"),
                None if properties is None else _value(properties, "ilvl"),
                _value(style, "basedOn") or "",
            )

    def label(self, paragraph: Element) -> str:
        num, level = self._place(paragraph)
        if num is None or num == "0":
            return ""
        levels = self.definitions[self.lists[num]]
        counts = self.counts.setdefault(self.lists[num], {})
        if (num, level) in self.starts:
            counts[level] = self.starts.pop((num, level))
        else:
            counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if levels[level].form == "bullet":
            return ""

        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            number = counts.get(index, levels[index].start)
            return chr(64 + number) if levels[index].form == "upperLetter" else str(number)

        return re.sub(r"%(\d)", shown, levels[level].text)

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        num, level = None, None
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is not None:
            num, level = _value(properties, "numId"), _value(properties, "ilvl")
        style = _value(paragraph, f"pPr/{W}pStyle") or ""
        while style in self.by_style:
            own_num, own_level, style = self.by_style[style]
            num, level = num or own_num, level or own_level
        return num, int(level or 0)


def _value(parent: Element, name: str) -> str | None:
    found = parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")
