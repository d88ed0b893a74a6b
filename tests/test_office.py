"""The school office from end to end: packs, registers, returns, and who has still to sign."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest

from git_repository import Repository
from office_desk import DAY, FILES, LATER, STAFF, Desk
from policygen.document import lines
from policygen.writers import RendererMissing
from tagged_text import TaggedText

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from click.testing import Result

    from policygen.document import Document
    from policygen.writers.theme import Theme

NAMES = ("Quillfeather", "Brackenwhistle", "Larkspur", "Zebedee", "Ottoline", "Ignatius")


def as_lines(
    documents: Sequence[Document], format_: str, theme: Theme, title: str, *, both_sides: bool
) -> bytes:
    """Give the lines of documents in place of a PDF, which takes long to make."""
    how = f"{format_}, both sides: {both_sides}, large: {theme.large_print}"
    whole = [f"[{title}]", how, *(line for each in documents for line in ("---", *lines(each)))]
    return "\n".join(whole).encode()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a desk whose packs are plain text."""
    monkeypatch.setattr("policygen.work.bind", as_lines)
    joined = "policygen.office.packs.join"
    monkeypatch.setattr(joined, lambda parts, title: b"\n".join([f"<{title}>".encode(), *parts]))
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


def written(desk: Desk, name: str) -> str:
    """Give a file of a pack of plain text."""
    return (desk.packs / name).read_text("utf-8")


def codes_in(text: str) -> list[str]:
    return re.findall(r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$", text, re.MULTILINE)


def code_of(desk: Desk, name: str, form: str = "staff-agreement") -> str:
    (code,) = {x["code"] for x in desk.lines() if x["form"] == form and name in x["name"]}
    return code


def rows(result: Result) -> list[dict[str, str]]:
    """Give the rows of a list that was printed as CSV."""
    return list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))


def to_sign(desk: Desk, *args: str | Path) -> list[str]:
    """Give the names of those who have still to sign, in the list's order."""
    result = desk.run("outstanding", "--format", "csv", *args, on=LATER)
    assert result.exit_code == 0, result.output
    return [row["Name"] for row in rows(result)]


