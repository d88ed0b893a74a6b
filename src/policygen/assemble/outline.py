"""A policy's outline at a school: modules unfolded, amendments carried out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from policygen.assemble.context import unknown
from policygen.assemble.trace import Part, Trace
from policygen.diagnostics import Diagnostic, Severity, did_you_mean
from policygen.model.policies import Add, Amendment, Generate, Omit, Replace
from policygen.model.texts import ClauseId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policygen.assemble.context import Context
    from policygen.diagnostics import Span
    from policygen.model.clauses import Clause
    from policygen.model.policies import Appendix, Section


class Item(NamedTuple):  # there are thousands, and a tuple is quickly made
    """A clause as this school has it: the library's, with a replacement or the school's own;
    ``listed`` is where the outline names it or its module."""

    id: str
    clause: Clause | None
    replacement: Replace | None = None
    added: Add | None = None
    listed: Span | None = None


Entry: TypeAlias = Item | Generate
_A = TypeVar("_A", Replace, Omit)


@dataclass(slots=True)
class Outline:
    """Unfolds lists of clauses and modules for one policy at one school.

    ``faults`` are what is wrong with the ids and the amendments; ``placed_before`` is
    what stood in the document before each form.
    """

    context: Context
    amendments: tuple[Amendment, ...] = ()
    faults: list[Diagnostic] = field(default_factory=list)
    _replaced: dict[str, Replace] = field(default_factory=dict)
    _omitted: dict[str, Omit] = field(default_factory=dict)
    _before: dict[str, list[Add]] = field(default_factory=dict)
    _after: dict[str, list[Add]] = field(default_factory=dict)
    _placed: set[str] = field(default_factory=set)
    placed_before: dict[str, frozenset[str]] = field(default_factory=dict)
    trace: Trace = field(default_factory=Trace)

    def __post_init__(self) -> None:
        """Sort the amendments by what they are about."""
        added: set[str] = set()
        for amendment in self.amendments:
            match amendment:
                case Add(add=name) if name in added:
                    message = f"“{name}” is added twice"
                    hint = "Give one another id."
                    self.faults.append(Diagnostic("duplicate-id", message, name.span, hint))
                case Replace(replace=target):
                    self._once(self._replaced, amendment, target)
                case Omit(omit=target):
                    self._once(self._omitted, amendment, target)
                case Add(add=name, before=ClauseId() as target):
                    added.add(name)
                    self._before.setdefault(target, []).append(amendment)
                case Add(add=name, after=target):
                    added.add(name)
                    self._after.setdefault(str(target), []).append(amendment)

    def _once(self, table: dict[str, _A], amendment: _A, target: ClauseId) -> None:
        if target in self._replaced or target in self._omitted:
            message = f"“{target}” is amended twice for this policy"
            hint = "Keep one of the two amendments."
            self.faults.append(Diagnostic("amended-twice", message, target.span, hint))
            return
        clause = self.context.library.clauses.get(target)
        if clause is None or not clause.locked:
            # What is forbidden is told by the check, and not done: so nothing follows from it.
            table[target] = amendment

    # Unfolding

    def entries(self, items: Iterable[ClauseId | Generate]) -> Iterator[Entry]:
        """Give the clauses and generated parts of a list, in the order they are printed."""
        for item in items:
            if isinstance(item, Generate):
                yield item
                continue
            yield from self.clauses(item)

    def clauses(self, item: ClauseId) -> Iterator[Item]:
        """Give the clauses a clause's or module's id stands for at this school."""
        for clause_id in self.clause_ids(item):
            yield from self._amended(clause_id, item.span)

    def clause_ids(self, item: ClauseId) -> tuple[str, ...]:
        """Give the clauses an id stands for: itself, or all of a module's in order."""
        library = self.context.library
        if item in library.modules:
            return library.modules[item]
        module, slash, _ = item.partition("/")
        if item in library.clauses or (module == "local" and item in self._added()):
            return (str(item),)
        broken = {f"clauses/{item}", f"clauses/{module}"} & library.unreadable
        if broken and (item not in library.modules):
            message = f"“{item}” can't be printed: its file has errors"
            self.faults.append(Diagnostic("unreadable", message, item.span))
        elif slash:
            file = f"clauses/{module}.yaml"
            self.faults.append(unknown("clause", item, library.clauses, item.span, file))
        else:
            file = f"clauses/{item}.yaml"
            self.faults.append(unknown("module", item, library.modules, item.span, file))
        return ()

    def _added(self) -> dict[str, Add]:
        return {
            f"local/{add.add}": add
            for adds in (*self._before.values(), *self._after.values())
            for add in adds
        }

    def form_starts(self, form_id: str) -> None:
        """Note what has its place already where a form begins."""
        self.placed_before.setdefault(form_id, frozenset(self._placed))

    def resume(self, placed: frozenset[str]) -> None:
        """Take what another document has placed as placed, and add nothing beside it."""
        self._placed |= placed

    def _amended(self, clause_id: str, listed: Span) -> Iterator[Item]:
        if clause_id not in self.context.library.clauses and clause_id in self._added():
            yield from self._local(self._added()[clause_id], listed)
            return
        first = clause_id not in self._placed
        self._placed.add(clause_id)
        if first:
            for add in self._before.get(clause_id, ()):
                yield from self._local(add)
        clause = self.context.library.clauses.get(clause_id)
        if clause is None or self._file_broken(clause_id):
            message = f"the clause “{clause_id}” can't be printed: it has errors"
            self.faults.append(Diagnostic("unreadable", message))
        if clause is not None and clause_id in self._omitted:
            omitted = self._omitted[clause_id]
            around = self.trace.around()
            self.trace.note(
                Part(
                    "clause",
                    clause_id,
                    "omitted",
                    listed=listed,
                    conditions=around,
                    amendment=omitted,
                    record=clause,
                )
            )
        elif clause is not None:
            yield Item(clause_id, clause, self._replaced.get(clause_id), listed=listed)
        if first:
            for add in self._after.get(clause_id, ()):
                yield from self._local(add)

    def _file_broken(self, clause_id: str) -> bool:
        """Whether a clause's file had an error: what was read of it may not be all of it."""
        return f"clauses/{clause_id.partition('/')[0]}" in self.context.library.unreadable

    def _local(self, add: Add, listed: Span | None = None) -> Iterator[Item]:
        local_id = f"local/{add.add}"
        if local_id in self._placed:
            return  # the school's own outline has it elsewhere
        self._placed.add(local_id)
        for other in self._before.get(local_id, ()):
            yield from self._local(other)
        yield Item(local_id, None, None, add, listed)
        for other in self._after.get(local_id, ()):
            yield from self._local(other)

    # Checking

    def check(self, printed: Mapping[str, object]) -> None:
        """Tell amendments that can't be carried out, once the outline is unfolded.

        ``printed`` holds the ids of the clauses the document prints: an amendment of a
        clause that is switched off does nothing, which is told as a warning.
        """
        clauses = self.context.library.clauses
        for amendment, target in self._targets():
            verb = "adds beside" if isinstance(amendment, Add) else "amends"
            if target in self._placed:
                clause = clauses.get(target)
                if clause and clause.locked and not isinstance(amendment, Add):
                    self._locked(target)
                elif isinstance(amendment, Replace) and not {target} & {*printed, *self._omitted}:
                    message = f"“{target}” is not printed for {self.context.who}"
                    hint = "Its condition does not hold, so the amendment changes nothing."
                    self.faults.append(
                        Diagnostic("amendment-unused", message, target.span, hint, Severity.WARNING)
                    )
                continue
            if target in self.context.library.modules:
                message = f"“{target}” is a whole module, and not a clause"
                hint = f"Name its clauses one by one: {target}/…"
                self.faults.append(Diagnostic("amendment-elsewhere", message, target.span, hint))
            elif target in clauses:
                message = f"this {verb} “{target}”, which “{self.context.policy_id}” does not have"
                hint = did_you_mean(target, self._placed, "Name a clause the policy prints.")
                self.faults.append(Diagnostic("amendment-elsewhere", message, target.span, hint))
            elif not {f"clauses/{target}", f"clauses/{target.partition('/')[0]}"} & set(
                self.context.library.unreadable
            ):
                module = target.partition("/")[0]
                where = f"clauses/{module}.yaml"
                known = self._placed
                self.faults.append(unknown("clause", target, known, target.span, where))

    def _targets(self) -> Iterator[tuple[Amendment, ClauseId]]:
        for amendment in self.amendments:
            match amendment:
                case Replace(replace=target) | Omit(omit=target):
                    yield amendment, target
                case Add(before=before, after=after):
                    place = before or after
                    if place is not None:
                        yield amendment, place

    def _locked(self, target: ClauseId) -> None:
        message = f"“{target}” is locked: no school may omit, replace or reword it"
        hint = "Take the amendment out, or ask the trust to unlock the clause."
        self.faults.append(Diagnostic("locked-clause", message, target.span, hint))


def generates(sections: Iterable[Section | Appendix], kind: str) -> bool:
    """Whether an outline says where something generated is to stand."""
    return any(
        section.generate == kind
        or any(isinstance(item, Generate) and item.generate == kind for item in section.clauses)
        or generates(section.sections, kind)
        for section in sections
    )
