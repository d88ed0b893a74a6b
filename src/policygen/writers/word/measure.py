"""How high the paragraphs and table rows of a Word file are, by their styles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from policygen.writers.word.elements import tag
from policygen.writers.word.metrics import LINE_HEIGHT, Words, line_count
from policygen.writers.word.shape import Shape, formatted, is_on, list_indents, styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.writers.word.elements import Element
    from policygen.writers.word.styles import Styles

_VAL = tag("val")
_EMU_A_TWIP = 635
_FACES = {
    "arial": (1.15, 0.97),
    "calibri": (1.22, 0.89),
    "cambria": (1.17, 0.95),
    "times new roman": (1.15, 0.88),
    "verdana": (1.22, 1.12),
}
"""Height of a line in type sizes, and width of text beside the bundled font's."""
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


class Box(NamedTuple):
    """Something that stands on a page: a paragraph or a table row."""

    before: float
    line: float
    lines: int
    after: float
    keep_next: bool
    keep_lines: bool
    bookmarks: tuple[str, ...]
    break_before: bool = False
    ruled: float = 0
    """The height of the lines over and under a paragraph, with their distance."""
    style: str = ""
    contextual: bool = False
    """Whether it wants no space towards a neighbour of its own style."""
    header: float = 0
    """The height of the header row that is repeated over a row on a new page."""

    @property
    def height(self) -> float:
        """The height without the space before and after."""
        return self.line * self.lines + self.ruled

    def space_below(self, previous: Box | None) -> float:
        """Give the space between the box before and this one: of two, the larger counts."""
        if previous is None:
            return self.before
        alike = self.style == previous.style
        before = 0 if alike and self.contextual else self.before
        return max(before, 0 if alike and previous.contextual else previous.after)


