"""Diagnostics as values, and as people and programs read them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.diagnostics import (
    Diagnostic,
    Severity,
    Span,
    as_json,
    as_text,
    collected,
    did_you_mean,
    json_text,
    nearest,
    numbers_in_words,
    plural,
    strict,
    summary,
    without_guesses,
)

HERE = Span("clauses/conduct.yaml", 3, 9, 4)
FAULT = Diagnostic("unknown-key", "`titel:` is not known here", HERE, "Did you mean “title”?")
WARNING = Diagnostic("typed-bullet", "a bullet typed by hand", severity=Severity.WARNING)


def test_text_shows_place_line_caret_and_hint() -> None:
    texts = {HERE.path: "a\nb\n  abcdefghij\n"}
    assert as_text([FAULT], texts, prefix="src/") == (
        "src/clauses/conduct.yaml:3:9: error[unknown-key]: `titel:` is not known here\n"
        " 3 |   abcdefghij\n"
        "   |         ^^^^\n"
        "   hint: Did you mean “title”?\n"
    )


def test_text_without_a_place_or_a_hint_is_a_line() -> None:
    assert as_text([WARNING], {}) == "warning[typed-bullet]: a bullet typed by hand\n"


@given(st.text(max_size=300), st.integers(1, 400), st.integers(1, 500), st.integers(1, 500))
def test_any_span_of_any_text_is_shown(text: str, line: int, column: int, length: int) -> None:
    fault = Diagnostic("x", "y", Span("a", line, column, length))
    shown = as_text([fault], {"a": text})
    assert shown.startswith(f"a:{line}:{column}: error[x]: y\n")
    assert all(len(row) < 700 for row in shown.split("\n"))


def test_a_long_line_is_cut_around_the_fault() -> None:
    fault = Diagnostic("x", "y", Span("a", 1, 5001, 3))
    rows = as_text([fault], {"a": "-" * 5000 + "abc" + "-" * 5000}).split("\n")
    assert len(rows[1]) < 200
    caret = rows[2].index("^")
    assert rows[1][caret : caret + 3] == "abc"


def test_what_could_move_the_cursor_is_not_printed() -> None:
    shown = as_text([Diagnostic("x", "y", Span("a", 1, 1))], {"a": "\x1b[31mred\x07\n"})
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_equal_diagnostics_pool_their_documents_in_order_of_place() -> None:
    later = Diagnostic("b", "later", Span("z.yaml", 1, 1), documents=("birch/conduct",))
    one = Diagnostic("a", "first", Span("a.yaml", 9, 1), "hint", documents=("birch/conduct",))
    two = Diagnostic("a", "first", Span("a.yaml", 9, 1), "other", documents=("alder/conduct",))
    found = collected([later, one, two])
    assert [d.message for d in found] == ["first", "later"]
    assert found[0].documents == ("alder/conduct", "birch/conduct")
    assert found[0].hint == "hint"


def test_collecting_twice_is_collecting_once() -> None:
    found = collected([FAULT, WARNING, FAULT])
    assert collected(found) == found


def test_what_was_guessed_at_is_left_out() -> None:
    broken = Diagnostic("yaml-colon", "a colon", Span(HERE.path, 3, 20))
    beside = Diagnostic("unknown-key", "elsewhere", Span(HERE.path, 4, 1))
    assert without_guesses([FAULT, broken, beside, WARNING]) == [broken, beside, WARNING]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], ""), ([4], "4"), ([5, 4], "4, 5"), ([2, 3, 4, 9, 11, 12, 4], "2 to 4, 9, 11, 12")],
)
def test_numbers_are_told_in_stretches(numbers: list[int], words: str) -> None:
    assert numbers_in_words(numbers) == words


def test_strict_makes_warnings_errors() -> None:
    assert [d.severity for d in strict([WARNING, FAULT])] == [Severity.ERROR] * 2
    assert strict([WARNING])[0].is_error


def test_json_holds_everything() -> None:
    data = json.loads(json_text(as_json([FAULT, WARNING])))
    assert data[0] == {
        "code": "unknown-key",
        "severity": "error",
        "message": "`titel:` is not known here",
        "path": "clauses/conduct.yaml",
        "line": 3,
        "column": 9,
        "length": 4,
        "hint": "Did you mean “title”?",
        "documents": [],
    }
    assert data[1]["path"] is None
    assert data[1]["hint"] is None


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("titel", ["title", "text"], "title"),
        ("Primary", ["primary", "secondary"], "primary"),
        ("zzz", ["title"], None),
        ("", ["title"], None),
        ("title", [], None),
    ],
)
def test_nearest(name: str, known: list[str], found: str | None) -> None:
    assert nearest(name, known) == found
    assert did_you_mean(name, known, "none") == (f"Did you mean “{found}”?" if found else "none")


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [(1, "policy", "1 policy"), (2, "policy", "2 policies"), (0, "form", "0 forms")],
)
def test_plural(count: int, noun: str, words: str) -> None:
    assert plural(count, noun) == words


def test_summary() -> None:
    assert summary([]) == ""
    assert summary([FAULT, FAULT, WARNING]) == "2 errors, 1 warning"
