"""A folder for what has to stand in files while the program runs, as fonts and sockets; gone
when it ends, however it ends."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "policygen-"
_folders: dict[int, Path] = {}
"""The folder of each process by its number: a forked one knows its parent's, too."""

_others: list[Path] = []


def folder() -> Path:
    """Give this process's folder, or the one that it was given."""
    own = os.getpid()
    if own not in _folders:
        _folders[own] = Path(tempfile.mkdtemp(prefix=_PREFIX))
        atexit.register(clear)
    return _folders[own]


def lend(given: Path) -> None:
    """Have this process, a worker, use the folder of the one that began it, which clears it."""
    _folders[os.getpid()] = given
    atexit.unregister(clear)


def clear() -> None:
    """Remove this process's folder with all that stands in it."""
    if own := _folders.pop(os.getpid(), None):
        shutil.rmtree(own, ignore_errors=True)


def also(other: str) -> None:
    """Note a folder that Python clears itself, unless the program ends at once."""
    _others.append(Path(other))


def clear_at_once() -> None:
    """Remove those folders, too."""
    clear()
    for other in _others:
        shutil.rmtree(other, ignore_errors=True)
