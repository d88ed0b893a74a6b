"""``policygen check``: a source folder in, everything to say of it out."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from policygen.assemble.targets import EVERYTHING
from policygen.beside import beside
from policygen.checks import Settings, run
from policygen.checks.discovery import rules
from policygen.checks.editing import edited
from policygen.checks.ignoring import ignores, silenced
from policygen.checks.levels import Level, of_file, of_trust
from policygen.checks.subject import Subject
from policygen.diagnostics import Diagnostic, Span, collected, strict, without_guesses
from policygen.files import write_whole
from policygen.history import source_at
from policygen.survey import survey

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from policygen.assemble.targets import Asked
    from policygen.diagnostics import Fix
    from policygen.model.library import Library

SETTINGS_FILE = "policygen.toml"

MANY_TEXTS = 500
"""From so many texts on, a second process that looks at them is worth its start."""

MOST_ROUNDS = 10
"""How often fixes are carried out: one may make room for another."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of a check: everything found, and the sources, to show lines of them."""

    diagnostics: list[Diagnostic]
    texts: dict[str, str] = field(default_factory=dict)


def inspect(
    source: Path, as_of: dt.date, asked: Asked = EVERYTHING, *, as_errors: bool = False
) -> Findings:
    """Look at a source folder as of a day.

    With ``asked``, only at what concerns these schools and policies.
    """
    assets = _assets(source)
    settings = Settings()
    faults: list[Diagnostic] = []
    of_texts: Callable[[], list[Diagnostic]] = list
    subject: Subject | None = None

    def once_read(library: Library, texts: dict[str, str]) -> None:
        nonlocal settings, faults, of_texts, subject
        levels, faults = _levels(source, library, texts)
        settings = Settings(levels)
        subject = Subject(library, (), texts, as_of, assets)
        many = len(library.templates) >= MANY_TEXTS
        look = functools.partial(run, subject, settings, documents=False)
        if many:
            # Both processes want these, and the other is a copy of this one.
            rules()
            _ = subject.prose.sentences
        of_texts = beside(look) if many else look

    library, report = survey(source, shared=True, asked=asked, once_read=once_read)
    texts = report.texts
    found = report.diagnostics
    if subject is not None:
        printed = subject.printed(report.targets)
        found = [*found, *run(printed, settings, documents=True), *of_texts()]
    notes, wrong = ignores({path: text for path, text in texts.items() if path.endswith(".yaml")})
    notes = [note for note in notes if not settings.is_off(note.code)]
    after = silenced(settings.applied(found), notes)
    # Where not all was looked at, nobody knows whether a note is used.
    everything = asked == EVERYTHING and library is not None and not library.unreadable
    of_notes = [*wrong, *after.refused, *(after.unused if everything else ())]
    found = [*after.left, *settings.applied(of_notes), *faults]
    found = [d for d in collected(without_guesses(found)) if _concerns(d, asked)]
    return Findings(strict(found) if as_errors else found, texts)


