"""``policygen list``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.diagnostics import json_text

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from policygen.assemble.targets import Target


@click.command("list", short_help="List schools, policies and forms.")
@options.source
@options.as_of
@options.as_strict
@options.as_json
def list_(
    source: Path,
    as_of: dt.date,
    strict: bool,  # noqa: FBT001 a flag
    as_json: bool,  # noqa: FBT001 likewise
) -> None:
    """List what there is: schools, their policies and forms, with status and review date.

    \b
    Examples:
      policygen list
      policygen list --as-of 2027-09-01
      policygen list --strict           check everything and write nothing
      policygen list --json
    """
    from policygen.contents import is_overdue  # noqa: PLC0415 dear to load
    from policygen.survey import survey  # noqa: PLC0415 likewise

    source = options.source_folder(source)
    library, found = survey(source, as_errors=strict)
    if as_json:
        rows = [
            {
                **options.as_record(target),
                "next_review": target.next_review or None,
                "overdue": is_overdue(target.next_review_on, as_of),
                "errors": sum(d.is_error for d in target.diagnostics),
            }
            for target in found.targets
        ]
        click.echo(json_text(rows))
        sys.exit(0 if found.sound else 1)
    if library is not None:
        for school_id in (*library.schools, None):
            listed = [target for target in found.targets if target.school_id == school_id]
            if school_id is None and not listed:
                continue
            name = library.schools[school_id].name if school_id else library.trust.name
            click.echo(f"{name} ({school_id or 'trust'})")
            _print(listed, [is_overdue(target.next_review_on, as_of) for target in listed])
    options.tell(found, source)
    sys.exit(0 if found.sound else 1)


def _print(listed: list[Target], overdue: list[bool]) -> None:
    """Print the rows of one school, in columns."""
    rows = [
        (
            target.kind,
            target.id,
            target.document.version if target.document else "",
            _status(target),
            _review(target, late=late),
        )
        for target, late in zip(listed, overdue, strict=True)
    ]
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(5)]
    for row in rows:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        click.echo(f"  {'  '.join(cells)}".rstrip())
    click.echo()


def _status(target: Target) -> str:
    if not target.sound:
        return "has errors"
    return target.document.status if target.document else ""


def _review(target: Target, *, late: bool) -> str:
    if not target.next_review:
        return "" if target.kind == "form" else "no review date"
    return f"review {target.next_review}{', overdue' if late else ''}"
