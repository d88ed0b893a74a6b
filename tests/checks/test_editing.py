"""Fixes change the words they are about, and not a byte beside them."""

from __future__ import annotations

import pytest

from policygen.checks.editing import edited, same_but_for_words
from policygen.diagnostics import Edit, Fix, Span

SOURCE = (
    "# A note  with two spaces\r\n"
    "clauses:\r\n"
    "  a:   # and  another\r\n"
    "    text: |\r\n"
    "      Be  kind.  Always.\r\n"
    '  b: {text: "Say  so."}   \r\n'
    "\r\n"
)
PATH = "clauses/m.yaml"


def fix(line: int, column: int, old: str, new: str) -> Fix:
    return Fix((Edit(Span(PATH, line, column, len(old)), old, new),))


def test_several_fixes_at_once() -> None:
    fixes = [fix(5, 9, "  ", " "), fix(5, 16, "  ", " "), fix(6, 17, "  ", " ")]
    done = edited(SOURCE, PATH, fixes)
    assert done.fixes == 3
    assert done.text == SOURCE.replace("Be  kind.  ", "Be kind. ").replace("Say  so", "Say so")


def test_other_ends_of_lines_stay() -> None:
    for end in ("\n", "\r"):
        source = SOURCE.replace("\r\n", end)
        done = edited(source, PATH, [fix(5, 9, "  ", " ")])
        assert done.text == source.replace("Be  kind", "Be kind")


def test_words_that_are_not_there_are_left() -> None:
    for wrong in (fix(5, 8, "  ", " "), fix(99, 1, "a", "b"), fix(4, 99, "a", "b")):
        assert edited(SOURCE, PATH, [wrong]).text == SOURCE


def test_a_fix_that_overlaps_waits_for_the_next_round() -> None:
    done = edited(SOURCE, PATH, [fix(5, 9, "  ", " "), fix(5, 7, "Be  kind", "Be nice")])
    assert done.fixes == 1
    assert "Be kind" in done.text


def test_fixes_that_touch_are_both_done() -> None:
    done = edited(SOURCE, PATH, [fix(5, 7, "Be", "Stay"), fix(5, 9, "  ", " ")])
    assert done.fixes == 2
    assert "Stay kind" in done.text


def test_equal_fixes_are_one() -> None:
    assert edited(SOURCE, PATH, [fix(5, 9, "  ", " ")] * 2).fixes == 1


def test_all_edits_of_a_fix_or_none() -> None:
    whole = Fix((*fix(5, 9, "  ", " ").edits, *fix(5, 12, "x", "y").edits))
    assert edited(SOURCE, PATH, [whole]).text == SOURCE


@pytest.mark.parametrize(
    "harm",
    [
        fix(6, 6, "{", ""),  # a bracket that is closed
        fix(2, 1, "clauses", "clause"),  # a key
        fix(1, 1, "# A", "A: "),  # a note turned into a key
        fix(6, 12, " ", " &a "),  # an anchor
    ],
)
def test_what_would_read_otherwise_is_left(harm: Fix) -> None:
    done = edited(SOURCE, PATH, [harm, fix(5, 9, "  ", " ")])
    assert done.fixes == 1
    assert done.text == SOURCE.replace("Be  kind", "Be kind")


def test_a_text_on_another_line_must_not_change() -> None:
    new = SOURCE.replace("Always", "Never")
    assert same_but_for_words(SOURCE, new, PATH, frozenset({5}))
    assert not same_but_for_words(SOURCE, new, PATH, frozenset({1}))
    assert same_but_for_words(SOURCE, SOURCE, PATH, frozenset())
