"""A changelog for a terminal, as Markdown and as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.wording import day_in_words, listing
from policygen.review.markdown import as_written
from policygen.versions.records import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.versions.records import Changed, Changelog, Version


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
    parts = [f"# {as_written(_title(found))}"]
    for version in found.versions:
        parts.append(f"## {as_written(_heading(version))}")
        parts += map(as_written, _told(version))
        for action, titles in _by_action(version):
            items = "\n".join(f"- {as_written(title)}" for title in titles)
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
