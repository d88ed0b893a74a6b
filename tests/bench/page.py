"""docs/benchmarks.md, from what was measured."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import statistics
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bench import jobs as names
from bench.measure import Job, ratio
from bench.rivals import LIBREOFFICE
from policygen.diagnostics import plural
from policygen.inputs import native_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.jobs import Bench


@dataclass(slots=True)
class Results:
    """What was measured: for each number of schools the jobs, by name; ``peaks`` are the
    most MB of one process after each fifty documents."""

    rounds: int
    benches: list[Bench] = field(default_factory=list)
    jobs: list[dict[str, Job]] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)


Row: TypeAlias = tuple[str, str, str, str]

RIVALS = {
    "weasyprint": ("WeasyPrint as its manual shows, our first templates", "PDF"),
    names.SINGLE_RIVAL: ("WeasyPrint as its manual shows, one document", "one PDF"),
    "python_docx": ("python-docx as its manual shows", "Word"),
    "docxtpl": ("docxtpl", "Word"),
    "docxtpl_libreoffice": ("docxtpl, then LibreOffice once for all", "Word, PDF"),
    "pandoc_typst": ("pandoc and typst, one after the other", "HTML, PDF, Word"),
    "pandoc_typst_two": ("pandoc and typst, two at once", "HTML, PDF, Word"),
}


def page(results: Results) -> str:
    """Give the page."""
    sizes = ", ".join(str(bench.schools) for bench in results.benches)
    return "\n".join(
        (
            "# Benchmarks",
            "",
            "`make bench` writes this page. It generates schools with two policies of about ten",
            "pages each from the sample's clause library, and runs everything on the same text,",
            "one after the other and round by round. Times are medians, of whole processes.",
            "Ratios are medians of the ratios of each round, so they hold on a busy machine, where",
            "times don't. Ratios of single formats are of documents in a running process.",
            "",
            f"This run: {sizes} schools, {plural(results.rounds, 'round')}.",
            "",
            *_machine(),
            "",
            "## Goals",
            "",
            "| Job | Goal | Measured | |",
            "| --- | --- | --- | --- |",
            *(f"| {job} | {goal} | {found} | {met} |" for job, goal, found, met in goals(results)),
            "",
            "## Beside what people would use instead",
            "",
            *_compared(results),
            "",
            "## All measurements",
            "",
            *_all(results),
            "",
        )
    )


def goals(results: Results) -> Iterator[Row]:
    """Give each goal: the job, what was to be reached, what was, and whether it was."""
    first = results.jobs[0]
    for bench, jobs in zip(results.benches, results.jobs, strict=True):
        at = f", {bench.schools} schools"
        idle = ratio(jobs[names.NOTHING], jobs[names.FLOOR])
        if bench.schools <= MANY:
            goal = "2.00 × a process that imports click"
            yield _row(f"Nothing changed{at}", goal, idle, 2.0)
        else:
            yield f"Nothing changed{at}", f"set for {MANY} schools", f"{idle:.2f} ×", ""
        just = ratio(jobs[names.CLAUSE], jobs[names.JUST_THOSE])
        yield _row(
            f"One clause changed{at}: time", "1.10 × building just those documents", just, 1.1
        )
        yield _count(f"One clause changed{at}: files", bench, names.CLAUSE, 3 * bench.schools)
        yield _count(f"One officer changed{at}: files", bench, names.OFFICER, 6)
        if names.ONE in jobs:
            gain = ratio(jobs[names.ONE], jobs[names.TWO])
            met = "met" if gain >= GAIN else "missed"
            yield f"Cold{at}: two workers", "1.85 × as fast as one", f"{gain:.2f} ×", met
        if bench.schools >= MANY:
            spent = each(bench, names.LOADING)
            yield _row(f"Reading and assembling{at}", "25 ms a document", spent, 25, " ms")
        if names.SINGLE_BEFORE in jobs:
            single = ratio(jobs[names.SINGLE], jobs[names.SINGLE_BEFORE])
            yield _row(f"One PDF, cold process{at}", "0.65 × before", single, 0.65)
    yield _row(
        "Cold, two workers, all formats",
        "1.00 × pandoc and typst, one after the other",
        ratio(first[names.TWO], first["pandoc_typst"]),
        1.0,
    )
    yield _row(
        "Cold, two workers, all formats",
        "1.00 × pandoc and typst, two at once",
        ratio(first[names.TWO], first["pandoc_typst_two"]),
        1.0,
    )
    yield _row(
        "PDF, one worker",
        "0.80 × WeasyPrint as its manual shows",
        each(results.benches[0], names.OURS["pdf"]) / each(results.benches[0], "weasyprint"),
        0.8,
    )
    yield _row(
        "Word, one worker",
        "0.35 × python-docx as its manual shows",
        each(results.benches[0], names.OURS["docx"]) / each(results.benches[0], "python_docx"),
        0.35,
    )
    yield _row(
        "HTML, one worker",
        "10 ms a document",
        each(results.benches[0], names.OURS["html"]),
        10,
        " ms",
    )
    if results.peaks:
        yield _row("Memory of a worker, most", "150 MB", results.peaks[-1], 150, " MB")
        grown = results.peaks[-1] / results.peaks[0]
        yield _row("Memory: the most at the end, to the most of the first 50", "flat", grown, 1.05)


GAIN = 1.85
MANY = 50
"""The schools that the goals for reading and for doing nothing are set for: they share the
reading of the library, and their files have to be looked at."""


def each(bench: Bench, name: str) -> float:
    """Give the median milliseconds that a document took inside a running process."""
    return statistics.median(bench.spent[name])


def _row(job: str, goal: str, found: float, limit: float, unit: str = " ×") -> Row:
    digits = 2 if unit == " ×" else 1
    return job, goal, f"{found:.{digits}f}{unit}", "met" if found <= limit else "missed"


def _count(job: str, bench: Bench, name: str, expected: int) -> Row:
    counts = bench.counts.get(name, set())
    found = " or ".join(map(str, sorted(counts)))
    return (
        job,
        f"exactly {expected} files",
        f"{found} files",
        "met" if counts == {expected} else "missed",
    )


def _compared(results: Results) -> Iterator[str]:
    bench, jobs = results.benches[0], results.jobs[0]
    ours = {
        "PDF": jobs[names.OURS["pdf"]],
        "one PDF": jobs[names.SINGLE],
        "Word": jobs[names.OURS["docx"]],
        "HTML, PDF, Word": jobs[names.TWO],
    }
    yield f"{bench.schools} schools, {bench.documents} documents, whole processes. Ours is one"
    yield "worker for one format, two for all three and for one document alone, which is read,"
    yield "checked and assembled besides. Above 1, they are quicker than we."
    yield ""
    yield "| What | Makes | ms a document | Most MB | Ours takes |"
    yield "| --- | --- | --- | --- | --- |"
    for name, (what, makes) in RIVALS.items():
        if name not in jobs:
            yield f"| {what} | {makes} | not installed here | | |"
            continue
        job = jobs[name]
        beside = f"{ratio(ours[makes], job):.2f} ×" if makes in ours else ""
        cells = f"{job.milliseconds_each:.0f} | {job.megabytes:.0f} | {beside}"
        yield f"| {what} | {makes} | {cells} |"


def _all(results: Results) -> Iterator[str]:
    yield "| Schools | Job | Seconds | Processor seconds | ms a document | Most MB |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for bench, jobs in zip(results.benches, results.jobs, strict=True):
        for job in jobs.values():
            busy = statistics.median(took.busy for took in job.took)
            each = f"{job.milliseconds_each:.1f}" if job.documents else ""
            name = RIVALS[job.name][0] if job.name in RIVALS else job.name
            yield (
                f"| {bench.schools} | {name} | {job.seconds:.3f} | {busy:.3f} | {each} "
                f"| {job.megabytes:.0f} |"
            )


def _machine() -> Iterator[str]:
    """Say what it was measured on; without names of hosts or folders."""
    yield "| | |"
    yield "| --- | --- |"
    yield f"| Processor | {processor()}, {os.cpu_count()} in all |"
    yield f"| System | {platform.system()} {platform.machine()}, {_memory()} |"
    yield f"| Python | {platform.python_version()} |"
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    yield f"| Load when it ended | {load} |"
    for package in ("weasyprint", "python-docx", "docxtpl", "typst", "pypandoc_binary"):
        yield f"| {package} | {importlib.metadata.version(package)} |"
    for library, version in native_state().items():
        yield f"| {library} | {version} |"
    if LIBREOFFICE:
        told = subprocess.run(  # noqa: S603 installed by the system
            [LIBREOFFICE, "--version"], capture_output=True, text=True, check=False
        ).stdout
        yield f"| LibreOffice | {' '.join(told.split()[1:2])} |"


def processor() -> str:
    """Give the name of this machine's processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _memory() -> str:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{pages / 2**30:.0f} GiB"
