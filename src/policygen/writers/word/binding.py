"""Documents bound in one Word file: a section each, with its own pages and foot."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from policygen.writers.word.blocks import blocks_of
from policygen.writers.word.elements import paragraph, tag, w
from policygen.writers.word.estimate import page_count
from policygen.writers.word.fields import Bookmarks
from policygen.writers.word.fitting import fit_form, without_needless_gaps
from policygen.writers.word.furniture import bound_foot, bound_head, title_block
from policygen.writers.word.measure import Measure
from policygen.writers.word.story import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygen.document import Document
    from policygen.writers.word.elements import Element
    from policygen.writers.word.story import Story


def bound_body(
    story: Story, documents: Sequence[Document], last: Element, *, both_sides: bool, fit: bool
) -> Iterator[Element]:
    """Give the body of a file of documents; ``last`` is the properties of its last section.
    Forms are made to ``fit`` one page where they nearly do.

    The anchors of one document may be those of another, so there are no bookmarks.
    """
    story = replace(story, bookmarks=Bookmarks(()))
    pattern = copy.deepcopy(last)
    heads: dict[tuple[str, str], str] = {}
    for index, document in enumerate(documents):
        section = last if index == len(documents) - 1 else copy.deepcopy(pattern)
        _begin(section, both_sides=both_sides)
        content = [*title_block(story, document)]
        content += blocks_of(story, document.blocks, Place(story.width))
        content = without_needless_gaps(story, content)
        if fit and document.kind == "form":
            fit_form(story, content, section)
        key = (document.running_head, document.mark)
        if key not in heads:
            heads[key] = bound_head(story, document, len(heads))
        for reference in section.findall(tag("headerReference")):
            reference.set(qn("r:id"), heads[key])
        pages = page_count(content, section, Measure(story.styles, story.numbering.root))
        relation = bound_foot(story, document, section, pages)
        for reference in section.findall(tag("footerReference")):
            reference.set(qn("r:id"), relation)
        if section is not last:
            end = paragraph(story.styles.id("Table Gap"))
            end[0].append(section)
            content.append(end)
        yield from content


def _begin(section: Element, *, both_sides: bool) -> None:
    """Make a section begin on a right-hand page, or a page, and count its own pages."""
    for name in ("type", "pgNumType"):
        for element in section.findall(tag(name)):
            section.remove(element)
    size = section.find(tag("pgSz"))
    index = len(section) if size is None else section.index(size)
    section.insert(index, w("type", val="oddPage" if both_sides else "nextPage"))
    margins = section.find(tag("pgMar"))
    after = len(section) if margins is None else section.index(margins) + 1
    section.insert(after, w("pgNumType", start=1))
