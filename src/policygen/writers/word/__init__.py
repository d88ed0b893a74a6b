"""A document as a Word file: styles and automatic numbers of which Word knows."""

from __future__ import annotations

import copy
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from policygen.document import (
    Appendix,
    Clause,
    Form,
    Section,
    Text,
    is_redline,
    number_text,
    walk,
)
from policygen.writers.word.binding import bound_body
from policygen.writers.word.blocks import blocks_of
from policygen.writers.word.controls import Controls
from policygen.writers.word.elements import paragraph, tag, w
from policygen.writers.word.estimate import estimated_pages
from policygen.writers.word.fields import Bookmarks, PageNumbers
from policygen.writers.word.fitting import fit_contents, fit_form, without_needless_gaps
from policygen.writers.word.furniture import furnish, refit_foot, title_block
from policygen.writers.word.metrics import Words, text_width
from policygen.writers.word.numbering import Numbering
from policygen.writers.word.package import NO_DATE, numbering_root, opened, saved, set_properties
from policygen.writers.word.pictures import Pictures
from policygen.writers.word.revisions import Revisions
from policygen.writers.word.story import Place, Story
from policygen.writers.word.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document as WordFile

    from policygen.document import Block, Document
    from policygen.writers.theme import Theme
    from policygen.writers.word.elements import Element

_GUTTER = 794
"""How far numbers hang out at least: 14 mm, in twentieths of a point."""
LARGE_PRINT = 36
"""The size of large print, 18 points, in half-points."""
_EDGE = 567
"""What stays free of the left margin beside the numbers: 10 mm."""


def write_word(document: Document, theme: Theme) -> bytes:
    """Give a document as a Word file, built on the trust's template or on ours."""
    word, story, last = _begun(document, theme)
    furnish(word, story, document)
    for element in _body(story, document, last):
        last.addprevious(element)
    styles, numbering = story.styles, story.numbering
    story.pages.fill(estimated_pages(word.element.body, styles, numbering.root))
    set_properties(word, document)
    return saved(word)


def bind_word(
    documents: Sequence[Document], title: str, theme: Theme, *, both_sides: bool
) -> bytes:
    """Give documents in one Word file, each in a section that counts its own pages."""
    first = documents[0]
    word, story, last = _begun(first, theme)
    furnish(word, story, first)
    fit = not theme.large_print
    for element in bound_body(story, documents, last, both_sides=both_sides, fit=fit):
        last.addprevious(element)
    set_properties(
        word, replace(first, id="pack", title=(Text(title),), fingerprint="", school_id="")
    )
    return saved(word)


def _begun(document: Document, theme: Theme) -> tuple[WordFile, Story, Element]:
    """Give an empty file in the look of a document, and its last section's properties."""
    reference = theme.read("reference.docx")
    word = opened(reference if theme.word_template is None else theme.word_template)
    styles = Styles(word.styles.element)
    if theme.word_template is None:
        styles.paint(document.colour)
    else:
        styles.complete_from(Styles(opened(reference).styles.element))
    styles.set_language(document.language)
    if theme.large_print:
        styles.enlarge(LARGE_PRINT)
    story = _story(word, styles, document, ours=theme.word_template is None)
    styles.forget_lists(story.numbering.lists())
    body = word.element.body
    last = body.find(tag("sectPr"))
    if last is None:
        last = w("sectPr")
        body.append(last)
    return word, story, last


def _story(word: WordFile, styles: Styles, document: Document, *, ours: bool) -> Story:
    section = word.sections[0]
    width, left, right = (
        0 if length is None else length.twips
        for length in (section.page_width, section.left_margin, section.right_margin)
    )
    return Story(
        part=word.part,
        styles=styles,
        numbering=Numbering(numbering_root(word), _gutter(document, left)),
        bookmarks=Bookmarks(document.blocks),
        pages=PageNumbers(),
        controls=Controls(styles.id("Tick Box", "character")),
        pictures=Pictures(word.part),
        revisions=Revisions(document.issued or NO_DATE),
        width=max(width - left - right, 1),
        gutter=_GUTTER if ours else 0,
    )


def _gutter(document: Document, margin: int) -> int:
    """Give how far numbers hang out into the margin: as the longest needs."""
    numbers = (b.number for b in walk(document.blocks) if isinstance(b, Clause | Section))
    longest = max((text_width(Words(number_text(n), 240, bold=True)) for n in numbers), default=0)
    return max(min(max(_GUTTER, round(longest) + 140), margin - _EDGE), 0)


def _body(story: Story, document: Document, last: Element) -> Iterator[Element]:
    """Give the body; each form in an appendix is a sheet of its own, on a right-hand page."""
    content = list(title_block(story, document))
    if is_redline(document):
        # Without the breaks of forms' own sheets, which no change could take away.
        content.extend(blocks_of(story, document.blocks, Place(story.width)))
        story.revisions.settle(content, story.styles.id("Table Gap"))
        yield from content
        return
    groups = _sheets(document.blocks)
    for index, group in enumerate(groups):
        section = copy.deepcopy(last) if index < len(groups) - 1 else last
        content.extend(blocks_of(story, group, Place(story.width)))
        content = without_needless_gaps(story, content)
        if index == 0:
            fit_contents(story, content, section)
        else:
            _follow_on(section)
        if document.kind == "form" or (group and _is_sheet(group[0])):
            fit_form(story, content, section)
            refit_foot(story, document, section)
        if section is not last:
            _end_section(story, content, section)
        yield from content
        content = []


def _sheets(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """Split blocks where a form's own sheet begins or ends."""
    starts = [
        index
        for index, (before, block) in enumerate(pairwise(blocks), 1)
        if _is_sheet(before) or _is_sheet(block)
    ]
    ends = [*starts, len(blocks)]
    return [blocks[start:end] for start, end in zip([0, *starts], ends, strict=True)]


def _is_sheet(block: Block) -> bool:
    return (
        isinstance(block, Appendix) and len(block.blocks) == 1 and isinstance(block.blocks[0], Form)
    )


def _end_section(story: Story, content: list[Element], section: Element) -> None:
    """Put the end of a section behind content, in an empty paragraph.

    LibreOffice doesn't draw the line under a paragraph that ends a section.
    """
    end = paragraph(story.styles.id("Table Gap"))
    end[0].append(section)
    content.append(end)


def _follow_on(section: Element) -> None:
    """Make a section begin on a right-hand page and go on counting pages."""
    for name in ("titlePg", "type"):
        for element in section.findall(tag(name)):
            section.remove(element)
    for numbering in section.findall(tag("pgNumType")):
        numbering.attrib.pop(tag("start"), "")
    size = section.find(tag("pgSz"))
    index = len(section) if size is None else section.index(size)
    section.insert(index, w("type", val="oddPage"))
