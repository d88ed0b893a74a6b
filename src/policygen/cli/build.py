"""``policygen build``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.diagnostics import as_json, json_text, plural

if TYPE_CHECKING:
    import datetime as dt

    from policygen.build import Report, Request
    from policygen.work import Format


@click.command(short_help="Build the documents.")
@options.source
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder to build into.",
)
@options.schools
@options.policies
@click.option(
    "--format",
    "formats",
    type=click.Choice(["html", "pdf", "docx"]),
    multiple=True,
    help="Only this format; may be repeated.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes work; as many as there are processors by default.",
)
@options.as_of
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder whose files take the place of our templates of the same name.",
)
@options.as_strict
@options.as_json
def build(  # noqa: PLR0913, PLR0917 one parameter an option
    source: Path,
    out: Path,
    schools: tuple[str, ...],
    policies: tuple[str, ...],
    formats: tuple[Format, ...],
    jobs: int | None,
    as_of: dt.date,
    templates: Path | None,
    strict: bool,  # noqa: FBT001 a flag of the command
    as_json: bool,  # noqa: FBT001 likewise
) -> None:
    """Build every policy and form of every school, as HTML, PDF and Word.

    The documents are put into OUT/<school>/, forms on their own into
    OUT/<school>/forms/, the trust's own documents into OUT/trust/; OUT/index.html
    lists them all. A document with an error is not written, and the older one stays.

    \b
    Examples:
      policygen build
      policygen build --school alder-primary --format pdf
      policygen build --policy social-media --out drafts --strict
    """
    from policygen import build as building  # noqa: PLC0415 dear to load
    from policygen import work  # noqa: PLC0415 likewise

    source = options.source_folder(source)
    keep_apart(source, out)
    request = building.Request(
        source=source,
        out=out,
        as_of=as_of,
        schools=schools,
        policies=policies,
        formats=tuple(f for f in work.FORMATS if not formats or f in formats),
        jobs=jobs or work.default_jobs(),
        strict=strict,
        templates=templates.resolve() if templates else None,
    )
    options.known_in(source, schools, policies)
    report = _with_progress(request, quiet=as_json)
    if as_json:
        click.echo(json_text(_as_data(report)))
    else:
        options.tell(report, source)
        _close(report, request)
    sys.exit(0 if report.sound else 1)


def keep_apart(source: Path, out: Path) -> None:
    """Refuse to build among the sources: the two would mix."""
    from policygen import build as building  # noqa: PLC0415 dear to load

    target, root = out.resolve(), source.resolve()
    folders = [root / name for name in building.SOURCE_FOLDERS]
    if target == root or any(target.is_relative_to(folder) for folder in folders):
        message = f"the output folder “{out}” holds sources; choose another with --out"
        raise click.UsageError(message)


def _with_progress(request: Request, *, quiet: bool) -> Report:
    from policygen import build as building  # noqa: PLC0415 dear to load

    if quiet:
        return building.build(request)
    with options.progress("Building") as progress:
        return building.build(request, progress)


def _close(report: Report, request: Request) -> None:
    """Print the closing lines: what failed, and what was built."""
    for name in report.failed:
        click.echo(f"Not built: {name}", err=True)
    if not report.wanted:
        if not report.diagnostics:
            click.echo("There is nothing to build for what was asked.", err=True)
        return
    names = {name.rpartition(".")[0] for name in report.written}
    built = [target for target in report.wanted if target.name in names]
    forms = sum(target.kind == "form" for target in built)
    schools = len({target.school_id for target in built if target.school_id})
    click.echo(
        f"Built {plural(len(built) - forms, 'policy')} and {plural(forms, 'form')} for "
        f"{plural(schools, 'school')}: {plural(len(report.written), 'file')} in "
        f"{request.out.as_posix()}/. Start at {request.out.as_posix()}/index.html"
    )


def _as_data(report: Report) -> dict[str, object]:
    return {
        "documents": [
            {
                **options.as_record(target),
                "draft_reason": target.reason or None,
                "adopted": target.adopted or None,
                "next_review": target.next_review or None,
                "fingerprint": target.document.fingerprint if target.document else None,
                "files": [n for n in report.written if n.rpartition(".")[0] == target.name],
            }
            for target in report.wanted
        ],
        "failed": report.failed,
        "diagnostics": as_json(report.diagnostics),
    }
