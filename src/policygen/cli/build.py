"""``policygen build``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.cli.ends import EndedEarly
from policygen.diagnostics import as_json, json_text, plural
from policygen.inputs import RESERVED_FOLDERS
from policygen.request import FORMATS, Request, default_jobs
from policygen.standing import nothing_to_do

if TYPE_CHECKING:
    import datetime as dt

    from policygen.report import Report
    from policygen.request import Format
    from policygen.timings import Timings


@click.command(short_help="Build the documents.")
@options.source
@options.out
@options.schools
@options.policies
@click.option(
    "--format",
    "formats",
    type=click.Choice(["html", "pdf", "docx"]),
    multiple=True,
    help="Only this format; may be repeated.",
)
@options.jobs
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Let a Dask cluster write the files: the address of its scheduler, tcp://… or tls://….",
)
@options.as_of
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder whose files take the place of our templates of the same name.",
)
@options.as_strict
@click.option(
    "--fresh",
    is_flag=True,
    help="Build everything anew, and not only what has changed since the last time.",
)
@click.option("--timings", is_flag=True, help="Say where the time went, and write a trace of it.")
@click.option(
    "--trace",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write the trace; to timings.json in the output folder with --timings.",
)
@options.as_json
def build(  # noqa: PLR0913, PLR0917 one parameter an option
    source: Path,
    out: Path,
    schools: tuple[str, ...],
    policies: tuple[str, ...],
    formats: tuple[Format, ...],
    jobs: int | None,
    cluster: str | None,
    as_of: dt.date,
    templates: Path | None,
    strict: bool,  # noqa: FBT001 a flag of the command
    fresh: bool,  # noqa: FBT001 likewise
    timings: bool,  # noqa: FBT001 likewise
    trace: Path | None,
    as_json: bool,  # noqa: FBT001 likewise
) -> None:
    """Build every policy and form of every school, as HTML, PDF and Word.

    The documents are put into OUT/<school>/, forms on their own into
    OUT/<school>/forms/, the trust's own documents into OUT/trust/; OUT/index.html
    lists them all. A document with an error is not written, and the older one stays.

    What has not changed since the last build is left alone. Files of documents that are
    no more are removed, unless somebody has changed them.

    \b
    Examples:
      policygen build
      policygen build --school alder-primary --format pdf
      policygen build --policy social-media --out drafts --strict
      policygen build --timings --trace build.json
      policygen build --cluster tcp://scheduler:8786
    """
    source = options.source_folder(source)
    keep_apart(source, out)
    _check_cluster(cluster, jobs)
    request = Request(
        source=source,
        out=out,
        as_of=as_of,
        schools=schools,
        policies=policies,
        formats=tuple(f for f in FORMATS if not formats or f in formats),
        jobs=jobs or default_jobs(),
        strict=strict,
        templates=templates.resolve() if templates else None,
        fresh=fresh,
        cluster=cluster or "",
    )
    options.known_in(source, schools, policies)
    measured = _measured() if timings or trace else None
    report = nothing_to_do(request)
    if report is None:
        report = _with_progress(request, measured, quiet=as_json)
    if as_json:
        click.echo(json_text(_as_data(report)))
    else:
        _tell(report, request)
    if measured:
        _tell_timings(measured, trace or out / "timings.json")
    code = 0 if report.sound else 1
    raise EndedEarly(code)


def keep_apart(source: Path, out: Path) -> None:
    """Refuse to build among the sources: the two would mix."""
    target, root = out.resolve(), source.resolve()
    folders = [root / name for name in RESERVED_FOLDERS]
    if target == root or any(target.is_relative_to(folder) for folder in folders):
        message = f"the output folder “{out}” holds sources; choose another with --out"
        raise click.UsageError(message)


_CLUSTER = re.compile(r"(tcp|tls)://[^/\s:]+(:\d+)?/?|(tcp|tls)://\[[0-9A-Fa-f:.]+\](:\d+)?/?")


def _check_cluster(cluster: str | None, jobs: int | None) -> None:
    if cluster is None:
        return
    if not _CLUSTER.fullmatch(cluster):
        message = f"“{cluster}” is no address of a scheduler; write it like tcp://scheduler:8786"
        raise click.BadParameter(message, param_hint="--cluster")
    if jobs is not None:
        message = "--jobs is for this machine; with --cluster the cluster's workers work"
        raise click.UsageError(message)


def _measured() -> Timings:
    from policygen.timings import Timings  # noqa: PLC0415 seldom asked for

    return Timings()


def _with_progress(request: Request, timings: Timings | None, *, quiet: bool) -> Report:
    if request.jobs > 1 and not request.cluster:
        from policygen.ahead import begin  # noqa: PLC0415 not where there is nothing to do

        begin(request.formats)
    from policygen import build as building  # noqa: PLC0415 dear to load

    if quiet:
        return building.build(request, timings=timings)
    with options.progress("Building") as progress:
        return building.build(request, progress, timings)


def _tell(report: Report, request: Request) -> None:
    """Print what is wrong, what failed, what was removed, and what was built."""
    for note in report.notes:
        click.echo(note, err=True)
    options.tell(report, request.source)
    for name in report.failed:
        click.echo(f"Not built: {name}", err=True)
    for name in report.removed:
        click.echo(f"Removed, since it is no longer made: {name}", err=True)
    if not report.wanted:
        if not report.diagnostics:
            click.echo("There is nothing to build for what was asked.", err=True)
        return
    names = {name.rpartition(".")[0] for name in report.written}
    built = [record for record in report.wanted if record.name in names]
    forms = sum(record.kind == "form" for record in built)
    schools = len({record.school for record in built if record.school})
    click.echo(
        f"Built {plural(len(built) - forms, 'policy')} and {plural(forms, 'form')} for "
        f"{plural(schools, 'school')}: {plural(len(report.written), 'file')} in "
        f"{request.out.as_posix()}/. Start at {request.out.as_posix()}/index.html"
    )
    if len(report.rendered) < len(report.written):
        new = f"{len(report.rendered):,}" if report.rendered else "None"
        click.echo(f"{new} of them had to be made anew.")


def _tell_timings(timings: Timings, trace: Path) -> None:
    """Print where the time went and write the trace."""
    from policygen.files import write_whole  # noqa: PLC0415 seldom asked for

    click.echo(timings.table(), err=True)
    try:
        write_whole(trace, timings.trace().encode())
    except OSError as error:
        message = f"the trace can't be written to {trace.as_posix()}: {error.strerror}"
        raise click.ClickException(message) from error
    click.echo(f"The trace is in {trace.as_posix()}; open it at ui.perfetto.dev.", err=True)


def _as_data(report: Report) -> dict[str, object]:
    return {
        "documents": [
            {
                "school": record.school,
                "kind": record.kind,
                "id": record.id,
                "title": record.title,
                "version": record.version,
                "status": record.status,
                "draft_reason": record.reason or None,
                "adopted": record.adopted or None,
                "next_review": record.next_review or None,
                "fingerprint": record.fingerprint,
                "files": [n for n in report.written if n.rpartition(".")[0] == record.name],
            }
            for record in report.wanted
        ],
        "made": report.rendered,
        "removed": report.removed,
        "failed": report.failed,
        "notes": report.notes,
        "diagnostics": as_json(report.diagnostics),
    }
