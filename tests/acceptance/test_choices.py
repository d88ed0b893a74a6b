"""Every choice of every setting, in three formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import word_reading
from acceptance import reading
from acceptance.test_words import differences
from library.answers import answered, choices, covering, rows
from library.coverage import policies_by_setting
from library.sample import sample
from policygen.assemble.policy import assemble_policy
from policygen.document import words
from policygen.writers import write
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path


def test_between_them_they_print_every_choice() -> None:
    changed = policies_by_setting(sample())
    printed = {
        (name, choice)
        for number, policy_id in covering()
        for name, choice in rows()[number][1].items()
        if policy_id in changed[name]
    }
    assert printed == {(name, choice) for name, given in choices().items() for choice in given}


@pytest.mark.parametrize(
    ("number", "policy_id"),
    covering(),
    ids=[f"{policy_id}-{number}" for number, policy_id in covering()],
)
def test_words(number: int, policy_id: str, tmp_path: Path) -> None:
    library, school_id = answered(rows()[number])
    document = assemble_policy(library, school_id, policy_id).document
    theme = Theme()
    page, paper, word = (tmp_path / f"it.{ending}" for ending in ("html", "pdf", "docx"))
    page.write_bytes(write(document, "html", theme, {}))
    paper.write_bytes(write(document, "pdf", theme, {}))
    word.write_bytes(write(document, "docx", theme, {}))
    assert not differences(words(document), reading.html_words(page))
    assert not differences(words(document), reading.pdf_words(paper))
    assert not differences(words(document), word_reading.words(word.read_bytes()))
