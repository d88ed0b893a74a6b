"""Two spaces between words.

Why: the gap is printed, and in justified or enlarged text it looks like a missing word. It
comes from typewriters, or from a word that was taken out.

Bad:
    text: |
      Be kind online.  Be honest.

Good:
    text: |
      Be kind online. Be honest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import replacing, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

_GAP = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each gap in anything that is printed."""
    for writing in subject.prose.writings:
        for passage in writing.passages.passages:
            for match in _GAP.finditer(passage.prose):
                start, end = match.span()
                count = {2: "two", 3: "three"}.get(end - start, str(end - start))
                message = f"{count} spaces stand here in a row"
                fix = replacing(subject.texts, passage, start, end, " ")
                hint = "Leave one."
                yield warning("double-space", (passage, start, end), message, hint, fix)
