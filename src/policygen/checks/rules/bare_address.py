"""An address of a web page typed into a text.

Why: nobody reads an address, a screen reader spells it out, and it breaks across lines. A
link has words, and its address can be mended in one place.

Bad:
    text: |
      Read https://guidance.example/phones before you bring a phone.

Good:
    text: |
      Read the [guidance on phones](https://guidance.example/phones) first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

_ADDRESS = re.compile(r"(?<![\w@./-])(?:https?://|www\.)[^\s<>\"”’]*[^\s<>\"”’.,:;!?)\]]")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each address that is no link."""
    for _, passage in subject.prose.passages:
        words = passage.prose
        if "://" not in words and "www." not in words:
            continue
        for match in _ADDRESS.finditer(words):
            start, end = match.span()
            if any(link.start <= start < link.end for link in passage.links):
                continue
            message = "an address is typed here in place of a link with words"
            address = match[0] if "://" in match[0] else f"https://{match[0]}"
            hint = f"Write what is there: [guidance on phones]({address})."
            yield warning("bare-address", (passage, start, end), message, hint)
