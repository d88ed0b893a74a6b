"""Seals of Word files: custom properties, which Word shows and keeps when it saves again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.seals.bounds import UnreadableError, parts_of, xml
from policygen.seals.imprint import BLANK, Imprint, digest
from policygen.seals.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
BODY, PROPERTIES = "word/document.xml", "docProps/custom.xml"
_AROUND = re.compile(r"word/(?:header|footer)\d*\.xml")
_NOTES = re.compile(r"word/(?:footnotes|endnotes)\.xml")
_COUNTED = re.compile(r"\b(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b")
"""Fields whose words are numbers of pages, which another program may lay out otherwise."""

_PAGE_OF_ENTRY = re.compile(r"\t\d+\s*\Z")
"""The page at the end of a line of contents, which LibreOffice stores without its field."""

_BOXES = frozenset("☐☑☒•–◦▪")
_ALIKE = str.maketrans({"\u2011": "-", "\u00ad": None, "\u200b": None, "\u00a0": " "})
"""What Word stores in elements of its own, other programs as characters."""

NAMES = {
    "school": "School id",
    "kind": "Document kind",
    "id": "Document id",
    "policy": "Policy id",
    "version": "Document version",
    "wording": "Wording fingerprint",
    "words": "Seal of the words",
    "file": "Seal of the file",
}
"""What the custom properties are called, by what they hold."""


def blank(imprint: Imprint) -> dict[str, str]:
    """Give the custom properties of a file that is to be sealed."""
    values = {**imprint.values, "words": BLANK, "file": BLANK}
    return {NAMES[name]: value for name, value in values.items()}


def seal(parts: dict[str, bytes]) -> None:
    """Seal the parts of a file whose properties have blank seals; leave others alone."""
    imprint = _imprint(parts)
    if imprint is None or imprint.words != BLANK:
        return
    for value in (imprint.digest(_words(parts)), _digest(parts)):
        parts[PROPERTIES] = parts[PROPERTIES].replace(BLANK.encode(), value.encode(), 1)


def read(data: bytes) -> Reading:
    """Read a Word file. Raises ``UnreadableError``."""
    parts = parts_of(data)
    if BODY not in parts:
        message = "it is no Word file (.docx)"
        raise UnreadableError(message)
    words, imprint = tuple(_words(parts)), _imprint(parts)
    notes = tuple(_put_in(parts))
    if imprint is None:
        return Reading("docx", None, words, notes=notes)
    as_worded = imprint.digest(words) == imprint.words
    return Reading(
        "docx",
        imprint,
        words,
        # What the properties say of the file is sealed with its words.
        intact=as_worded and _digest(parts) == imprint.file,
        as_worded=as_worded,
        notes=notes,
    )


def _digest(parts: Mapping[str, bytes]) -> str:
    others = sorted(name for name in parts if name != PROPERTIES)
    return digest(piece for name in others for piece in (name, parts[name]))


def _imprint(parts: Mapping[str, bytes]) -> Imprint | None:
    if PROPERTIES not in parts:
        return None
    names = {name: key for key, name in NAMES.items()}
    found = {
        names[item.get("name", "")]: "".join(map(str, item.itertext())).strip()
        for item in xml(parts[PROPERTIES], PROPERTIES).iter(_PROPERTY)
        if item.get("name") in names
    }
    return Imprint.of(found)


def _put_in(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Tell what readers put into a file beside its words."""
    comments = "word/comments.xml"
    if comments in parts and next(xml(parts[comments], comments).iter(f"{_W}p"), None) is not None:
        yield "It holds comments."
    body = xml(parts[BODY], BODY)
    if any(next(body.iter(f"{_W}{name}"), None) is not None for name in ("ins", "del")):
        yield "It holds tracked changes; the words are read as if all were accepted."


# Words -----------------------------------------------------------------------


def _words(parts: Mapping[str, bytes]) -> list[str]:
    """Give the words of a file without automatic numbers and numbers of pages: those of the
    body, then each line there is at the head or foot of pages, once."""
    body = list(_lines(xml(parts[BODY], BODY)))
    notes = [line for name in sorted(parts) if _NOTES.fullmatch(name) for line in _of(parts, name)]
    around = {
        line for name in parts if _AROUND.fullmatch(name) for line in _of(parts, name) if line
    }
    return [word for line in (*body, *notes, *sorted(around)) for word in line.split()]


def _of(parts: Mapping[str, bytes], name: str) -> Iterator[str]:
    for line in _lines(xml(parts[name], name)):
        yield " ".join(line.split())


def _lines(root: Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        words = "".join(_text(paragraph)).translate(_ALIKE)
        if paragraph.find(f"{_W}hyperlink[@{_W}anchor]") is not None:
            words = _PAGE_OF_ENTRY.sub("", words)
        yield " ".join(word for word in words.split() if word not in _BOXES)


def _text(paragraph: Element) -> Iterator[str]:
    codes: list[str] = []
    counting: list[bool] = []
    for element in _visible(paragraph):
        match element.tag.removeprefix(_W):
            case "fldChar":
                match element.get(f"{_W}fldCharType"):
                    case "begin":
                        codes.append("")
                        counting.append(False)
                    case "separate" if codes:
                        counting[-1] = bool(_COUNTED.search(codes[-1]))
                    case "end" if codes:
                        codes.pop()
                        counting.pop()
                    case _:
                        pass
            case "instrText" if codes:
                codes[-1] += element.text or ""
            case _ if any(counting):
                pass
            case "t":
                yield element.text or ""
            case "noBreakHyphen":
                yield "-"
            case "tab":
                yield "\t"
            case "br" | "cr":
                yield " "
            case _:
                pass


def _visible(element: Element) -> Iterator[Element]:
    """Give what is inside an element without boxes to tick, what was deleted, fields that
    count pages, and the inner paragraphs of a text box, which come by themselves."""
    below: list[Iterable[Element]] = [iter(element)]
    while below:
        child = next(iter(below[-1]), None)
        if child is None:
            below.pop()
            continue
        if not isinstance(child.tag, str) or _is_silent(child):
            continue
        yield child
        below.append(iter(child))


def _is_silent(element: Element) -> bool:
    match element.tag.removeprefix(_W):
        case "pPr" | "rPr" | "sdtPr" | "del" | "moveFrom" | "p":
            return True
        case "sdt":
            return element.find(f"{_W}sdtPr/{_W14}checkbox") is not None
        case "fldSimple":
            return bool(_COUNTED.search(element.get(f"{_W}instr", "")))
        case _:
            return element.tag == _FALLBACK
