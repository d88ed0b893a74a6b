"""Wordings known by their fingerprint, looked for in git."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from policygen.history import VersionError, commits_of, last_commit_of, revisions, source_at
from policygen.readers.library import read_library
from policygen.review.changes import compared
from policygen.review.made import Side, made
from policygen.review.shown import shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from policygen.review.made import Made
    from policygen.review.shown import Shown
    from policygen.versions.records import SchoolId


_OF_WORDS = frozenset({"wording", "answers", "conditions", "amendment", "law"})
"""Kinds of change that whoever signed or approved is told of: not who holds a post now."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of a policy at a school: the first digits of its fingerprint, or all."""

    school_id: SchoolId
    policy_id: str
    fingerprint: str


def wordings(
    source: Path, wanted: Mapping[Wording, dt.date], records: Iterable[str] = ()
) -> Iterator[tuple[Wording, Made]]:
    """Give wordings with the documents of the version of the sources that had them.

    They are looked for at the commits that changed the files in ``records`` (relative to
    the sources), at the days given, then at tags and the newest other commits. One that
    isn't found is left out, and all are without git or outside of it.
    """
    missing = dict.fromkeys(wanted)
    for revision in _revisions(source, wanted.values(), records):
        if not missing:
            return
        for wording, then in _at(revision, source, tuple(missing)):
            del missing[wording]
            yield wording, then


def side_at(revision: str, source: Path) -> Side | None:
    """Give the sources as they were at a revision; None where they can't be read."""
    try:
        with source_at(revision, source) as folder:
            library = read_library(folder).library
    except VersionError:
        return None
    return Side(revision, library) if library else None


def changes_of_words(then: Made, now: Made, policy_id: str) -> Iterator[Shown]:
    """Give what changed in the words of a policy, in its order, each with its excerpt."""
    return (
        one
        for one in shown(compared(then, now), policy_id)
        if one.change.kind in _OF_WORDS and one.blocks
    )


def _revisions(source: Path, days: Iterable[dt.date], records: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    try:
        for commit in _candidates(source, days, records):
            if commit and commit not in seen:
                seen.add(commit)
                yield commit
    except VersionError:
        return


def _candidates(source: Path, days: Iterable[dt.date], records: Iterable[str]) -> Iterator[str]:
    for name in records:
        yield from commits_of(source, name)
    for day in sorted(set(days), reverse=True):
        yield last_commit_of(source, day)
    for revision in islice(revisions(source), _MOST):
        yield revision.commit


_MOST = 30
"""Versions that are looked at besides: each is read whole."""


def _at(
    revision: str, source: Path, missing: tuple[Wording, ...]
) -> Iterator[tuple[Wording, Made]]:
    side = side_at(revision, source)
    if side is None:
        return
    library = side.library
    for policy_id in dict.fromkeys(wording.policy_id for wording in missing):
        if policy_id not in library.policies:
            continue
        of_policy = [wording for wording in missing if wording.policy_id == policy_id]
        schools = [wording.school_id or "trust" for wording in of_policy]
        then = made(side, schools, (policy_id,))
        for wording in of_policy:
            document = then.documents.get((wording.school_id, policy_id))
            digits = wording.fingerprint
            if document and digits and document.fingerprint.startswith(digits):
                yield wording, then
