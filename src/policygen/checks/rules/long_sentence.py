"""A sentence of more than 40 words.

Why: GOV.UK's advice is about 25 words to a sentence. Readers lose a longer one before its
end, and what they lose is often the exception.

Bad:
    text: |
      You must not post pictures of anybody at work unless they have said that they agree
      and you have checked that the picture shows nothing private such as a name badge, a
      screen or a timetable and have asked the office to clear it before you post it.

Good:
    text: |
      You must not post pictures of anybody at work unless they agree. Check that the picture
      shows nothing private, such as a name badge, a screen or a timetable. Ask the office to
      clear it before you post it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import warning
from policygen.checks.prose import ANY_SLOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

MOST_WORDS = 40

_WORD = re.compile(rf"[^\W_][\w’'.-]*|{ANY_SLOT}")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each at its first word. What ``{{ }}`` prints counts as one word."""
    for sentence in subject.prose.sentences:
        if sentence.end - sentence.start < MOST_WORDS * 2:
            continue
        count = len(_WORD.findall(sentence.words))
        if count > MOST_WORDS:
            message = f"this sentence has {count} words"
            hint = f"Part it: more than {MOST_WORDS} are hard to follow, about 25 are easy."
            start, end = sentence.start, sentence.end
            yield warning("long-sentence", (sentence.passage, start, end), message, hint)
