"""Every choice of every setting, in the documents it changes."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest

from library.answers import Row, answered, choices, rows
from library.coverage import policies_by_setting
from library.sample import sample
from policygen.assemble.policy import Assembled, assemble_policy
from policygen.document import Clause, walk, words
from policygen.lint import lint
from policygen.writers import write
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = [f"{number}-{school_id}" for number, (school_id, _) in enumerate(rows())]


@functools.cache
def made(number: int) -> dict[str, Assembled]:
    """Give all policies of one set of answers."""
    library, school_id = answered(rows()[number])
    return {name: assemble_policy(library, school_id, name) for name in library.policies}


def test_every_two_choices_meet_at_some_school() -> None:
    met = {
        frozenset({(one, first), (other, second)})
        for _, given in rows()
        for one, first in given.items()
        for other, second in given.items()
    }
    wanted = {
        frozenset({(one, first), (other, second)})
        for one, firsts in choices().items()
        for first in firsts
        for other, seconds in choices().items()
        for second in seconds
        if one != other
    }
    assert wanted <= met


@pytest.mark.parametrize("number", range(len(rows())), ids=NAMES)
def test_every_policy_is_built_with_these_answers(number: int) -> None:
    assert lint(answered(rows()[number])[0]) == []
    for assembled in made(number).values():
        assert assembled.diagnostics == ()
        page = write(assembled.document, "html", Theme(), {}).decode()
        assert len(page) > len(" ".join(words(assembled.document)))


def test_every_clause_is_printed_with_some_answers() -> None:
    printed = {
        block.id
        for number in range(len(rows()))
        for assembled in made(number).values()
        for block in walk(assembled.document.blocks)
        if isinstance(block, Clause)
    }
    assert set(sample().clauses) - printed == set()


@pytest.mark.parametrize("name", choices())
def test_each_choice_has_words_of_its_own_in_every_policy_it_changes(name: str) -> None:
    for policy_id in policies_by_setting(sample())[name]:
        assert any(_all_differ(row, name, policy_id) for row in rows()), policy_id


def _all_differ(row: Row, name: str, policy_id: str) -> bool:
    wordings = list(_wordings(row, name, policy_id))
    return len(set(wordings)) == len(wordings)


def _wordings(row: Row, name: str, policy_id: str) -> Iterator[str]:
    school_id, given = row
    for choice in choices()[name]:
        library, _ = answered((school_id, {**given, name: choice}))
        yield assemble_policy(library, school_id, policy_id).document.fingerprint
