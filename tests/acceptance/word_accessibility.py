"""What keeps people from reading a Word file with a screen reader, found in its parts.

After the checks of Word's own Accessibility Checker and the UK's guidance on accessible
documents; no checker that runs outside Word was found.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
DC = "{http://purl.org/dc/elements/1.1/}"

LAYOUT_STYLES = frozenset({"LayoutGrid", "DeclarationBox"})
"""Tables that only place things side by side, read in order; they hold no data."""

SHORT = 60
"""Characters of a paragraph that could be a heading."""

_TYPED = re.compile(r"(\d+\.)+\d*\s|\d+\)\s|\([a-z0-9]{1,3}\)\s|[•▪–—*-]\s")
_CONTENTS = re.compile(r"toc\d", re.IGNORECASE)
_VAGUE = frozenset({"here", "click here", "link", "this link", "more", "read more", "this page"})


def faults(data: bytes) -> list[str]:
    """Give what is wrong with a Word file, each in a line."""
    file = _WordFile(data)
    return [
        *_about(file),
        *_pictures(file),
        *_tables(file),
        *_headings(file),
        *_typed_numbers(file),
        *_links(file),
        *_controls(file),
    ]


@dataclass(frozen=True)
class _WordFile:
    data: bytes

    def part(self, name: str) -> Element:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return etree.fromstring(package.read(name))

    @cached_property
    def body(self) -> Element:
        return self.part("word/document.xml")

    @cached_property
    def styles(self) -> dict[str, Element]:
        return {
            style.get(f"{W}styleId", ""): style
            for style in self.part("word/styles.xml").iter(f"{W}style")
        }

    @property
    def paragraphs(self) -> Iterator[Element]:
        return self.body.iter(f"{W}p")

    def level(self, paragraph: Element) -> int:
        """Give the heading level of a paragraph, 0 for text."""
        own = _value(paragraph, "pPr", "outlineLvl")
        name = _value(paragraph, "pPr", "pStyle")
        while own is None and name in self.styles:
            own = _value(self.styles[name], "pPr", "outlineLvl")
            name = _value(self.styles[name], "basedOn")
        level = int(own) if own is not None else 9
        return level + 1 if level < 9 else 0


def _value(element: Element, *path: str) -> str | None:
    found = element.find("/".join(f"{W}{name}" for name in path))
    return None if found is None else found.get(f"{W}val")


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


def _text(element: Element) -> str:
    """Give the words of an element; a tracked deletion is still shown and read."""
    return "".join(text.text or "" for text in element.iter(f"{W}t", f"{W}delText"))


def _about(file: _WordFile) -> Iterator[str]:
    title = file.part("docProps/core.xml").findtext(f"{DC}title")
    if not (title or "").strip():
        yield "the file has no title"
    language = file.part("word/styles.xml").find(f"{W}docDefaults//{W}lang")
    if language is None or language.get(f"{W}val") != "en-GB":
        yield "the default language is not en-GB"


def _pictures(file: _WordFile) -> Iterator[str]:
    for picture in file.body.iter(f"{WP}docPr"):
        if not picture.get("descr") and picture.find(f".//{DECORATIVE}") is None:
            yield f"{picture.get('name')} has no alternative text"
    if next(file.body.iter(f"{WP}anchor"), None) is not None:
        yield "a picture floats over the text"


def _tables(file: _WordFile) -> Iterator[str]:
    for number, table in enumerate(file.body.iter(f"{W}tbl"), 1):
        if next(table.iterdescendants(f"{W}tbl"), None) is not None:
            yield f"table {number} holds a table"
        if any(next(table.iter(f"{W}{tag}"), None) is not None for tag in ("vMerge", "gridSpan")):
            yield f"table {number} has merged cells"
        if _value(table, "tblPr", "tblStyle") in LAYOUT_STYLES:
            continue
        look = table.find(f"{W}tblPr/{W}tblLook")
        row_headers = look is not None and _is_on_attribute(look, "firstColumn")
        first = table.find(f"{W}tr")
        repeated = None if first is None else first.find(f"{W}trPr/{W}tblHeader")
        if not _is_on(repeated) and not row_headers:
            yield f"table {number} has neither a header row nor a header column"


def _is_on_attribute(look: Element, name: str) -> bool:
    return look.get(f"{W}{name}") in ("1", "true", "on")


def _headings(file: _WordFile) -> Iterator[str]:
    above = 0
    titled = False
    for paragraph in file.paragraphs:
        level, text = file.level(paragraph), _text(paragraph).strip()
        titled = titled or (_value(paragraph, "pPr", "pStyle") == "Title" and bool(text))
        if level:
            if not text:
                yield "a heading is empty"
            if level > above + 1:
                yield f"the heading “{text}” goes from level {above} to {level}"
            above = level
        elif 0 < len(text) < SHORT and _all_bold(paragraph) and not _in_table(paragraph):
            yield f"“{text}” is bold like a heading and is none"
    if not titled:
        yield "there is no title on the first page"


def _in_table(paragraph: Element) -> bool:
    return next(paragraph.iterancestors(f"{W}tc"), None) is not None


def _all_bold(paragraph: Element) -> bool:
    runs = [run for run in paragraph.iter(f"{W}r") if _text(run).strip()]
    return all(
        _is_on(run.find(f"{W}rPr/{W}b")) or _value(run, "rPr", "rStyle") == "Strong" for run in runs
    )


def _typed_numbers(file: _WordFile) -> Iterator[str]:
    for paragraph in file.paragraphs:
        style = _value(paragraph, "pPr", "pStyle") or ""
        # An entry of the contents has the number of its heading as text, in Word's own too.
        if _TYPED.match(_text(paragraph)) and not _CONTENTS.match(style):
            yield f"a number or bullet is typed: “{_text(paragraph)[:SHORT]}”"


def _links(file: _WordFile) -> Iterator[str]:
    for link in file.body.iter(f"{W}hyperlink"):
        text = _text(link).strip().casefold()
        if not text or text in _VAGUE or text.startswith("http"):
            yield f"a link is named “{text}”"


def _controls(file: _WordFile) -> Iterator[str]:
    for control in file.body.iter(f"{W}sdt"):
        if not _value(control, "sdtPr", "alias"):
            yield f"a control has no name: “{_text(control)[:SHORT]}”"