# A pack, printed ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Result]:
    """Give a desk with a real pack, and what the command said."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    return desk, desk.pack("staff.csv", "--blank", "1")


def test_a_pack_has_a_file_for_each_group(printed: tuple[Desk, Result]) -> None:
    desk, result = printed
    assert result.exit_code == 0, result.output
    cover, *others = desk.files()
    assert cover == "00-cover-and-register.pdf"
    assert others == ["01-kitchen.pdf", "02-science.pdf", "03-spare.pdf"]
    assert "  staff-agreement: 3 sheets\n" in result.stdout
    assert "ask for it with --form device-loan" in result.stdout
    assert f"into {desk.packs}/. Start at 00-cover-and-register.pdf" in result.stdout
    assert f"What was issued is in {desk.ledger}." in result.stdout


def test_each_sheet_is_in_the_ledger_with_the_code_it_bears(printed: tuple[Desk, Result]) -> None:
    desk, _ = printed
    issued = [(line["on"], line["event"], line["name"]) for line in desk.lines()]
    assert issued == [
        (DAY, "issued", "Ignatius Larkspur-Vane"),
        (DAY, "issued", "Ottoline Brackenwhistle"),
        (DAY, "issued", "Zebedee Quillfeather"),
    ]
    tagged = TaggedText((desk.packs / "02-science.pdf").read_bytes())
    told = tagged.text(tagged.root)
    codes = [line["code"] for line in desk.lines()]
    assert codes_in(told) == codes[1:]
    assert told.index("Ottoline Brackenwhistle") < told.index("Zebedee Quillfeather")
    assert "Technician" in told
    assert "Ignatius" not in told


def test_the_cover_tells_what_is_there_and_the_register_every_code(
    printed: tuple[Desk, Result],
) -> None:
    desk, _ = printed
    tagged = TaggedText((desk.packs / "00-cover-and-register.pdf").read_bytes())
    told = " ".join(tagged.text(tagged.root).split())
    assert "Made on: 3 September 2026 People: 3 Sheets: 4" in told
    assert "01-kitchen 1 1" in told
    assert "02-science 2 2" in told
    assert "Staff agreement 1 3 1" in told
    assert "Print on both sides" in told
    for line in desk.lines():
        assert line["code"] in told


def test_spare_ones_name_nobody(printed: tuple[Desk, Result]) -> None:
    desk, _ = printed
    tagged = TaggedText((desk.packs / "03-spare.pdf").read_bytes())
    told = tagged.text(tagged.root)
    assert "I keep my password to myself." in told
    assert not codes_in(told)
    assert not any(name in told for name in NAMES)


def test_the_same_list_makes_the_same_files_and_no_new_lines(printed: tuple[Desk, Result]) -> None:
    desk, _ = printed
    files = {path.name: path.read_bytes() for path in desk.packs.iterdir()}
    ledger = desk.ledger.read_bytes()
    again = desk.pack("staff.csv", "--blank", "1", "--jobs", "2")
    assert again.exit_code == 0, again.output
    assert {path.name: path.read_bytes() for path in desk.packs.iterdir()} == files
    assert desk.ledger.read_bytes() == ledger


# What a pack holds -------------------------------------------------------------------------


def test_a_later_pack_keeps_codes_and_adds_who_is_new(desk: Desk) -> None:
    desk.pack()
    before = desk.lines()
    desk.write("more.csv", f"{STAFF}S4,Hyacinth,Underbough,Cleaner,Kitchen\n")
    assert desk.pack("more.csv", on=LATER).exit_code == 0
    *old, new = desk.lines()
    assert old == before
    assert (new["on"], new["name"]) == (LATER, "Hyacinth Underbough")
    codes = [code_of(desk, "Larkspur"), code_of(desk, "Underbough")]
    assert codes_in(written(desk, "01-kitchen.pdf")) == codes


def test_pupils_have_sheets_by_class_and_parents_theirs(desk: Desk) -> None:
    result = desk.pack("pupils.csv")
    assert result.exit_code == 0
    assert desk.files() == ["00-cover-and-register.pdf", "01-acorn.pdf", "02-2b.pdf"]
    told = written(desk, "02-2b.pdf")
    names = re.findall(r"^(?:Parent|Pupil) agreement$|^\w+ [\w-]+ *$", told, re.MULTILINE)
    assert [name for name in names if "agreement" in name] == [
        "Parent agreement",
        "Pupil agreement",
    ] * 2
    lysander, peregrine = "Lysander Copperfield-Ash", "Peregrine Dovetail"
    assert told.index(lysander) < told.index(peregrine)
    assert told.count(lysander) == told.count(peregrine) == 2
    assert len(desk.lines()) == 6


def test_by_class_or_department_if_asked(desk: Desk) -> None:
    desk.pack("staff.csv", "--by", "class")
    assert desk.files() == ["00-cover-and-register.pdf", "01-staff.pdf"]


def test_a_form_for_a_device_is_packed_when_asked_for(desk: Desk) -> None:
    assert desk.pack("staff.csv", "--form", "device-loan").exit_code == 0
    assert {line["form"] for line in desk.lines()} == {"device-loan"}
    assert len(desk.lines()) == 3


def test_a_policy_s_forms_alone(desk: Desk) -> None:
    result = desk.pack("pupils.csv", "--policy", "rules", "--as", "pupil")
    assert result.exit_code == 0
    assert "There is nothing to print." in result.stdout
    assert "No form is for 3 people of the list: rows 2 to 4." in result.stderr
    assert desk.lines() == []


def test_a_list_can_be_taken_for_another_kind_of_people(desk: Desk) -> None:
    assert desk.pack("staff.csv", "--as", "pupil").exit_code == 0
    assert {line["kind"] for line in desk.lines()} == {"pupil"}
    assert {line["form"] for line in desk.lines()} == {"pupil-agreement", "parent-agreement"}


def test_only_those_who_have_still_to_sign(desk: Desk) -> None:
    desk.pack()
    desk.run("record", code_of(desk, "Quillfeather"))
    before = desk.ledger.read_bytes()
    result = desk.pack("staff.csv", "--outstanding", "--out", desk.folder / "again", on=LATER)
    assert "  staff-agreement: 2 sheets\n" in result.stdout
    told = "".join(path.read_text("utf-8") for path in (desk.folder / "again").iterdir())
    assert "Brackenwhistle" in told
    assert "Quillfeather" not in told
    assert desk.ledger.read_bytes() == before


def test_when_all_have_signed_there_is_nothing_to_print(desk: Desk) -> None:
    desk.pack()
    desk.run("record", *(line["code"] for line in desk.lines()))
    result = desk.pack("staff.csv", "--outstanding", "--out", desk.folder / "again")
    assert result.exit_code == 0
    assert "There is nothing to print." in result.stdout
    assert not (desk.folder / "again").exists()


def test_spare_ones_without_a_list(desk: Desk) -> None:
    result = desk.pack("", "--blank", "2", "--form", "device-loan", "--form", "staff-agreement")
    assert result.exit_code == 0, result.output
    assert desk.files() == ["00-cover-and-register.pdf", "01-spare.pdf"]
    told = written(desk, "01-spare.pdf").splitlines()
    assert (told.count("Loan of a device"), told.count("Staff agreement")) == (2, 2)
    assert told.count("Pupil agreement") == 0
    assert desk.lines() == []


def test_spare_ones_of_every_form(desk: Desk) -> None:
    assert desk.pack("", "--blank", "1").exit_code == 0
    told = written(desk, "01-spare.pdf").splitlines()
    titles = ("Staff agreement", "Pupil agreement", "Parent agreement", "Loan of a device")
    assert [told.count(title) for title in titles] == [1, 1, 1, 1]


def test_one_file_if_asked(desk: Desk) -> None:
    result = desk.pack("staff.csv", "--single", "--blank", "1")
    assert desk.files() == ["pack.pdf"]
    assert "Wrote 3 sheets and 1 spare form in 1 file" in result.stdout
    told = written(desk, "pack.pdf")
    assert told.startswith("<Signature forms · Alder Primary>")
    assert codes_in(told)[-3:] == [line["code"] for line in desk.lines()]
    assert told.count("I keep my password to myself.") == 4


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("", "pdf, both sides: True, large: False"),
        ("--one-sided", "pdf, both sides: False, large: False"),
        ("--large-print", "pdf, both sides: True, large: True"),
    ],
)
def test_how_it_is_printed(desk: Desk, option: str, told: str) -> None:
    desk.pack("staff.csv", *filter(None, [option]))
    for name in desk.files():
        assert told in written(desk, name)
    side = "Print on one side." if option == "--one-sided" else "Print on both sides"
    assert side in written(desk, "00-cover-and-register.pdf")


def test_both_formats_have_the_same_sheets(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policygen.office.packs.SHEETS_AT_ONCE", 1)
    result = desk.pack("staff.csv", "--format", "docx", "--format", "pdf")
    assert result.exit_code == 0, result.output
    stems = ("00-cover-and-register", "01-kitchen", "02-science")
    assert desk.files() == [f"{stem}.{ending}" for stem in stems for ending in ("docx", "pdf")]
    pdf, docx = written(desk, "02-science.pdf"), written(desk, "02-science.docx")
    codes = [code_of(desk, "Brackenwhistle"), code_of(desk, "Quillfeather")]
    assert codes_in(pdf) == codes_in(docx) == codes
    assert pdf.count("pdf, both sides") == 2, "in parts"
    assert docx.count("docx, both sides") == 1, "in one go"
    assert pdf.startswith("<Science · Alder Primary>\n[Science · Alder Primary]\n")


def test_what_is_left_from_an_earlier_pack_is_told(desk: Desk) -> None:
    desk.pack("staff.csv", "--single")
    (desk.packs / "notes.pdf").write_bytes(b"mine")
    result = desk.pack()
    assert "pack.pdf is left from an earlier pack." in result.stderr
    assert "notes.pdf" not in result.output


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    before = sorted(desk.folder.rglob("*"))
    result = desk.pack("staff.csv", "--dry-run", "--blank", "3")
    assert result.exit_code == 0
    assert "  staff-agreement: 3 sheets\n" in result.stdout
    assert "Wrote" not in result.stdout
    assert sorted(desk.folder.rglob("*")) == before


# Wrong use and errors ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "args", "told"),
    [
        ("pack", ["--form", "staff-agrement"], "no form “staff-agrement”. Did you mean “staff-ag"),
        ("pack", ["--policy", "rule"], "there is no policy “rule”. Did you mean “rules”?"),
        ("outstanding", ["--form", "staf-agreement"], "Did you mean “staff-agreement”?"),
        ("outstanding", ["--policy", "xyz"], "there is no policy “xyz”. There are: rules."),
        ("register", ["--form", "parents-agreement"], "Did you mean “parent-agreement”?"),
        ("pack", ["--blank", "-1"], "-1 is not in the range"),
        ("pack", ["--on", "3/9/2026"], "does not match the format"),
        ("pack", ["--as", "wizard"], "'wizard' is not one of"),
    ],
)
def test_wrong_use_exits_with_2(desk: Desk, verb: str, args: list[str], told: str) -> None:
    people = ("--people", desk.folder / "staff.csv")
    on = "" if "--on" in args else DAY
    result = desk.run(verb, *people, *args, on=on)
    assert result.exit_code == 2, result.output
    assert told in " ".join(result.stderr.split())
    assert not desk.records.exists()
    assert not desk.packs.exists()


@pytest.mark.parametrize("verb", ["pack", "register", "record", "outstanding"])
def test_a_school_that_is_not_there_exits_with_2(desk: Desk, verb: str) -> None:
    people = ("--people", desk.folder / "staff.csv")
    given = {"record": ("K7QF-2M9P-X",), "outstanding": ()}.get(verb, people)
    result = desk.run(verb, *given, school="aldr")
    assert result.exit_code == 2
    assert "there is no school “aldr”. Did you mean “alder”?" in result.stderr


def test_a_pack_needs_people_or_a_number(desk: Desk) -> None:
    result = desk.pack("")
    assert result.exit_code == 2
    assert "--people" in result.stderr
    assert "--blank" in result.stderr


def test_sources_that_are_not_there_exit_with_2(desk: Desk) -> None:
    result = desk.run("outstanding", "--source", desk.folder / "nowhere")
    assert result.exit_code == 2
    assert "policygen init policy_src" in result.stderr


def test_sources_that_can_not_be_read_exit_with_1(desk: Desk) -> None:
    (desk.source / "trust.yaml").unlink()
    result = desk.pack()
    assert result.exit_code == 1
    assert "the files of “alder” have errors; nothing was done" in result.stderr
    assert not desk.packs.exists()


@pytest.mark.parametrize("verb", ["pack", "register"])
def test_a_list_that_names_nobody_exits_with_1(desk: Desk, verb: str) -> None:
    nobody = desk.write("nobody.csv", "First name,Last name\n")
    result = desk.run(verb, "--people", nobody)
    assert result.exit_code == 1
    assert "names nobody who could sign" in result.stderr
    assert not desk.packs.exists()


def test_a_list_for_whom_there_is_no_form_has_no_register(desk: Desk) -> None:
    result = desk.run("register", "--people", desk.folder / "staff.csv", "--as", "visitor")
    assert result.exit_code == 1
    assert "no form of the school is for anybody in the list" in result.stderr


def spoil(desk: Desk, form: str) -> None:
    """Put an error into a form: the school's address is not told."""
    desk.edit(
        f"forms/{form}.yaml", "statements:\n", "statements:\n  - text: At {{ school.address }}.\n"
    )


