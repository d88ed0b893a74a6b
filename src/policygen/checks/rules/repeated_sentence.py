"""A sentence that stands twice in one document.

Why: readers who meet a sentence again look for what is new in it. Later only one of the two
is changed, and the document says two things.

Bad:
    text: |
      Be kind to everybody online. Think before you post.

      Be kind to everybody online.

Good:
    text: |
      Be kind to everybody online. Think before you post.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from policygen.checks.likeness import comparable
from policygen.checks.mending import warning
from policygen.checks.outlines import clauses_of
from policygen.checks.prose import FIRST_SLOT
from policygen.document import Appendix, Clause, Section, plain_text, walk
from policygen.document.trees import inlines
from policygen.model.policies import Add

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.checks.subject import Subject
    from policygen.checks.writings import Sentence
    from policygen.diagnostics import Diagnostic
    from policygen.document import Blocks, Document

FEWEST_WORDS = 5
"""Shorter ones (“Tell the office.”) may well be said twice."""

NEEDS_DOCUMENTS = True


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell the later of two, and where the earlier stands."""
    same: dict[tuple[str, ...], list[Sentence]] = {}
    for sentence in subject.prose.sentences:
        words = comparable(sentence.passage, sentence.start, sentence.end)
        if len(words) >= FEWEST_WORDS:
            same.setdefault(words, []).append(sentence)
    printed = _Printed(subject)
    for sentences in same.values():
        for number, later in enumerate(sentences):
            earlier = next((s for s in sentences[:number] if printed.together(s, later)), None)
            if earlier is not None:
                yield _told(earlier, later)


def _told(earlier: Sentence, later: Sentence) -> Diagnostic:
    place = earlier.passage.span(earlier.start, earlier.end)
    where = f"line {place.line}"
    if earlier.writing.owner != later.writing.owner:
        of = earlier.writing.clause or earlier.writing.owner
        where = f"“{of}” ({place.path}:{place.line})"
    message = f"the same sentence stands in {where}, and in the same document"
    hint = "Take one of the two out."
    return warning("repeated-sentence", (later.passage, later.start, later.end), message, hint)


class _Printed:
    """What documents print, looked up only for sentences that are written twice."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._clauses: dict[str, list[dict[str, Clause]]] = {}
        self._words: dict[int, str] = {}

    def together(self, one: Sentence, other: Sentence) -> bool:
        """Whether some document prints both."""
        first, second = one.writing, other.writing
        if first is second:
            return True
        pieces = _longest(one), _longest(other)
        if first.clause and second.clause:
            return first.clause != second.clause and any(
                self.says(clauses.get(first.clause), pieces[0])
                and self.says(clauses.get(second.clause), pieces[1])
                for policy_id, named in self.outlines.items()
                if {first.clause, second.clause} <= named
                for clauses in self.clauses(policy_id)
            )
        if first.owner != second.owner or first.clause or second.clause:
            return False
        words = self.forms.get(first.owner.removeprefix("forms/"), ())
        return any(text.count(pieces[0]) > 1 and pieces[1] in text for text in words)

    @functools.cached_property
    def outlines(self) -> dict[str, set[str]]:
        """The clauses that each policy, or a school's own version of it, may print."""
        library = self.subject.library
        found = {name: set(clauses_of(library, p)) for name, p in library.policies.items()}
        for school in library.schools.values():
            for name, entry in school.policies.items():
                named = found.setdefault(str(name), set())
                named.update(clauses_of(library, entry))
                named.update(f"local/{a.add}" for a in entry.amend if isinstance(a, Add))
        return found

    def clauses(self, policy_id: str) -> list[dict[str, Clause]]:
        """Give the clauses of each document of a policy, by their ids."""
        if policy_id not in self._clauses:
            self._clauses[policy_id] = [
                {clause.id: clause for clause in _clauses(document.blocks)}
                for document in self._documents("policy")
                if document.id == policy_id
            ]
        return self._clauses[policy_id]

    def says(self, clause: Clause | None, piece: str) -> bool:
        """Whether a clause is printed, and with these words."""
        if clause is None:
            return False
        if id(clause) not in self._words:
            self._words[id(clause)] = _words((clause,))
        return piece in self._words[id(clause)]

    @functools.cached_property
    def forms(self) -> dict[str, list[str]]:
        """The words of each form, as each school prints it."""
        found: dict[str, list[str]] = {}
        for document in self._documents("form"):
            found.setdefault(document.id, []).append(_words(document.blocks))
        return found

    def _documents(self, kind: str) -> Iterable[Document]:
        """Give the documents of a kind; schools may share one."""
        shared = {id(t.document): t.document for t in self.subject.targets if t.kind == kind}
        return (document for document in shared.values() if document is not None)


def _clauses(blocks: Blocks) -> Iterator[Clause]:
    for block in blocks:
        if isinstance(block, Clause):
            yield block
        elif isinstance(block, Section | Appendix):
            yield from _clauses(block.blocks)


def _words(blocks: Blocks) -> str:
    return " ".join(
        " ".join(plain_text(run).split()) for block in walk(blocks) for run in inlines(block)
    )


def _longest(sentence: Sentence) -> str:
    """Give the longest piece of a sentence that no ``{{ }}`` interrupts."""
    pieces = "".join("\0" if c >= FIRST_SLOT else c for c in sentence.words).split("\0")
    return " ".join(max(pieces, key=len).split())
