"""A source folder read, checked and assembled, without writing anything."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policygen.assemble.targets import EVERYTHING, Target, targets
from policygen.diagnostics import Diagnostic, Span, collected, strict, without_guesses
from policygen.lint import lint
from policygen.readers.library import read_library
from policygen.writers.fonts import document_text, uncovered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from policygen.assemble.targets import Asked
    from policygen.model.library import Library


@dataclass(slots=True)
class Survey:
    """What there is: the documents asked for, what is wrong, and the sources' texts, to
    show lines of them."""

    targets: list[Target] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether there is no error."""
        return not any(d.is_error for d in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Sources:
    """A source folder as read and checked, before anything is assembled.

    ``named`` are the files that sources name; ``errors`` what may stop a document besides
    what is met when it is assembled.
    """

    library: Library | None
    found: list[Diagnostic]
    texts: Mapping[str, str]
    named: frozenset[str]
    as_errors: bool
    errors: tuple[Diagnostic, ...] = ()

    def checked(self, found: Iterable[Target]) -> Iterator[Target]:
        """Give targets with all that is wrong with them: what only printing can find and
        the errors of the files they are made from as well; warnings as errors if asked."""
        for target in found:
            yield _checked(target, self)

    def told(self, of_targets: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Give what is wrong with the sources and with targets, each fault once."""
        nowhere = {d.span for d in self.found if d.code == "unknown-reference-target"}
        rest = (d for d in of_targets if not _is_told(d, nowhere))
        return collected(without_guesses([*self.found, *rest]))


def read_sources(
    source: Path,
    *,
    as_errors: bool = False,
    once_read: Callable[[Library, dict[str, str]], None] | None = None,
) -> Sources:
    """Read and check a source folder; warnings count as errors if asked. ``once_read`` is
    told what was read before it is checked."""
    reading = read_library(source)
    found = list(reading.diagnostics)
    if reading.library is None:
        return Sources(None, found, reading.texts, reading.named, as_errors)
    if once_read is not None:
        once_read(reading.library, reading.texts)
    found += lint(reading.library)
    found = strict(found) if as_errors else found
    errors = (*(d for d in found if d.is_error), *_for_all(reading.library))
    return Sources(reading.library, found, reading.texts, reading.named, as_errors, errors)


def survey(
    source: Path,
    *,
    as_errors: bool = False,
    asked: Asked = EVERYTHING,
    shared: bool = False,
    once_read: Callable[[Library, dict[str, str]], None] | None = None,
) -> tuple[Library | None, Survey]:
    """Read everything and assemble what is asked for, and write nothing.

    ``shared`` is for those who want the faults and no documents: schools that are alike then
    share theirs, which is much faster. ``once_read`` is told the library and the sources'
    texts before anything is assembled.
    """
    sources = read_sources(source, as_errors=as_errors, once_read=once_read)
    found = Survey(texts=dict(sources.texts))
    if sources.library is not None:
        printable = shared and _all_printable(sources.texts)
        checking = replace(sources, texts={}) if printable else sources
        made = targets(sources.library, asked, shared=printable)
        found.targets = list(checking.checked(made))
    found.diagnostics = sources.told(d for target in found.targets for d in target.diagnostics)
    return sources.library, found


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


def _checked(target: Target, sources: Sources) -> Target:
    stopped = [replace(d, documents=(target.name,)) for d in sources.errors if _stops(d, target)]
    unprintable = [
        replace(d, documents=(target.name,)) for d in _unprintable(target, sources.texts)
    ]
    found = [*target.diagnostics, *stopped, *unprintable]
    if sources.as_errors:
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
