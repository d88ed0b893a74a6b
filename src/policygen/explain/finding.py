"""What was asked for, found in a document: by id, by number, by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.assemble.policy import assemble_form, assemble_policy
from policygen.diagnostics import did_you_mean
from policygen.document import Appendix, Form, Text, walk
from policygen.explain.absent import Absences
from policygen.explain.matching import folded, nearest_sentences
from policygen.explain.parts import Telling
from policygen.explain.passages import Passage, anchor, label, passages
from policygen.explain.records import Explained
from policygen.explain.sources import Sources
from policygen.model.texts import CLAUSE_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.assemble.policy import Assembled
    from policygen.explain.records import Explanation
    from policygen.model.library import Library

_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?")
_SPACE = Text(" ")
_MOST_SUGGESTED = 3
_FEW = 12
"""So many names are listed where none is near."""


class NotFoundError(Exception):
    """A school, policy, form or clause that there isn't; the message names the nearest."""


def explain(library: Library, school: str, document: str, asked: str = "") -> Explained:
    """Explain a part of a document at a school (``trust`` for the trust's own), or all of it.

    ``document`` is a policy or a form; ``asked`` is the id of a clause, module, section,
    appendix, form or generated part, a number, or words. Raises ``NotFoundError``.
    """
    found = _Document.of(library, school, document)
    explained = Explained(
        school,
        document,
        found.assembled.document.plain_title,
        asked,
        tuple(found.everything() if not asked.strip() else found.find(asked)),
        faults=sum(d.is_error for d in found.assembled.diagnostics),
    )
    if explained.found or not asked.strip():
        return explained
    lines = [passage.words for passage in found.passages]
    suggestions = nearest_sentences(asked, lines, _MOST_SUGGESTED)
    return Explained(
        school, document, explained.title, asked, (), tuple(suggestions), explained.faults
    )


