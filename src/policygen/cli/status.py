"""``policygen status``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from policygen.cli import options
from policygen.diagnostics import json_text

if TYPE_CHECKING:
    import datetime as dt

    from policygen.model.library import Library
    from policygen.status import Row
    from policygen.survey import Survey


@click.command(short_help="Say how each policy of each school stands.")
@options.source
@options.as_of
@options.schools
@options.policies
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "ics"]),
    default="table",
    show_default=True,
    help="A table to read, CSV for a spreadsheet, JSON, or a calendar of reviews.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write, in place of printing.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if a review is overdue.")
def status(  # noqa: PLR0913, PLR0917 one parameter an option
    source: Path,
    as_of: dt.date,
    schools: tuple[str, ...],
    policies: tuple[str, ...],
    format_: Literal["table", "csv", "json", "ics"],
    out: Path | None,
    exit_code: bool,  # noqa: FBT001 a flag of the command
) -> None:
    """Say of each policy of each school: version, status, approval, adoption, next review,
    how many days are left, and what is missing.

    \b
    Examples:
      policygen status
      policygen status --school alder-primary --as-of 2027-09-01
      policygen status --format csv --out status.csv
      policygen status --format ics --out reviews.ics
      policygen status --exit-code      for a weekly reminder
    """
    from policygen.assemble.targets import Asked  # noqa: PLC0415 dear to load
    from policygen.status import rows, with_changes  # noqa: PLC0415 likewise
    from policygen.survey import survey  # noqa: PLC0415 likewise

    source = options.source_folder(source)
    asked = Asked(frozenset(schools), frozenset(policies), forms=False)
    library, report = survey(source, asked=asked)
    if library is None:
        options.tell(report, source)
        sys.exit(1)
    _check_names(library, schools, policies)
    found = [
        row
        for row in rows(library, report.targets, as_of)
        if row.policy_id or not schools or row.school_id in schools
    ]
    if format_ != "ics":
        found = list(with_changes(found, source, library, report.targets))
    _write(_printed(found, library, as_of, format_), out)
    _tell(report, source, {f"{row.school_id or 'trust'}/{row.policy_id}" for row in found})
    overdue = exit_code and any(row.overdue for row in found)
    sys.exit(1 if overdue or any(row.errors for row in found) else 0)


def _check_names(library: Library, schools: tuple[str, ...], policies: tuple[str, ...]) -> None:
    pairs = [name.partition("/") for name in library.unreadable]
    for option, given, folder, read in (
        ("school", schools, "schools", [*library.schools, "trust"]),
        ("policy", policies, "policies", [*library.policies]),
    ):
        unread = [name for root, _, name in pairs if root == folder and name]
        options.known(option, given, [*read, *unread])


def _printed(found: list[Row], library: Library, as_of: dt.date, format_: str) -> bytes:
    from policygen import status as stands  # noqa: PLC0415 dear to load

    match format_:
        case "csv":
            return stands.as_csv(found)
        case "json":
            return f"{json_text(stands.as_data(found, as_of))}\n".encode()
        case "ics":
            return stands.as_calendar(found, str(library.trust.name))
        case _:
            return stands.as_table(found).encode()


def _write(data: bytes, out: Path | None) -> None:
    from policygen.files import write_whole  # noqa: PLC0415 dear to load

    if out is None:
        click.echo(data, nl=False)
        return
    try:
        write_whole(out, data)
    except OSError as error:
        message = f"“{out}” can't be written: {error.strerror or error}"
        raise click.ClickException(message) from error
    click.echo(f"Wrote {out.as_posix()}.", err=True)


def _tell(report: Survey, source: Path, names: set[str]) -> None:
    """Print the errors of the documents that are listed, and of files."""
    report.diagnostics = [
        fault
        for fault in report.diagnostics
        if fault.is_error and (not fault.documents or names.intersection(fault.documents))
    ]
    options.tell(report, source)
