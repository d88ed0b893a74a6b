"""Syllables, sentences and the age they make."""

from __future__ import annotations

import pytest

from policygen.checks.reading import Reading, reading_of, syllables

WORDS = {
    1: "the time made likes asked watched school phone through strength league child's",
    2: "pupil e-mail teacher being someone safely table wanted create people issue",
    3: "media video anyone employee behaviour agreement idea's",
    4: "education information everybody experience",
}


@pytest.mark.parametrize(("count", "word"), [(n, w) for n, ws in WORDS.items() for w in ws.split()])
def test_syllables(count: int, word: str) -> None:
    assert syllables(word) == count


def test_a_paragraph_without_a_stop_is_one_sentence() -> None:
    assert reading_of("The cat sat") == Reading(1, 3, 3)
    assert reading_of("The cat sat. It ran") == Reading(2, 5, 5)
    assert reading_of("—") == Reading()


def test_the_age_is_the_grade_plus_five() -> None:
    # 0.39 x 8 words a sentence + 11.8 x 1 syllable a word - 15.59 = -0.67.
    assert Reading(1, 8, 8).age == 4.3
    assert Reading().age == 0
