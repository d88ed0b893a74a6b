"""Packs: who gets which sheets, in which file and in which order."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import documents
from policygen.model.people import Person, PersonKind
from policygen.signing.audiences import YEARS, Calling
from policygen.signing.entries import FormNow
from policygen.signing.packs import (
    GROUP_OF_KIND,
    Agreement,
    Plan,
    file_name,
    group_of,
    plan,
)
from policygen.signing.standing import Standing

DOCUMENT = documents.form_alone()


def agreement(name: str, *kinds: PersonKind, **calling: object) -> Agreement:
    """Give a form that calls on kinds of people."""
    now = FormNow(name, name.capitalize(), "rules", "1", "a" * 64)
    called = Calling(frozenset(kinds), **calling)  # type: ignore[arg-type]
    return Agreement(DOCUMENT, now, called)


STAFF = agreement("staff", "staff")
EVERY_ADULT = agreement("adults", "staff", "governor", "volunteer", "supply", "contractor")
PUPILS = agreement("pupils", "pupil")
PARENTS = agreement("parents", by_child=True)
LOAN = agreement("loan", "staff", "pupil", for_one_thing=True)
ALL = (STAFF, EVERY_ADULT, PUPILS, PARENTS)


def person(
    first: str = "Ada",
    last: str = "Quill",
    kind: PersonKind = "staff",
    **more: str,
) -> Person:
    key = more.pop("key", f"{kind}:{first} {last}".casefold())
    return Person(key, kind, f"{first} {last}".strip(), first, last, **more)  # type: ignore[arg-type]


def pupil(class_name: str, first: str = "Ada", last: str = "Quill", year: str = "") -> Person:
    key = f"pupil:{class_name} {first} {last}"
    return person(first, last, "pupil", class_name=class_name, year=year, key=key)


def groups(made: Plan) -> list[str]:
    return [group.name for group in made.groups]


def sheets(made: Plan) -> list[tuple[str, str]]:
    return [(sheet.person.name, sheet.agreement.now.id) for sheet in made.sheets]


# Groups


def test_pupils_go_by_class_and_others_by_department() -> None:
    teacher = person(department="Science", class_name="7A")
    child = pupil("7A")
    made = plan([child, teacher], ALL)
    assert groups(made) == ["Science", "7A"]
    assert [group_of(one, None) for one in (teacher, child)] == ["Science", "7A"]


def test_a_department_may_be_called_what_a_class_is() -> None:
    teacher = person(department="Music")
    made = plan([pupil("Music"), teacher], ALL)
    assert groups(made) == ["Music", "Music"]
    assert [group.sheets[0].person.kind for group in made.groups] == ["staff", "pupil"]


def test_all_go_by_what_was_asked_for() -> None:
    teacher = person(department="Science", class_name="7A")
    child = replace(pupil("7A"), department="Choir")
    assert groups(plan([teacher, child], ALL, "class")) == ["7A"]
    assert groups(plan([teacher, child], ALL, "department")) == ["Science", "Choir"]


@pytest.mark.parametrize("kind", list(GROUP_OF_KIND))
def test_who_has_neither_goes_with_the_others_of_their_kind(kind: PersonKind) -> None:
    expected = {
        "staff": "Staff",
        "governor": "Governors",
        "volunteer": "Volunteers",
        "visitor": "Visitors",
        "supply": "Supply staff",
        "contractor": "Contractors",
        "pupil": "Pupils",
    }
    assert group_of(person(kind=kind), None) == expected[kind]


@pytest.mark.parametrize(
    ("year", "name"), [("3", "Year 3"), ("R", "Reception"), ("N1", "Nursery"), ("", "Pupils")]
)
def test_a_pupil_without_a_class_goes_by_year(year: str, name: str) -> None:
    assert group_of(pupil("", year=year), None) == name


def test_the_group_stands_with_the_signer() -> None:
    (sheet,) = plan([person(post="Cook", department="Kitchen")], [STAFF]).sheets
    signer = sheet.asked.signer
    assert (signer.key, signer.kind, signer.name) == ("staff:ada quill", "staff", "Ada Quill")
    assert (signer.group, signer.post) == ("Kitchen", "Cook")
    assert sheet.asked.form == STAFF.now


def test_a_group_counts_its_people_once() -> None:
    (group,) = plan([pupil("7A"), pupil("7A", "Ben")], ALL).groups
    assert (group.people, len(group.sheets)) == (2, 4)


# Order


def test_classes_are_in_the_order_of_their_years() -> None:
    names = ["10A", "7B", "R", "1 Oak", "7A", "11B", "Maple", "2C"]
    made = plan([pupil(name) for name in names], ALL)
    assert groups(made) == ["R", "1 Oak", "2C", "7A", "7B", "10A", "11B", "Maple"]


def test_years_of_the_list_put_classes_with_names_in_order() -> None:
    classes = {"Willow": "6", "Acorn": "R", "Beech": "1", "Zebras": "N1", "Ash": "10"}
    made = plan([pupil(name, year=year) for name, year in classes.items()], ALL)
    assert groups(made) == ["Zebras", "Acorn", "Beech", "Willow", "Ash"]


def test_a_class_of_two_years_stands_with_the_younger() -> None:
    mixed = [pupil("Elm", "Ben", year="4"), pupil("Elm", "Cai", year="3"), pupil("Oak", year="3")]
    assert groups(plan([*mixed, pupil("Ash", year="4")], ALL)) == ["Elm", "Oak", "Ash"]


def test_staff_come_before_others_and_these_before_pupils() -> None:
    kinds: list[PersonKind] = ["pupil", "contractor", "supply", "volunteer", "governor", "staff"]
    made = plan([person(kind=kind) for kind in kinds], ALL)
    expected = ["Staff", "Governors", "Volunteers", "Supply staff", "Contractors", "Pupils"]
    assert groups(made) == expected


def test_departments_are_in_natural_order() -> None:
    names = ["Team 10", "team 9", "Art", "Éducation", "Team 9b"]
    made = plan([person(department=name, key=name) for name in names], ALL)
    assert groups(made) == ["Art", "Éducation", "team 9", "Team 9b", "Team 10"]


def test_people_are_in_the_order_of_surnames() -> None:
    names = [
        ("Zoë", "Ångström"),
        ("Maria", "de Souza"),
        ("Ben", "O’Brien"),
        ("Cai", "Obrecht"),
        ("Abi", "O'Brien"),
        ("Eve", "Ælred"),
        ("Ann", "Angus"),
        ("Ian", "van der Berg"),
        ("Solo", ""),
    ]
    made = plan([person(*name) for name in names], [STAFF])
    assert [name for name, _ in sheets(made)] == [
        "Eve Ælred",
        "Zoë Ångström",
        "Ann Angus",
        "Maria de Souza",
        "Cai Obrecht",
        "Abi O'Brien",
        "Ben O’Brien",
        "Solo",
        "Ian van der Berg",
    ]


def test_the_order_of_the_list_does_not_matter() -> None:
    people = [person(f"N{number}", "Quill", key=f"k{number}") for number in range(9)]
    assert plan(people, ALL) == plan(reversed(people), ALL)


def test_two_of_one_name_have_sheets_of_their_own() -> None:
    twins = [person(key="staff:2"), person(key="staff:1")]
    keys = [sheet.person.key for sheet in plan(twins, ALL).sheets]
    assert keys == ["staff:1", "staff:1", "staff:2", "staff:2"]


def test_one_person_s_sheets_lie_together_in_the_order_of_the_forms() -> None:
    people = [person("Ben", "Holt"), person()]
    assert sheets(plan(people, ALL)) == [
        ("Ben Holt", "staff"),
        ("Ben Holt", "adults"),
        ("Ada Quill", "staff"),
        ("Ada Quill", "adults"),
    ]
    assert sheets(plan(people, ALL[::-1]))[:2] == [("Ben Holt", "adults"), ("Ben Holt", "staff")]


# Who is asked


def test_a_pupil_has_a_sheet_and_a_parent_has_one_for_each_child() -> None:
    made = plan([pupil("7A"), pupil("7A", "Ben")], ALL)
    assert [name for _, name in sheets(made)] == ["pupils", "parents"] * 2


def test_people_without_a_form_are_told_in_order_of_their_names() -> None:
    visitors = [person("Ben", "Quill", "visitor"), person("Ada", "Holt", "visitor")]
    made = plan([*visitors, person()], ALL)
    assert [one.name for one in made.unasked] == ["Ada Holt", "Ben Quill"]
    assert groups(made) == ["Staff"]


def test_pupils_of_years_that_no_form_names_take_that_of_younger_ones() -> None:
    small = agreement("small", "pupil", years=frozenset({"R"}))
    big = agreement("big", "pupil", years=frozenset({"3", "4"}))
    made = plan([pupil("", year=year) for year in YEARS[:8]], [small, big])
    given = {sheet.person.year: sheet.agreement.now.id for sheet in made.sheets}
    assert given == {"R": "small", "1": "small", "2": "small", "3": "big", "4": "big", "5": "big"}
    assert [one.year for one in made.unasked] == ["N1", "N2"]


def test_a_pupil_whose_year_is_not_known_has_the_forms_for_all_years_only() -> None:
    small = agreement("small", "pupil", years=frozenset({"R"}))
    assert sheets(plan([pupil("Maple")], [small, PARENTS])) == [("Ada Quill", "parents")]


def test_a_form_for_a_device_is_given_out_when_asked_for() -> None:
    made = plan([person()], [STAFF, LOAN])
    assert sheets(made) == [("Ada Quill", "staff")]
    assert made.on_request == (LOAN,)
    made = plan([person()], [STAFF, LOAN], wanted=["loan"])
    assert sheets(made) == [("Ada Quill", "staff"), ("Ada Quill", "loan")]
    assert made.on_request == ()


def test_nobody_makes_an_empty_plan() -> None:
    assert plan([], ALL) == Plan((), (), ())
    assert plan([], []).sheets == ()


# What is done to a plan


@pytest.fixture
def made() -> Plan:
    """Give a plan of six sheets in three groups."""
    people = [person(), person("Ben", "Holt", "governor"), pupil("7A"), pupil("7A", "Cai")]
    return plan(people, (STAFF, EVERY_ADULT, PUPILS, LOAN))


def test_codes_go_to_the_sheets_in_their_order(made: Plan) -> None:
    codes = [f"C{number}" for number in range(len(made.sheets))]
    issued = made.issued(codes)
    assert [sheet.code for sheet in issued.sheets] == codes
    assert sheets(issued) == sheets(made)
    assert groups(issued) == groups(made)
    assert issued.on_request == made.on_request


def test_standings_go_to_the_sheets_in_their_order(made: Plan) -> None:
    found = [Standing(sheet.asked, "never-issued") for sheet in made.sheets]
    standing = made.standing(found)
    assert all(sheet.standing and sheet.standing.asked == sheet.asked for sheet in standing.sheets)
    assert sheets(standing) == sheets(made)


def test_some_sheets_are_kept_in_their_order_and_empty_groups_go(made: Plan) -> None:
    assert groups(made) == ["Staff", "Governors", "7A"]
    kept = made.only([True, False, False, False, True])
    assert sheets(kept) == [sheets(made)[0], sheets(made)[4]]
    assert groups(kept) == ["Staff", "7A"]
    assert made.only([False] * 5).groups == ()


# Names of files


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("7A", "03-7a"),
        ("7A/7B", "03-7a-7b"),
        ("Design & Technology", "03-design-technology"),
        ("Éducation", "03-education"),
        ("../../etc", "03-etc"),
        ("..\\..\\windows", "03-windows"),
        ("CON", "03-con"),
        ("nul.pdf", "03-nul-pdf"),
        ("=cmd|' /C calc'!A0", "03-cmd-c-calc-a0"),
        ("-rf", "03-rf"),
        ("a\0b\nc", "03-a-b-c"),
        ("", "03"),
        ("🦊", "03"),
        ("王", "03"),
        ("x" * 300, f"03-{'x' * 40}"),
        (f"{'x' * 39}/y", f"03-{'x' * 39}"),
    ],
)
def test_a_file_s_name_keeps_letters_and_figures(group: str, name: str) -> None:
    assert file_name(3, group) == name


SAFE = re.compile(r"[0-9]{2,}(-[a-z0-9]+)*")


@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_names_of_groups_make_safe_names_of_files_all_different(names: list[str]) -> None:
    made = [file_name(number, name) for number, name in enumerate(names, 1)]
    assert all(SAFE.fullmatch(name) and len(name) <= 50 for name in made)
    assert len({name.casefold() for name in made}) == len(names)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_any_classes_and_departments_can_be_put_in_order(names: list[str]) -> None:
    people = [pupil(f"{name} form", f"N{number}") for number, name in enumerate(names)]
    people += [person(f"N{number}", department=f"{name} team") for number, name in enumerate(names)]
    made = plan(people, (STAFF, PUPILS))
    assert len(made.sheets) == 2 * len(names)
    assert set(groups(made)) == {f"{name} {part}" for name in names for part in ("team", "form")}
    kinds = [sheet.person.kind for sheet in made.sheets]
    assert kinds == ["staff"] * len(names) + ["pupil"] * len(names)


def test_a_class_may_be_called_by_a_figure_that_is_no_number() -> None:
    assert groups(plan([pupil("፩"), pupil("²"), pupil("٣")], ALL)) == ["²", "٣", "፩"]