@dataclass
class _Document:
    """A document with all that is asked of it; ``form`` is the form it is narrowed to."""

    library: Library
    context: Context
    assembled: Assembled
    form: str = ""
    passages: list[Passage] = field(default_factory=list)

    @classmethod
    def of(cls, library: Library, school: str, document: str) -> _Document:
        """Assemble the document asked for."""
        school_id = _school(library, school)
        had = _policies(library, school_id)
        if document in had:
            assembled = assemble_policy(library, school_id, document, traced=True)
            return cls(library, Context(library, school_id, document), assembled)
        if document in library.forms:
            for policy in had:
                assembled = assemble_policy(library, school_id, policy, traced=True)
                if document in assembled.placed_before:
                    context = Context(library, school_id, policy)
                    return cls(library, context, assembled, document)
            lone = assemble_form(library, school_id, document, None, traced=True)
            if lone is not None:
                return cls(library, Context(library, school_id, None), lone, document)
            message = f"the form “{document}” is not for {school}: its condition does not hold"
            raise NotFoundError(message)
        raise NotFoundError(_no_document(library, school, document, had))

    def __post_init__(self) -> None:
        """Narrow the passages to the form, where it is one that a policy prints."""
        self.passages = [p for p in passages(self.assembled.document) if self._is_asked(p)]
        self.telling = Telling(self.context, self.assembled, Sources(self.context), self.form)

    def _is_asked(self, passage: Passage) -> bool:
        if not self.form or self.assembled.document.kind == "form":
            return True
        return any(
            (isinstance(unit, Form) and unit.id == self.form)
            or (
                isinstance(unit, Appendix)
                and any(isinstance(b, Form) and b.id == self.form for b in unit.blocks)
            )
            for unit in passage.units
        )

    def everything(self) -> Iterator[Explanation]:
        """Explain every part, those that are absent too, in the order of the outline."""
        fronts = [p for p in self.passages if p.front == "title"]
        yield from (self.telling.passage(passage) for passage in fronts)
        order: dict[str, int] = {}
        for place, block in enumerate(walk(self.assembled.document.blocks)):
            for key in self.telling.keys(block):
                order.setdefault(key, place)
        anchors = {anchor(unit) for passage in self.passages for unit in passage.units}
        told: list[tuple[int, Explanation]] = []
        place = -1
        absences = Absences(self.telling)
        for part in self.telling.parts:
            at = order.get(part.anchor or part.id, place) if part.outcome == "printed" else place
            place = at
            if part.kind == "statement":
                continue
            if part.outcome == "printed":
                if part.anchor in anchors or not (part.anchor or self.form):
                    told.append((at, self.telling.part(part)))
            elif not self.form:
                told.append((at, absences.part(part)))
        told.sort(key=lambda pair: pair[0])
        yield from (explanation for _, explanation in told)

    def find(self, asked: str) -> list[Explanation]:
        """Explain what was asked for, wherever it stands or would stand."""
        wanted = asked.strip()
        return (
            self._by_id(wanted) or self._by_number(wanted) or self._by_words(wanted)
            or Absences(self.telling).by_words(wanted)
        )  # fmt: skip

    def _by_id(self, wanted: str) -> list[Explanation]:
        if not CLAUSE_ID.match(wanted):
            return []
        absences = Absences(self.telling)
        ids = self.library.modules.get(wanted, (wanted,))
        found: list[Explanation] = []
        for name in ids:
            parts = [part for part in self.telling.parts if part.id == name and part.id]
            found += [
                self.telling.part(part) if part.outcome == "printed" else absences.part(part)
                for part in parts
                if part.kind != "statement"
            ]
            if not parts and (absent := absences.by_id(name)):
                found.append(absent)
        if not found and "/" in wanted:
            known = [*self.library.clauses, *(p.id for p in self.telling.parts if p.id)]
            hint = did_you_mean(wanted, known, "See clauses/ for those there are.")
            message = f"there is no clause “{wanted}”. {hint}"
            raise NotFoundError(message)
        return found

    def _by_number(self, wanted: str) -> list[Explanation]:
        number = wanted.rstrip(".")
        bare = _NUMBER.fullmatch(wanted) is not None
        units = {
            id(unit): (passage, unit)
            for passage in self.passages
            for unit in passage.units
            if (bare or isinstance(unit, Appendix)) and folded(label(unit)) == folded(number)
        }
        parts = {part.anchor: part for part in self.telling.parts if part.anchor}
        return [
            self.telling.part(parts[anchor(unit)])
            for _, unit in units.values()
            if anchor(unit) in parts
        ]

    def _by_words(self, wanted: str) -> list[Explanation]:
        words = folded(wanted)
        found = [p for p in self.passages if words in folded(p.words)]
        if not found:
            found = [p for p in self._joined() if words in folded(p.words)]
        return [self.telling.passage(passage, wanted) for passage in found]

    def _joined(self) -> Iterator[Passage]:
        """Give each unit's own lines as one, and each row of a table, for words that run over
        several."""
        lines: dict[int, list[Passage]] = {}
        for passage in self.passages:
            key = passage.row or passage.unit
            if key is not None:
                lines.setdefault(id(key), []).append(passage)
        for several in lines.values():
            if len(several) > 1:
                first = several[0]
                run = tuple(i for p in several for i in (*p.run, _SPACE))
                yield Passage(run, first.units, row=first.row, front=first.front)


def _school(library: Library, school: str) -> str | None:
    if school == "trust":
        return None
    if school in library.schools:
        return school
    known = [*map(str, library.schools), "trust"]
    broken = f"schools/{school}" in library.unreadable
    hint = did_you_mean(school, known, f"There are: {', '.join(known[:_FEW])}.")
    message = f"there is no school “{school}”. {hint}"
    if broken:
        message = f"schools/{school}.yaml has errors; policygen list --strict shows them"
    raise NotFoundError(message)


def _policies(library: Library, school_id: str | None) -> list[str]:
    """Give the policies of a school, or of the trust, that can be read."""
    if school_id is None:
        return [str(n) for n, policy in library.policies.items() if policy.level == "trust"]
    names = map(str, library.schools[school_id].policies)
    return [n for n in names if n in library.policies and library.policies[n].level == "school"]


def _no_document(library: Library, school: str, document: str, had: list[str]) -> str:
    if f"policies/{document}" in library.unreadable:
        return f"policies/{document}.yaml has errors; policygen list --strict shows them"
    policy = library.policies.get(document)
    if policy is not None:
        if policy.level == "trust":
            return f"“{document}” is a policy of the trust: explain it as policygen explain trust"
        return (
            f"{school} does not have the policy “{document}”. It has: {', '.join(had) or 'none'}."
        )
    known = [*had, *map(str, library.forms)]
    otherwise = f"{school} has: {', '.join(had[:_FEW]) or 'none'}."
    return (
        f"there is no policy and no form “{document}”. {did_you_mean(document, known, otherwise)}"
    )
