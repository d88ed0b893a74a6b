"""What has changed since somebody signed: a sheet that goes with the form to sign anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.assemble.wording import day_in_words
from policygen.document import Blocks, Cell, Paragraph, Section, Table, Text, Value

if TYPE_CHECKING:
    from policygen.document import Block, Document
    from policygen.signing.standing import Standing


def since_you_signed(form: Document, standing: Standing, more: Blocks = ()) -> Document:
    """Give the sheet for somebody who has to sign again.

    ``form`` is the form's document as it goes to them; ``more`` are the changes word by
    word, where the wording that they signed can be had.
    """
    entry = standing.entry
    told = [Text("You signed this form")]
    if entry is not None:
        if entry.version:
            told.append(Text(f" for version {entry.version}"))
        told.append(Text(f" on {day_in_words(entry.on)}"))
    told.append(
        Text(
            ". What it asks of you has changed since. Please read what is new, then sign the new "
            "form."
        )
    )
    blocks: list[Block] = [
        Paragraph((Value("person.name", standing.asked.signer.name),)),
        Paragraph(tuple(told)),
    ]
    if standing.changes:
        rows = tuple(
            (
                Cell((Text(change.version),)),
                Cell((Text(day_in_words(change.on)),)),
                Cell((Text(change.summary),)),
            )
            for change in standing.changes
        )
        header = tuple(Cell((Text(each),)) for each in ("Version", "Date", "What changed"))
        table = Table("grid", header, rows, "Changes since you signed")
        blocks.append(Section("", (Text("In short"),), (table,)))
    if more:
        blocks.append(Section("", (Text("In full"),), more))
    return replace(
        form,
        id="since-you-signed",
        kind="office-paper",
        title=(Text("What has changed since you signed"),),
        blocks=tuple(blocks),
        facts=(),
        code="",
        code_picture=None,
        bookmark="",
    )
