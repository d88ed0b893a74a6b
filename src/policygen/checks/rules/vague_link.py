"""A link whose words don't say where it leads.

Why: people who use a screen reader hear the links of a page as a list: “here, here, click
here”. On paper such words lead nowhere at all.

Bad:
    text: |
      For the guidance on phones [click here](https://guidance.example/phones).

Good:
    text: |
      Read the [guidance on phones](https://guidance.example/phones).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

_VAGUE = re.compile(
    r"(?:please )?(?:(?:click|press|tap|see|look|go|read|follow|visit)(?: on| to| at)? )?"
    r"(?:(?:it )?(?:right )?(?:here|there)|(?:(?:this|the|our|a) )?(?:following )?"
    r"(?:link|page|site|website|web page|webpage|document|file|pdf|download|url|address)"
    r"(?: (?:here|below|above))?|this|(?:read |find out |learn |for )?(?:more|further|details"
    r"|more details|more information|further information|info|information)(?: here)?)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z|[\w-]+(?:\.[\w-]+)+/\S*\Z", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each link by its words."""
    for _, passage in subject.prose.passages:
        for link in passage.links:
            words = passage.words[link.start : link.end].strip(" .,:;!?…»>→")
            hint = (
                "Make a link of the words that name what is there: [guidance on phones](https://…)."
            )
            if _ADDRESS.match(words):
                message = "the words of this link are an address, which nobody can read out"
            elif _VAGUE.fullmatch(words):
                message = f"“{words}” doesn't say where this link leads"
            else:
                continue
            yield warning("vague-link", (passage, link.start, link.end), message, hint)
