"""Clauses made into blocks: as the library, the answers and the school say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygen.assemble.context import Absent, ChoiceValue, YesNo, unknown
from policygen.assemble.trace import Part, Trace
from policygen.assemble.wording import slug
from policygen.diagnostics import Diagnostic, Severity, Span
from policygen.document import Clause as ClauseNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.assemble.fill import Filler
    from policygen.assemble.outline import Item
    from policygen.assemble.trace import Outcome
    from policygen.document import Blocks, Inlines
    from policygen.model.clauses import Clause
    from policygen.model.texts import Condition, Id, Line, Markdown


@dataclass(slots=True)
class Printer:
    """Makes clause nodes and gives each block of a document an anchor of its own.

    ``printed`` holds the clauses printed so far with how often; ``trace`` takes what was
    decided.
    """

    filler: Filler
    trace: Trace = field(default_factory=Trace)
    printed: dict[str, int] = field(default_factory=dict)
    _anchors: set[str] = field(default_factory=set)

    def anchor(self, wanted: str, fallback: str = "part") -> str:
        """Give an anchor like ``wanted`` that no other block has."""
        base = wanted or fallback
        name, count = base, 1
        while name in self._anchors:
            count += 1
            name = f"{base}-{count}"
        self._anchors.add(name)
        return name

    def heading_anchor(self, prefix: str, words: str) -> str:
        """Give the anchor of a heading without an id."""
        return self.anchor(f"{prefix}-{slug(words)}".strip("-"), prefix)

    def clause(self, item: Item) -> ClauseNode | None:
        """Give a clause's node; None where its condition does not hold."""
        clause = item.clause
        trace = self.trace
        around = trace.around(clause.when if clause else None) if trace.kept else ()
        if clause and not self.filler.holds(clause.when):
            trace.note(_part(item, "switched-off", around))
            return None
        filler, before = self.filler, self.filler.inside
        filler.inside = item.id
        heading, blocks, texts, choice = filler.once("clause", lambda: self._content(item))
        filler.inside = before
        self._cite(item)
        span = item.added.span if item.added else (clause.span if clause else None)
        self.printed[item.id] = self.printed.get(item.id, 0) + 1
        anchor = self.anchor(item.id)
        if trace.kept:
            trace.note(_part(item, "printed", around, anchor, texts, choice))
        return ClauseNode(item.id, heading, blocks, anchor=anchor, span=span)

    def _content(
        self, item: Item
    ) -> tuple[Inlines, Blocks, tuple[Line | Markdown, ...], tuple[str, str] | None]:
        """Give heading and blocks, the texts they are made from, and what chose the text."""
        line, text, choice = self._chosen(item)
        texts = tuple(each for each in (line, text) if each is not None)
        return self.filler.line(line), self.filler.blocks(text), texts, choice

    def _chosen(self, item: Item) -> tuple[Line | None, Markdown | None, tuple[str, str] | None]:
        """Give heading and text as this school has them, and the answer that chose the text."""
        if item.added:
            return item.added.heading, item.added.text, None
        if item.clause is None:
            return None, None, None
        replaced = item.replacement
        heading = replaced.heading if replaced and replaced.heading else item.clause.heading
        if replaced and replaced.text is not None:
            return heading, replaced.text, None
        return heading, *self._text(item.id, item.clause)

    def _text(
        self, clause_id: str, clause: Clause
    ) -> tuple[Markdown | None, tuple[str, str] | None]:
        """Give the text of a clause: its own, or the one for the answer to its setting."""
        if clause.choose is None or clause.texts is None:
            return clause.text, None
        found = self.filler.context.setting(str(clause.choose), clause.choose.span)
        texts = {str(id_): text for id_, text in clause.texts.items()}
        match found:
            case Absent(why=why):
                self.filler.faults.append(why)
                return None, None
            case ChoiceValue(id=choice):
                key = choice
            case YesNo(text=words):
                key = words
                texts = yes_and_no(clause.texts)
            case _:
                return None, None
        text = texts.get(key)
        if text is None:
            self.filler.faults.append(missing_text(clause_id, clause, key))
        return text, (str(clause.choose), key)

    def _cite(self, item: Item) -> None:
        cites = item.added.cites if item.added else (item.clause.cites if item.clause else ())
        library = self.filler.context.library
        for name in cites:
            if name in library.references:
                self.filler.cited[str(name)] = None
            elif not {"references", f"references/{name}"} & library.unreadable:
                known = library.references
                fault = unknown("reference", str(name), known, name.span, "references.yaml")
                self.filler.faults.append(fault)


def _part(  # noqa: PLR0913, PLR0917 what a part is made of
    item: Item,
    outcome: Outcome,
    around: tuple[Condition, ...],
    anchor: str = "",
    texts: tuple[Line | Markdown, ...] = (),
    choice: tuple[str, str] | None = None,
) -> Part:
    amendment = item.added or item.replacement
    return Part(
        "clause",
        item.id,
        outcome,
        anchor,
        item.listed,
        around,
        texts,
        amendment,
        choice,
        item.clause,
    )


def yes_and_no(texts: Mapping[Id, Markdown]) -> dict[str, Markdown]:
    """Give the texts of a yes-no setting by yes and no; authors may write true and false."""
    words = {"true": "yes", "false": "no"}
    return {words.get(str(id_), str(id_)): text for id_, text in texts.items()}


def missing_text(clause_id: str, clause: Clause, choice: str) -> Diagnostic:
    """Give the diagnostic for a choice of a setting that a clause has no text for."""
    span = clause.choose.span if clause.choose is not None else clause.span
    message = f"“{clause_id}” has no text for the choice “{choice}” of “{clause.choose}”"
    hint = f"Add `{choice}: |` and its text under `texts:`."
    return Diagnostic("choice-without-text", message, span, hint)


def printed_twice(clause_id: str, span: Span | None) -> Diagnostic:
    """Give the warning for a clause that stands twice in a policy's sections."""
    message = f"“{clause_id}” is printed twice in this document"
    hint = "Take one of them out of the outline; use {{ ref(…) }} to point to the other."
    return Diagnostic("printed-twice", message, span, hint, Severity.WARNING)
