"""Builds: a source folder in, a folder of documents and a report out.

Documents are assembled in this process while workers write those that are assembled
already, each task a packed ``Document`` in and bytes out. This process writes the files.
What stands in the folder as it would be made again is left alone: ``manifest.py`` says
what was made from what.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policygen.assemble.targets import Asked, Target, targets_of
from policygen.assemble.traced import names_in, traced
from policygen.contents import index_of
from policygen.diagnostics import Diagnostic, collected
from policygen.document.packing import packed
from policygen.inputs import ABSENT, Inputs, combined, digest, inputs_of, source_state
from policygen.manifest import (
    MANIFEST,
    Done,
    Manifest,
    Output,
    Record,
    manifest_text,
    read_manifest,
)
from policygen.outputs import FolderBusyError, cannot_write, held, removed, standing, written
from policygen.report import Report
from policygen.standing import INDEX, request_key
from policygen.survey import Sources, read_sources
from policygen.timings import Timings
from policygen.work import Finished, Task, bad_template, rendered
from policygen.writers import TemplateError
from policygen.writers.index import prepare_index, write_index
from policygen.writers.theme import Theme, folders_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policygen.model.library import Library
    from policygen.request import Format, Request
    from policygen.work import Progress

_PASSING = frozenset(
    {"cannot-write", "kept-file", "no-cluster", "no-renderer", "worker-lost", "writer-failed"}
)
"""Codes of what another build of the same may not meet again."""


def build(
    request: Request, progress: Progress | None = None, timings: Timings | None = None
) -> Report:
    """Build what is asked for; documents with errors keep their older files."""
    timings = timings or Timings()
    with timings.measured("look at sources"):
        before = source_state(request.source)
    with timings.measured("read"):
        sources = read_sources(request.source, as_errors=request.strict)
    if sources.library is None:
        return Report(diagnostics=collected(sources.found), texts=dict(sources.texts))
    with timings.measured("look at sources"):
        folders = folders_of(request.templates)
        inputs = inputs_of(request.source, folders, request.formats, sources.named)
    word = sources.library.word_template
    theme = Theme(request.templates, word, state=inputs.templates)
    still = all(inputs.sources.get(path) == found for path, found in before.items())
    with contextlib.ExitStack() as stack:
        if fault := _hold(request.out, stack):
            return Report(diagnostics=[fault])
        work = _Build(request, sources, sources.library, theme, inputs, timings)
        return work.run(progress, lasting=still)


def _hold(out: Path, stack: contextlib.ExitStack) -> Diagnostic | None:
    """Hold the folder as long as the stack stands; give what is wrong where that can't be."""
    try:
        stack.enter_context(held(out))
    except FolderBusyError:
        message = f"another build is writing into “{out.as_posix()}”"
        hint = "Wait until it has ended, or build into another folder with --out."
        return Diagnostic("folder-busy", message, None, hint)
    except OSError as error:
        return cannot_write(out.as_posix(), error)
    return None


