"""The files of a build folder: whether they stand as they were made, written, removed."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity
from policygen.files import write_whole
from policygen.inputs import file_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LOCK = ".policygen.lock"
"""The file that a build holds while it writes. It stays: were it removed, two builds could
hold two files of its name."""

_FEW = 16
"""So many files are looked at by one thread."""


class FolderBusyError(Exception):
    """Another build writes into the folder."""


def standing(out: Path, expected: Mapping[str, str]) -> set[str]:
    """Give the files that stand in a folder with just the content expected: hashes by
    name."""
    names = sorted(expected)
    found: set[str] = set()

    def look(some: list[str]) -> None:
        found.update(name for name in some if file_digest(f"{out}/{name}") == expected[name])

    if len(names) <= _FEW:
        look(names)
        return found
    # Reading and hashing leave Python's lock alone, so that a second thread pays.
    other = threading.Thread(target=look, args=(names[1::2],))
    other.start()
    look(names[::2])
    other.join()
    return found


def written(out: Path, name: str, data: bytes) -> Diagnostic | None:
    """Write a file of the output; give what is wrong where that can't be done."""
    try:
        write_whole(out / name, data)
    except OSError as error:
        return cannot_write(name, error)
    return None


def cannot_write(name: str, error: OSError) -> Diagnostic:
    """Give the diagnostic for what can't be written."""
    message = f"{name} can't be written: {error.strerror or error}"
    hint = "Look at the output folder: its rights, its space, and whether the file is open."
    return Diagnostic("cannot-write", message, None, hint)


def removed(out: Path, name: str, content: str) -> Diagnostic | bool:
    """Remove a file that is no longer made, and folders left empty; give whether it was
    there. One that is not as we wrote it is kept, which is told."""
    path = out / name
    if not path.exists():
        return False
    if file_digest(path) != content:
        message = f"{name} is no longer made, and was kept since it was changed by hand"
        hint = "Remove it if nobody needs it."
        return Diagnostic("kept-file", message, None, hint, Severity.WARNING)
    try:
        path.unlink()
    except OSError as error:
        return cannot_write(name, error)
    with contextlib.suppress(OSError):
        for folder in path.parents:
            if folder == out:
                break
            folder.rmdir()
    return True


@contextlib.contextmanager
def held(out: Path) -> Iterator[None]:
    """Hold a folder for one build; raises ``FolderBusyError`` where another does, and
    ``OSError`` where the folder can't be written to."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 dear to load

    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise FolderBusyError(out.name) from error
    try:
        yield
    finally:
        lock.release()
