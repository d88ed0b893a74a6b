"""``policygen approve``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from policygen.cells import one_line
from policygen.cli import options
from policygen.diagnostics import as_text

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from policygen.approving import Plan
    from policygen.model.texts import Month


def _day(_context: click.Context, _option: click.Parameter, value: str) -> dt.date | Month:
    from policygen.model.texts import parse_date  # noqa: PLC0415 dear to load

    found = parse_date(value.strip())
    if found is None:
        message = f"“{value}” is no date: write 2026-10-12"
        raise click.BadParameter(message)
    return found


def _line(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """Give what was typed as one line; an empty one is none."""
    line = one_line(value or "")
    if value is not None and not line:
        message = "there is nothing in it"
        raise click.BadParameter(message)
    return line


@click.command(short_help="Record that a policy was approved.")
@click.argument("policy")
@options.source
@click.option(
    "--by", required=True, metavar="NAME", callback=_line, help="Who approved it: a board, a post."
)
@click.option(
    "--on",
    required=True,
    metavar="DATE",
    callback=_day,
    help="The day of the approval, as 2026-10-12; with --past a month will do.",
)
@click.option("--minute", metavar="TEXT", callback=_line, help="Where it is minuted.")
@options.schools
@click.option(
    "--again", is_flag=True, help="Wording that is approved already was approved once more."
)
@click.option("--past", is_flag=True, help="Record an approval from before the register.")
@click.option(
    "--version",
    "version",
    metavar="TEXT",
    callback=_line,
    help="With --past: the version that was approved then.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be approved; write nothing.")
def approve(  # noqa: PLR0913, PLR0917 one parameter an option
    policy: str,
    source: Path,
    by: str,
    on: dt.date | Month,
    minute: str,
    schools: tuple[str, ...],
    again: bool,  # noqa: FBT001 a flag of the command
    past: bool,  # noqa: FBT001 likewise
    version: str,
    dry_run: bool,  # noqa: FBT001 likewise
) -> None:
    """Record in the approval register that POLICY was approved as it is worded now.

    From then on its documents say so. When their wording changes, they are drafts again.

    \b
    Examples:
      policygen approve social-media --by "Trust Board" --on 2026-10-12 --minute TB/26/41
      policygen approve social-media --by "Trust Board" --on 2026-10-12 --dry-run
      policygen approve social-media --by Governors --on 2026-11-04 --school alder-primary
      policygen approve social-media --by "Trust Board" --on 2021-11 --past --version 1.0
    """
    from policygen import approving  # noqa: PLC0415 dear to load

    if version and not past:
        message = "--version goes with --past: what is approved now is the policy's own version"
        raise click.UsageError(message)
    if past and again:
        message = "--past and --again don't go together"
        raise click.UsageError(message)
    decision = approving.Decision(policy, by, on, minute, schools, again, past, version)
    source = options.source_folder(source)
    try:
        plan = approving.planned(source, decision, options.today())
        written = "" if dry_run or not plan.approvals else approving.record(source, plan)
    except approving.WrongUseError as error:
        raise click.UsageError(str(error)) from error
    except approving.NotApprovedError as error:
        if error.faults:
            texts = as_text(error.faults, error.texts, prefix=f"{source.as_posix()}/")
            click.echo(texts, err=True)
        message = f"nothing was approved: {error}."
        raise click.ClickException(message) from error
    except (approving.NotRecordedError, approving.RegisterError) as error:
        message = f"nothing was recorded: {error}."
        raise click.ClickException(message) from error
    _tell(plan, source, dry_run=dry_run)
    if written:
        click.echo(f"Wrote {(source / written).as_posix()}.")
    sys.exit(0 if plan.approvals or plan.recorded_before else 1)


def _tell(plan: Plan, source: Path, *, dry_run: bool) -> None:
    """Print what is recorded or would be, what was before, and what is doubtful."""
    from policygen import approving  # noqa: PLC0415 dear to load

    if plan.approvals:
        click.echo("Would be recorded:" if dry_run else "Recorded:")
        click.echo("\n".join(approving.heads(plan)))
    if plan.already:
        click.echo("Recorded before:")
        click.echo("\n".join(approving.standing_already(plan)))
    if not plan.approvals:
        click.echo("There is nothing to approve.")
        if not plan.recorded_before:
            click.echo("If the same wording was approved once more, add --again.", err=True)
    if plan.approvals and plan.version_guessed:
        click.echo(
            "The policy's history doesn't tell which version that was; it is taken for today's. "
            "If it was another, say so with --version.",
            err=True,
        )
    for line in approving.doubts(plan):
        click.echo(line, err=True)
    if dry_run and plan.approvals and not plan.decision.past:
        found = approving.since(source, plan.library, plan.decision.policy_id, plan.to_do)
        for line in approving.changes(plan, found):
            click.echo(line)
