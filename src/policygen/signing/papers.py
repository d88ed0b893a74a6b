"""What the office keeps: the cover of a pack, registers, the list of what is outstanding."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from policygen.diagnostics import plural
from policygen.document import (
    Block,
    Blocks,
    Cell,
    Code,
    Inlines,
    NumberedList,
    Paragraph,
    Section,
    Table,
    Text,
    Value,
    walk,
)
from policygen.document.shell import Fact
from policygen.signing.packs import GROUP_OF_KIND
from policygen.signing.sheets import by_surname, declaration

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policygen.document import Document
    from policygen.model.people import Person
    from policygen.signing.packs import Agreement, Group, Plan
    from policygen.signing.standing import Standing


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: what it is called and the group whose sheets it holds."""

    name: str
    group: Group


@dataclass(frozen=True, slots=True)
class Office:
    """Makes papers for a school's office. ``form`` is a document of the school, from which
    its name, logo and colour come; ``day`` is the day that stands on the papers."""

    form: Document
    day: str

    def cover(
        self,
        plan: Plan,
        files: Sequence[PackFile],
        spare: Sequence[tuple[Agreement, int]],
        *,
        both_sides: bool,
        command: str,
    ) -> Document:
        """Give the cover of a pack: what is in it, how to print it, what comes next."""
        people = len({sheet.person.key for sheet in plan.sheets})
        facts = (
            Fact("Made on", self.day),
            Fact("People", str(people)),
            Fact("Sheets", str(len(plan.sheets) + sum(count for _, count in spare))),
        )
        blocks: list[Block] = [
            _section("What is in this pack", _files_table(files)),
            _section("Which forms", _forms_table(plan, spare)),
            _section("How to print it", NumberedList(tuple(map(_item, _printing(both_sides))))),
            _section(
                "When sheets come back",
                Paragraph(
                    (
                        Text(
                            "Each sheet has a code beside the school’s name, as a pattern to scan "
                            "and in letters. Record it, and what is still missing can be listed: "
                        ),
                        Code((Text(command),)),
                    )
                ),
            ),
        ]
        if plan.unasked:
            told = (
                f"For {plural(len(plan.unasked), 'person')} of the list there is no form, so "
                "nothing was made for them:"
            )
            names = Table(
                "grid",
                _cells("Name", "Class or post"),
                tuple(
                    (_value("person.name", by_surname(p)), _value("person.group", _beside(p)))
                    for p in plan.unasked
                ),
                "People without a form",
            )
            blocks.append(_section("Not in this pack", Paragraph((Text(told),)), names))
        return self._paper("cover", "Signature forms", tuple(blocks), facts)

    def returns_register(self, group: Group) -> Document:
        """Give the register of a group: every sheet with its code, to tick off by hand."""
        table = Table(
            "grid",
            _cells("Name", "Form", "Code", "Returned on"),
            tuple(
                (
                    _value("person.name", by_surname(sheet.person)),
                    Cell((Text(sheet.agreement.document.plain_title),)),
                    Cell((Code((Value("code", sheet.code),)),)),
                    Cell(()),
                )
                for sheet in group.sheets
            ),
            f"Sheets of {group.name}",
        )
        blocks = (_section(group.name, table),)
        return self._paper("register", "Register of returned forms", blocks, self._made_on())

    def signing_register(self, agreement: Agreement, groups: Sequence[Group]) -> Document:
        """Give a register that is signed in place of single sheets: at a staff meeting, say."""
        form = agreement.document
        blocks: list[Block] = [*_for_whom(form), *declaration(form)]
        for group in groups:
            table = Table(
                "grid",
                _cells("Name", "Post or class", "Signature", "Date"),
                tuple(
                    (
                        _value("person.name", by_surname(sheet.person)),
                        _value("person.group", _beside(sheet.person)),
                        Cell(()),
                        Cell(()),
                    )
                    for sheet in group.sheets
                ),
                f"Signatures of {group.name}",
            )
            blocks.append(_section(group.name, table))
        paper = self._paper("signatures", f"{form.plain_title}: register", tuple(blocks), ())
        return replace(
            paper,
            version=form.version,
            status=form.status,
            mark=form.mark,
            fingerprint=form.fingerprint,
        )

    def outstanding(self, groups: Sequence[tuple[str, Sequence[Standing]]]) -> Document:
        """Give who has not signed what, by class or department."""
        count = sum(len(standings) for _, standings in groups)
        sections = tuple(
            _section(
                name,
                Table(
                    "grid",
                    _cells("Name", "Form", "What is wanted", "Done"),
                    tuple(
                        (
                            _value("person.name", standing.asked.signer.name),
                            Cell((Text(standing.asked.form.title),)),
                            Cell((Text(what_is_wanted(standing)),)),
                            Cell(()),
                        )
                        for standing in standings
                    ),
                    f"Outstanding in {name}",
                ),
            )
            for name, standings in groups
        )
        blocks: Blocks = sections or (
            Paragraph((Text("Every form that was asked for is signed."),)),
        )
        facts = (*self._made_on(), Fact("Outstanding", str(count)))
        return self._paper("outstanding", "Forms still to be signed", blocks, facts)

    def _made_on(self) -> tuple[Fact, ...]:
        return (Fact("Made on", self.day),)

    def _paper(self, name: str, title: str, blocks: Blocks, facts: tuple[Fact, ...]) -> Document:
        return replace(
            self.form,
            id=name,
            kind="office-paper",
            title=(Text(title),),
            blocks=blocks,
            version="",
            status="",
            facts=facts,
            mark="",
            issued=None,
            fingerprint="",
        )


