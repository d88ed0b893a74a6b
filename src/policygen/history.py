"""Source folders as they are, and as they were at a git revision."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FILE = b"blob"
_LINK = "120000"


class VersionError(Exception):
    """A version of the sources that can't be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A git tag at which the sources are there.

    ``tree`` is the same for two tags whose sources are the same; ``message`` is the first
    line that an annotated tag was given, "" for another.
    """

    name: str
    commit: str
    tree: str
    date: dt.date
    message: str


_TAG = "%(refname:strip=2)%00%(objectname)%00%(*objectname)%00%(creatordate:short)%00%(subject)"


def tags(source: Path) -> list[Tag]:
    """Give the tags that lead to HEAD and hold the sources, oldest first.

    Empty where there are none, as outside git. Raises ``VersionError`` without git.
    """
    order = _git(source, "rev-list", "--topo-order", "--reverse", "HEAD").stdout.decode().split()
    place = {commit: at for at, commit in enumerate(order)}
    listed = _git(source, "for-each-ref", "--sort=creatordate", f"--format={_TAG}", "refs/tags")
    found = [_tag(line) for line in listed.stdout.decode("utf-8", "replace").splitlines()]
    known = sorted((tag for tag in found if tag.commit in place), key=lambda t: place[t.commit])
    prefix = _prefix(source)
    asked = "\n".join(f"{tag.commit}:{prefix}" for tag in known)
    told = _git(source, "cat-file", "--batch-check=%(objecttype) %(objectname)", text=asked).stdout
    answers = [answer.partition(" ") for answer in told.decode("utf-8", "replace").splitlines()]
    pairs = zip(known, answers, strict=True)
    return [replace(tag, tree=name) for tag, (kind, _, name) in pairs if kind == "tree"]


def _tag(line: str) -> Tag:
    name, target, peeled, day, subject = line.split("\0")
    # A tag of something that is no commit has no date; it leads nowhere, so any will do.
    date = dt.date.fromisoformat(day) if day else dt.date.min
    return Tag(name, peeled or target, "", date, subject if peeled else "")


def last_commit_of(source: Path, day: dt.date) -> str:
    """Give the last commit that leads to HEAD and was made by the end of a day, "" where there
    is none, as outside git."""
    before = f"--before={day.isoformat()}T23:59:59"
    return _git(source, "rev-list", "-1", before, "HEAD").stdout.decode().strip()


def commits_of(source: Path, name: str) -> list[str]:
    """Give the commits that lead to HEAD and changed a file of the sources, newest first; none
    where there are none, as outside git."""
    path = PurePosixPath(_prefix(source), name).as_posix()
    found = _git(source, "log", "--format=%H", "--", f":(top,literal){path}")
    return found.stdout.decode().split()


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
            if ".." in path.parts or not path.is_relative_to(root):
                message = f"“{version}” holds a file that lies outside: “{name}”"
                raise VersionError(message)
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
    names = [name for name, _ in wanted]
    return list(zip(names, _contents(found.stdout, version), strict=True))


def _entry(line: bytes) -> tuple[str, bytes, str, str]:
    facts, _, name = line.partition(b"\t")
    mode, kind, sha = facts.split()
    return mode.decode(), kind, sha.decode(), name.decode("utf-8", "surrogateescape")


def _contents(batch: bytes, version: str) -> Iterator[bytes]:
    """Give the files that ``git cat-file --batch`` prints: "sha blob size", the bytes."""
    start = 0
    while start < len(batch):
        end = batch.index(b"\n", start)
        facts = batch[start:end].split()
        if facts[-1] == b"missing":
            message = f"the repository lacks a file of “{version}”: fetch it whole, or mend it"
            raise VersionError(message)
        size = int(facts[-1])
        yield batch[end + 1 : end + 1 + size]
        start = end + 1 + size + 1


def _commit(version: str, source: Path) -> str:
    wanted = f"{version}^{{commit}}"
    found = _git(source, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    if found.returncode == 0:
        return found.stdout.decode().strip()
    repository = _git(source, "rev-parse", "--git-dir")
    if repository.returncode:
        message = f"“{version}” is no folder, and “{source}” lies in no git repository"
        told = _words(repository.stderr)
        if "not a git repository" not in told:  # as where it belongs to somebody else
            message = f"git could not look for “{version}”: {told}"
        raise VersionError(message)
    message = f"there is no folder and no git revision “{version}”"
    if _git(source, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        message += "; this is a shallow clone, which may lack it: run git fetch --unshallow"
    raise VersionError(message)


def _prefix(source: Path) -> str:
    """Give the path of the sources inside their repository, "" for its top.

    They need not be there now: a bare repository has no files, and a folder may be gone.
    """
    above = os.fsdecode(_git(source, "rev-parse", "--show-prefix").stdout.removesuffix(b"\n"))
    # Not resolved: where a link is in the way, git follows it.
    below = os.path.relpath(source, _nearest(source))
    prefix = PurePosixPath(above, Path(below).as_posix()).as_posix()
    return "" if prefix == "." else prefix


def _nearest(source: Path) -> Path:
    """Give the source folder or, where it isn't there, the nearest one above it."""
    return next((folder for folder in (source, *source.parents) if folder.is_dir()), Path())


def _git(
    source: Path, *arguments: str, text: str | None = None
) -> subprocess.CompletedProcess[bytes]:
    command: Sequence[str] = ("git", "-C", str(_nearest(source)))
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
