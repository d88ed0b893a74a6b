"""What changed in policies whose wording is not the approved one any more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.approving.since import since
from policygen.status.rows import CHANGED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from policygen.assemble.targets import Target
    from policygen.document import Document
    from policygen.model.library import Library
    from policygen.status.rows import Row

_MOST_NAMED = 6
"""So many changed clauses are named of one document."""


def with_changes(
    found: Iterable[Row], source: Path, library: Library, targets: Iterable[Target]
) -> Iterator[Row]:
    """Give the rows, with the clauses that changed since an approval where that has lapsed.

    The wording that was approved is looked for in git; where it isn't there, the row says only
    that the wording changed.
    """
    listed = list(found)
    documents = {
        (target.school_id, target.id): target.document
        for target in targets
        if target.kind == "policy" and target.document
    }
    lapsed: dict[str, dict[str | None, Document]] = {}
    for row in listed:
        if CHANGED in row.missing:
            there = lapsed.setdefault(row.policy_id, {})
            there[row.school_id] = documents[row.school_id, row.policy_id]
    told: dict[tuple[str | None, str], str] = {}
    for policy_id, there in lapsed.items():
        for each in since(source, library, policy_id, there):
            for school_id in each.schools:
                titles = [change.title for change in each.rules if school_id in change.schools]
                told[school_id, policy_id] = _named(titles)
    for row in listed:
        clauses = told.get((row.school_id, row.policy_id), "")
        missing = tuple(
            f"{CHANGED}: {clauses}" if what == CHANGED and clauses else what for what in row.missing
        )
        yield replace(row, missing=missing)


def _named(titles: list[str]) -> str:
    more = len(titles) - _MOST_NAMED
    shown = [*titles[:_MOST_NAMED], *([f"{more} more"] if more > 0 else [])]
    return ", ".join(shown)
