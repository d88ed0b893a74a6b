"""Outlines, printed or not: unknown clauses, modules and forms, ids given twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.assemble.context import Context, unknown
from policygen.assemble.outline import Outline
from policygen.diagnostics import Diagnostic, Severity
from policygen.model.policies import Generate, Policy
from policygen.model.texts import ClauseId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import NumberingStyle
    from policygen.model.forms import Form
    from policygen.model.library import Library
    from policygen.model.policies import Appendix, PolicyFields, Section
    from policygen.model.texts import Id

_NUMBER = re.compile(r"(?:\d{1,2}\.)+\d{0,2}\s+\S|\d{1,2}\)\s")


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell what the outlines of policies and the statements of forms name in vain."""
    outline = Outline(Context(library))
    outlines: list[PolicyFields] = list(library.policies.values())
    for school in library.schools.values():
        outlines += [entry for entry in school.policies.values() if not entry.amend]
    for fields in outlines:
        ids: dict[str, Id] = {}
        if isinstance(fields, Policy) and not fields.sections:
            message = "this policy has no `sections:`, so it prints no rules"
            hint = "Write “sections:” and under it each section with its clauses."
            span = fields.at("sections")
            yield Diagnostic("missing-key", message, span, hint, Severity.WARNING)
        yield from _typed_numbers(fields.sections or (), fields.numbering or "clauses")
        yield from _sections(library, outline, fields.sections or (), ids)
        yield from _sections(library, outline, fields.appendices or (), ids)
    for form in library.forms.values():
        _statements(outline, form)
    # What is unreadable has been told where it stands.
    yield from (fault for fault in outline.faults if fault.code != "unreadable")


def _typed_numbers(sections: Iterable[Section], style: NumberingStyle) -> Iterator[Diagnostic]:
    """Tell headings whose number is typed by hand where they get one of their own."""
    for section in sections:
        own = section.numbering or style
        heading = section.heading
        if heading is not None and own in {"sections", "clauses"} and _NUMBER.match(heading):
            message = "the number of this heading is typed by hand, beside the one it gets"
            hint = "Take it away, or write `numbering: none`."
            yield Diagnostic("numbering", message, heading.span, hint, Severity.WARNING)
        yield from _typed_numbers(section.sections, own)


def _sections(
    library: Library,
    outline: Outline,
    sections: Iterable[Section | Appendix],
    ids: dict[str, Id],
) -> Iterator[Diagnostic]:
    for section in sections:
        for item in (*section.intro, *section.clauses):
            if not isinstance(item, Generate):
                _known(outline, item)
        for name in filter(None, (section.id, getattr(section, "form", None))):
            if name in ids:
                message = f"the id “{name}” stands twice in this policy"
                hint = f"The first is in line {ids[name].span.line}; give one another id."
                yield Diagnostic("duplicate-id", message, name.span, hint)
            ids.setdefault(name, name)
        form = getattr(section, "form", None)
        unread = f"forms/{form}" in library.unreadable
        if form is not None and form not in library.forms and not unread:
            where = f"forms/{form}.yaml"
            yield unknown("form", str(form), library.forms, form.span, where)
        yield from _sections(library, outline, section.sections, ids)


def _statements(outline: Outline, form: Form) -> None:
    for statement in form.statements:
        clause = statement if isinstance(statement, ClauseId) else None
        clause = clause or getattr(statement, "clause", None)
        if clause is not None:
            _known(outline, clause)


def _known(outline: Outline, item: ClauseId) -> None:
    if not item.startswith("local/"):
        outline.clause_ids(item)
