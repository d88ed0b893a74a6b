"""Names of people are where they were asked for, and nowhere else."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from office_desk import DAY, FILES, LATER, Desk
from policygen.cli import commands
from policygen.readers.people import read_people
from tagged_text import TaggedText

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SECRETS = (
    "Zebulonia",
    "Quixwhistle",
    "Ottobald",
    "Brackenthwaitely",
    "Peregrinella",
    "Dovetailingham",
    "Tarragonius",
    "A123456789012",
    "H801200001001",
    "17/03/2014",
    "2014-03-17",
    "17 March 2014",
    "AB123456C",
    "41 Hidden Lane",
    "zq@private.example",
)
"""What a list holds of people that no other list holds: names, UPNs, dates of birth and
numbers of theirs, addresses."""

LIST = (
    "UPN,Date of birth,NI number,Home address,Personal email,"
    "Staff code,First name,Last name,Type,Job title,Department,Year,Class\n"
    ",17/03/2014,AB123456C,41 Hidden Lane,zq@private.example,"
    "S1,Zebulonia,Quixwhistle,Staff,Teacher,Science,,\n"
    ",17/03/2014,,,,S2,Ottobald,Brackenthwaitely,Staff,Cook,Kitchen,,\n"
    "A123456789012,17/03/2014,,41 Hidden Lane,,P1,Peregrinella,Dovetailingham,Pupil,,,2,2B\n"
    "H801200001001,2014-03-17,,,,P2,Tarragonius 3,Quixwhistle,Pupil,,,Z9,Acorn\n"
    ",17/03/2014,,,,S3,,,Staff,Zebulonia Quixwhistle,Science,,\n"
    ",17/03/2014,,,,S4,Ottobald,Brackenthwaitely,Visitor,,,,\n"
    ",17/03/2014,,,,S1,Peregrinella,Brackenthwaitely,Staff,Cook,Kitchen,,\n"
    ",41 Hidden Lane,,,,S5,Zebulonia,Dovetailingham,Staff,Cook,Kitchen,,,,"
    '"Quixwhistle, Ottobald"\n'
)
"""A list with everything wrong that can be told: figures in names, unknown years, rows that
are too long, shared codes, people without a form."""


@dataclass
class Work:
    """A day's work at a desk: what each command said."""

    desk: Desk
    temporary: Path
    said: dict[str, Result] = field(default_factory=dict)


def forbidden(text: str) -> list[str]:
    """Give what of the list's secrets stands in a text, whatever the case and the gaps."""
    plain = "".join(text.casefold().split())
    return [secret for secret in SECRETS if "".join(secret.casefold().split()) in plain]


def told_in(data: bytes) -> list[str]:
    return forbidden(data.decode("utf-8", "replace")) or forbidden(data.decode("utf-16", "replace"))


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    """Give a desk at which every command was run with a list of people."""
    folder = tmp_path_factory.mktemp("work")
    done = Work(Desk(folder / "desk"), folder / "temporary")
    done.temporary.mkdir()
    desk = done.desk
    people = desk.write("people.csv", LIST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(done.temporary))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setattr(tempfile, "tempdir", None)
        patch.chdir(desk.folder)
        run(done, people)
    return done


def run(done: Work, people: Path) -> None:
    desk, said = done.desk, done.said
    named = ("--people", people)
    said["dry run"] = desk.pack(people.name, "--dry-run")
    said["pack"] = desk.pack(people.name, "--blank", "1")
    said["register"] = desk.run("register", *named, "--out", desk.packs)
    said["table"] = desk.run("outstanding", *named)
    page = desk.packs / "outstanding.pdf"
    said["page"] = desk.run("outstanding", *named, "--format", "pdf", "--out", page)
    codes = [line["code"] for line in desk.lines()]
    said["record"] = desk.run("record", codes[0], "K7QF-2M9P-X", "K7QF", on=LATER)
    said["record again"] = desk.run("record", codes[0], on=LATER)
    scans = ["Name,Code"]
    scans += ["Zebulonia,", "Quixwhistle,K7QF-2M9P", "17/03/2014,x", "A123456789012,"]
    scans += [f"Zebulonia Quixwhistle,{codes[1]}", "Ottobald Brackenthwaitely,1234"]
    scans_file = desk.write("scans.csv", "\n".join(scans))
    said["scans"] = desk.run("record", "--from", scans_file, on=LATER)
    said["take back"] = desk.run("record", "--take-back", codes[1], codes[2], on=LATER)
    said["left"] = desk.run("outstanding", "--format", "csv", "--out", desk.packs / "left.csv")
    desk.edit("clauses/m.yaml", "Alpha.", "Alpha and omega.")
    said["again"] = desk.pack(people.name, "--single", "--large-print", on=LATER)
    spoilt = ("statements:\n", "statements:\n  - text: At {{ school.address }}.\n")
    desk.edit("forms/pupil-agreement.yaml", *spoilt)
    said["with an error"] = desk.pack(people.name, "--dry-run", on=LATER)
    said["wrong use"] = desk.pack(people.name, "--form", "staff-agrement")
    said["refused"] = desk.run("pack", *named, "--out", desk.source)
    with desk.ledger.open("ab") as ledger:
        ledger.write(b"2026-09-03,issued,x,,,,staff:s1,staff,Zebulonia Quixwhistle,,,WRONG\n")
    said["a torn ledger"] = desk.run("record", codes[0], on=LATER)
    build = ["build", "--source", str(desk.source), "--out", str(desk.folder / "build")]
    formats = ["--jobs", "1", "--format", "html", "--format", "docx", "--as-of", LATER]
    said["build"] = CliRunner().invoke(commands, [*build, *formats])


