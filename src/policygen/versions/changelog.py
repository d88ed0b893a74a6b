"""The changelog of a policy: its versions from git tags, else from its own history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.diagnostics import did_you_mean
from policygen.history import VersionError, tags
from policygen.model.texts import last_day
from policygen.readers.library import read_library
from policygen.versions.records import Changelog, NoSuchPolicyError, Version
from policygen.versions.state import entries_of
from policygen.versions.tagged import Reader

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.history import Tag
    from policygen.model.library import Library


def changelog(policy_id: str, source: Path, schools: tuple[str, ...] = ()) -> Changelog:
    """Give the versions of a policy, at all schools that have it or at these.

    They come from git tags; where no tag has the policy, from the policy's own history.
    Raises ``NoSuchPolicyError``.
    """
    reader = Reader(policy_id, frozenset(schools))
    for tag in _tags(source):
        reader.read(tag, source)
    if reader.versions:
        reader.check_schools()
        versions = reader.versions
    else:
        versions = _from_history(reader, source)
    return Changelog(policy_id, tuple(reversed(versions)), tuple(reader.skipped))


def _tags(source: Path) -> list[Tag]:
    try:
        return tags(source)
    except VersionError:  # without git there is still the policy's own history
        return []


def _from_history(reader: Reader, source: Path) -> list[Version]:
    """Give the versions that the sources as they are tell of, oldest first."""
    if not source.is_dir():
        message = f"there is no folder “{source}”: name the one with trust.yaml by --source"
        raise NoSuchPolicyError(message)
    library = read_library(source).library
    if library is None:
        message = f"“{source}” has no trust.yaml that can be read"
        raise NoSuchPolicyError(message)
    _check_policy(reader.policy_id, library)
    schools = reader.wanted(library)
    reader.check_schools()
    rows = entries_of(library, schools, reader.policy_id)
    rows.sort(key=lambda row: last_day(row.date))
    return [Version(row.number, row.date, (row.summary,)) for row in rows]


def _check_policy(policy_id: str, library: Library) -> None:
    if policy_id in library.policies:
        return
    if f"policies/{policy_id}" in library.unreadable:
        message = f"policies/{policy_id}.yaml has errors; policygen list shows them"
        raise NoSuchPolicyError(message)
    there = f"There are: {', '.join(library.policies) or 'none'}."
    hint = did_you_mean(policy_id, library.policies, there)
    message = f"there is no policy “{policy_id}”. {hint}"
    raise NoSuchPolicyError(message)
