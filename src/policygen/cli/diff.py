"""``policygen diff``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.diagnostics import as_text, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.diff import Differences, ReportFormat


@click.command(short_help="Show what changed between two versions.")
@click.argument("old")
@click.argument("new", required=False)
@options.source
@options.schools
@options.policies
@click.option(
    "--format",
    "formats",
    type=click.Choice(["html", "pdf", "docx", "md", "json"]),
    multiple=True,
    help="Write the report in this format; may be repeated. HTML by default.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/changes"),
    show_default=True,
    help="The folder to write into.",
)
@click.option(
    "--link", default="", metavar="ADDRESS", help="Where the whole report is, for the Markdown."
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if the documents differ.")
def diff(  # noqa: PLR0913, PLR0917 one parameter an option
    old: str,
    new: str | None,
    source: Path,
    schools: tuple[str, ...],
    policies: tuple[str, ...],
    formats: tuple[ReportFormat, ...],
    out: Path,
    link: str,
    exit_code: bool,  # noqa: FBT001 a flag of the command
) -> None:
    """Show what changed between two versions of the policies, for those who approve them.

    OLD and NEW are git revisions (a tag, a branch, a commit) or source folders; without
    NEW, the sources as they are now. The documents are compared, not the files: each
    clause that changed is told once, with the schools it changed at.

    \b
    Examples:
      policygen diff v2.0
      policygen diff v2.0 v2.1 --format html --format pdf
      policygen diff HEAD~3 --school alder-primary --format docx
      policygen diff origin/main --format md --exit-code
    """
    from policygen.diff import NothingToCompareError, differences, files  # noqa: PLC0415 dear
    from policygen.files import write_whole  # noqa: PLC0415 likewise
    from policygen.history import VersionError  # noqa: PLC0415 likewise
    from policygen.writers import RendererMissing, WordTemplateError  # noqa: PLC0415 likewise

    try:
        found = differences(old, new, source, schools, policies)
    except (VersionError, NothingToCompareError) as error:
        raise click.UsageError(str(error)) from error
    options.known("school", schools, found.names.all_schools)
    options.known("policy", policies, found.names.all_policies)
    sound = _tell(found)
    written = []
    try:
        for name, data in files(found, tuple(dict.fromkeys(formats or ("html",))), more=link):
            write_whole(out / name, data)
            written.append(name)
    except (OSError, RendererMissing, WordTemplateError) as error:
        raise click.ClickException(str(error)) from error
    _close(found, out, written)
    differs = exit_code and found.review.differs
    sys.exit(1 if differs or not sound else 0)


def _tell(found: Differences) -> bool:
    """Print what is wrong with either side; give whether nothing is."""
    sound = True
    for name, faults, texts in found.faults:
        errors = [fault for fault in faults if fault.is_error]
        if errors:
            sound = False
            click.echo(f"{name} has errors; what they stop is not compared:", err=True)
            click.echo(as_text(errors, texts), err=True)
    for what in found.review.not_compared:
        sound = False
        click.echo(f"Not compared: {what}", err=True)
    return sound


def _close(found: Differences, out: Path, written: list[str]) -> None:
    review = found.review
    if review.differs:
        click.echo(f"{'; '.join(_counts(found))}.")
    else:
        click.echo(found.unchanged)
    if written:
        click.echo(f"Wrote {plural(len(written), 'file')} into {out.as_posix()}/.")


def _counts(found: Differences) -> Iterator[str]:
    """Say how much differs: changes, numbers, whole documents."""
    review = found.review
    touched = {change.policy_id for change in review.changes}
    schools = {school for change in review.changes for school in change.schools}
    if review.changes:
        where = plural(len(touched), "policy")
        if None not in schools:  # the trust's own documents belong to no school
            where = f"{where} of {plural(len(schools), 'school')}"
        yield f"{plural(len(review.changes), 'change')} in {where}"
    if moved := sum(review.numbers_moved.values()):
        yield f"{plural(moved, 'number')} moved up or down"
    if lone := sum(None in pair for pair in review.documents.values()):
        yield f"{plural(lone, 'document')} only in one of the versions"