EXIT_CODES = {
    "dry run": 1,
    "pack": 1,
    "register": 1,
    "table": 0,
    "page": 0,
    "record": 1,
    "record again": 0,
    "scans": 1,
    "take back": 1,
    "left": 0,
    "again": 1,
    "with an error": 1,
    "wrong use": 2,
    "refused": 2,
    "a torn ledger": 0,
    "build": 1,
}


def test_every_command_did_what_it_does(work: Work) -> None:
    assert {name: result.exit_code for name, result in work.said.items()} == EXIT_CODES
    assert not [name for name, result in work.said.items() if "Traceback" in result.output]
    assert "Wrote 7 sheets" in work.said["pack"].stdout
    for told in (
        "rows 2 and 8",
        "row 5",
        "row 6",
        "row 9",
        "No form is for 1 person of the list: ",
    ):
        assert told in work.said["pack"].stderr


def test_the_secrets_would_be_found(work: Work) -> None:
    names = {"Zebulonia", "Quixwhistle", "Ottobald", "Brackenthwaitely"}
    assert names <= set(forbidden(work.said["table"].stdout))
    assert names <= set(told_in(work.desk.ledger.read_bytes()))
    assert set(forbidden(LIST)) == set(SECRETS) - {"17 March 2014"}


@pytest.mark.parametrize("name", list(EXIT_CODES))
def test_no_command_says_who_it_was_about(work: Work, name: str) -> None:
    result = work.said[name]
    assert forbidden(result.stderr) == []
    if name != "table":
        assert forbidden(result.stdout) == []
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_only_names_are_told_of_anybody(work: Work) -> None:
    """Of what a list holds, birthdays, numbers and addresses are in no file at all."""
    private = SECRETS[SECRETS.index("A123456789012") :]
    lists = {work.desk.folder / "people.csv", work.desk.folder / "scans.csv"}
    for path in sorted(work.desk.folder.rglob("*")):
        if path.is_file() and path not in lists:
            assert not set(told_in(path.read_bytes())) & set(private), path
    for name in ("01-kitchen.pdf", "02-science.pdf", "pack.pdf", "register.pdf"):
        tagged = TaggedText((work.desk.packs / name).read_bytes())
        found = forbidden(tagged.text(tagged.root))
        assert found
        assert not set(found) & set(private)


def test_nothing_is_written_but_in_the_folders_for_it(work: Work) -> None:
    desk = work.desk
    allowed = {"packs", "records", "people.csv", "scans.csv"}
    here = {path.name for path in desk.folder.iterdir()}
    assert here == {*allowed, "policy_src", "build", "staff.csv", "pupils.csv"}
    searched = 0
    for path in sorted(desk.folder.rglob("*")):
        part = path.relative_to(desk.folder).parts[0]
        if part in allowed:
            continue
        assert forbidden(str(path)) == []
        if path.is_file():
            searched += 1
            assert told_in(path.read_bytes()) == [], path
    assert searched > len(FILES) + 5, "sources and what was built"


def test_nothing_is_left_in_caches_and_temporary_folders(work: Work) -> None:
    for folder in (work.temporary, work.desk.folder.parent / "cache"):
        for path in sorted(folder.rglob("*")):
            assert forbidden(str(path)) == []
            assert not path.is_file() or told_in(path.read_bytes()) == []


def test_pdfs_say_nothing_of_people_about_themselves(work: Work) -> None:
    paths = sorted(work.desk.packs.glob("*.pdf"))
    assert {path.name for path in paths} >= {"pack.pdf", "register.pdf", "outstanding.pdf"}
    assert len(paths) >= 7
    for path in paths:
        reader = TaggedText(path.read_bytes()).reader
        assert reader.metadata.title
        assert forbidden(" ".join(map(str, reader.metadata.values()))) == []
        assert told_in(reader.xmp_metadata.stream.get_data()) == []
        assert "/AcroForm" not in reader.root_object


def test_no_file_is_called_by_a_name(work: Work) -> None:
    for folder in (work.desk.packs, work.desk.records):
        for path in folder.rglob("*"):
            assert forbidden(path.name) == []


def test_only_the_office_can_read_the_ledger(work: Work) -> None:
    if os.name == "posix":
        assert work.desk.ledger.stat().st_mode & 0o007 == 0


def test_the_codes_tell_nothing_of_who_has_them(work: Work) -> None:
    codes = [line["code"] for line in work.desk.lines() if line["event"] == "issued"]
    assert len(set(codes)) == len(codes) >= 7
    assert all(forbidden(code) == [] for code in codes)


@pytest.mark.parametrize(
    "cells",
    [
        "Zebulonia 7,Quixwhistle,Teacher,,",
        ",,Zebulonia Quixwhistle,,",
        "Zebulonia,Quixwhistle,Teacher,Quixwhistle,",
        "Zebulonia,Quixwhistle,Teacher,,Zebulonia Quixwhistle",
        "Zebulonia,Quixwhistle,Teacher,,,Quixwhistle,Ottobald",
        '"Zebulonia\nQuixwhistle",x,y,,',
        "Si?n Zebulonia,Quixwhistle,Teacher,,",
    ],
)
def test_no_finding_about_a_list_names_anybody(cells: str, day: dt.date) -> None:
    text = f"First name,Last name,Job title,Year,Leaving date\n{cells}\n{cells}\n"
    found = read_people(text.encode(), "people.csv", school_names=("Alder",), as_of=day)
    told = [f"{problem.message} {problem.hint} {problem.documents}" for problem in found.problems]
    assert told
    assert forbidden(" ".join(told)) == []


@pytest.fixture
def day() -> dt.date:
    """Give the day of the lists."""
    return dt.date.fromisoformat(DAY)
