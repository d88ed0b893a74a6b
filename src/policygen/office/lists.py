"""Registers, what was scanned, and who has still to sign."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.assemble.wording import day_in_words
from policygen.readers.tables import read_table
from policygen.signing.codes import read_code
from policygen.signing.packs import plan
from policygen.signing.papers import Office, what_is_wanted
from policygen.signing.standing import Standing, asked_by_ledger, not_asked, standings
from policygen.work import Task, rendered_here
from policygen.writers.sheets import csv_text
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from policygen.diagnostics import Diagnostic
    from policygen.document import Document
    from policygen.model.people import People
    from policygen.office.schools import School
    from policygen.signing.entries import Entry
    from policygen.signing.packs import Grouping
    from policygen.signing.standing import NotAsked


def register(
    school: School, people: People, form: str | None, by: Grouping | None, on: dt.date
) -> Document | None:
    """Give a register to sign in place of single sheets, for a form or the first that most
    of the list are asked to sign; None where nobody is asked to."""
    whole = plan(people.persons, school.agreements, by, wanted=(form,) if form else ())
    counts = Counter(sheet.agreement.now.id for sheet in whole.sheets)
    if not counts:
        return None
    chosen = form or counts.most_common(1)[0][0]
    kept = whole.only([sheet.agreement.now.id == chosen for sheet in whole.sheets])
    agreement = next(a for a in school.agreements if a.now.id == chosen)
    return Office(agreement.document, day_in_words(on)).signing_register(agreement, kept.groups)


@dataclass(frozen=True, slots=True)
class Outstanding:
    """How everybody stands; ``gone`` are those in the ledger who are not in the list."""

    standings: tuple[Standing, ...]
    gone: tuple[NotAsked, ...]

    @property
    def groups(self) -> list[tuple[str, list[Standing]]]:
        """Those who have still to sign, by class or department."""
        groups: dict[str, list[Standing]] = {}
        for standing in self.standings:
            if standing.outstanding:
                groups.setdefault(standing.asked.signer.group, []).append(standing)
        return list(groups.items())


def outstanding(
    school: School, entries: Sequence[Entry], people: People | None, by: Grouping | None
) -> Outstanding:
    """Give who has signed what: of a list of people or, without one, of all in the ledger."""
    if people is None:
        asked = asked_by_ledger(entries, [a.now for a in school.agreements])
        asked.sort(key=lambda a: (a.signer.group, a.signer.name))
        return Outstanding(tuple(standings(entries, asked, school.history)), ())
    wanted = {entry.form for entry in entries}
    whole = plan(people.persons, school.agreements, by, wanted=())
    asked = [sheet.asked for sheet in whole.sheets]
    listed = {(a.signer.key, a.form.id) for a in asked}
    given = asked_by_ledger(entries, [a.now for a in school.agreements if a.now.id in wanted])
    here = {person.key for person in people.persons}
    asked += [a for a in given if a.signer.key in here and (a.signer.key, a.form.id) not in listed]
    found = standings(entries, asked, school.history)
    gone = (n for n in not_asked(entries, asked) if n.signer.key not in here)
    return Outstanding(tuple(found), tuple(gone))


def outstanding_paper(school: School, found: Outstanding, on: dt.date) -> Document:
    """Give the page that lists who has still to sign."""
    form = school.agreements[0].document
    return Office(form, day_in_words(on)).outstanding(found.groups)


def outstanding_rows(found: Outstanding) -> list[tuple[str, ...]]:
    """Give the rows of the list: group, name, post, form, version, what is wanted, code."""
    return [
        (
            standing.asked.signer.group,
            standing.asked.signer.name,
            standing.asked.signer.post,
            standing.asked.form.title,
            standing.asked.form.version,
            what_is_wanted(standing),
            standing.sheet.code if standing.sheet else "",
        )
        for _, group in found.groups
        for standing in group
    ]


OUTSTANDING_HEADER = ("Group", "Name", "Post", "Form", "Version", "What is wanted", "Code")


def outstanding_file(
    school: School, found: Outstanding, format_: str, on: dt.date
) -> bytes | Diagnostic:
    """Give the list of who has still to sign, in a format: table, csv, pdf or docx; a page
    that can't be made says why."""
    match format_:
        case "pdf" | "docx":
            paper = Task("outstanding", outstanding_paper(school, found, on), format_)
            return rendered_here(paper, Theme(word_template=school.library.word_template))
        case "csv":
            return csv_text(OUTSTANDING_HEADER, outstanding_rows(found))
        case _:
            return f"{as_table(found)}\n".encode()


def as_table(found: Outstanding) -> str:
    """Give the list of who has still to sign in columns; empty where nobody has."""
    rows = outstanding_rows(found)
    if not rows:
        return ""
    whole = [OUTSTANDING_HEADER, *rows]
    widths = [max(len(row[place]) for row in whole) for place in range(len(whole[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in whole
    )


def scanned_codes(data: bytes) -> list[tuple[int, str]]:
    """Give the codes of a file of scans with the rows they stand in: of each row the cell that
    is a code, else its first. A first row that says what a column holds is none.

    Raises ``TableError`` where it is no list.
    """
    table = read_table(data)
    rows = [table.heading] if table.heading else []
    found = []
    for number, cells in [*rows, *table.rows]:
        texts = [cell for cell in cells if cell.strip()]
        if not texts or (table.heading and number == table.heading[0] and _heads(texts)):
            continue
        codes = (text for text in texts if isinstance(read_code(text), str))
        found.append((number, next(codes, texts[0])))
    return found


def _heads(texts: Sequence[str]) -> bool:
    return any(word in text.casefold() for text in texts for word in ("code", "scan", "date"))
