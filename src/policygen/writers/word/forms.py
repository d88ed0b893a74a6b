"""Forms: places to write, boxes to tick, and the declaration."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from policygen.document import is_revised, plain_text, revision_of_run
from policygen.writers.word.elements import paragraph, run, tab, tag, w
from policygen.writers.word.inlines import runs
from policygen.writers.word.tables import gap, layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.document import Field, Fields, RevisionKind
    from policygen.writers.word.elements import Element
    from policygen.writers.word.story import Place, Story

_GUTTER = 454
"""Between two fields side by side: 8 mm, the cell margin of the style "Layout Grid"."""
_SHORT, _FEW = 60, 3
"""The letters of a question, and the choices, that find room on one line."""
_CLOSE = 16
"""The most letters of a choice that still stands beside others."""


def fields_of(story: Story, fields: Fields, place: Place) -> Iterator[Element]:
    """Give fields: one a line, or two side by side in a row that never splits.

    Only side by side do they stand in a table, so that a screen reader meets no table
    where nothing is tabular and no merged cells.
    """
    if fields.heading:
        name = "Office Heading" if fields.purpose == "office" else "Unlisted Heading"
        style = story.styles.id(name)
        yield paragraph(style, runs(story, fields.heading, place.width))
    content = list(_rows(story, fields, place))
    if fields.purpose != "form":
        _keep_together(content)
    yield from content


def _rows(story: Story, fields: Fields, place: Place) -> Iterator[Element]:
    for count, group in groupby(fields.rows, key=len):
        rows = list(group)
        if count == 1:
            for (entry,) in rows:
                yield from _field(story, entry, place.width)
        elif count:
            width = (place.width + _GUTTER) // count
            cells = [[_field(story, entry, width - _GUTTER) for entry in row] for row in rows]
            yield layout(story, cells, [width] * count, place.indent)
            yield gap(story)


def _keep_together(content: list[Element]) -> None:
    """Keep a block of signatures on one page: each paragraph but the last with the next."""
    paragraphs = [p for element in content for p in element.iter(tag("p"))]
    for each in paragraphs[:-1]:
        properties = each.find(tag("pPr"))
        if properties is not None and properties.find(tag("keepNext")) is None:
            properties.insert(1, w("keepNext"))


def _field(story: Story, entry: Field, width: int) -> list[Element]:
    kind = revision_of_run(entry.label)
    if kind:
        return _revised(story, entry, kind, width)
    title = plain_text(entry.label)
    label = runs(story, entry.label, width)
    value = runs(story, entry.value, width)
    heading = paragraph(story.styles.id("Field Label"), label, keep_next=True)
    match entry.kind:
        case "tick":
            box = story.controls.tick(title, entry.name, checked=bool(value))
            content = [box, tab(), *label]
            if value:
                content += [run(" "), *value]
            return [paragraph(story.styles.id("Tick"), content)]
        case "choice":
            if _of_few(entry):
                return [_on_one_line(story, entry, label, width)]
            return [heading, *_choices(story, entry, width)]
        case "date":
            line = [story.controls.date(title, entry.name, value)]
        case "text" | "signature":
            line = [story.controls.text(title, entry.name, value)]
    if is_revised(entry.value):
        # LibreOffice leaves changes in a control as they are. The empty run keeps the line.
        line = [*value, run("")]
    return [heading, paragraph(story.styles.id("Field Line"), line)]


def _revised(story: Story, entry: Field, kind: RevisionKind, width: int) -> list[Element]:
    """Give a place to write that only one version has: its words and a line, no control,
    which no change could take away."""
    label = paragraph(story.styles.id("Field Label"), runs(story, entry.label, width))
    rest = [runs(story, entry.value, width) or story.revisions.wrapped(kind, ())]
    rest += [runs(story, choice, width) for choice in entry.choices]
    line = story.styles.id("Field Line")
    return [label, *(paragraph(line, content) for content in rest)]


def _of_few(entry: Field) -> bool:
    """Whether a question and its choices find room on one line."""
    close = all(len(plain_text(choice)) <= _CLOSE for choice in entry.choices)
    return close and len(plain_text(entry.label)) <= _SHORT and len(entry.choices) <= _FEW


def _on_one_line(story: Story, entry: Field, label: list[Element], width: int) -> Element:
    pieces = [[*label, tab()]]
    if entry.value:
        pieces.append([*runs(story, entry.value, width), run("\u2003")])
    pieces += [[*piece, run("\u2003")] for piece in _boxes(story, entry, width)]
    content = [element for piece in pieces for element in piece]
    return paragraph(story.styles.id("Choice"), content[:-1])


def _choices(story: Story, entry: Field, width: int) -> list[Element]:
    """Give the choices: side by side where they are short, else one a line."""
    style = story.styles.id("Tick")
    lead = [*runs(story, entry.value, width), run("\u2003")] if entry.value else []
    pieces = list(_boxes(story, entry, width))
    if all(len(plain_text(choice)) <= _CLOSE for choice in entry.choices):
        line = [element for piece in pieces for element in (*piece, run("\u2003\u2003"))]
        return [paragraph(style, [*lead, *line[:-1]])]
    if lead:
        pieces.insert(0, lead)
    last = len(pieces) - 1
    return [paragraph(style, piece, keep_next=index < last) for index, piece in enumerate(pieces)]


def _boxes(story: Story, entry: Field, width: int) -> Iterator[list[Element]]:
    """Give each choice with its box before it."""
    chosen = plain_text(entry.value)
    for index, choice in enumerate(entry.choices, 1):
        words = plain_text(choice)
        title = f"{plain_text(entry.label)}: {words}"
        name = f"{entry.name}.{index}"
        box = story.controls.tick(title, name, checked=bool(words) and words == chosen)
        yield [box, run("\u2002"), *runs(story, choice, width)]
