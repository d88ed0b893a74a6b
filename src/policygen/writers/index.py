"""The page that lists what was built: every document of every school."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from policygen.colour import Shades
from policygen.writers.fonts import faces_for
from policygen.writers.html.page import embedded
from policygen.writers.markup import asset_uri
from policygen.writers.templates import loaded, render, style_sheets

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from policygen.document import Asset
    from policygen.writers.theme import Theme


_SHELL = "index.html"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document in the list. ``adopted`` and ``next_review`` are as printed; ``links``
    are labels with relative addresses. One that could not be built has no links, and
    ``draft_reason`` says why."""

    school_id: str
    school: str
    kind: Literal["policy", "form"]
    title: str
    version: str
    status: str
    adopted: str
    next_review: str
    next_review_on: dt.date | None
    overdue: bool
    due_soon: bool
    draft_reason: str
    links: tuple[tuple[str, str], ...]

    @property
    def built(self) -> bool:
        """Whether there is anything to open."""
        return bool(self.links)

    @property
    def due(self) -> str:
        """What to say about its review."""
        return "Overdue" if self.overdue else "Due soon" if self.due_soon else ""


@dataclass(frozen=True, slots=True)
class Index:
    """What was built for a trust, as of a day."""

    trust: str
    colour: str
    as_of: dt.date
    logo: Asset | None
    entries: tuple[IndexEntry, ...]


def prepare_index(theme: Theme) -> None:
    """Read what the page needs, where there is nothing else to do."""
    loaded(theme, _SHELL)


def write_index(index: Index, theme: Theme) -> bytes:
    """Give the list as a web page."""
    entries = sorted(index.entries, key=_by_school)
    policies = [entry for entry in entries if entry.kind == "policy"]
    forms = [entry for entry in entries if entry.kind == "form"]
    page = render(
        theme,
        _SHELL,
        index=index,
        as_of=f"{index.as_of.day} {index.as_of:%B} {index.as_of.year}",
        fonts=embedded(faces_for(_text(index)), theme),
        forms=[(school, list(listed)) for school, listed in groupby(forms, _school)],
        logo=asset_uri(index.logo) if index.logo else "",
        policies=policies,
        shades=Shades.of(index.colour),
        style=style_sheets(theme, "document.css", "screen.css", "index.css"),
        summary=_summary(entries),
        urgent=[entry for entry in entries if entry.overdue or not entry.built],
    )
    return page.encode()


def _summary(entries: list[IndexEntry]) -> list[tuple[int, str]]:
    """Give counts with their words, the most urgent first."""
    return [
        (sum(entry.overdue for entry in entries), "overdue for review"),
        (sum(not entry.built for entry in entries), "not built"),
        (sum(entry.due_soon and not entry.overdue for entry in entries), "due for review soon"),
        (sum(entry.built and bool(entry.draft_reason) for entry in entries), "in draft"),
        (len(entries), "documents in all"),
    ]


def _by_school(entry: IndexEntry) -> tuple[str, str, str]:
    return entry.school.casefold(), entry.school_id, entry.title.casefold()


def _school(entry: IndexEntry) -> str:
    return entry.school


def _text(index: Index) -> str:
    return "\n".join((index.trust, *_words(index.entries)))


def _words(entries: Iterable[IndexEntry]) -> Iterable[str]:
    for entry in entries:
        yield from (entry.school, entry.title, entry.version, entry.status, entry.adopted)
        yield from (entry.next_review, entry.draft_reason, *(label for label, _ in entry.links))