def test_a_form_with_an_error_does_not_stop_the_others(desk: Desk) -> None:
    spoil(desk, "pupil-agreement")
    result = desk.pack("pupils.csv")
    assert result.exit_code == 1
    assert "error[missing-value]" in result.stderr
    assert "The form “pupil-agreement” can't be given out: it has errors." in result.stderr
    assert {line["form"] for line in desk.lines()} == {"parent-agreement"}
    assert "02-2b.pdf" in desk.files()


def test_an_error_in_a_form_that_was_not_asked_for_fails_nothing(desk: Desk) -> None:
    spoil(desk, "pupil-agreement")
    result = desk.pack("pupils.csv", "--form", "parent-agreement")
    assert result.exit_code == 0
    assert "can't be given out" not in result.stderr
    assert desk.pack("pupils.csv", "--form", "pupil-agreement").exit_code == 1


def test_a_row_that_can_not_be_used_is_told_and_the_rest_packed(desk: Desk) -> None:
    desk.write("odd.csv", f"{STAFF}S4,,,Cleaner,Kitchen\n")
    result = desk.pack("odd.csv")
    assert "row 5" in result.stderr
    assert result.exit_code == 1
    assert len(desk.lines()) == 3


def test_a_file_that_can_not_be_printed_does_not_stop_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(documents: Sequence[Document], *args: Any, **more: Any) -> bytes:  # noqa: ANN401
        if args[2].startswith("Science"):
            message = "no ink"
            raise ValueError(message)
        return as_lines(documents, *args, **more)

    monkeypatch.setattr("policygen.work.bind", fails)
    result = desk.pack()
    assert result.exit_code == 1
    assert "error[writer-failed]" in result.stderr
    assert "no ink" in result.stderr
    assert desk.files() == ["00-cover-and-register.pdf", "01-kitchen.pdf"]
    assert len(desk.lines()) == 3, "in the ledger before they are printed"


