"""The words that a PDF draws, in the order in which it draws them."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pikepdf

from policygen.seals.bounds import LARGEST_CONTENT
from policygen.seals.pdf_parts import DEEPEST, content_of, fonts_of, page_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pikepdf import Object, Page, Pdf

_Value = TypeVar("_Value")


def characters(words: Iterable[str]) -> list[str]:
    """Give the characters without spaces: where lines end is the layout's."""
    return ["".join(part for text in words for part in text.split())]


def words_of(pdf: Pdf) -> list[str]:
    """Give the words in the order in which they are drawn, lines at head and foot included."""
    known: dict[tuple[int, int], _Font] = {}
    return "".join(text for page in pdf.pages for text in _page_text(page, known)).split()


def own_words_of(pdf: Pdf) -> Iterator[str]:
    """Give the same characters of a file that we have just written, with spaces where they
    are drawn only. Most pages of ours draw nothing but lines of glyphs, and so many pages are
    sealed that it counts: this takes a third of the time."""
    known: dict[tuple[int, int], _Font] = {}
    for page in pdf.pages:
        content = page_content(page, LARGEST_CONTENT)
        if _OTHERWISE_DRAWN.search(content):
            yield from _page_text(page, known)
            continue
        fonts, font = _page_fonts(page, known), _Font({}, {})
        for name, line in _DRAWN.findall(content):
            if name:
                font = fonts.get(name.decode(), _Font({}, {}))
            else:
                yield font.text(bytes.fromhex(b"".join(_HEXADECIMAL.findall(line)).decode()))


_DRAWN = re.compile(rb"(/\S+) \S+ Tf\n|^\[([^\]]*)\] TJ$", re.MULTILINE)
_OTHERWISE_DRAWN = re.compile(rb"\b(?:Tj|Do|BI)$|[\'\"]$|\(", re.MULTILINE)


def _page_text(page: Page, known: dict[tuple[int, int], _Font]) -> Iterator[str]:
    content, fonts = page_content(page, LARGEST_CONTENT), _page_fonts(page, known)
    yield from _text(content, fonts, page.obj.get("/Resources"), 0)
    yield "\n"


def _page_fonts(page: Page, known: dict[tuple[int, int], _Font]) -> dict[str, _Font]:
    fonts = {}
    for name, font in fonts_of(page.obj).items():
        if font.objgen not in known or font.objgen == (0, 0):
            known[font.objgen] = _Font.of(font)
        fonts[name] = known[font.objgen]
    return fonts


def _text(
    content: bytes, fonts: dict[str, _Font], resources: Object | None, depth: int
) -> Iterator[str]:
    """Give the text of a page's content; pieces on a line are apart where a gap is."""
    font, size = _Font({}, {}), 1.0
    line, end = None, 0.0
    holder = pikepdf.Pdf.new()
    for instruction in pikepdf.parse_content_stream(holder.make_stream(content), _SHOWING):
        operands, operator = list(instruction.operands), str(instruction.operator)
        match operator:
            case "Tf" if len(operands) == _TWO:
                font, size = fonts.get(str(operands[0]), _Font({}, {})), float(operands[1])
            case "Tm" if operands:
                start = float(operands[-2])
                if line != operands[-1]:
                    yield "\n"
                elif abs(start - end) > _GAP * size:
                    yield " "
                line, end = operands[-1], start
            case "Td" | "TD" | "T*" | "'" | '"':
                yield "\n"
                line = None
            case "Do" if resources is not None and operands and depth < DEEPEST:
                drawn = dict(resources.get("/XObject", {})).get(str(operands[0]))
                if isinstance(drawn, pikepdf.Stream) and str(drawn.get("/Subtype")) == "/Form":
                    inner = drawn.get("/Resources", resources)
                    own = {n: _Font.of(f) for n, f in dict(inner.get("/Font", {})).items()}
                    yield "\n"
                    yield from _text(content_of(drawn, LARGEST_CONTENT), own, inner, depth + 1)
                    yield "\n"
            case _:
                pass
        if operator in {"Tj", "TJ", "'", '"'} and operands:
            glyphs, moved = _drawn(operands[-1])
            yield font.text(glyphs)
            end += (font.width(glyphs) - moved / 1000) * size


