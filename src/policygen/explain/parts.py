"""Printed parts explained: where their words are written, and why they are printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.document import (
    Appendix,
    Clause,
    Form,
    Generated,
    Section,
    Value,
    children,
    inlines,
    plain_text,
    walk,
    walk_inlines,
)
from policygen.explain.matching import best_text, place_in
from policygen.explain.passages import Unit, anchor, title
from policygen.explain.records import Explanation, Source
from policygen.model.policies import Replace
from policygen.model.records import Record
from policygen.model.texts import Line, Markdown, SourceText
from policygen.review.facts import facts, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.assemble.context import Context
    from policygen.assemble.policy import Assembled
    from policygen.assemble.trace import Part
    from policygen.diagnostics import Span
    from policygen.document import Block, Inlines
    from policygen.explain.passages import Passage
    from policygen.explain.records import ValueOf
    from policygen.explain.sources import Sources

_GENERATED_FROM = {
    "control": "control",
    "sign-off": "sign_off",
    "linked": "linked",
    "history": "history",
    "consultation": "consultation",
    "contents": "contents",
}
"""The field of a policy that a generated part is made from."""
_PARTS = {
    "control": "control table",
    "sign-off": "signatures",
    "references": "list of references",
    "linked": "linked policies",
}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Telling:
    """Explains the printed parts of one document."""

    context: Context
    assembled: Assembled
    sources: Sources
    form: str = ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """What was decided of each part."""
        return self.assembled.parts

    def keys(self, block: Block) -> tuple[str, ...]:
        """Give by what the part of a block is known: its anchor, or the kind of what is made."""
        match block:
            case Generated(kind=kind):
                return (kind,)
            case Clause() | Section() | Appendix() | Form():
                return (block.anchor,)
            case _:
                return ()

    def part(self, part: Part) -> Explanation:
        """Explain a part as a whole."""
        units = self._units(part)
        if not units:  # a section whose heading is empty, or a part that nothing is left of
            return self._bare(part)
        unit = units[-1]
        runs = list(_own_runs(unit))
        words = " ".join(" ".join(plain_text(run).split()) for run in runs)
        written = [self.sources.source(text.at(0), _what(text)) for text in part.texts]
        if isinstance(unit, Generated):
            written = list(self._made_from(unit, ()))
        elif isinstance(unit, Form):
            written = [self.sources.source(part.listed)]
        elif isinstance(unit, Appendix) and not written:
            form = self.context.library.forms.get(part.id)
            written = [self.sources.source(form.title.span, "heading")] if form else []
        base = self._of_part(part, units)
        values = self._values(run for run in (*_heading(unit), *runs))
        return replace(base, words=_cut(words), written=tuple(written), values=values)

    def passage(self, passage: Passage, asked: str = "") -> Explanation:
        """Explain one line of the document; ``asked`` are the words of it that were asked for."""
        words, values = passage.words, self._values([passage.run, *passage.row])
        unit = passage.unit
        if unit is None:
            return self._front(passage, words, values)
        part = self._part_of(passage)
        base = self._of_part(part, passage.units) if part else self._unknown(passage)
        if isinstance(unit, Generated):
            sources = tuple(self._made_from(unit, (passage.run, *passage.row)))
            cites = tuple(self._citing(passage.run)) if unit.kind == "references" else ()
            return replace(base, words=words, written=sources, values=values, cites=cites)
        texts = list(self._texts(passage, part))
        best = best_text(texts, words)
        if best is None:
            # A label of the program's own, or a line that it makes of data.
            return replace(base, words=words, written=(Source("program", None),), values=values)
        text, span = best
        count, place = place_in(text, asked)
        span = place if count else span
        amended, choice = base.amended, base.choice
        if isinstance(text, Line) and passage.heading:
            choice = None
        if amended and self.sources.source(text.span).layer != "amendment":
            # The school gave the heading and the library the text, or the other way round.
            amended = None
        return replace(
            base,
            words=words,
            written=(self.sources.source(span, _what(text)),),
            values=values,
            amended=amended,
            choice=choice,
        )

    # Parts

    def _units(self, part: Part) -> tuple[Unit, ...]:
        """Give the block of a part with those around it."""
        key = part.anchor or part.id

        def inside(blocks: Iterable[Block], above: tuple[Unit, ...]) -> tuple[Unit, ...]:
            for block in blocks:
                own = (*above, block) if isinstance(block, Unit) else above
                if key in self.keys(block):
                    return own
                if found := inside(children(block), own):
                    return found
            return ()

        return inside(self.assembled.document.blocks, ())

    def _part_of(self, passage: Passage) -> Part | None:
        """Give the part that a passage belongs to, the innermost that is known."""
        for unit in reversed(passage.units):
            if isinstance(unit, Generated):
                found = [p for p in self.parts if p.kind == "generated" and p.id == unit.kind]
            else:
                found = [p for p in self.parts if p.anchor and p.anchor == anchor(unit)]
            if found:
                return found[0]
        return None

    def _of_part(self, part: Part, units: tuple[Unit, ...]) -> Explanation:
        unit = units[-1]
        name = title(unit) or _PARTS.get(part.id, part.id.replace("-", " "))
        # A replaced heading is an amendment as much as a replaced text is.
        return replace(
            self._bare(part),
            title=title(unit) or (name if isinstance(unit, Generated) else ""),
            within=next((t for t in map(title, reversed(units[:-1])) if t), ""),
        )

    def _bare(self, part: Part) -> Explanation:
        record = part.record
        base = record.span if record is not None and part.kind == "clause" else None
        amended = self.sources.amended(part.amendment, base) if part.amendment else None
        own = isinstance(part.amendment, Replace) and part.amendment.text is not None
        listed = self.sources.source(part.listed) if part.listed else None
        return Explanation(
            part.kind,
            part.id,
            "",
            "",
            listed=listed,
            amended=amended,
            choice=self.sources.choice(*part.choice) if part.choice and not own else None,
            grounds=self.sources.grounds(part.conditions),
        )

    def _unknown(self, passage: Passage) -> Explanation:
        """Explain a part that no outline lists: those that are printed of themselves."""
        unit = passage.units[-1]
        kind = "generated" if isinstance(unit, Generated) else "section"
        name = unit.kind if isinstance(unit, Generated) else unit.id
        heading = title(unit) or _PARTS.get(name, name.replace("-", " "))
        return Explanation(kind, name, heading, "")

    def _texts(self, passage: Passage, part: Part | None) -> Iterator[SourceText]:
        """Give the texts that the words of a passage may come from."""
        unit = passage.unit
        if isinstance(unit, Appendix) and part:
            form = self.context.library.forms.get(part.id)
            yield from part.texts or ((form.title,) if form else ())
        elif isinstance(unit, Form):
            form = self.context.library.forms.get(unit.id)
            yield from _texts_of(form) if form else ()
        elif part:
            lines = [t for t in part.texts if isinstance(t, Line)]
            yield from lines if passage.heading and lines else part.texts

    # What the program makes

    def _front(self, passage: Passage, words: str, values: tuple[ValueOf, ...]) -> Explanation:
        """Explain a line that stands before the body."""
        name, context = passage.front, self.context
        if name == "title" and self.assembled.document.kind == "form":
            form = context.library.forms[self.form]
            found = [(form.title, form.title.span)]
        elif name == "masthead":
            wanted = [
                *facts(context, "school.name").values(),
                *facts(context, "trust.name").values(),
            ]
            found = [(text, span) for text, span in wanted if str(text) == words]  # type: ignore[misc]
        else:
            found = list(facts(context, f"policy.{name}", deep=False).values())  # type: ignore[arg-type]
        written = tuple(self.sources.source(span) for _, span in found)
        if name == "title" and found and isinstance(found[0][0], SourceText):
            best = best_text([found[0][0]], words)
            written = (self.sources.source(best[1] if best else found[0][1]),)
        label = " ".join(plain_text(run) for run in passage.row[:1]).rstrip(":")
        heading = {"title": "Title", "masthead": "Masthead"}.get(name, label)
        return Explanation(
            "front",
            name,
            heading,
            words,
            written=written or (Source("program", None),),
            values=values,
        )

    def _made_from(self, unit: Generated, runs: tuple[Inlines, ...]) -> Iterator[Source]:
        """Give what a generated part, or a line of it, is made from."""
        context = self.context
        name = _GENERATED_FROM.get(unit.kind, "")
        found = facts(context, f"policy.{name}", deep=False) if name else {}
        told: dict[str, Source] = {}
        words = " ".join(plain_text(run) for run in runs)
        for record, span in _records(context.policy_field(name) if name and runs else None):
            if words and any(text and str(text) in words for text in _data(record)):
                told.setdefault(str(span), self.sources.source(span, name))
        if not told and name in found:
            told[name] = self.sources.source(found[name][1], name)
        if not told and unit.kind == "control" and context.library.trust.control is not None:
            told[name] = self.sources.source(context.library.trust.at("control"), name)
        yield from told.values() or (Source("program", None),)

    def _citing(self, run: Inlines) -> Iterator[str]:
        """Give the clauses of this document that cite what a list of references names."""
        names = {
            inline.name.removeprefix("cite.")
            for inline in walk_inlines(run)
            if isinstance(inline, Value)
        }
        for block in walk(self.assembled.document.blocks):
            if isinstance(block, Clause):
                clause = self.context.library.clauses.get(block.id)
                cited = set(map(str, clause.cites)) if clause else set()
                cited |= {
                    inline.name.removeprefix("cite.")
                    for inner in walk((block,))
                    for each in inlines(inner)
                    for inline in walk_inlines(each)
                    if isinstance(inline, Value)
                }
                if names & cited:
                    yield block.id

    def _values(self, runs: Iterable[Inlines]) -> tuple[ValueOf, ...]:
        found: dict[str, ValueOf] = {}
        for run in runs:
            for inline in walk_inlines(run):
                if isinstance(inline, Value) and "." in inline.name:
                    told = self.sources.value(inline.name, inline.text)
                    found.setdefault(f"{told.name} {told.text}", told)
        return tuple(found.values())


def _heading(unit: Unit) -> tuple[Inlines, ...]:
    return () if isinstance(unit, Form) else (unit.heading,)


def _own_runs(unit: Unit) -> Iterator[Inlines]:
    """Give the runs of a unit below its heading, those of other units in it not."""

    def inside(blocks: Iterable[Block]) -> Iterator[Inlines]:
        for block in blocks:
            if not isinstance(block, Unit):
                yield from (run for run in inlines(block) if run)
                yield from inside(children(block))

    return inside(children(unit))


def _texts_of(record: object) -> Iterator[SourceText]:
    """Give every printed text of a record, wherever it stands."""
    match record:
        case Line() | Markdown():
            yield record
        case Record():
            for name in type(record).model_fields:
                yield from _texts_of(getattr(record, name))
        case tuple():
            for inner in record:
                yield from _texts_of(inner)
        case _:
            return


def _records(value: object) -> Iterator[tuple[object, Span]]:
    rows = getattr(value, "rows", value)
    for row in rows if isinstance(rows, tuple) else ():
        span = span_of(row)
        if span is not None:
            yield row, span


def _data(record: object) -> Iterator[object]:
    if isinstance(record, Record):
        for name in type(record).model_fields:
            yield getattr(record, name) if name != "material" else None
    else:
        yield record


def _what(text: SourceText) -> str:
    return "heading" if isinstance(text, Line) else "text"


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
