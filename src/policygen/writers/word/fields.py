"""Fields that Word keeps up to date, filled in already, and the bookmarks they point at."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from policygen.document import (
    Appendix,
    Clause,
    Form,
    Section,
    number_text,
    plain_text,
    revision_of,
    walk,
)
from policygen.writers.word.elements import run, run_of, tab, tag, text_element, w

if TYPE_CHECKING:
    from policygen.document import Block, Blocks, ContentsEntry, Reference
    from policygen.writers.word.elements import Element

_LONGEST_NAME = 40
"""The longest name of a bookmark (ECMA-376 part 1, 17.13.6.2)."""


def field(code: str, *result: Element) -> list[Element]:
    """Give a field's runs: its code, and what it shows until Word works it out anew."""
    instruction = text_element(f" {code} ")
    instruction.tag = tag("instrText")
    return [
        run_of(w("fldChar", fldCharType="begin")),
        run_of(instruction),
        run_of(w("fldChar", fldCharType="separate")),
        *result,
        run_of(w("fldChar", fldCharType="end")),
    ]


class Bookmarks:
    """A bookmark for each block that can be pointed at, by anchor and by id."""

    def __init__(self, blocks: Blocks) -> None:
        self._names: dict[str, str] = {}
        self._blocks: dict[str, Block] = {}
        self._placed: set[str] = set()
        taken: set[str] = set()
        by_id: dict[str, str] = {}
        for block in walk(blocks):
            if not isinstance(block, Section | Clause | Appendix | Form):
                continue
            if revision_of(block) == "deletion":
                continue
            anchor = block.anchor or block.id
            if not anchor or anchor in self._names:
                continue
            name = _bookmark_name(anchor)
            if name.lower() in taken:
                name = _digested(anchor, name)
            taken.add(name.lower())
            self._names[anchor] = name
            self._blocks[name] = block
            by_id.setdefault(block.id, name)
        for ident, name in by_id.items():
            self._names.setdefault(ident, name)

    def mark(self, block: Section | Clause | Appendix | Form, content: list[Element]) -> None:
        """Put a block's bookmark around its first paragraph, be it in a table."""
        name = self._names.get(block.anchor or block.id)
        if name is None or name in self._placed or self._blocks[name] is not block:
            return
        first = next((p for element in content for p in element.iter(tag("p"))), None)
        if first is None:
            return
        self._placed.add(name)
        ident = len(self._placed)
        properties = first.find(tag("pPr"))
        at = 0 if properties is None else first.index(properties) + 1
        first.insert(at, w("bookmarkStart", id=ident, name=name))
        first.append(w("bookmarkEnd", id=ident))

    def name(self, target: str) -> str | None:
        """Give the bookmark of an anchor or id."""
        return self._names.get(target)

    def reference(self, reference: Reference) -> list[Element]:
        """Give a cross-reference: a field where Word would work out the same words."""
        name = self.name(reference.target) if reference.live else None
        label = run(reference.label)
        if name is None:
            return [label]
        match self._blocks[name]:
            case (Clause() | Section()) as block if block.number:
                number, heading = number_text(block.number), block.heading
            case Appendix(label=number, heading=heading):
                pass
            case Clause(heading=heading) | Section(heading=heading):
                number = ""
            case _:
                number, heading = "", ()
        if number and reference.label == number:
            return field(f"REF {name} \\r \\h", label)
        if heading and reference.label == plain_text(heading):
            return field(f"REF {name} \\h", label)
        return [w("hyperlink", label, anchor=name, history=1)]


def _bookmark_name(anchor: str) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", "_", anchor).strip("_")
    if not name[:1].isalpha():
        name = f"b_{name}"
    return name if len(name) <= _LONGEST_NAME else _digested(anchor, name)


def _digested(anchor: str, name: str) -> str:
    digest = hashlib.sha256(anchor.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{name[: _LONGEST_NAME - 9]}_{digest}"


class PageNumbers:
    """The page numbers in the contents, filled in when the pages are known."""

    def __init__(self) -> None:
        self._shown: list[tuple[str, Element]] = []

    def reference(self, bookmark: str) -> list[Element]:
        """Give the field that shows a bookmark's page."""
        shown = text_element("1")
        self._shown.append((bookmark, shown))
        return field(f"PAGEREF {bookmark} \\h", run_of(shown))

    def fill(self, pages: dict[str, int]) -> None:
        """Fill in the pages."""
        for bookmark, shown in self._shown:
            shown.text = str(pages.get(bookmark, 1))


def contents_line(entry: ContentsEntry, bookmarks: Bookmarks, pages: PageNumbers) -> list[Element]:
    """Give one line of the contents: number, heading, page.

    An appendix's label isn't set apart by a tab, as Word's own line for it has none. A
    line without number begins with a tab, so that headings stand on one edge.
    """
    heading = run(plain_text(entry.heading))
    if any(part.isalpha() for part in entry.label):
        content = [run(f"{entry.label} "), heading]
    elif entry.label:
        content = [run(entry.label), tab(), heading]
    else:
        content = [tab(), heading]
    name = bookmarks.name(entry.target)
    if name is None:
        return content
    return [w("hyperlink", *content, tab(), *pages.reference(name), anchor=name, history=1)]


def contents_field(lines: list[list[Element]], appendix_style: str) -> None:
    """Make lines of contents the result of one field, that Word updates on demand only."""
    if not lines:
        return
    code = f'TOC \\o "1-2" \\h \\z \\t "{appendix_style},1"'
    begin = field(code)
    lines[0][:0] = begin[:-1]
    lines[-1].append(begin[-1])
