"""The writers' work on a Dask cluster: each task holds all it needs, bytes come back.

Dask sends Python objects as pickles, which whoever can reach the scheduler or a worker can
replace by a program of their own: see the manual for networks to use it on.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import itertools
import logging
import os
import socket
import tempfile
import threading
import time
import warnings
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeAlias

from policygen.diagnostics import Diagnostic, plural
from policygen.inputs import native_state, program_state, templates_state
from policygen.request import FORMAT_NAMES
from policygen.work import (
    LOST,
    AnyTask,
    Binding,
    Counted,
    Finished,
    Spent,
    Task,
    finished,
    render,
)
from policygen.writers.theme import Theme, bundled_templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from policygen.work import Progress

PATIENCE = 15.0
"""Seconds to wait for the scheduler to answer, and for a cluster without workers to get one."""

IN_FLIGHT = 8
"""So many tasks a worker are given out at once: enough to hide the way, and no more."""

Answer: TypeAlias = tuple[bytes, float, str]
"""A file, the seconds it took, and the name of the worker that wrote it."""


class ClusterError(Exception):
    """Why a cluster can't be worked with, in a user's words, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Look:
    """A theme to send: the files of a trust's own templates, and its Word file."""

    files: tuple[tuple[str, bytes], ...]
    word_template: bytes | None
    large_print: bool

    @classmethod
    def of(cls, theme: Theme) -> Look:
        """Give what of a theme the workers don't have themselves."""
        own = theme.overrides
        files = (
            (path.relative_to(own).as_posix(), path.read_bytes())
            for path in sorted(own.rglob("*") if own else ())
            if own and path.is_file()
        )
        return cls(tuple(files), theme.word_template, theme.large_print)


@dataclass(slots=True)
class Cluster(Generic[AnyTask]):
    """Work on the cluster of the scheduler at ``address`` ("tcp://host:8786").

    ``notes`` tells afterwards which workers were lost on the way.
    """

    address: str
    theme: Theme
    progress: Progress | None = None
    notes: list[str] = field(default_factory=list)

    def rendered(self, tasks: Iterable[AnyTask]) -> Iterator[Finished[AnyTask]]:
        """Render tasks, in any order; one that fails says why and the rest goes on.

        The cluster is asked for when there is something to do. Where it can't be worked
        with, or is gone, each task says so.
        """
        coming = Counted(tasks)
        first = next(coming, None)
        if first is None:
            return
        tasks = itertools.chain((first,), coming)
        for done, outcome in enumerate(self._outcomes(tasks), 1):
            yield outcome
            if self.progress:
                self.progress(done, coming.count)

    def _outcomes(self, tasks: Iterator[AnyTask]) -> Iterator[Finished[AnyTask]]:
        try:
            with _connected(self.address) as client:
                yield from self._through(client, tasks)
        except ClusterError as error:
            # Tasks that were given out have been answered for: these are the others.
            yield from (Finished(task, _told(task, error)) for task in tasks)

    def _through(self, client: Any, tasks: Iterator[AnyTask]) -> Iterator[Finished[AnyTask]]:  # noqa: ANN401 Dask has no types
        executor = client.get_executor(pure=False)
        look = Look.of(self.theme)
        expected = versions()
        workers = _Workers(set(_addresses(client)))
        pending: dict[Future[Answer], AnyTask] = {}
        try:
            while True:
                room = IN_FLIGHT * len(workers.now) - len(pending)
                for task in itertools.islice(tasks, max(room, 0)):
                    try:
                        future = executor.submit(written_there, task, look, expected)
                    except (OSError, RuntimeError) as error:
                        yield Finished(task, _told(task, _gone()))
                        raise _gone() from error
                    pending[future] = task
                if not pending:
                    return
                done = wait(pending, _BEAT, FIRST_COMPLETED).done
                for future in done:
                    yield self._finished(pending.pop(future), future, workers)
                if not done:
                    workers.look(client)
        except ClusterError as error:
            yield from (Finished(task, _told(task, error)) for task in pending.values())
            raise
        finally:
            for future in pending:
                future.cancel()
            if client.status == "running":
                workers.look(client, patient=True)
            self.notes += [
                f"The worker {address} was lost; what it was at was given to others."
                for address in sorted(workers.seen - workers.now)
            ]

    @staticmethod
    def _finished(task: AnyTask, future: Future[Answer], workers: _Workers) -> Finished[AnyTask]:
        def result() -> tuple[bytes, Spent]:
            data, seconds, worker = future.result()
            # The other machine's clock tells nothing here, only how long it took.
            now = time.perf_counter()
            return data, Spent(now - seconds, now, workers.number(worker))

        fault = future.exception() if not future.cancelled() else CancelledError()
        kind = FORMAT_NAMES[task.format]
        if isinstance(fault, CancelledError):
            return Finished(task, _told(task, _gone()))
        if isinstance(fault, VersionsError):
            return Finished(task, _told(task, _differing(str(fault))))
        if fault is not None and type(fault).__name__ == "KilledWorker":
            message = (
                f"workers of the cluster ended, one after the other, over {task.name} as {kind}"
            )
            hint = (
                "Try again without --cluster, and with --jobs 1; if it ends too, please report it."
            )
            return Finished(task, Diagnostic(LOST, message, None, hint, documents=(task.name,)))
        return finished(task, result)


_BEAT = 1.0
"""So many seconds without an answer, and it is looked whether there are still workers."""


