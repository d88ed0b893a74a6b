"""Two clauses that say nearly the same.

Why: a rule that is written twice is changed once. From then on two documents disagree, or one
with itself; a clause may stand in any number of policies.

Bad:
    # clauses/conduct.yaml
    clauses:
      courtesy:
        text: |
          You must not share the picture of anybody without their permission.
      pictures:
        text: |
          You must not share a picture of anybody without their permission.
      phones:
        cites: [kcsie]
        text: |
          You may use your own phone {{ settings.phones }}.

Good:
    # clauses/conduct.yaml
    clauses:
      courtesy:
        text: |
          You must not share the picture of anybody without their permission.
      phones:
        cites: [kcsie]
        text: |
          You may use your own phone {{ settings.phones }}.
"""

from __future__ import annotations

import difflib
import itertools
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.checks.likeness import comparable
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.checks.writings import Writing
    from policygen.model.library import Library

LIKE = 0.82
SHORT_LIKE = 0.9
"""From which ratio of equal words, in order, on two clauses are taken for one: of twelve words
two may differ, of a short text's none but the smallest."""

SHORT = 10
FEWEST_WORDS = 5
SHARED = 0.5
"""Which share of neighbouring pairs of words two texts have in common before they are compared."""


@dataclass(frozen=True, slots=True)
class _Clause:
    writing: Writing
    words: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell the later of two, at its text, and where the other stands."""
    clauses = [clause for w in subject.prose.authored if (clause := _clause(w)) is not None]
    often = Counter(pair for clause in clauses for pair in clause.pairs)
    holders: dict[tuple[str, str], list[_Clause]] = {}
    for clause in clauses:
        candidates: dict[int, _Clause] = {}
        for pair in _telling(clause.pairs, often):
            others = holders.setdefault(pair, [])
            candidates |= {id(other): other for other in others}
            others.append(clause)
        alike = [
            (likeness, other)
            for other in candidates.values()
            if _apart(subject.library, other.writing, clause.writing)
            and (likeness := _likeness(other, clause)) is not None
        ]
        if alike:
            yield _told(max(alike, key=lambda pair: pair[0])[1].writing, clause.writing)


def _telling(
    pairs: frozenset[tuple[str, str]], often: Counter[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Give the rarest pairs of a text, so many that one that shares enough shares one of them."""
    rarest = sorted(pairs, key=lambda pair: (often[pair], pair))
    return rarest[: len(pairs) - math.ceil(SHARED * len(pairs)) + 1]


def _clause(writing: Writing) -> _Clause | None:
    if not writing.clause or writing.role != "body":
        return None
    words = tuple(w for passage in writing.passages.passages for w in comparable(passage))
    if len(words) < FEWEST_WORDS:
        return None
    return _Clause(writing, words, frozenset(itertools.pairwise(words)))


def _likeness(one: _Clause, other: _Clause) -> float | None:
    """Give how like two texts are, None where they are not like enough."""
    if len(one.pairs & other.pairs) < SHARED * len(one.pairs | other.pairs):
        return None
    least = SHORT_LIKE if min(len(one.words), len(other.words)) < SHORT else LIKE
    ratio = difflib.SequenceMatcher(None, one.words, other.words, autojunk=False).ratio()
    return ratio if ratio >= least else None


def _apart(library: Library, one: Writing, other: Writing) -> bool:
    """Whether two texts are rules of their own: not two wordings of one clause, nor those of
    two schools, nor such as no document can hold both."""
    if one.clause == other.clause or (one.school and other.school and one.school != other.school):
        return False
    records = [library.clauses.get(w.clause) for w in (one, other) if not w.school]
    conditions = {str(record.when) for record in records if record and record.when is not None}
    return len(conditions) <= 1 or None in records


def _told(first: Writing, second: Writing) -> Diagnostic:
    place = first.text.span
    message = (
        f"“{second.clause}” says nearly the same as “{first.clause}” ({place.path}:{place.line})"
    )
    hint = "Keep one of them and name it wherever the rule is wanted."
    return Diagnostic("duplicate-clause", message, second.text.span, hint, Severity.WARNING)
