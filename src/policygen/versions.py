"""The versions of a policy, with the clauses that each changed: from git tags or its history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from policygen.assemble.context import Context
from policygen.assemble.fill import Filler
from policygen.assemble.policy import assemble_policy
from policygen.assemble.wording import day_in_words, humanised, listing
from policygen.diagnostics import did_you_mean
from policygen.history import VersionError, source_at, tags
from policygen.model.texts import last_day
from policygen.readers.library import read_library
from policygen.review.changes import Side, review
from policygen.review.words import Names

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from policygen.document import Document
    from policygen.history import Tag
    from policygen.model.library import Library
    from policygen.model.texts import Month
    from policygen.review.changes import Change

SchoolId: TypeAlias = str | None
"""A school; None is the trust itself."""

ACTIONS = ("added", "removed", "reworded", "moved")
_ACTIONS = dict(zip(("added", "removed", "changed", "moved"), ACTIONS, strict=True))
_DATA = frozenset({"values", "law", "presentation"})
"""Kinds of change that leave the rules as they were."""


class NoSuchPolicyError(Exception):
    """A policy or school that no version has, or sources that can't be read."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause or other part that a version changed; ``title`` begins with its number.

    ``was`` is the number it had before, where that is another; ``where`` says at which
    schools, "" where at all.
    """

    action: str
    unit: str
    title: str
    was: str
    schools: tuple[SchoolId, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a policy.

    ``tag`` is "" for one of the policy's own history. ``changes`` is None where there is
    nothing to compare with: the first version, and those of a history. ``unread`` are the
    schools whose document had errors then.
    """

    number: str
    date: dt.date | Month
    summaries: tuple[str, ...]
    tag: str = ""
    changes: tuple[Changed, ...] | None = None
    ended: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changelog:
    """The versions of a policy, newest first; ``skipped`` are tags that could not be read."""

    policy_id: str
    versions: tuple[Version, ...]
    skipped: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the policy is called."""
        return humanised(self.policy_id)

    @property
    def tagged(self) -> bool:
        """Whether the versions are those of git tags."""
        return any(version.tag for version in self.versions)


def changelog(policy_id: str, source: Path, schools: tuple[str, ...] = ()) -> Changelog:
    """Give the versions of a policy, at all schools that have it or at these.

    They come from git tags; where no tag has the policy, from the policy's own history.
    Raises ``NoSuchPolicyError``.
    """
    reader = _Reader(policy_id, frozenset(schools))
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


# One version of the sources ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of a policy's version history."""

    number: str
    date: dt.date | Month
    summary: str


@dataclass(frozen=True, slots=True)
class _State:
    """A policy at a tag: its documents, and the schools at which it has errors."""

    side: Side
    policy_id: str
    documents: dict[SchoolId, Document]
    unread: tuple[SchoolId, ...]

    @property
    def numbers(self) -> list[str]:
        """The versions that the documents say they are: one, unless a school has its own."""
        numbers = dict.fromkeys(document.version for document in self.documents.values())
        return [number for number in numbers if number]

    @property
    def entries(self) -> list[_Entry]:
        """The rows of the version history; one that schools print differently, each way."""
        return _entries(self.side.library, self.documents, self.policy_id)

    def same_as(self, other: _State) -> bool:
        """Whether version and wording are the same wherever both have a document."""
        return all(
            (document.version, document.fingerprint) == (before.version, before.fingerprint)
            for school_id, document in self.documents.items()
            if (before := other.documents.get(school_id))
        )


def _having(library: Library, policy_id: str) -> list[SchoolId]:
    """Give the schools that have a policy; the trust where it is a policy of its own."""
    policy = library.policies.get(policy_id)
    if policy and policy.level == "trust":
        return [None]
    return [name for name, school in library.schools.items() if policy_id in school.policies]


