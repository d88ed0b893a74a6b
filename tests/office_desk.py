"""A small trust with forms to sign, and a school office's desk to work at, for tests."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from click.testing import CliRunner

from policygen.cells import unguarded
from policygen.cli import commands
from small_trust import Maker

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

DAY = "2026-09-03"
LATER = "2026-11-20"

FILES = {
    "policies/rules.yaml": """
        title: Rules
        status: final
        version: "1"
        control: []
        history:
          - {version: "1", date: 2026-08-01, summary: First edition}
        sections:
          - {heading: One, id: one, clauses: [m]}
        appendices:
          - {form: staff-agreement}
        """,
    "forms/staff-agreement.yaml": """
        title: Staff agreement
        audience: staff
        statements:
          - text: I keep my password to myself.
        declaration: I have read and understood the policy.
        fields: [name, post, signature, date]
        office_use: [received_by, received_on]
        """,
    "forms/pupil-agreement.yaml": """
        title: Pupil agreement
        audience: pupils
        statements:
          - text: I ask before I go online.
        fields: [name, class, signature, date, parent_name]
        """,
    "forms/parent-agreement.yaml": """
        title: Parent agreement
        audience: parents
        statements:
          - text: I help my child to be safe.
        fields: [parent_name, child_name, class, parent_signature, date]
        """,
    "forms/device-loan.yaml": """
        title: Loan of a device
        audience: staff
        statements:
          - text: I bring it back.
        fields: [name, asset_tag, signature, date]
        """,
    "schools/alder.yaml": """
        name: Alder Primary
        short_name: Alder
        phase: primary
        telephone: "01632 960001"
        website: https://alder.example
        officers: {headteacher: {name: B. Person}}
        policies: [rules]
        """,
}

STAFF = """\
Staff code,First name,Last name,Job title,Department
S1,Zebedee,Quillfeather,Teacher,Science
S2,Ottoline,Brackenwhistle,Technician,Science
S3,Ignatius,Larkspur-Vane,Cook,Kitchen
"""

PUPILS = """\
Admission number,First name,Last name,Year,Class
P1,Peregrine,Dovetail,2,2B
P2,Araminta,Thistledown,R,Acorn
P3,Lysander,Copperfield-Ash,2,2B
"""


@dataclass
class Desk:
    """The desk of an office: the sources in a folder, the office's own folder, which may be
    the same, for lists, packs and records."""

    repository: Path
    elsewhere: Path | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        Maker(self.source).write(FILES)
        self.write("staff.csv", STAFF)
        self.write("pupils.csv", PUPILS)

    @property
    def source(self) -> Path:
        """The sources."""
        return self.repository / "policy_src"

    @property
    def folder(self) -> Path:
        """The office's own folder."""
        return self.elsewhere or self.repository

    @property
    def packs(self) -> Path:
        """The folder that packs are written into."""
        return self.folder / "packs"

    @property
    def records(self) -> Path:
        """The folder of the ledger."""
        return self.folder / "records"

    @property
    def ledger(self) -> Path:
        """The ledger of the school."""
        return self.records / "alder.csv"

    def write(self, name: str, text: str) -> Path:
        """Write a file beside the sources."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Change the words of a source."""
        path = self.source / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def run(
        self,
        verb: str,
        *args: str | Path,
        on: str = DAY,
        school: str = "alder",
        folders: bool = True,
    ) -> Result:
        """Run a verb of ``policygen forms`` at this desk, with the desk's folder for records
        unless told otherwise."""
        usual: list[str | Path] = []
        if "--source" not in args:
            usual += ["--source", self.source]
        if on:
            usual += ["--on", on]
        if folders and verb != "register" and "--records" not in args:
            usual += ["--records", self.records]
        return CliRunner().invoke(commands, ["forms", verb, school, *map(str, [*args, *usual])])

    def pack(self, people: str = "staff.csv", *args: str | Path, on: str = DAY) -> Result:
        """Make a pack for a list."""
        named = ("--people", self.folder / people) if people else ()
        usual = () if "--jobs" in args else ("--jobs", "1")
        out = () if "--out" in args else ("--out", self.packs)
        return self.run("pack", *named, *out, *usual, *args, on=on)

    def files(self) -> list[str]:
        """Give the names of the files of the pack."""
        return sorted(path.name for path in self.packs.glob("*"))

    def lines(self) -> list[dict[str, str]]:
        """Give the lines of the ledger."""
        if not self.ledger.exists():
            return []
        rows = csv.DictReader(io.StringIO(self.ledger.read_text("utf-8-sig")))
        return [{name: unguarded(cell) for name, cell in row.items()} for row in rows]
