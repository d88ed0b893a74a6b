"""How hard the sample trust's texts are to read, as printed.

Measured as the rule ``reading-age`` measures a form.
"""

from __future__ import annotations

import functools
import statistics
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.sample import ROOT, sample
from policygen.assemble.targets import targets
from policygen.checks.reading import Reading, prose, reading_of
from policygen.checks.rules import reading_age
from policygen.document import Clause, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.document import Document

ADULTS = reading_age.ADULTS
PAGE = ROOT / "docs" / "readability.md"


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
        return sum(map(reading_of, self.sentences), Reading()).age


@functools.cache
def phases() -> dict[str, set[str | None]]:
    """Give the phases of the schools that print each form."""
    found: dict[str, set[str | None]] = defaultdict(set)
    for target in targets(sample()):
        if target.kind == "form" and target.school_id:
            found[target.id].add(sample().schools[target.school_id].phase)
    return found


@functools.cache
def printed() -> tuple[Document, ...]:
    """Give every document of the sample trust."""
    return tuple(t.document for t in targets(sample()) if t.document is not None)


def policies() -> dict[str, list[Text]]:
    """Give each policy as each of its schools prints it, without its forms."""
    found = defaultdict(list)
    for document in printed():
        if document.kind == "policy":
            found[document.id].append(Text(tuple(prose(document.blocks, forms=False))))
    return found


def forms() -> dict[str, list[Text]]:
    """Give each form as each of its schools prints it."""
    found = defaultdict(list)
    for document in printed():
        if document.kind == "form":
            found[document.id].append(Text(tuple(prose(document.blocks))))
    return found


def modules() -> dict[str, Text]:
    """Give each module of clauses: every wording of every clause that some school prints."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for document in printed():
        for block in walk(document.blocks):
            module, _, _ = block.id.partition("/") if isinstance(block, Clause) else ("", "", "")
            if isinstance(block, Clause) and module != "local":
                found[module] |= dict.fromkeys(prose(block.blocks))
    return {module: Text(tuple(found[module])) for module in sorted(found)}


def limit(form_id: str) -> float:
    """Give the highest reading age that a form's signatories should need at any school."""
    form = sample().forms[form_id]
    return min(reading_age.limit(form, phase) for phase in phases()[form_id])


def page() -> str:
    """Give the page of the documentation."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Reading ages"
    yield ""
    yield "How hard the sample trust's texts are to read, measured as its schools print them. This"
    yield "page is made by `make pages`, and a test holds every text to its limit."
    yield ""
    yield "The reading age is the Flesch-Kincaid grade plus five, as `policygen check` counts it."
    yield "Headings, tables made from data, labels and lines to write on are left out. Each item of"
    yield "a list counts as a sentence. Where schools print different words, the middle one stands"
    yield "here and the highest beside it. The limits are those of the rule `reading-age` at the"
    yield "school with the youngest readers."
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
