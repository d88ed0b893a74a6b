"""Packs: planned from a list of people, written down in the ledger, printed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policygen.assemble.wording import day_in_words
from policygen.diagnostics import Diagnostic, collected
from policygen.files import write_whole
from policygen.office.earlier import changes_since
from policygen.signing.packs import file_name, plan
from policygen.signing.papers import Office, PackFile
from policygen.signing.sheets import sheet as sheet_for
from policygen.signing.since import since_you_signed
from policygen.signing.standing import standings
from policygen.work import Binding, rendered
from policygen.writers import join
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policygen.document import Clause, Document
    from policygen.ledger import Ledger
    from policygen.model.people import People
    from policygen.office.earlier import Signed
    from policygen.office.schools import School
    from policygen.request import BoundFormat
    from policygen.signing.packs import Agreement, Grouping, Plan, Sheet
    from policygen.work import Progress

SHEETS_AT_ONCE = 20
REGISTERS_AT_ONCE = 4
"""What is laid out at once: so many keep a worker's memory small whatever the list. A register
has a line for each sheet of its group, and so several pages."""

_OURS = re.compile(r"(?:\d\d[a-z0-9-]*|pack)\.(?:pdf|docx)")
"""Names that files of packs have."""


@dataclass(frozen=True, slots=True)
class PackRequest:
    """What to pack from which ``source``, and how: ``spare`` blank ones of each form; only
    what is ``outstanding``; all in a ``single`` file; ``large`` print; into ``out``, with
    ``jobs`` processes."""

    source: Path
    on: dt.date
    out: Path
    formats: tuple[BoundFormat, ...] = ("pdf",)
    by: Grouping | None = None
    wanted: tuple[str, ...] = ()
    spare: int = 0
    outstanding: bool = False
    single: bool = False
    both_sides: bool = True
    large: bool = False
    jobs: int = 1


@dataclass(slots=True)
class PackReport:
    """What came of a pack: its plan, the files written, in order, files ``left_over`` from an
    earlier pack, how many ``spare`` forms there are, and what went wrong."""

    plan: Plan
    written: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    spare: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether there was no error."""
        return not any(d.is_error for d in self.diagnostics)


def planned(school: School, people: People, ledger: Ledger, request: PackRequest) -> Plan:
    """Plan a pack, without writing anything."""
    whole = plan(people.persons, school.agreements, request.by, wanted=request.wanted)
    entries, _ = ledger.read()
    found = standings(entries, [sheet.asked for sheet in whole.sheets], school.history)
    whole = whole.standing(found)
    if not request.outstanding:
        return whole
    return whole.only([standing.outstanding for standing in found])


def pack(
    school: School,
    whole: Plan,
    ledger: Ledger,
    request: PackRequest,
    progress: Progress | None = None,
) -> PackReport:
    """Make the files of a pack. Every sheet is in the ledger before it is printed, so that
    no sheet can come back that the ledger doesn't know.

    Whoever has to sign again is told what has changed since."""
    since = changes_since(
        school, request.source, (s.standing for s in whole.sheets if s.standing is not None)
    )
    issues = ledger.issue([sheet.asked for sheet in whole.sheets], request.on)
    whole = whole.issued([issue.code for issue in issues])
    report = PackReport(whole, spare=request.spare * len(_used(school, whole, request)))
    volumes = _volumes(school, whole, request, since)
    theme = Theme(word_template=school.library.word_template, large_print=request.large)
    for name, data in _printed(volumes, request, theme, progress):
        if isinstance(data, Diagnostic):
            report.diagnostics.append(data)
            continue
        write_whole(request.out / name, data)
        report.written.append(name)
    report.written.sort()
    there = (path.name for path in request.out.glob("*") if _OURS.fullmatch(path.name))
    report.left_over = sorted(set(there) - set(report.written))
    report.diagnostics = collected(report.diagnostics)
    return report


@dataclass(frozen=True, slots=True)
class _Volume:
    """A file of a pack: its name without an ending, its title, and what is bound in it, in
    the pieces that are laid out at once."""

    name: str
    title: str
    pieces: tuple[tuple[Document, ...], ...]


