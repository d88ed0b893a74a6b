"""Audiences as authors write them, read as people of a list."""

from __future__ import annotations

import pytest

from policygen.document import Document, Field, FieldKind, Fields, Form, Text
from policygen.model.people import Person, PersonKind
from policygen.signing.audiences import (
    YEARS,
    Calling,
    calling,
    field_names,
    filled_up,
    year_of,
    years_in_words,
)

ADULTS = "staff governor volunteer supply contractor"


def form(
    *audience: str, id_: str = "agreement", title: str = "Agreement", fields: tuple[str, ...] = ()
) -> Document:
    """Give a form's document with fields of these names."""
    row = tuple(Field(name, (Text(name),)) for name in fields)
    block = Form(id_, (Fields((row,)),), audience=audience)
    return Document(id_, "form", (Text(title),), "Alder Primary", "Alder", "Fern Trust", (block,))


def span(first: str, last: str) -> frozenset[str]:
    """Give school years from one to another."""
    return frozenset(YEARS[YEARS.index(first) : YEARS.index(last) + 1])


def pupil(class_name: str = "", year: str = "") -> Person:
    return Person("p", "pupil", "Ada Quill", "Ada", "Quill", class_name=class_name, year=year)


def adult(kind: PersonKind) -> Person:
    return Person("a", kind, "Ben Holt", "Ben", "Holt")


# Whom a form is for


@pytest.mark.parametrize(
    ("audience", "kinds"),
    [
        ("staff", "staff"),
        ("Staff", "staff"),
        ("all staff", "staff"),
        ("employees", "staff"),
        ("teachers and teaching assistants", "staff"),
        ("support workers", "staff"),
        ("colleagues who work from home", "staff"),
        ("supply-staff", "supply"),
        ("supply teachers", "supply"),
        ("Agency workers", "supply"),
        ("supply staff and contractors", "supply contractor"),
        ("contract staff", "contractor"),
        ("staff and supply staff", "staff supply"),
        ("staff, including supply staff", "staff supply"),
        ("contractors", "contractor"),
        ("governors", "governor"),
        ("governors and trustees", "governor"),
        ("local councillors", "governor"),
        ("company directors", "governor"),
        ("volunteers", "volunteer"),
        ("volunteers and visitors", "volunteer visitor"),
        ("pupils", "pupil"),
        ("students", "pupil"),
        ("all learners", "pupil"),
        ("children", "pupil"),
        ("staff and pupils", "staff pupil"),
        ("everyone whom the policy asks to sign", ADULTS),
        ("everybody", ADULTS),
        ("adults who work with children", f"{ADULTS} pupil"),
        ("account-holders", ""),
        ("guests", ""),
        ("", ""),
    ],
)
def test_an_audience_is_people_of_a_list(audience: str, kinds: str) -> None:
    found = calling(form(audience))
    assert found.kinds == set(kinds.split())
    assert not found.by_child


def test_audiences_add_up() -> None:
    found = calling(form("employees", "governors", "volunteers", "visitors"))
    assert found.kinds == {"staff", "governor", "volunteer", "visitor"}


def test_no_audience_is_nobody() -> None:
    assert calling(form()) == Calling(frozenset())


@pytest.mark.parametrize(
    "audience",
    ["parents", "families", "Parents and carers", "carers", "guardians", "parents of pupils"],
)
def test_a_parent_signs_one_for_each_child(audience: str) -> None:
    found = calling(form(audience))
    assert found.by_child
    assert found.kinds == frozenset()
    assert found.calls(pupil(), "")
    assert not found.calls(adult("staff"), "")


def test_a_pupil_gets_one_sheet_of_a_form_for_parents_and_pupils() -> None:
    assert calling(form("parents", "pupils")) == calling(form("parents"))


def test_staff_sign_a_form_for_parents_and_staff_too() -> None:
    found = calling(form("parents", "staff"))
    assert found.calls(adult("staff"), "")
    assert found.calls(pupil(), "")
    assert not found.calls(adult("governor"), "")


TERMS: list[tuple[str, PersonKind]] = [
    ("academy council", "governor"),
    ("Team members", "staff"),
    ("scholars", "pupil"),
    ("", "pupil"),
]


@pytest.mark.parametrize(
    ("audience", "kinds"),
    [
        ("academy council", "governor"),
        ("the Academy Council and team members", "governor staff"),
        ("scholars in Year 7", "pupil"),
        ("academy councils", ""),
        ("visitors", "visitor"),
    ],
)
def test_a_trust_has_words_of_its_own(audience: str, kinds: str) -> None:
    assert calling(form(audience), TERMS).kinds == set(kinds.split())


def test_words_of_a_trust_s_own_are_unknown_elsewhere() -> None:
    assert calling(form("academy council")).kinds == frozenset()


# School years


