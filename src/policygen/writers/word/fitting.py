"""Fitting content on pages: the contents in one piece, a form on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.writers.word.elements import style_of, tag, w
from policygen.writers.word.estimate import page_count
from policygen.writers.word.measure import Measure

if TYPE_CHECKING:
    from policygen.writers.word.elements import Element
    from policygen.writers.word.story import Story

_SMALLER = {
    "Normal": "Form Text Small",
    "Statement": "Statement Small",
    "Declaration": "Declaration Small",
    "Field Label": "Field Label Small",
    "Tick": "Tick Small",
    "Choice": "Choice Small",
}
"""The styles of a form whose text is too long for one page."""
_HEADINGS = (
    *(f"heading {level}" for level in range(1, 6)),
    "Clause Heading",
    "Unlisted Heading",
    "Office Heading",
)
_SPARE = 200
"""What stays free under a form that is made to fit, as other programs measure otherwise."""


class _Changes:
    """Changed attributes, so that they can be changed back."""

    def __init__(self) -> None:
        self._old: list[tuple[Element, str, str]] = []

    def set(self, element: Element, name: str, value: object) -> None:
        """Change one."""
        self._old.append((element, name, element.get(name, "")))
        element.set(name, str(value))

    def undo(self) -> None:
        """Change all back."""
        for element, name, value in reversed(self._old):
            element.set(name, value)


def fit_form(story: Story, content: list[Element], section: Element) -> None:
    """Bring a form that is a little too long on to one page, else on to both of its sheet.

    It first gets the room in which a policy's numbers hang, then smaller type. A form
    that is too long even so stays as it was.
    """
    measure = Measure(story.styles, story.numbering.root)
    for pages in (1, 2):
        changes = _Changes()
        for shrink in (None, _widened, _shrunk):
            if shrink:
                shrink(story, content, section, changes)
            if page_count(content, section, measure, _SPARE) <= pages:
                return
        changes.undo()


def _widened(story: Story, content: list[Element], section: Element, changes: _Changes) -> None:
    margins = section.find(tag("pgMar"))
    if margins is None or not story.gutter:
        return
    left = int(margins.get(tag("left"), "0"))
    changes.set(margins, tag("left"), left - story.gutter)
    share = (story.width + story.gutter) / story.width
    for element in content:
        for name in ("tblW", "gridCol", "tcW"):
            for width in element.iter(tag(name)):
                changes.set(width, tag("w"), round(int(width.get(tag("w"), "0")) * share))


def _shrunk(story: Story, content: list[Element], _section: Element, changes: _Changes) -> None:
    smaller = {story.styles.id(old): story.styles.id(new) for old, new in _SMALLER.items()}
    for element in content:
        for style in element.iter(tag("pStyle")):
            old = style.get(tag("val"), "")
            changes.set(style, tag("val"), smaller.get(old, old))


def without_needless_gaps(story: Story, content: list[Element]) -> list[Element]:
    """Leave out the space after a table where a heading brings space of its own.

    It would stand alone at the head of the next page where the table ends one.
    """
    gap = story.styles.id("Table Gap")
    headings = {story.styles.id(name) for name in _HEADINGS}
    followers = [*map(style_of, content[1:]), ""]
    return [
        element
        for element, follower in zip(content, followers, strict=True)
        if style_of(element) != gap or follower not in headings
    ]


def fit_contents(story: Story, content: list[Element], section: Element) -> None:
    """Start the contents on a page of their own if they don't fit under what is before."""
    measure = Measure(story.styles, story.numbering.root)
    for index, element in enumerate(content):
        if element.tag != tag("sdt"):
            continue
        before = page_count(content[:index], section, measure)
        heading = element.find(f".//{tag('pPr')}")
        if heading is not None and page_count(content[: index + 1], section, measure) > before:
            keep = heading.find(tag("keepNext"))
            heading.insert(1 if keep is None else 2, w("pageBreakBefore"))
            # At the head of a page nothing need hold its lines together, and where there are
            # more than a page of them LibreOffice would leave the heading alone.
            for line in element.iterfind(f".//{tag('pPr')}"):
                if line is not heading and (kept := line.find(tag("keepNext"))) is not None:
                    line.remove(kept)
        return