def test_a_ledger_that_can_not_be_read_stops_all(desk: Desk) -> None:
    desk.ledger.mkdir(parents=True)
    for result in (desk.pack(), desk.run("outstanding"), desk.run("record", "K7QF-2M9P-X")):
        assert result.exit_code == 1
        assert "is no file" in result.stderr
    assert not desk.packs.exists()


# Returns -----------------------------------------------------------------------------------


def test_codes_are_recorded_however_they_are_typed(desk: Desk) -> None:
    desk.pack()
    first, second, third = (line["code"] for line in desk.lines())
    typed = (first, second.lower().replace("-", " "), third.replace("-", "").lower())
    result = desk.run("record", *typed, on=LATER)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{first}: recorded",
        f"{second}: recorded",
        f"{third}: recorded",
        "3 sheets recorded.",
    ]
    returned = [line for line in desk.lines() if line["event"] == "returned"]
    assert [(line["on"], line["code"]) for line in returned] == [
        (LATER, code) for code in (first, second, third)
    ]
    assert to_sign(desk) == []


def test_a_sheet_is_recorded_once(desk: Desk) -> None:
    desk.pack()
    code = code_of(desk, "Larkspur")
    desk.run("record", code)
    before = desk.ledger.read_bytes()
    result = desk.run("record", code, on=LATER)
    assert result.exit_code == 0
    assert f"{code}: was recorded before, on 03/09/2026" in result.stdout
    assert "1 sheet recorded before" in result.stdout
    assert desk.ledger.read_bytes() == before


