"""``policygen explain``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.diagnostics import json_text

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Say where the words of a document come from.")
@click.argument("school", metavar="SCHOOL")
@click.argument("policy", metavar="POLICY")
@click.argument("clause", metavar="[CLAUSE|WORDS]", nargs=-1)
@options.source
@options.as_json
def explain(
    school: str,
    policy: str,
    clause: tuple[str, ...],
    source: Path,
    as_json: bool,  # noqa: FBT001 a flag
) -> None:
    """Say where the words of a document come from, who decided them, and why others are absent.

    CLAUSE is the id of a clause, module, section, appendix, form or generated part, or the
    number that it has; or type some of the words as they are printed. Without it, every part
    of the document is listed. SCHOOL may be trust, POLICY also a form.

    \b
    Examples:
      policygen explain alder-primary social-media
      policygen explain alder-primary social-media 4.2
      policygen explain alder-primary social-media contact-with-pupils/walking-home-phones
      policygen explain alder-primary social-media "must not accept friend"
    """
    from policygen import explain as explaining  # noqa: PLC0415 dear to load
    from policygen.readers.library import read_library  # noqa: PLC0415 likewise

    folder = options.source_folder(source)
    library = read_library(folder).library
    if library is None:
        message = f"{folder.as_posix()} has no trust.yaml that can be read"
        raise click.ClickException(message)
    try:
        found = explaining.explain(library, school, policy, " ".join(clause))
    except explaining.NotFoundError as error:
        raise click.UsageError(str(error)) from error
    prefix = f"{folder.as_posix()}/"
    text = explaining.as_text(found, prefix).rstrip()
    click.echo(json_text(explaining.as_data(found)) if as_json else text)
    sys.exit(0 if found.found else 1)
