"""One document in both versions: what changed in it, unit by unit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from policygen.assemble.context import Context
from policygen.assemble.fill import Filler
from policygen.compare import Unit, units
from policygen.document import Paragraph, Text
from policygen.review.found import FORMS
from policygen.review.looks import (
    differences,
    look_of_pages,
    looks,
    named,
    plainly,
    shown,
    values,
)
from policygen.review.order import interleaved, moved, retitled
from policygen.review.reasons import Reasons, changed_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policygen.diagnostics import Span
    from policygen.document import Blocks, Document, Inlines
    from policygen.model.library import Library
    from policygen.review.found import Action, Key
    from policygen.review.reasons import Kind


Titles: TypeAlias = "dict[str, Inlines]"
"""What forms are called, by id."""


@dataclass(frozen=True, slots=True)
class Single:
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
class Comparer:
    """Compares the two versions of a document; ``renumbered`` are the units that have
    another number and have not moved."""

    old: Library
    new: Library
    key: Key
    renamed: Mapping[str, str]
    renumbered: set[str] = field(default_factory=set)
    titles: tuple[Titles, Titles] = field(init=False)
    reasons: Reasons = field(init=False)

    def __post_init__(self) -> None:
        """Look up school and policy on both sides."""
        old, new = (context_of(library, self.key) for library in (self.old, self.new))
        self.titles = titles_of_forms(old), titles_of_forms(new)
        self.reasons = Reasons(old, new, self.renamed)

    def changes(self, before: Document, after: Document) -> Iterator[Single]:
        """Give what changed, in the order of the new document; what is gone where it stood."""
        old, new = units(before, self.renamed), units(after, {})
        titles = retitled(old, new)
        old = {titles.get(name, name): unit for name, unit in old.items()}
        away = moved(old, new)
        for name in interleaved(old, new):
            first, second = old.get(name), new.get(name)
            if first and second:
                if first.label != second.label and name not in away:
                    self.renumbered.add(name)
                yield from self._both(*self._titled(first, second), moved=name in away)
            else:
                yield self._one(first, second)
        yield from self._pages(before, after)

    def _titled(self, first: Unit, second: Unit) -> tuple[Unit, Unit]:
        """Give both versions of a form with the title it has when it is printed on its own,
        where that changed and its appendix in the policy is called something else."""
        form_id = second.id.removeprefix("form:")
        old, new = (titles.get(form_id) for titles in self.titles)
        if not old or not new or old == new:
            return first, second
        label = Text("Title on its own: ")
        return (
            replace(first, blocks=(Paragraph((label, *old)), *first.blocks)),
            replace(second, blocks=(Paragraph((label, *new)), *second.blocks)),
        )

    def _both(self, first: Unit, second: Unit, *, moved: bool) -> Iterator[Single]:
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
            yield Single(
                self.key, "changed", kind, first, second, (old, new), causes, notes, moved_from
            )
        elif moved:
            causes = self.reasons.of_move(second)
            yield Single(
                self.key, "moved", "order", first, second, (old, new), causes, (), moved_from
            )

    def _one(self, first: Unit | None, second: Unit | None) -> Single:
        plain = (
            plainly(first.blocks, self.renamed) if first else (),
            plainly(second.blocks, {}) if second else (),
        )
        action: Action = "added" if second else "removed"
        unit = second or first
        assert unit is not None  # noqa: S101 -- one of them is there
        kind, causes = self.reasons.of_one(unit, added=second is not None)
        return Single(self.key, action, kind, first, second, plain, causes)

    def _pages(self, before: Document, after: Document) -> Iterator[Single]:
        notes = differences(look_of_pages(before), look_of_pages(after), whole=False)
        if notes:
            unit = Unit("pages", "", "Look of the pages", "", ())
            causes = self.reasons.of_pages()
            yield Single(self.key, "changed", "presentation", unit, unit, ((), ()), causes, notes)


def context_of(library: Library, key: Key) -> Context:
    """Give the school and policy of a document, None for the policy of a form of none."""
    school_id, name = key
    return Context(library, school_id, None if name.startswith(FORMS) else name)


def titles_of_forms(context: Context) -> Titles:
    """Give the titles of the forms that a policy calls something else where it prints them:
    it does not show them, but the forms do when they are printed on their own."""
    filler, forms = Filler(context), context.library.forms
    return {
        str(appendix.form): filler.line(forms[appendix.form].title)
        for appendix in context.policy_field("appendices") or ()
        if appendix.heading and appendix.form in forms
    }


def _without_common_lines(first: Unit, second: Unit) -> tuple[Unit, Unit]:
    """Give the lines that only one of the versions has: the rest differs from school to school."""
    old = tuple(block for block in first.blocks if block not in second.blocks)
    new = tuple(block for block in second.blocks if block not in first.blocks)
    return replace(first, blocks=old), replace(second, blocks=new)
