"""What is measured: our builds, and the rivals', of a generated trust."""

from __future__ import annotations

import functools
import json
import re
import shutil
import statistics
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.measure import Job, python, timed
from bench.rivals import LIBREOFFICE, SPENT
from bench.scale import Figures
from bench.trust import AS_OF, CHECKOUT, make_trust, school, school_id
from policygen.request import FORMAT_NAMES, FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

POLICIES = 2

FLOOR = "import click"
NOTHING = "nothing changed"
CLAUSE = "one clause changed"
JUST_THOSE = "just the documents that print it"
OFFICER = "one officer changed"
ONE = "cold, one worker"
TWO = "cold, two workers"
OURS = {"pdf": "ours, PDF", "docx": "ours, Word", "html": "ours, HTML"}
BEFORE = "06660c9"
"""The last commit before that."""
SINGLE_BEFORE = "one PDF, cold process, before"
SINGLE = "one PDF, cold process"
SINGLE_RIVAL = "weasyprint_one"
LOADING = "read and assemble"


_VALUED = re.compile(r"We value social media( \(\d+\))?\.")


@dataclass(slots=True)
class Bench:
    """A generated trust with so many schools, in a folder for it all."""

    folder: Path
    schools: int
    counts: dict[str, set[int]] = field(default_factory=dict)
    spent: dict[str, list[float]] = field(default_factory=dict)
    stages: list[dict[str, float]] = field(default_factory=list)
    megabytes: float = 0.0
    rounds: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        make_trust(self.source, self.schools)

    @property
    def source(self) -> Path:
        """The trust's sources."""
        return self.folder / "source"

    @property
    def documents(self) -> int:
        """How many documents it has, each in three formats."""
        return self.schools * POLICIES

    def ours(self, *, cold: bool) -> list[Job]:
        """Give our builds; ``cold`` ones as well."""
        kept = self.folder / "kept"
        jobs = [
            Job(FLOOR, python("-c", "import click")),
            Job(NOTHING, self._build(kept), before=lambda: self._settle(kept)),
            self._counted(
                Job(CLAUSE, self._build(kept, "--json"), self.schools), self._edit_clause
            ),
            self._emptied(JUST_THOSE, self.schools, "--policy", "acceptable-use"),
            self._counted(Job(OFFICER, self._build(kept, "--json"), POLICIES), self._edit_officer),
        ]
        if cold:
            jobs += [
                self._traced(),
                self._emptied(TWO, self.documents, "--jobs", "2"),
            ]
        return jobs

    def by_format(self) -> list[Job]:
        """Give our builds of one format each, by one worker."""
        trace = self.folder / "trace.json"
        jobs = []
        for format_, name in OURS.items():
            options = ("--jobs", "1", "--format", format_, "--trace", str(trace))
            job = self._emptied(name, self.documents, *options)
            job.after = functools.partial(self._take_trace, name, format_, trace)
            jobs.append(job)
        return jobs

    def small(self) -> list[Job]:
        """Give one document alone, and reading and assembling without writing."""
        one = ("--school", school_id(0), "--policy", "conduct", "--format", "pdf")
        loading = self._rival("loading", self.source, LOADING)
        jobs = [self._emptied(SINGLE, 1, *one), loading]
        if before := self._before():
            out = self.folder / "cold"
            fixed = ("build", "--source", str(self.source), "--out", str(out), "--as-of", AS_OF)
            start = (
                f"import sys; sys.path[:0] = [{str(before)!r}]; import policygen.cli as c; c.main()"
            )
            command = python("-c", start, *fixed, *one)
            jobs.append(
                Job(SINGLE_BEFORE, command, 1, lambda: shutil.rmtree(out, ignore_errors=True))
            )
        return jobs

    def _before(self) -> Path | None:
        """Give the program as it was before builds were made quick, where git has it."""
        folder = self.folder / "before"
        folder.mkdir()
        archive = folder / "before.tar"
        git = shutil.which("git") or "git"
        command = [git, "archive", "--output", str(archive), BEFORE, "src", "templates"]
        told = subprocess.run(command, cwd=CHECKOUT, check=False, stderr=subprocess.DEVNULL)  # noqa: S603 our own repository
        if told.returncode:
            return None
        shutil.unpack_archive(archive, folder, filter="data")
        return folder / "src"

    def memory(self) -> Job:
        """Give our writing of every document in one process, as a worker does it."""
        packed = self.folder / "packed"
        packed.mkdir()
        timed(python("-W", "ignore", "-m", "bench.rivals", "pack", self.source, packed))
        return self._rival("memory", packed)

    def rivals(self) -> list[Job]:
        """Give what people would use instead, on the same text."""
        given = self.folder / "given"
        given.mkdir()
        # In a process of its own: what this one weighs, its children seem to weigh.
        timed(python("-W", "ignore", "-m", "bench.rivals", "prepare", self.source, given))
        names = [
            "weasyprint",
            "weasyprint_one",
            "python_docx",
            "docxtpl",
            "pandoc_typst",
            "pandoc_typst_two",
        ]
        if LIBREOFFICE:
            names.insert(4, "docxtpl_libreoffice")
        found = [self._rival(name, given) for name in names]
        for job in found:
            if job.name == SINGLE_RIVAL:
                job.documents = 1
        return found

    # Their parts

    def _build(self, out: Path, *options: str) -> list[str]:
        fixed = ("--source", str(self.source), "--out", str(out), "--as-of", AS_OF)
        return python("-m", "policygen", "build", *fixed, *options)

    def _emptied(self, name: str, documents: int, *options: str) -> Job:
        out = self.folder / "cold"
        command = self._build(out, *options)
        return Job(name, command, documents, before=lambda: shutil.rmtree(out, ignore_errors=True))

    def _traced(self) -> Job:
        """Give a cold build by one worker of which the stages are taken down."""
        trace = self.folder / "stages.json"
        job = self._emptied(ONE, self.documents, "--jobs", "1", "--trace", str(trace))

        def after(_printed: str) -> None:
            stages: dict[str, float] = {}
            for event in json.loads(trace.read_text("utf-8"))["traceEvents"]:
                if "dur" in event:
                    stage = event["args"]["stage"]
                    stages[stage] = stages.get(stage, 0.0) + event["dur"] / 1000
            self.stages.append(stages)
            files = (path for path in (self.folder / "cold").glob("school-*/*"))
            self.megabytes = sum(path.stat().st_size for path in files) / 1e6

        job.after = after
        return job

    def figures(self) -> Figures:
        """Give what scale.md reckons with."""

        def spent(stage: str) -> float:
            return statistics.median(stages.get(stage, 0.0) for stages in self.stages)

        each = self.documents
        return Figures(
            read=spent("read") + spent("look at sources"),
            assembled=spent("assemble") / each,
            written={
                FORMAT_NAMES[format_]: spent(f"write {format_}") / each for format_ in FORMATS
            },
            put=spent("put into the folder") / each,
            megabytes=self.megabytes / each,
        )

    def _settle(self, kept: Path) -> None:
        timed(self._build(kept))

    def _counted(self, job: Job, edit: Callable[[], None]) -> Job:
        def before() -> None:
            self.rounds += 1
            edit()

        def after(printed: str) -> None:
            self.counts.setdefault(job.name, set()).add(len(json.loads(printed)["made"]))

        job.before, job.after = before, after
        return job

    def _edit_clause(self) -> None:
        """Change a clause that one of the two policies prints."""
        path = self.source / "clauses" / "ethos.yaml"
        text, found = _VALUED.subn(
            f"We value social media ({self.rounds}).", path.read_text("utf-8")
        )
        if found != 1:
            message = f"{path.name} doesn't hold the words any more that are to be changed"
            raise ValueError(message)
        path.write_text(text, "utf-8")

    def _edit_officer(self) -> None:
        path = self.source / "schools" / f"{school_id(1)}.yaml"
        path.write_text(school(1, f"H. Successor {self.rounds}"), "utf-8")

    def _rival(self, program: str, given: Path, name: str = "") -> Job:
        out = self.folder / program

        def before() -> None:
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()

        def after(_printed: str) -> None:
            if (out / SPENT).exists():
                spent = json.loads((out / SPENT).read_text("utf-8"))
                self.spent.setdefault(name or program, []).extend(spent)

        command = python("-W", "ignore", "-m", "bench.rivals", program, given, out)
        return Job(name or program, command, self.documents, before, after)

    def _take_trace(self, name: str, format_: str, trace: Path, _printed: str) -> None:
        events = json.loads(trace.read_text("utf-8"))["traceEvents"]
        spent = [event["dur"] / 1000 for event in events if event.get("cat") == f"write {format_}"]
        self.spent.setdefault(name, []).extend(spent)
