"""A paragraph that ends without a stop, or leads to a list without a colon.

Why: a paragraph that just stops looks as if its end had been lost, and readers ask what it
was.

Bad:
    text: |
      Be kind online. Be honest

Good:
    text: |
      Be kind online. Be honest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import appending, warning
from policygen.checks.prose import ANY_SLOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.prose import Passage
    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

_ENDED = re.compile(r"[.!?:…][\"'”’)\]]*\s*\Z")
_WORD = re.compile(rf"[^\W\d_][\w’'-]*|{ANY_SLOT}")
_LAST_WORD = re.compile(rf"(?:\w|[)”’\"']|{ANY_SLOT})\s*\Z")
FEWEST_WORDS = 3
"""A paragraph with fewer is a word that stands by itself, as a name or a greeting does."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each paragraph and statement at its last character."""
    for writing, passage in subject.prose.passages:
        if writing.role not in {"body", "statement"} or passage.kind not in {"paragraph", "lead"}:
            continue
        if _ENDED.search(passage.words) or not _is_sentence(passage):
            continue
        end = len(passage.words.rstrip())
        lead = passage.kind == "lead"
        sign, name = (":", "colon") if lead else (".", "full stop")
        message = f"this paragraph leads to a list without a {name}"
        if not lead:
            message = f"this paragraph ends without a {name}"
        fix = None
        if _LAST_WORD.search(passage.words):
            fix = appending(subject.texts, passage, sign)
        hint = f"End it with a {name}."
        yield warning("missing-full-stop", (passage, end - 1, end), message, hint, fix)


def _is_sentence(passage: Passage) -> bool:
    """Whether it is prose: not a word or two, nor lines that are broken as in an address."""
    return "\n" not in passage.words and len(_WORD.findall(passage.words)) >= FEWEST_WORDS
