"""Lists of people: exports of every dialect in, those who sign out, and no name told."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.diagnostics import as_text
from policygen.model.people import LeftOut, Person, folded
from policygen.readers.people import columns, names, read_people, values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.people import People, PersonKind

AS_OF = dt.date(2026, 9, 7)
ALDER = ("alder-primary", "Alder Primary School", "Alder Primary")


def read(
    data: str | bytes, *, kind: PersonKind | None = None, schools: tuple[str, ...] = ALDER
) -> People:
    found = data.encode() if isinstance(data, str) else data
    return read_people(found, "staff.csv", school_names=schools, as_of=AS_OF, kind=kind)


def people(*lines: str, kind: PersonKind | None = None) -> list[Person]:
    found = read("\n".join(lines), kind=kind)
    assert not found.problems
    return list(found.persons)


def told(found: People) -> list[str]:
    return [f"{p.span.line if p.span else 0} {p.severity}: {p.message}" for p in found.problems]


# A staff list in three dialects

FIRST_NAMES = ("Siân", "Élodie", "Zoë", "Tom", "Łucja", "Ifeoma", "Bea", "Ravi", "Jo-Ann", "Wren")
SURNAMES = ("Testcase", "O’Sample", "Mc Example", "Fiction-Jones", "de Mockup", "Ünreal")
POSTS = ("Teacher", "Teaching assistant", "Cook; cleaner", "Site manager, lettings", "")
HEADER = (
    "Title",
    "Legal Forename(s)",
    "Known as",
    "Surname",
    "Job title",
    "Department",
    "Payroll number",
    "Work email",
    "School",
    "End date",
    "Date of birth",
    "NI number",
)


def staff() -> list[Sequence[str]]:
    lines: list[Sequence[str]] = []
    for number in range(60):
        first, last = FIRST_NAMES[number % 10], SURNAMES[number // 10]
        known = f"{first}-Lee" if number % 7 == 0 else ""
        email = f"p{number}@alder.example"
        rest = (POSTS[number % 5], "Hall, kitchen", f"{number:05}", email, "Alder Primary")
        lines.append(("Mx", first, known, last, *rest, "", "01/02/1990", "QQ123456C"))
    return lines


def exported(delimiter: str, preamble: str = "") -> str:
    def cell(text: str) -> str:
        return f'"{text}"' if delimiter in text else text

    lines = [delimiter.join(map(cell, line)) for line in (HEADER, *staff())]
    return preamble + "\r\n".join(lines) + "\r\n"


def sheet(*lines: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Staff"
    for line in lines:
        page.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


PREAMBLE = "Staff list, autumn\r\nExported 03/09/2026\r\n\r\n"
DIALECTS = {
    "Excel's CSV": exported(",", PREAMBLE).replace("Ł", "L").encode("cp1252"),
    "semicolons": exported(";").encode("utf-8-sig"),
    "Unicode text": exported("\t", PREAMBLE).encode("utf-16"),
    "workbook": sheet(["Staff list"], [], HEADER, *staff()),
}


@pytest.mark.parametrize("data", DIALECTS.values(), ids=list(DIALECTS))
def test_dialects_of_a_staff_list(data: bytes) -> None:
    found = read(data)
    assert found.problems == ()
    assert found.left_out == LeftOut()
    assert len(found.persons) == 60
    first, second, third = found.persons[:3]
    assert (first.name, first.key, first.kind) == ("Siân-Lee Testcase", "staff:0", "staff")
    assert (second.first_name, second.last_name) == ("Élodie", "Testcase")
    assert (third.post, third.department) == ("Cook; cleaner", "Hall, kitchen")
    assert found.persons[17].name == "Ravi O’Sample"
    assert [p.rows for p in found.persons[1:]] == [(first.rows[0] + n,) for n in range(1, 60)]
    assert dict(found.columns)["name"] == "“Known as”, else “Legal Forename(s)” and “Surname”"
    assert "1990" not in repr(found)
    assert "QQ12" not in repr(found)


def test_rows_and_sheet_are_told_as_excel_shows_them() -> None:
    found = read(DIALECTS["workbook"])
    assert (found.sheet, found.persons[0].rows) == ("Staff", (4,))
    assert found.columns_in_words.startswith("name from “Known as”, else")


def test_pupils() -> None:
    found = read(
        "UPN,Forename,Surname,Year,Reg,Parent contact\n"
        "A1,Wren,Testcase,Year 7,7A,01632 960001\n"
        "A2,Wren,Testcase,Yr 07,7B,01632 960002\n"
        "A3,Bea,Fiction,R,Maple,\n"
        "A4,Bea,Fiction,R,Maple,\n"
    )
    one, two, three = found.persons
    assert {p.kind for p in found.persons} == {"pupil"}
    assert (one.key, one.year, one.class_name) == ("pupil:wren testcase 7a", "7", "7A")
    assert (two.key, two.year) == ("pupil:wren testcase 7b", "7")
    assert (three.key, three.year, three.rows) == ("pupil:bea fiction", "R", (4, 5))
    assert told(found) == [
        "4 warning: rows 4 and 5 have the same name and are taken for one person"
    ]
    assert "960" not in repr(found)
    assert "A1" not in repr(found)


# Headings


@pytest.mark.parametrize(
    ("heading", "cells", "name"),
    [
        ("Name,Post", "Wren Testcase,Cook", "Wren Testcase"),
        ("NAME,post", '"TESTCASE, Wren",Cook', "Wren Testcase"),
        ('"Surname, Forename",Post', '"Testcase, Wren",Cook', "Wren Testcase"),
        ('"Surname, Forename",Post', "TESTCASE Wren,Cook", "Wren Testcase"),
        ("First_Name,LastName", "Wren,Testcase", "Wren Testcase"),
        ("Prénom,Forename(s),Family name", "x,Wren,Testcase", "Wren Testcase"),
        ("Forename,Preferred Forename,Surname", "Renata,Wren,Testcase", "Wren Testcase"),
        ("Forename,Known as,Surname", "Renata,Wren Testcase,Testcase", "Wren Testcase"),
        ("Forename,Legal surname,Preferred surname", "Wren,Old,Testcase", "Wren Testcase"),
        ("Forename,First name,Surname", ",Wren,Testcase", "Wren Testcase"),
        ("Full name,First name,Surname", "Wren Testcase,Wren,", "Wren Testcase"),
        ("Surname,House", "Testcase,Red", ""),
        ("Surname,Role", "Testcase,Cook", "Testcase"),
    ],
)
def test_names_are_found(heading: str, cells: str, name: str) -> None:
    found = read(f"{heading}\n{cells}\n").persons
    assert [person.name for person in found] == ([name] if name else [])


def test_a_list_of_names() -> None:
    assert [p.name for p in people("Visitors", "", "Name", "Wren Testcase", "Cher")] == [
        "Wren Testcase",
        "Cher",
    ]


def test_columns_are_told() -> None:
    found = read("Known as,Surname,Reg,Shoe size\nWren,Testcase,7A,4\n")
    assert found.columns_in_words == "name from “Known as” and “Surname”; class from “Reg”"


@pytest.mark.parametrize(
    "data", ["Wren,Testcase,Cook\nBea,Fiction,Clerk\n", "UPN,Year\nA1,7\n", "x\n"]
)
def test_without_headings_nothing_of_the_list_is_told(data: str) -> None:
    (problem,) = read(data).problems
    assert problem.code == "people-columns"
    assert problem.message == "the list has no row of headings that can be understood"
    assert "First name,Last name,Job title,Department" in problem.hint


def test_files_that_are_no_lists() -> None:
    (problem,) = read(b"%PDF-1.7").problems
    assert (problem.code, problem.message) == ("people-file", "the file is a PDF")


def test_every_heading_has_one_meaning() -> None:
    for meaning, text in columns._ALIASES.items():
        for name in text.split(";"):
            assert columns._MEANINGS[columns.squeezed(name)] == meaning
    for private in ("UPN", "Date of birth", "DOB", "Address", "Telephone", "NI number"):
        assert not columns.columns_of([private]).places
    for private in ("Ethnicity", "Medical notes", "Salary", "Gender", "House", "Postcode"):
        assert not columns.columns_of([private]).places


# Names


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("O'BRIEN", "O'Brien"),
        ("o’brien", "O’Brien"),
        ("MCDONALD", "McDonald"),
        ("MACDONALD", "Macdonald"),
        ("MACHIN", "Machin"),
        ("SMITH-JONES", "Smith-Jones"),
        ("D'SOUZA", "D'Souza"),
        ("DE LA CRUZ", "de la Cruz"),
        ("VAN DER BERG", "van der Berg"),
        ("AP RHYS", "ap Rhys"),
        ("BIN SAID", "bin Said"),
        ("DAS GUPTA", "Das Gupta"),
        ("LE FEVRE", "Le Fevre"),
        ("ÉLODIE", "Élodie"),
        ("STRAUß", "Strauß"),
        ("LLŶR", "Llŷr"),
        ("ŁUKASZEK", "Łukaszek"),
        ("İBRAHİM", "Ibrahim"),
        ("ŞAHİN", "Şahin"),
        ("SA'ID", "Sa'id"),
        ("NG", "Ng"),
        ("KC", "KC"),
        ("TESTCASE III", "Testcase III"),
        ("de Souza", "de Souza"),
        ("Mac Donald", "Mac Donald"),
        ("DiMaggio", "DiMaggio"),
        ("bell hooks", "Bell Hooks"),
        ("李", "李"),
        ("\N{ARABIC LETTER ALEF}", "\N{ARABIC LETTER ALEF}"),
    ],
)
def test_case_of_surnames(typed: str, printed: str) -> None:
    assert names._cased(typed, surname=True) == printed
    assert names._cased(printed, surname=True) in {printed, "Ng"}


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        ("WREN", "TESTCASE", ("Wren", "Testcase")),
        ("AJ", "TESTCASE", ("AJ", "Testcase")),
        ("JO", "TESTCASE", ("Jo", "Testcase")),
        ("AL", "Testcase", ("AL", "Testcase")),
        ("J.P.", "TESTCASE", ("J.P.", "Testcase")),
        ("D'ANDRE", "TESTCASE", ("D'Andre", "Testcase")),
        ("Mrs Wren", "Testcase", ("Wren", "Testcase")),
        ("Mr", "Testcase", ("Testcase", "")),
        ("", "TESTCASE", ("Testcase", "")),
        ("=Wren", "@Testcase", ("=Wren", "@Testcase")),
    ],
)
def test_two_columns(first: str, last: str, printed: tuple[str, str]) -> None:
    assert names.parts_of(first, last) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Wren Testcase", ("Wren", "Testcase")),
        ("Dr. Wren Testcase", ("Wren", "Testcase")),
        ("Rev Dr Wren Testcase", ("Wren", "Testcase")),
        ("Wren Testcase (Ms)", ("Wren", "Testcase")),
        ("TESTCASE, Miss Wren", ("Wren", "Testcase")),
        ("DE MOCKUP, WREN ANN", ("Wren Ann", "de Mockup")),
        ("Wren de la Mockup", ("Wren", "de la Mockup")),
        ("Ahmed bin Mockup", ("Ahmed", "bin Mockup")),
        ("Wren Testcase, MBE", ("Wren", "Testcase, MBE")),
        ("WREN TESTCASE JR", ("Wren", "Testcase Jr")),
        ("Madonna", ("Madonna", "")),
        ("Testcase, ", ("Testcase", "")),
        ("Mr Testcase", ("Testcase", "")),
        ("Drew Missing", ("Drew", "Missing")),
        ("Mr", ("", "")),
        ("+Wren -Testcase", ("+Wren", "-Testcase")),
    ],
)
def test_one_column(typed: str, printed: tuple[str, str]) -> None:
    assert names.parts_of_whole(typed) == printed


def test_cells_are_tidied() -> None:
    assert names.tidy(" Sia\u0302n\u00a0\u200b  O’Sample\r\n") == "Siân O’Sample"
    (person,) = people("Name,Post", " Sia\u0302n\u00a0 Testcase,  Head  cook ")
    assert (person.name, person.post) == ("Siân Testcase", "Head cook")


def test_order_in_a_register() -> None:
    typed = ["de Souza Ann", "Émile Bea", "O’Neill Cy", "ONeill Al", "Eaton Di", "Łodz Ed"]
    persons = [
        Person(str(n), "staff", x, x.split()[-1], " ".join(x.split()[:-1]))
        for n, x in enumerate(typed)
    ]
    found = [p.name for p in sorted(persons, key=lambda p: p.sort_key)]
    assert found == [typed[0], typed[4], typed[1], typed[5], typed[3], typed[2]]
    assert Person("k", "staff", "Cher", "Cher", "").sort_key == ("cher", "", "k")


# Days and years


@pytest.mark.parametrize(
    "text",
    [
        *("03/09/2026", "3/9/26", "03-09-2026", "03.09.2026", "2026-09-03", "2026-09-03 00:00:00"),
        *("2026-09-03T10:15:00Z", "3 Sep 2026", "03-Sep-26", "3rd September 2026", "46268"),
        *("Thu 3 Sept 2026", "03/09/2026 00:00", "46268.5"),
    ],
)
def test_days(text: str) -> None:
    assert values.day(text) == dt.date(2026, 9, 3)


@pytest.mark.parametrize("text", ["", "-", "n/a", "Present", "01/01/1900", "00/01/1900", "TBC"])
def test_no_day(text: str) -> None:
    assert values.day(text) is None


@pytest.mark.parametrize(
    "text", ["13/14/2026", "09/31/2026", "2026", "soon", "3 Smarch 2026", "7", "32/1/26", "1/2-26"]
)
def test_bad_days(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the words are not shown
        values.day(text)


@pytest.mark.parametrize("text", ["13/14/2026", "31 Sept 2026", "7A", "2026/27", "Year 15"])
def test_bad_days_and_years_are_shown(text: str) -> None:
    assert values.may_be_shown(text)


@pytest.mark.parametrize(
    "text", ["", "Testcase", "7 Testcase", "7 WT", "01632 960123", "12 High Street", "QQ123456C"]
)
def test_what_may_be_personal_is_not_shown(text: str) -> None:
    assert not values.may_be_shown(text)


def test_years_in_two_digits() -> None:
    assert values.day("1/9/98") == dt.date(1998, 9, 1)
    assert values.day("31/12/9999") == dt.date(9999, 12, 31)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *((text, "7") for text in ("Year 7", "Yr 07", "Y7", "7", "07", "7.0", "year group 7")),
        *((text, "R") for text in ("Reception", "YR", "R", "Year R", "0", "Rec")),
        *((text, "N2") for text in ("Nursery", "N2", "Nursery 2", "-1")),
        *(("N1", "N1"), ("Year 12", "12"), ("14", "14"), ("", ""), ("n/a", "")),
    ],
)
def test_years(text: str, year: str) -> None:
    assert values.year_group(text) == year


@pytest.mark.parametrize("text", ["15", "7A", "2026/27", "Maple", "Year 3/4", "-2"])
def test_bad_years(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the words are not shown
        values.year_group(text)


# Who is left out


def test_leavers_go_and_starters_stay() -> None:
    found = read(
        "Name,Post,Start date,Leaving date,Status\n"
        "Ann Testcase,Cook,01/01/2027,,Current\n"
        "Bea Testcase,Cook,,06/09/2026,\n"
        "Cy Testcase,Cook,,07/09/2026,\n"
        "Di Testcase,Cook,,,Leaver\n"
        "Ed Testcase,Cook,,31/08/2026,\n"
        "Ed Testcase,Head cook,,,\n"
    )
    assert [p.first_name for p in found.persons] == ["Ann", "Cy", "Ed"]
    assert found.persons[2].post == "Head cook"
    assert found.left_out == LeftOut(leavers=2)
    assert not found.problems


def test_people_of_other_schools_go() -> None:
    found = read(
        "Name,Site\nAnn A,ALDER PRIMARY\nBea B,Gull Academy\nCy C,\n"
        "Di D,Gull; Alder Primary\n,Gull\n"
    )
    assert [p.first_name for p in found.persons] == ["Ann", "Cy", "Di"]
    assert found.left_out == LeftOut(elsewhere=2)
    assert not found.problems


def test_a_list_of_another_school() -> None:
    found = read("Name,School\nAnn A,Gull Academy\nBea B,The Fenwick School\nCy C,Gull Academy\n")
    (problem,) = found.problems
    assert problem.code == "people-school"
    assert problem.message.endswith("it names “Gull Academy”, “The Fenwick School”")
    assert read("Name,School\nAnn A,Gull\n", schools=()).persons


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("The St. Mary's School", "St Mary’s School"),
        ("HOLY CROSS & ALL SAINTS", "Holy Cross and All Saints"),
    ],
)
def test_school_names_are_compared_kindly(typed: str, name: str) -> None:
    assert read(f"Name,School\nAnn A,{typed}\n", schools=(name,)).persons


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Name,Post\n", "the list has headings but no people"),
        ("Name,End date\nAnn A,01/01/2020\n", "everybody in the list has left"),
    ],
)
def test_nobody(data: str, message: str) -> None:
    (problem,) = read(data).problems
    assert (problem.code, problem.message) == ("people-none", message)


def test_lines_of_the_report_itself_are_no_people() -> None:
    found = read("Name,Post\nAnn A,Cook\nName,Post\nTotal: 58\nPage 1 of 2\nEnd of report\n")
    assert [p.name for p in found.persons] == ["Ann A"]
    assert not found.problems


# Kinds


@pytest.mark.parametrize(
    ("type_", "post", "kind"),
    [
        ("", "Teacher", "staff"),
        ("", "Parent governor", "governor"),
        ("", "Chair of the Local Governing Body", "governor"),
        ("", "Clerk to the governors", "staff"),
        ("", "Teacher and staff governor", "staff"),
        ("", "Volunteer reader", "volunteer"),
        ("", "Volunteer co-ordinator", "staff"),
        ("", "Visitor", "visitor"),
        ("", "Supply teacher", "supply"),
        ("", "Cover (agency)", "supply"),
        ("", "Contractor", "contractor"),
        ("Trustee", "Teacher", "governor"),
        ("Agency staff", "Teacher", "supply"),
        ("Student", "", "pupil"),
        ("Teaching staff", "Volunteer", "staff"),
        ("Permanent", "Volunteer", "volunteer"),
        ("Contractors", "", "contractor"),
    ],
)
def test_kinds(type_: str, post: str, kind: str) -> None:
    (person,) = people("Name,Job title,Type", f"Wren Testcase,{post},{type_}")
    assert person.kind == kind
    assert person.key == f"{kind}:wren testcase"


def test_kind_of_all() -> None:
    (person,) = people("Name,Class", "Wren Testcase,7A", kind="visitor")
    assert (person.kind, person.class_name) == ("visitor", "7A")


def test_kind_by_columns() -> None:
    assert people("Name,Class", "Wren Testcase,7A")[0].kind == "pupil"
    assert people("Name,Form,Role", "Wren Testcase,7A,")[0].kind == "staff"


# Rows of one person


def test_two_contracts() -> None:
    (person,) = people(
        "Staff code,Name,Post,Department",
        "007,Wren Testcase,Teacher of French,",
        "7,WREN TESTCASE,Head of Year 7,Languages",
        "7,Wren Testcase,TEACHER OF FRENCH,",
    )
    assert person.post == "Teacher of French and Head of Year 7"
    assert (person.key, person.department, person.rows) == ("staff:7", "Languages", (2, 3, 4))


def test_identity_by_code_then_email() -> None:
    (person,) = people(
        "Payroll no,Email,Name,Post",
        "12,Wren@alder.example,Wren Testcase,Cook",
        ",wren@alder.example,Wren Testcase,Cleaner",
    )
    assert (person.key, person.post) == ("staff:12", "Cook and Cleaner")


def test_one_name_without_identity() -> None:
    found = read("Name,Post\nWren Testcase,Cook\nBea B,Cook\nWREN TESTCASE,Cleaner\n")
    assert [p.rows for p in found.persons] == [(2, 4), (3,)]
    assert told(found) == [
        "2 warning: rows 2 and 4 have the same name and are taken for one person"
    ]


def test_one_name_with_two_codes() -> None:
    one, two = people("ID,Name,Post", "1,Wren Testcase,Cook", "2,Wren Testcase,Cook")
    assert (one.key, two.key) == ("staff:1", "staff:2")


def test_one_code_with_two_names() -> None:
    found = read("Initials,Name,Post\nWT,Wren Testcase,Cook\nWT,Will Tester,Cook\n")
    assert [p.key for p in found.persons] == ["staff:wt wren testcase", "staff:wt will tester"]
    (line,) = told(found)
    assert line.startswith("2 warning: rows 2 and 3 have the same code or email but not the same")


def test_governor_and_staff_are_two() -> None:
    rows = ("ID,Name,Post", "1,Wren Testcase,Teacher", "1,Wren Testcase,Staff governor")
    assert [p.key for p in people(*rows)] == ["staff:1", "governor:1"]


# Problems


def test_rows_that_cannot_be_used() -> None:
    found = read(
        "Name,Post,Start date,End date,Year\n"
        ",Cook,,,\n"
        "Ann A,Cook,,13/14/2026,\n"
        "Bea B,Cook,,Bea Testcase,\n"
        "Cy C,Cook,99/99/2026,,\n"
        "Di D,Cook,,,2026/27\n"
        "Ed E,Cook,,,12 Secret Street\n"
        "Si?n F,Cook,,,\n"
        "Year 7,,,,x\n"
        "Gil, G,Cook,,,\n"
        "—,Cook,,,\n"
        "VACANT,Cook,,,\n"
    )
    assert told(found) == [
        "2 error: row 2 has no name",
        "3 error: “13/14/2026” is no date, in row 3",
        "4 error: the end date in row 4 is no date",
        "5 warning: “99/99/2026” is no date, in row 5",
        "6 warning: “2026/27” is no year group, in row 6",
        "7 warning: no year group, in row 7",
        "8 warning: letters of the name in row 8 look damaged",
        "9 warning: no year group, in row 9",
        "9 warning: the name in row 9 holds a figure",
        "10 error: row 10 has more cells than there are headings",
        "11 error: row 11 has no name",
        "12 warning: row 12 is a post that nobody holds",
    ]
    assert {p.code for p in found.problems} == {"person-row"}
    assert found.left_out == LeftOut(unusable=5)
    assert len(found.persons) == 5


def test_a_fault_of_many_rows_is_told_once() -> None:
    rows = "".join(f"Ann {letter},Cook,{letter}lm\n" for letter in "ABCDEF")
    found = read(f"Name,Post,Year\n{rows},Cook,7\nGil G,Cook,Oak\n")
    assert told(found) == [
        "2 warning: no year group, in row 2; the like in 6 more rows: 3 to 7, 9",
        "8 error: row 8 has no name",
    ]


# Laws

CELLS = st.sampled_from(
    [
        *("Name", "Surname", "First name", "Post", "Year", "Class", "ID", "Email", "End date"),
        *("Zqxwren Zqxtest", "ZQXWREN", "zqxtest, zqxwren", "7", "7A", "01/02/2026", "Governor"),
        *("", "", " ", '"', '"x\n"', "-1", "Leaver", "zqx@x.example", "zqxbad", "3/3/3", "Type"),
    ]
)
LISTS = st.lists(st.lists(CELLS, max_size=7).map(",".join), max_size=12).map("\n".join)


@given(st.binary(max_size=200) | LISTS.map(str.encode))
def test_whatever_the_list_reading_ends(data: bytes) -> None:
    read(b"Name,Post,Email,Year,End date,Type\n" + data)
    read(data)


@given(LISTS)
def test_keys_are_unlike_and_problems_name_nobody(text: str) -> None:
    found = read("Name,Post,Email,Year,End date,Type\n" + text)
    keys = [person.key for person in found.persons]
    assert len(set(keys)) == len(keys)
    assert all(person.name and person.rows for person in found.persons)
    assert "zqx" not in as_text(found.problems, {}).casefold()


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=20))
def test_a_name_is_read_alike_again(text: str) -> None:
    first, last = names.parts_of_whole(names.tidy(text))
    assert first or not last
    assert names.parts_of(first, last)[0] or not first
