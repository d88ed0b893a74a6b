"""``policygen doctor``."""

from __future__ import annotations

import sys

import click


@click.command(short_help="Say whether this machine has what PDF needs.")
def doctor() -> None:
    """Say whether this machine has what the writers need.

    HTML and Word need nothing beside the installed package; PDF needs Pango.

    \b
    Example:
      policygen doctor
    """
    from policygen.writers import RendererMissing  # noqa: PLC0415 dear to load
    from policygen.writers.pdf.engine import slowed, start  # noqa: PLC0415 likewise

    click.echo("HTML: ready")
    click.echo("Word: ready")
    try:
        start()
    except RendererMissing as error:
        click.echo(f"PDF: {error}")
        sys.exit(1)
    click.echo("PDF: ready")
    if slow := slowed():
        click.echo(f"PDF: {slow}")
