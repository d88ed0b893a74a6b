"""Schools that agree in all that assembling looks at, so that one document stands for theirs.

What can be wrong with a document depends on the answers of a school, on which of its names
and details there are, and on those that conditions compare or links lead to; not on what a
headteacher is called. Two schools with the same sketch have the same faults.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from policygen.assemble.context import OFFICER_NAMES, SCHOOL_NAMES, TERM_NAMES
from policygen.assemble.facts import registered
from policygen.document import Link, walk, walk_inlines
from policygen.document.trees import inlines
from policygen.model.policies import SchoolPolicy
from policygen.model.templates import LINK_SLOT, MOST_SLOTS, Compared, Path, parts
from policygen.model.texts import Month
from policygen.readers.markdown import bad_address

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from policygen.assemble.context import Context
    from policygen.model.library import Library
    from policygen.model.templates import Template
    from policygen.model.trust import Officer, School, Term

Sketch: TypeAlias = "Hashable"


@dataclass(slots=True)
class Sketches:
    """Sketches the schools of a library."""

    library: Library
    _compared: set[tuple[str, ...]] = field(default_factory=set)
    _addresses: set[tuple[str, ...]] = field(default_factory=set)
    _schools: dict[str, Sketch] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the names whose very value counts."""
        for template in self.library.templates.values():
            for slot in template.slots:
                for part in parts(slot):
                    if isinstance(part, Compared):
                        self._compared.update(_paths(part))
            self._links(template)

    def _links(self, template: Template) -> None:
        runs = [template.inlines]
        for block in walk(template.blocks):
            runs += inlines(block)
        for run in runs:
            for inline in walk_inlines(run):
                if isinstance(inline, Link):
                    for found in _slots(inline.target, template):
                        alone = len(inline.target.removeprefix("mailto:")) == 1
                        names = self._addresses if alone else self._compared
                        names |= found

    def of(self, context: Context) -> Sketch:
        """Give the sketch of a school with its policy."""
        school_id, school = context.school_id, context.school
        if school_id is None or school is None:
            return None
        if school_id not in self._schools:
            self._schools[school_id] = tuple(self._school(school_id, school))
        entry = context.entry
        return (
            self._schools[school_id],
            context.policy_id,
            tuple(self._entry(entry)) if entry else (),
            self._approval(context),
        )

    def _school(self, school_id: str, school: School) -> Iterator[Sketch]:
        yield self._value(("school",), str(school.name))
        if ("school", "id") in self._compared:
            yield school_id
        for name in SCHOOL_NAMES:
            found = getattr(school, name)
            words = ", ".join(found) if isinstance(found, tuple) else str(found or "")
            yield self._value(("school", name), words)
        for office, officer in school.officers.items():
            yield self._officer(str(office), officer)
        for name, term in school.terms.items():
            yield self._term(str(name), term)
        yield tuple(sorted((str(name), repr(a.value)) for name, a in school.settings.items()))

    def _officer(self, name: str, officer: Officer) -> Sketch:
        path = ("officers", name)
        whole = repr(officer) if path in self._compared else ""
        detail = (self._value((*path, part), getattr(officer, part)) for part in OFFICER_NAMES)
        return ("officer", name, whole, *detail)

    def _term(self, name: str, term: Term) -> Sketch:
        path = ("terms", name)
        forms = (self._value((*path, part), getattr(term, part)) for part in TERM_NAMES)
        bare = term.text or (term.one if term.many is None else term.many)
        return ("term", name, term.text is None, self._value(path, bare), *forms)

    def _value(self, path: tuple[str, ...], value: str | None) -> Sketch:
        """Give as much of a value as can make a difference."""
        if not value:
            return value
        if path in self._compared:
            return str(value)
        if path in self._addresses:
            mail = "@" in value and ":" not in value
            return bad_address(f"mailto:{value}" if mail else str(value)) or "address"
        return True

    def _entry(self, entry: SchoolPolicy) -> Iterator[Sketch]:
        for name in SchoolPolicy.model_fields:
            value = getattr(entry, name)
            if value is None or value in ((), {}):
                continue
            dated = isinstance(value, dt.date | Month)
            bare = dated and ("policy", name) not in self._compared
            yield name, True if bare else repr(value)

    def _approval(self, context: Context) -> Sketch:
        """Give what the register says; a document it has is like none that it hasn't."""
        entry = registered(context)
        if entry is None:
            return None
        key = context.school_id
        wording = next(str(text) for name, text in entry.wording.items() if name == key)
        return (wording, repr(entry.by), repr(entry.approved))


def _paths(expression: Compared) -> Iterator[tuple[str, ...]]:
    return (part.names for part in parts(expression) if isinstance(part, Path))


def _slots(target: str, template: Template) -> Iterator[set[tuple[str, ...]]]:
    """Give the names in each slot of a link's address."""
    for char in target:
        at = ord(char) - ord(LINK_SLOT)
        if 0 <= at < MOST_SLOTS:
            inner = parts(template.slots[at])
            yield {part.names for part in inner if isinstance(part, Path)}
