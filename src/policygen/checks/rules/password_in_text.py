"""Something that looks like a password, a PIN or a door code.

Why: a policy is published. Whoever reads it can use what it gives away, and a log-in that
stands in a document is shared by everybody and owned by nobody.

Bad:
    text: |
      The password is Welcome2026 for all visitors.

Good:
    text: |
      The office gives each visitor a password.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

_NAMED = re.compile(
    r"\b(?:pass ?(?:word|code|phrase)|user ?name|log-?in|wi-?fi key|network key|access key)\b"
    r"(?P<joined>\s*(?:is|was|=|:)\s*(?:now )?)[\"'“‘`]?(?P<secret>[^\s\"“”‘’`]{4,})",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:(?:PIN|[Dd]oor code|[Ee]ntry code|[Gg]ate code|[Aa]larm code|[Aa]ccess code)"
    r"\s*(?:is|was|number|no\.?|=|:)?|[Cc]ode (?:for|to|at) (?:the )?[\w ]{2,24}? is)"
    r"\s+(?P<secret>[A-Z]?\d{3,8}[A-Z#*]?)\b"
)
_ALONE = re.compile(
    r"(?<![\w@/.:-])(?=[^\s]*[a-z])(?=[^\s]*[A-Z])(?=[^\s]*\d)(?=[^\s]*[!$%^&*?#@])"
    r"[A-Za-z][\w!$%^&*?#@]{6,30}[\w!$%^&*#](?![\w/.@])"
)
_TOLD = re.compile(r"pass|user ?name|log-?in|key\b|PIN|code", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each in anything that is printed, at the secret, which no message repeats."""
    for writing in subject.prose.writings:
        for passage in writing.passages.passages:
            words = passage.words
            told: list[int] = []
            if _TOLD.search(words):
                for match in (*_NAMED.finditer(words), *_CODE.finditer(words)):
                    if match.re is _NAMED and not _is_secret(match):
                        continue
                    told.append(match.start("secret"))
                    start, end = match.span("secret")
                    end -= len(match["secret"]) - len(match["secret"].rstrip(".,;:!?)"))
                    message = "this looks like a password, a log-in or a code"
                    hint = "Take it out, and change it: whoever has read it knows it."
                    yield warning("password-in-text", (passage, start, end), message, hint)
            for match in _ALONE.finditer(words):
                if match.start() not in told:
                    message = "this looks like a password"
                    hint = "Take it out, and change it: whoever has read it knows it."
                    yield warning("password-in-text", (passage, *match.span()), message, hint)


def _is_secret(match: re.Match[str]) -> bool:
    """Whether what stands behind “password is” is one, and not the next word."""
    secret = match["secret"].rstrip(".,;:!?)")
    joined = match["joined"]
    return (
        any(c.isdigit() for c in secret)
        or any(c in "!$%^&*#@_" for c in secret)
        or any(c.isupper() for c in secret[1:])
        or "=" in joined
        or match[0][match.start("secret") - match.start() - 1] in "\"'“‘`"
    )
