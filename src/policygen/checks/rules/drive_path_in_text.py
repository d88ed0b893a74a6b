r"""A path on a shared drive typed into a text.

Why: parents and inspectors can't open it, staff of other schools can't either, and it tells
outsiders how the network is laid out.

Bad:
    text: |
      The form lies in S:\Staff\Forms for everybody.

Good:
    text: |
      The office has the form for everybody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

_PATH = re.compile(
    r"(?<![\w\\])\\{1,2}[A-Za-z][\w$.-]*(?:\\[\w$.&-]*[\w$&-])+\\?"
    r"|(?<!\w)[A-Za-z]:\\{1,2}(?:[\w$.&-]*[\w$&-](?:\\{1,2}[\w$.&-]*[\w$&-])*\\?)?"
    r"|(?<!\w)[A-Z]:/(?!/)(?:[\w$.&/-]*[\w$&/])?|(?<=\()[A-Z]:(?=\))"
    r"|(?<!\w)(?:smb|afp|file|nfs)://[^\s<>]+"
    r"|(?<!\w)[A-Z](?:: ?|-)[Dd]rive\b|(?<=\bthe )[A-Z] [Dd]rive\b|(?<=\bon )[B-Z] [Dd]rive\b"
)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each in anything that is printed, a policy's `location:` included."""
    for writing in subject.prose.writings:
        for passage in writing.passages.passages:
            words = passage.words
            if "\\" not in words and ":/" not in words and "rive" not in words:
                continue
            for match in _PATH.finditer(words):
                typed = passage.typed(*match.span()) or match[0]
                message = f"“{typed}” is a place on a shared drive"
                hint = "Say who has it, or link to a page that everybody can open."
                yield warning("drive-path-in-text", (passage, *match.span()), message, hint)