def _volumes(
    school: School, whole: Plan, request: PackRequest, since: Mapping[Signed, tuple[Clause, ...]]
) -> list[_Volume]:
    name = str(school.library.schools[school.id].name)
    files = [
        PackFile(file_name(number, group.name), group)
        for number, group in enumerate(whole.groups, 1)
    ]
    volumes = [
        _Volume(
            file.name,
            f"{file.group.name} · {name}",
            _pieces([d for s in file.group.sheets for d in _papers(s, since)], SHEETS_AT_ONCE),
        )
        for file in files
    ]
    spare = [(a, request.spare) for a in _used(school, whole, request) if request.spare]
    if spare:
        blank = [a.document for a, count in spare for _ in range(count)]
        pieces = _pieces(blank, SHEETS_AT_ONCE)
        volumes.append(_Volume(file_name(len(files) + 1, "spare"), f"Spare forms · {name}", pieces))
    office = Office(school.agreements[0].document, day_in_words(request.on))
    code = next((sheet.code for sheet in whole.sheets), "CODE")
    command = f"policygen forms record {school.id} {code}"
    cover = office.cover(whole, files, spare, both_sides=request.both_sides, command=command)
    # One for each group: a register of a thousand rows would take as many pages' memory.
    papers = [cover, *map(office.returns_register, whole.groups)]
    first = _Volume(
        file_name(0, "cover and register"),
        f"Cover and register · {name}",
        _pieces(papers, REGISTERS_AT_ONCE),
    )
    if not request.single:
        return [first, *volumes]
    bound = tuple(piece for volume in (first, *volumes) for piece in volume.pieces)
    return [_Volume("pack", f"Signature forms · {name}", bound)]


def _pieces(documents: Sequence[Document], size: int) -> tuple[tuple[Document, ...], ...]:
    return tuple(tuple(documents[at : at + size]) for at in range(0, len(documents), size))


def _used(school: School, whole: Plan, request: PackRequest) -> list[Agreement]:
    """Give the forms of which spare ones are wanted: those of the pack, or those named."""
    used = {s.agreement.now.id for s in whole.sheets} | set(request.wanted)
    return [a for a in school.agreements if a.now.id in used]


def _papers(sheet: Sheet, since: Mapping[Signed, tuple[Clause, ...]]) -> Iterator[Document]:
    """Give what somebody gets: the form and, to sign it again, what has changed since."""
    form = sheet_for(sheet.agreement.document, sheet.person, sheet.code)
    yield form
    standing = sheet.standing
    if standing is not None and standing.state == "again" and standing.entry is not None:
        changes = since.get((standing.entry.policy, standing.entry.wording), ())
        own = f"form:{sheet.agreement.now.id}"
        more = tuple(c for c in changes if not c.id.startswith("form:") or c.id == own)
        yield since_you_signed(form, standing, more)


def _printed(
    volumes: Sequence[_Volume],
    request: PackRequest,
    theme: Theme,
    progress: Progress | None,
) -> Iterator[tuple[str, bytes | Diagnostic]]:
    """Print volumes, each as soon as all of its parts are."""
    tasks = [
        Binding(f"{volume.name}/{part}", documents, format_, volume.title, request.both_sides)
        for volume in volumes
        for format_ in request.formats
        for part, documents in enumerate(_parts(volume, format_))
    ]
    left = Counter(map(_file_of, tasks))
    parts: dict[str, dict[str, bytes]] = defaultdict(dict)
    failed: set[str] = set()
    for finished in rendered(tasks, theme, request.jobs, progress):
        task, outcome = finished.task, finished.result
        name = _file_of(task)
        left[name] -= 1
        if isinstance(outcome, Diagnostic):
            failed.add(name)
            yield name, replace(outcome, documents=(name,))
        else:
            parts[name][task.name] = outcome
        if not left[name] and name not in failed:
            pieces = parts.pop(name)
            ordered = [pieces[part.name] for part in tasks if _file_of(part) == name]
            yield name, ordered[0] if len(ordered) == 1 else join(ordered, task.title)


def _file_of(task: Binding) -> str:
    return f"{task.name.rpartition('/')[0]}.{task.format}"


def _parts(volume: _Volume, format_: BoundFormat) -> Sequence[tuple[Document, ...]]:
    """Give what is bound at a time; Word files can't be joined."""
    if format_ == "pdf":
        return volume.pieces
    return (tuple(document for piece in volume.pieces for document in piece),)
