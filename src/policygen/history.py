"""Source folders as they are, and as they were at a git revision."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FILE = b"blob"
_LINK = "120000"


class VersionError(Exception):
    """A version of the sources that can't be had; the message says why and what to do."""


@contextmanager
def source_at(version: str, source: Path) -> Iterator[Path]:
    """Give the folder that holds a version of the sources.

    ``version`` is a folder or a git revision of the repository that ``source`` lies in. A
    revision's files are put into a folder that is removed afterwards; neither the work tree
    nor the index is looked at or touched. Raises ``VersionError``.
    """
    folder = Path(version)
    if folder.is_dir() and not _names_revision(version, source):
        yield folder
        return
    files = _files(version, source)
    with tempfile.TemporaryDirectory(prefix="policygen-") as temporary:
        root = Path(temporary)
        for name, data in files:
            path = root.joinpath(*PurePosixPath(name).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield root


def _names_revision(version: str, source: Path) -> bool:
    """Whether a name that is a folder's was meant as a revision: it holds no trust.yaml."""
    if (Path(version) / "trust.yaml").is_file():
        return False
    try:
        _commit(version, source)
    except VersionError:
        return False
    return True


def _files(version: str, source: Path) -> list[tuple[str, bytes]]:
    commit = _commit(version, source)
    prefix = _prefix(source)
    tree = f"{commit}:{prefix}" if prefix else commit
    listed = _git(source, "ls-tree", "-r", "-z", "--full-tree", tree)
    if listed.returncode:
        message = f"“{version}” has no folder “{prefix}”: name the folder with --source"
        raise VersionError(message)
    entries = [_entry(line) for line in listed.stdout.split(b"\0") if line]
    wanted = [(name, sha) for mode, kind, sha, name in entries if kind == _FILE and mode != _LINK]
    found = _git(source, "cat-file", "--batch", text="\n".join(sha for _, sha in wanted))
    if found.returncode:
        message = f"git could not read “{version}”: {_words(found.stderr)}"
        raise VersionError(message)
    return list(zip((name for name, _ in wanted), _contents(found.stdout), strict=True))


def _entry(line: bytes) -> tuple[str, bytes, str, str]:
    facts, _, name = line.partition(b"\t")
    mode, kind, sha = facts.split()
    return mode.decode(), kind, sha.decode(), name.decode("utf-8", "surrogateescape")


def _contents(batch: bytes) -> Iterator[bytes]:
    """Give the files that ``git cat-file --batch`` prints: "sha blob size", the bytes."""
    start = 0
    while start < len(batch):
        end = batch.index(b"\n", start)
        size = int(batch[start:end].split()[-1])
        yield batch[end + 1 : end + 1 + size]
        start = end + 1 + size + 1


def _commit(version: str, source: Path) -> str:
    wanted = f"{version}^{{commit}}"
    found = _git(source, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    if found.returncode == 0:
        return found.stdout.decode().strip()
    if _git(source, "rev-parse", "--git-dir").returncode:
        message = f"“{version}” is no folder, and “{source}” lies in no git repository"
        raise VersionError(message)
    message = f"there is no folder and no git revision “{version}”"
    if _git(source, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        message += "; this is a shallow clone, which may lack it: run git fetch --unshallow"
    raise VersionError(message)


def _prefix(source: Path) -> str:
    """Give the path of the sources inside their repository; in a bare one, as it was named."""
    if not source.is_dir():
        return source.as_posix()
    return _git(source, "rev-parse", "--show-prefix").stdout.decode().strip().rstrip("/")


def _git(
    source: Path, *arguments: str, text: str | None = None
) -> subprocess.CompletedProcess[bytes]:
    command: Sequence[str] = ("git", "-C", str(source if source.is_dir() else Path.cwd()))
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603 -- git, with arguments of our own
            (*command, *arguments),
            input=(text or "").encode(),
            capture_output=True,
            check=False,
            env=environment,
        )
    except FileNotFoundError as error:
        message = "git is not installed, which reads older versions; or name a folder"
        raise VersionError(message) from error


def _words(output: bytes) -> str:
    return " ".join(output.decode("utf-8", "replace").split())
