"""``policygen forms outstanding``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.cli.forms import shared
from policygen.diagnostics import plural

if TYPE_CHECKING:
    import datetime as dt

    from policygen.model.people import PersonKind
    from policygen.office import Outstanding, School
    from policygen.signing.packs import Grouping


@click.command(short_help="List who has not signed what.")
@shared.school
@shared.people
@options.source
@shared.forms
@options.policies
@shared.by
@shared.kind
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "pdf", "docx"]),
    default="table",
    show_default=True,
    help="A table to read here, CSV for a spreadsheet, or a page to print.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; a page goes to packs/<school>/outstanding.pdf unless told.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything is outstanding.")
@shared.on("the list")
@shared.records
@shared.inside_git
def outstanding(  # noqa: PLR0913, PLR0917 one parameter an option
    school_id: str,
    people_file: Path | None,
    source: Path,
    forms: tuple[str, ...],
    policies: tuple[str, ...],
    by: Grouping | None,
    kind: PersonKind | None,
    format_: str,
    out: Path | None,
    exit_code: bool,  # noqa: FBT001 a flag of the command
    on: dt.date,
    records: Path | None,
    inside_git: bool,  # noqa: FBT001 likewise
) -> None:
    """List who has still to sign: never given a form, given one and not returned, or
    signed before a change that asks everybody to sign again.

    With --people, everybody in the list who ought to sign; without, everybody who was
    given a form. Signatures stay valid through editorial changes.

    \b
    Examples:
      policygen forms outstanding alder-primary
      policygen forms outstanding alder-primary --people staff.csv --format csv
      policygen forms outstanding alder-primary --format pdf
    """
    from policygen import office  # noqa: PLC0415 dear to load
    from policygen.ledger import LedgerError  # noqa: PLC0415 likewise

    school = shared.read_school(source, school_id, forms, policies)
    ledger = shared.open_ledger(records, source, school_id, inside_git=inside_git)
    people = shared.read_people(school, people_file, on, kind) if people_file else None
    try:
        entries, _ = ledger.read()
    except LedgerError as error:
        raise shared.failed(error) from error
    if not entries and people is None:
        click.echo(f"Nothing was issued yet: {ledger.path.as_posix()} is empty or not there.")
        sys.exit(0)
    found = office.outstanding(school, entries, people, by)
    target = out
    if target is not None:
        shared.private(target.parent, "packs", source, inside_git=inside_git)
    elif format_ in {"pdf", "docx"}:
        folder = shared.private(None, "packs", source, inside_git=inside_git)
        target = folder / school_id / f"outstanding.{format_}"
    _write(school, found, format_, target, on)
    _close(found)
    sys.exit(1 if exit_code and found.groups else 0)


def _write(
    school: School, found: Outstanding, format_: str, target: Path | None, on: dt.date
) -> None:
    from policygen import office  # noqa: PLC0415 dear to load

    data = office.outstanding_file(school, found, format_, on)
    if target is None:
        click.echo(data, nl=False)
    else:
        shared.write_file(target, data)
        click.echo(f"Wrote {target.as_posix()}.", err=True)


def _close(found: Outstanding) -> None:
    states = [standing.state for standing in found.standings]
    done = states.count("signed") + states.count("signed-earlier")
    missing = len(states) - done
    click.echo(f"{plural(missing, 'form')} outstanding, {done} of {len(states)} signed.", err=True)
    if again := states.count("again"):
        click.echo(f"{again} to be signed again after a material change.", err=True)
    if earlier := states.count("signed-earlier"):
        click.echo(f"{earlier} signed in an earlier wording that still holds.", err=True)
    if puzzling := sum(standing.unexplained for standing in found.standings):
        click.echo(
            f"{puzzling} signed in other words than today's though the policy's history tells "
            "no change; they count as signed. Give the history an entry, and say whether it is "
            "`material: true`.",
            err=True,
        )
    people = len({n.signer.key for n in found.gone})
    if people:
        are = "is" if people == 1 else "are"
        click.echo(f"{plural(people, 'person')} in the ledger {are} not in the list.", err=True)
