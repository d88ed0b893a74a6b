"""Seals of PDFs: properties in the XMP packet, which stands in the file as it is read."""

from __future__ import annotations

import io
import re
import struct
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import pikepdf
from lxml import etree
from markupsafe import escape

from policygen.seals.bounds import (
    LARGEST_CONTENT,
    UnreadableError,
    inflated,
    too_much,
    unpacked_sizes,
    xml,
)
from policygen.seals.imprint import BLANK, Imprint, digest
from policygen.seals.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pikepdf import Object, Page, Pdf

NAMESPACE = "urn:policygen:document:"
_FILE = re.compile(rb"(<policygen:file>)([0-9a-f]{64})(</policygen:file>)")
_MOST_PAGES = 5000
_OWN_ANNOTATIONS = frozenset({"/Link", "/Widget"})
_REMARKS = frozenset({"/Text", "/Popup", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut"})
"""Annotations that say something of the text and hide nothing of it."""
_DEEPEST = 8
"""How deep forms may stand in forms."""

Fault = pikepdf.PdfError

_Value = TypeVar("_Value")


def packet(imprint: Imprint) -> bytes:
    """Give the piece of an XMP packet that holds an imprint with blank seals."""
    values = {**imprint.values, "words": BLANK, "shown": BLANK, "file": BLANK}
    inner = "".join(
        f"<policygen:{name}>{escape(value)}</policygen:{name}>" for name, value in values.items()
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:policygen="{NAMESPACE}">{inner}</rdf:Description>'
        "</rdf:RDF>"
    ).encode()


def sealed(data: bytes, imprint: Imprint) -> bytes:
    """Give a PDF whose packet has blank seals with its seals."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        words = imprint.digest(_characters(_words(pdf)))
        shown = imprint.digest([_shown(pdf)])
    for name, value in (("words", words), ("shown", shown)):
        data = data.replace(_element(name, BLANK), _element(name, value), 1)
    return data.replace(_element("file", BLANK), _element("file", digest([data])), 1)


def _element(name: str, value: str) -> bytes:
    return f"<policygen:{name}>{value}</policygen:{name}>".encode()


def read(data: bytes) -> Reading:
    """Read a PDF. Raises ``UnreadableError``."""
    total = 0
    for size in unpacked_sizes(data):
        total += size
        if total > LARGEST_CONTENT:
            raise too_much()
    try:
        with warnings.catch_warnings(), pikepdf.open(io.BytesIO(data)) as pdf:
            # What a damaged file still holds is compared with what it should.
            warnings.simplefilter("ignore", UserWarning)
            return _read(pdf, data)
    except pikepdf.PasswordError as error:
        message = "it is encrypted; save it without a password"
        raise UnreadableError(message) from error
    except (Fault, ValueError, TypeError, LookupError, AttributeError, RuntimeError) as error:
        message = "it is damaged: it can't be read as a PDF"
        raise UnreadableError(message) from error


def _read(pdf: Pdf, data: bytes) -> Reading:
    if pdf.is_encrypted:
        message = "it is encrypted; save it without a password"
        raise UnreadableError(message)
    if not pdf.pages:
        message = "it has no page"
        raise UnreadableError(message)
    if len(pdf.pages) > _MOST_PAGES:
        raise too_much()
    words = tuple(_words(pdf))
    imprint = _imprint(pdf)
    put_on = {str(a.get("/Subtype")) for a in _annotations(pdf)} - _OWN_ANNOTATIONS
    marks = tuple(sorted(name.removeprefix("/") for name in put_on - _REMARKS))
    notes = ["Readers have put remarks into it."] if put_on & _REMARKS else []
    notes += ["Its fields are filled in."] if _is_filled_in(pdf) else []
    if imprint is None:
        return Reading("pdf", None, words, notes=tuple(notes), marks=marks)
    blank = _FILE.sub(rb"\g<1>" + BLANK.encode() + rb"\g<3>", data, count=1)
    intact = blank != data and digest([blank]) == imprint.file
    return Reading(
        "pdf",
        imprint,
        words,
        intact=intact,
        as_shown=not marks and (intact or imprint.digest([_shown(pdf)]) == imprint.shown),
        as_worded=not marks and imprint.digest(_characters(words)) == imprint.words,
        notes=tuple(notes),
        marks=marks,
    )


def _imprint(pdf: Pdf) -> Imprint | None:
    packet_ = pdf.Root.get("/Metadata")
    if not isinstance(packet_, pikepdf.Stream):
        return None
    try:
        root = xml(_content(packet_, LARGEST_CONTENT).strip(), "the XMP packet")
    except UnreadableError:
        return None
    values: dict[str, str] = {}
    for element in root.iter(etree.Element):
        pairs = [(str(element.tag), element.text or ""), *element.attrib.items()]
        for name, value in pairs:
            # A program that saves a packet again may write properties as attributes.
            if str(name).startswith(f"{{{NAMESPACE}}}"):
                values[str(name).rpartition("}")[2]] = str(value).strip()
    return Imprint.of(values)


# What is drawn ---------------------------------------------------------------


def _shown(pdf: Pdf) -> str:
    """Give the digest of all that pages draw: their content, fonts and pictures."""
    left = LARGEST_CONTENT
    pieces: list[bytes] = []
    seen: dict[tuple[int, int], str] = {}
    for page in pdf.pages:
        pieces.append(repr([float(side) for side in page.mediabox]).encode())
        content = _page_content(page, left)
        left -= len(content)
        pieces.append(content)
        pieces += [_font(font, seen).encode() for _, font in sorted(_fonts_of(page.obj).items())]
        pieces += sorted(_drawn_streams(page.obj.get("/Resources"), left))
    return digest(pieces)


def _fonts_of(page: Object) -> dict[str, Object]:
    return dict(page.get("/Resources", pikepdf.Dictionary()).get("/Font", {}))


def _font(font: Object, seen: dict[tuple[int, int], str]) -> str:
    if font.objgen in seen and font.objgen != (0, 0):
        return seen[font.objgen]
    pieces = []
    for inner in (font, *font.get("/DescendantFonts", ())):
        descriptor = inner.get("/FontDescriptor", pikepdf.Dictionary())
        streams = [inner.get("/ToUnicode"), *(descriptor.get(f"/FontFile{n}") for n in ("", 2, 3))]
        pieces += [_content(s, LARGEST_CONTENT) for s in streams if isinstance(s, pikepdf.Stream)]
    seen[font.objgen] = digest(pieces)
    return seen[font.objgen]


def _drawn_streams(resources: Object | None, most: int, depth: int = 0) -> Iterator[bytes]:
    """Give the pictures and forms among resources."""
    if resources is None or depth > _DEEPEST:
        return
    for _, drawn in sorted(dict(resources.get("/XObject", {})).items()):
        if isinstance(drawn, pikepdf.Stream):
            yield digest([_content(drawn, most)]).encode()
            yield from _drawn_streams(drawn.get("/Resources"), most, depth + 1)


def _page_content(page: Page, most: int) -> bytes:
    content = page.obj.get("/Contents")
    streams: Iterable[Any] = content if isinstance(content, pikepdf.Array) else [content]
    whole = bytearray()
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            whole += _content(stream, most - len(whole)) + b"\n"
    return bytes(whole)


def _content(stream: Object, most: int) -> bytes:
    """Give a stream unpacked; one that is packed in another way than ours, as it is."""
    named = stream.get("/Filter")
    filters = [str(f) for f in named] if isinstance(named, pikepdf.Array) else [str(named or "")]
    raw = bytes(stream.read_raw_bytes())
    if filters == ["/FlateDecode"] and "/DecodeParms" not in stream:
        content = inflated(raw, most)
    elif filters == ["/FlateDecode"] and len(inflated(raw, most)) <= most:
        content = bytes(stream.read_bytes())
    else:
        content = raw
    if len(content) > most:
        raise too_much()
    return content


def _annotations(pdf: Pdf) -> Iterator[Object]:
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            if isinstance(annotation, pikepdf.Dictionary):
                yield annotation


def _is_filled_in(pdf: Pdf) -> bool:
    fields = (a for a in _annotations(pdf) if str(a.get("/Subtype")) == "/Widget")
    return any(str(field.get("/V", "")).strip() not in {"", "/Off"} for field in fields)


# Words -----------------------------------------------------------------------


def _characters(words: Iterable[str]) -> list[str]:
    """Give the characters without spaces: where lines end is the layout's."""
    return ["".join(words)]


def _words(pdf: Pdf) -> list[str]:
    """Give the words in the order in which they are drawn, lines at head and foot included."""
    known: dict[tuple[int, int], _Font] = {}
    return "".join(text for page in pdf.pages for text in _page_text(page, known)).split()


def _page_text(page: Page, known: dict[tuple[int, int], _Font]) -> Iterator[str]:
    fonts = {}
    for name, font in _fonts_of(page.obj).items():
        if font.objgen not in known or font.objgen == (0, 0):
            known[font.objgen] = _Font.of(font)
        fonts[name] = known[font.objgen]
    yield from _text(_page_content(page, LARGEST_CONTENT), fonts, page.obj.get("/Resources"), 0)
    yield "\n"


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
            case "Do" if resources is not None and operands and depth < _DEEPEST:
                drawn = dict(resources.get("/XObject", {})).get(str(operands[0]))
                if isinstance(drawn, pikepdf.Stream) and str(drawn.get("/Subtype")) == "/Form":
                    inner = drawn.get("/Resources", resources)
                    own = {n: _Font.of(f) for n, f in dict(inner.get("/Font", {})).items()}
                    yield "\n"
                    yield from _text(_content(drawn, LARGEST_CONTENT), own, inner, depth + 1)
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
    cmap = _content(stream, LARGEST_CONTENT)
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
