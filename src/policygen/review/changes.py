"""What changed between two versions of a library's documents, for whom and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.review.duties import likely_renamed, moved_bases, renamed_in, renewed, signing
from policygen.review.found import Review
from policygen.review.grouping import grouped
from policygen.review.made import made
from policygen.review.singles import Comparer, context_of, titles_of_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policygen.review.found import Key
    from policygen.review.made import Made, Side
    from policygen.review.singles import Single


def review(
    old: Side, new: Side, schools: Iterable[str] = (), policies: Iterable[str] = ()
) -> Review:
    """Compare every policy of every school, or only those named."""
    schools, policies = tuple(schools), tuple(policies)
    before = made(old, schools, policies)
    # What was read from the same sources makes the same documents.
    alike = old.library == new.library
    return compared(before, replace(before, side=new) if alike else made(new, schools, policies))


def compared(before: Made, after: Made) -> Review:
    """Compare the documents of two versions that were asked for."""
    old, new = before.side, after.side
    found = Review(
        old.name,
        new.name,
        renamed=renamed_in(new.library),
        faults=(before.faults, after.faults),
    )
    single: list[Single] = []
    for key in dict.fromkeys((*after.documents, *before.documents)):
        if before.lacks(key) or after.lacks(key):
            continue
        first, second = before.documents.get(key), after.documents.get(key)
        found.documents[key] = (first, second)
        if first is None or second is None:
            continue
        if first is second or (first == second and _titled_alike(old, new, key)):
            continue
        comparer = Comparer(old.library, new.library, key, found.renamed)
        single += comparer.changes(first, second)
        found.renumbered[key] = frozenset(comparer.renumbered)
    found.changes = grouped(single, found.renamed)
    found.renewed = [key for key in found.documents if renewed(new.library, found, key)]
    found.signing = [
        key for key in found.documents if signing(old.library, new.library, found, key)
    ]
    found.amendments = list(moved_bases(old.library, new.library, found))
    found.likely_renamed = list(likely_renamed(old.library, new.library, found.renamed))
    found.not_compared = [line for side in (before, after) for line in side.stopped_lines]
    return found


def _titled_alike(old: Side, new: Side, key: Key) -> bool:
    """Whether the forms of a document have the same titles when they are printed alone."""
    before, after = (titles_of_forms(context_of(side.library, key)) for side in (old, new))
    return before == after
