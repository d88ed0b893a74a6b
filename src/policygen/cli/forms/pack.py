"""``policygen forms pack``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.cli.forms import shared
from policygen.diagnostics import as_text, numbers_in_words, plural

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from policygen.ledger import Ledger
    from policygen.model.people import PersonKind
    from policygen.office import PackReport, PackRequest, School
    from policygen.request import BoundFormat
    from policygen.signing.packs import Grouping, Plan


@click.command(short_help="Make a form for each person, ready to print.")
@shared.school
@shared.people
@options.source
@shared.forms
@options.policies
@shared.out
@shared.formats
@click.option(
    "--blank",
    type=click.IntRange(min=0, max=500),
    default=0,
    metavar="N",
    help="Add so many spare blank ones of each form.",
)
@shared.by
@shared.kind
@click.option("--outstanding", is_flag=True, help="Only for those who have still to sign.")
@click.option("--single", is_flag=True, help="One file, in place of one for each group.")
@click.option("--one-sided", is_flag=True, help="For a printer that prints on one side only.")
@shared.large_print
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@shared.on("issue")
@shared.records
@shared.inside_git
@options.jobs
def pack(  # noqa: PLR0913, PLR0917 one parameter an option
    school_id: str,
    people_file: Path | None,
    source: Path,
    forms: tuple[str, ...],
    policies: tuple[str, ...],
    out: Path | None,
    formats: tuple[BoundFormat, ...],
    blank: int,
    by: Grouping | None,
    kind: PersonKind | None,
    outstanding: bool,  # noqa: FBT001 a flag of the command
    single: bool,  # noqa: FBT001 likewise
    one_sided: bool,  # noqa: FBT001 likewise
    large_print: bool,  # noqa: FBT001 likewise
    dry_run: bool,  # noqa: FBT001 likewise
    on: dt.date,
    records: Path | None,
    inside_git: bool,  # noqa: FBT001 likewise
    jobs: int | None,
) -> None:
    """Make one form a person, filled in as far as the list can, sorted to be handed out.

    There is a file for each class or department, one with the cover and the register,
    and one of spare forms. Each form has a code by which it is ticked off when it comes
    back. Without --people only spare forms are made.

    \b
    Examples:
      policygen forms pack alder-primary --people staff.csv --blank 10
      policygen forms pack alder-primary --people pupils.xlsx --by class --format docx
      policygen forms pack alder-primary --people staff.csv --outstanding
      policygen forms pack alder-primary --form guest-network --blank 50
    """
    from policygen.ahead import begin  # noqa: PLC0415 dear to load
    from policygen.request import default_jobs  # noqa: PLC0415 likewise

    if people_file is None and not blank:
        message = "name the list of people with --people, or ask for spare forms with --blank"
        raise click.UsageError(message)
    formats = tuple(dict.fromkeys(formats)) or ("pdf",)
    jobs = jobs or default_jobs()
    if jobs > 1 and not dry_run:
        begin(formats)
    from policygen.model.people import People  # noqa: PLC0415 dear to load
    from policygen.office import PackRequest, planned  # noqa: PLC0415 likewise

    school = shared.read_school(source, school_id, forms, policies)
    folder = shared.private(out, "packs", source, inside_git=inside_git)
    ledger = shared.open_ledger(records, source, school_id, inside_git=inside_git)
    request = PackRequest(
        source=source,
        on=on,
        out=folder if out else folder / school_id,
        formats=formats,
        by=by,
        wanted=forms if people_file else tuple(a.now.id for a in school.agreements),
        spare=blank,
        outstanding=outstanding,
        single=single,
        both_sides=not one_sided,
        large=large_print,
        jobs=jobs,
    )
    people = shared.read_people(school, people_file, on, kind) if people_file else People()
    whole = planned(school, people, ledger, request)
    _tell_plan(school, whole)
    sound = not any(problem.is_error for problem in people.problems)
    if not whole.sheets and not blank:
        click.echo("There is nothing to print.")
    elif not dry_run:
        sound = _make(school, whole, ledger, request) and sound
    sys.exit(0 if sound and not school.lost else 1)


def _tell_plan(school: School, whole: Plan) -> None:
    """Say what goes to whom, in numbers."""
    from policygen.signing.audiences import filled_up, years_in_words  # noqa: PLC0415 dear to load

    callings = filled_up({a.now.id: a.calling for a in school.agreements})
    for agreement in school.agreements:
        count = sum(sheet.agreement is agreement for sheet in whole.sheets)
        if count:
            years = years_in_words(callings[agreement.now.id].years)
            told = f" ({years})" if years else ""
            mark = agreement.document.mark
            click.echo(
                f"  {agreement.now.id}{told}: {plural(count, 'sheet')}{mark and f', marked {mark}'}"
            )
    for agreement in whole.on_request:
        click.echo(
            f"  {agreement.now.id}: none, for it goes with one device or account; "
            f"ask for it with --form {agreement.now.id}"
        )
    if whole.unasked:
        rows = [row for person in whole.unasked for row in person.rows]
        click.echo(
            f"No form is for {plural(len(whole.unasked), 'person')} of the list: "
            f"{'row' if len(rows) == 1 else 'rows'} {numbers_in_words(rows)}.",
            err=True,
        )


def _make(school: School, whole: Plan, ledger: Ledger, request: PackRequest) -> bool:
    from policygen.ledger import LedgerError  # noqa: PLC0415 dear to load

    try:
        report = _with_progress(school, whole, ledger, request)
    except LedgerError as error:
        raise shared.failed(error) from error
    except OSError as error:
        message = f"“{error.filename or request.out}” can't be written: {error.strerror or error}"
        raise click.ClickException(message) from error
    if report.diagnostics:
        click.echo(as_text(report.diagnostics, {}), err=True)
    _tell_written(report, ledger, request)
    for name in report.left_over:
        click.echo(f"{name} is left from an earlier pack.", err=True)
    return report.sound


def _tell_written(report: PackReport, ledger: Ledger, request: PackRequest) -> None:
    sheets = len(report.plan.sheets)
    made = [plural(sheets, "sheet")] if sheets else []
    made += [plural(report.spare, "spare form")] if report.spare else []
    if report.written:
        click.echo(
            f"Wrote {' and '.join(made)} in {plural(len(report.written), 'file')} "
            f"into {request.out.as_posix()}/. Start at {report.written[0]}"
        )
    if sheets:
        click.echo(f"What was issued is in {ledger.path.as_posix()}.")


def _with_progress(school: School, whole: Plan, ledger: Ledger, request: PackRequest) -> PackReport:
    from policygen import office  # noqa: PLC0415 dear to load

    with options.progress("Printing") as progress:
        return office.pack(school, whole, ledger, request, progress)