@dataclass(slots=True)
class _Workers:
    """The workers of a cluster, by their addresses."""

    seen: set[str]
    now: set[str] = field(default_factory=set)
    alone_since: float | None = None
    numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = set(self.seen)

    def look(self, client: Any, *, patient: bool = False) -> None:  # noqa: ANN401 Dask has no types
        """See who is there. Raises ``ClusterError`` where the scheduler is gone or, unless
        ``patient``, there has been no worker for too long."""
        try:
            self.now = set(_addresses(client))
        except (OSError, RuntimeError, TimeoutError, TypeError, KeyError) as error:
            if patient:
                return
            raise _gone() from error
        self.seen |= self.now
        if self.now or patient:
            self.alone_since = None
        elif self.alone_since is None:
            self.alone_since = time.monotonic()
        elif time.monotonic() - self.alone_since > PATIENCE:
            message = f"all workers of the cluster have gone, and none came for {PATIENCE:.0f} s"
            raise ClusterError(message, "Start workers and build again: what was made stays.")

    def number(self, worker: str) -> int:
        """Give a number for a worker, unlike those of processes of this machine."""
        return self.numbers.setdefault(worker, -1 - len(self.numbers))


def _told(task: Task | Binding, error: ClusterError) -> Diagnostic:
    return Diagnostic("no-cluster", str(error), None, error.hint, documents=(task.name,))


def _gone() -> ClusterError:
    return ClusterError(
        "the scheduler of the cluster doesn't answer any more",
        "Start it again and build again: what was made stays.",
    )


def _differing(where: str) -> ClusterError:
    return ClusterError(
        f"the cluster's workers would not write what this machine writes: {where}",
        "Install the same version of policygen and of its libraries on every machine.",
    )


# The connection ---------------------------------------------------------------------------


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Give a client of the scheduler whose workers run this very program."""
    try:
        distributed = importlib.import_module("distributed")
    except ModuleNotFoundError as error:
        message = "a cluster needs Dask, which is not installed"
        raise ClusterError(message, 'Run: pip install "policygen[cluster]"') from error
    # What goes wrong is told by us, once.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            client = distributed.Client(
                address, timeout=PATIENCE, set_as_default=False, name="policygen"
            )
        except (OSError, TimeoutError, ValueError, RuntimeError, TypeError) as error:
            message = f"there is no answer from a scheduler at {address}"
            hint = "Start one with “dask scheduler”, and look at address, port and firewall."
            raise ClusterError(message, hint) from error
        try:
            _check(client)
            yield client
        finally:
            with contextlib.suppress(Exception):
                client.close(PATIENCE)


def _check(client: Any) -> None:  # noqa: ANN401 Dask has no types
    """Wait for a worker; raise ``ClusterError`` where one differs from this machine."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        message = f"the cluster has no workers, and none came for {PATIENCE:.0f} s"
        hint = "Start some with “dask worker --nthreads 1 --nworkers auto ADDRESS”."
        raise ClusterError(message, hint) from error
    mine = versions()
    answers = client.run(versions, on_error="return")
    for worker, theirs in sorted(answers.items()):
        alike = isinstance(theirs, tuple)
        difference = differences(mine, theirs) if alike else "no policygen like this one"
        if difference:
            where = f"{worker} has {difference}"
            raise _differing(where)


def _addresses(client: Any) -> Iterable[str]:  # noqa: ANN401 Dask has no types
    # Asked of the scheduler: what the client has been told may be seconds old.
    info = client.sync(client.scheduler.identity, n_workers=-1)
    found: dict[str, object] = info["workers"]
    return found


# On the worker -----------------------------------------------------------------------------


class VersionsError(Exception):
    """A worker that isn't like the machine that asks; holds in what."""


@functools.cache
def versions() -> tuple[tuple[str, str], ...]:
    """Give the versions of all that decides the bytes of a file, on the machine it runs on."""
    here = {**program_state(), **native_state()}
    here["templates"] = templates_state((bundled_templates(),))
    return tuple(sorted(here.items()))


def differences(mine: tuple[tuple[str, str], ...], theirs: tuple[tuple[str, str], ...]) -> str:
    """Say in what ``theirs`` differ from ``mine``; empty where they don't."""
    there = dict(theirs)
    found = [
        f"{name} {_version(there.get(name, 'missing'))} instead of {_version(version)}"
        for name, version in mine
        if there.get(name) != version
    ]
    others = f" and {plural(len(found) - 1, 'more difference')}" if found[1:] else ""
    return f"{found[0]}{others}" if found else ""


def _version(state: str) -> str:
    """Give a version to read: what stands behind it is a hash of the code."""
    words = state.split()
    return " ".join((words[0], *(word[:8] for word in words[1:]))) if words else state


def written_there(
    task: Task | Binding, look: Look, expected: tuple[tuple[str, str], ...]
) -> Answer:
    """Write a file on a worker, one at a time: a renderer's fonts are for one thread.

    Raises ``VersionsError`` where the worker came later and isn't like the others.
    """
    if difference := differences(expected, versions()):
        message = f"{socket.gethostname()} has {difference}"
        raise VersionsError(message)
    with _ONE_AT_A_TIME:
        started = time.perf_counter()
        data = render(task, _theme(look))
        seconds = time.perf_counter() - started
    return data, seconds, f"{socket.gethostname()} {os.getpid()}"


_ONE_AT_A_TIME = threading.Lock()


@functools.lru_cache(maxsize=2)
def _theme(look: Look) -> Theme:
    """Give the theme that was sent, its files in a folder that goes with the process."""
    if not look.files:
        return Theme(None, look.word_template, look.large_print)
    kept = tempfile.TemporaryDirectory(prefix="policygen-")
    _FOLDERS.append(kept)
    folder = Path(kept.name)
    for name, data in look.files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Theme(folder, look.word_template, look.large_print)


_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []
