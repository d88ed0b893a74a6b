"""Measuring whole processes: wall time and peak memory, variants by turns."""

from __future__ import annotations

import contextlib
import ctypes
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.trust import CHECKOUT

if TYPE_CHECKING:
    import resource
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Took:
    """What a process took: seconds on the clock, and of processors with all that it started,
    and the most MB of any of them."""

    seconds: float
    busy: float
    megabytes: float


@dataclass(slots=True)
class Job:
    """Something to measure: ``before`` each round, untimed, then ``command``; ``after`` it
    what is looked at. ``documents`` are how many it makes, in all the formats it makes."""

    name: str
    command: Sequence[str]
    documents: int = 0
    before: Callable[[], None] | None = None
    after: Callable[[str], None] | None = None
    took: list[Took] = field(default_factory=list)

    def once(self) -> None:
        """Run it, and take down what it took."""
        if self.before:
            self.before()
        took, printed = timed(self.command)
        self.took.append(took)
        if self.after:
            self.after(printed)

    @property
    def seconds(self) -> float:
        """The median of the seconds on the clock."""
        return statistics.median(took.seconds for took in self.took)

    @property
    def milliseconds_each(self) -> float:
        """The median for one document, in milliseconds."""
        return 1000 * self.seconds / self.documents

    @property
    def megabytes(self) -> float:
        """The most memory of any round."""
        return max(took.megabytes for took in self.took)


def ratio(job: Job, to: Job) -> float:
    """Give the median of what a job took over what another took in the same round."""
    return statistics.median(a.seconds / b.seconds for a, b in zip(job.took, to.took, strict=True))


def by_turns(jobs: Sequence[Job], rounds: int, tell: Callable[[str], None]) -> None:
    """Run each job once a round, so that what else the machine does strikes all alike."""
    for number in range(1, rounds + 1):
        for job in jobs:
            job.once()
            tell(f"round {number} of {rounds}: {job.name}: {job.took[-1].seconds:.2f} s")


def timed(command: Sequence[str]) -> tuple[Took, str]:
    """Run a command to its end; give what it took, and what it printed."""
    _adopt_orphans()
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 our own programs
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(),
    )
    printed = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command), printed)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    every = [used, *_orphans()]
    busy = sum(each.ru_utime + each.ru_stime for each in every)
    return Took(seconds, busy, max(each.ru_maxrss for each in every) / unit), printed


def _adopt_orphans() -> None:
    """Have processes that outlive the one that started them become children of this one: the
    one that workers are forked from ends a moment after the program does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


_PR_SET_CHILD_SUBREAPER = 36
"""From Linux's prctl.h."""


def _orphans() -> Iterator[resource.struct_rusage]:
    """Wait for them to end; give what each took."""
    with contextlib.suppress(ChildProcessError):
        while True:
            yield os.wait3(0)[2]


def environment() -> dict[str, str]:
    """Give the environment to measure in: modules are compiled once, and not for each run."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(str(CHECKOUT / part) for part in ("src", "tests")),
    }


def python(*arguments: str | Path) -> list[str]:
    """Give a command of this Python's."""
    return [sys.executable, *map(str, arguments)]
