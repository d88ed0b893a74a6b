"""The words of a tagged PDF in the order of its tags, which is how it is read aloud."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

if TYPE_CHECKING:
    from collections.abc import Iterator

Element: TypeAlias = Any
"""A structure element; pypdf's types say too little of it."""

BLOCKS = frozenset({"/P", "/TD", "/TH", "/Lbl", "/LI", "/TOCI", *(f"/H{n}" for n in range(1, 7))})


class TaggedText:
    """The tag tree of a PDF with its words."""

    def __init__(self, pdf: bytes) -> None:
        self.reader: Any = PdfReader(io.BytesIO(pdf))
        self.pages = [_marked(self.reader, page) for page in self.reader.pages]
        self._numbers = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(self.reader.pages)
            if page.indirect_reference
        }

    @property
    def root(self) -> Element:
        """The root of the tag tree."""
        return self.reader.root_object["/StructTreeRoot"].get_object()

    def elements(self, element: Element = None) -> Iterator[Element]:
        """Give every element, parents first."""
        for kid in kids(self.root if element is None else element):
            if isinstance(kid, DictionaryObject) and kid.get("/Type") == "/StructElem":
                yield kid
                yield from self.elements(kid)

    def text(self, element: Element) -> str:
        """Give the text below an element; blocks stand apart, page numbers are left out."""
        parts = []
        entry = element.get("/S") == "/P" and element["/P"]["/S"] == "/TOCI"
        for kid in kids(element):
            if entry and kid["/S"] != "/Link":
                continue
            if isinstance(kid, int):
                page = self._numbers[element.raw_get("/Pg").idnum]
                parts.append(self.pages[page].pop(int(kid), ""))
            elif kid.get("/Type") == "/StructElem":
                apart = "\n" if kid["/S"] in BLOCKS else ""
                parts.append(f"{apart}{self.text(kid)}{apart}")
        return "".join(parts)


def kids(element: Element) -> list[Any]:
    """Give the kids of an element: numbers of marked content, or dictionaries."""
    found = element.get("/K", ArrayObject())
    each = found if isinstance(found, ArrayObject) else [found]
    return [kid.get_object() for kid in each]


def _marked(reader: PdfReader, page: Any) -> dict[int, str]:  # noqa: ANN401
    fonts = {
        name: _unicode(font.get_object()["/ToUnicode"].get_data().decode("latin-1"))
        for name, font in page["/Resources"]["/Font"].items()
    }
    texts: dict[int, str] = {}
    mark: int | None = None
    font: dict[int, str] = {}
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        match operator:
            case b"BDC" | b"BMC":
                mark = operands[1].get("/MCID") if operator == b"BDC" else None
            case b"EMC":
                mark = None
            case b"Tf":
                font = fonts[operands[0]]
            case b"TJ" | b"Tj" if mark is not None:
                shown = operands[0] if operator == b"TJ" else operands
                texts[mark] = texts.get(mark, "") + "".join(
                    _decode(piece, font) for piece in shown if isinstance(piece, str | bytes)
                )
    return texts


def _decode(piece: Any, font: dict[int, str]) -> str:  # noqa: ANN401
    data = piece if isinstance(piece, bytes) else piece.original_bytes
    return "".join(font[int.from_bytes(data[i : i + 2])] for i in range(0, len(data), 2))


def _unicode(cmap: str) -> dict[int, str]:
    pairs = re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", cmap)
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