def what_is_wanted(standing: Standing) -> str:
    """Say in a few words why a signature is wanted."""
    form, entry = standing.asked.form, standing.entry
    match standing.state:
        case "never-issued":
            return "Not issued yet"
        case "issued" if entry is not None:
            day = entry.on.strftime("%d/%m/%Y")
            return f"Issued on {day}" if standing.sheet else f"Issued on {day}, since reworded"
        case "again" if entry is not None:
            return f"Sign version {form.version} again: signed {entry.version or 'an earlier one'}"
        case _:
            return "Signed"


def _printing(both_sides: bool) -> list[str]:  # noqa: FBT001 a private step
    sides = (
        "Print on both sides, turned over on the long edge. Every form begins on a sheet of its "
        "own, so blank backs are meant to be there."
        if both_sides
        else "Print on one side. Fasten the sheets of a form that has several."
    )
    return [
        sides,
        "A4, at actual size. Black and white will do.",
        (
            "Hand out each file as it is: sheets lie in the order of surnames, all of one "
            "person’s together."
        ),
    ]


def _files_table(files: Sequence[PackFile]) -> Table:
    return Table(
        "grid",
        (*_cells("Group", "File"), *_cells("People", "Sheets", align="right")),
        tuple(
            (
                _value("person.group", file.group.name),
                Cell((Text(file.name),)),
                *_cells(str(file.group.people), str(len(file.group.sheets)), align="right"),
            )
            for file in files
        ),
        "Files of this pack",
    )


def _forms_table(plan: Plan, spare: Sequence[tuple[Agreement, int]]) -> Table:
    sheets = Counter(sheet.agreement.now.id for sheet in plan.sheets)
    known = {sheet.agreement.now.id: sheet.agreement for sheet in plan.sheets}
    known |= {agreement.now.id: agreement for agreement, _ in spare}
    blank = Counter({agreement.now.id: count for agreement, count in spare})
    return Table(
        "grid",
        (*_cells("Form", "Version"), *_cells("Named", "Spare", align="right")),
        tuple(
            (
                *_cells(agreement.document.plain_title, agreement.now.version or "–"),
                *_cells(str(sheets[name]), str(blank[name]), align="right"),
            )
            for name, agreement in known.items()
        ),
        "Forms of this pack",
    )


def _for_whom(form: Document) -> Iterable[Block]:
    return (b for b in walk(form.blocks) if isinstance(b, Paragraph) and b.role == "form-for")


def _beside(person: Person) -> str:
    return person.class_name or person.post or GROUP_OF_KIND[person.kind]


def _section(heading: str, *blocks: Block) -> Section:
    return Section("", (Text(heading),), blocks)


def _item(words: str) -> Blocks:
    return (Paragraph((Text(words),)),)


def _cells(*words: str, align: Literal["left", "right"] = "left") -> tuple[Cell, ...]:
    return tuple(Cell((Text(each),), align) for each in words)


def _value(name: str, text: str) -> Cell:
    run: Inlines = (Value(name, text),) if text else ()
    return Cell(run)