def _levels(
    source: Path, library: Library | None, texts: dict[str, str]
) -> tuple[dict[str, Level], list[Diagnostic]]:
    """Give what policygen.toml says, in the source folder or else beside it, and over it
    what trust.yaml does. The text of the file is added to ``texts``."""
    levels: dict[str, Level] = {}
    faults: list[Diagnostic] = []
    for name in (SETTINGS_FILE, f"../{SETTINGS_FILE}"):
        path = source / name
        if path.is_file():
            try:
                texts[name] = path.read_bytes().decode("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                message = "this file can't be read"
                hint = "Save it as UTF-8, and look whether you may open it."
                return {}, [Diagnostic("unreadable-file", message, Span(name), hint)]
            levels, faults = of_file(texts[name], name)
            break
    if library is not None:
        own, more = of_trust(library.trust)
        levels |= own
        faults += more
    return levels, faults


def _assets(source: Path) -> tuple[str, ...]:
    """Give the files under assets/, by their path in the source folder."""
    folder = source / "assets"
    found = (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()
    return tuple(sorted(path.relative_to(source).as_posix() for path in found))


def _concerns(diagnostic: Diagnostic, asked: Asked) -> bool:
    """Whether a finding concerns the schools and policies that are asked for: it stands in
    one of their files or in one they share, or it is of one of their documents."""
    path = diagnostic.span.path if diagnostic.span else ""
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".yaml")
    if folder == "schools" and not asked.at(stem):
        return False
    if folder in {"policies", "approvals"} and not asked.of(stem):
        return False
    if not diagnostic.documents or asked == EVERYTHING:
        return True
    parts = [name.split("/") for name in diagnostic.documents]
    return any(
        asked.at(None if school == "trust" else school)
        and (rest[0] == "forms" or asked.of(rest[0]))
        for school, *rest in parts
    )


# Since a revision


def since(found: Findings, before: Findings) -> Findings:
    """Give the findings on lines that were changed since, and those that were not there then:
    a change may leave something unused far from its own place."""
    old = Counter(_likeness(d, before.texts) for d in before.diagnostics)
    changed = {path: _changed(before.texts.get(path), text) for path, text in found.texts.items()}
    kept = []
    for diagnostic in found.diagnostics:
        key = _likeness(diagnostic, found.texts)
        span = diagnostic.span
        on_changed = span is not None and span.line in changed.get(span.path, ())
        if on_changed or old[key] <= 0:
            kept.append(diagnostic)
        old[key] -= 1
    return replace(found, diagnostics=kept)


def _likeness(diagnostic: Diagnostic, texts: dict[str, str]) -> tuple[str, str, str, str]:
    """Give what a finding is known by in another version, where its line may have moved."""
    span = diagnostic.span
    lines = texts.get(span.path, "").split("\n") if span else []
    line = lines[span.line - 1] if span and 0 < span.line <= len(lines) else ""
    return (diagnostic.code, diagnostic.message, span.path if span else "", line.strip())


def _changed(old: str | None, new: str) -> frozenset[int]:
    """Give the lines of a file that its older version hasn't."""
    if old == new:
        return frozenset()
    after = new.split("\n")
    if old is None:
        return frozenset(range(1, len(after) + 1))
    matcher = SequenceMatcher(None, old.split("\n"), after, autojunk=False)
    blocks = matcher.get_opcodes()
    return frozenset(
        line + 1
        for tag, _, _, first, last in blocks
        if tag != "equal"
        for line in range(first, last)
    )


def inspect_since(
    revision: str,
    source: Path,
    as_of: dt.date,
    asked: Asked = EVERYTHING,
    *,
    as_errors: bool = False,
) -> Findings:
    """Look at a source folder, and tell what a change since a git revision brought.

    Raises ``VersionError`` where there is no such revision.
    """
    with source_at(revision, source) as older:
        before = inspect(older, as_of, asked, as_errors=as_errors)
    return since(inspect(source, as_of, asked, as_errors=as_errors), before)


# Fixes


@dataclass(frozen=True, slots=True)
class Fixed:
    """What fixes did: how many findings they mended, in which files."""

    fixes: int = 0
    files: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def mend(source: Path, found: Findings, again: Callable[[], Findings]) -> tuple[Findings, Fixed]:
    """Carry out the fixes of findings in the sources; give what is left to find, and what
    was done. ``again`` looks at the sources anew."""
    count, files, faults = 0, set[str](), list[Diagnostic]()
    for _ in range(MOST_ROUNDS):
        done = list(_written(source, found, faults))
        if not done:
            break
        count += sum(number for _, number in done)
        files |= {path for path, _ in done}
        found = again()
        if faults:
            break
    return found, Fixed(count, tuple(sorted(files)), tuple(faults))


def _written(source: Path, found: Findings, faults: list[Diagnostic]) -> Iterator[tuple[str, int]]:
    """Carry out fixes once; give (path, number of them) of each file that changed."""
    by_file: dict[str, list[Fix]] = {}
    for diagnostic in found.diagnostics:
        paths = {edit.span.path for edit in diagnostic.fix.edits} if diagnostic.fix else set()
        if diagnostic.fix and len(paths) == 1 and paths <= set(found.texts):
            by_file.setdefault(paths.pop(), []).append(diagnostic.fix)
    for path, fixes in by_file.items():
        file = (source / path).resolve()
        try:
            data = file.read_bytes()
            mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
            result = edited(data[len(mark) :].decode("utf-8"), path, fixes)
            if result.fixes:
                write_whole(file, mark + result.text.encode("utf-8"))
                yield path, result.fixes
        except (OSError, UnicodeDecodeError) as error:
            message = f"{path} can't be written: {getattr(error, 'strerror', None) or error}"
            hint = "Look at the file's rights, and whether it is open elsewhere."
            faults.append(Diagnostic("cannot-write", message, None, hint))
