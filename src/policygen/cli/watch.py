"""``policygen watch``."""

from __future__ import annotations

import contextlib
import sys
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.cli.build import keep_apart
from policygen.cli.ends import heard
from policygen.diagnostics import plural

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from policygen.request import Format, Request
    from policygen.watch.rebuilding import Outcome
    from policygen.watch.server import News, Server


@click.command(short_help="Build again what each save touches, and show it.")
@options.source
@options.out
@options.schools
@options.policies
@click.option(
    "--format",
    "formats",
    type=click.Choice(["html", "pdf", "docx"]),
    multiple=True,
    help="Build this format; may be repeated. Only html by default, which is quickest.",
)
@options.as_of
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder whose files take the place of our templates of the same name; watched, too.",
)
@options.as_strict
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Serve the pages at this port; else at the first free one from 8700 on.",
)
@click.option("--open", "opens", is_flag=True, help="Open the index in a browser.")
@click.option("--no-serve", is_flag=True, help="Only build; serve no pages.")
def watch(  # noqa: PLR0913, PLR0917 one parameter an option
    source: Path,
    out: Path,
    schools: tuple[str, ...],
    policies: tuple[str, ...],
    formats: tuple[Format, ...],
    as_of: dt.date,
    templates: Path | None,
    strict: bool,  # noqa: FBT001 a flag of the command
    port: int | None,
    opens: bool,  # noqa: FBT001 likewise
    no_serve: bool,  # noqa: FBT001 likewise
) -> None:
    """Build, then build again whenever a source is saved, until Ctrl-C.

    The pages are served to this machine only. One that is open in a browser is loaded anew
    when it has changed; a mistake is shown in the page and here at once, and goes away when
    it is mended. The files in OUT are those that `policygen build` writes.

    \b
    Examples:
      policygen watch --open
      policygen watch --school alder-primary --policy social-media
      policygen watch --no-serve --format docx --out drafts
    """
    from policygen.request import (  # noqa: PLC0415 likewise
        FORMATS,
        Request,
        default_jobs,
    )

    if no_serve and (opens or port):
        message = "--no-serve serves no pages: leave out --open and --port, or --no-serve"
        raise click.UsageError(message)
    source = options.source_folder(source)
    keep_apart(source, out)
    options.known_in(source, schools, policies)
    request = Request(
        source=source,
        out=out,
        as_of=as_of,
        schools=schools,
        policies=policies,
        formats=tuple(f for f in FORMATS if f in (formats or ("html",))),
        jobs=default_jobs(),
        strict=strict,
        templates=templates.resolve() if templates else None,
    )
    with contextlib.suppress(KeyboardInterrupt):
        _follow(request, port, opens=opens, serves=not no_serve)
    heard()
    click.echo("Stopped watching; what was built stands.", err=True)


def _follow(request: Request, port: int | None, *, opens: bool, serves: bool) -> None:
    from policygen.watch.rebuilding import Rebuilder  # noqa: PLC0415 dear to load
    from policygen.watch.server import News  # noqa: PLC0415 likewise

    rebuilder, news = Rebuilder(request), News()
    with contextlib.ExitStack() as stack:
        # Workers are for all there is; for what a save touches, this process keeps at hand
        # what it has loaded.
        outcome = rebuilder.rebuilt()
        rebuilder.request = replace(request, jobs=1)
        if serves:
            server = _serve(request, news, port)
            stack.callback(server.stop)
            click.echo(f"Serving {request.out.as_posix()}/ at {server.address}")
        _show(outcome, request, news)
        click.echo(f"Watching {request.source.as_posix()}/. Ctrl-C ends it.")
        sys.stdout.flush()
        if serves and opens:
            webbrowser.open(server.address)
        for _ in _saves(request):
            if outcome := rebuilder.rebuilt():
                _show(outcome, request, news)


def _serve(request: Request, news: News, port: int | None) -> Server:
    from policygen.watch.server import PortTakenError, Server  # noqa: PLC0415 dear to load

    try:
        return Server(request.out, news, port)
    except PortTakenError:
        message = (
            f"port {port} is taken by another program; choose another one"
            if port
            else "no port is free; name one with --port, or build without pages with --no-serve"
        )
        raise click.UsageError(message) from None


def _saves(request: Request) -> Iterator[object]:
    """Give a sign whenever something was saved, and at times without a cause."""
    import watchfiles  # noqa: PLC0415 dear to load

    folders = [request.source, *([request.templates] if request.templates else [])]
    while True:
        with contextlib.suppress(FileNotFoundError):
            yield from watchfiles.watch(
                *(folder for folder in folders if folder.is_dir()),
                watch_filter=None,
                step=_QUIET_MS,
                debounce=_BURST_MS,
                rust_timeout=_LOOK_MS,
                yield_on_timeout=True,
            )


_QUIET_MS = 50
"""A burst of saves is over when nothing has come for so long."""

_BURST_MS = 1000
"""Nobody waits longer than this for the first of a burst."""

_LOOK_MS = 1000
"""So often we look without a sign: network drives send none."""


def _show(outcome: Outcome | None, request: Request, news: News) -> None:
    """Tell the terminal and the open pages what came of a build."""
    if outcome is None:
        return
    report = outcome.report
    prefix = f"{request.source.as_posix()}/"
    had_problems = bool(news.problems)
    news.tell(outcome, prefix)
    options.tell(report, request.source)
    for name in report.failed:
        click.echo(f"Not built: {name}", err=True)
    if had_problems and not report.diagnostics:
        click.echo("The sources are in order again.")
    files = plural(len(outcome.changed), "file")
    cause = f"Saved {_listed(outcome.saved)}: " if outcome.saved else ""
    click.echo(f"{cause}{files} changed, in {outcome.seconds:.1f} s.")
    sys.stdout.flush()


def _listed(names: tuple[str, ...]) -> str:
    few = 3
    more = f" and {plural(len(names) - few, 'other')}" if len(names) > few else ""
    return ", ".join(names[:few]) + more
