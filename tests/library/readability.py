"""How hard the sample trust's texts are to read, as printed.

A reading age is the Flesch-Kincaid grade plus five, the age at which a pupil in England is
in the school year of that grade. textstat counts the syllables.
"""

from __future__ import annotations

import functools
import statistics
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import textstat

from library.sample import ROOT, sample
from policygen.assemble.targets import targets
from policygen.document import (
    BulletList,
    Clause,
    Fields,
    Form,
    Generated,
    NumberedList,
    Paragraph,
    Table,
    children,
    plain_text,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Block, Document

PAGE = ROOT / "docs" / "readability.md"
FIRST_GRADE_AGE = 5
FEWEST_WORDS = 4
"""A cell of a table with fewer words is a label and not prose."""

ADULTS = 14.0
PARENTS = 11.0
PUPILS = 9.0


@dataclass(frozen=True)
class Text:
    """Some prose: the sentences of a policy, a module or a form as schools print it."""

    sentences: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(sentence.split()) for sentence in self.sentences)

    @property
    def age(self) -> float:
        """The reading age."""
        grade: float = textstat.flesch_kincaid_grade(" ".join(self.sentences))
        return round(grade + FIRST_GRADE_AGE, 1)


@functools.cache
def printed() -> tuple[Document, ...]:
    """Give every document of the sample trust."""
    return tuple(t.document for t in targets(sample()) if t.document is not None)


def policies() -> dict[str, list[Text]]:
    """Give each policy as each of its schools prints it, without its forms."""
    found = defaultdict(list)
    for document in printed():
        if document.kind == "policy":
            found[document.id].append(Text(tuple(_prose(document.blocks, forms=False))))
    return found


def forms() -> dict[str, list[Text]]:
    """Give each form as each of its schools prints it."""
    found = defaultdict(list)
    for document in printed():
        if document.kind == "form":
            found[document.id].append(Text(tuple(_prose(document.blocks))))
    return found


def modules() -> dict[str, Text]:
    """Give each module of clauses: every wording of every clause that some school prints."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for document in printed():
        for block in walk(document.blocks):
            module, _, _ = block.id.partition("/") if isinstance(block, Clause) else ("", "", "")
            if isinstance(block, Clause) and module != "local":
                found[module] |= dict.fromkeys(_prose(block.blocks))
    return {module: Text(tuple(found[module])) for module in sorted(found)}


def limit(form_id: str) -> float:
    """Give the highest reading age that a form's signatories should need."""
    audience = set(map(str, sample().forms[form_id].audience))
    if audience & {"pupils"}:
        return PUPILS
    return PARENTS if audience & {"parents", "families"} else ADULTS


def page() -> str:
    """Give the page of the documentation."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Reading ages"
    yield ""
    yield "How hard the sample trust's texts are to read, measured as its schools print them. This"
    yield "page is made by `make pages`, and a test holds every text to its limit."
    yield ""
    yield "The reading age is the Flesch-Kincaid grade plus five, as textstat counts it. Headings,"
    yield "tables made from data, labels and lines to write on are left out. Each item of a list"
    yield "counts as a sentence. Where schools print different words, the middle figure stands here"
    yield "and the highest beside it."
    for heading, kind, limits, texts in (
        ("Policies", "Policy", lambda _: ADULTS, policies()),
        ("Forms", "Form", limit, forms()),
    ):
        yield from ("", f"## {heading}", "")
        yield f"| {kind} | Schools | Words | Reading age | Highest | Limit |"
        yield "| --- | ---: | ---: | ---: | ---: | ---: |"
        for name, versions in texts.items():
            ages = [version.age for version in versions]
            words = round(statistics.median(version.words for version in versions))
            middle = round(statistics.median(ages), 1)
            cells = (name, len(versions), words, middle, max(ages), limits(name))
            yield f"| {' | '.join(map(str, cells))} |"
    yield from ("", "## Modules of clauses", "", f"The limit is {ADULTS:.0f}.", "")
    yield "| Module | Words | Reading age |"
    yield "| --- | ---: | ---: |"
    for module, text in modules().items():
        yield f"| {module} | {text.words} | {text.age} |"


def _prose(blocks: Iterable[Block], *, forms: bool = True) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(role="body"):
                yield from _sentence(plain_text(block.children))
            case Table():
                for row in block.rows:
                    for cell in row:
                        words = plain_text(cell.children)
                        if len(words.split()) >= FEWEST_WORDS:
                            yield from _sentence(words)
            case Paragraph() | Generated() | Fields():
                pass
            case Form() if not forms:
                pass
            case BulletList() | NumberedList():
                for item in block.items:
                    yield from _prose(item, forms=forms)
            case _:
                yield from _prose(children(block), forms=forms)


def _sentence(words: str) -> Iterator[str]:
    """Give prose that ends as a sentence does, so that the next one doesn't run on."""
    words = " ".join(words.split())
    if words:
        yield words if words[-1] in ".!?" else f"{words.rstrip(':;,')}."
