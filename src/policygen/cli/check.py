"""``policygen check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.cli.ends import EndedEarly, uncollected

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from policygen.check import Findings, Fixed


@click.command(short_help="Find mistakes, and what is out of date.")
@options.source
@options.schools
@options.policies
@options.as_of
@options.as_strict
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.option("--fix", is_flag=True, help="Mend what can be mended mechanically, in the sources.")
@click.option(
    "--changed-since",
    "revision",
    metavar="REV",
    help="Only what was brought by changes since this git revision.",
)
@uncollected()
def check(  # noqa: PLR0913, PLR0917 one parameter an option
    source: Path,
    schools: tuple[str, ...],
    policies: tuple[str, ...],
    as_of: dt.date,
    strict: bool,  # noqa: FBT001 a flag of the command
    format_: str,
    fix: bool,  # noqa: FBT001 likewise
    revision: str | None,
) -> None:
    """Look at the sources for mistakes, and write no document.

    Tells all that a build tells, and what rules of its own find: what nothing uses, reviews
    that are due, law that is no longer in force, loose wording and much more. `policygen
    explain CODE` says what a finding means. Ends with 1 if anything was found.

    \b
    Examples:
      policygen check
      policygen check --as-of 2027-09-01 --school alder-primary
      policygen check --fix
      policygen check --changed-since origin/main --format github
    """
    from policygen import check as checking  # noqa: PLC0415 dear to load
    from policygen.assemble.targets import Asked  # noqa: PLC0415 likewise
    from policygen.history import VersionError  # noqa: PLC0415 likewise

    source = options.source_folder(source)
    options.known_in(source, schools, policies)
    asked = Asked(frozenset(schools), frozenset(policies))

    def look() -> Findings:
        if revision is None:
            return checking.inspect(source, as_of, asked, as_errors=strict)
        return checking.inspect_since(revision, source, as_of, asked, as_errors=strict)

    try:
        found, fixed = look(), checking.Fixed()
        if fix:
            found, fixed = checking.mend(source, found, look)
    except VersionError as error:
        raise click.UsageError(str(error)) from error
    _print(found, fixed, source, format_)
    raise EndedEarly(1 if found.diagnostics or fixed.faults else 0)


def _print(found: Findings, fixed: Fixed, source: Path, format_: str) -> None:
    from policygen.checks.printed import as_github, as_sarif  # noqa: PLC0415 dear to load
    from policygen.diagnostics import as_json, as_text, json_text, plural, summary  # noqa: PLC0415

    prefix = f"{source.as_posix()}/"
    listed = [*found.diagnostics, *fixed.faults]
    match format_:
        case "json":
            rows = as_json(listed)
            for row, diagnostic in zip(rows, listed, strict=True):
                row["fixable"] = diagnostic.fix is not None
            click.echo(json_text({"fixed": fixed.fixes, "diagnostics": rows}))
        case "sarif":
            click.echo(json_text(as_sarif(listed, prefix)))
        case "github":
            click.echo(as_github(listed, prefix), nl=False)
        case _:
            click.echo(as_text(listed, found.texts, prefix=prefix), nl=False)
    if fixed.fixes:
        where = plural(len(fixed.files), "file")
        click.echo(f"Mended {plural(fixed.fixes, 'finding')} in {where}.", err=True)
    if listed:
        click.echo(f"Found {summary(listed)}.{_fixable(found)}", err=True)
    elif format_ == "text":
        click.echo("Found nothing.")


def _fixable(found: Findings) -> str:
    count = sum(diagnostic.fix is not None for diagnostic in found.diagnostics)
    return f" --fix can mend {count} of them." if count else ""
