"""A word that law or guidance has given up: GDPR for UK GDPR, e-safety, industrial tribunal.

Why: since 2021 the United Kingdom has had a regulation of its own, and a policy that says
“GDPR” names a law of the European Union. An old word also tells inspectors and parents that
nobody has looked at the text since.

Bad:
    text: |
      We follow the GDPR.

Good:
    text: |
      We follow the UK GDPR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.checks.mending import replacing, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class _Outdated:
    """An old word, the new one, and what made it so. ``{s}`` in the new word is a plural."""

    pattern: re.Pattern[str]
    new: str
    because: str
    mechanical: bool = True


_WORDS = (
    _Outdated(
        re.compile(r"(?<!UK )(?<!EU )\bGDPR\b"),
        "UK GDPR",
        # Data Protection Act 2018, section 3(10), since the end of 2020.
        "the law here is the UK GDPR",
    ),
    _Outdated(
        re.compile(r"(?<!UK )(?<!EU )\bGeneral Data Protection Regulations?\b"),
        "UK General Data Protection Regulation",
        "the law here is the UK General Data Protection Regulation",
    ),
    _Outdated(
        re.compile(r"\b[Ee]-?[Ss]afety\b"),
        "online safety",
        # Keeping children safe in education, since its edition of 2016.
        "the guidance calls it online safety",
    ),
    _Outdated(
        re.compile(r"\b[Ii]ndustrial [Tt]ribunal(?P<s>s?)\b"),
        "employment tribunal{s}",
        # Employment Rights (Dispute Resolution) Act 1998, section 1.
        "they have been employment tribunals since 1998",
    ),
    _Outdated(
        re.compile(r"\bsexting\b", re.IGNORECASE),
        "sharing nudes and semi-nudes",
        # UK Council for Internet Safety, Sharing nudes and semi-nudes, since December 2020.
        "the guidance speaks of sharing nudes and semi-nudes",
        mechanical=False,
    ),
    _Outdated(
        re.compile(r"\b[Ss]tatement(?P<s>s?) of (?:SEN\b|[Ss]pecial [Ee]ducational [Nn]eeds)"),
        "education, health and care plan{s}",
        # Children and Families Act 2014, section 37.
        "education, health and care plans took their place in 2014",
    ),
)
_ANY = re.compile(r"GDPR|Data Protection Reg|[Ss]afety|ribunal|exting|tatements? of")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each outside titles of laws and guidance."""
    for _, passage, words in subject.prose.plain:
        if not _ANY.search(words):
            continue
        for outdated in _WORDS:
            for match in outdated.pattern.finditer(words):
                start, end = match.span()
                new = outdated.new.format(s=match.groupdict().get("s", ""))
                first = match[0][0]
                if first.isupper() and not new[0].isupper() and _opens(words, start):
                    new = new[0].upper() + new[1:]
                elif first.isupper() and new.islower() and match[0].title() == match[0]:
                    new = new.title()  # one of a name's words: “our E-Safety Policy”
                message = f"“{match[0].strip()}” is out of date: {outdated.because}"
                fix = replacing(subject.texts, passage, start, end, new)
                if not outdated.mechanical:
                    fix = None
                hint = f"Write “{new.strip()}”."
                yield warning("outdated-term", (passage, start, end), message, hint, fix)


def _opens(words: str, start: int) -> bool:
    """Whether a sentence or heading begins here."""
    return not words[:start].strip() or words[:start].rstrip()[-1] in ".!?:“\"'"
