"""Builds: a source folder in, a folder of documents and a report out.

Everything is assembled in this process, which is quick; the writers' work goes through
an executor, each task a ``Document`` in and bytes out. This process writes the files.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policygen.assemble.facts import DUE_SOON_DAYS
from policygen.assemble.policy import DEFAULT_COLOUR
from policygen.assemble.targets import EVERYTHING, Target, targets
from policygen.diagnostics import Diagnostic, Span, collected, strict, without_guesses
from policygen.files import write_whole
from policygen.lint import lint
from policygen.readers.library import FOLDERS, read_library
from policygen.work import FORMAT_NAMES, FORMATS, Task, rendered
from policygen.writers.fonts import document_text, uncovered
from policygen.writers.index import Index, IndexEntry, write_index
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from policygen.assemble.targets import Asked
    from policygen.model.library import Library
    from policygen.work import Format, Progress

SOURCE_FOLDERS = ("assets", *FOLDERS)
"""The folders of a source folder, into which nothing is built."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: from which folder into which, for which schools and policies (all
    where empty), in which formats, as of which day, with how many processes."""

    source: Path
    out: Path
    as_of: dt.date
    schools: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    formats: tuple[Format, ...] = FORMATS
    jobs: int = 1
    strict: bool = False
    templates: Path | None = None


@dataclass(slots=True)
class Report:
    """What came of a build.

    ``targets`` are all documents there are, ``wanted`` those that were asked for;
    ``written`` are the files as they now stand, relative to the output folder;
    ``failed`` the names of documents that were not (wholly) built; ``texts`` the
    sources, to show lines of them.
    """

    written: list[str] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    wanted: list[Target] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether there was no error."""
        return not self.failed and not any(d.is_error for d in self.diagnostics)


def survey(
    source: Path,
    *,
    as_errors: bool = False,
    asked: Asked = EVERYTHING,
    shared: bool = False,
    once_read: Callable[[Library, dict[str, str]], None] | None = None,
) -> tuple[Library | None, Report]:
    """Read everything and assemble what is asked for, and write nothing.

    ``shared`` is for those who want the faults and no documents: schools that are alike then
    share theirs, which is much faster. ``once_read`` is told the library and the sources'
    texts before anything is assembled.
    """
    reading = read_library(source)
    report = Report(texts=reading.texts)
    found = list(reading.diagnostics)
    if reading.library is not None:
        if once_read is not None:
            once_read(reading.library, reading.texts)
        found += lint(reading.library)
        found = strict(found) if as_errors else found
        errors = [d for d in found if d.is_error] + _for_all(reading.library)
        printable = shared and _all_printable(report.texts)
        report.targets = [
            _checked(target, as_errors, errors, {} if printable else report.texts)
            for target in targets(reading.library, asked, shared=printable)
        ]
    nowhere = {d.span for d in found if d.code == "unknown-reference-target"}
    of_targets = [d for d in _of_targets(report.targets) if not _is_told(d, nowhere)]
    report.diagnostics = collected(without_guesses([*found, *of_targets]))
    return reading.library, report


def _is_told(diagnostic: Diagnostic, nowhere: set[Span | None]) -> bool:
    """Whether a document's fault is told already as that of the source it comes from."""
    not_printed = diagnostic.code == "reference-not-printed" and diagnostic.span in nowhere
    return diagnostic.code == "unreadable" or not_printed


def _for_all(library: Library) -> list[Diagnostic]:
    """Give the faults that stop every document: what was read of these files was guessed at."""
    return [
        Diagnostic("unreadable", f"{name}.yaml has errors", Span(f"{name}.yaml"))
        for name in ("settings", "references")
        if name in library.unreadable
    ]


def _checked(
    target: Target,
    as_errors: bool,  # noqa: FBT001 a private step
    errors: list[Diagnostic],
    texts: Mapping[str, str],
) -> Target:
    """Give the target with what only printing can find and with the errors of the files it
    is made from; warnings as errors if asked."""
    stopped = [replace(d, documents=(target.name,)) for d in errors if _stops(d, target)]
    unprintable = [replace(d, documents=(target.name,)) for d in _unprintable(target, texts)]
    found = [*target.diagnostics, *stopped, *unprintable]
    if as_errors:
        found = strict(found)
    return replace(target, diagnostics=tuple(found))


def _stops(error: Diagnostic, target: Target) -> bool:
    """Whether an error in a file stops a document: errors of what a document prints are
    met when it is assembled; this is for what stands in its own files besides."""
    folder, _, name = (error.span.path if error.span else "").rpartition("/")
    match folder, name.removesuffix(".yaml"):
        case "", "trust":
            return True
        case "", "settings" | "references":
            return error.code == "unreadable"
        case "policies" | "approvals", policy_id:
            return target.policy_id == policy_id
        case "schools", school_id:
            return target.school_id == school_id
        case "forms", form_id:
            return target.kind == "form" and target.id == form_id
        case _:
            return False


_WRITTEN_OTHERWISE = re.compile(r"\\[xuU][0-9A-Fa-f]")
"""A character by its number, as YAML may have it between double quotes."""


def _all_printable(texts: Mapping[str, str]) -> bool:
    """Whether the bundled fonts have every character of the sources, so that documents need
    not be looked at one by one."""
    everything = "".join(texts.values())
    return not (_WRITTEN_OTHERWISE.search(everything) or uncovered(html.unescape(everything)))


