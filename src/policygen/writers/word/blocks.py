"""Blocks as paragraphs and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from policygen.document import (
    CONTENTS_HEADING,
    Appendix,
    Block,
    BulletList,
    Clause,
    Contents,
    ContentsEntry,
    Declaration,
    Fields,
    Form,
    Generated,
    Inlines,
    NumberedList,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
    holds_revisions,
    plain_text,
    revision_of,
    revision_of_run,
)
from policygen.writers.word.elements import paragraph, run
from policygen.writers.word.fields import contents_field, contents_line
from policygen.writers.word.forms import fields_of
from policygen.writers.word.inlines import picture_rule, runs
from policygen.writers.word.numbering import INDENT
from policygen.writers.word.tables import framed, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.document import Blocks
    from policygen.writers.word.elements import Element
    from policygen.writers.word.story import Place, Story

_LEAD_INS = BulletList | NumberedList | Table | Fields
_DEEPEST_STYLE = 3
_QUOTE = 454
_ROLES = {"notice": "Notice", "form-for": "Form For", "note": "Form For"}


class Mark(NamedTuple):
    """What the first paragraph of an item or clause bears: a style and a number."""

    style: str
    numbering: tuple[int, int] | None = None
    pictured: bool = False
    """Whether the paragraph's picture stands in the place of the number."""


def blocks_of(
    story: Story, blocks: Blocks, place: Place, mark: Mark | None = None
) -> Iterator[Element]:
    """Give blocks in order; the first paragraph bears the mark, if there is one.

    Where the first block isn't a paragraph, an empty one before it bears the mark.
    """
    if mark and not (blocks and isinstance(blocks[0], Paragraph | Clause)):
        kind = revision_of(blocks[0]) if blocks else None
        alone = story.revisions.wrapped(kind, ()) if kind else []
        yield _marked(story, alone, mark, keep_next=bool(blocks))
        mark = None
    for index, block in enumerate(blocks):
        follower = blocks[index + 1] if index + 1 < len(blocks) else None
        yield from _block(story, block, place, mark, keep_next=isinstance(follower, _LEAD_INS))
        mark = None


def _block(
    story: Story, block: Block, place: Place, mark: Mark | None, *, keep_next: bool
) -> Iterator[Element]:
    match block:
        case Paragraph():
            yield _paragraph(story, block, place, mark, keep_next=keep_next)
        case BulletList():
            yield from _bullets(story, block, place)
        case NumberedList():
            yield from _numbers(story, block, place)
        case Quote(blocks=inner):
            yield from blocks_of(story, inner, place.within("Quote", _QUOTE))
        case Table():
            yield from table_of(story, block, place)
        case Clause() | Section() | Appendix() | Form():
            yield from _bookmarked(story, block, place, mark)
        case Generated(blocks=inner, heading=heading):
            if heading:
                yield _unlisted(story, heading, place)
            yield from blocks_of(story, inner, place)
        case Contents():
            if holds_revisions((block,)):
                yield from _contents(story, block)
            else:
                yield story.controls.contents(list(_contents(story, block)))
        case Fields():
            yield from fields_of(story, block, place)
        case Declaration(blocks=inner):
            inside = place.within("Declaration")
            yield from framed(story, list(blocks_of(story, inner, inside)), place)
        case _:
            assert_never(block)


def _bookmarked(
    story: Story, block: Clause | Section | Appendix | Form, place: Place, mark: Mark | None
) -> list[Element]:
    match block:
        case Clause():
            content = list(_clause(story, block, place, mark))
        case Section():
            content = list(_section(story, block, place))
        case Appendix():
            content = list(_appendix(story, block, place))
        case Form():
            content = list(blocks_of(story, block.blocks, place))
    story.bookmarks.mark(block, content)
    return content


def _paragraph(
    story: Story, block: Paragraph, place: Place, mark: Mark | None, *, keep_next: bool
) -> Element:
    if mark and mark.pictured:
        return _marked(story, picture_rule(story, block.children, place.width), mark)
    content = runs(story, block.children, place.width)
    if mark:
        return _marked(story, content, mark, keep_next=keep_next)
    style, left = _ROLES.get(block.role, place.style), None
    if place.depth:
        if place.style == "Normal":
            style = _listed("List Continue", place.depth)
            left = place.indent if place.depth > _DEEPEST_STYLE else None
        else:
            left = place.indent
    return paragraph(story.styles.id(style), content, keep_next=keep_next, left=left)


def _marked(
    story: Story, content: list[Element], mark: Mark, *, keep_next: bool = False
) -> Element:
    return paragraph(
        story.styles.id(mark.style), content, keep_next=keep_next, numbering=mark.numbering
    )


def _listed(style: str, depth: int) -> str:
    """Give the list style for a depth, 1 the outermost."""
    return style if depth == 1 else f"{style} {min(depth, _DEEPEST_STYLE)}"


