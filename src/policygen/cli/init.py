"""``policygen init``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Write a small trust to start from.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """Write a small working trust into DIR, which must be new or empty.

    Settings for an editor and for servers, which check and build each change, come with it.
    DIR is meant to be the top of a git repository of its own.

    \b
    Examples:
      policygen init policy_src
      policygen init my-trust && policygen build --source my-trust
    """
    from policygen.files import write_whole  # noqa: PLC0415 dear to load
    from policygen.readers.library import read_library  # noqa: PLC0415 likewise
    from policygen.schemas import SCHEMA_FOLDER, schema_bytes, schemas  # noqa: PLC0415 likewise
    from policygen.writers.theme import bundled_templates  # noqa: PLC0415 likewise

    if folder.exists() and any(folder.iterdir()):
        message = f"“{folder}” is not empty; name a new folder"
        raise click.UsageError(message)
    starter = bundled_templates() / "starter"
    for path in sorted(starter.rglob("*")):
        if path.is_file():
            write_whole(folder / path.relative_to(starter), path.read_bytes())
    for kind, found in schemas(read_library(folder).library).items():
        write_whole(folder / SCHEMA_FOLDER / f"{kind}.json", schema_bytes(found))
    click.echo(f"Wrote a small trust to {folder}/.")
    click.echo(f"Build it with: policygen build --source {folder}")
    if around := _repository_around(folder):
        where = folder.resolve().relative_to(around).as_posix()
        click.echo(
            f"It lies in the repository {around.name}: for servers and editors, move .github, "
            f".gitlab-ci.yml and .vscode to its top, and write “{where}” for “SOURCE: .” and "
            f"“{where}/” before the files in .vscode/settings.json."
        )


def _repository_around(folder: Path) -> Path | None:
    """Give the git repository that a folder lies in, without being its top."""
    parents = folder.resolve().parents
    return next((parent for parent in parents if (parent / ".git").exists()), None)
