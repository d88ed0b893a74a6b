"""``policygen explain``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.diagnostics import did_you_mean, json_text

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Say where the words of a document come from.")
@click.argument("school", metavar="SCHOOL|CODE")
@click.argument("policy", required=False)
@click.argument("clause", metavar="[CLAUSE|WORDS]...", nargs=-1)
@options.source
@options.as_json
def explain(
    school: str,
    policy: str | None,
    clause: tuple[str, ...],
    source: Path,
    as_json: bool,  # noqa: FBT001 a flag
) -> None:
    """Say where the words of a document come from, who decided them, and why others are absent.

    CLAUSE is the id of a clause, module, section, appendix, form or generated part, or the
    number that it has; or type some of the words as they are printed. Without it, every part
    of the document is listed. SCHOOL may be trust, POLICY also a form.

    With CODE alone, that of a diagnostic or a check, say what it means and what to do.

    \b
    Examples:
      policygen explain alder-primary social-media
      policygen explain alder-primary social-media 4.2
      policygen explain alder-primary social-media contact-with-pupils/walking-home-phones
      policygen explain alder-primary social-media "must not accept friend"
      policygen explain unused-clause
    """
    if policy is None:
        _explain_code(school, as_json=as_json)
        return
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


def _explain_code(code: str, *, as_json: bool) -> None:
    """Say what the code of a diagnostic or a check means."""
    from policygen.checks.codes import told  # noqa: PLC0415 dear to load
    from policygen.checks.discovery import rules  # noqa: PLC0415 likewise
    from policygen.checks.explained import explained  # noqa: PLC0415 likewise

    text = explained(code)
    if text is None:
        hint = did_you_mean(code, {*told(), *rules()}, "The reference lists all there are.")
        message = (
            f"there is no code “{code}”. {hint} To explain a document, name a school and a policy."
        )
        raise click.UsageError(message)
    click.echo(json_text({"code": code, "text": text}) if as_json else text.rstrip())
