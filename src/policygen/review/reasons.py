"""Why a part of a document changed: the kind of change, and the places that made it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from pydantic import BaseModel

from policygen.assemble.clauses import yes_and_no
from policygen.assemble.facts import registered
from policygen.diagnostics import Span
from policygen.document import Clause as ClauseNode
from policygen.document import Paragraph, children, fingerprint, walk
from policygen.model.policies import Add, Omit, Replace
from policygen.model.texts import SourceText
from policygen.review.facts import FRONT, PAGES, answered, changed, names_in
from policygen.review.looks import named, pictures, shown, values
from policygen.review.outlines import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policygen.assemble.context import Context
    from policygen.compare import Unit
    from policygen.document import Blocks
    from policygen.model.policies import Amendment

Kind: TypeAlias = Literal[
    "wording", "values", "answers", "conditions", "amendment", "order", "law", "presentation"
]
Reason: TypeAlias = tuple[Kind, tuple[Span, ...]]

_DATA = frozenset({"control", "history", "officers", "consultation", "sign-off"})
"""Generated parts that hold data about the document, not its wording."""


@dataclass(slots=True)
class Reasons:
    """Finds reasons for the changes of one policy at one school.

    The blocks given are without numbers, the old ones with the new ids of what was renamed.
    """

    old: Context
    new: Context
    renamed: Mapping[str, str]
    before: Listing = field(init=False)
    after: Listing = field(init=False)

    def __post_init__(self) -> None:
        """Read both outlines."""
        self.before = Listing(self.old, self.renamed)
        self.after = Listing(self.new, {})

    # What both versions have

    def of_change(self, first: Unit, second: Unit) -> Reason:
        """Say why a part is another than it was."""
        kind, causes = self._of_change(first, second)
        found = tuple(dict.fromkeys(causes)) or ((second.span,) if second.span else ())
        approval = registered(self.new) if kind == "values" and not found else None
        # What the register approved is printed no longer, or again, because of other changes.
        return kind, (approval.span,) if approval else found

    def _of_change(self, first: Unit, second: Unit) -> tuple[Kind, Iterable[Span]]:
        part = second.id.removeprefix("generated:").partition("#")[0]
        names = changed_values(first.blocks, second.blocks)
        if second.id == "front":
            titles = [fingerprint((), unit.blocks[:1]) for unit in (first, second)]
            kind: Kind = "values" if titles[0] == titles[1] else "wording"
            return kind, changed(self.old, self.new, FRONT)
        if shown(first.blocks) == shown(second.blocks):
            alike = fingerprint((), first.blocks) == fingerprint((), second.blocks)
            causes = self._written(first, second) or _other_pictures(first, second)
            return "presentation" if alike else "wording", causes
        if part == "references":
            return "law", self._of_law(names)
        if part in _DATA:
            asked = (*names, f"policy.{part.replace('-', '_')}", *_of_control(part))
            beneath = [shown(children(unit.blocks[0])) for unit in (first, second)]
            kind = "presentation" if beneath[0] == beneath[1] else "values"
            return kind, changed(self.old, self.new, asked)
        if part == "linked":
            return "wording", changed(self.old, self.new, (*names, "policy.linked"))
        if named(first.blocks) == named(second.blocks):
            return self._of_values(names)
        if _without_notices(first.blocks) == _without_notices(second.blocks):
            return "values", changed(self.old, self.new, ("policy.status",))
        return self._of_words(first, second)

    def _of_values(self, names: list[str]) -> tuple[Kind, Iterable[Span]]:
        """Say why only values are others; of several reasons the weightiest counts."""
        causes = changed(self.old, self.new, names)
        settings = [name for name in map(_setting, names) if name]
        if any(self._answer_changed(name) for name in settings):
            return "answers", causes
        if settings:
            return "wording", causes
        law = all(name.startswith("cite.") for name in names)
        return "law" if law else "values", causes

    def _of_law(self, names: list[str]) -> list[Span]:
        """Say what changed a list of references: an entry, or what cites it."""
        found = list(changed(self.old, self.new, names))
        for name in (name.removeprefix("cite.") for name in names):
            old, new = self._citing(self.before, name), self._citing(self.after, name)
            lone = [new[clause] for clause in new if clause not in old]
            found += lone or [old[clause] for clause in old if clause not in new]
        return found

    def _citing(self, listing: Listing, name: str) -> dict[str, Span]:
        """Give the listed clauses that cite a reference, by id, with the place."""
        clauses = listing.context.library.clauses
        found = {}
        for part in listing.parts:
            clause_id = part.removeprefix("clause:")
            clause = clauses.get(clause_id)
            if clause and name in clause.cites:
                found[clause_id] = clause.at("cites")
            elif clause and any(
                name in text and f"cite.{name}" in names_in(text) for _, text in texts_of(clause)
            ):
                found[clause_id] = clause.span
        return found

    def _of_words(self, first: Unit, second: Unit) -> tuple[Kind, Iterable[Span]]:
        clause_id = clause_of(second)
        if amendment := self._amended(clause_id):
            own = [s for s in self._written(first, second) if s.path == amendment.span.path]
            return "amendment", own or (amendment.span,)
        chosen = [name for name in self._chosen(second) if self._answer_changed(name)]
        if chosen:
            return "answers", changed(self.old, self.new, (f"settings.{n}" for n in chosen))
        if written := self._written(first, second):
            return "wording", written
        texts = [*self._texts(self.old, first), *self._texts(self.new, second)]
        asked = list(dict.fromkeys(name for _, text in texts for name in names_in(text)))
        answers = any(self._answer_changed(name) for name in map(_setting, asked) if name)
        return "answers" if answers else "conditions", changed(self.old, self.new, asked)

    def of_pages(self) -> tuple[Span, ...]:
        """Say what made the look of the pages another."""
        found = list(changed(self.old, self.new, PAGES))
        found += [
            place
            for name, part in self.after.parts.items()
            if (earlier := self.before.parts.get(name))
            and (place := part.numbering or earlier.numbering)
            and bool(part.numbering) != bool(earlier.numbering)
        ]
        return tuple(dict.fromkeys(found))

    def of_move(self, unit: Unit) -> tuple[Span, ...]:
        """Say where a part is listed now."""
        amendment = next((a for a in amendments(self.new) if about(a) == clause_of(unit)), None)
        if isinstance(amendment, Add):
            return (amendment.span,)
        listed = self.after.find(unit.id.partition("#")[0], unit.span)
        return (listed.span,) if listed else ()

    # What only one version has

    def of_one(self, unit: Unit, *, added: bool) -> Reason:
        """Say why a part is there now, or no longer."""
        kind, causes = self._of_one(unit, added=added)
        found = tuple(dict.fromkeys(causes))
        return kind, found or ((unit.span,) if unit.span and kind == "wording" else ())

    def _of_one(self, unit: Unit, *, added: bool) -> tuple[Kind, Iterable[Span]]:
        name = unit.id.partition("#")[0]
        names = [value.name for value in values(unit.blocks)]
        part = name.removeprefix("generated:")
        if part == "references":
            return "law", self._of_law(names)
        if part in _DATA or name.startswith("text:"):
            asked = (*names, f"policy.{part.replace('-', '_')}", "policy.status")
            return "values", changed(self.old, self.new, asked)
        if amendment := self._amended(clause_of(unit)):
            return "amendment", (amendment.span,)
        here, there = (self.after, self.before) if added else (self.before, self.after)
        own = here.find(name, unit.span)
        if clause_of(unit).startswith("local/"):
            return "conditions", ()
        if own is None:
            return "wording", ()
        other = there.find(here.records.get(unit.span, name) if unit.span else name, None)
        if other is None:
            return "wording", (unit.span if unit.span and self._fresh(unit) else own.span,)
        fresh, gone = (own, other) if added else (other, own)
        causes = list(self._switches(gone.whens, fresh.whens))
        inner = [*here.inner(name, unit.span)]
        return "conditions", causes or self._switches(inner, inner)

    def _switches(self, old: Iterable[SourceText], new: Iterable[SourceText]) -> Iterator[Span]:
        """Give the conditions that are others, and what they ask for that is another."""
        old, new = list(old), list(new)
        yield from _first_differences([("", t) for t in old], [("", t) for t in new])
        names = dict.fromkeys(name for text in (*old, *new) for name in names_in(text))
        yield from changed(self.old, self.new, names)

    def _fresh(self, unit: Unit) -> bool:
        """Whether a clause is in the library of one version only."""
        name = clause_of(unit)
        was = {new: old for old, new in self.renamed.items() if old in self.old.library.clauses}
        return (was.get(name, name) in self.old.library.clauses) != (
            name in self.new.library.clauses
        )

    # Sources

    def _answer_changed(self, setting: str) -> bool:
        return answered(self.old, setting) != answered(self.new, setting)

    def _amended(self, clause_id: str) -> Amendment | None:
        """Give the amendment of a clause that only one version has or that says another thing;
        the new one, if there is one."""
        sides = [
            next((a for a in amendments(context) if self._is_about(a, clause_id)), None)
            for context in (self.new, self.old)
        ]
        new, old = sides
        if new and old and _words_of(new) == _words_of(old):
            return None
        return new or old

    def _is_about(self, amendment: Amendment, clause_id: str) -> bool:
        name = about(amendment)
        return bool(clause_id) and clause_id in {name, self.renamed.get(name)}

    def _written(self, first: Unit, second: Unit) -> list[Span]:
        """Give where the texts of a part are written otherwise than before."""
        old, new = self._texts(self.old, first), self._texts(self.new, second)
        return list(_first_differences(list(old), list(new)))

    def _chosen(self, unit: Unit) -> Iterator[str]:
        """Give the settings that choose between the texts of the clauses of a part."""
        for node in _clauses_in(unit):
            clause = self.new.library.clauses.get(node)
            if clause and clause.choose:
                yield str(clause.choose)

    def _texts(self, context: Context, unit: Unit) -> Iterator[tuple[str, SourceText]]:
        """Give the texts that a part is made from, as this school and policy have them."""
        listing = self.after if context is self.new else self.before
        listed = listing.find(unit.id, unit.span)
        if listed and listed.heading:
            yield "heading", listed.heading
        form = context.library.forms.get(unit.id.partition(":")[2])
        if form and unit.id.startswith("form:"):
            yield from texts_of(form, "form")
        elif form and unit.id.startswith("appendix:"):
            yield "title", form.title
        for clause_id in _clauses_in(unit):
            yield from self._clause_texts(context, clause_id)

    def _clause_texts(self, context: Context, clause_id: str) -> Iterator[tuple[str, SourceText]]:
        library = context.library
        known = {new: old for old, new in self.renamed.items() if old in library.clauses}
        clause_id = clause_id if clause_id in library.clauses else known.get(clause_id, clause_id)
        clause = library.clauses.get(clause_id)
        amendment = next((a for a in amendments(context) if about(a) == clause_id), None)
        own = amendment if isinstance(amendment, Replace | Add) else None
        heading = (own and own.heading) or (clause and clause.heading)
        text = own and own.text
        if text is None and clause and clause.choose and clause.texts:
            answer = {"True": "yes", "False": "no"}
            raw = answered(context, str(clause.choose))
            text = yes_and_no(clause.texts).get(answer.get(raw, raw)) or clause.texts.get(raw)  # type: ignore[call-overload]
        elif text is None and clause:
            text = clause.text
        new_id = self.renamed.get(clause_id, clause_id)
        if heading:
            yield f"{new_id} heading", heading
        if text:
            yield f"{new_id} text", text


def changed_values(old: Blocks, new: Blocks) -> list[str]:
    """Give the names of the values that one version prints otherwise or not at all."""
    first, second = (
        Counter((value.name, value.text) for value in values(blocks)) for blocks in (old, new)
    )
    return list(dict.fromkeys(name for name, _ in (*(second - first), *(first - second))))


def clause_of(unit: Unit) -> str:
    """Give the id of the clause that a part is, "" for another part."""
    kind, _, name = unit.id.partition(":")
    return name.partition("#")[0] if kind == "clause" else ""


def amendments(context: Context) -> tuple[Amendment, ...]:
    """Give a school's amendments of a policy."""
    return context.entry.amend if context.entry else ()


