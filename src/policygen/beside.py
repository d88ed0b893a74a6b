"""A piece of work done in another process while this one goes on."""

from __future__ import annotations

import os
import pickle
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin a work, and give what waits for its result.

    The other process is a copy of this one, so the work may use anything there is; its result
    must be one that can be pickled. Where there is but one processor, or processes can't be
    copied, or the copy comes to grief, the work is done here when its result is asked for.
    """
    alone = threading.active_count() > 1 or (os.cpu_count() or 1) == 1
    if alone or not hasattr(os, "fork"):
        return work
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_end(work, writing)
    os.close(writing)

    def result() -> T:
        with os.fdopen(reading, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(child, 0)
        if status:
            return work()
        found: T = pickle.loads(data)  # noqa: S301 our own process wrote it
        return found

    return result


def _work_and_end(work: Callable[[], object], writing: int) -> None:
    """Do the work in the copy, and end it without whatever this process does at its end."""
    status = 1
    try:
        with os.fdopen(writing, "wb") as stream:
            stream.write(pickle.dumps(work()))
        status = 0
    finally:
        os._exit(status)
