"""What changed between two versions of a library's documents, for whom and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.assemble.context import Context
from policygen.assemble.targets import Target, targets
from policygen.compare import Comparison, Unit, units
from policygen.document import (
    Reference,
    Value,
    fingerprint,
    inlines,
    walk,
    walk_inlines,
    with_inlines,
)
from policygen.model.policies import Add, Omit, Replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policygen.diagnostics import Diagnostic, Span
    from policygen.document import Blocks, Document, Inlines
    from policygen.model.clauses import Clause
    from policygen.model.library import Library
    from policygen.model.policies import Amendment

Action: TypeAlias = Literal["added", "removed", "changed", "moved"]
Kind: TypeAlias = Literal[
    "wording", "values", "answers", "conditions", "amendment", "order", "law", "presentation"
]
Key: TypeAlias = tuple[str | None, str]
"""A school, None for the trust itself, and a policy."""


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that changed alike at some schools.

    ``redline`` holds both versions with what was inserted and deleted marked; ``causes``
    are the places in the sources that made it change.
    """

    policy_id: str
    unit: str
    action: Action
    kind: Kind
    title: str
    within: str
    redline: Blocks
    schools: tuple[str | None, ...]
    causes: tuple[Span, ...] = ()
    was: str = ""
    """The number it had before, where that is another."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An amendment of a school whose clause in the library has changed."""

    school_id: str
    policy_id: str
    clause_id: str
    reason: str
    span: Span


