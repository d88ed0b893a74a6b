"""Options and printing that several verbs share."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policygen.diagnostics import as_text, did_you_mean, nearest, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from policygen.assemble.targets import Target
    from policygen.report import Report
    from policygen.survey import Survey
    from policygen.work import Progress

source = click.option(
    "--source",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("policy_src"),
    show_default=True,
    help="The folder that holds trust.yaml.",
)
out = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder to build into.",
)
jobs = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes work; as many as there are processors by default.",
)
schools = click.option(
    "--school", "schools", multiple=True, metavar="ID", help="Only this school; may be repeated."
)
policies = click.option(
    "--policy", "policies", multiple=True, metavar="ID", help="Only this policy; may be repeated."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
as_strict = click.option("--strict", is_flag=True, help="Treat warnings as errors.")


_NAMED = ("schools", "policies")
"""The folders whose files --school and --policy name."""


def as_of(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --as-of: the day for whatever depends on one."""
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="The day by which reviews are due or overdue, as 2026-10-12; today by default.",
        callback=lambda _context, _option, value: value.date() if value else today(),
    )(command)


def today() -> dt.date:
    """Give the day it is here. This is the only look at a clock."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def source_folder(source: Path) -> Path:
    """Give the source folder, or end with what to do where it is none."""
    if not source.is_dir():
        message = (
            f"there is no folder “{source}”. Name the folder that holds trust.yaml with "
            "--source, or make one to start from: policygen init policy_src"
        )
        raise click.UsageError(message)
    return source


def known(option: str, given: Iterable[str], names: Iterable[str]) -> None:
    """End with the nearest known name where an option names something there isn't."""
    listed = list(names)
    for name in given:
        if name not in listed:
            known_names = ", ".join(listed) or "none"
            hint = (
                did_you_mean(name, listed)
                if nearest(name, listed)
                else f"There are: {known_names}."
            )
            message = f"there is no {option} “{name}”. {hint}"
            raise click.UsageError(message)


def known_in(source: Path, schools: Iterable[str], policies: Iterable[str]) -> None:
    """End with the nearest known name where --school or --policy name what isn't there."""
    files = {folder: sorted(p.stem for p in (source / folder).glob("*.yaml")) for folder in _NAMED}
    known("school", schools, [*files["schools"], "trust"])
    known("policy", policies, files["policies"])


@contextlib.contextmanager
def progress(label: str) -> Iterator[Progress | None]:
    """Give what shows how far a long work has come: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def step(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield step


def tell(report: Report | Survey, source: Path) -> None:
    """Print the diagnostics of a report, and how many there are."""
    if report.diagnostics:
        prefix = f"{source.as_posix()}/"
        click.echo(as_text(report.diagnostics, report.texts, prefix=prefix), err=True)
        click.echo(f"Found {summary(report.diagnostics)}.", err=True)


def as_record(target: Target) -> dict[str, object]:
    """Give what every JSON output says first of a document."""
    document = target.document
    return {
        "school": target.school_id,
        "kind": target.kind,
        "id": target.id,
        "title": document.plain_title if document else None,
        "version": document.version if document else None,
        "status": document.status if document else None,
    }
