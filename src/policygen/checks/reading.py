"""How hard some prose is to read: the reading age, by Flesch and Kincaid.

The grade is 0.39 times the words in a sentence plus 11.8 times the syllables in a word, less
15.59 (J. P. Kincaid and others, 1975). A grade is a school year of the United States; plus
five it is the age at which a pupil in England is in the like year.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.document import (
    BulletList,
    Fields,
    Form,
    Generated,
    NumberedList,
    Paragraph,
    Table,
    children,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Block

FIRST_GRADE_AGE = 5
FEWEST_WORDS = 4
"""A cell of a table with fewer words is a label and not prose."""

_WORD = re.compile(r"[^\W_]+(?:['’.@-][^\W_]+)*")
_STOP = re.compile(r"[.!?…]+(?=\W*(?:\s|\Z))")
_SHORT = 3
_VOWELS = re.compile(r"[aeiouy]+")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_SILENT = (
    re.compile(
        r"(?:some|safe|where|fore|whistle|like|time|home|side|ware)"
        r"(?=one|[b-df-hj-np-tv-z]\w)(?!ly|less|ness|ful|ment)"
    ),
    re.compile(r"every"),
    re.compile(r"[^aeiouy]e\Z(?<![^aeiouylr]le)"),
    re.compile(r"(?:[aei]que|eague|ogue)s?\Z"),
    re.compile(r"[^aeiouytd]ed\Z"),
    re.compile(r"[^aeiouysxzcg]es\Z(?<![^aeiouyl]les)(?<!shes)(?<!ches)"),
    re.compile(r"[aeiouy][^aeiouy]+e(?:ly|ments?|ful|fully|less|ness)\Z"),
    re.compile(r"siness\Z"),
)
"""Where a vowel is written and not spoken: one syllable less each."""

_APART = re.compile(
    r"[^tscg]ia(?!ge)|[dnr]io(?!us)|[^aeiou]yo|eo(?!u|ple|n\Z)|[^qg]u[ao](?!y)|[aeo]ying|oing"
    r"|uing|iet|isms?\Z|oyee|create|[dlr]iers?\Z|being|\Aidea|[drl]ience|\Ascience"
)
"""Two vowels that are spoken apart: one syllable more each."""


@functools.lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Count a word's syllables, by its spelling."""
    letters = _POSSESSIVE.sub("", word.lower()).replace("-", "").replace("'", "")
    if len(letters) <= _SHORT:
        return 1
    count = len(_VOWELS.findall(letters)) + len(_APART.findall(letters))
    return max(1, count - sum(len(silent.findall(letters)) for silent in _SILENT))


@dataclass(frozen=True, slots=True)
class Reading:
    """How much there is to read: sentences, words, syllables."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0

    def __add__(self, other: Reading) -> Reading:
        """Give both together."""
        return Reading(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
        )

    @property
    def age(self) -> float:
        """The reading age in years, to a tenth; 0 where there is nothing to read."""
        if not self.words:
            return 0.0
        per_sentence = self.words / max(1, self.sentences)
        grade = 0.39 * per_sentence + 11.8 * self.syllables / self.words - 15.59
        return round(grade + FIRST_GRADE_AGE, 1)


@functools.lru_cache(maxsize=20_000)
def reading_of(words: str) -> Reading:
    """Give how much there is to read in a paragraph or an item of a list."""
    found = _WORD.findall(words)
    stops = len(_STOP.findall(words))
    if found and not _STOP.search(words.rstrip()[-1:]):
        stops += 1
    return Reading(stops if found else 0, len(found), sum(map(syllables, found)))


def prose(blocks: Iterable[Block], *, forms: bool = True) -> Iterator[str]:
    """Give what is read as prose: no headings, labels or tables made from data.

    Each paragraph, item of a list and longer cell of a table comes by itself; ``forms`` says
    whether forms inside a policy count.
    """
    for block in blocks:
        match block:
            case Paragraph(role="body"):
                yield from _paragraph(plain_text(block.children))
            case Table():
                for row in block.rows:
                    for cell in row:
                        words = plain_text(cell.children)
                        if len(words.split()) >= FEWEST_WORDS:
                            yield from _paragraph(words)
            case Paragraph() | Generated() | Fields():
                pass
            case Form() if not forms:
                pass
            case BulletList() | NumberedList():
                for item in block.items:
                    yield from prose(item, forms=forms)
            case _:
                yield from prose(children(block), forms=forms)


def _paragraph(words: str) -> Iterator[str]:
    """Give prose with single spaces, nothing where there are no words."""
    if one_line := " ".join(words.split()):
        yield one_line
