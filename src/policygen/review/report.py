"""A review as a document: impact first, then each policy's changes, each told once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.assemble.numbering import number
from policygen.assemble.policy import DEFAULT_COLOUR
from policygen.document import (
    Block,
    Blocks,
    BulletList,
    Cell,
    Clause,
    Contents,
    Document,
    Fact,
    Form,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
)
from policygen.review.words import Names, approved_again, counts, gone, what

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.review.changes import Change, Review

COLUMNS = ("Policy", "Schools", "Added", "Removed", "Reworded", "Moved", "Data only")


def as_document(found: Review, names: Names) -> Document:
    """Give the report that governors read before they approve."""
    trust = names.new.trust
    blocks: list[Block] = [
        Section("at-a-glance", _text("At a glance"), tuple(_glance(found, names)), anchor="glance")
    ]
    if found.changes:
        blocks.append(Contents())
    policies = dict.fromkeys(change.policy_id for change in found.changes)
    blocks += [_policy(found, names, policy_id) for policy_id in policies]
    document = Document(
        "changes",
        "report",
        _text(f"Changes from {found.old_name} to {found.new_name}"),
        str(trust.name),
        str(trust.short_name or trust.name),
        "",
        tuple(blocks),
        facts=(Fact("Before", found.old_name), Fact("After", found.new_name)),
        colour=str(trust.colour or DEFAULT_COLOUR),
        logo=names.new.assets.get(str(trust.logo)) if trust.logo else None,
    )
    return number(document, "letters").document


def _glance(found: Review, names: Names) -> Iterator[Block]:
    if not found.differs:
        yield Paragraph(_text("The documents of both versions are the same."))
    policies = dict.fromkeys(change.policy_id for change in found.changes)
    if policies:
        rows = tuple(_row(found, names, policy_id) for policy_id in policies)
        yield Table("grid", tuple(map(_cell, COLUMNS)), rows, "What changed, by policy")
    renumbered = sum(found.renumbered.values())
    if renumbered:
        yield Paragraph(_text(f"{renumbered} numbers moved up or down because of this."))
    yield from _listed("To be approved again", approved_again(found, names))
    signed = [names.policy(policy_id) for policy_id in found.signed]
    yield from _listed("To be signed again by those who have signed", signed)
    yield from _listed(
        "Amendments of schools whose clause has changed since",
        [
            f"{names.school(a.school_id)}, {a.clause_id} ({a.span.path}:{a.span.line})"
            for a in found.amendments
        ],
    )
    yield from _listed("Documents that only one version has", gone(found, names))
    yield from _listed(
        "Clauses that look renamed: say `formerly:` on the new one if they are",
        [f"{old} is gone, {new} has its words" for old, new in found.likely_renamed],
    )
    yield from _listed("Not compared", found.not_compared)


def _row(found: Review, names: Names, policy_id: str) -> tuple[Cell, ...]:
    changes = [change for change in found.changes if change.policy_id == policy_id]
    schools = dict.fromkeys(school for change in changes for school in change.schools)
    numbers = (str(count) for count in counts(changes).values())
    named = names.schools(found, policy_id, schools)
    return tuple(map(_cell, (names.policy(policy_id), named, *numbers)))


def _listed(heading: str, lines: Iterable[str]) -> Iterator[Block]:
    items = tuple((Paragraph(_text(line)),) for line in lines)
    if items:
        yield Paragraph((Strong(_text(f"{heading}:")),))
        yield BulletList(items)


def _policy(found: Review, names: Names, policy_id: str) -> Section:
    """Give a policy's changes: first those of all its schools, then those of some."""
    groups: dict[str, list[Change]] = {}
    for change in found.changes:
        if change.policy_id == policy_id:
            where = names.schools(found, policy_id, change.schools)
            groups.setdefault(where, []).append(change)
    order = sorted(groups, key=lambda where: -len(groups[where][0].schools))
    sections = tuple(
        Section(
            f"{policy_id}-{place}",
            _text(where[:1].upper() + where[1:]),
            tuple(_change(change, f"{policy_id}-{place}-{at}") for at, change in enumerate(group)),
            level=2,
            anchor=f"{policy_id}-{place}",
        )
        for place, (where, group) in enumerate((where, groups[where]) for where in order)
    )
    title = _text(names.policy(policy_id))
    return Section(policy_id, title, sections, anchor=policy_id)


def _change(change: Change, anchor: str) -> Clause:
    within = f"In “{change.within}”. " if change.within else ""
    causes = "; ".join(f"{span.path}:{span.line}" for span in change.causes if span.path)
    because = f". {causes}" if causes else ""
    told = Paragraph(_text(f"{within}{what(change)}{because}."), "note")
    return Clause(
        anchor, _text(change.title), (told, *_plain(change.redline)), anchor=anchor, counted=False
    )


def _plain(blocks: Blocks) -> Blocks:
    """Give blocks without anchors and numbers of their own; a clause gives way to its blocks."""
    made: list[Block] = []
    for block in blocks:
        match block:
            case Clause(heading=heading, blocks=inner):
                if heading:
                    made.append(Paragraph((Strong(heading),)))
                made += _plain(inner)
            case Form(blocks=inner):
                made += _plain(inner)
            case BulletList(items=items):
                made.append(replace(block, items=tuple(map(_plain, items)), purpose="list"))
            case _:
                made.append(block)
    return tuple(made)


def _text(words: str) -> tuple[Text, ...]:
    return (Text(words),)


def _cell(words: str) -> Cell:
    return Cell(_text(words), "left")
