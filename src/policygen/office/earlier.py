"""The wordings that people signed, found in git, and what changed from them to today's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.document import Clause, Quote, Text
from policygen.history import VersionError, last_commit_of, source_at, tags
from policygen.readers.library import read_library
from policygen.review.changes import compared
from policygen.review.made import Side, made
from policygen.review.shown import shown
from policygen.signing.entries import WORDING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from policygen.office.schools import School
    from policygen.review.made import Made
    from policygen.signing.standing import Standing

_OF_WORDS = frozenset({"wording", "answers", "conditions", "amendment", "law"})
"""Kinds of change that somebody who signs is told of: not who holds a post now."""

Wording = tuple[str, str]
"""A policy and the fingerprint of a wording of it, as ledgers have it."""


def changes_since(
    school: School, source: Path, standings: Iterable[Standing]
) -> Mapping[Wording, tuple[Clause, ...]]:
    """Give what changed in the policies since each wording that has to be signed again.

    Wordings are looked for at the days on which their forms were given out, then at tags.
    One that isn't found, as outside git, is left out.
    """
    wanted: dict[Wording, dt.date] = {}
    for standing in standings:
        entry = standing.entry
        if standing.state == "again" and entry is not None and entry.policy:
            wanted[entry.policy, entry.wording] = entry.on
    if not wanted:
        return {}
    found: dict[Wording, tuple[Clause, ...]] = {}
    today = Side("today", school.library)
    now = {policy: made(today, (school.id,), (policy,)) for policy, _ in wanted}
    for revision in _revisions(source, wanted.values()):
        missing = [wording for wording in wanted if wording not in found]
        if not missing:
            break
        for policy, then in _at(revision, source, school.id, {policy for policy, _ in missing}):
            document = then.documents.get((school.id, policy))
            wording = (policy, document.fingerprint[:WORDING] if document else "")
            if wording in missing:
                found[wording] = _told(then, now[policy], policy)
    return found


def _revisions(source: Path, days: Iterable[dt.date]) -> Iterator[str]:
    seen: set[str] = set()
    try:
        for day in sorted(set(days), reverse=True):
            commit = last_commit_of(source, day)
            if commit and commit not in seen:
                seen.add(commit)
                yield commit
        for tag in reversed(tags(source)):
            if tag.commit not in seen:
                seen.add(tag.commit)
                yield tag.commit
    except VersionError:
        return  # without git, or outside of it, there is nothing earlier


def _at(
    revision: str, source: Path, school_id: str, policies: Iterable[str]
) -> Iterator[tuple[str, Made]]:
    try:
        with source_at(revision, source) as folder:
            library = read_library(folder).library
    except VersionError:
        return
    if library is None or school_id not in library.schools:
        return
    for policy in policies:
        if policy in library.policies:
            yield policy, made(Side(revision, library), (school_id,), (policy,))


def _told(then: Made, now: Made, policy: str) -> tuple[Clause, ...]:
    """Give each change of the rules under its title, with what is new and gone marked."""
    return tuple(
        Clause(one.change.unit, (Text(one.change.title),), (Quote(one.blocks),), counted=False)
        for one in shown(compared(then, now), policy)
        if one.change.kind in _OF_WORDS and one.blocks
    )
