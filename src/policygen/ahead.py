"""The process that workers are forked from, begun ahead: while this one reads the sources, it
loads what writes the files, on a processor that has nothing else to do."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from typing import TYPE_CHECKING

from policygen import scratch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from multiprocessing.context import BaseContext

    from policygen.request import Format

_LOADED = {
    "html": "policygen.writers.html",
    "pdf": "policygen.writers.pdf.ahead",
    "docx": "policygen.writers.word",
}


def begin(formats: Iterable[Format]) -> BaseContext:
    """Begin, unless it has begun already, and give what workers are started with: on systems
    that don't fork, and where there can be no such process, they load what they need."""
    import multiprocessing  # noqa: PLC0415 begun before anything else is loaded
    from multiprocessing import forkserver, util  # noqa: PLC0415 likewise

    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    loaded = ["policygen.work", *(_LOADED[format_] for format_ in formats)]
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(loaded)
    try:
        with _deaf_to_interrupts(), _given(_SETTINGS):
            scratch.also(util.get_temp_dir())
            forkserver.ensure_running()
    except OSError:
        # No place for a socket.
        return multiprocessing.get_context("fork")
    return context


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Have processes begun that ignore Ctrl-C, which is for this one to hear."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


_SETTINGS = {
    # No module is loaded from the folder we are in, which may be the sources' own.
    "PYTHONSAFEPATH": "1",
    # What a build that is broken off leaves behind is tidied up, and nobody need know.
    "PYTHONWARNINGS": "ignore::UserWarning:multiprocessing.resource_tracker",
}


@contextlib.contextmanager
def _given(settings: Mapping[str, str]) -> Iterator[None]:
    """Have processes begun with these settings of the environment."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