@pytest.mark.parametrize(
    ("audience", "years"),
    [
        ("pupils", frozenset()),
        ("pupils in years 3 to 6", span("3", "6")),
        ("pupils in Years 3–6", span("3", "6")),
        ("pupils in Y3-Y6", span("3", "6")),
        ("pupils in Year 3 to Year 6", span("3", "6")),
        ("pupils in years 5 and 6", span("5", "6")),
        ("pupils in years 5 & 6", span("5", "6")),
        ("pupils in Year 5 or Year 6", span("5", "6")),
        ("pupils in years 3, 4 and 5", span("3", "5")),
        ("pupils in years 3 and 6", frozenset({"3", "6"})),
        ("pupils in years 7/8", span("7", "8")),
        ("pupils in Year 7", span("7", "7")),
        ("Y7 pupils", span("7", "7")),
        ("yr 11 pupils", span("11", "11")),
        ("pupils in years R to 2", span("R", "2")),
        ("pupils in years R-2", span("R", "2")),
        ("pupils up to Year 2", span("N1", "2")),
        ("pupils up to the end of Year 2", span("N1", "2")),
        ("pupils up to and including Year 2", span("N1", "2")),
        ("pupils aged 7 to 11", span("3", "6")),
        ("pupils aged 11–16", span("7", "11")),
        ("pupils, ages 4 to 7", span("R", "2")),
        ("7 to 11 year olds who are pupils", span("3", "6")),
        ("pupils in KS1", span("1", "2")),
        ("pupils in key stage 2", span("3", "6")),
        ("pupils in KS3–4", span("7", "11")),
        ("pupils in KS3 and KS4", span("7", "11")),
        ("pupils in key stages 1 and 2", span("1", "6")),
        ("pupils in key stages 1 to 4", span("1", "11")),
        ("pupils in key stages 1 & 2", span("1", "6")),
        ("pupils in Key Stage 5", span("12", "14")),
        ("pupils in EYFS and KS1", span("N1", "2")),
        ("pupils in the early years", span("N1", "R")),
        ("pupils in Reception", span("R", "R")),
        ("pupils in Nursery and Reception", span("N1", "R")),
        ("pupils in Reception and Year 1", span("R", "1")),
        ("pupils in Reception to Year 2", span("R", "2")),
        ("pupils in Reception–Year 2", span("R", "2")),
        ("pupils in Nursery to Key Stage 1", span("N1", "2")),
        ("infant pupils", span("1", "2")),
        ("pupils in the juniors", span("3", "6")),
        ("pupils in the sixth form", span("12", "14")),
        ("post-16 students", span("12", "14")),
        ("students in KS4 and the sixth form", span("10", "14")),
        ("primary pupils", span("R", "6")),
        ("secondary pupils", span("7", "11")),
        ("pupils aged 16 and over", span("12", "14")),
        ("pupils over 16", span("12", "14")),
        ("pupils under 13", span("N1", "8")),
        ("primary carers of pupils", frozenset()),
        ("pupils in year 99", frozenset()),
        ("pupils who joined in the year 2025", frozenset()),
    ],
)
def test_years_stand_in_an_audience(audience: str, years: frozenset[str]) -> None:
    assert calling(form(audience)).years == years


@pytest.mark.parametrize(
    ("id_", "title", "years"),
    [
        ("pupil-agreement-primary", "Agreement", span("R", "6")),
        ("pupil-agreement-secondary", "Agreement", span("7", "11")),
        ("pupil-agreement-early-years", "My rules", span("N1", "R")),
        ("pupil-agreement-sixth-form", "Agreement", span("12", "14")),
        ("pupil-agreement-ks3", "Agreement", span("7", "9")),
        ("pupil-agreement-years-3-to-6", "Agreement", span("3", "6")),
        ("pupil-agreement-years-3-6", "Agreement", span("3", "6")),
        ("agreement-reception-year-2", "Agreement", span("R", "2")),
        ("agreement", "Agreement for pupils aged 7 to 11", span("3", "6")),
        ("agreement", "Agreement 2026–27", frozenset()),
    ],
)
def test_years_stand_in_an_id_or_a_title(id_: str, title: str, years: frozenset[str]) -> None:
    assert calling(form("pupils", id_=id_, title=title)).years == years


def test_an_audience_counts_before_a_title_and_that_before_an_id() -> None:
    title = "Agreement for pupils aged 7 to 11"
    assert calling(form("pupils", id_="primary", title=title)).years == span("3", "6")
    found = calling(form("pupils in Year 2", id_="primary", title=title))
    assert found.years == span("2", "2")


def test_years_are_of_pupils_only() -> None:
    found = calling(form("staff", id_="staff-agreement-primary"))
    assert found.years == frozenset()
    both = calling(form("staff", "pupils in Year 7"))
    assert both.calls(adult("staff"), "")
    assert both.calls(pupil(), "7")
    assert not both.calls(pupil(), "8")


@pytest.mark.parametrize(
    ("audience", "kind"),
    [
        ("parent governors", "governor"),
        ("parents who volunteer", "volunteer"),
        ("parent volunteers", "volunteer"),
    ],
)
def test_parents_may_sign_in_another_capacity(audience: str, kind: PersonKind) -> None:
    found = calling(form(audience))
    assert not found.by_child
    assert found.kinds == {kind}