def _entries(library: Library, schools: Iterable[SchoolId], policy_id: str) -> list[_Entry]:
    found: dict[_Entry, None] = {}
    for school_id in schools:
        context = Context(library, school_id, policy_id)
        filler = Filler(context)
        for row in context.policy_field("history") or ():
            found[_Entry(str(row.version), row.date, filler.plain(row.summary))] = None
    return list(found)


# From tags -----------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    """Goes through the tags, oldest first, and keeps each at which the policy changed.

    ``having`` are the schools that have, or had, the policy.
    """

    policy_id: str
    schools: frozenset[str]
    versions: list[Version] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    having: dict[str, None] = field(default_factory=dict)
    _before: _State | None = None
    _tree: str = ""

    def read(self, tag: Tag, source: Path) -> None:
        """Look at the sources at a tag."""
        if tag.tree == self._tree:
            return
        self._tree = tag.tree
        with source_at(tag.commit, source) as folder:
            library = read_library(folder).library
        if library is None:
            self.skipped.append(f"{tag.name} has no trust.yaml that can be read")
            return
        now = self._state(Side(tag.name, library))
        if now.unread and not now.documents:
            self.skipped.append(f"{tag.name} has errors in this policy")
            return
        version = self._version(tag, now)
        if version:
            self.versions.append(version)
        self._before = now

    def wanted(self, library: Library) -> list[SchoolId]:
        """Give the schools asked for that have the policy."""
        having = _having(library, self.policy_id)
        self.having.update(dict.fromkeys(name or "trust" for name in having))
        return [name for name in having if not self.schools or (name or "trust") in self.schools]

    def check_schools(self) -> None:
        """End where a school was asked for that never had the policy."""
        for school in sorted(self.schools - self.having.keys()):
            there = f"These have it: {', '.join(self.having) or 'none'}."
            hint = did_you_mean(school, self.having, there)
            message = f"no school “{school}” has the policy “{self.policy_id}”. {hint}"
            raise NoSuchPolicyError(message)

    def _state(self, side: Side) -> _State:
        documents: dict[SchoolId, Document] = {}
        unread: list[SchoolId] = []
        for school_id in self.wanted(side.library):
            document = _document(side.library, school_id, self.policy_id)
            if document:
                documents[school_id] = document
            else:
                unread.append(school_id)
        return _State(side, self.policy_id, documents, tuple(unread))

    def _version(self, tag: Tag, now: _State) -> Version | None:
        """Give the version that a tag is; None where the policy is as it was, or not there."""
        before = self._before
        said = (tag.message,) if tag.message else ()
        if not now.documents:
            if before is None or not before.documents:
                return None
            return Version(listing(before.numbers), tag.date, said, tag.name, ended=True)
        if before and not before.documents.keys() & now.documents.keys():
            before = None
        if before and now.same_as(before):
            return None
        rows = _new_entries(before, now)
        return Version(
            listing(now.numbers),
            next((row.date for row in rows if row.number in now.numbers), tag.date),
            tuple(row.summary for row in rows) or said,
            tag.name,
            tuple(_changes(before, now)) if before else None,
            unread=tuple(Names(now.side.library, now.side.library).school(s) for s in now.unread),
        )


def _document(library: Library, school_id: SchoolId, policy_id: str) -> Document | None:
    """Give a document that has no error."""
    if policy_id not in library.policies:
        return None
    made = assemble_policy(library, school_id, policy_id)
    return None if any(fault.is_error for fault in made.diagnostics) else made.document


def _new_entries(before: _State | None, now: _State) -> list[_Entry]:
    """Give the rows of the history that tell of this version."""
    own = [row for row in now.entries if row.number in now.numbers]
    if before is None:
        return own
    told = {row.number for row in before.entries}
    fresh = [row for row in now.entries if row.number not in told]
    return fresh or (own if now.numbers != before.numbers else [])


def _changes(before: _State, now: _State) -> Iterator[Changed]:
    """Give what a version changed: what was added first, each in the document's order."""
    both = [name for name in now.documents if name in before.documents]
    schools = [name or "trust" for name in both]
    found = review(before.side, now.side, schools, (now.policy_id,))
    names = Names(before.side.library, now.side.library)
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in found.changes:
        if change.kind not in _DATA:
            action = _ACTIONS[change.action]
            groups.setdefault((action, change.unit), []).append(change)
    for (action, unit), changes in sorted(groups.items(), key=lambda g: ACTIONS.index(g[0][0])):
        first = changes[0]
        having = {name for change in changes for name in change.schools}
        at = tuple(name for name in both if name in having)
        where = "" if len(at) == len(both) else names.schools(found, now.policy_id, at)
        yield Changed(action, unit, first.title, first.was, at, where)


