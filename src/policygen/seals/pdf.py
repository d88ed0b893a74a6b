"""Seals of PDFs: properties in the XMP packet, which stands in the file as it is read."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

import pikepdf
from lxml import etree
from markupsafe import escape

from policygen.seals.bounds import (
    LARGEST_CONTENT,
    UnreadableError,
    too_much,
    unpacked_sizes,
    xml,
)
from policygen.seals.imprint import BLANK, Imprint, digest
from policygen.seals.pdf_parts import DEEPEST, content_of, fonts_of, page_content
from policygen.seals.pdf_words import characters, own_words_of, words_of
from policygen.seals.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object, Pdf

NAMESPACE = "urn:policygen:document:"
_FILE = re.compile(rb"(<policygen:file>)([0-9a-f]{64})(</policygen:file>)")
_MOST_PAGES = 5000
_OWN_ANNOTATIONS = frozenset({"/Link", "/Widget"})
_REMARKS = frozenset({"/Text", "/Popup", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut"})
"""Annotations that say something of the text and hide nothing of it."""

Fault = pikepdf.PdfError


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
        words = imprint.digest(characters(own_words_of(pdf)))
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
    words = tuple(words_of(pdf))
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
        as_worded=not marks and imprint.digest(characters(words)) == imprint.words,
        notes=tuple(notes),
        marks=marks,
    )


def _imprint(pdf: Pdf) -> Imprint | None:
    packet_ = pdf.Root.get("/Metadata")
    if not isinstance(packet_, pikepdf.Stream):
        return None
    try:
        root = xml(content_of(packet_, LARGEST_CONTENT).strip(), "the XMP packet")
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
        content = page_content(page, left)
        left -= len(content)
        pieces.append(content)
        pieces += [_font(font, seen).encode() for _, font in sorted(fonts_of(page.obj).items())]
        pieces += sorted(_drawn_streams(page.obj.get("/Resources"), left))
    return digest(pieces)


def _font(font: Object, seen: dict[tuple[int, int], str]) -> str:
    if font.objgen in seen and font.objgen != (0, 0):
        return seen[font.objgen]
    pieces = []
    for inner in (font, *font.get("/DescendantFonts", ())):
        descriptor = inner.get("/FontDescriptor", pikepdf.Dictionary())
        streams = [inner.get("/ToUnicode"), *(descriptor.get(f"/FontFile{n}") for n in ("", 2, 3))]
        pieces += [content_of(s, LARGEST_CONTENT) for s in streams if isinstance(s, pikepdf.Stream)]
    seen[font.objgen] = digest(pieces)
    return seen[font.objgen]


def _drawn_streams(resources: Object | None, most: int, depth: int = 0) -> Iterator[bytes]:
    """Give the pictures and forms among resources."""
    if resources is None or depth > DEEPEST:
        return
    for _, drawn in sorted(dict(resources.get("/XObject", {})).items()):
        if isinstance(drawn, pikepdf.Stream):
            yield digest([content_of(drawn, most)]).encode()
            yield from _drawn_streams(drawn.get("/Resources"), most, depth + 1)


def _annotations(pdf: Pdf) -> Iterator[Object]:
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            if isinstance(annotation, pikepdf.Dictionary):
                yield annotation


def _is_filled_in(pdf: Pdf) -> bool:
    fields = (a for a in _annotations(pdf) if str(a.get("/Subtype")) == "/Widget")
    return any(str(field.get("/V", "")).strip() not in {"", "/Off"} for field in fields)