def test_scans_are_read_with_headings_blanks_and_mistakes(desk: Desk) -> None:
    desk.pack()
    first, second, third = (line["code"] for line in desk.lines())
    wrong = third[:-1] + ("0" if third[-1] != "0" else "1")
    text = (
        "Scanned on,Code,Who\n"
        f"12/09/2026,{first},Ignatius\n\n"
        f"12/09/2026,{second.replace('-', '')},\n"
        ",,\n"
        f"Zebedee Quill,{wrong},\n"
    )
    result = desk.run("record", "--from", desk.write("scans.csv", text), on=LATER)
    assert result.exit_code == 1
    assert f"row 2: {first}: recorded" in result.stdout
    assert f"row 4: {second}: recorded" in result.stdout
    assert re.search(r"^row 6: what stands there: is no code: ", result.stderr, re.MULTILINE)
    assert "2 sheets recorded; 1 code not understood or not known." in result.stdout
    assert not any(name in result.output for name in NAMES)
    assert wrong not in result.output
    assert [line["code"] for line in desk.lines() if line["event"] == "returned"] == [first, second]


def test_scans_without_headings_are_read_from_the_first_row(desk: Desk) -> None:
    desk.pack()
    codes = [line["code"] for line in desk.lines()]
    scans = desk.write("scans.txt", "\n".join(f"]Q3{code.replace('-', '')}" for code in codes))
    result = desk.run("record", "--from", scans)
    assert result.exit_code == 0, result.output
    assert "3 sheets recorded." in result.stdout


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("K7QF-2M9P", "K7QF-2M9P: is no code: 1 character is missing"),
        ("", "is no code: there is no code"),
        ("Zebedee Quillfeather", "what stands there: is no code"),
    ],
)
def test_a_mistyped_code_is_told(desk: Desk, typed: str, told: str) -> None:
    result = desk.run("record", typed)
    assert result.exit_code == 1
    assert told in result.stderr
    assert "Quillfeather" not in result.output


def test_a_code_of_another_school_is_unknown(desk: Desk) -> None:
    desk.pack()
    code = code_of(desk, "Larkspur")
    desk.ledger.unlink()
    result = desk.run("record", code)
    assert result.exit_code == 1
    assert f"{code}: no sheet of this school has this code" in result.stderr


def test_a_return_can_be_taken_back(desk: Desk) -> None:
    desk.pack()
    code = code_of(desk, "Larkspur")
    desk.run("record", code)
    result = desk.run("record", "--take-back", code, on=LATER)
    assert result.exit_code == 0
    assert "1 sheet taken back." in result.stdout
    assert "Ignatius Larkspur-Vane" in to_sign(desk)
    again = desk.run("record", "--take-back", code, on=LATER)
    assert again.exit_code == 1
    assert f"{code}: was not recorded as returned" in again.stderr


def test_recording_nothing_is_wrong_use(desk: Desk) -> None:
    assert desk.run("record").exit_code == 2


def test_scans_that_are_no_list_exit_with_1(desk: Desk) -> None:
    (desk.folder / "scans.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    result = desk.run("record", "--from", desk.folder / "scans.xls")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")


# Who has still to sign ---------------------------------------------------------------------


def test_nothing_issued_is_told(desk: Desk) -> None:
    result = desk.run("outstanding")
    assert result.exit_code == 0
    assert "Nothing was issued yet" in result.stdout
    assert not desk.records.exists()


def test_a_list_that_was_never_packed_is_outstanding(desk: Desk) -> None:
    result = desk.run("outstanding", "--people", desk.folder / "staff.csv", "--format", "csv")
    assert [row["What is wanted"] for row in rows(result)] == ["Not issued yet"] * 3
    assert not desk.records.exists()


def test_a_table_tells_who_has_still_to_sign(desk: Desk) -> None:
    desk.pack()
    desk.run("record", code_of(desk, "Quillfeather"))
    result = desk.run("outstanding", "--people", desk.folder / "staff.csv")
    heading, *told = [re.split(r" {2,}", line) for line in result.stdout.splitlines()]
    assert heading == ["Group", "Name", "Post", "Form", "Version", "What is wanted", "Code"]
    issued = ["Staff agreement", "1", "Issued on 03/09/2026"]
    cook, technician = code_of(desk, "Larkspur"), code_of(desk, "Brackenwhistle")
    assert told == [
        ["Kitchen", "Ignatius Larkspur-Vane", "Cook", *issued, cook],
        ["Science", "Ottoline Brackenwhistle", "Technician", *issued, technician],
    ]
    assert "2 forms outstanding, 1 of 3 signed." in result.stderr
    assert result.exit_code == 0


def test_without_a_list_the_ledger_tells(desk: Desk) -> None:
    desk.pack()
    assert to_sign(desk) == to_sign(desk, "--people", desk.folder / "staff.csv")
    assert len(to_sign(desk)) == 3


