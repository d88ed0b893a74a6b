"""A document in the units that readers think in: clauses, tables of data, forms, headings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.document import (
    Appendix,
    Block,
    Blocks,
    Clause,
    Contents,
    Form,
    Generated,
    Inlines,
    Paragraph,
    Section,
    Text,
    number_text,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policygen.diagnostics import Span
    from policygen.document import Document


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a document that is compared as one.

    ``id`` is the same from version to version. ``label`` is its number or label,
    ``heading`` what it is called, ``within`` the heading of the section it stands in.
    """

    id: str
    label: str
    heading: str
    within: str
    blocks: Blocks
    span: Span | None = None


GENERATED = {
    "control": "Document control",
    "history": "Version history",
    "officers": "People and posts",
    "consultation": "Consultation",
    "linked": "Linked policies",
    "references": "Legislation and guidance",
    "sign-off": "Adoption signatures",
}
"""What generated parts are called in a report."""

NOTICE = "Notice under the title"
"""What the paragraph is called that says why a document is a draft, or withdrawn."""


def units(document: Document, renamed: Mapping[str, str]) -> dict[str, Unit]:
    """Give the units of a document in order, by id; an id met again gets a count behind it.

    The contents are left out: they repeat the headings.
    """
    found: dict[str, Unit] = {}
    for unit in (_front(document), *_units(document.blocks, "", renamed)):
        name, count = unit.id, 1
        while name in found:
            count += 1
            name = f"{unit.id}#{count}"
        found[name] = replace(unit, id=name)
    return found


def _front(document: Document) -> Unit:
    """Give the title and what stands around it and on every page, as paragraphs."""
    lines: list[Inlines] = [document.title]
    lines += [(Text(line),) for line in document.masthead]
    lines += [(Text(f"{fact.label}: {fact.value}"),) for fact in document.facts]
    lines += [(Text(line),) for line in (document.running_foot, document.mark) if line]
    lines.append((Text(f"Name at the head of each page: {document.short_name}"),))
    return Unit("front", "", "Title and running lines", "", tuple(map(Paragraph, lines)))


def _units(blocks: Blocks, within: str, renamed: Mapping[str, str]) -> Iterator[Unit]:
    for block in blocks:
        match block:
            case Clause(id=name, heading=heading, number=number):
                title = plain_text(heading) or name.partition("/")[2].replace("-", " ")
                name = renamed.get(name, name)
                label = number_text(number)
                yield Unit(f"clause:{name}", label, title, within, (block,), block.span)
            case Section(id=name, heading=heading, number=number, blocks=inner):
                title = plain_text(heading)
                if heading:
                    label = number_text(number)
                    yield _heading(f"section:{name or title}", label, heading, within, block)
                yield from _units(inner, title or within, renamed)
            case Appendix(id=name, heading=heading, label=label, blocks=inner):
                title = plain_text(heading)
                yield _heading(f"appendix:{name or title}", label, heading, within, block)
                yield from _units(inner, title, renamed)
            case Form(id=name):
                yield Unit(f"form:{name}", "", within or "Form", within, (block,), block.span)
            case Generated(kind="contents") | Contents():
                continue
            case Generated(kind=kind):
                yield Unit(f"generated:{kind}", "", GENERATED.get(kind, kind), within, (block,))
            case _:
                notice = isinstance(block, Paragraph) and block.role == "notice"
                title = within or (NOTICE if notice else "Text without a heading")
                yield Unit(f"text:{within}", "", title, within, (block,))


def _heading(
    name: str, label: str, heading: Inlines, within: str, block: Section | Appendix
) -> Unit:
    shown: Block = Paragraph(heading)
    return Unit(name, label, plain_text(heading), within, (shown,), block.span)