class Measure:
    """Measures by one file's styles and lists."""

    def __init__(self, styles: Styles, numbering: Element) -> None:
        self._styles = styles
        self._shapes: dict[str, Shape] = {}
        self._tables: dict[str, dict[str, float]] = {}
        self._lists = list_indents(numbering)
        self._defaults = Shape()
        defaults = styles.root.find(tag("docDefaults"))
        if defaults is not None:
            for part in defaults:
                self._defaults = styled(self._defaults, part)

    def _shape(self, ident: str) -> Shape:
        if ident not in self._shapes:
            shape = self._defaults
            for style in reversed(list(self._styles.chain(ident))):
                shape = styled(shape, style)
            self._shapes[ident] = shape
        return self._shapes[ident]

    def paragraph(self, element: Element, width: float) -> Box:
        """Give a paragraph's box in a column this wide."""
        properties = element.find(tag("pPr"))
        style = None if properties is None else properties.find(tag("pStyle"))
        ident = "Normal" if style is None else style.get(_VAL, "")
        shape = self._shape(ident)
        number = shape.num, shape.level
        if properties is not None:
            shape = formatted(shape, properties)
            if (shape.num, shape.level) != number or properties.find(tag("ind")) is None:
                left = self._lists.get((shape.num, shape.level))
                shape = shape if left is None else replace(shape, left=left)
        ratio, scale = _FACES.get(shape.face, (LINE_HEIGHT, 1.0))
        runs, tallest, largest = _words(self._styles, element, shape.size * scale, bold=shape.bold)
        lines = line_count(runs, max(width - shape.left - shape.right, 1), -shape.hanging)
        natural = max(shape.size, largest) * ratio
        if shape.rule == "auto":
            line = float(natural * shape.line // 240)
        else:
            line = shape.line if shape.rule == "exact" else max(natural, shape.line)
        names = (mark.get(tag("name"), "") for mark in element.iter(tag("bookmarkStart")))
        if tallest > line and lines == 1:
            line = tallest
        return Box(
            before=shape.before,
            line=line,
            lines=lines,
            after=shape.after,
            keep_next=shape.keep_next,
            keep_lines=shape.keep_lines,
            bookmarks=tuple(names),
            break_before=shape.break_before,
            ruled=shape.ruled,
            style=ident,
            contextual=shape.contextual,
        )

    def boxes(self, elements: Iterable[Element], width: float) -> Iterator[Box]:
        """Give the boxes of paragraphs and tables in a column this wide."""
        for element in elements:
            if element.tag == tag("tbl"):
                yield from self.table(element)
            elif element.tag == tag("sdt"):
                yield from self.boxes(element.iterfind(f"{tag('sdtContent')}/*"), width)
            elif element.tag == tag("p"):
                yield self.paragraph(element, width)

    def table(self, table: Element) -> list[Box]:
        """Give a table's rows as boxes."""
        style = table.find(f"{tag('tblPr')}/{tag('tblStyle')}")
        margins = self._margins("" if style is None else style.get(_VAL, ""))
        grid = table.findall(f"{tag('tblGrid')}/{tag('gridCol')}")
        widths = [float(column.get(tag("w"), "0")) for column in grid]
        rows: list[Box] = []
        header = 0.0
        for row in table.findall(tag("tr")):
            box = self._row(row, widths, margins)
            if row.find(f"{tag('trPr')}/{tag('tblHeader')}") is not None:
                header = box.line
            else:
                box = box._replace(header=header)
            rows.append(box)
        return rows

    def _row(self, row: Element, widths: list[float], margins: dict[str, float]) -> Box:
        highest, keep, bookmarks = 0.0, False, list[str]()
        sides = margins.get("left", 0) + margins.get("right", 0)
        for cell, width in zip(row.findall(tag("tc")), widths, strict=False):
            height, previous = 0.0, None
            for box in self.boxes(cell, width - sides):
                height += box.space_below(previous) + box.height
                previous = box
                keep = keep or box.keep_next
                bookmarks.extend(box.bookmarks)
            height += previous.after if previous else 0
            highest = max(highest, height + margins.get("top", 0) + margins.get("bottom", 0))
        least = row.find(f"{tag('trPr')}/{tag('trHeight')}")
        if least is not None:
            highest = max(highest, float(least.get(_VAL, "0")))
        return Box(0, highest + _RULE, 1, 0, keep, keep_lines=True, bookmarks=tuple(bookmarks))

    def _margins(self, ident: str) -> dict[str, float]:
        if ident not in self._tables:
            found: dict[str, float] = {}
            for style in self._styles.chain(ident):
                for side in style.findall(f"{tag('tblPr')}/{tag('tblCellMar')}/*"):
                    found.setdefault(side.tag.rpartition("}")[2], float(side.get(tag("w"), "0")))
            self._tables[ident] = found
        return self._tables[ident]


_RULE = 6
"""The thickness of a hairline between rows."""


def _words(
    styles: Styles, paragraph: Element, size: float, *, bold: bool
) -> tuple[list[Words], float, float]:
    """Give a paragraph's words, the height of its tallest picture and its largest type."""
    words, tallest, largest = list[Words](), 0.0, 0.0
    for run in paragraph.iter(tag("r")):
        look, own = bold, size
        properties = run.find(tag("rPr"))
        if properties is not None:
            look = _bold(properties, otherwise=bold)
            style = properties.find(tag("rStyle"))
            if style is not None:
                for base in styles.chain(style.get(_VAL, "")):
                    look = look or base.find(f"{tag('rPr')}/{tag('b')}") is not None
                    large = base.find(f"{tag('rPr')}/{tag('sz')}")
                    if large is not None:
                        own = float(large.get(_VAL, "20")) * 10
        for child in run:
            if child.tag == tag("t"):
                words.append(Words(child.text or "", own, look))
                largest = max(largest, own)
            elif child.tag == tag("br"):
                words.append(Words("\n", own, look))
            elif child.tag == tag("drawing"):
                for extent in child.iter(_EXTENT):
                    tallest = max(tallest, int(extent.get("cy", "0")) / _EMU_A_TWIP)
    return words, tallest, largest


def _bold(properties: Element, *, otherwise: bool) -> bool:
    element = properties.find(tag("b"))
    return otherwise if element is None else is_on(element)