@dataclass(slots=True)
class _Build:
    """One build into a folder that is held for it."""

    request: Request
    sources: Sources
    library: Library
    theme: Theme
    inputs: Inputs
    timings: Timings
    old: Manifest = field(default_factory=Manifest)
    new: Manifest = field(default_factory=Manifest)
    stands: set[str] = field(default_factory=set)
    found: list[Diagnostic] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    rendered: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    makers: dict[Format, str] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def run(self, progress: Progress | None, *, lasting: bool) -> Report:
        """Build; where the sources were ``lasting``, unchanged while they were read, what
        comes of it is remembered."""
        request = self.request
        with self.timings.measured("look at files"):
            note = self._remember()
        try:
            for done in self._rendered(progress):
                if done.spent:
                    self.timings.add(
                        f"write {done.task.format}",
                        done.task.name,
                        done.spent.started,
                        done.spent.ended,
                        done.spent.worker,
                    )
                with self.timings.measured("put into the folder"):
                    self._take(done.task, done.result)
            gone = self._prune()
            with self.timings.measured("index"):
                index = self._put_index()
            report = self._report(gone, note)
            passing = any(d.code in _PASSING for d in report.diagnostics)
            if index and lasting and not passing:
                self.new.done[request_key(request)] = self._done(report, index)
        finally:
            # What is finished counts, even where the build is broken off.
            fault = written(request.out, MANIFEST, manifest_text(self.new).encode())
        if fault:
            report.diagnostics.append(fault)
        return report

    def _rendered(self, progress: Progress | None) -> Iterator[Finished[Task]]:
        """Have the tasks done, on this machine or on a cluster."""
        if not self.request.cluster:
            yield from rendered(self._tasks(), self.theme, self.request.jobs, progress)
            return
        from policygen.cluster import Cluster  # noqa: PLC0415 seldom asked for

        cluster: Cluster[Task] = Cluster(self.request.cluster, self.theme, progress)
        yield from cluster.rendered(self._tasks())
        self.notes += cluster.notes

    # What is known from before

    def _remember(self) -> str:
        """Read the folder's record, and look which of its files stand as they were made."""
        request, inputs = self.request, self.inputs
        recorded, note = read_manifest(request.out)
        self.old = recorded or Manifest()
        program = {**inputs.program, **inputs.native}
        same = (self.old.sources, self.old.templates) == (
            inputs.sources,
            inputs.templates,
        ) and program.items() <= self.old.program.items()
        day = request.as_of.isoformat()
        self.new = Manifest(
            sources=inputs.sources,
            program={**self.old.program, **program},
            templates=inputs.templates,
            reads=dict(self.old.reads),
            documents=dict(self.old.documents),
            done={k: done for k, done in self.old.done.items() if same and done.as_of == day},
        )
        word = digest(self.library.word_template or b"")
        self.makers = {
            format_: combined((inputs.maker(format_), word if format_ == "docx" else ""))
            for format_ in request.formats
        }
        named = {key: combined(names) for key, names in names_in(self.library).items()}
        self.state = {**inputs.sources, **named}
        expected = {
            f"{name}.{format_}": output.content
            for name, record in self.old.documents.items()
            if request.wants(record.school, record.policy) and not request.fresh
            for format_, output in record.files.items()
            if format_ in request.formats
        }
        self.stands = standing(request.out, expected)
        return note

    def _made_from(self, content: str, id_: str, format_: Format) -> str:
        """Give the hash of all that decides the bytes of a document's file."""
        return combined((content, self.makers[format_], self._siblings(id_)))

    def _siblings(self, id_: str) -> tuple[tuple[str, str], ...]:
        formats = self.request.formats
        return tuple((format_, f"{id_}.{format_}") for format_ in formats if format_ != "html")

    def _is_current(self, record: Record, format_: Format) -> bool:
        """Whether a document's file stands in the folder as it would be made now."""
        output = record.files.get(format_)
        return (
            output is not None
            and f"{record.name}.{format_}" in self.stands
            and output.made_from == self._made_from(record.content, record.id, format_)
        )

    # Documents

    def _tasks(self) -> Iterator[Task]:
        """Assemble what is asked for, school by school, and give what has to be written."""
        request = self.request
        for school_id in (*self.library.schools, None):
            if request.schools and (school_id or "trust") not in request.schools:
                continue
            if self._is_kept(school_id):
                records = self.old.documents.values()
                kept = [each for each in records if each.school == school_id]
                self.wanted += [each.name for each in kept if request.wants(school_id, each.policy)]
                continue
            yield from self._made(school_id)
        # Workers have the last documents now, and this process has nothing to do.
        prepare_index(self.theme)

    def _is_kept(self, school_id: str | None) -> bool:
        """Whether nothing has changed that a school's documents are made from, nor any of
        the files wanted; nothing was wrong with them then, nor is now with any source."""
        request = self.request
        reads = self.old.reads.get(school_id or "trust")
        if reads is None or request.fresh or self.sources.errors:
            return False
        *paths, state = reads
        if state != self._read_state(paths):
            return False
        return all(
            self._is_current(record, format_)
            for record in self.old.documents.values()
            if record.school == school_id and request.wants(school_id, record.policy)
            for format_ in request.formats
        )

    def _read_state(self, paths: list[str]) -> str:
        """Give one hash of the sources read for a school, and of what read them."""
        program = (self.inputs.templates, sorted(self.inputs.program.items()))
        return combined((program, [(path, self.state.get(path, ABSENT)) for path in paths]))

    def _made(self, school_id: str | None) -> Iterator[Task]:
        """Assemble the documents of a school; give what has to be written of them."""
        request = self.request
        school = school_id or "trust"
        asked = Asked(frozenset({school}), frozenset(request.policies), their_forms=True)
        library, read = traced(self.library)
        with self.timings.measured("assemble", school):
            found = list(self.sources.checked(targets_of(library, school_id, asked)))
        self.new.reads.pop(school, None)
        faulty = self.sources.errors or any(target.diagnostics for target in found)
        if not faulty and not request.policies:
            paths = sorted(read)
            self.new.reads[school] = [*paths, self._read_state(paths)]
        for target in found:
            self.wanted.append(target.name)
            self.found += target.diagnostics
            yield from self._tasks_of(target)

    def _tasks_of(self, target: Target) -> Iterator[Task]:
        data = packed(target.document) if target.document is not None and target.sound else b""
        record = _record(self.library, target, digest(data) if data else "")
        before = self.old.documents.get(target.name)
        record.files = dict(before.files) if before else {}
        self.new.documents[target.name] = record
        if not target.sound:
            self.failed.update({target.name} if record.failed else ())
            return
        for format_ in sorted(self.request.formats, key=_LONGEST_FIRST.index):
            if not self._is_current(record, format_):
                yield Task(target.name, data, format_, self._siblings(target.id))

    def _take(self, task: Task, outcome: bytes | Diagnostic) -> None:
        """Put what a worker wrote into the folder."""
        name = f"{task.name}.{task.format}"
        fault = outcome if isinstance(outcome, Diagnostic) else None
        if isinstance(outcome, bytes):
            fault = written(self.request.out, name, outcome)
        record = self.new.documents[task.name]
        if fault:
            record.failed = True
            self.failed.add(task.name)
            self.found.append(replace(fault, documents=(task.name,)))
        elif isinstance(outcome, bytes):
            made_from = self._made_from(record.content, record.id, task.format)
            record.files[task.format] = Output(made_from, digest(outcome))
            self.rendered.append(name)

    # What is no more

    def _prune(self) -> list[str]:
        """Remove files of documents that are no more; give them."""
        if self.library.unreadable or any(d.code == "wrong-id" for d in self.sources.errors):
            # What can't be read might be theirs.
            return []
        broken = {self.new.documents[name].school for name in self.failed}
        made = {name for name in self.wanted if self.new.documents[name].content}
        gone: list[str] = []
        for name, record in self.old.documents.items():
            asked = self.request.wants(record.school, record.policy)
            if name in made or not asked or record.school in broken:
                continue
            if name in self.wanted:
                self.new.documents[name].files = {}
            else:
                del self.new.documents[name]
            for format_, output in sorted(record.files.items()):
                outcome = removed(self.request.out, f"{name}.{format_}", output.content)
                if isinstance(outcome, Diagnostic):
                    self.found.append(outcome)
                elif outcome:
                    gone.append(f"{name}.{format_}")
        for school in set(self.new.reads) - {*self.library.schools, "trust"}:
            del self.new.reads[school]
        return gone

    # What is told

    def _put_index(self) -> str:
        """Write the page of contents; give the hash of it, "" where that can't be done."""
        records = [record for _, record in sorted(self.new.documents.items())]
        index = index_of(self.library, records, self.request)
        try:
            page = write_index(index, self.theme)
        except TemplateError as error:
            self.found.append(bad_template(error))
            return ""
        if fault := written(self.request.out, INDEX, page):
            self.found.append(fault)
            return ""
        return digest(page)

    def _done(self, report: Report, index: str) -> Done:
        files = {INDEX: index}
        for name in report.written:
            document, _, format_ = name.rpartition(".")
            files[name] = self.new.documents[document].files[format_].content
        return Done(
            self.inputs.digest,
            self.request.as_of.isoformat(),
            files,
            [record.name for record in report.wanted],
            report.failed,
            report.diagnostics,
        )

    def _report(self, gone: list[str], note: str) -> Report:
        touched = set(self.wanted)
        told = self.sources.told(self.found)
        lost = (f"{school_id} (every document)" for school_id in _lost(self.library, self.request))
        files = (
            (name, format_, self.new.documents[name])
            for name in self.wanted
            for format_ in self.request.formats
        )
        made = set(self.rendered)
        return Report(
            wanted=[self.new.documents[name] for name in sorted(self.wanted)],
            written=sorted(
                f"{name}.{format_}"
                for name, format_, record in files
                if f"{name}.{format_}" in made
                or (record.content and self._is_current(record, format_))
            ),
            rendered=sorted(self.rendered),
            removed=gone,
            failed=sorted({*self.failed, *lost}),
            diagnostics=[d for d in told if not d.documents or touched.intersection(d.documents)],
            texts=dict(self.sources.texts),
            notes=[*([note] if note else []), *self.notes],
        )


_LONGEST_FIRST = ("pdf", "docx", "html")
"""Formats by how long they take to write: what takes longest is best begun first."""


def _record(library: Library, target: Target, content: str) -> Record:
    document = target.document
    school = library.schools[target.school_id].name if target.school_id else library.trust.name
    due = target.next_review_on
    return Record(
        name=target.name,
        school=target.school_id,
        school_name=str(school),
        kind=target.kind,
        id=target.id,
        policy=target.policy_id,
        title=document.plain_title if document else None,
        version=document.version if document else None,
        status=document.status if document else None,
        reason=target.reason,
        adopted=target.adopted,
        next_review=target.next_review,
        next_review_on=due.isoformat() if due else None,
        fingerprint=document.fingerprint if document else None,
        failed=any(d.is_error for d in target.diagnostics),
        content=content,
    )


def _lost(library: Library, request: Request) -> list[str]:
    """Give the schools of which nothing was built because their file has errors."""
    lost = (name.removeprefix("schools/") for name in library.unreadable if "schools/" in name)
    return [name for name in lost if not request.schools or name in request.schools]