def _bullets(story: Story, block: BulletList, place: Place) -> Iterator[Element]:
    inside = place.within_list(INDENT)
    if block.purpose == "picture-rules":
        for item in block.items:
            yield from blocks_of(story, item, inside, Mark("Picture Rule", pictured=True))
        return
    style = _listed("List Bullet", inside.depth)
    if block.purpose == "statements" and inside.depth == 1:
        style = "Statement"
    numbered = story.styles.numbered(story.styles.id(style))
    by_style = numbered and inside.depth <= _DEEPEST_STYLE
    numbering = None if by_style else story.numbering.bullets(inside.depth - 1)
    for item in block.items:
        yield from blocks_of(story, item, inside, Mark(style, numbering))


def _numbers(story: Story, block: NumberedList, place: Place) -> Iterator[Element]:
    inside = place.within_list(INDENT)
    style = _listed("List Number", inside.depth)
    numbering = story.numbering.numbers(inside.depth - 1, block.start)
    for item in block.items:
        yield from blocks_of(story, item, inside, Mark(style, numbering))


def _clause(story: Story, clause: Clause, place: Place, mark: Mark | None) -> Iterator[Element]:
    """Give a clause: its number beside its heading or, without one, its first line."""
    if clause.number:
        counted = revision_of(clause) != "deletion"
        mark = Mark("Clause", story.numbering.outline(clause.number, counted=counted))
    if not clause.heading:
        yield from blocks_of(story, clause.blocks, place, mark)
        return
    content = runs(story, clause.heading, place.width)
    outline: int | None
    if mark and not clause.number:
        style, numbering, outline = mark.style, mark.numbering, place.level
        content = runs(story, (Strong(clause.heading),), place.width)
    else:
        style, outline = "Clause Heading", place.level if place.level != 1 else None
        numbering = mark.numbering if mark else _without_number(story, style)
    yield paragraph(
        story.styles.id(style), content, keep_next=True, numbering=numbering, outline=outline
    )
    yield from blocks_of(story, clause.blocks, place.below(place.level + 1))


def _without_number(story: Story, style: str) -> tuple[int, int] | None:
    """Give what takes away the number that a trust's own style may bring along."""
    return (0, 0) if story.styles.numbered(story.styles.id(style)) else None


def _section(story: Story, section: Section, place: Place) -> Iterator[Element]:
    if section.heading:
        name = f"heading {min(max(section.level, 1), 5)}"
        numbering = (
            story.numbering.outline(section.number, counted=revision_of(section) != "deletion")
            if section.number
            else _without_number(story, name)
        )
        content = runs(story, section.heading, place.width)
        yield paragraph(story.styles.id(name), content, numbering=numbering)
        place = place.below(section.level)
    yield from blocks_of(story, section.blocks, place)


def _appendix(story: Story, appendix: Appendix, place: Place) -> Iterator[Element]:
    """Give an appendix; a label that Word can't count is typed."""
    kind = revision_of(appendix)
    numbering = story.numbering.appendix(appendix.label, counted=kind != "deletion")
    typed = [run(f"{appendix.label} ")] if appendix.label and numbering is None else []
    if kind and typed:
        typed = story.revisions.wrapped(kind, typed)
    content = [*typed, *runs(story, appendix.heading, place.width)]
    if numbering is None:
        numbering = _without_number(story, "Appendix Heading")
    yield paragraph(story.styles.id("Appendix Heading"), content, numbering=numbering)
    yield from blocks_of(story, appendix.blocks, place.below(1))


def _unlisted(story: Story, heading: Inlines, place: Place) -> Element:
    style = "Unlisted Heading"
    return paragraph(
        story.styles.id(style),
        runs(story, heading, place.width),
        numbering=_without_number(story, style),
        outline=place.level or None,
    )


def _contents(story: Story, contents: Contents) -> Iterator[Element]:
    style = "TOC Heading"
    kind = revision_of(contents)
    heading = [run(CONTENTS_HEADING)]
    if kind:
        heading = story.revisions.wrapped(kind, heading)
    yield paragraph(story.styles.id(style), heading, numbering=_without_number(story, style))
    lines = [_contents_line(story, entry) for entry in contents.entries]
    if not holds_revisions((contents,)):
        contents_field(lines, "Appendix Heading")
    last = len(lines) - 1
    for index, (entry, line) in enumerate(zip(contents.entries, lines, strict=True)):
        style = story.styles.id(f"toc {min(max(entry.level, 1), 2)}")
        yield paragraph(style, line, keep_next=index < last)


def _contents_line(story: Story, entry: ContentsEntry) -> list[Element]:
    """Give a line of the contents; one that only a version has, without a page."""
    kind = revision_of_run(entry.heading)
    if kind is None:
        return contents_line(entry, story.bookmarks, story.pages)
    line = [run(f"{entry.label} "), run(plain_text(entry.heading))]
    return story.revisions.wrapped(kind, line)
