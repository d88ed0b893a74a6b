"""Tables: the author's, and the borderless ones that set things side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.document import plain_text
from policygen.writers.word.elements import clean, paragraph, tag, w
from policygen.writers.word.inlines import runs
from policygen.writers.word.metrics import Words, longest_word, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.document import Cell, Table
    from policygen.writers.word.elements import Element
    from policygen.writers.word.story import Place, Story

_PADDING = 180
"""What a column needs beside its text, in twentieths of a point."""
_SIZE = 210
_FILL_IN = 510
"""How high a row is at least in which something is to be written: 9 mm."""
_MOST = 3
"""How many times its fair share of the width a column of long text counts at most."""


def gap(story: Story) -> Element:
    """Give the little space that stands after a table and keeps two tables apart."""
    return paragraph(story.styles.id("Table Gap"))


def table_of(story: Story, table: Table, place: Place) -> list[Element]:
    """Give a table and the space after it."""
    rows = (table.header, *table.rows) if table.header else table.rows
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return []
    widths = column_widths(table, columns, place.width)
    element = w(
        "tbl",
        _properties(story, "Policy Table", widths, place.indent, table),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
    )
    for index, row in enumerate(rows):
        header = bool(table.header) and index == 0
        element.append(_row(story, row, widths, header=header, last=index == len(rows) - 1))
    return [element, gap(story)]


def _row(
    story: Story, row: tuple[Cell, ...], widths: list[int], *, header: bool, last: bool
) -> Element:
    properties = w("trPr", w("cantSplit"))
    if not header and any(not cell.children for cell in row):
        properties.append(w("trHeight", val=_FILL_IN, hRule="atLeast"))
    if header:
        properties.append(w("tblHeader"))
    cells = []
    style = story.styles.id("Table Text")
    for index, width in enumerate(widths):
        cell = row[index] if index < len(row) else None
        content = runs(story, cell.children, width - _PADDING) if cell else []
        align = cell.align if cell else "left"
        text = paragraph(style, content, align=align, keep_next=header and not last)
        cells.append(_cell(width, text))
    return w("tr", properties, *cells)


def _cell(width: int, *content: Element) -> Element:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *content)


def _properties(
    story: Story, style: str, widths: Sequence[int], indent: int, table: Table | None = None
) -> Element:
    header, first = (bool(table.header), table.kind == "labels") if table else (False, False)
    properties = w(
        "tblPr",
        w("tblStyle", val=story.styles.id(style, "table")),
        w("tblW", w=sum(widths), type="dxa"),
    )
    if indent:
        properties.append(w("tblInd", w=indent, type="dxa"))
    properties.append(w("tblLayout", type="fixed"))
    properties.append(
        w(
            "tblLook",
            val=f"{0x0400 + 0x20 * header + 0x80 * first:04X}",
            firstRow=int(header),
            lastRow=0,
            firstColumn=int(first),
            lastColumn=0,
            noHBand=0,
            noVBand=1,
        )
    )
    if table and table.name:
        properties.append(w("tblCaption", val=clean(table.name)))
        properties.append(w("tblDescription", val=clean(_description(table))))
    return properties


def _description(table: Table) -> str:
    """Say what a table's columns or rows are, for whoever hears it read."""
    if table.header:
        heads = ", ".join(plain_text(cell.children) for cell in table.header)
        return f"{table.name}. Columns: {heads}."
    return f"{table.name}. The first cell of each row is its heading."


def column_widths(table: Table, columns: int, width: int) -> list[int]:
    """Give columns wide enough for their longest word, the rest shared by their text."""
    least, wanted = [0.0] * columns, [0.0] * columns
    for index, row in enumerate((table.header, *table.rows)):
        for column, cell in enumerate(row):
            bold = index == 0 or (table.kind == "labels" and column == 0)
            words = Words(plain_text(cell.children), _SIZE, bold)
            least[column] = max(least[column], longest_word(words) + _PADDING)
            wanted[column] = max(wanted[column], text_width(words) + _PADDING)
    fair = width / columns
    if table.kind == "labels" and columns > 1:
        least[0] = wanted[0] = min(max(wanted[0], fair / 2), width * 0.38)
    wanted = [max(min(want, fair * _MOST), fair / 3) for want in wanted]
    if sum(least) > width:
        least = [min(low, fair) for low in least]
    return _shared(least, wanted, width)


def _shared(least: list[float], wanted: list[float], width: int) -> list[int]:
    spare, total = width - sum(least), sum(wanted)
    widths = [round(low + spare * want / total) for low, want in zip(least, wanted, strict=True)]
    widths[-1] += width - sum(widths)
    return widths


def layout(
    story: Story, rows: Sequence[Sequence[list[Element]]], widths: list[int], indent: int = 0
) -> Element:
    """Give a table without lines whose cells hold paragraphs, no row split over pages."""
    element = w(
        "tbl",
        _properties(story, "Layout Grid", widths, indent),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
    )
    for row in rows:
        cells = [_cell(width, *cell) for width, cell in zip(widths, row, strict=True)]
        element.append(w("tr", w("trPr", w("cantSplit")), *cells))
    return element


def framed(story: Story, content: list[Element], place: Place) -> list[Element]:
    """Give paragraphs in a ruled box, with space around it."""
    element = w(
        "tbl",
        _properties(story, "Declaration Box", [place.width], place.indent),
        w("tblGrid", w("gridCol", w=place.width)),
        w(
            "tr",
            w("trPr", w("cantSplit")),
            _cell(place.width, *ending_in_paragraph(content, story)),
        ),
    )
    return [gap(story), element, gap(story)]


def ending_in_paragraph(content: list[Element], story: Story) -> list[Element]:
    """Give content that ends in a paragraph, as a cell must."""
    if not content or content[-1].tag != tag("p"):
        return [*content, gap(story)]
    return content
