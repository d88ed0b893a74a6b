"""When the policies of each school are to be reviewed, by the place that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.assemble.facts import next_review, registered, written_status
from policygen.assemble.wording import day_in_words, listing
from policygen.diagnostics import Diagnostic, Severity, Span
from policygen.model.texts import Month, last_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from policygen.checks.subject import Subject

_MOST_NAMED = 4
"""So many schools are named; more are counted."""


@dataclass(frozen=True, slots=True)
class Review:
    """A review of a policy, with the documents for which one line of a source sets its day."""

    policy_id: str
    day: dt.date | Month
    span: Span
    documents: tuple[str, ...]

    @property
    def due(self) -> dt.date:
        """The day on which it is due."""
        return last_day(self.day)

    @property
    def when(self) -> str:
        """When it is due, in words."""
        return by_day(self.day)

    @property
    def at(self) -> str:
        """For whom, in words."""
        schools = [name.partition("/")[0] for name in self.documents]
        if schools == ["trust"]:
            return "for the trust"
        if len(schools) > _MOST_NAMED:
            return f"at {len(schools)} schools"
        return f"at {listing(schools)}"

    def finding(self, code: str, message: str, hint: str) -> Diagnostic:
        """Give a warning at the line that sets the day."""
        documents = self.documents
        return Diagnostic(code, message, self.span, hint, Severity.WARNING, documents)


def by_day(day: dt.date | Month) -> str:
    """Give "on 1 September 2026" or "in September 2026"."""
    return f"{'in' if isinstance(day, Month) else 'on'} {day_in_words(day)}"


def reviews(subject: Subject) -> Iterator[Review]:
    """Give the reviews of all policies that are not withdrawn."""
    found: dict[tuple[str, Span, dt.date | Month], list[str]] = {}
    for target in subject.targets:
        if target.kind != "policy" or target.document is None:
            continue
        context = Context(subject.library, target.school_id, target.id)
        day = next_review(context)
        if day is not None and written_status(context) != "withdrawn":
            found.setdefault((target.id, _place(context), day), []).append(target.name)
    for (policy_id, span, day), documents in found.items():
        yield Review(policy_id, day, span, tuple(documents))


def _place(context: Context) -> Span:
    """Give the line that decides the day: the date itself, else the approval it is counted
    from, else the period."""
    for layer in (context.entry, context.policy):
        if layer is not None and layer.next_review is not None:
            return layer.at("next_review")
        if layer is not None and layer.review_every is not None:
            break
    if entry := registered(context):
        return entry.at("approved")
    for layer in (context.entry, context.policy):
        if layer is not None and layer.approved is not None:
            return layer.at("approved")
    return Span(context.file)
