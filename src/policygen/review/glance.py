"""Page one of the report: what changed, by policy, and what has to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.wording import capitalize_first
from policygen.document import (
    BulletList,
    Cell,
    LineBreak,
    Paragraph,
    Revision,
    Section,
    Strong,
    Table,
    Text,
)
from policygen.review.excerpts import varied
from policygen.review.words import (
    approved_again,
    counts,
    gone,
    looking_at,
    new_numbers,
    signed_again,
    unchanged,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Block, Inline, Inlines
    from policygen.review.found import Review
    from policygen.review.names import Names
    from policygen.review.shown import Shown

COLUMNS = ("Policy", "Schools", "New", "Removed", "Reworded", "Moved", "Data only")
"""The first table's heads; "data" is names and dates, law and guidance, and layout."""

_NAMES = 2
"""Columns of that table that hold names; numbers follow."""


def glance(found: Review, names: Names, policies: dict[str, list[Shown]]) -> Section:
    """Give page one; ``policies`` are the changes that the pages behind it tell."""
    blocks = tuple(_blocks(found, names, policies))
    return Section("at-a-glance", (Text("At a glance"),), blocks, anchor="glance")


def _blocks(found: Review, names: Names, policies: dict[str, list[Shown]]) -> Iterator[Block]:
    if not found.differs:
        yield Paragraph((Text(unchanged(found)),))
    if policies:
        rows = tuple(_row(found, names, policy_id, told) for policy_id, told in policies.items())
        heads = tuple(
            Cell((Text(name),), "left" if place < _NAMES else "right")
            for place, name in enumerate(COLUMNS)
        )
        yield Table("grid", heads, rows, "What changed, by policy")
    if found.documents:
        yield Table("labels", (), tuple(_acts(found, names)), "What has to be done")
    yield from _listed("Documents that only one version has", gone(found, names))
    yield from _listed(
        "Clauses that look renamed: say `formerly:` on the new one if they are",
        [f"{old} is gone, {new} has its words" for old, new in found.likely_renamed],
    )
    yield from _listed("Not compared", found.not_compared)
    if policies:
        told = (one for changes in policies.values() for one in changes)
        yield Paragraph(_how_to_read(varied=any(varied(one.blocks) for one in told)), "note")


def _row(found: Review, names: Names, policy_id: str, told: list[Shown]) -> tuple[Cell, ...]:
    schools = dict.fromkeys(school for one in told for school in one.schools)
    once = {one.change.unit: one.change for one in reversed(told) if one.counts}
    numbers = (Cell((Text(str(count)),), "right") for count in counts(once.values()).values())
    where = capitalize_first(names.schools(found, policy_id, schools))
    return (_cell(names.policy(policy_id)), _cell(where), *numbers)


def _acts(found: Review, names: Names) -> Iterator[tuple[Cell, Cell]]:
    """Give what has to be done: who approves again, who signs again, what to look at."""
    yield _act("To approve again", approved_again(found, names))
    yield _act("To sign again", signed_again(found, names))
    amendments = looking_at(found, names)
    yield _act("School amendments to look at, as the trust’s clause changed", amendments)
    yield _act("New clause numbers", new_numbers(found, names))


def _act(name: str, lines: list[str]) -> tuple[Cell, Cell]:
    run: list[Inline] = []
    for line in lines or ["None"]:
        run += [LineBreak(), Text(line)] if run else [Text(line)]
    return _cell(name), Cell(tuple(run), "left")


def _how_to_read(*, varied: bool) -> Inlines:
    brackets = " Words in [brackets] stand for what is different at each school." if varied else ""
    return (
        Revision("insertion", (Text("Underlined words"),)),
        Text(" are new; "),
        Revision("deletion", (Text("struck words"),)),
        Text(
            " are gone. What the policies say stands beside a bar; of tables, forms and long "
            "rules only what changed. “Data only” are names, dates, law, guidance and "
            f"layout: no rule changes.{brackets}"
        ),
    )


def _listed(heading: str, lines: Iterable[str]) -> Iterator[Block]:
    items = tuple((Paragraph((Text(line),)),) for line in lines)
    if items:
        yield Paragraph((Strong((Text(f"{heading}:"),)),))
        yield BulletList(items)


def _cell(words: str) -> Cell:
    return Cell((Text(words),), "left")
