"""The writers' work, spread over processes: a ``Document`` in, bytes or a diagnostic out.

Everything goes through ``concurrent.futures.Executor``; a task holds all it needs, so
that it may run in any process, on any machine.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import multiprocessing
import os
import signal
import sys
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, get_args

from policygen.diagnostics import Diagnostic
from policygen.writers import RendererMissing, TemplateError, WordTemplateError, bind, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policygen.document import Document
    from policygen.writers.theme import Theme

Format: TypeAlias = Literal["html", "pdf", "docx"]
FORMATS: tuple[Format, ...] = get_args(Format)
BoundFormat: TypeAlias = Literal["pdf", "docx"]
"""What documents can be bound in: a web page is a document of its own."""

FORMAT_NAMES = {"html": "HTML", "pdf": "PDF", "docx": "Word"}

Progress: TypeAlias = "Callable[[int, int], None]"
"""Is told (tasks done, tasks in all)."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to write in a format. ``name`` is its path without an ending;
    ``siblings`` are (format, file) of the same document's other formats."""

    name: str
    document: Document
    format: Format
    siblings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Binding:
    """Documents to bind in one file, which is called ``title``; each begins on a right-hand
    page where it is for printing on ``both_sides``."""

    name: str
    documents: tuple[Document, ...]
    format: BoundFormat
    title: str
    both_sides: bool = True


AnyTask = TypeVar("AnyTask", Task, Binding)


def render(task: Task | Binding, theme: Theme) -> bytes:
    """Give the bytes of a task's file: the unit of work."""
    if isinstance(task, Binding):
        return bind(task.documents, task.format, theme, task.title, both_sides=task.both_sides)
    return write(task.document, task.format, theme, dict(task.siblings))


def rendered(
    tasks: list[AnyTask], theme: Theme, jobs: int, progress: Progress | None = None
) -> Iterator[tuple[AnyTask, bytes | Diagnostic]]:
    """Render tasks, in any order; one that fails says why and the rest goes on.

    With one job the work is done in this process.
    """
    outcomes = _here(tasks, theme) if jobs == 1 or len(tasks) <= 1 else _pooled(tasks, theme, jobs)
    for done, outcome in enumerate(outcomes, 1):
        yield outcome
        if progress:
            progress(done, len(tasks))


def rendered_here(task: Task | Binding, theme: Theme) -> bytes | Diagnostic:
    """Render one task in this process, or say why it can't be done."""
    return _outcome(task, functools.partial(render, task, theme))


def default_jobs() -> int:
    """Give the number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _here(tasks: list[AnyTask], theme: Theme) -> Iterator[tuple[AnyTask, bytes | Diagnostic]]:
    for task in tasks:
        yield task, rendered_here(task, theme)


def _pooled(
    tasks: list[AnyTask], theme: Theme, jobs: int
) -> Iterator[tuple[AnyTask, bytes | Diagnostic]]:
    with _pool(min(jobs, len(tasks))) as executor:
        futures = {executor.submit(render, task, theme): task for task in tasks}
        pending = set(futures)
        while pending:
            finished, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in finished:
                yield futures[future], _outcome(futures[future], future.result)


def _outcome(task: Task | Binding, result: Callable[[], bytes]) -> bytes | Diagnostic:
    """Give a task's bytes, or the diagnostic for what went wrong with it."""
    kind = FORMAT_NAMES[task.format]
    try:
        return result()
    except RendererMissing as error:
        return Diagnostic("no-renderer", str(error), documents=(task.name,))
    except WordTemplateError as error:
        return Diagnostic("bad-word-template", str(error), documents=(task.name,))
    except TemplateError as error:
        hint = "Mend the file in the folder given with --templates."
        return Diagnostic("bad-template", str(error), None, hint, documents=(task.name,))
    except BrokenProcessPool:
        message = f"the process that wrote {task.name} as {kind} ended unexpectedly"
        hint = "Try again with --jobs 1; if it ends again, please report it."
        return Diagnostic("worker-lost", message, None, hint, documents=(task.name,))
    except Exception as error:  # noqa: BLE001 the other documents must still be built
        message = f"{task.name} could not be written as {kind}: {type(error).__name__}: {error}"
        hint = "This is a fault of the program; please report it."
        return Diagnostic("writer-failed", message, None, hint, documents=(task.name,))


@contextlib.contextmanager
def _pool(workers: int) -> Iterator[Executor]:
    """Give a pool of processes that is gone at once when this one is interrupted."""
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    executor = ProcessPoolExecutor(workers, context, _quiet)
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        workers_alive = multiprocessing.active_children()
        for process in workers_alive:
            process.kill()
        for process in workers_alive:
            process.join(_PATIENCE)
        raise
    executor.shutdown()


def _quiet() -> None:
    """Leave Ctrl-C to the parent, which ends its workers itself, and end with it where
    it is killed outright (Linux tells a child so; elsewhere the pipe's end does)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


_PATIENCE = 0.5
"""Seconds to wait for a killed worker to be gone."""

_PR_SET_PDEATHSIG = 1
"""From Linux's prctl.h: the signal a process gets when its parent dies."""
