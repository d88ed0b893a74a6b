"""How policies stand, as a table for a terminal, as CSV and as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.wording import day_with_preposition
from policygen.contents import DUE_SOON_DAYS
from policygen.diagnostics import plural, wrapped
from policygen.writers.sheets import csv_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from policygen.status.rows import Row

WIDTH = 100
"""Characters of a line of the table."""

_COLUMNS = (
    ("policy", 28),
    ("version", 7),
    ("status", 16),
    ("approved", 10),
    ("adopted", 10),
    ("next review", 11),
    ("days", 4),
)
"""The columns of the table and their widths; two blanks stand between them."""

CSV_HEADER = (
    "school",
    "school_name",
    "policy",
    "title",
    "version",
    "status",
    "draft_reason",
    "approved",
    "approved_by",
    "approved_version",
    "approved_minute",
    "adopted",
    "adopted_by",
    "next_review",
    "days_left",
    "missing",
)
"""The columns of the CSV."""


def as_table(found: Sequence[Row]) -> str:
    """Give the rows school by school in columns, what is missing under each, then the approvals
    and how many there are of what."""
    lines: list[str] = []
    for school_id in dict.fromkeys(row.school_id for row in found):
        there = [row for row in found if row.school_id == school_id]
        lines.append(_cut(f"{there[0].school} ({school_id or 'trust'})", WIDTH))
        lines.append(_columns([name for name, _ in _COLUMNS]))
        for row in there:
            lines += _told(row)
        lines.append("")
    lines += _approvals(found)
    lines.append(counts(found))
    return "\n".join(lines) + "\n"


def _told(row: Row) -> Iterator[str]:
    approved = row.approved
    yield _columns(
        [
            row.policy_id,
            row.version,
            row.status or "has errors",
            f"{approved.on}" if approved else "",
            str(row.adopted or ""),
            str(row.next_review or ""),
            "" if row.days_left is None else str(row.days_left),
        ]
    )
    if row.missing:
        yield from wrapped("; ".join(row.missing), WIDTH, "    ! ", "      ")


def _columns(cells: Sequence[str]) -> str:
    parts = [
        cell.rjust(width) if name == "days" else _cut(cell, width).ljust(width)
        for cell, (name, width) in zip(cells, _COLUMNS, strict=True)
    ]
    return f"  {'  '.join(parts)}".rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _approvals(found: Iterable[Row]) -> Iterator[str]:
    """Give a line for each approval that rows have, with how many schools have it."""
    groups: dict[str, dict[bool, int]] = {}
    for row in found:
        if row.approved:
            each = row.approved
            by = f" by {each.by}" if each.by else ""
            minute = f" ({each.minute})" if each.minute else ""
            version = f" {each.version}" if each.version else ""
            name = f"{row.policy_id}{version}{by} {day_with_preposition(each.on)}{minute}"
            group = groups.setdefault(name, {True: 0, False: 0})
            group[each.current] += 1
    if groups:
        yield "Approved"
    for name, group in groups.items():
        line = f"{name}: {plural(group[True] + group[False], 'document')}"
        if group[False]:
            line += f", {group[False] if group[True] else 'all'} with other wording since"
        yield from wrapped(line, WIDTH, "  ", "    ")
    if groups:
        yield ""


def counts(found: Sequence[Row]) -> str:
    """Say how many documents there are, of which status, and how many reviews are due."""
    documents = [row for row in found if row.policy_id]
    statuses: dict[str, int] = {}
    for row in documents:
        name = row.status.lower() or "with errors"
        statuses[name] = statuses.get(name, 0) + 1
    overdue = sum(row.overdue for row in documents)
    soon = sum(
        row.days_left is not None and 0 <= row.days_left <= DUE_SOON_DAYS for row in documents
    )
    parts = [f"{count} {name}" for name, count in sorted(statuses.items())]
    told = [f"{plural(len(documents), 'document')}: {', '.join(parts)}"] if parts else []
    told = told or ["There is no document"]
    told += [f"{plural(overdue, 'review')} overdue"] if overdue else []
    told += [f"{plural(soon, 'review')} due within {DUE_SOON_DAYS} days"] if soon else []
    return f"{'; '.join(told)}."


def as_csv(found: Iterable[Row]) -> bytes:
    """Give the rows as CSV that a spreadsheet opens and doesn't run."""
    return csv_text(CSV_HEADER, ([_shown(cell) for cell in _cells(row)] for row in found))


def _cells(row: Row) -> tuple[object, ...]:
    approved = row.approved
    return (
        row.school_id or "trust",
        row.school,
        row.policy_id,
        row.title,
        row.version,
        row.status,
        row.reason,
        approved.on if approved else None,
        approved.by if approved else None,
        approved.version if approved else None,
        approved.minute if approved else None,
        row.adopted,
        row.adopted_by,
        row.next_review,
        row.days_left,
        "; ".join(row.missing),
    )


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)


def as_data(found: Iterable[Row], as_of: dt.date) -> dict[str, object]:
    """Give the rows for programs; the keys are described in docs/reference/command.md."""
    return {"as_of": str(as_of), "documents": [_record(row) for row in found]}


def _record(row: Row) -> dict[str, object]:
    approved = row.approved
    return {
        "school": row.school_id,
        "school_name": row.school,
        "policy": row.policy_id or None,
        "title": row.title or None,
        "version": row.version or None,
        "status": row.status or None,
        "draft_reason": row.reason or None,
        "approved": {
            "on": str(approved.on),
            "by": approved.by or None,
            "version": approved.version or None,
            "minute": approved.minute or None,
            "current": approved.current,
        }
        if approved
        else None,
        "adopted": str(row.adopted) if row.adopted else None,
        "adopted_by": row.adopted_by or None,
        "next_review": str(row.next_review) if row.next_review else None,
        "due": str(row.due) if row.due else None,
        "days_left": row.days_left,
        "overdue": row.overdue,
        "missing": list(row.missing),
        "errors": row.errors,
    }
