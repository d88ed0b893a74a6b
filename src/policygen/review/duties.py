"""What has to be done about a review: approve, sign, look at amendments, state new ids."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policygen.assemble.context import Context
from policygen.assemble.facts import approval_of
from policygen.model.policies import Add
from policygen.review.found import FORMS, Moved
from policygen.review.reasons import about, amendments, base_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policygen.model.clauses import Clause
    from policygen.model.library import Library
    from policygen.review.found import Key, Review

_LIKE = 0.8
"""The share of words from which a new clause looks like one that is gone."""


def renamed_in(library: Library) -> dict[str, str]:
    """Give the new id of each clause that says it had another."""
    return {
        str(before): clause_id
        for clause_id, clause in library.clauses.items()
        for before in clause.formerly
        if str(before) not in library.clauses
    }


def renewed(library: Library, found: Review, key: Key) -> bool:
    """Whether a policy has wording that nobody has approved yet."""
    school_id, policy_id = key
    old, new = found.documents[key]
    if new is None or policy_id.startswith(FORMS) or (old and old.fingerprint == new.fingerprint):
        return False
    return approval_of(Context(library, school_id, policy_id), new.fingerprint) is None


def signing(old: Library, new: Library, found: Review, key: Key) -> bool:
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


def moved_bases(old: Library, new: Library, found: Review) -> Iterator[Moved]:
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


def likely_renamed(
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