def _unprintable(target: Target, texts: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Tell characters that no bundled font has, where the sources hold them; without
    sources, all of which were looked at, nothing."""
    if target.document is None or not texts:
        return
    for char in uncovered(document_text(target.document)):
        message = f"“{char}” (U+{ord(char):04X}) is a character that no bundled font has"
        hint = "Write it in words or in other letters: it can't be printed alike on every machine."
        yield Diagnostic("no-glyph", message, _first(char, texts), hint)


def _first(char: str, texts: Mapping[str, str]) -> Span | None:
    """Give the first place of a character in the sources."""
    for path in sorted(texts):
        for number, line in enumerate(texts[path].split("\n"), 1):
            if char in line:
                return Span(path, number, line.index(char) + 1)
    return None


def _of_targets(found: list[Target]) -> Iterator[Diagnostic]:
    for target in found:
        yield from target.diagnostics


def build(request: Request, progress: Progress | None = None) -> Report:
    """Build what is asked for; documents with errors keep their older files."""
    library, report = survey(request.source, as_errors=request.strict)
    if library is None:
        return report
    theme = Theme(request.templates, library.word_template)
    report.wanted = [target for target in report.targets if _is_wanted(target, request)]
    touched = {target.name for target in report.wanted}
    report.diagnostics = [
        d for d in report.diagnostics if not d.documents or touched.intersection(d.documents)
    ]
    failed = {target.name for target in report.wanted if _failed(target)}
    tasks = [
        Task(target.name, target.document, format_, _siblings(target, request.formats))
        for target in report.wanted
        if target.sound and target.document is not None
        for format_ in request.formats
    ]
    for task, outcome in rendered(tasks, theme, request.jobs, progress):
        if isinstance(outcome, Diagnostic):
            failed.add(task.name)
            report.diagnostics.append(outcome)
        elif fault := _write(request.out, name := f"{task.name}.{task.format}", outcome):
            failed.add(task.name)
            report.diagnostics.append(replace(fault, documents=(task.name,)))
        else:
            report.written.append(name)
    report.written.sort()
    report.diagnostics = collected(report.diagnostics)
    failed.update(f"{school_id} (every document)" for school_id in _lost(library, request))
    report.failed = sorted(failed)
    index = _index(library, report, request)
    if fault := _write(request.out, "index.html", write_index(index, theme)):
        report.diagnostics.append(fault)
    return report


def _write(out: Path, name: str, data: bytes) -> Diagnostic | None:
    """Write a file of the output; give what is wrong where that can't be done."""
    try:
        write_whole(out / name, data)
    except OSError as error:
        message = f"{name} can't be written: {error.strerror or error}"
        hint = "Look at the output folder: its rights, its space, and whether the file is open."
        return Diagnostic("cannot-write", message, None, hint)
    return None


def _lost(library: Library, request: Request) -> list[str]:
    """Give the schools of which nothing was built because their file has errors."""
    lost = (name.removeprefix("schools/") for name in library.unreadable if "schools/" in name)
    return [name for name in lost if not request.schools or name in request.schools]


def _siblings(target: Target, formats: Iterable[Format]) -> tuple[tuple[str, str], ...]:
    return tuple((format_, f"{target.id}.{format_}") for format_ in formats if format_ != "html")


def _failed(target: Target) -> bool:
    return any(d.is_error for d in target.diagnostics)


def _is_wanted(target: Target, request: Request) -> bool:
    school = not request.schools or (target.school_id or "trust") in request.schools
    policy = not request.policies or target.policy_id in request.policies
    return school and policy


# The index -----------------------------------------------------------------------


def _index(library: Library, report: Report, request: Request) -> Index:
    trust = library.trust
    logo = library.assets.get(str(trust.logo)) if trust.logo is not None else None
    entries = tuple(
        _entry(library, target, report, request)
        for target in report.targets
        if target.document is not None or _failed(target)
    )
    return Index(str(trust.name), str(trust.colour or DEFAULT_COLOUR), request.as_of, logo, entries)


def _entry(library: Library, target: Target, report: Report, request: Request) -> IndexEntry:
    document = target.document
    school = library.schools[target.school_id].name if target.school_id else library.trust.name
    due = target.next_review_on
    overdue = is_overdue(target, request.as_of)
    days = (due - request.as_of).days if due else None
    failed = target.name in report.failed or _failed(target)
    reason = target.reason if target.kind == "policy" else ""
    return IndexEntry(
        school_id=target.school_id or "trust",
        school=str(school),
        kind=target.kind,
        title=document.plain_title if document else target.id,
        version=document.version if document else "",
        status=document.status if document else "",
        adopted=target.adopted,
        next_review=target.next_review,
        next_review_on=due,
        overdue=overdue,
        due_soon=not overdue and days is not None and days <= DUE_SOON_DAYS,
        draft_reason="It could not be built; what stands here is older." if failed else reason,
        links=tuple(
            (FORMAT_NAMES[format_], f"{target.name}.{format_}")
            for format_ in FORMATS
            if (request.out / f"{target.name}.{format_}").is_file()
        ),
    )


def is_overdue(target: Target, as_of: dt.date) -> bool:
    """Whether a target's review has passed."""
    return target.next_review_on is not None and target.next_review_on < as_of
