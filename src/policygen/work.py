"""The writers' work, spread over processes: a document in, bytes or a diagnostic out.

Everything goes through ``concurrent.futures.Executor``; a task holds all it needs, so
that it may run in any process, on any machine.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import itertools
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import Counter, deque
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeAlias, TypeVar

from policygen import scratch
from policygen.ahead import begin
from policygen.diagnostics import Diagnostic
from policygen.document.packing import unpacked
from policygen.request import FORMAT_NAMES, BoundFormat, Format
from policygen.writers import (
    RendererMissing,
    TemplateError,
    WordTemplateError,
    bind,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from policygen.document import Document
    from policygen.writers.theme import Theme

Progress: TypeAlias = "Callable[[int, int], None]"
"""Is told (tasks done, tasks in all as far as known)."""

IN_FLIGHT = 128
"""So many tasks a worker are given out at once: enough that none waits, and no more, so
that memory doesn't grow with the number of documents."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document, packed if it goes to another process, to write in a format. ``name`` is
    its path without an ending; ``siblings`` are (format, file) of the same document's other
    formats."""

    name: str
    document: Document | bytes
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


@dataclass(frozen=True, slots=True)
class Spent:
    """When a task was worked on, in seconds of ``time.perf_counter``, and by which process."""

    started: float
    ended: float
    worker: int


@dataclass(frozen=True, slots=True)
class Finished(Generic[AnyTask]):
    """What came of a task; ``spent`` is None where nobody can tell."""

    task: AnyTask
    result: bytes | Diagnostic
    spent: Spent | None = None


def render(task: Task | Binding, theme: Theme) -> bytes:
    """Give the bytes of a task's file: the unit of work."""
    if isinstance(task, Binding):
        return bind(task.documents, task.format, theme, task.title, both_sides=task.both_sides)
    document = unpacked(task.document) if isinstance(task.document, bytes) else task.document
    return write(document, task.format, theme, dict(task.siblings))


def worked(task: Task | Binding, theme: Theme) -> tuple[bytes, Spent]:
    """Give the bytes of a task's file, and what it took."""
    started = time.perf_counter()
    data = render(task, theme)
    return data, Spent(started, time.perf_counter(), os.getpid())


def rendered(
    tasks: Iterable[AnyTask], theme: Theme, jobs: int, progress: Progress | None = None
) -> Iterator[Finished[AnyTask]]:
    """Render tasks, in any order; one that fails says why and the rest goes on.

    With one job the work is done in this process. With more, tasks are taken while others
    are worked on, so that what makes them may take its time.
    """
    coming = Counted(tasks)
    first = next(coming, None)
    if first is None:
        return
    everything = itertools.chain((first,), coming)
    if jobs == 1:
        finished = _here(everything, theme)
    else:
        finished = _pooled(longest_first(everything), theme, jobs, (first.format,))
    for done, outcome in enumerate(finished, 1):
        yield outcome
        if progress:
            progress(done, coming.count)


def rendered_here(task: AnyTask, theme: Theme) -> bytes | Diagnostic:
    """Render one task in this process, or say why it can't be done."""
    return finished(task, functools.partial(worked, task, theme)).result


def through(
    submit: Callable[[AnyTask], Future[tuple[bytes, Spent]]], tasks: Iterator[AnyTask], most: int
) -> Iterator[Finished[AnyTask]]:
    """Give tasks to an executor by its ``submit``, at most so many at once, and give what
    comes of them. Where the executor breaks, tasks it hadn't done are lost, and no more are
    taken."""
    pending: dict[Future[tuple[bytes, Spent]], AnyTask] = {}
    while True:
        for task in itertools.islice(tasks, most - len(pending)):
            try:
                pending[submit(task)] = task
            except BrokenExecutor as error:
                tasks = iter(())
                yield Finished(task, _explained(task, error))
                break
        if not pending:
            return
        for future in wait(pending, return_when=FIRST_COMPLETED).done:
            yield finished(pending.pop(future), future.result)


class Counted(Generic[AnyTask]):
    """An iterator over tasks; ``count`` is how many were taken."""

    def __init__(self, tasks: Iterable[AnyTask]) -> None:
        self._tasks: Iterator[AnyTask] = iter(tasks)
        self.count = 0

    def __iter__(self) -> Iterator[AnyTask]:
        return self

    def __next__(self) -> AnyTask:
        task = next(self._tasks)
        self.count += 1
        return task


def longest_first(tasks: Iterable[AnyTask]) -> Iterator[AnyTask]:
    """Give PDFs before what takes a tenth of their time, of which some are held back for the
    end, so that no worker is at a PDF when the others have nothing left to do."""
    short: deque[AnyTask] = deque()
    held = 0
    for task in tasks:
        if task.format == "pdf":
            held = _HELD_BACK
            yield task
        else:
            short.append(task)
        while len(short) > held:
            yield short.popleft()
    yield from short


_HELD_BACK = 64
"""As many short tasks as all workers together can do in the time of a PDF."""


def _here(tasks: Iterator[AnyTask], theme: Theme) -> Iterator[Finished[AnyTask]]:
    while some := list(itertools.islice(tasks, IN_FLIGHT)):
        for task in some:
            yield finished(task, functools.partial(worked, task, theme))


def finished(task: AnyTask, result: Callable[[], tuple[bytes, Spent]]) -> Finished[AnyTask]:
    """Give a task's bytes, or the diagnostic for what went wrong with it."""
    try:
        return Finished(task, *result())
    except Exception as error:  # noqa: BLE001 the other documents must still be built
        return Finished(task, _explained(task, error))