def test_the_exit_code_tells_if_asked(desk: Desk) -> None:
    desk.pack()
    assert desk.run("outstanding", "--exit-code").exit_code == 1
    desk.run("record", *(line["code"] for line in desk.lines()))
    done = desk.run("outstanding", "--exit-code")
    assert done.exit_code == 0
    assert "0 forms outstanding, 3 of 3 signed." in done.stderr


def test_a_file_if_asked(desk: Desk) -> None:
    desk.pack()
    target = desk.folder / "lists" / "left.csv"
    result = desk.run("outstanding", "--format", "csv", "--out", target)
    assert result.stdout == ""
    assert target.read_bytes() == desk.run("outstanding", "--format", "csv").stdout_bytes


def test_a_page_to_print(desk: Desk) -> None:
    desk.pack()
    result = desk.run("outstanding", "--format", "pdf")
    assert result.exit_code == 0
    tagged = TaggedText((desk.packs / "alder" / "outstanding.pdf").read_bytes())
    told = " ".join(tagged.text(tagged.root).split())
    assert "Forms still to be signed Made on: 3 September 2026 Outstanding: 3" in told
    assert "Kitchen Name Form What is wanted Done Ignatius Larkspur-Vane Staff agreement" in told
    assert tagged.reader.metadata.title == "Forms still to be signed"


def test_forms_and_policies_can_be_chosen(desk: Desk) -> None:
    desk.pack()
    desk.pack("pupils.csv")
    assert len(to_sign(desk)) == 9
    assert len(to_sign(desk, "--form", "pupil-agreement")) == 3
    assert len(to_sign(desk, "--policy", "rules")) == 3


def test_a_device_form_is_wanted_of_whoever_was_given_it(desk: Desk) -> None:
    desk.pack("staff.csv", "--form", "device-loan")
    desk.write("one.csv", "\n".join(STAFF.splitlines()[:2]))
    result = desk.run("outstanding", "--people", desk.folder / "one.csv", "--format", "csv")
    assert [row["Form"] for row in rows(result)] == ["Staff agreement", "Loan of a device"]


def test_a_leaver_is_no_longer_asked(desk: Desk) -> None:
    desk.pack()
    desk.write("left.csv", "\n".join(STAFF.splitlines()[:-1]))
    result = desk.run("outstanding", "--people", desk.folder / "left.csv", "--format", "csv")
    assert [row["Name"] for row in rows(result)] == [
        "Ottoline Brackenwhistle",
        "Zebedee Quillfeather",
    ]
    assert "1 person in the ledger is not in the list." in result.stderr
    dated = [line + ("," if line[1] != "3" else ",31/10/2026") for line in STAFF.splitlines()[1:]]
    header = f"{STAFF.splitlines()[0]},Leaving date"
    desk.write("dated.csv", "\n".join([header, *dated]))
    names = to_sign(desk, "--people", desk.folder / "dated.csv")
    assert names == ["Ottoline Brackenwhistle", "Zebedee Quillfeather"]


def test_who_is_in_the_list_is_not_gone_because_a_form_was_chosen(desk: Desk) -> None:
    desk.pack()
    people = ("--people", desk.folder / "staff.csv")
    result = desk.run("outstanding", *people, "--form", "pupil-agreement")
    assert "0 forms outstanding" in result.stderr
    assert "in the ledger" not in result.stderr


FORMULA = "=cmd|' /C calc'!A0"


def test_no_cell_of_a_list_is_a_formula(desk: Desk) -> None:
    header = STAFF.splitlines()[0]
    text = f'{header}\nS1,"@{FORMULA}","{FORMULA}","+44","-Team"\nS2,Ada,Quill,"=1+1","\t=2"\n'
    desk.write("odd.csv", text)
    assert desk.pack("odd.csv").exit_code == 0
    result = desk.run("outstanding", "--format", "csv")
    cells = [cell for row in rows(result) for cell in row.values()]
    assert any("cmd" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@]", cell)]
    raw = list(csv.reader(io.StringIO(desk.ledger.read_text("utf-8-sig"))))
    assert not [cell for row in raw for cell in row if re.match(r"\s*[=+\-@]", cell)]
    assert (desk.packs / "00-cover-and-register.pdf").exists()


# Changes of a policy -----------------------------------------------------------------------


def change(desk: Desk, *, material: bool) -> None:
    """Change the words of the policy, and say so in its history."""
    desk.edit("clauses/m.yaml", "Alpha.", "Alpha and omega.")
    desk.edit("policies/rules.yaml", 'version: "1"\ncontrol', 'version: "2"\ncontrol')
    entry = '{version: "2", date: 2026-11-02, summary: Passwords grow longer'
    first = '  - {version: "1", date: 2026-08-01, summary: First edition}\n'
    new = f"{first}  - {entry}, material: {str(material).lower()}}}\n"
    desk.edit("policies/rules.yaml", first, new)


