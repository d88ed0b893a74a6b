"""A text that names another edition of a guidance than the one in the register.

Why: Statutory guidance comes out anew each year, and paragraphs move. A policy that names last
year's edition tells everybody that nobody has looked.

Bad:
    text: |
      Read Part one of Keeping children safe in education (2023).

Good:
    cites: [kcsie]
    text: |
      Read Part one of {{ cite("kcsie") }}.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.laws import is_over, years
from policygen.checks.mending import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.prose import Passage
    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic


_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Sept?"
)
_BEHIND = re.compile(
    rf"[\s,;:()\[\]–—’'*-]*"
    rf"(?:(?:the|of|from|for|in|edition|version|dated|updated|revised|DfE|[Pp]art\s+\w+|{_MONTH})\b[\s.,()]*){{0,4}}"
    r"(?P<year>(?:19|20)\d\d)\b"
)
_BEFORE = re.compile(
    r"\b(?P<year>(?:19|20)\d\d)\s+(?:(?:edition|version|update|issue)\s+)?(?:of\s+)?(?:the\s+)?\Z"
)
_FAR = 40
"""So many characters before a name a year may stand."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each year behind or before the name of what is in force in another edition."""
    for writing in subject.prose.writings:
        if writing.owner.startswith("references/"):
            continue
        for passage in writing.passages.passages:
            if "19" in passage.words or "20" in passage.words:
                yield from _in(subject, passage)


def _in(subject: Subject, passage: Passage) -> Iterator[Diagnostic]:
    words = passage.prose
    for mention in subject.laws.mentions(passage):
        reference = subject.library.references.get(mention.reference_id)
        edition = years(str(reference.edition)) if reference and reference.edition else ()
        if reference is None or not edition or is_over(reference, subject.as_of):
            continue
        behind = _BEHIND.match(words, mention.end)
        before = _BEFORE.search(words, max(0, mention.start - _FAR), mention.start)
        match = behind or before
        if match is None or match["year"] in edition:
            continue
        start, end = min(mention.start, match.start()), max(mention.end, match.end("year"))
        message = f"this names the edition of {match['year']}; the register has {reference.edition}"
        hint = f'Print {{{{ cite("{mention.reference_id}") }}}}, or name it without a year.'
        yield warning("old-edition", (passage, start, end), message, hint)