def _explained(task: Task | Binding, error: Exception) -> Diagnostic:
    kind = FORMAT_NAMES[task.format]
    match error:
        case RendererMissing():
            return Diagnostic("no-renderer", str(error), documents=(task.name,))
        case WordTemplateError():
            return Diagnostic("bad-word-template", str(error), documents=(task.name,))
        case TemplateError():
            return replace(bad_template(error), documents=(task.name,))
        case BrokenExecutor():
            message = f"the process that wrote {task.name} as {kind} ended unexpectedly"
            hint = "Try again with --jobs 1; if it ends again, please report it."
            return Diagnostic("worker-lost", message, None, hint, documents=(task.name,))
        case _:
            what = f"{type(error).__name__}: {error}"
            message = f"{task.name} could not be written as {kind}: {what}"
            hint = "This is a fault of the program; please report it."
            return Diagnostic("writer-failed", message, None, hint, documents=(task.name,))


def bad_template(error: TemplateError) -> Diagnostic:
    """Give the diagnostic for a template of the trust's own that can't be used."""
    hint = "Mend the file in the folder given with --templates."
    return Diagnostic("bad-template", str(error), None, hint)


# Processes ----------------------------------------------------------------------------


def _pooled(
    tasks: Iterator[AnyTask], theme: Theme, jobs: int, formats: Iterable[Format]
) -> Iterator[Finished[AnyTask]]:
    """Render tasks in a pool of processes; where one dies, which breaks the whole pool, the
    task it was at is lost and a new pool goes on with the others."""
    tried: Counter[tuple[str, str]] = Counter()
    while True:
        lost: list[Finished[AnyTask]] = []
        given: list[AnyTask] = []
        with contextlib.ExitStack() as stack:
            try:
                executor, notes = stack.enter_context(_pool(jobs, begin(formats)))
            except (ImportError, OSError):
                # Python has no locks here that processes share.
                yield from _here(tasks, theme)
                return

            def submit(task: AnyTask) -> Future[tuple[bytes, Spent]]:
                given.append(task)  # noqa: B023 used in this round only
                number = len(given) - 1  # noqa: B023 likewise
                return executor.submit(_noted, number, task, theme)  # noqa: B023 likewise

            for outcome in through(submit, tasks, IN_FLIGHT * jobs):
                if isinstance(outcome.result, Diagnostic) and outcome.result.code == LOST:
                    lost.append(outcome)
                else:
                    yield outcome
        if not lost:
            return
        at_work = {_key(given[number]) for number in notes.at_work()}
        blamed = [outcome for outcome in lost if _key(outcome.task) in at_work]
        tried.update(_key(outcome.task) for outcome in blamed or lost)
        if len(blamed) != 1:
            # Nobody can tell which of them it was, so each has another try.
            blamed = [outcome for outcome in lost if tried[_key(outcome.task)] >= _TRIES]
        yield from blamed
        told = {_key(outcome.task) for outcome in blamed}
        again = [outcome.task for outcome in lost if _key(outcome.task) not in told]
        tasks = itertools.chain(again, tasks)


LOST = "worker-lost"
_TRIES = 2
"""So often a task may be among those of which one ended a worker."""


def _key(task: Task | Binding) -> tuple[str, str]:
    return task.name, task.format


class _Notes:
    """Which task each worker is at, in memory that they share with this process."""

    def __init__(self, context: Any, workers: int) -> None:  # noqa: ANN401 has no common type
        self._seats = context.Value("i", 0)
        self._tasks = context.RawArray("q", [_NONE] * workers)
        self._seat = _NONE

    def sit(self) -> None:
        """Take a seat, in the worker."""
        with self._seats.get_lock():
            self._seat = self._seats.value
            self._seats.value += 1

    def note(self, number: int) -> None:
        """Say what this worker is at."""
        self._tasks[self._seat] = number

    def at_work(self) -> list[int]:
        """Give the tasks of workers that ended before they had done them."""
        return [number for number in self._tasks if number != _NONE]


_NONE = -1
_WORKER: dict[str, _Notes] = {}
"""Where a worker notes what it is at; empty in other processes."""


def _noted(number: int, task: Task | Binding, theme: Theme) -> tuple[bytes, Spent]:
    notes = _WORKER["notes"]
    notes.note(number)
    try:
        return worked(task, theme)
    finally:
        notes.note(_NONE)


@contextlib.contextmanager
def _pool(workers: int, context: BaseContext) -> Iterator[tuple[Executor, _Notes]]:
    """Give a pool of processes that is gone at once when this one is interrupted."""
    notes = _Notes(context, workers)
    executor = ProcessPoolExecutor(workers, context, _begin, (notes, scratch.folder()))
    try:
        yield executor, notes
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        workers_alive = multiprocessing.active_children()
        for process in workers_alive:
            process.kill()
        for process in workers_alive:
            process.join(_PATIENCE)
        executor.shutdown()
        raise
    executor.shutdown()


def _begin(notes: _Notes, folder: Path) -> None:
    """Begin as a worker: leave Ctrl-C to the program, which ends its workers itself, and end
    with it where it is killed outright, or with what this process was forked from (Linux
    tells a child so). What was loaded before stays out of the garbage collector's way, and so
    shared."""
    gc.freeze()
    scratch.lend(folder)
    notes.sit()
    _WORKER["notes"] = notes
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if program := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(program,), daemon=True).start()


def _end_with(program: BaseProcess) -> None:
    program.join()
    os._exit(1)


def _end(number: int, frame: object) -> NoReturn:
    """End when told to, and not as one that died over its task."""
    del frame
    _WORKER["notes"].note(_NONE)
    os._exit(128 + number)


_PATIENCE = 0.5
"""Seconds to wait for a killed worker to be gone."""

_PR_SET_PDEATHSIG = 1
"""From Linux's prctl.h: the signal a process gets when its parent dies."""