_HEXADECIMAL = re.compile(rb"<([0-9a-fA-F]*)>")


def _drawn(shown: Object) -> tuple[bytes, float]:
    """Give the glyphs that a string or an array of strings and moves shows, and how far it
    moves back between them, in thousandths of the size of its letters."""
    # Written out and parted, an array takes a fifth of the time of going through its pieces.
    written = shown.unparse()
    if b"(" not in written:
        glyphs = bytes.fromhex(b"".join(_HEXADECIMAL.findall(written)).decode())
        return glyphs, sum(map(float, _HEXADECIMAL.sub(b" ", written).strip(b"[ ]").split()))
    strings, moved = [], 0.0
    for piece in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(piece, pikepdf.String):
            strings.append(bytes(piece))
        else:
            moved += float(piece)
    return b"".join(strings), moved


_SHOWING = "Tf Tm Td TD T* ' \" Tj TJ Do"


_GAP = 0.12
"""What parts two pieces of a line, in parts of the size of its letters: less than a space."""
_TWO = 2


# Glyphs --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Font:
    """The characters of a font's glyphs and how wide they are, in parts of its size; both
    empty where it has one byte a character."""

    characters: Mapping[int, str]
    widths: Mapping[int, float]

    @classmethod
    def of(cls, font: Object) -> _Font:
        characters = _unicode(font)
        if not characters:
            return cls({}, {})
        inner = font.DescendantFonts[0]
        width = float(inner.get("/DW", 1000)) / 1000
        return cls(_Known(characters, "\N{REPLACEMENT CHARACTER}"), _Known(_widths(inner), width))

    def text(self, data: bytes) -> str:
        if not self.characters:
            return data.decode("latin-1")
        return "".join(map(self.characters.__getitem__, _glyphs(data)))

    def width(self, data: bytes) -> float:
        return sum(map(self.widths.__getitem__, _glyphs(data))) if self.characters else 0.0


class _Known(dict[int, _Value]):
    """What is known of glyphs, and the same of all others."""

    def __init__(self, known: Mapping[int, _Value], other: _Value) -> None:
        super().__init__(known)
        self._other = other

    def __missing__(self, glyph: int) -> _Value:
        return self._other


def _glyphs(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2])


def _widths(font: Object) -> dict[int, float]:
    """Give the widths of glyphs (ISO 32000-1, 9.7.4.3): a first glyph and a list of widths, or
    first and last glyph and their width."""
    found: dict[int, float] = {}
    entries = list(font.get("/W", ()))
    place = 0
    while place + 1 < len(entries):
        first, second = int(entries[place]), entries[place + 1]
        if isinstance(second, pikepdf.Array):
            found |= {first + n: float(width) / 1000 for n, width in enumerate(second)}
            place += 2
        else:
            glyphs = range(first, min(int(second), 0xFFFF) + 1)
            found |= dict.fromkeys(glyphs, float(entries[place + 2]) / 1000)
            place += 3
    return found


_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", re.DOTALL
)


def _unicode(font: Object) -> dict[int, str]:
    """Give the characters of a font's glyphs; empty where it has one byte a character."""
    stream = font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream) or str(font.get("/Subtype")) != "/Type0":
        return {}
    cmap = content_of(stream, LARGEST_CONTENT)
    found: dict[int, str] = {}
    for block in _CHARS.findall(cmap):
        found |= {int(glyph, 16): _utf16(text) for glyph, text in _PAIR.findall(block)}
    for block in _RANGES.findall(cmap):
        for first, last, start, listed in _RANGE.findall(block):
            glyphs = range(int(first, 16), min(int(last, 16), 0xFFFF) + 1)
            if start:
                base = int(start, 16)
                found |= {
                    glyph: _utf16(b"%04X" % (base + offset)) for offset, glyph in enumerate(glyphs)
                }
            else:
                texts = re.findall(rb"<([0-9A-Fa-f]+)>", listed)
                found |= dict(zip(glyphs, map(_utf16, texts), strict=False))
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode().zfill(4)).decode("utf-16-be", "replace")