@pytest.fixture
def signed(desk: Desk) -> Desk:
    """Give a desk at which all but one have signed."""
    desk.pack()
    desk.run("record", code_of(desk, "Quillfeather"), code_of(desk, "Larkspur"))
    return desk


def test_an_editorial_change_keeps_signatures(signed: Desk) -> None:
    change(signed, material=False)
    assert to_sign(signed) == ["Ottoline Brackenwhistle"]
    result = signed.run("outstanding", on=LATER)
    assert "Issued on 03/09/2026, since reworded" in result.stdout
    assert "2 signed in an earlier wording that still holds." in result.stderr
    packed = signed.pack("staff.csv", "--outstanding", on=LATER)
    assert "  staff-agreement: 1 sheet\n" in packed.stdout


def test_a_material_change_ends_them(signed: Desk) -> None:
    change(signed, material=True)
    result = signed.run("outstanding", on=LATER)
    assert result.stdout.count("Sign version 2 again: signed 1") == 2
    assert "3 forms outstanding, 0 of 3 signed." in result.stderr
    assert "2 to be signed again after a material change." in result.stderr


def test_a_change_of_words_that_no_history_tells_is_pointed_out(signed: Desk) -> None:
    signed.edit("clauses/m.yaml", "Alpha.", "Alpha and omega.")
    result = signed.run("outstanding", on=LATER)
    assert "2 signed in other words than today's" in result.stderr
    assert to_sign(signed) == ["Ottoline Brackenwhistle"]


def test_who_signs_again_is_told_what_has_changed(signed: Desk) -> None:
    change(signed, material=True)
    old = {line["code"] for line in signed.lines()}
    assert signed.pack("staff.csv", "--outstanding", on=LATER).exit_code == 0
    science, kitchen = (written(signed, f"0{n}.pdf") for n in ("2-science", "1-kitchen"))
    assert kitchen.count("What has changed since you signed") == 1
    assert science.count("What has changed since you signed") == 1, "one never signed"
    behind = science[science.index("What has changed since you signed") :]
    assert "Zebedee Quillfeather" in behind
    assert "Ottoline" not in behind
    assert "You signed this form for version 1 on 3 September 2026." in behind
    assert "2\n2 November 2026\nPasswords grow longer" in behind
    new = {line["code"] for line in signed.lines()} - old
    assert len(new) == 3
    assert new == {*codes_in(science), *codes_in(kitchen)}


def test_the_new_sheet_counts_and_the_old_one_doesn_t(signed: Desk) -> None:
    old = code_of(signed, "Brackenwhistle")
    change(signed, material=True)
    signed.pack(on=LATER)
    result = signed.run("record", old, on=LATER)
    assert result.exit_code == 0
    assert f"{old}: recorded; it is of an earlier wording" in result.stdout
    issued = [line for line in signed.lines() if line["event"] == "issued"]
    new = [line["code"] for line in issued if line["version"] == "2"]
    signed.run("record", *new, on=LATER)
    assert to_sign(signed) == []


@pytest.mark.parametrize("committed", [False, True])
def test_in_git_the_change_is_told_word_by_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, committed: bool
) -> None:
    monkeypatch.setattr("policygen.work.bind", as_lines)
    repository = Repository(tmp_path / "work")
    repository.commit(FILES)
    desk = Desk(repository.folder, tmp_path / "office")
    desk.pack()
    desk.run("record", code_of(desk, "Larkspur"))
    change(desk, material=True)
    if committed:  # as of the day on which the forms were given out
        repository.git("commit", "--quiet", "--all", "--message=Change")
    assert desk.pack("staff.csv", "--outstanding", on=LATER).exit_code == 0
    told = written(desk, "01-kitchen.pdf")
    behind = told[told.index("What has changed since you signed") :]
    assert "In full" in behind
    assert "and omega" in behind
    assert "Bravo" not in behind


# Git ---------------------------------------------------------------------------------------


