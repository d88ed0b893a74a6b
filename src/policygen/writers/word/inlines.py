"""Inlines as runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from docx.opc.constants import RELATIONSHIP_TYPE

from policygen.document import (
    Code,
    Emphasis,
    LineBreak,
    Link,
    Picture,
    Reference,
    Revision,
    Strong,
    Text,
    Value,
)
from policygen.writers.word.elements import R, clean, run_of, text_element, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.document import Inlines
    from policygen.writers.word.elements import Element
    from policygen.writers.word.story import Story


class Look(NamedTuple):
    """How text looks where it differs from its paragraph."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: bool = False


def runs(story: Story, inlines: Inlines, width: int) -> list[Element]:
    """Give inlines as the content of a paragraph that is so wide."""
    alone = not any(
        inline.text.strip() if isinstance(inline, Text) else not isinstance(inline, Picture)
        for inline in inlines
    )
    return list(_runs(story, inlines, Look(), width, alone=alone))


def picture_rule(story: Story, inlines: Inlines, width: int) -> list[Element]:
    """Give a rule told by a picture: the picture that comes first, a tab, the words."""
    match inlines:
        case (Picture() as picture, *words):
            symbol = story.pictures.symbol(picture)
            return [symbol, run_of(w("tab")), *runs(story, tuple(words), width)]
        case _:
            return runs(story, inlines, width)


def _runs(
    story: Story, inlines: Inlines, look: Look, width: int, *, alone: bool = False
) -> Iterator[Element]:
    for inline in inlines:
        match inline:
            case Text(text=text) | Value(text=text):
                if text:
                    yield _run(story, text_element(text), look)
            case Strong(children=children):
                yield from _runs(story, children, look._replace(strong=True), width)
            case Emphasis(children=children):
                yield from _runs(story, children, look._replace(emphasis=True), width)
            case Code(children=children):
                yield from _runs(story, children, look._replace(code=True), width)
            case Link(target=target, children=children):
                relation = story.part.relate_to(
                    clean(target), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                )
                inner = _runs(story, children, look._replace(link=True), width)
                link = w("hyperlink", *inner, history=1)
                link.set(f"{{{R}}}id", relation)
                yield link
            case Reference():
                yield from story.bookmarks.reference(inline)
            case LineBreak():
                yield run_of(w("br"))
            case Revision():
                inner = _runs(story, inline.children, look, width)
                yield from story.revisions.wrapped(inline.kind, list(inner))
            case Picture():
                yield story.pictures.inline(inline, width, alone=alone)
            case _:
                assert_never(inline)


def _run(story: Story, content: Element, look: Look) -> Element:
    """Give a run. A run has one character style; what else it is, is set beside it."""
    names = [
        name
        for name, wanted in (
            ("Hyperlink", look.link),
            ("Code", look.code),
            ("Strong", look.strong),
            ("Emphasis", look.emphasis),
        )
        if wanted
    ]
    if not names:
        return run_of(content)
    properties = w("rPr", w("rStyle", val=story.styles.id(names[0], "character")))
    if "Strong" in names[1:]:
        properties.extend((w("b"), w("bCs")))
    if "Emphasis" in names[1:]:
        properties.extend((w("i"), w("iCs")))
    return w("r", properties, content)