@dataclass(slots=True)
class Review:
    """All that changed between two versions.

    ``documents`` gives each policy at each school before and after; ``renewed`` are those
    whose wording is another, ``signed`` the policies with a new version that people must
    sign again. ``faults`` are those of either side; what they stop is not compared.
    """

    old_name: str
    new_name: str
    documents: dict[Key, tuple[Document | None, Document | None]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    renewed: list[Key] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    amendments: list[Moved] = field(default_factory=list)
    renumbered: dict[Key, int] = field(default_factory=dict)
    likely_renamed: list[tuple[str, str]] = field(default_factory=list)
    not_compared: list[str] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether any document differs in anything."""
        return bool(self.changes or any(self.renumbered.values()))


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its name, its library, its documents and what is wrong with it."""

    name: str
    library: Library
    faults: tuple[Diagnostic, ...] = ()


def review(
    old: Side, new: Side, schools: Iterable[str] = (), policies: Iterable[str] = ()
) -> Review:
    """Compare every policy of every school, or only those named."""
    found = Review(old.name, new.name)
    renamed = _renamed(new.library)
    before, after = _documents(old, found), _documents(new, found)
    only_schools, only_policies = set(schools), set(policies)
    single: list[Change] = []
    for key in dict.fromkeys((*after, *before)):
        school_id, policy_id = key
        if only_schools and (school_id or "trust") not in only_schools:
            continue
        if only_policies and policy_id not in only_policies:
            continue
        pair = before.get(key), after.get(key)
        found.documents[key] = pair
        if pair[0] == pair[1]:
            continue
        if pair[0] is None or pair[1] is None or pair[0].fingerprint != pair[1].fingerprint:
            found.renewed.append(key)
        comparer = _Comparer(old.library, new.library, key, renamed)
        single += comparer.changes(*pair)
        found.renumbered[key] = comparer.renumbered
    found.changes = _grouped(single)
    found.signed = list(_signed(old.library, new.library, {p for _, p in found.documents}))
    found.amendments = list(_moved_bases(old.library, new.library, found.documents))
    found.likely_renamed = list(_likely_renamed(old.library, new.library, renamed))
    return found


def _documents(side: Side, found: Review) -> dict[Key, Document]:
    made: dict[Key, Document] = {}
    for target in targets(side.library):
        if target.kind != "policy":
            continue
        if target.document is None or any(d.is_error for d in target.diagnostics):
            found.not_compared.append(_what_failed(side, target))
            continue
        made[target.school_id, target.id] = target.document
    return made


def _what_failed(side: Side, target: Target) -> str:
    first = next((d for d in target.diagnostics if d.is_error), None)
    why = f": {first.message}" if first else ""
    return f"{target.name} of {side.name} has errors{why}"


def _renamed(library: Library) -> dict[str, str]:
    """Give the new id of each clause that says it had another."""
    return {
        str(before): clause_id
        for clause_id, clause in library.clauses.items()
        for before in clause.formerly
        if str(before) not in library.clauses
    }


# One document ----------------------------------------------------------------


@dataclass(slots=True)
class _Comparer:
    old: Library
    new: Library
    key: Key
    renamed: Mapping[str, str]
    renumbered: int = 0

    def changes(self, before: Document | None, after: Document | None) -> Iterator[Change]:
        """Give what changed, in the order of the new document; what is gone where it stood."""
        old = units(before, self.renamed) if before else {}
        new = units(after, {}) if after else {}
        moved = _out_of_order(list(old), list(new))
        for name in _interleaved(list(old), list(new)):
            first, second = old.get(name), new.get(name)
            if first and second:
                if first.label != second.label and name not in moved:
                    self.renumbered += 1
                change = self._both(first, second, moved=name in moved)
            else:
                change = self._one(first, second)
            if change:
                yield change

    def _both(self, first: Unit, second: Unit, *, moved: bool) -> Change | None:
        if _words(first) == _words(second):
            if moved:
                return self._change("moved", "order", first, second, second.blocks)
            return None
        redline = Comparison(self.renamed).blocks(first.blocks, second.blocks)
        return self._change("changed", self._kind(first, second), first, second, redline)

    def _one(self, first: Unit | None, second: Unit | None) -> Change | None:
        unit = second or first
        if unit is None or not any(_words(unit)):
            return None
        comparison = Comparison(self.renamed)
        redline = comparison.blocks(first.blocks if first else (), second.blocks if second else ())
        action: Action = "added" if second else "removed"
        return self._change(action, self._kind_of_one(unit), first, second, redline)

    def _change(
        self, action: Action, kind: Kind, first: Unit | None, second: Unit | None, redline: Blocks
    ) -> Change:
        unit = second or first
        assert unit is not None  # noqa: S101 -- one of them is there
        was = first.label if first and second and first.label != second.label else ""
        causes = tuple(dict.fromkeys(self._causes(kind, unit)))
        school_id, policy_id = self.key
        return Change(
            policy_id,
            unit.id,
            action,
            kind,
            unit.title,
            unit.within,
            redline,
            (school_id,),
            causes,
            was,
        )

    # Why

    def _kind(self, first: Unit, second: Unit) -> Kind:
        if second.id == "generated:references":
            return "law"
        if second.id.startswith("generated:") or second.id == "front":
            return "values"
        if fingerprint((), first.blocks) == fingerprint((), second.blocks):
            names = _changed_values(first, second)
            if not names:
                return "presentation"
            return "law" if all(name.startswith("cite.") for name in names) else "values"
        clause_id = second.id.removeprefix("clause:")
        if self._amended(clause_id):
            return "amendment"
        if second.id.startswith("clause:") and self._same_source(clause_id):
            return "answers"
        return "wording"

    def _kind_of_one(self, unit: Unit) -> Kind:
        clause_id = unit.id.removeprefix("clause:")
        if unit.id.startswith("clause:") and self._amended(clause_id):
            return "amendment"
        if unit.id.startswith("clause:") and self._same_source(clause_id) and self._same_outline():
            return "conditions"
        return "wording"

    def _records(self, clause_id: str) -> tuple[Clause | None, Clause | None]:
        before = {new: old for old, new in self.renamed.items()}
        earlier = self.old.clauses.get(before.get(clause_id, clause_id))
        return earlier, self.new.clauses.get(clause_id)

    def _same_source(self, clause_id: str) -> bool:
        first, second = self._records(clause_id)
        if first is None or second is None:
            return False
        return (first.heading, first.text, first.texts, first.when) == (
            second.heading,
            second.text,
            second.texts,
            second.when,
        )

    def _same_outline(self) -> bool:
        _, policy_id = self.key
        first, second = self.old.policies.get(policy_id), self.new.policies.get(policy_id)
        return bool(first and second and first.sections == second.sections)

    def _amendments(self, library: Library) -> tuple[Amendment, ...]:
        school_id, policy_id = self.key
        school = library.schools.get(school_id or "")
        entry = (
            next((e for name, e in school.policies.items() if name == policy_id), None)
            if (school)
            else None
        )
        return entry.amend if entry else ()

    def _amended(self, clause_id: str) -> Amendment | None:
        """Give the amendment of a clause that only one version has, or that was changed."""
        sides = [
            next((a for a in self._amendments(lib) if _about(a) == clause_id), None)
            for lib in (self.new, self.old)
        ]
        return None if sides[0] == sides[1] else sides[0] or sides[1]

    def _causes(self, kind: Kind, unit: Unit) -> Iterator[Span]:
        clause_id = unit.id.removeprefix("clause:")
        school_id, policy_id = self.key
        if kind == "amendment" and (amendment := self._amended(clause_id)):
            yield amendment.span
        elif kind == "answers":
            _, clause = self._records(clause_id)
            names = [str(clause.choose)] if clause and clause.choose else []
            names += [n.partition(".")[2] for n in _value_names(unit) if n.startswith("settings.")]
            for name in names:
                answer = Context(self.new, school_id, policy_id).answer(name)
                setting = self.new.settings.get(name)
                if answer:
                    yield answer.span
                elif setting:
                    yield setting.at("default")
        elif kind in {"wording", "conditions"} and unit.span:
            yield unit.span


def _about(amendment: Amendment) -> str:
    match amendment:
        case Replace(replace=name) | Omit(omit=name):
            return str(name)
        case Add(add=name):
            return f"local/{name}"


def _words(unit: Unit) -> list[object]:
    """Give what is printed of a unit, in order, with its markup but not its numbers."""
    blocks = with_inlines(unit.blocks, _without_labels)
    return [run for block in walk(blocks) for run in (type(block), *inlines(block))]


def _without_labels(run: Inlines) -> Inlines:
    """Give a run without the numbers that its references print: renumbering is no change."""
    return tuple(
        replace(inline, label="") if isinstance(inline, Reference) else inline for inline in run
    )


def _values(unit: Unit) -> list[tuple[str, str]]:
    return [
        (inline.name, inline.text)
        for block in walk(unit.blocks)
        for run in inlines(block)
        for inline in walk_inlines(run)
        if isinstance(inline, Value)
    ]


def _value_names(unit: Unit) -> list[str]:
    return [name for name, _ in _values(unit)]


def _changed_values(first: Unit, second: Unit) -> set[str]:
    return {name for name, _ in set(_values(first)) ^ set(_values(second))}


# Order -----------------------------------------------------------------------


def _out_of_order(old: list[str], new: list[str]) -> set[str]:
    """Give what both have but in another order: as little as explains it."""
    first = [name for name in old if name in set(new)]
    second = [name for name in new if name in set(old)]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    kept = {
        name for block in matcher.get_matching_blocks() for name in first[block.a :][: block.size]
    }
    return set(first) - kept


def _interleaved(old: list[str], new: list[str]) -> Iterator[str]:
    """Give all ids: the new order, and what is gone behind what it stood after."""
    gone: dict[str, list[str]] = {}
    anchor = ""
    listed = set(new)
    for name in old:
        if name in listed:
            anchor = name
        else:
            gone.setdefault(anchor, []).append(name)
    yield from gone.get("", ())
    for name in new:
        yield name
        yield from gone.get(name, ())


# All documents ----------------------------------------------------------------


def _grouped(changes: list[Change]) -> list[Change]:
    """Join changes that are alike at several schools, values counting by their names."""
    groups: dict[object, list[Change]] = {}
    for change in changes:
        alike = change.redline if change.kind == "values" else fingerprint((), change.redline)
        key = (change.policy_id, change.unit, change.action, change.kind, alike)
        groups.setdefault(key, []).append(change)
    return [_joined(group) for group in groups.values()]


def _joined(group: list[Change]) -> Change:
    first = group[0]
    schools = tuple(dict.fromkeys(school for change in group for school in change.schools))
    causes = tuple(dict.fromkeys(span for change in group for span in change.causes))
    return Change(
        first.policy_id,
        first.unit,
        first.action,
        first.kind,
        first.title,
        first.within,
        first.redline,
        schools,
        causes,
        first.was,
    )


def _signed(old: Library, new: Library, policies: set[str]) -> Iterator[str]:
    """Give the policies whose history has a new material version."""
    for policy_id, policy in new.policies.items():
        earlier = old.policies.get(policy_id)
        known = {str(entry.version) for entry in (earlier.history or ())} if earlier else set()
        fresh = [entry for entry in policy.history or () if str(entry.version) not in known]
        if policy_id in policies and any(entry.material for entry in fresh):
            yield str(policy_id)


def _moved_bases(old: Library, new: Library, documents: Mapping[Key, object]) -> Iterator[Moved]:
    """Give the amendments whose clause says something else in the library now."""
    for school_id, school in new.schools.items():
        for policy_id, entry in school.policies.items():
            if (str(school_id), str(policy_id)) not in documents:
                continue
            for amendment in entry.amend:
                if isinstance(amendment, Add):
                    continue
                name = _about(amendment)
                first, second = old.clauses.get(name), new.clauses.get(name)
                if first and second and (first.text, first.texts) != (second.text, second.texts):
                    reason = str(amendment.reason or "")
                    yield Moved(str(school_id), str(policy_id), name, reason, amendment.span)


def _likely_renamed(
    old: Library, new: Library, renamed: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Give clauses that are gone beside new ones with the same words: likely a new id."""
    gone = [name for name in old.clauses if name not in new.clauses and name not in renamed]
    fresh = [n for n in new.clauses if n not in old.clauses and n not in set(renamed.values())]
    for name in gone:
        clause = old.clauses[name]
        for other in fresh:
            if (clause.text, clause.texts) == (new.clauses[other].text, new.clauses[other].texts):
                yield name, other
                break
