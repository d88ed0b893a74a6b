"""Trusts of a few lines, for tests that are about one rule."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.assemble.policy import Assembled, assemble_policy
from policygen.document import (
    Appendix,
    Clause,
    Document,
    Section,
    Table,
    lines,
    number_text,
    plain_text,
    walk,
)
from policygen.readers.library import read_library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policygen.assemble.targets import Target
    from policygen.model.library import Library

FILES = {
    "trust.yaml": "name: Fern Trust",
    "clauses/m.yaml": """
        clauses:
          a: {text: Alpha.}
          b: {text: Bravo.}
          c: {text: Charlie.}
        """,
    "policies/rules.yaml": """
        title: Rules
        status: final
        version: "1"
        control: []
        sections:
          - {heading: One, id: one, clauses: [m]}
        """,
    "schools/alder.yaml": """
        name: Alder Primary
        short_name: Alder
        phase: primary
        officers: {headteacher: {name: B. Person}}
        policies: [rules]
        """,
}


@dataclass
class Maker:
    """Makes libraries in a folder of the test's own."""

    folder: Path

    def __call__(self, files: dict[str, str] | None = None) -> Library:
        """Read a trust made of the usual files and these."""
        self.write(files)
        library = read_library(self.folder).library
        assert library is not None
        return library

    def write(self, files: dict[str, str] | None = None) -> None:
        """Write the usual files and these."""
        for name, text in {**FILES, **(files or {})}.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), "utf-8")

    def rules(self, files: dict[str, str] | None = None) -> Assembled:
        """Assemble the policy ``rules`` of the school ``alder``."""
        return assemble_policy(self(files), "alder", "rules")

    def text(self, text: str, files: dict[str, str] | None = None) -> Assembled:
        """Assemble ``rules`` with one clause of this text."""
        clause = "clauses:\n  a:\n    text: |\n" + textwrap.indent(text, "      ") + "\n"
        return self.rules({**(files or {}), "clauses/m.yaml": clause})

    def says(self, text: str, files: dict[str, str] | None = None) -> str:
        """Give what one clause of this text prints; there must be no fault."""
        assembled = self.text(text, files)
        assert not codes(assembled), assembled.diagnostics
        return " ".join(words_of(assembled.document, "m/a"))


def codes(assembled: Assembled) -> list[str]:
    """Give the codes of what is wrong."""
    return [diagnostic.code for diagnostic in assembled.diagnostics]


def words_of(document: Document, clause_id: str) -> list[str]:
    """Give the lines a clause prints below its heading."""
    clause = next(c for c in clauses(document) if c.id == clause_id)
    bare = Document("", "policy", (), "", "", "", clause.blocks)
    return [line for line in lines(bare) if line]


def body(document: Document) -> list[str]:
    """Give the lines of a document below title and facts."""
    bare = Document("", "policy", (), "", "", "", document.blocks)
    return [line for line in lines(bare) if line]


def clauses(document: Document) -> Iterator[Clause]:
    """Give the clauses in the order they are printed."""
    return (block for block in walk(document.blocks) if isinstance(block, Clause))


def tables(document: Document) -> list[list[list[str]]]:
    """Give the tables as rows of texts, the header first."""
    return [
        [[plain_text(cell.children) for cell in row] for row in (block.header, *block.rows) if row]
        for block in walk(document.blocks)
        if isinstance(block, Table)
    ]


def numbers(document: Document) -> list[str]:
    """Give number and name of each section, clause and appendix, as "1.2 m/b"."""
    found = []
    for block in walk(document.blocks):
        match block:
            case Section(number=number, heading=heading):
                found.append(f"{number_text(number)} {plain_text(heading)}".strip())
            case Clause(number=number, id=name):
                found.append(f"{number_text(number)} {name}".strip())
            case Appendix(label=label, heading=heading):
                found.append(f"{label}: {plain_text(heading)}")
            case _:
                pass
    return found


def codes_of(target: Target) -> list[str]:
    """Give the codes of what is wrong with a target."""
    return [diagnostic.code for diagnostic in target.diagnostics]
