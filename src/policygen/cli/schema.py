"""``policygen schema``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.diagnostics import plural

if TYPE_CHECKING:
    from policygen.model.library import Library

KINDS = (
    *("trust", "settings", "references", "clauses"),
    *("policies", "forms", "schools", "approvals"),
)


@click.command(short_help="Write schemas of the source files for editors.")
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.option(
    "--source",
    type=click.Path(file_okay=False, path_type=Path),
    help="A source folder: the schemas then offer its ids and the answers to its questions.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into; .vscode/schemas by default.",
)
def schema(kind: str | None, source: Path | None, out: Path | None) -> None:
    """Write JSON Schemas of the source files, from which an editor knows the keys.

    With KIND, which is named like the file or folder, print the one schema. Editors take
    them from .vscode/settings.json, which `policygen init` writes.

    \b
    Examples:
      policygen schema --source policy_src     with the ids that are there now
      policygen schema --out schemas
      policygen schema policies                print the schema of policies/*.yaml
    """
    from policygen.files import write_whole  # noqa: PLC0415 dear to load
    from policygen.schemas import SCHEMA_FOLDER, schema_bytes, schemas  # noqa: PLC0415 likewise

    found = schemas(_library(source) if source else None)
    if kind:
        found = {kind: found[kind]}
    if kind and not out:
        click.echo(schema_bytes(found[kind]).decode(), nl=False)
        return
    folder = out or Path(SCHEMA_FOLDER)
    for name, one in found.items():
        try:
            write_whole(folder / f"{name}.json", schema_bytes(one))
        except OSError as error:
            message = f"“{folder}” can't be written: {error.strerror or error}"
            raise click.ClickException(message) from error
    click.echo(f"Wrote {plural(len(found), 'schema')} into {folder.as_posix()}/.")


def _library(source: Path) -> Library:
    """Give what can be read of a source folder, or end where there is no trust.yaml to read."""
    from policygen.readers.library import read_library  # noqa: PLC0415 dear to load

    library = read_library(options.source_folder(source)).library
    if library is None:
        message = (
            f"the trust.yaml in “{source}” can't be read, so its ids are not known. "
            f"What is wrong there: policygen list --source {source}"
        )
        raise click.ClickException(message)
    if library.unreadable:
        names = ", ".join(sorted(library.unreadable))
        click.echo(f"Left out, because they have errors: {names}", err=True)
    return library
