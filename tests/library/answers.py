"""Sets of answers that between them pair every choice of every setting with every other."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from allpairspy import AllPairs

from library.coverage import policies_by_setting
from library.sample import sample
from policygen.diagnostics import Span
from policygen.model.policies import SchoolPolicy
from policygen.model.records import Answer, Answers
from policygen.model.texts import Id, Name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.model.library import Library

Row: TypeAlias = "tuple[str, Mapping[str, str | bool]]"
"""A school, and the answers that it gives."""

NOWHERE = Span("answers")


def choices() -> dict[str, list[str] | list[bool]]:
    """Give the answers that each setting allows, of those that don't ask for words or figures."""
    found: dict[str, list[str] | list[bool]] = {}
    for name, setting in sample().settings.items():
        if setting.choices:
            found[str(name)] = list(map(str, setting.choices))
        elif setting.type == "yes-no":
            found[str(name)] = [True, False]
    return found


@functools.cache
def rows() -> tuple[Row, ...]:
    """Give schools with answers: each two answers of two settings meet at some school."""
    names = list(choices())
    made = AllPairs([list(sample().schools), *choices().values()])
    return tuple((row[0], dict(zip(names, row[1:], strict=True))) for row in made)


def answered(row: Row) -> tuple[Library, str]:
    """Give the library with a school that has all policies and these answers, and no others."""
    school_id, given = row
    library = sample()
    school = library.schools[school_id]
    own = {name: answer for name, answer in school.settings.items() if str(name) not in given}
    answers = {
        Name(name, NOWHERE): Answer(value, NOWHERE, NOWHERE) for name, value in given.items()
    }
    policies = {Id(name, NOWHERE): SchoolPolicy() for name in library.policies}
    changed = school.model_copy(
        update={"settings": Answers({**own, **answers}), "policies": policies}
    )
    trust = library.trust.model_copy(update={"locked_settings": ()})
    return replace(library, trust=trust, schools={school_id: changed}), school_id


@functools.cache
def covering() -> tuple[tuple[int, str], ...]:
    """Give a few (row, policy) that between them print every choice of every setting."""
    changed = policies_by_setting(sample())
    prints = {
        (number, str(policy)): {
            (name, choice) for name, choice in given.items() if policy in changed[name]
        }
        for number, (_, given) in enumerate(rows())
        for policy in sample().policies
    }
    missing = set().union(*prints.values())
    found = []
    while missing:
        best = max(prints, key=lambda each: len(prints[each] & missing))
        missing -= prints[best]
        found.append(best)
    return tuple(found)