# From the policy's own history -----------------------------------------------------


def _from_history(reader: _Reader, source: Path) -> list[Version]:
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
    rows = _entries(library, schools, reader.policy_id)
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


# Printed ---------------------------------------------------------------------------

_MARKED = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|~#"})


def as_text(found: Changelog) -> str:
    """Give a changelog for a terminal."""
    lines = [_title(found)]
    for version in found.versions:
        lines += ["", _heading(version)]
        lines += [f"  {line}" for line in _told(version)]
        for action, titles in _by_action(version):
            lines.append(f"  {action.capitalize()}:")
            lines += [f"    {title}" for title in titles]
    return "\n".join(lines) + "\n"


def as_markdown(found: Changelog) -> str:
    """Give a changelog as a page of Markdown."""
    parts = [f"# {_plain(_title(found))}"]
    for version in found.versions:
        parts.append(f"## {_plain(_heading(version))}")
        parts += map(_plain, _told(version))
        for action, titles in _by_action(version):
            items = "\n".join(f"- {_plain(title)}" for title in titles)
            parts.append(f"{action.capitalize()}:\n\n{items}")
    return "\n\n".join(parts) + "\n"


def as_data(found: Changelog) -> dict[str, object]:
    """Give a changelog for programs; the keys are described in docs/reference/command.md."""
    return {
        "policy": found.policy_id,
        "from": "tags" if found.tagged else "history",
        "versions": [
            {
                "version": version.number or None,
                "tag": version.tag or None,
                "date": str(version.date),
                "summaries": list(version.summaries),
                "ended": version.ended,
                "changes": None
                if version.changes is None
                else [
                    {
                        "action": change.action,
                        "unit": change.unit,
                        "title": change.title,
                        "was": change.was or None,
                        "schools": list(change.schools),
                    }
                    for change in version.changes
                ],
                "not_compared": list(version.unread),
            }
            for version in found.versions
        ],
        "skipped": list(found.skipped),
    }


def _title(found: Changelog) -> str:
    if not found.versions:
        return f"{found.name}: no git tag has it, and it has no `history:`"
    where = "at git tags" if found.tagged else "in its own history, as no git tag has it"
    return f"{found.name}: versions {where}, newest first"


def _heading(version: Version) -> str:
    tag = f" (tag {version.tag})" if version.tag else ""
    number = version.number or "No version number"
    return f"{number}, {day_in_words(version.date)}{tag}"


def _told(version: Version) -> Iterator[str]:
    """Give what is said of a version before the clauses it changed."""
    yield from version.summaries
    if version.ended:
        yield "The policy is no longer there."
    elif version.tag and version.changes is None:
        yield "The first version that has a tag."
    elif version.changes == ():
        yield "No clause has other words."
    if version.unread:
        yield f"Not compared, as it has errors there: {listing(version.unread)}."


def _by_action(version: Version) -> Iterator[tuple[str, list[str]]]:
    for action in ACTIONS:
        titles = [_line(each) for each in version.changes or () if each.action == action]
        if titles:
            yield action, titles


def _line(change: Changed) -> str:
    was = f"was {change.was}" if change.was else ""
    notes = ", ".join(note for note in (was, change.where) if note)
    return f"{change.title} ({notes})" if notes else change.title


def _plain(words: str) -> str:
    """Give words that Markdown prints as they are."""
    return words.translate(_MARKED)
