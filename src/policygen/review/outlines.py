"""A policy's outline as it is written: where each part is listed, and under which conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.model.policies import Generate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policygen.assemble.context import Context
    from policygen.diagnostics import Span
    from policygen.model.policies import Appendix, Section
    from policygen.model.texts import ClauseId, Condition, Line


@dataclass(frozen=True, slots=True)
class Listed:
    """A part where an outline lists it; ``whens`` are its conditions and those around it."""

    span: Span
    whens: tuple[Condition, ...] = ()
    heading: Line | None = None
    numbering: Span | None = None


class Listing:
    """The parts of a policy's outline by the ids they have when documents are compared.

    ``records`` gives the id of a section or appendix by where its record stands: one
    without an id goes by its heading as written.
    """

    def __init__(self, context: Context, renamed: Mapping[str, str]) -> None:
        self.context = context
        self.renamed = renamed
        self.parts: dict[str, Listed] = {}
        self.records: dict[Span, str] = {}
        for section in context.policy_field("sections") or ():
            self._section(section, ())
        for appendix in context.policy_field("appendices") or ():
            self._appendix(appendix)

    def find(self, unit_id: str, span: Span | None) -> Listed | None:
        """Give a part by its id, or by where its record stands."""
        found = self.records.get(span) if span else None
        return self.parts.get(found or unit_id)

    def inner(self, unit_id: str, span: Span | None) -> Iterable[Condition]:
        """Give the conditions of what stands beneath a part that has none of its own."""
        found = self.find(unit_id, span)
        if found is None:
            return ()
        return (
            when
            for part in self.parts.values()
            if part.whens[: len(found.whens)] == found.whens
            for when in part.whens
        )

    def _section(self, record: Section, whens: tuple[Condition, ...]) -> None:
        whens = (*whens, *((record.when,) if record.when else ()))
        name = f"section:{record.id or record.heading or ''}"
        self._note(name, record, whens)
        self._content(record, whens)

    def _appendix(self, record: Appendix) -> None:
        form = self.context.library.forms.get(str(record.form)) if record.form else None
        own = (record.when, form.when if form else None)
        whens = tuple(when for when in own if when)
        name = f"appendix:{record.id or record.form or record.heading}"
        self._note(name, record, whens)
        if form and record.form:
            self.parts.setdefault(f"form:{record.form}", Listed(record.form.span, whens))
        self._content(record, whens)

    def _note(self, name: str, record: Section | Appendix, whens: tuple[Condition, ...]) -> None:
        numbering = record.at("numbering") if getattr(record, "numbering", None) else None
        self.parts.setdefault(name, Listed(record.span, whens, record.heading, numbering))
        self.records[record.span] = name

    def _content(self, record: Section | Appendix, whens: tuple[Condition, ...]) -> None:
        for item in (*record.intro, *record.clauses):
            if not isinstance(item, Generate):
                self._clauses(item, whens)
        for section in record.sections:
            self._section(section, whens)

    def _clauses(self, item: ClauseId, whens: tuple[Condition, ...]) -> None:
        library = self.context.library
        for name in library.modules.get(item, (str(item),)):
            clause = library.clauses.get(name)
            own = (clause.when,) if clause and clause.when else ()
            # In a module it is the module's file that says in which order clauses come.
            span = clause.span if clause and name != item else item.span
            key = f"clause:{self.renamed.get(name, name)}"
            self.parts.setdefault(key, Listed(span, (*whens, *own)))
