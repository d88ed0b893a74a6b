"""Where people's data may be written: never into the sources or the build, nor into git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

FolderName: TypeAlias = Literal["records", "packs"]
"""What a folder of people's data is called unless another is named."""


class PrivateFolderError(Exception):
    """A folder that people's data must not be put into; the message says why and what to do."""


def private_folder(
    wanted: Path | None,
    default_name: FolderName,
    source: Path,
    *,
    inside_git: bool = False,
    build: Path | None = None,
) -> Path:
    """Give the folder for people's data, which need not be there yet.

    Where none is wanted it lies in the working folder or, if that lies in a git repository
    and ``inside_git`` isn't told, beside the repository. Raises ``PrivateFolderError``.
    """
    folder = Path.cwd() / default_name if wanted is None else wanted
    if wanted is None and not inside_git:
        folder = _beside_git(folder)
    for other, what in ((source, "the sources"), (build, "what is built and published")):
        if other is not None and _is_within(folder, other):
            message = (
                f"“{folder}” lies among {what}, in “{other}”; people's data must not be "
                "there. Name another folder"
            )
            raise PrivateFolderError(message)
    if folder.exists() and not folder.is_dir():
        message = f"“{folder}” is no folder. Name another"
        raise PrivateFolderError(message)
    repository = git_top(folder)
    if repository is not None and not inside_git:
        message = (
            f"“{folder}” lies in the git repository “{repository}”, where people's data could "
            "be committed and sent around. Name a folder outside, or say --inside-git"
        )
        raise PrivateFolderError(message)
    return folder


def git_top(folder: Path) -> Path | None:
    """Give the top of the git repository that a folder lies in, links followed; None outside.

    That is a working tree, also a linked one or a submodule, or a bare repository. The folder
    needs not be there yet. Git isn't asked: it needs not be installed.
    """
    return next((path for path in _upwards(folder) if _is_repository(path)), None)


def _upwards(folder: Path) -> Iterator[Path]:
    whole = folder.resolve()
    yield whole
    yield from whole.parents


def _is_repository(folder: Path) -> bool:
    dot = folder / ".git"
    if dot.exists() or dot.is_symlink():
        return True
    return (folder / "HEAD").is_file() and all(
        (folder / part).is_dir() for part in ("objects", "refs")
    )


def _beside_git(folder: Path) -> Path:
    """Give the folder itself or, if it lies in a repository, one of its name beside that.

    A repository may lie in another one, so that is looked at again.
    """
    top = git_top(folder)
    if top is None or top.parent == top:
        return folder
    return _beside_git(top.parent / folder.name)


def _is_within(folder: Path, other: Path) -> bool:
    """Whether a folder is another or lies in it, by whatever names they go."""
    if not other.exists():
        return other.resolve() in _upwards(folder)
    return any(path.exists() and path.samefile(other) for path in _upwards(folder))
