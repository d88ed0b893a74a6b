"""Blocks as HTML: the same markup for the screen and for WeasyPrint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from policygen.document import (
    CONTENTS_HEADING,
    Appendix,
    BulletList,
    Clause,
    Contents,
    Declaration,
    Fields,
    Form,
    Generated,
    NumberedList,
    Paragraph,
    Quote,
    Section,
    Table,
    number_text,
    walk,
)
from policygen.writers.html.fields import fields_markup
from policygen.writers.html.inlines import run_markup
from policygen.writers.html.tables import table_markup
from policygen.writers.markup import EMPTY, classes, element, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

    from policygen.document import Block, Blocks, ContentsEntry, Document, Inlines

_LIST_LOOKS = {"statements": "", "picture-rules": "picture-rules"}
_DEEPEST = 6
"""HTML has no heading below h6."""


def body_markup(document: Document, *, paper: bool, fillable: bool = False) -> Markup:
    """Give the blocks of a document. ``paper`` is for WeasyPrint: the contents have page
    numbers and don't fold. Where it is ``fillable`` the fields can be filled in."""
    return _Body(targets(document.blocks), paper, fillable).blocks(document.blocks, 2)


def targets(blocks: Blocks) -> dict[str, str]:
    """Give the anchor behind everything that a reference may name: an anchor is its own,
    an id that of its first place."""
    found: dict[str, str] = {}
    for block in walk(blocks):
        if isinstance(block, Clause | Section | Appendix | Form) and block.anchor:
            found[block.anchor] = block.anchor
            found.setdefault(block.id, block.anchor)
    return found


@dataclass(frozen=True, slots=True)
class _Body:
    targets: Mapping[str, str]
    paper: bool
    fillable: bool

    def blocks(self, blocks: Iterable[Block], level: int) -> Markup:
        """Give blocks one after the other; ``level`` is that of a heading among them."""
        return lines(self.block(block, level) for block in blocks)

    def block(self, block: Block, level: int, number: Markup = EMPTY) -> Markup:
        """Give a block; ``number`` stands before its first line if it is a paragraph."""
        match block:
            case Paragraph(children=run, role=role):
                kind = None if role == "body" else role
                return element("p", number + self.run(run), class_=kind)
            case BulletList(items=items, purpose=purpose):
                name = None if purpose == "list" else classes("statements", _LIST_LOOKS[purpose])
                return element("ul", self._items(items, level), class_=name)
            case NumberedList(items=items, start=start):
                first = None if start == 1 else str(start)
                return element("ol", self._items(items, level), start=first)
            case Quote(blocks=inner):
                return element("blockquote", self.blocks(inner, level))
            case Table():
                return table_markup(block, self.targets)
            case Clause():
                return element("div", self._clause(block, level), class_="clause", id=_id(block))
            case Section(heading=heading, number=figures, blocks=inner):
                if not heading:
                    return element("div", self.blocks(inner, level), id=_id(block))
                head = self._heading(level, heading, _number(number_text(figures)))
                return element(
                    "section", lines((head, self.blocks(inner, level + 1))), id=_id(block)
                )
            case Appendix():
                return self._appendix(block, level)
            case Generated(kind=kind, blocks=inner, heading=heading):
                if not heading:
                    return element("div", self.blocks(inner, level), class_=f"generated {kind}")
                head = self._heading(level, heading)
                return element(
                    "section",
                    lines((head, self.blocks(inner, level + 1))),
                    class_=f"generated {kind}",
                )
            case Contents(entries=entries):
                return self._contents(entries, level)
            case Fields(heading=heading):
                head = self._heading(level, heading) if heading else EMPTY
                return fields_markup(block, head, self.targets, fillable=self.fillable)
            case Declaration(blocks=inner):
                return element("div", self.blocks(inner, level), class_="declaration")
            case Form(blocks=inner):
                return element("div", self.blocks(inner, level), class_="form", id=_id(block))
            case _:
                assert_never(block)

    def run(self, run: Inlines) -> Markup:
        """Give a run of inlines."""
        return run_markup(run, self.targets)

    def _heading(self, level: int, run: Inlines, before: Markup = EMPTY) -> Markup:
        return element(f"h{min(level, _DEEPEST)}", before + self.run(run))

    def _items(self, items: tuple[tuple[Block, ...], ...], level: int) -> Markup:
        return lines(element("li", self.blocks(item, level)) for item in items)

    def _clause(self, clause: Clause, level: int) -> Markup:
        number = _number(number_text(clause.number))
        if clause.heading:
            head = self._heading(level, clause.heading, number)
            return lines((head, self.blocks(clause.blocks, level + 1)))
        match clause.blocks:
            case (Paragraph() as first, *rest):
                return lines((self.block(first, level, number), self.blocks(rest, level)))
            case rest:
                alone = element("p", number, class_="number-alone") if number else EMPTY
                return lines((alone, self.blocks(rest, level)))

    def _appendix(self, appendix: Appendix, level: int) -> Markup:
        label = element("span", appendix.label + " ", class_="label") if appendix.label else EMPTY
        head = self._heading(level, appendix.heading, label)
        match appendix.blocks:
            case (Form(),):
                sheet = "sheet"
            case _:
                sheet = ""
        return element(
            "section",
            lines((head, self.blocks(appendix.blocks, level + 1))),
            class_=classes("appendix", sheet),
            id=_id(appendix),
        )

    def _contents(self, entries: tuple[ContentsEntry, ...], level: int) -> Markup:
        head = element(f"h{level}", CONTENTS_HEADING)
        listed = element("ul", lines(self._entries(entries)))
        if self.paper:
            inner = lines((head, listed))
        else:
            inner = element("details", lines((element("summary", head), listed)), open=True)
        return element("nav", inner, class_="toc", aria_label=CONTENTS_HEADING)

    def _entries(self, entries: tuple[ContentsEntry, ...]) -> Iterator[Markup]:
        for chapter in _chapters(entries):
            first, *below = chapter
            inner = lines(element("li", self._entry(entry)) for entry in below)
            yield element(
                "li", lines((self._entry(first), element("ul", inner) if inner else EMPTY))
            )

    def _entry(self, entry: ContentsEntry) -> Markup:
        name = "number" if entry.label[:1].isdigit() else "label"
        label = element("span", entry.label + " ", class_=name) if entry.label else EMPTY
        anchor = self.targets.get(entry.target)
        href = f"#{anchor}" if anchor else None
        link = element("a", label + self.run(entry.heading) + " ", href=href)
        if not self.paper:
            return link
        page = element("span", class_="page", data_href=href) if href else EMPTY
        return element("p", link + page, class_="entry")


def _chapters(entries: Iterable[ContentsEntry]) -> list[list[ContentsEntry]]:
    """Group the contents: each entry of level 1 with those below it."""
    chapters: list[list[ContentsEntry]] = []
    for entry in entries:
        if entry.level > 1 and chapters:
            chapters[-1].append(entry)
        else:
            chapters.append([entry])
    return chapters


def _number(figures: str) -> Markup:
    # The space keeps number and words apart when read aloud or copied; it isn't seen.
    return element("span", figures + " ", class_="number") if figures else EMPTY


def _id(block: Clause | Section | Appendix | Form) -> str | None:
    return block.anchor or None
