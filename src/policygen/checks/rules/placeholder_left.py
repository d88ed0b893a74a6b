"""Something that was to be filled in: XXX, TBC, ____, [name], lorem ipsum.

Why: a document that goes out with a gap in it has not been read by anybody, and a reader who
finds one doubts the rest.

Bad:
    text: |
      Tell [name of lead] about any concern.

Good:
    text: |
      Tell {{ officers.headteacher.name }} about any concern.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

_ASKED = (
    r"(?:insert|enter|add|delete|name|school|academy|trust|date|your|title|head|person|role|post"
    r"|number|tel|telephone|e-?mail|address|url|link|text|placeholder|tb[acd]|to ?do|details|xx+"
    r"|month|year|version|policy)"
)
"""With what the words between brackets begin that ask for something."""

_LEFT = re.compile(
    r"\bX{3,}\b(?!-rated)|\b[xX]{2}[/.-][xX]{2}[/.-](?:[xX]{2,4}|\d{2,4})\b|\bx{3,}\b"
    r"|\b(?:TB[ACD]|T\.B\.[ACD]\.?|TODO|FIXME)\b|(?<!\w)[Tt]o be (?:confirmed|inserted|advised)"
    r"(?=[.)\]]|\s*\Z)"
    r"|_{3,}|…{2,}|\.{5,}|\?{3,}|#{3,}"
    r"|\[(?!sic\]|see |\d+\]|\s*\])[^\[\]\n]{1,80}\]"
    rf"|<\s*{_ASKED}\b[^<>\n]{{0,60}}>|\{{\s*{_ASKED}\b[^{{}}\n]{{0,60}}\}}|«[^«»\n]{{1,60}}»"
    r"|\b[Ii]nsert (?:(?:the|your) )?(?:(?:school|trust) )?(?:name|text|logo|date|details)"
    r"(?: here)?\b"
    r"|\b[Ll]orem ipsum\b(?:,? dolor sit amet)?|\b[Dd]olor sit amet\b",
)
_SIGNS = re.compile(
    r"[Xx]{3}|[xX]{2}[/.-]|TB|T\.B|TODO|FIXME|[Tt]o be |__|……|\.{5}|\?{3}|##|[\[<{«]|nsert"
    r"|ipsum|amet"
)
"""What every match has; to look for the rest only where one of them stands."""

_RULED = re.compile(r"_{3,}|…{2,}|\.{5,}")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each in anything that is printed, names and addresses included."""
    for writing in subject.prose.writings:
        for passage in writing.passages.passages:
            words = passage.prose
            if not _SIGNS.search(words):
                continue
            for match in _LEFT.finditer(words):
                start, end = match.span()
                message = f"“{match[0]}” was to be filled in"
                hint = "Write what belongs here, or a {{ }} that prints it."
                if writing.role == "data":
                    hint = "Write what belongs here, or take the line out until you know."
                elif _RULED.fullmatch(match[0]):
                    message = "a line to write on is typed here"
                    hint = "Screen readers read it sign by sign; use a form's `fields:`."
                yield warning("placeholder-left", (passage, start, end), message, hint)
