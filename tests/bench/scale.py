"""docs/scale.md, from what was measured: what far more schools than one trust's would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

POLICIES = 2
SIZES = (
    ("One trust", 1, 50),
    ("1,300 trusts of eight schools", 1300, 8),
    ("24,000 schools, as one source", 1, 24_000),
)
WORKERS = (2, 16, 64)

HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds: to read a library, to assemble a document, to write it in each format
    with ``written``, to put its files into the folder; megabytes of its files."""

    read: float
    assembled: float
    written: dict[str, float]
    put: float
    megabytes: float

    @property
    def by_workers(self) -> float:
        """Milliseconds a document that workers share."""
        return sum(self.written.values())

    @property
    def by_one(self) -> float:
        """Milliseconds a document of the one process that reads, assembles and saves."""
        return self.assembled + self.put

    def hours(self, trusts: int, schools: int) -> float:
        """Processor hours to build everything."""
        documents = trusts * schools * POLICIES
        return (trusts * self.read + documents * (self.by_one + self.by_workers)) / HOUR

    def elapsed(self, trusts: int, schools: int, workers: int) -> float:
        """Hours on the clock, trust after trust: workers and the one work side by side, so
        the slower of the two decides."""
        documents = trusts * schools * POLICIES
        each = max(self.by_one, self.by_workers / workers)
        return (trusts * self.read + documents * each) / HOUR


def scale(figures: Figures, where: str) -> str:
    """Give the page; ``where`` says what the figures were measured on."""
    return "\n".join(_lines(figures, where)) + "\n"


def _lines(figures: Figures, where: str) -> Iterator[str]:
    yield "# What more would cost"
    yield ""
    yield "A trust builds its documents in seconds or minutes on one machine. This page says what it"
    yield "would take to build those of many trusts, or of every school in the country. `make bench`"
    yield "writes it from what it measured for [benchmarks](benchmarks.md); nothing here was built at"
    yield "that size."
    yield ""
    yield "## What one document takes"
    yield ""
    yield f"Policies of about ten pages, in a running process, on {where}:"
    yield ""
    yield "| Step | Milliseconds | Who |"
    yield "| --- | --- | --- |"
    yield f"| Assemble, and pack for a worker | {figures.assembled:.1f} | the process that builds |"
    for name, spent in figures.written.items():
        yield f"| Write {name} | {spent:.1f} | a worker |"
    yield f"| Put its files into the folder | {figures.put:.1f} | the process that builds |"
    yield ""
    yield f"Reading and checking a library takes {figures.read / 1000:.2f} s, once a build. The three"
    yield f"files of a document have {figures.megabytes:.2f} MB."
    yield ""
    yield "## What many take"
    yield ""
    heads = " | ".join(f"{workers} workers" for workers in WORKERS)
    yield f"| What | Documents | Processor hours | {heads} | Files |"
    yield f"| --- | --- | --- |{' --- |' * len(WORKERS)} --- |"
    for name, trusts, schools in SIZES:
        documents = trusts * schools * POLICIES
        spent = " | ".join(_time(figures.elapsed(trusts, schools, each)) for each in WORKERS)
        yield (
            f"| {name} | {documents:,} | {figures.hours(trusts, schools):.2f} | {spent} "
            f"| {documents * figures.megabytes / 1000:.1f} GB |"
        )
    yield ""
    most = figures.by_workers / figures.by_one
    yield f"More than about {most:.0f} workers don't help one build, since one process assembles for"
    yield "them all. Builds of different trusts don't touch each other, so past that number run several"
    yield "at once, each with workers of its own. What it costs in money is the processor hours times"
    yield "the price of one; a machine with two processors has two each hour."
    yield ""
    yield "## The model"
    yield ""
    yield "```text"
    yield "processor hours = trusts × read + documents × (assemble + put + write)"
    yield "time on the clock = trusts × read + documents × max(assemble + put, write ÷ workers)"
    yield "```"
    yield ""
    yield "A build after a change costs the documents that it touches: nothing else is made again. A"
    yield "changed clause that every policy prints is a build of everything."
    yield ""
    yield "## Its limits"
    yield ""
    yield "- Longer policies cost more, about in step with their pages. Forms are a page or two each,"
    yield "  and a school may have as many as a dozen; they are left out here."
    yield "- Workers are taken to be as fast as the machine measured, one for each processor, and free"
    yield "  of other work. What a network adds is left out; a task sends tens of kilobytes and brings"
    yield "  back hundreds."
    yield "- One source of 24,000 schools has not been tried. The process that builds keeps all of their"
    yield "  records in memory and writes one index page of them all. Sources of one trust each are"
    yield "  what the program is made for."
    yield "- People cost more than processors: somebody reads and approves what is built."


def _time(hours: float) -> str:
    if hours < 1 / 60:
        return f"{hours * 3600:.0f} s"
    return f"{hours * 60:.0f} min" if hours < 2 else f"{hours:.1f} h"  # noqa: PLR2004 readable
