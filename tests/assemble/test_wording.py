"""Dates, lists, articles, periods and anchors in words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.assemble import wording
from policygen.model.texts import Month

DAY = dt.date(2026, 10, 12)


def test_a_day_and_a_month_are_printed_in_words() -> None:
    assert wording.day_in_words(DAY) == "12 October 2026"
    assert wording.day_in_words(dt.date(2026, 1, 1)) == "1 January 2026"
    assert wording.day_in_words(Month(2026, 10)) == "October 2026"


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["x and y", "z"], "x and y and z"),
    ],
)
def test_listing(items: list[str], words: str) -> None:
    assert wording.listing(items) == words


def test_capitalize_first_leaves_the_rest_alone() -> None:
    assert wording.capitalize_first("iPad of the MAT") == "IPad of the MAT"
    assert wording.capitalize_first("") == ""


AN = ["academy", "hour", "honest head", "MP", "HR team", "X-ray", "SEN lead", "uninvited guest"]
AN += ["8-year-old", "11-plus", "18-year-old", "umbrella", "infant school", "Heir", "“odd” one"]
A = ["school", "university", "UTC", "one-form entry", "European", "use", "U-turn", "Heron", "9"]
A += ["unit", "uniform", "user", "utility", "CEO", "once-only rule", "MAT", "SENCO", "LADO"]


@pytest.mark.parametrize("word", AN)
def test_an(word: str) -> None:
    assert wording.with_article(word) == f"an {word}"


@pytest.mark.parametrize("word", A)
def test_a(word: str) -> None:
    assert wording.with_article(word) == f"a {word}"


def test_nothing_has_no_article() -> None:
    assert wording.with_article("") == ""


@pytest.mark.parametrize(
    ("day", "period", "later"),
    [
        (DAY, "12 months", dt.date(2027, 10, 12)),
        (DAY, "1 year", dt.date(2027, 10, 12)),
        (DAY, "2 years", dt.date(2028, 10, 12)),
        (DAY, "6 weeks", dt.date(2026, 11, 23)),
        (DAY, " 3 months ", dt.date(2027, 1, 12)),
        (dt.date(2026, 1, 31), "1 month", dt.date(2026, 2, 28)),
        (dt.date(2028, 2, 29), "1 year", dt.date(2029, 2, 28)),
        (dt.date(2026, 11, 30), "1 month", dt.date(2026, 12, 30)),
        (Month(2026, 12), "1 month", Month(2027, 1)),
        (Month(2026, 10), "2 years", Month(2028, 10)),
        (Month(2026, 10), "2 weeks", None),
        (DAY, "yearly", None),
        (DAY, "12", None),
    ],
)
def test_a_period_is_counted_from_a_day(
    day: dt.date | Month, period: str, later: dt.date | Month | None
) -> None:
    assert wording.add_period(day, period) == later


def test_what_is_a_period() -> None:
    assert wording.is_period("12 months")
    assert not wording.is_period("every year")


def test_names_as_labels() -> None:
    assert wording.humanised("chair_of_governors") == "Chair of governors"
    assert wording.humanised("asset-tag") == "Asset tag"


@given(st.text())
def test_a_slug_is_made_of_letters_digits_and_single_hyphens(text: str) -> None:
    slug = wording.slug(text)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")
    assert "--" not in slug
    assert len(slug) <= 60


def test_a_slug_keeps_the_words() -> None:
    assert wording.slug("Law, privacy & decency") == "law-privacy-decency"
