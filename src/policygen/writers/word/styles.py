"""Styles by name, and the school's colour in them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from policygen.colour import WHITE, Colour, readable
from policygen.writers.word.elements import tag, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.writers.word.elements import Element

HOUSE = "1F4E79"
"""The colour in ``reference.docx`` that stands for the school's own."""
_VAL = tag("val")


class Styles:
    """The styles of a Word file, found by their names in any case.

    Names of Word's own styles are English in every file, whatever the language of the
    Word that made it (ECMA-376 part 1, 17.7.4.9); ids are not.
    """

    def __init__(self, root: Element) -> None:
        self.root = root
        self._by_name: dict[tuple[str, str], Element] = {}
        self._by_id: dict[str, Element] = {}
        for style in root.iterfind(tag("style")):
            self._add(style)

    def _add(self, style: Element) -> None:
        self._by_name.setdefault(_key(style), style)
        self._by_id.setdefault(style.get(tag("styleId"), ""), style)

    def id(self, name: str, kind: str = "paragraph") -> str:
        """Give the id of the style with this name."""
        return self._by_name[kind, name.lower()].get(tag("styleId"), "")

    def chain(self, ident: str) -> Iterator[Element]:
        """Give a style and those it is based on, nearest first."""
        seen = set()
        while ident in self._by_id and ident not in seen:
            seen.add(ident)
            style = self._by_id[ident]
            yield style
            based = style.find(tag("basedOn"))
            ident = "" if based is None else based.get(_VAL, "")

    def numbered(self, ident: str) -> bool:
        """Say whether a style is in a list of its own accord."""
        path = f"{tag('pPr')}/{tag('numPr')}/{tag('numId')}"
        for style in self.chain(ident):
            number = style.find(path)
            if number is not None:
                return number.get(_VAL) != "0"
        return False

    def forget_lists(self, known: set[str]) -> None:
        """Take styles out of lists that the file doesn't define."""
        for number in list(self.root.iter(tag("numPr"))):
            ident = number.find(tag("numId"))
            if ident is not None and ident.get(_VAL, "0") not in known | {"0"}:
                _remove(number)

    def tabs(self, ident: str) -> set[int]:
        """Give where a style's tabs are, in twentieths of a point."""
        path = f"{tag('pPr')}/{tag('tabs')}/{tag('tab')}"
        return {
            int(stop.get(tag("pos"), "0"))
            for style in self.chain(ident)
            for stop in style.findall(path)
        }

    def enlarge(self, smallest: int) -> None:
        """Make no letters smaller than ``smallest`` half-points, and what is larger larger
        still; the lines at head and foot of a page stay smaller."""
        for style in (self.root.find(tag("docDefaults")), *self.root.iterfind(tag("style"))):
            if style is None:
                continue
            quiet = style.tag == tag("style") and _key(style)[1] in {"header", "footer"}
            for name in ("sz", "szCs"):
                for size in style.iter(tag(name)):
                    now = int(size.get(_VAL, "0"))
                    larger = smallest if now < smallest else now + smallest // 4
                    size.set(_VAL, str(smallest * 2 // 3 if quiet else larger))

    def paint(self, colour: str) -> None:
        """Put a colour where the house colour stands, darkened so that it can be read."""
        dark = str(readable(Colour.parse(colour), WHITE)).removeprefix("#").upper()
        for attribute in (_VAL, tag("color")):
            for element in self.root.iter():
                if element.get(attribute) == HOUSE:
                    element.set(attribute, dark)

    def set_language(self, language: str) -> None:
        """Make a language the default of all text."""
        path = "/".join(map(tag, ("docDefaults", "rPrDefault", "rPr")))
        defaults = self.root.find(path)
        if defaults is None:
            defaults = w("rPr")
            parent = self.root.find(tag("docDefaults"))
            if parent is None:
                parent = w("docDefaults")
                self.root.insert(0, parent)
            for old in parent.findall(tag("rPrDefault")):
                parent.remove(old)
            parent.insert(0, w("rPrDefault", defaults))
        lang = defaults.find(tag("lang"))
        if lang is None:
            lang = w("lang")
            defaults.append(lang)
        lang.set(_VAL, language)

    def complete_from(self, ours: Styles) -> None:
        """Add the styles of ours that are missing here, without our colour and lists."""
        missing = [style for key, style in ours._by_name.items() if key not in self._by_name]
        renamed: dict[str, str] = {}
        for (kind, name), style in ours._by_name.items():
            ident = style.get(tag("styleId"), "")
            there = self._by_name.get((kind, name))
            renamed[ident] = self._free(ident) if there is None else there.get(tag("styleId"), "")
        for style in missing:
            self._adopt(copy.deepcopy(style), renamed)

    def _free(self, ident: str) -> str:
        while ident in self._by_id:
            ident += "0"
        return ident

    def _adopt(self, style: Element, renamed: dict[str, str]) -> None:
        style.set(tag("styleId"), renamed[style.get(tag("styleId"), "")])
        style.attrib.pop(tag("default"), "")
        for link in ("basedOn", "next", "link"):
            for element in style.findall(tag(link)):
                element.set(_VAL, renamed.get(element.get(_VAL, ""), ""))
        for element in style.findall(".//*"):
            if element.tag == tag("color") and element.get(_VAL) == HOUSE:
                _remove(element)
            elif element.get(tag("color")) == HOUSE:
                element.set(tag("color"), "auto")
        for numbering in style.findall(f".//{tag('numPr')}"):
            _remove(numbering)
        self.root.append(style)
        self._add(style)


def _key(style: Element) -> tuple[str, str]:
    name = style.find(tag("name"))
    return style.get(tag("type"), "paragraph"), "" if name is None else name.get(_VAL, "").lower()


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
