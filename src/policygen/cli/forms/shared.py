"""What the verbs of ``policygen forms`` share: a school, its list of people, its ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policygen.cli import options
from policygen.diagnostics import as_text, plural, summary

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from policygen.diagnostics import Diagnostic
    from policygen.ledger import Ledger, LedgerError
    from policygen.model.people import People, PersonKind
    from policygen.office import School
    from policygen.private import FolderName

KINDS = ("staff", "governor", "volunteer", "visitor", "supply", "contractor", "pupil")

school = click.argument("school_id", metavar="SCHOOL")
people = click.option(
    "--people",
    "people_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The list of people: CSV or .xlsx, with a row of headings.",
)
kind = click.option(
    "--as",
    "kind",
    type=click.Choice(KINDS),
    help="Everybody in the list is this, whatever the list says.",
)
forms = click.option(
    "--form", "forms", multiple=True, metavar="ID", help="Only this form; may be repeated."
)
by = click.option(
    "--by",
    type=click.Choice(["class", "department"]),
    help="Put together by this; pupils by class and others by department unless told.",
)
records = click.option(
    "--records",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the ledger; records/ beside the repository unless told.",
)
formats = click.option(
    "--format",
    "formats",
    type=click.Choice(["pdf", "docx"]),
    multiple=True,
    help="PDF by default; may be repeated.",
)
out = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into; packs/<school>/ beside the repository unless told.",
)
large_print = click.option("--large-print", is_flag=True, help="In letters of 18 points.")
inside_git = click.option(
    "--inside-git", is_flag=True, help="Let people's data be written inside a git repository."
)


def on(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add --on: the day of ``what``, today by default."""
    return click.option(
        "--on",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help=f"The day of {what}, as 2026-09-03; today by default.",
        callback=lambda _context, _option, value: value.date() if value else options.today(),
    )


def read_school(
    source: Path, school_id: str, forms: tuple[str, ...] = (), policies: tuple[str, ...] = ()
) -> School:
    """Read a school and its forms, or end with what is wrong."""
    from policygen.office import School, read_school  # noqa: PLC0415 dear to load

    source = _known_school(source, school_id)
    school = read_school(source, school_id)
    if not isinstance(school, School):
        _tell(school, {}, source)
        message = f"the files of “{school_id}” have errors; nothing was done"
        raise click.ClickException(message)
    _tell([d for d in school.diagnostics if d.is_error], school.texts, source)
    options.known("form", forms, [*(a.now.id for a in school.agreements), *school.lost])
    options.known("policy", policies, school.history)
    chosen = school.only(forms, policies)
    for name in chosen.lost:
        click.echo(f"The form “{name}” can't be given out: it has errors.", err=True)
    if not chosen.agreements:
        message = f"“{school_id}” has no form that could be signed for what was asked"
        raise click.ClickException(message)
    return chosen


def wordings_now(source: Path, school_id: str) -> dict[str, str]:
    """Give the fingerprints of a school's forms as they are worded now, as far as the sources
    can be read: sheets come back while a clause is being rewritten, too."""
    from policygen.office import School, read_school  # noqa: PLC0415 dear to load

    source = _known_school(source, school_id)
    school = read_school(source, school_id)
    if not isinstance(school, School) or school.lost:
        click.echo(
            "The sources have errors, so it can't be told of every sheet whether its wording is "
            "today's. policygen list shows them.",
            err=True,
        )
    forms = school.agreements if isinstance(school, School) else ()
    return {agreement.now.id: agreement.now.wording for agreement in forms}


def _known_school(source: Path, school_id: str) -> Path:
    source = options.source_folder(source)
    found = sorted(path.stem for path in (source / "schools").glob("*.yaml"))
    options.known("school", [school_id], found)
    return source


def read_people(school: School, path: Path, on: dt.date, kind: PersonKind | None) -> People:
    """Read a list of people and say what was found in it, naming rows and never people."""
    from policygen.office import read_list  # noqa: PLC0415 dear to load

    try:
        people = read_list(school, path, on, kind)
    except OSError as error:
        message = f"“{path}” can't be read: {error.strerror or error}"
        raise click.ClickException(message) from error
    if people.problems:
        click.echo(as_text(people.problems, {}), err=True)
    left = people.left_out
    told = [f"{plural(len(people.persons), 'person')} in {path.name}"]
    told += [f"{plural(left.leavers, 'leaver')} left out"] if left.leavers else []
    told += (
        [f"{plural(left.elsewhere, 'person')} of other schools left out"] if left.elsewhere else []
    )
    told += [f"{plural(left.unusable, 'row')} not used"] if left.unusable else []
    click.echo(f"{'; '.join(told)}.", err=True)
    if people.columns:
        sheet = f" (sheet “{people.sheet}”)" if people.sheet else ""
        click.echo(f"Read{sheet}: {people.columns_in_words}.", err=True)
    if not people.persons:
        message = "the list names nobody who could sign"
        raise click.ClickException(message)
    return people


def private(wanted: Path | None, name: FolderName, source: Path, *, inside_git: bool) -> Path:
    """Give a folder for people's data, or end where they must not be put."""
    from policygen.private import PrivateFolderError, private_folder  # noqa: PLC0415 as above

    try:
        return private_folder(
            wanted, name, source, inside_git=inside_git, build=source.parent / "build"
        )
    except PrivateFolderError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        message = f"“{wanted}” can't be used: {error.strerror or error}"
        raise click.ClickException(message) from error


def open_ledger(records: Path | None, source: Path, school_id: str, *, inside_git: bool) -> Ledger:
    """Give a school's ledger and tell of lines that can't be read."""
    from policygen.ledger import Ledger, LedgerError  # noqa: PLC0415 as above

    ledger = Ledger(private(records, "records", source, inside_git=inside_git), school_id)
    try:
        _, faults = ledger.read()
    except LedgerError as error:
        raise failed(error) from error
    if faults:
        click.echo(as_text(faults, {}), err=True)
    return ledger


def write_file(path: Path, data: bytes | Diagnostic) -> None:
    """Write a file whole, or end with why it can't be made or written."""
    from policygen.files import write_whole  # noqa: PLC0415 as above

    if not isinstance(data, bytes):
        raise click.ClickException(f"{data.message}. {data.hint}".rstrip())
    try:
        write_whole(path, data)
    except OSError as error:
        message = f"“{path}” can't be written: {error.strerror or error}"
        raise click.ClickException(message) from error


def failed(error: LedgerError) -> click.ClickException:
    """Give the end of a command whose ledger failed."""
    return click.ClickException(str(error))


def _tell(faults: Iterable[Diagnostic], texts: object, source: Path) -> None:
    found = list(faults)
    if found:
        lines = texts if isinstance(texts, dict) else {}
        click.echo(as_text(found, lines, prefix=f"{source.as_posix()}/"), err=True)
        click.echo(f"Found {summary(found)}.", err=True)