def test_parents_of_some_years_sign() -> None:
    found = calling(form("parents of children in Year 2"))
    assert found.calls(pupil(), "2")
    assert not found.calls(pupil(), "3")
    assert not found.calls(pupil(), "")


# A pupil's year


@pytest.mark.parametrize(
    ("class_name", "year"),
    [
        ("7A", "7"),
        ("11B", "11"),
        ("10X1", "10"),
        ("07C", "7"),
        ("Y3", "3"),
        ("yr 4", "4"),
        ("Year 5 Oak", "5"),
        ("3/4 Elm", "3"),
        ("2 - Mrs Lark", "2"),
        ("R", "R"),
        ("r", "R"),
        ("Rec", "R"),
        ("Reception Blue", "R"),
        ("RB", "R"),
        ("N", "N2"),
        ("Nursery AM", "N2"),
        ("Rowan", ""),
        ("Maple", ""),
        ("Maple 3", ""),
        ("", ""),
        ("0A", ""),
        ("15A", ""),
        ("99", ""),
        ("2026 leavers", ""),
        ("123", ""),
    ],
)
def test_a_class_tells_the_year(class_name: str, year: str) -> None:
    assert year_of(pupil(class_name)) == year


def test_the_list_s_year_counts_before_the_class() -> None:
    assert year_of(pupil("7A", "8")) == "8"
    assert year_of(pupil("Maple", "R")) == "R"


# Years that no form names


def of_years(first: str, last: str, *, for_one_thing: bool = False) -> Calling:
    return Calling(frozenset({"pupil"}), years=span(first, last), for_one_thing=for_one_thing)


def test_a_year_that_no_form_names_takes_the_form_of_younger_years() -> None:
    whole = filled_up({"small": of_years("N1", "R"), "big": of_years("3", "6")})
    assert whole["small"].years == span("N1", "2")
    assert whole["big"].years == span("3", "14")


def test_no_year_takes_the_form_of_older_ones() -> None:
    whole = filled_up({"big": of_years("3", "6"), "bigger": of_years("7", "11")})
    assert whole["big"].years == span("3", "6")
    assert not any(each.calls(pupil(), "2") for each in whole.values())


def test_all_forms_of_the_younger_years_are_taken() -> None:
    whole = filled_up({"rules": of_years("1", "2"), "images": of_years("2", "2")})
    assert whole["rules"].years == span("1", "14")
    assert whole["images"].years == span("2", "14")


def test_a_form_for_all_pupils_leaves_no_year_without() -> None:
    every = Calling(frozenset({"pupil"}))
    callings = {"small": of_years("N1", "R"), "every": every}
    assert filled_up(callings) == callings


def test_a_form_that_goes_with_a_device_leaves_them_without() -> None:
    device = Calling(frozenset({"pupil"}), for_one_thing=True)
    whole = filled_up({"small": of_years("N1", "R"), "device": device})
    assert whole["small"].years == span("N1", "14")
    assert whole["device"] == device


def test_forms_of_parents_and_staff_stay_as_they_are() -> None:
    callings = {
        "parents": Calling(frozenset(), by_child=True, years=span("1", "2")),
        "staff": Calling(frozenset({"staff"})),
    }
    assert filled_up(callings) == callings


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (frozenset(), ""),
        (frozenset({"X"}), ""),
        (span("N1", "N2"), "Nursery"),
        (span("R", "R"), "Reception"),
        (span("7", "7"), "Year 7"),
        (span("5", "6"), "Years 5 and 6"),
        (span("7", "11"), "Years 7 to 11"),
        (span("9", "10"), "Years 9 and 10"),
        (span("N1", "2"), "Nursery to Year 2"),
        (span("N2", "R"), "Nursery to Reception"),
        (span("R", "6"), "Reception to Year 6"),
    ],
)
def test_years_are_told_as_people_say_them(years: frozenset[str], told: str) -> None:
    assert years_in_words(years) == told


# Forms that go with a device or an account


@pytest.mark.parametrize(
    "name",
    ["asset_tag", "serial_number", "issued_on", "returned_on", "account_name", "platform"],
)
def test_a_form_with_such_a_field_goes_with_one_thing(name: str) -> None:
    assert calling(form("staff", fields=("name", name))).for_one_thing


def test_other_forms_go_to_everybody() -> None:
    fields = ("name", "post", "signature", "date", "received_on")
    assert not calling(form("staff", fields=fields)).for_one_thing


@pytest.mark.parametrize("kind", ["text", "date"])
def test_fields_of_the_office_count_too(kind: FieldKind) -> None:
    own = Fields(((Field("name", (Text("Name"),)),),))
    office = Fields(((Field("issued_on", (Text("Issued on"),), kind),),), "office")
    block = Form("loan", (own, office), audience=("staff",))
    document = Document("loan", "form", (Text("Loan"),), "Alder", "Alder", "Fern", (block,))
    assert field_names(document) == ["name", "issued_on"]
    assert calling(document).for_one_thing
