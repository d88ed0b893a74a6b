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

LIKE = 0.7
"""From which share of runs in common, of all that either has, two clauses are taken for one
(Jaccard's index). In a text of fifteen words two may differ."""

RUN = 2
"""How many words a run has."""

FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Clause:
    writing: Writing
    runs: frozenset[tuple[str, ...]]


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell the later of two, at its text, and where the other stands."""
    clauses = [clause for w in subject.prose.authored if (clause := _clause(w)) is not None]
    often = Counter(run for clause in clauses for run in clause.runs)
    holders: dict[tuple[str, ...], list[_Clause]] = {}
    for clause in clauses:
        alike: list[tuple[float, _Clause]] = []
        seen: set[int] = set()
        for run in _telling(clause.runs, often):
            others = holders.setdefault(run, [])
            for other in others:
                if id(other) in seen:
                    continue
                seen.add(id(other))
                likeness = len(clause.runs & other.runs) / len(clause.runs | other.runs)
                if likeness >= LIKE and _apart(subject.library, other.writing, clause.writing):
                    alike.append((likeness, other))
            others.append(clause)
        if alike:
            yield _told(max(alike, key=lambda pair: pair[0])[1].writing, clause.writing)


def _telling(
    runs: frozenset[tuple[str, ...]], often: Counter[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """Give the rarest runs of a text, so many that another as like as ``LIKE`` shares one."""
    rarest = sorted(runs, key=lambda run: (often[run], run))
    return rarest[: len(runs) - math.ceil(LIKE * len(runs)) + 1]


def _clause(writing: Writing) -> _Clause | None:
    if not writing.clause or writing.role != "body":
        return None
    words = [w for passage in writing.passages.passages for w in comparable(passage)]
    if len(words) < FEWEST_WORDS:
        return None
    runs = frozenset(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return _Clause(writing, runs)


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
