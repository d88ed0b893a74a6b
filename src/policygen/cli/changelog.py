"""``policygen changelog``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from policygen.cli import options
from policygen.diagnostics import json_text

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="List the versions of a policy and what each changed.")
@click.argument("policy")
@options.source
@options.schools
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "md", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def changelog(
    policy: str, source: Path, schools: tuple[str, ...], format_: Literal["text", "md", "json"]
) -> None:
    """List the versions of POLICY, newest first, with the clauses that each changed.

    A version is a git tag at which the policy has another version number or other words
    than at the tag before. Where no tag has the policy, its own history is listed.

    \b
    Examples:
      policygen changelog social-media
      policygen changelog social-media --school alder-primary
      policygen changelog social-media --format md > changes.md
    """
    from policygen import versions  # noqa: PLC0415 dear to load
    from policygen.history import VersionError  # noqa: PLC0415 likewise

    try:
        found = versions.changelog(policy, source, schools)
    except (VersionError, versions.NoSuchPolicyError) as error:
        raise click.UsageError(str(error)) from error
    match format_:
        case "text":
            click.echo(versions.as_text(found), nl=False)
        case "md":
            click.echo(versions.as_markdown(found), nl=False)
        case "json":
            click.echo(json_text(versions.as_data(found)))
    for reason in found.skipped:
        click.echo(f"{reason}; it is left out.", err=True)
