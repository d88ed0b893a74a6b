"""``policygen verify``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from policygen.cli import options
from policygen.diagnostics import json_text


@click.command(short_help="Say what a file or a fingerprint is, and whether it is current.")
@click.argument("what", metavar="FILE|FINGERPRINT")
@options.source
@click.option(
    "--revisions",
    type=click.IntRange(min=0),
    default=200,
    show_default=True,
    help="How many earlier versions of the sources to look at, in git.",
)
@options.as_json
def verify(
    what: str,
    source: Path,
    revisions: int,
    as_json: bool,  # noqa: FBT001 a flag
) -> None:
    """Say which document a PDF, Word file or web page is, or the fingerprint at its foot.

    It says school, policy, version and wording; whether the wording is the current one and,
    if not, what has changed since; and whether the file was altered after it was built.
    A fingerprint has eight digits or more. Exits with 1 unless it is the current wording, in
    a file that says what it said when it was built.

    \b
    Examples:
      policygen verify social-media.pdf
      policygen verify 57146328
      policygen verify ~/Downloads/acceptable-use.docx --json
    """
    from policygen import verify as verifying  # noqa: PLC0415 dear to load
    from policygen.readers.library import read_library  # noqa: PLC0415 likewise
    from policygen.review.made import Side  # noqa: PLC0415 likewise
    from policygen.seals import UnreadableError  # noqa: PLC0415 likewise

    path, folder = Path(what), options.source_folder(source)
    if what.strip() and path.is_dir():
        message = f"“{what}” is a folder. Name a file in it."
        raise click.UsageError(message)
    library = read_library(folder).library
    if library is None:
        message = f"{folder.as_posix()} has no trust.yaml that can be read"
        raise click.ClickException(message)
    today = Side("today", library)
    try:
        if what.strip() and path.is_file():
            found = verifying.verify_file(path, folder, today, revisions)
        else:
            found = verifying.verify_fingerprint(what, folder, today, revisions)
    except verifying.NoFingerprintError as error:
        raise click.UsageError(str(error)) from error
    except UnreadableError as error:
        message = f"“{what}” can’t be verified: {error}"
        raise click.ClickException(message) from error
    except OSError as error:
        message = f"“{what}” can’t be read: {error.strerror or error}"
        raise click.ClickException(message) from error
    click.echo(
        json_text(verifying.as_data(found)) if as_json else verifying.as_text(found).rstrip()
    )
    sys.exit(0 if found.sound else 1)
