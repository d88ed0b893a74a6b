"""Two versions of the sources compared: from folders or git revisions to a review and its files."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from policygen.compare import redline
from policygen.diagnostics import json_text
from policygen.history import source_at
from policygen.lint import lint
from policygen.readers.library import read_library
from policygen.review.changes import Review, Side, review
from policygen.review.outputs import as_data, as_markdown
from policygen.review.report import as_document
from policygen.review.words import Names
from policygen.writers import write
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policygen.diagnostics import Diagnostic

ReportFormat: TypeAlias = Literal["html", "pdf", "docx", "md", "json"]
REPORT_FORMATS: tuple[ReportFormat, ...] = get_args(ReportFormat)

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
        sides, faults = [], []
        for name, folder in ((old, before), (new or "the working folder", after)):
            reading = read_library(folder)
            if reading.library is None:
                message = f"{name} has no trust.yaml that can be read"
                raise NothingToCompareError(message)
            found = [*reading.diagnostics, *lint(reading.library)]
            sides.append(Side(name, reading.library))
            faults.append((name, found, reading.texts))
    first, second = sides
    return Differences(
        review(first, second, schools, policies),
        Names(first.library, second.library),
        tuple(faults),
    )


def files(
    found: Differences, formats: tuple[ReportFormat, ...], *, more: str = ""
) -> Iterator[tuple[str, bytes]]:
    """Give the files of a report: name and bytes. ``docx`` gives a Word file with tracked
    changes for each document that differs."""
    theme = Theme(word_template=found.names.new.word_template)
    for format_ in formats:
        match format_:
            case "json":
                data = json_text(as_data(found.review, found.names))
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
            document = redline(old, new)
            yield f"{school or 'trust'}/{policy}.docx", write(document, "docx", theme, {})
