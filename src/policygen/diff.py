"""Two versions of the sources compared: from folders or git revisions to a review and its files."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from policygen.compare import redline
from policygen.diagnostics import collected, json_text, without_guesses
from policygen.history import source_at
from policygen.lint import lint
from policygen.readers.library import read_library
from policygen.review.changes import review
from policygen.review.data import as_data
from policygen.review.made import Side
from policygen.review.markdown import as_markdown
from policygen.review.names import Names
from policygen.review.report import as_document
from policygen.review.words import unchanged
from policygen.writers import write
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.diagnostics import Diagnostic
    from policygen.review.found import Review

ReportFormat: TypeAlias = Literal["html", "pdf", "docx", "md", "json"]
REPORT_FORMATS: tuple[ReportFormat, ...] = get_args(ReportFormat)

WORKING_FOLDER = "the working folder"
"""What the sources as they are now are called."""

LONGEST_COMMENT = 60_000
"""Characters of the longest Markdown; a comment on GitHub may have 65,536."""


@dataclass(frozen=True, slots=True)
class Differences:
    """A review with the names to tell it by, and what is wrong with either side.

    ``faults`` are by side: its name, its diagnostics, its texts to show lines of.
    """

    review: Review
    names: Names
    faults: tuple[tuple[str, list[Diagnostic], dict[str, str]], ...] = field(default=())

    @property
    def unchanged(self) -> str:
        """The sentence for a review in which nothing differs."""
        return unchanged(self.review)


class NothingToCompareError(Exception):
    """A side that can't be read at all; the message says which and why."""


def differences(
    old: str,
    new: str | None,
    source: Path,
    schools: tuple[str, ...] = (),
    policies: tuple[str, ...] = (),
) -> Differences:
    """Compare two versions of the sources; ``new`` is the folder as it is where None.

    Raises ``VersionError`` where a version is not there and ``NothingToCompareError``
    where one can't be read.
    """
    with ExitStack() as stack:
        before = stack.enter_context(source_at(old, source))
        after = source if new is None else stack.enter_context(source_at(new, source))
        first, second = _read(old, before), _read(new or WORKING_FOLDER, after)
    _check_shared(first.side, second.side)
    found = review(first.side, second.side, schools, policies)
    return Differences(
        found,
        Names(first.side.library, second.side.library),
        tuple(
            (part.side.name, collected([*part.faults, *faults]), part.texts)
            for part, faults in zip((first, second), found.faults, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    side: Side
    faults: list[Diagnostic]
    texts: dict[str, str]


def _read(name: str, folder: Path) -> _Read:
    if not folder.is_dir():
        message = (
            f"there is no folder “{folder}” with the sources as they are now: name the one "
            "that holds trust.yaml with --source, or name two versions"
        )
        raise NothingToCompareError(message)
    reading = read_library(folder)
    if reading.library is None:
        message = f"{name} has no trust.yaml that can be read"
        inner = sorted(path.parent for path in folder.glob("*/trust.yaml"))
        if inner and folder == Path(name):
            message += f"; did you mean “{inner[0]}”?"
        raise NothingToCompareError(message)
    faults = without_guesses([*reading.diagnostics, *lint(reading.library)])
    return _Read(Side(name, reading.library), faults, reading.texts)


def _check_shared(first: Side, second: Side) -> None:
    """Raise where two versions have policies but not one in common."""
    old, new = ({*side.library.policies, *_unread(side)} for side in (first, second))
    if old and new and not old & new:
        told = " and ".join(
            f"“{side.name}” has {', '.join(sorted(names))}"
            for side, names in ((first, old), (second, new))
        )
        message = f"the two versions share no policy: {told}"
        raise NothingToCompareError(message)


def _unread(side: Side) -> set[str]:
    """Give the policies whose files have errors."""
    pairs = (name.split("/") for name in side.library.unreadable if "/" in name)
    return {policy for folder, policy in pairs if folder == "policies"}


def files(
    found: Differences, formats: tuple[ReportFormat, ...], *, more: str = ""
) -> Iterator[tuple[str, bytes]]:
    """Give the files of a report: name and bytes. ``docx`` gives a Word file with tracked
    changes for each document that differs."""
    theme = Theme(word_template=found.names.new.word_template)
    for format_ in formats:
        match format_:
            case "json":
                data = json_text(as_data(found.review))
                yield "changes.json", f"{data}\n".encode()
            case "md":
                text = as_markdown(found.review, found.names, longest=LONGEST_COMMENT, more=more)
                yield "changes.md", text.encode()
            case "html" | "pdf":
                document = as_document(found.review, found.names)
                yield f"changes.{format_}", write(document, format_, theme, {})
            case "docx":
                yield from _tracked(found, theme)


def _tracked(found: Differences, theme: Theme) -> Iterator[tuple[str, bytes]]:
    for (school, policy), (old, new) in found.review.documents.items():
        if old and new and old != new:
            document = redline(old, new, found.review.renamed)
            yield f"{school or 'trust'}/{policy}.docx", write(document, "docx", theme, {})
