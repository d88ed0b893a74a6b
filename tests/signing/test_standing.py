"""How everyone stands: what a change of wording does to signatures."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.signing.entries import Entry, FormNow
from policygen.signing.standing import (
    Change,
    Standing,
    asked_by_ledger,
    not_asked,
    standings,
)
from signing.ledgers import DAY, FIRST, SECOND, THIRD, asked, form, issue, signer

LATER = dt.date(2026, 11, 2)


def change(version: str, month: int, *, material: bool = False) -> Change:
    return Change(version, dt.date(2026, month, 1), f"Summary of {version}", material)


ONE = change("1.0", 8, material=True)
EDITORIAL = change("1.1", 10)
MATERIAL = change("2.0", 10, material=True)


def standing(entries: list[Entry], now: FormNow, *changes: Change) -> Standing:
    (found,) = standings(entries, [asked(1, now)], {"online": changes})
    return found


def signed(wanted: FormNow | None = None, on: dt.date = DAY) -> list[Entry]:
    sheet = issue(1, wanted)
    return [sheet, sheet.then("returned", on)]


# No wording has changed


def test_nothing_in_the_ledger_is_never_issued() -> None:
    found = standing([], form(), ONE)
    assert (found.state, found.entry, found.sheet) == ("never-issued", None, None)
    assert found.outstanding


def test_an_issue_is_outstanding_from_its_first_day() -> None:
    sheet = issue()
    found = standing([sheet, issue(on=LATER)], form(), ONE)
    assert (found.state, found.entry, found.sheet) == ("issued", sheet, sheet)
    assert found.outstanding


def test_a_return_is_a_signature() -> None:
    sheet, came = signed()
    found = standing([sheet, came], form(), ONE)
    assert (found.state, found.entry, found.sheet) == ("signed", came, sheet)
    assert not found.outstanding


def test_a_return_withdrawn_is_none() -> None:
    sheet, came = signed()
    found = standing([sheet, came, came.then("withdrawn", LATER)], form(), ONE)
    assert (found.state, found.entry) == ("issued", sheet)


def test_a_return_without_its_issue_is_a_signature() -> None:
    assert standing(signed()[1:], form(), ONE).state == "signed"


def test_people_and_forms_are_told_apart() -> None:
    other = FormNow("loan", "Loan", "", "", FIRST)
    current = [asked(1), asked(2), asked(1, other)]
    found = standings(signed(), current, {})
    assert [one.state for one in found] == ["signed", "never-issued", "never-issued"]
    assert [one.asked for one in found] == current


def test_the_same_words_hold_whatever_the_history_says() -> None:
    assert standing(signed(), form(FIRST, "2.0"), ONE, MATERIAL).state == "signed"


# The wording has changed


def test_an_editorial_change_keeps_signatures() -> None:
    found = standing(signed(), form(SECOND, "1.1"), ONE, EDITORIAL)
    assert (found.state, found.unexplained) == ("signed-earlier", False)
    assert found.entry is not None
    assert (found.entry.on, found.entry.version) == (DAY, "1.0")
    assert not found.outstanding


def test_a_material_change_ends_them() -> None:
    found = standing(signed(), form(SECOND, "2.0"), ONE, MATERIAL)
    assert (found.state, found.changes) == ("again", (MATERIAL,))
    assert found.entry is not None
    assert found.entry.version == "1.0"
    assert found.outstanding


def test_again_says_whether_the_new_sheet_is_out() -> None:
    new = form(SECOND, "2.0")
    assert standing(signed(), new, ONE, MATERIAL).sheet is None
    sheet = issue(1, new, LATER)
    found = standing([*signed(), sheet], new, ONE, MATERIAL)
    assert (found.state, found.sheet) == ("again", sheet)
    assert standing([*signed(), *signed(new, LATER)], new, ONE, MATERIAL).state == "signed"


def test_an_editorial_change_after_a_material_one_does_not_mend_it() -> None:
    last = change("2.1", 12)
    found = standing(signed(), form(THIRD, "2.1"), ONE, MATERIAL, last)
    assert (found.state, found.changes) == ("again", (MATERIAL,))
    found = standing(signed(form(SECOND, "2.0")), form(THIRD, "2.1"), ONE, MATERIAL, last)
    assert found.state == "signed-earlier"


def test_every_material_change_since_is_told() -> None:
    third = change("3.0", 12, material=True)
    found = standing(signed(), form(THIRD, "3.0"), ONE, MATERIAL, third)
    assert found.changes == (MATERIAL, third)


@pytest.mark.parametrize("reverse", [True, False])
def test_a_history_may_stand_either_way_round(reverse: bool) -> None:  # noqa: FBT001 a case
    changes = [ONE, MATERIAL, change("2.1", 12)]
    given = changes[::-1] if reverse else changes
    assert standing(signed(), form(THIRD, "2.1"), *given).state == "again"
    latest = signed(form(SECOND, "2.0"))
    assert standing(latest, form(THIRD, "2.1"), *given).state == "signed-earlier"


def test_the_place_in_the_history_counts_and_not_the_day() -> None:
    # Signed when the new version was in force, but on an old sheet.
    entries = signed(on=LATER)
    assert standing(entries, form(SECOND, "2.0"), ONE, MATERIAL).state == "again"


def test_a_version_not_in_the_history_is_placed_by_its_day() -> None:
    old = form(FIRST, "0.9")
    new = form(SECOND, "2.0")
    assert standing(signed(old), new, ONE, MATERIAL).state == "again"
    assert standing(signed(old, LATER), new, ONE, MATERIAL).state == "signed-earlier"
    assert standing(signed(old, MATERIAL.on), new, ONE, MATERIAL).state == "signed-earlier"


def test_versions_of_another_policy_are_not_looked_for() -> None:
    moved = form(FIRST, "1.0", policy="old-online")
    assert standing(signed(moved, LATER), form(SECOND, "2.0"), ONE, MATERIAL).state == (
        "signed-earlier"
    )


@pytest.mark.parametrize("changes", [(), (ONE,)])
def test_a_change_of_words_that_no_entry_explains_is_told(changes: tuple[Change, ...]) -> None:
    found = standing(signed(), form(SECOND), *changes)
    assert (found.state, found.unexplained) == ("signed-earlier", True)


def test_of_several_signatures_the_best_counts() -> None:
    second = form(SECOND, "2.0")
    third = change("2.1", 12)
    both = [*signed(), *signed(second, LATER)]
    found = standing(both, form(THIRD, "2.1"), ONE, MATERIAL, third)
    assert found.state == "signed-earlier"
    assert found.entry is not None
    assert found.entry.version == "2.0"


def test_an_old_sheet_that_is_still_out_is_told_from_a_new_one() -> None:
    sheet = issue()
    found = standing([sheet], form(SECOND, "2.0"), ONE, MATERIAL)
    assert (found.state, found.entry, found.sheet) == ("issued", sheet, None)


VERSIONS = ("1", "2", "3", "4")


@given(st.lists(st.booleans(), min_size=4, max_size=4), st.integers(0, 2), st.integers(1, 3))
def test_a_signature_holds_if_and_only_if_no_later_change_is_material(
    material: list[bool], at: int, days: int
) -> None:
    changes = [
        Change(version, DAY + dt.timedelta(days=days * number), "", material[number])
        for number, version in enumerate(VERSIONS)
    ]
    found = standing(signed(form(FIRST, VERSIONS[at])), form(SECOND, "4"), *changes)
    assert (found.state == "again") == any(material[at + 1 :])
    assert found.changes == tuple(c for c in changes[at + 1 :] if c.material)


# Who is asked


def test_without_a_list_those_who_were_issued_a_form_are_asked() -> None:
    moved = replace(signer(1), group="Maths")
    new = issue(1, form(SECOND, "2.0"))
    entries = [issue(1), issue(2), replace(new, group="Maths"), issue(3, FormNow(*"abcde"))]
    now = form(SECOND, "2.0")
    found = asked_by_ledger(entries, [now])
    assert [(one.signer, one.form) for one in found] == [(moved, now), (signer(2), now)]


def test_leavers_are_told_apart_from_those_not_asked_this_form() -> None:
    loan = FormNow("loan", "Loan", "", "", FIRST)
    entries = [*signed(), issue(2), issue(3), *signed(loan)]
    found = not_asked(entries, [asked(1), asked(3, loan)])
    assert [(one.signer.key, one.form, one.left) for one in found] == [
        ("p-2", "agreement", True),
        ("p-3", "agreement", False),
        ("p-1", "loan", False),
    ]
    assert [one.returned is not None for one in found] == [False, False, True]
    assert all(one.issued for one in found)
    assert not_asked([], [asked(1)]) == []
