"""What changed in the policies from the wordings that people signed to today's."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from policygen.document import Clause, Quote, Text
from policygen.review.made import Side, made
from policygen.versions.wordings import Wording, changes_of_words, wordings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from policygen.office.schools import School
    from policygen.review.made import Made
    from policygen.signing.standing import Standing

Signed: TypeAlias = tuple[str, str]
"""A policy and the fingerprint of a wording of it, as ledgers have it."""


def changes_since(
    school: School, source: Path, standings: Iterable[Standing]
) -> Mapping[Signed, tuple[Clause, ...]]:
    """Give what changed in the policies since each wording that has to be signed again.

    Wordings are looked for at the days on which their forms were given out, then at tags
    and earlier commits. One that isn't found, as outside git, is left out.
    """
    wanted: dict[Wording, dt.date] = {}
    for standing in standings:
        entry = standing.entry
        if standing.state == "again" and entry is not None and entry.policy:
            wanted[Wording(school.id, entry.policy, entry.wording)] = entry.on
    if not wanted:
        return {}
    today = Side("today", school.library)
    now = {each.policy_id: made(today, (school.id,), (each.policy_id,)) for each in wanted}
    return {
        (each.policy_id, each.fingerprint): _told(then, now[each.policy_id], each.policy_id)
        for each, then in wordings(source, wanted)
    }


def _told(then: Made, now: Made, policy: str) -> tuple[Clause, ...]:
    """Give each change of the rules under its title, with what is new and gone marked."""
    return tuple(
        Clause(one.change.unit, (Text(one.change.title),), (Quote(one.blocks),), counted=False)
        for one in changes_of_words(then, now, policy)
    )
