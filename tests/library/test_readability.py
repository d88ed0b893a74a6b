"""Nobody needs to read better than they can be asked to."""

from __future__ import annotations

import pytest

from library import readability
from library.readability import ADULTS, Text


def test_the_reading_age_is_the_grade_plus_five() -> None:
    # Flesch-Kincaid: 0.39 x 8 words + 11.8 x 1 syllable a word - 15.59 = -0.67.
    assert Text(("The cat sat on the mat by noon.",)).age == 4.3


def test_harder_words_raise_it() -> None:
    easy = Text(("Staff must tell the office.",))
    assert Text(("Employees necessarily notify administration.",)).age > easy.age + 5


@pytest.mark.parametrize("policy", readability.policies())
def test_policies(policy: str) -> None:
    for text in readability.policies()[policy]:
        assert text.age <= ADULTS


@pytest.mark.parametrize("form", readability.forms())
def test_forms(form: str) -> None:
    for text in readability.forms()[form]:
        assert text.age <= readability.limit(form)


@pytest.mark.parametrize("module", readability.modules())
def test_modules(module: str) -> None:
    assert readability.modules()[module].age <= ADULTS