@pytest.fixture
def at_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a desk whose sources lie in a repository, where somebody stands."""
    monkeypatch.setattr("policygen.work.bind", as_lines)
    repository = Repository(tmp_path / "work")
    repository.commit(FILES)
    monkeypatch.chdir(repository.folder)
    return Desk(repository.folder, tmp_path)


def test_inside_a_repository_it_goes_beside_it(at_repository: Desk) -> None:
    desk = at_repository
    people = ("--people", desk.folder / "staff.csv")
    for verb, args in (("pack", ("--jobs", "1")), ("register", ())):
        result = desk.run(verb, *people, *args, folders=False)
        assert result.exit_code == 0, result.output
    assert (desk.folder / "packs" / "alder" / "01-kitchen.pdf").is_file()
    assert (desk.folder / "packs" / "alder" / "register.pdf").is_file()
    assert (desk.folder / "records" / "alder.csv").is_file()
    assert not (desk.repository / "packs").exists()
    assert not (desk.repository / "records").exists()


@pytest.mark.parametrize("option", ["--out", "--records"])
def test_a_folder_inside_a_repository_is_refused(at_repository: Desk, option: str) -> None:
    desk = at_repository
    inside = desk.repository / "office"
    args = ("--people", desk.folder / "staff.csv", option, inside)
    result = desk.run("pack", *args, folders=False)
    assert result.exit_code == 2
    assert "--inside-git" in result.stderr
    assert not inside.exists()
    assert desk.lines() == []
    assert desk.run("pack", *args, "--inside-git", "--jobs", "1", folders=False).exit_code == 0
    assert inside.is_dir()


def test_a_list_of_names_is_refused_there_too(at_repository: Desk) -> None:
    desk = at_repository
    desk.pack()
    inside = desk.repository / "left.csv"
    result = desk.run("outstanding", "--format", "csv", "--out", inside)
    assert result.exit_code == 2
    assert not inside.exists()


@pytest.mark.parametrize("folder", ["policy_src", "policy_src/people", "build", "build/alder"])
def test_sources_and_build_are_refused_whatever_is_told(desk: Desk, folder: str) -> None:
    where = desk.folder / folder
    for option in ("--out", "--records"):
        people = ("--people", desk.folder / "staff.csv")
        result = desk.run("pack", *people, option, where, "--inside-git")
        assert result.exit_code == 2
        assert "people's data must not be there" in " ".join(result.stderr.split())
    assert not list(desk.source.rglob("*.csv"))
    assert not (desk.folder / "build").exists()


# Registers ---------------------------------------------------------------------------------


def test_a_register_has_a_row_for_each_of_those_who_sign(desk: Desk) -> None:
    result = desk.run("register", "--people", desk.folder / "staff.csv", "--out", desk.packs)
    assert result.exit_code == 0
    assert f"Wrote 1 file into {desk.packs}/: register.pdf" in result.stdout
    tagged = TaggedText((desk.packs / "register.pdf").read_bytes())
    told = " ".join(tagged.text(tagged.root).split())
    assert "Staff agreement: register" in told
    assert "I have read and understood the policy." in told
    assert "Brackenwhistle, Ottoline Technician Quillfeather, Zebedee Teacher" in told
    assert told.index("Kitchen") < told.index("Larkspur-Vane, Ignatius Cook")
    assert desk.lines() == []
    assert not desk.records.exists()


def test_a_register_of_the_form_that_was_asked_for(desk: Desk) -> None:
    people = ("--people", desk.folder / "staff.csv")
    desk.run("register", *people, "--form", "device-loan", "--out", desk.packs)
    tagged = TaggedText((desk.packs / "register.pdf").read_bytes())
    assert "Loan of a device: register" in tagged.text(tagged.root)


# What can't be made --------------------------------------------------------------------------


@pytest.mark.parametrize("args", [("register",), ("outstanding", "--format", "pdf")])
def test_a_page_that_can_not_be_made_is_told_in_a_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    def missing(*_: object) -> bytes:
        message = "WeasyPrint is not installed"
        raise RendererMissing(message)

    monkeypatch.setattr("policygen.work.write", missing)
    people = ("--people", desk.folder / "staff.csv")
    result = desk.run(*args, *people, "--out", desk.folder / "page")
    assert result.exit_code == 1
    assert "WeasyPrint is not installed" in result.stderr
    assert not (desk.folder / "page").exists()


@pytest.mark.parametrize("args", [("register",), ("outstanding", "--format", "csv")])
def test_a_page_that_can_not_be_written_is_told_in_a_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.setattr("policygen.work.write", lambda *_: b"a page")
    blocked = desk.folder / ("x" * 300)
    result = desk.run(*args, "--people", desk.folder / "staff.csv", "--out", blocked)
    assert result.exit_code == 1
    assert "File name too long" in result.stderr


def test_sheets_are_recorded_while_the_sources_have_errors(desk: Desk) -> None:
    desk.pack()
    desk.edit("trust.yaml", "name:", "nmae:")
    code = desk.lines()[0]["code"]
    result = desk.run("record", code)
    assert result.exit_code == 0
    assert f"{code}: recorded" in result.stdout
    assert "The sources have errors" in result.stderr
    assert desk.lines()[-1]["event"] == "returned"


def test_without_a_list_no_ledger_is_named(desk: Desk) -> None:
    result = desk.pack("", "--blank", "2", "--form", "staff-agreement")
    assert "Wrote 2 spare forms in 2 files" in result.stdout
    assert "What was issued" not in result.stdout


def test_a_pack_of_drafts_says_so(desk: Desk) -> None:
    assert "  staff-agreement: 3 sheets\n" in desk.pack().stdout
    desk.edit("policies/rules.yaml", "status: final", "status: consultation")
    assert "  staff-agreement: 3 sheets, marked DRAFT\n" in desk.pack().stdout