def about(amendment: Amendment) -> str:
    """Give the clause that an amendment replaces, omits or adds."""
    match amendment:
        case Replace(replace=name) | Omit(omit=name):
            return str(name)
        case Add(add=name):
            return f"local/{name}"


def base_of(amendment: Amendment) -> str:
    """Give the clause of the library that an amendment goes by: for one that adds, the
    clause beside which it stands."""
    if isinstance(amendment, Add):
        return str(amendment.before or amendment.after)
    return about(amendment)


def _words_of(amendment: Amendment) -> tuple[object, ...]:
    match amendment:
        case Omit():
            return (None,)
        case _:
            return (amendment.heading, amendment.text)


def _clauses_in(unit: Unit) -> list[str]:
    nodes = [block.id for block in walk(unit.blocks) if isinstance(block, ClauseNode)]
    return list(dict.fromkeys(nodes))


def texts_of(value: object, name: str = "") -> Iterator[tuple[str, SourceText]]:
    """Give every text of a record with the way to it."""
    if isinstance(value, SourceText):
        yield name, value
    elif isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from texts_of(getattr(value, key), f"{name} {key}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_of(inner, f"{name} {key}")
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from texts_of(inner, f"{name} {place}")


def _first_differences(
    old: list[tuple[str, SourceText]], new: list[tuple[str, SourceText]]
) -> Iterator[Span]:
    """Give where each text that the old ones don't hold begins to differ; if they hold all
    of them, where those stood that are gone."""
    before, after = {str(text) for _, text in old}, {str(text) for _, text in new}
    by_name = dict(old)
    fresh = [(name, text) for name, text in new if str(text) not in before]
    for name, text in fresh:
        yield _first_difference(by_name.get(name), text)
    if not fresh:
        yield from (text.span for _, text in old if str(text) not in after)


def _first_difference(old: SourceText | None, new: SourceText) -> Span:
    if old is None:
        return new.span
    pairs = zip(old, new, strict=False)
    at = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
    return new.at(max(0, min(at, len(new) - 1)))


def _other_pictures(first: Unit, second: Unit) -> list[Span]:
    """Give the files of pictures that the old version hasn't got, or not with these bytes."""
    known = set(pictures(first.blocks))
    return [Span(asset.name) for asset in pictures(second.blocks) if asset not in known]


def _setting(name: str) -> str:
    """Give the setting that a name is of, "" for another name."""
    root, _, rest = name.partition("|")[0].partition(".")
    return rest if root == "settings" else ""


def _of_control(part: str) -> tuple[str, ...]:
    return FRONT if part == "control" else ()


def _without_notices(blocks: Blocks) -> list[str]:
    kept = (b for b in blocks if not (isinstance(b, Paragraph) and b.role == "notice"))
    return shown(tuple(kept))
