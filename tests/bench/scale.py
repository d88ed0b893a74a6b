"""docs/scale.md, from what was measured: what far more schools than one trust's would cost."""

from __future__ import annotations

from dataclasses import dataclass

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
    return _PAGE.format(
        where=where,
        assembled=figures.assembled,
        put=figures.put,
        read=figures.read / 1000,
        megabytes=figures.megabytes,
        written="\n".join(
            f"| Write {name} | {spent:.1f} | a worker |" for name, spent in figures.written.items()
        ),
        workers=" | ".join(f"{workers} workers" for workers in WORKERS),
        rules=" | ".join("---" for _ in WORKERS),
        rows="\n".join(_row(figures, *size) for size in SIZES),
        most=figures.by_workers / figures.by_one,
    )


def _row(figures: Figures, name: str, trusts: int, schools: int) -> str:
    documents = trusts * schools * POLICIES
    elapsed = " | ".join(_time(figures.elapsed(trusts, schools, each)) for each in WORKERS)
    hours = figures.hours(trusts, schools)
    size = documents * figures.megabytes / 1000
    return f"| {name} | {documents:,} | {hours:.2f} | {elapsed} | {size:.1f} GB |"


def _time(hours: float) -> str:
    if hours < 1 / 60:
        return f"{hours * 3600:.0f} s"
    return f"{hours * 60:.0f} min" if hours < LONG else f"{hours:.1f} h"


LONG = 2
"""From so many hours they are told as hours."""

_PAGE = """\
# What more would cost

A trust builds its documents in seconds or minutes on one machine. This page says what it would take
to build those of many trusts, or of every school in the country. `make bench` writes it from what
it measured for [benchmarks](benchmarks.md); nothing here was built at that size.

## What one document takes

Policies of about ten pages, by one worker, on {where}:

| Step | Milliseconds | Who |
| --- | --- | --- |
| Assemble, and pack for a worker | {assembled:.1f} | the process that builds |
{written}
| Put its files into the folder | {put:.1f} | the process that builds |

Reading and checking a library takes {read:.2f} s, once a build. The three files of a document have
{megabytes:.2f} MB.

## What many take

| What | Documents | Processor hours | {workers} | Files |
| --- | --- | --- | {rules} | --- |
{rows}

More than about {most:.0f} workers don't help one build, since one process assembles for them all.
Builds of different trusts don't touch each other, so past that number run several at once, each
with workers of its own. What it costs in money is the processor hours times the price of one; a
machine with two processors has two each hour.

## The model

```text
processor hours = trusts × read + documents × (assemble + put + write)
time on the clock = trusts × read + documents × max(assemble + put, write ÷ workers)
```

Each school has two policies. A build after a change costs the documents that it touches: nothing
else is made again. A changed clause that every policy prints is a build of everything.

## Its limits

- Longer policies cost more, about in step with their pages. Forms are a page or two each, and a
  school may have as many as a dozen; they are left out here.
- Workers are taken to be as fast as the machine measured, one for each processor, and free of other
  work. What a network adds is left out; a task sends tens of kilobytes and brings back hundreds.
- One source of 24,000 schools has not been tried. The process that builds keeps all of their
  records in memory and writes one index page of them all. Sources of one trust each are what the
  program is made for.
- People cost more than processors: somebody reads and approves what is built.
"""
