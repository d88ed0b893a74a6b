"""Which parts of a document were moved, and in what order those of both versions are told."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from policygen.compare import titles
from policygen.document import inlines, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policygen.compare import Unit

_HEADINGS = ("section:", "appendix:")


def retitled(old: Mapping[str, Unit], new: Mapping[str, Unit]) -> dict[str, str]:
    """Give the new id of each heading that is gone and whose clauses now stand under another
    new one: a section without an id that was given another title."""
    before = {name: held for name, held in _clauses(old).items() if name not in new}
    after = {name: held for name, held in _clauses(new).items() if name not in old}
    return titles.retitled(before, after)


def _clauses(units: Mapping[str, Unit]) -> dict[str, set[str]]:
    """Give the clauses right under each heading."""
    found: dict[str, set[str]] = {}
    for name, heading in _above(units).items():
        if heading and name.startswith("clause:"):
            found.setdefault(heading, set()).add(name)
    return found


def _above(units: Mapping[str, Unit]) -> dict[str, str]:
    """Give the heading that each unit stands under, "" for none."""
    found: dict[str, str] = {}
    headings: dict[str, str] = {}
    for name, unit in units.items():
        found[name] = headings.get(unit.within, "")
        if name.startswith(_HEADINGS):
            words = "".join(plain_text(run) for block in unit.blocks for run in inlines(block))
            headings[words] = name
    return found


def moved(old: Mapping[str, Unit], new: Mapping[str, Unit]) -> set[str]:
    """Give what both have under another heading or in another order under the same one: as
    little as explains it. What moves with its heading is not moved."""
    before, after = _above(old), _above(new)
    place = {name: at for at, name in enumerate(new)}
    under: dict[str, list[str]] = {}
    found = set()
    for name in (name for name in old if name in new):
        if before[name] == after[name]:
            under.setdefault(before[name], []).append(name)
        else:
            found.add(name)
    for names in under.values():
        kept = _rising([place[name] for name in names])
        found |= {name for name in names if place[name] not in kept}
    return found


def _rising(places: Sequence[int]) -> set[int]:
    """Give the longest rising series of places."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(ends, place)
        before[place] = ends[at - 1] if at else None
        ends[at : at + 1] = [place]
    series: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        series.add(last)
        last = before[last]
    return series


def interleaved(old: Mapping[str, Unit], new: Mapping[str, Unit]) -> Iterator[str]:
    """Give all ids: the new order, and what is gone behind what it stood after."""
    gone: dict[str, list[str]] = {}
    anchor = ""
    for name in old:
        if name in new:
            anchor = name
        else:
            gone.setdefault(anchor, []).append(name)
    yield from gone.get("", ())
    for name in new:
        yield name
        yield from gone.get(name, ())
