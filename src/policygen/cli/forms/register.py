"""``policygen forms register``."""

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
    from policygen.request import BoundFormat
    from policygen.signing.packs import Grouping


@click.command(short_help="Make one sheet that everybody signs.")
@shared.school
@click.option(
    "--people",
    "people_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The list of people: CSV or .xlsx, with a row of headings.",
)
@options.source
@click.option("--form", metavar="ID", help="The form that is signed; the one for most of the list.")
@shared.by
@shared.kind
@shared.formats
@shared.out
@shared.large_print
@shared.on("the list")
@shared.inside_git
def register(  # noqa: PLR0913, PLR0917 one parameter an option
    school_id: str,
    people_file: Path,
    source: Path,
    form: str | None,
    by: Grouping | None,
    kind: PersonKind | None,
    formats: tuple[BoundFormat, ...],
    out: Path | None,
    large_print: bool,  # noqa: FBT001 a flag of the command
    on: dt.date,
    inside_git: bool,  # noqa: FBT001 likewise
) -> None:
    """Make a register: what is agreed to, then a row for each person with room to sign.

    For a staff meeting. Signatures on a register are not in the ledger.

    \b
    Examples:
      policygen forms register alder-primary --people staff.csv
      policygen forms register alder-primary --people staff.csv --form staff-agreement
    """
    from policygen import office  # noqa: PLC0415 dear to load
    from policygen.work import Task, rendered_here  # noqa: PLC0415 likewise
    from policygen.writers.theme import Theme  # noqa: PLC0415 likewise

    school = shared.read_school(source, school_id, (form,) if form else ())
    folder = shared.private(out, "packs", source, inside_git=inside_git)
    people = shared.read_people(school, people_file, on, kind)
    document = office.register(school, people, form, by, on)
    if document is None:
        message = "no form of the school is for anybody in the list"
        raise click.ClickException(message)
    theme = Theme(word_template=school.library.word_template, large_print=large_print)
    target = folder if out else folder / school_id
    names = []
    for format_ in dict.fromkeys(formats or ("pdf",)):
        names.append(f"register.{format_}")
        shared.write_file(
            target / names[-1], rendered_here(Task("register", document, format_), theme)
        )
    click.echo(f"Wrote {plural(len(names), 'file')} into {target.as_posix()}/: {', '.join(names)}")
    sys.exit(1 if any(problem.is_error for problem in people.problems) else 0)
