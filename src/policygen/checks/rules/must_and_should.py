"""A sentence that says both “must” and “should”.

Why: “must” is a duty and “should” is advice. In one sentence readers can't tell which part of
it is which, and nor can a disciplinary hearing.

Bad:
    text: |
      You must lock your phone away and should tell the office where it is.

Good:
    text: |
      You must lock your phone away. You should tell the office where it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

_MODAL = re.compile(r"(?<!-)\b(?:must|should)(?:n['’]t)?\b(?!-)", re.IGNORECASE)
_BOTH = 2


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell the second of the two, at its first place in the sentence."""
    for sentence in subject.prose.sentences:
        words = sentence.words
        if "must" not in words.lower() or "should" not in words.lower():
            continue
        first: dict[str, int] = {}
        for match in _MODAL.finditer(sentence.passage.prose, sentence.start, sentence.end):
            first.setdefault(match[0].lower()[: len("must")], match.start())
        if len(first) == _BOTH:
            start = max(first.values())
            word = "must" if first["must"] == start else "should"
            other = "should" if word == "must" else "must"
            message = f"this sentence says “{other}” before it says “{word}”"
            hint = (
                "“Must” is a duty, “should” is advice. Make two sentences of it, or use one word."
            )
            end = start + len(word)
            yield warning("must-and-should", (sentence.passage, start, end), message, hint)
