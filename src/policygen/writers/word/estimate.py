"""On which pages things will stand: for the contents, until Word works it out itself.

A document is laid out roughly as Word does it: lines broken at spaces, no single lines
left behind, what is to be kept together kept, rows whole, header rows repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.writers.word.elements import tag
from policygen.writers.word.measure import Box, Measure

if TYPE_CHECKING:
    from policygen.writers.word.elements import Element
    from policygen.writers.word.styles import Styles

_WIDOW = 2
"""The least lines of a paragraph on a page (widow and orphan control)."""
_SLACK = 10


def estimated_pages(body: Element, styles: Styles, numbering: Element) -> dict[str, int]:
    """Give the page of each bookmark."""
    measure = Measure(styles, numbering)
    sections = list(body.iter(tag("sectPr")))
    flow = _Flow(_page_height(sections[0]))
    content: list[Element] = []
    upcoming = iter(sections)
    current = next(upcoming)
    for element in body:
        content.append(element)
        if element.find(f"{tag('pPr')}/{tag('sectPr')}") is not None:
            flow.lay(list(measure.boxes(content, _page_width(current))))
            content, current = [], next(upcoming)
            flow.start_section(_kind(current))
    flow.lay(list(measure.boxes(content, _page_width(current))))
    return flow.pages


def page_count(content: list[Element], section: Element, measure: Measure, spare: float = 0) -> int:
    """Give the number of pages that content fills in a section of its own.

    ``spare`` is what is to stay free on each, in twentieths of a point.
    """
    flow = _Flow(_page_height(section) - spare)
    flow.lay(list(measure.boxes(content, _page_width(section))))
    return flow.page


def _kind(section: Element) -> str:
    kind = section.find(tag("type"))
    return "nextPage" if kind is None else kind.get(tag("val"), "nextPage")


def _length(section: Element, element: str, name: str) -> float:
    found = section.find(tag(element))
    return 0 if found is None else abs(float(found.get(tag(name), "0")))


def _page_height(section: Element) -> float:
    margins = _length(section, "pgMar", "top") + _length(section, "pgMar", "bottom")
    return (_length(section, "pgSz", "h") or 16838) - margins


def _page_width(section: Element) -> float:
    margins = _length(section, "pgMar", "left") + _length(section, "pgMar", "right")
    return (_length(section, "pgSz", "w") or 11906) - margins


class _Flow:
    """Boxes put on pages one after the other."""

    def __init__(self, height: float) -> None:
        self._height = height
        self.page = 1
        self._used = 0.0
        self._previous: Box | None = None
        self.pages: dict[str, int] = {}

    def start_section(self, kind: str) -> None:
        """Go to the page where a new section begins."""
        if kind == "continuous":
            return
        self._turn()
        odd = self.page % 2 == 1
        if (kind == "oddPage" and not odd) or (kind == "evenPage" and odd):
            self.page += 1

    def lay(self, boxes: list[Box]) -> None:
        """Put boxes on this page and the next ones."""
        index = 0
        while index < len(boxes):
            end = index
            while end < len(boxes) - 1 and boxes[end].keep_next:
                end += 1
            kept = boxes[index : end + 1]
            if self._previous and boxes[index].break_before:
                self._turn()
            if self._previous and self._needed(kept) > self._height - self._used + _SLACK:
                self._turn()
            for box in kept:
                self._put(box)
            index = end + 1

    def _needed(self, kept: list[Box]) -> float:
        """Give the room that boxes kept together need, of the last one its first lines."""
        height, previous = 0.0, self._previous
        for box in kept:
            height += box.space_below(previous) + box.height
            previous = box
        last = kept[-1]
        if not last.keep_lines and last.lines > _WIDOW + 1:
            height -= last.line * (last.lines - _WIDOW)
        return height

    def _put(self, box: Box) -> None:
        """Put one box. At the head of a page it has no space above unless it began the page."""
        spaced = self._previous or self.page == 1 or box.break_before
        space = box.space_below(self._previous) if spaced else 0
        room = self._height - self._used - space - box.ruled + _SLACK
        fitting = int(room // box.line) if box.line else box.lines
        if fitting < box.lines and box.keep_lines and self._previous:
            self._turn()
            self._used = box.header
            space, fitting = 0, box.lines
        for name in box.bookmarks:
            self.pages.setdefault(name, self.page)
        self._used += space
        rest = box.lines
        while fitting < rest and box.line < self._height:
            fitting = max(fitting if rest - fitting >= _WIDOW else rest - _WIDOW, 1)
            rest -= fitting
            self._turn()
            fitting = int(self._height // box.line)
        self._used += rest * box.line + box.ruled
        self._previous = box

    def _turn(self) -> None:
        self.page += 1
        self._used = 0.0
        self._previous = None
