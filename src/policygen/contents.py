"""What the page of contents of a build folder says: of each document there is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from policygen.assemble.facts import DUE_SOON_DAYS
from policygen.assemble.policy import DEFAULT_COLOUR
from policygen.request import FORMAT_NAMES, FORMATS
from policygen.writers.index import Index, IndexEntry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from policygen.manifest import Record
    from policygen.model.library import Library
    from policygen.request import Request


def index_of(library: Library, records: Iterable[Record], request: Request) -> Index:
    """Give the contents of the folder built into, as of the day asked for."""
    trust = library.trust
    logo = library.assets.get(str(trust.logo)) if trust.logo is not None else None
    entries = tuple(
        _entry(record, request.as_of, request.out)
        for record in records
        if record.content or record.failed
    )
    colour = str(trust.colour or DEFAULT_COLOUR)
    return Index(str(trust.name), colour, request.as_of, logo, entries)


def _entry(record: Record, as_of: dt.date, out: Path) -> IndexEntry:
    due = dt.date.fromisoformat(record.next_review_on) if record.next_review_on else None
    overdue = is_overdue(due, as_of)
    days = (due - as_of).days if due else None
    reason = record.reason if record.kind == "policy" else ""
    return IndexEntry(
        school_id=record.school or "trust",
        school=record.school_name,
        kind=record.kind,
        title=record.title or record.id,
        version=record.version or "",
        status=record.status or "",
        adopted=record.adopted,
        next_review=record.next_review,
        next_review_on=due,
        overdue=overdue,
        due_soon=not overdue and days is not None and days <= DUE_SOON_DAYS,
        draft_reason=(
            "It could not be built; what stands here is older." if record.failed else reason
        ),
        links=tuple(
            (FORMAT_NAMES[format_], f"{record.name}.{format_}")
            for format_ in FORMATS
            if (out / f"{record.name}.{format_}").is_file()
        ),
    )


def is_overdue(due: dt.date | None, as_of: dt.date) -> bool:
    """Whether a review has passed."""
    return due is not None and due < as_of
