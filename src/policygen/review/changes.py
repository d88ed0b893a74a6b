"""What changed between two versions of a library's documents, for whom and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.assemble.context import Context
from policygen.assemble.facts import approval_of
from policygen.assemble.targets import Target, targets
from policygen.compare import Comparison, Unit, units
from policygen.diagnostics import Diagnostic, collected, without_guesses
from policygen.document import Paragraph, Text, inlines, plain_text
from policygen.model.policies import Add
from policygen.review.looks import (
    differences,
    look_of_pages,
    looks,
    named,
    plainly,
    shown,
    values,
    with_values,
)
from policygen.review.order import interleaved, moved, retitled
from policygen.review.reasons import Kind, Reasons, about, amendments, base_of, changed_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policygen.diagnostics import Span
    from policygen.document import Blocks, Document
    from policygen.model.clauses import Clause
    from policygen.model.library import Library

__all__ = ["Action", "Change", "Key", "Kind", "Moved", "Review", "Side", "review"]

Action: TypeAlias = Literal["added", "removed", "changed", "moved"]
Key: TypeAlias = tuple[str | None, str]
"""A school, None for the trust itself, and a policy; or ``forms/…``, a form that belongs to
no policy there."""

FORMS = "forms/"

_LIKE = 0.8
"""The share of words from which a new clause looks like one that is gone."""


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that changed alike at some schools.

    ``redline`` holds both versions with what was inserted and deleted marked, and notes of
    what differs beside the words; a value that is another at each of the schools is told by
    its name, in brackets. ``causes`` are the places in the sources that made it change, those
    of what is gone in the old version.
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

    moved_from: str | None = None
    """The heading it stood under before, "" for none; None where it was not moved."""


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

    ``documents`` gives each policy at each school before and after, None for a version that
    lacks it: what only one version has is told as a whole, and has no changes. ``renewed``
    are those whose wording is another and not approved yet, ``signing`` those with a new
    version that people must sign again. ``not_compared`` is what errors stopped; ``faults``
    are those of the documents of either side.
    """

    old_name: str
    new_name: str
    documents: dict[Key, tuple[Document | None, Document | None]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    renewed: list[Key] = field(default_factory=list)
    signing: list[Key] = field(default_factory=list)
    amendments: list[Moved] = field(default_factory=list)
    renumbered: dict[Key, int] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    likely_renamed: list[tuple[str, str]] = field(default_factory=list)
    not_compared: list[str] = field(default_factory=list)
    faults: tuple[list[Diagnostic], list[Diagnostic]] = field(default=([], []))

    @property
    def differs(self) -> bool:
        """Whether any document differs in anything."""
        lone = any(old is None or new is None for old, new in self.documents.values())
        return bool(self.changes or lone or any(self.renumbered.values()))

    @property
    def signed(self) -> list[str]:
        """The policies that people must sign again at some school."""
        return list(dict.fromkeys(policy_id for _, policy_id in self.signing))


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its name and its library."""

    name: str
    library: Library


def review(
    old: Side, new: Side, schools: Iterable[str] = (), policies: Iterable[str] = ()
) -> Review:
    """Compare every policy of every school, or only those named."""
    before = _documents(old)
    # What was read from the same sources makes the same documents.
    alike = old.library == new.library
    after = replace(before, name=new.name) if alike else _documents(new)
    found = Review(
        old.name,
        new.name,
        renamed=_renamed(new.library),
        faults=(before.faults, after.faults),
    )
    asked = _Asked(frozenset(schools), frozenset(policies))
    single: list[_Single] = []
    for key in dict.fromkeys((*after.made, *before.made)):
        if not asked.holds(key) or before.lacks(key) or after.lacks(key):
            continue
        first, second = before.made.get(key), after.made.get(key)
        found.documents[key] = (first, second)
        if first is None or second is None or first == second:
            continue
        comparer = _Comparer(old.library, new.library, key, found.renamed)
        single += comparer.changes(first, second)
        found.renumbered[key] = comparer.renumbered
    found.changes = _grouped(single, found.renamed)
    found.renewed = [key for key in found.documents if _renewed(new.library, found, key)]
    found.signing = [
        key for key in found.documents if _signing(old.library, new.library, found, key)
    ]
    found.amendments = list(_moved_bases(old.library, new.library, found))
    found.likely_renamed = list(_likely_renamed(old.library, new.library, found.renamed))
    found.not_compared = [line for made in (before, after) for line in _stopped_lines(made, asked)]
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    schools: frozenset[str]
    policies: frozenset[str]

    def holds(self, key: Key) -> bool:
        school_id, policy_id = key
        at_school = not self.schools or (school_id or "trust") in self.schools
        return at_school and (not self.policies or policy_id in self.policies)


@dataclass(slots=True)
class _Made:
    """The documents of one side, with those that errors stopped and why."""

    name: str
    unreadable: frozenset[str]
    made: dict[Key, Document] = field(default_factory=dict)
    stopped: dict[Key, str] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)

    def lacks(self, key: Key) -> bool:
        """Whether a document may be there but has errors or belongs to what has."""
        school_id, policy_id = key
        whole = {f"schools/{school_id}", f"policies/{policy_id}", policy_id}
        return key in self.stopped or (key not in self.made and bool(whole & self.unreadable))


def _documents(side: Side) -> _Made:
    made = _Made(side.name, side.library.unreadable)
    for target in targets(side.library):
        if target.kind == "form" and target.policy_id is not None:
            continue  # its policy prints it
        made.faults += target.diagnostics
        name = f"forms/{target.id}" if target.kind == "form" else target.id
        key: Key = (target.school_id, name)
        if target.document is not None and target.sound:
            made.made[key] = target.document
        elif why := _why(target):
            made.stopped[key] = why
    told = [fault for fault in made.faults if fault.code != "unreadable"]
    made.faults = collected(without_guesses(told))
    return made


def _why(target: Target) -> str:
    """Give the first error of a document, "" where only a warning keeps it from being there."""
    return next((fault.message for fault in target.diagnostics if fault.is_error), "")


def _stopped_lines(made: _Made, asked: _Asked) -> Iterator[str]:
    """Give a line for each reason why documents were not compared."""
    reasons: dict[str, list[str]] = {}
    for key, why in made.stopped.items():
        if asked.holds(key):
            reasons.setdefault(why, []).append(f"{key[0] or 'trust'}/{key[1]}")
    for name in sorted(made.unreadable):
        folder, _, school = name.partition("/")
        if folder == "schools" and (not asked.schools or school in asked.schools):
            reasons.setdefault(f"{name}.yaml has errors", []).append(school)
    for why, names in reasons.items():
        yield f"{made.name}, {', '.join(names)}: {why}"


def _renamed(library: Library) -> dict[str, str]:
    """Give the new id of each clause that says it had another."""
    return {
        str(before): clause_id
        for clause_id, clause in library.clauses.items()
        for before in clause.formerly
        if str(before) not in library.clauses
    }


# One document ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Single:
    """A change at one school, before it is told. ``plain`` are the blocks of both versions
    without numbers, by which schools are compared."""

    key: Key
    action: Action
    kind: Kind
    first: Unit | None
    second: Unit | None
    plain: tuple[Blocks, Blocks]
    causes: tuple[Span, ...]
    notes: Blocks = ()
    moved_from: str | None = None

    @property
    def unit(self) -> Unit:
        """The unit as it is now; one that is gone, as it was."""
        unit = self.second or self.first
        assert unit is not None  # noqa: S101 -- one of them is there
        return unit

    @property
    def sides(self) -> tuple[Blocks, Blocks]:
        """The blocks before and now."""
        first, second = self.first, self.second
        return first.blocks if first else (), second.blocks if second else ()

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The values that it prints: names and words, in order."""
        return tuple((value.name, value.text) for side in self.plain for value in values(side))

    @property
    def alike(self) -> object:
        """What changes of two schools have in common that are told as one: the words, by the
        names of values, and the values that changed."""
        old, new = self.plain
        names = set(changed_values(old, new))
        if self.kind not in {"values", "law"}:
            # What stands in new words is no news; what stood there before may be.
            names &= {v.name for v in values(old)} & {v.name for v in values(new)}
        texts = tuple(value for value in self.texts if value[0] in names)
        words = tuple(tuple(named(side)) for side in self.plain)
        place = (self.key[1], self.unit.id, self.action, self.kind, self.moved_from is None)
        return (place, words, texts, self.notes)


@dataclass(slots=True)
class _Comparer:
    old: Library
    new: Library
    key: Key
    renamed: Mapping[str, str]
    renumbered: int = 0
    reasons: Reasons = field(init=False)

    def __post_init__(self) -> None:
        school_id, name = self.key
        policy_id = None if name.startswith(FORMS) else name
        old, new = (Context(lib, school_id, policy_id) for lib in (self.old, self.new))
        self.reasons = Reasons(old, new, self.renamed)

    def changes(self, before: Document, after: Document) -> Iterator[_Single]:
        """Give what changed, in the order of the new document; what is gone where it stood."""
        old, new = _units(before, self.renamed), _units(after, {})
        titles = retitled(old, new)
        old = {titles.get(name, name): unit for name, unit in old.items()}
        away = moved(old, new)
        for name in interleaved(old, new):
            first, second = old.get(name), new.get(name)
            if first and second:
                self.renumbered += first.label != second.label and name not in away
                yield from self._both(first, second, moved=name in away)
            else:
                yield self._one(first, second)
        yield from self._pages(before, after)

    def _both(self, first: Unit, second: Unit, *, moved: bool) -> Iterator[_Single]:
        moved_from = first.within if moved else None
        if first.blocks == second.blocks and not moved:
            return
        old, new = plainly(first.blocks, self.renamed), plainly(second.blocks, {})
        same_words = shown(old) == shown(new)
        notes = differences(looks(old), looks(new), whole=same_words)
        if not same_words or notes:
            kind, causes = self.reasons.of_change(
                replace(first, id=second.id, blocks=old), replace(second, blocks=new)
            )
            if second.id == "front":
                first, second = _without_common_lines(first, second)
                old, new = first.blocks, second.blocks
            yield _Single(
                self.key, "changed", kind, first, second, (old, new), causes, notes, moved_from
            )
        elif moved:
            causes = self.reasons.of_move(second)
            yield _Single(
                self.key, "moved", "order", first, second, (old, new), causes, (), moved_from
            )

    def _one(self, first: Unit | None, second: Unit | None) -> _Single:
        plain = (
            plainly(first.blocks, self.renamed) if first else (),
            plainly(second.blocks, {}) if second else (),
        )
        action: Action = "added" if second else "removed"
        unit = second or first
        assert unit is not None  # noqa: S101 -- one of them is there
        kind, causes = self.reasons.of_one(unit, added=second is not None)
        return _Single(self.key, action, kind, first, second, plain, causes)

    def _pages(self, before: Document, after: Document) -> Iterator[_Single]:
        notes = differences(look_of_pages(before), look_of_pages(after), whole=False)
        if notes:
            unit = Unit("pages", "", "Look of the pages", "", ())
            causes = self.reasons.of_pages()
            yield _Single(self.key, "changed", "presentation", unit, unit, ((), ()), causes, notes)


def _units(document: Document, renamed: Mapping[str, str]) -> dict[str, Unit]:
    """Give the units of a document, the front with the short name that heads each page."""
    found = units(document, renamed)
    front = found["front"]
    short_name = Paragraph((Text(f"Name at the head of each page: {document.short_name}"),))
    return {**found, "front": replace(front, blocks=(*front.blocks, short_name))}


def _without_common_lines(first: Unit, second: Unit) -> tuple[Unit, Unit]:
    """Give the lines that only one of the versions has: the rest differs from school to school."""
    old = tuple(block for block in first.blocks if block not in second.blocks)
    new = tuple(block for block in second.blocks if block not in first.blocks)
    return replace(first, blocks=old), replace(second, blocks=new)


# All documents ----------------------------------------------------------------


def _grouped(singles: list[_Single], renamed: Mapping[str, str]) -> list[Change]:
    """Tell changes that are alike at several schools as one, policy by policy."""
    groups: dict[object, list[_Single]] = {}
    for single in singles:
        groups.setdefault(single.alike, []).append(single)
    policies = list(dict.fromkeys(single.key[1] for single in singles))
    found = [_joined(group, renamed) for group in groups.values()]
    return sorted(found, key=lambda change: policies.index(change.policy_id))


def _joined(group: list[_Single], renamed: Mapping[str, str]) -> Change:
    first = group[0]
    words = _varying(group)
    old, new = (with_values(side, words) for side in first.sides)
    redline = new if first.action == "moved" else Comparison(renamed).blocks(old, new)
    labels = {single.unit.label for single in group}
    headings = {single.unit.heading for single in group}
    heading = first.unit.heading if len(headings) == 1 else _heading(new or old)
    was = {single.first.label for single in group if single.first}
    return Change(
        first.key[1],
        first.unit.id,
        first.action,
        first.kind,
        " ".join(part for part in (*labels, heading) if part) if len(labels) == 1 else heading,
        first.unit.within,
        (*redline, *first.notes),
        tuple(single.key[0] for single in group),
        tuple(dict.fromkeys(span for single in group for span in single.causes)),
        was.pop() if len(was) == len(labels) == 1 and first.second and was != labels else "",
        first.moved_from,
    )


def _varying(group: list[_Single]) -> dict[str, str]:
    """Give words for the values that are others at each of the schools: what they are."""
    texts: dict[str, set[tuple[str, ...]]] = {}
    for single in group:
        names: dict[str, list[str]] = {}
        for name, text in single.texts:
            names.setdefault(name, []).append(text)
        for name, printed in names.items():
            texts.setdefault(name, set()).add(tuple(printed))
    return {name: f"[{_called(name)}]" for name, found in texts.items() if len(found) > 1}


def _called(name: str) -> str:
    """Give a value's name in words: "headteacher name"."""
    root, _, rest = name.partition("|")[0].partition(".")
    if root == "terms":
        rest = rest.partition(".")[0]
    named_ = rest if root in {"officers", "terms", "settings"} else f"{root} {rest}"
    return named_.replace(".", " ").replace("_", " ")


def _heading(blocks: Blocks) -> str:
    """Give the first words of a unit: its heading, where it has one."""
    return next((plain_text(run) for block in blocks for run in inlines(block)), "")


def _renewed(library: Library, found: Review, key: Key) -> bool:
    """Whether a policy has wording that nobody has approved yet."""
    school_id, policy_id = key
    old, new = found.documents[key]
    if new is None or policy_id.startswith(FORMS) or (old and old.fingerprint == new.fingerprint):
        return False
    return approval_of(Context(library, school_id, policy_id), new.fingerprint) is None


def _signing(old: Library, new: Library, found: Review, key: Key) -> bool:
    """Whether a policy's history has a new material version: then those who signed an
    earlier one sign again."""
    if None in found.documents[key] or key[1].startswith(FORMS):
        return False
    before, after = (
        {
            str(entry.version)
            for entry in Context(library, *key).policy_field("history") or ()
            if entry.material
        }
        for library in (old, new)
    )
    return bool(after - before)


def _moved_bases(old: Library, new: Library, found: Review) -> Iterator[Moved]:
    """Give the amendments whose clause says something else in the library now; of clauses
    added, those that say against which wording they were written."""
    before_id = {now: before for before, now in found.renamed.items()}
    for school_id, policy_id in found.documents:
        if school_id is None or not {school_id} <= old.schools.keys() & new.schools.keys():
            continue
        earlier = amendments(Context(old, school_id, policy_id))
        for amendment in amendments(Context(new, school_id, policy_id)):
            name, base = about(amendment), base_of(amendment)
            names = {name, before_id.get(name, name)}
            if not names & set(map(about, earlier)):
                continue
            if isinstance(amendment, Add) and amendment.against is None:
                continue
            first = old.clauses.get(base) or old.clauses.get(before_id.get(base, ""))
            second = new.clauses.get(base)
            if first and second and _said(first) != _said(second):
                reason = str(amendment.reason or "")
                yield Moved(school_id, policy_id, name, reason, amendment.span)


def _said(clause: Clause) -> tuple[object, ...]:
    return (clause.heading, clause.text, clause.texts)


def _likely_renamed(
    old: Library, new: Library, renamed: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Give clauses that are gone beside new ones that say nearly the same: likely a new id."""
    fresh = {
        name: _counted(clause)
        for name, clause in new.clauses.items()
        if name not in old.clauses and name not in renamed.values()
    }
    for name, clause in old.clauses.items():
        if name in new.clauses or name in renamed:
            continue
        words = _counted(clause)
        like = {other: _likeness(words, others) for other, others in fresh.items()}
        best = max(like, key=lambda other: like[other], default=None)
        if best is not None and like[best] >= _LIKE:
            del fresh[best]
            yield name, best


def _counted(clause: Clause) -> Counter[str]:
    texts = (clause.text or "", *(clause.texts or {}).values())
    return Counter(word for text in texts for word in text.split())


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())
