"""A school with the forms it has, and its lists of people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.assemble.fill import Filler
from policygen.assemble.targets import Asked
from policygen.model.texts import last_day
from policygen.readers.people import read_people
from policygen.signing.audiences import calling
from policygen.signing.entries import FormNow
from policygen.signing.packs import Agreement
from policygen.signing.standing import Change
from policygen.survey import survey

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from policygen.diagnostics import Diagnostic
    from policygen.model.library import Library
    from policygen.model.people import People, PersonKind

_KINDS: tuple[tuple[str, PersonKind], ...] = (
    ("staff", "staff"),
    ("governors", "governor"),
    ("pupils", "pupil"),
)
"""The terms that are words of the trust's own for those who sign."""


@dataclass(frozen=True, slots=True)
class School:
    """A school with the forms it has, in the order of its policies.

    ``texts`` are those of the sources, to show lines of; ``lost`` are forms that can't be
    given out, because they or their policies have errors.
    """

    id: str
    library: Library
    agreements: tuple[Agreement, ...]
    history: Mapping[str, tuple[Change, ...]]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    lost: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What a list of people may call the school."""
        school = self.library.schools[self.id]
        named = (school.name, school.short_name, school.urn, self.id)
        return tuple(str(name) for name in named if name is not None)

    def only(self, forms: Sequence[str], policies: Sequence[str]) -> School:
        """Give the school with these forms and those of these policies; all if none is named."""
        if not forms and not policies:
            return self
        kept = (
            a
            for a in self.agreements
            if (not forms or a.now.id in forms) and (not policies or a.now.policy in policies)
        )
        lost = (name for name in self.lost if not forms or name in forms)
        return replace(self, agreements=tuple(kept), lost=tuple(lost))


def read_school(source: Path, school_id: str) -> School | list[Diagnostic]:
    """Read a school's forms; give what is wrong where there is no such school to be read."""
    library, report = survey(source, asked=Asked(schools=frozenset({school_id})))
    if library is None or school_id not in library.schools:
        return report.diagnostics
    terms = _terms(library, school_id)
    forms = [target for target in report.targets if target.kind == "form"]
    order = [str(name) for name in library.schools[school_id].policies]
    forms.sort(key=lambda t: order.index(t.policy_id) if t.policy_id in order else len(order))
    agreements = tuple(
        Agreement(
            target.document,
            FormNow(
                target.id,
                target.document.plain_title,
                target.policy_id or "",
                target.document.version,
                target.document.fingerprint,
            ),
            calling(target.document, terms),
        )
        for target in forms
        if target.sound and target.document is not None
    )
    touched = {target.name for target in report.targets}
    return School(
        school_id,
        library,
        agreements,
        {name: _history(library, school_id, name) for name in order if name in library.policies},
        tuple(
            d for d in report.diagnostics if not d.documents or touched.intersection(d.documents)
        ),
        report.texts,
        tuple(target.id for target in forms if not target.sound),
    )


def _terms(library: Library, school_id: str) -> list[tuple[str, PersonKind]]:
    context = Context(library, school_id, None)
    return [(context.term(name).text, kind) for name, kind in _KINDS]


def _history(library: Library, school_id: str, policy_id: str) -> tuple[Change, ...]:
    context = Context(library, school_id, policy_id)
    filler = Filler(context)
    return tuple(
        Change(
            str(entry.version),
            last_day(entry.date),
            filler.plain(entry.summary),
            bool(entry.material),
        )
        for entry in context.policy_field("history") or ()
    )


def read_list(school: School, path: Path, on: dt.date, kind: PersonKind | None = None) -> People:
    """Read a list of the school's people as of a day."""
    return read_people(path.read_bytes(), path.name, school_names=school.names, as_of=on, kind=kind)
