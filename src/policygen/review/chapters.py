"""The report behind page one: a chapter for each policy, with its changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.assemble.wording import capitalize_first
from policygen.compare import accepted, rejected
from policygen.document import Clause, Code, Paragraph, Quote, Section, Text
from policygen.review.excerpts import opening, varied, word_count
from policygen.review.words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.document import Block, Blocks, Inline
    from policygen.review.found import Change, Review
    from policygen.review.names import Names
    from policygen.review.shown import Shown

_SHORT = 200
"""Words of the longest change that stays on one page."""

_PLACES = 2
"""Places in the sources that are named as the cause of a change."""

_SOME = "Some schools only"


def chapter(found: Review, names: Names, policy_id: str, changes: list[Shown]) -> Section:
    """Give a policy's changes: first those of all its schools, then those of some."""
    having = found.having(policy_id)
    everywhere = [one for one in changes if set(one.schools) >= having]
    somewhere = [one for one in changes if not set(one.schools) >= having]
    title = (Text(names.policy(policy_id)),)
    if len(having) == 1:
        only = names.schools(found, policy_id, having)
        note = Paragraph((Text(f"Only {only} has this policy."),), "note")
        blocks: Blocks = (note, *_changes(found, names, everywhere, told=True))
    else:
        groups = (("all", everywhere), ("some", somewhere))
        blocks = tuple(
            _group(found, names, f"{policy_id}-{name}", group) for name, group in groups if group
        )
    return Section(policy_id, title, blocks, anchor=policy_id)


def _group(found: Review, names: Names, anchor: str, changes: list[Shown]) -> Section:
    policy_id = changes[0].change.policy_id
    wheres = {names.schools(found, policy_id, one.schools) for one in changes}
    heading = capitalize_first(wheres.pop()) if len(wheres) == 1 else _SOME
    blocks = tuple(_changes(found, names, changes, told=heading != _SOME))
    # The contents lead to what all schools have; what some have stands right behind it.
    level = 2 if heading.startswith("All") else 3
    return Section(anchor, (Text(heading),), blocks, level=level, anchor=anchor)


def _changes(found: Review, names: Names, changes: list[Shown], *, told: bool) -> Iterator[Block]:
    """Give changes under a title for each unit; ``told`` where the schools are known already."""
    by_unit: dict[str, list[Shown]] = {}
    for one in changes:
        by_unit.setdefault(one.change.unit, []).append(one)
    for unit, variants in by_unit.items():
        first = variants[0].change
        if any(one.change.label != first.label for one in variants):
            first = replace(first, label="")
        anchor = f"{first.policy_id}/{unit.replace(':', '/').replace('#', '/')}"
        title = (Text(_title(first)),)
        places = [
            "" if told else names.schools(found, first.policy_id, o.schools) for o in variants
        ]
        blocks = tuple(
            block
            for one, where in zip(variants, places, strict=True)
            for block in _variant(one, where)
        )
        if word_count(blocks) <= _SHORT:
            yield Clause(anchor, title, blocks, anchor=anchor, counted=False)
        else:
            yield Section(anchor, title, blocks, level=3, anchor=anchor)


def _variant(one: Shown, where: str) -> Iterator[Block]:
    """Give a change: what happened, at which schools where that is to be told, and its words."""
    change = one.change
    parts = [told(change, where)]
    if change.within and change.within != change.heading:
        parts.append(f"In “{change.within}”.")
    if varied(one.blocks):
        parts.append("Words in [brackets] differ by school.")
    run: list[Inline] = [Text(" ".join(parts))]
    run += _sources([f"{span.path}:{span.line}" for span in change.causes if span.path])
    yield Paragraph(tuple(run), "note")
    if one.blocks:
        yield Quote(one.blocks)


def _sources(places: list[str]) -> Iterator[Inline]:
    for at, place in enumerate(places[:_PLACES]):
        yield Text(", " if at else " Source: ")
        yield Code((Text(place),))
    if len(places) > _PLACES:
        yield Text(f" and {len(places) - _PLACES} more")


def _title(change: Change) -> str:
    """Give a change's title: its number and heading, or its first words where it has none."""
    match change.redline:
        case (Clause(heading=()),):
            side = rejected if change.action == "removed" else accepted
            name = f"“{opening(side(change.redline))}”"
        case _:
            name = change.heading
    return " ".join(part for part in (change.label, name) if part)
