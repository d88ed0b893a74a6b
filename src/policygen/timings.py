"""Where the time of a build goes: by stage, by document, and as a trace to look at.

The trace is in the Trace Event Format, which Perfetto (ui.perfetto.dev) and the browsers'
own viewers open.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygen.diagnostics import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

SLOWEST = 10
"""So many documents are listed."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of work: its stage, the document it was for if any, when it was done (seconds
    of ``time.perf_counter``) and by which process."""

    stage: str
    document: str
    started: float
    ended: float
    worker: int

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.ended - self.started


@dataclass(slots=True)
class Timings:
    """What was measured so far; ``started`` is when the whole began."""

    started: float = field(default_factory=time.perf_counter)
    stretches: list[Stretch] = field(default_factory=list)

    @contextlib.contextmanager
    def measured(self, stage: str, document: str = "") -> Iterator[None]:
        """Measure what is done inside, in this process."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.add(stage, document, started, time.perf_counter(), os.getpid())

    def add(self, stage: str, document: str, started: float, ended: float, worker: int) -> None:
        """Take down what was measured elsewhere."""
        self.stretches.append(Stretch(stage, document, started, ended, worker))

    def table(self) -> str:
        """Give the seconds of each stage and of the slowest documents, as lines to print."""
        stages: dict[str, list[float]] = {}
        documents: dict[str, float] = {}
        for stretch in self.stretches:
            stages.setdefault(stretch.stage, []).append(stretch.seconds)
            if stretch.document:
                before = documents.get(stretch.document, 0.0)
                documents[stretch.document] = before + stretch.seconds
        workers = len({stretch.worker for stretch in self.stretches})
        elapsed = time.perf_counter() - self.started
        rows = [
            _row(stage, sum(spent), f"{len(spent)} × {_each(spent)}")
            for stage, spent in stages.items()
        ]
        rows.append(_row("in all", elapsed, f"on the clock, {workers} processes at work"))
        slowest = sorted(documents.items(), key=lambda item: (-item[1], item[0]))[:SLOWEST]
        return "\n".join(
            [
                "Where the time went, in seconds:",
                *rows,
                *(["The slowest documents, in seconds:"] if slowest else []),
                *(_row(name, spent, "") for name, spent in slowest),
            ]
        )

    def trace(self) -> str:
        """Give everything as a trace: times are in microseconds from the beginning."""
        workers = list(dict.fromkeys(stretch.worker for stretch in self.stretches))
        names: list[dict[str, object]] = [
            {
                "name": "thread_name",
                "ph": "M",
                "pid": 1,
                "tid": number,
                "args": {"name": "policygen" if number == 1 else f"worker {number - 1}"},
            }
            for number, _ in enumerate(workers, 1)
        ]
        events: list[dict[str, object]] = [
            {
                "name": stretch.document or stretch.stage,
                "cat": stretch.stage,
                "ph": "X",
                "ts": round((stretch.started - self.started) * 1e6),
                "dur": round(stretch.seconds * 1e6),
                "pid": 1,
                "tid": workers.index(stretch.worker) + 1,
                "args": {"stage": stretch.stage},
            }
            for stretch in self.stretches
        ]
        return json_text({"traceEvents": [*names, *events], "displayTimeUnit": "ms"}) + "\n"


def _each(spent: list[float]) -> str:
    return f"{1000 * sum(spent) / len(spent):.1f} ms"


def _row(name: str, seconds: float, rest: str) -> str:
    return f"  {seconds:9.3f}  {name}{f'  ({rest})' if rest else ''}"
