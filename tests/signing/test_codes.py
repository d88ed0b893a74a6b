"""Codes: what they tell apart, what they give away, and what mistakes they show."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.signing.codes import ALPHABET, CodeFault, code_for, printed, read_code

TEXTS = st.text(max_size=12)
CODES = st.builds(code_for, TEXTS, TEXTS, TEXTS, TEXTS, st.integers(0, 3))
CODE = code_for("alder-primary", "p-1", "acceptable-use", "0123456789abcdef")


def why(text: str) -> str:
    fault = read_code(text)
    assert isinstance(fault, CodeFault)
    return fault.why


def bare(code: str) -> str:
    return code.replace("-", "")


# Made


def test_a_code_stays_the_same_from_version_to_version_of_the_program() -> None:
    assert CODE == "1ASE-YE2G-7"


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_the_same_gives_the_same_and_can_be_read(
    school: str, person: str, form: str, wording: str
) -> None:
    code = code_for(school, person, form, wording)
    assert code == code_for(school, person, form, wording)
    assert read_code(code) == code
    assert set(bare(code)) <= set(ALPHABET)


def test_each_part_and_the_salt_make_another_code() -> None:
    codes = {
        code_for("alder", "p-1", "form", "words"),
        code_for("beech", "p-1", "form", "words"),
        code_for("alder", "p-2", "form", "words"),
        code_for("alder", "p-1", "other", "words"),
        code_for("alder", "p-1", "form", "other"),
        code_for("alder", "p-1", "form", "words", 1),
    }
    assert len(codes) == 6


@given(TEXTS, TEXTS, TEXTS, TEXTS.filter(bool))
def test_parts_do_not_run_into_each_other(a: str, b: str, c: str, d: str) -> None:
    code = code_for(a, b, c, d)
    for moved in ((a + d, b, c, ""), (a, b + d, c, ""), (a, b, c + d, "")):
        assert code_for(*moved) != code


def test_many_codes_are_hardly_ever_the_same() -> None:
    codes = {code_for("alder", f"p-{n}", "form", "words") for n in range(20_000)}
    assert len(codes) == 20_000


# Mistakes: the check is linear, so what it shows for all pairs of symbols at all places of
# one code, it shows for all codes; the second half tries codes at large.


def test_every_wrong_symbol_shows() -> None:
    symbols = bare(CODE)
    for place, wrong in itertools.product(range(9), ALPHABET):
        if wrong != symbols[place]:
            assert "wrong" in why(symbols[:place] + wrong + symbols[place + 1 :])


def test_every_swap_of_two_symbols_shows() -> None:
    places = list(itertools.combinations(range(8), 2))
    for (one, other), a, b in itertools.product(places, ALPHABET, ALPHABET):
        if a < b:
            symbols = ["0"] * 8
            symbols[one], symbols[other] = a, b
            check = next(c for c in ALPHABET if isinstance(read_code("".join(symbols) + c), str))
            symbols[one], symbols[other] = b, a
            assert "wrong" in why("".join(symbols) + check)


@given(CODES, st.integers(0, 8), st.integers(0, 8), st.sampled_from(ALPHABET))
def test_no_code_hides_a_mistake(code: str, place: int, other: int, wrong: str) -> None:
    symbols = list(bare(code))
    swapped = symbols.copy()
    swapped[place], swapped[other] = swapped[other], swapped[place]
    replaced = [*symbols[:place], wrong, *symbols[place + 1 :]]
    for mistaken in (swapped, replaced):
        text = "".join(mistaken)
        assert (read_code(text) == code) == (mistaken == symbols)
        assert mistaken == symbols or isinstance(read_code(text), CodeFault)


# Read


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        bare(CODE),
        CODE.replace("-", " "),
        f"  {CODE}\r\n",
        " ".join(bare(CODE)),
        CODE.replace("-", "–"),
        CODE.replace("-", "\u2011"),
        f"]Q3{CODE}",
        f"]d2{CODE}\x1d",
        f"“{CODE}”".strip("“”"),
        f"'{CODE}",
        f'"{CODE}"',
    ],
)
def test_codes_are_read_however_they_are_typed(typed: str) -> None:
    assert read_code(typed) == CODE


def test_look_alikes_are_read_as_what_is_meant() -> None:
    code = next(
        code
        for n in itertools.count()
        if {"0", "1"} <= set(code := code_for("alder", f"p-{n}", "f", "w"))
    )
    for one, nought in itertools.product("IiLl1", "Oo0"):
        assert read_code(code.replace("1", one).replace("0", nought)) == code


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "there is no code"),
        (" - ", "there is no code"),
        (CODE[:-1], "1 character is missing"),
        (CODE[:4], "5 characters are missing"),
        (CODE + "7", "1 character is too many"),
        (CODE + CODE, "9 characters are too many"),
        ("K7QU", "no code has a U, which stands at place 4: it may be a V"),
        ("K7?F", "a code has letters and digits only, but “?” stands at place 3"),
        ("https://fern.example", "a code has letters and digits only, but “:” stands at place 6"),
        ("K\u200bQF", "a code has letters and digits only, but something unprintable stands"),
        ("AAAA-AAAA-A", "a character is wrong, or two have changed places"),
    ],
)
def test_a_fault_says_what_is_wrong(typed: str, told: str) -> None:
    assert why(typed).startswith(told)


@given(st.text())
def test_whatever_is_typed_is_a_code_or_a_fault(text: str) -> None:
    found = read_code(text)
    if isinstance(found, str):
        assert read_code(found) == found == printed(bare(found))
    else:
        assert found.why


def test_a_fault_does_not_repeat_a_name() -> None:
    assert "Sam" not in why("Sam Cole")
