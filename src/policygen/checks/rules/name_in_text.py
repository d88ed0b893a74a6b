"""A person's name typed into a text.

Why: people leave. A name in a clause stays behind in the documents of every school, and in
the approved wording; the name of an officer changes in one place.

Bad:
    text: |
      Tell Mrs Person about any concern.

Good:
    text: |
      Tell {{ officers.headteacher.name }} about any concern.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.forenames import FORENAMES
from policygen.checks.mending import warning
from policygen.checks.officers import posts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.prose import Passage
    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic
    from policygen.model.library import Library

_BETWEEN = r"(?:(?:de|da|van|von|le|la|el|al|bin) )?"
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Revd?|Cllr|Councillor)\b\.? "
    rf"(?:[A-Z]\.? ?){{0,3}}{_BETWEEN}[A-Z][\w’'-]+"
    r"(?: (?!(?:Act|Report|Review|Street|Road|School)\b)[A-Z][\w’'-]+)?"
)
_FULL = re.compile(
    rf"(?<![\w’'-])(?<!\bSt )(?<!\bSt\. )(?=(?P<name>(?P<first>[A-Z]\w+) (?:[A-Z]\.? )?{_BETWEEN}"
    r"(?P<last>[A-Z]\w[\w’'-]*(?<!['’]s)))(?![\w-])(?! (?:School|Academy|Primary|College|Trust"
    r"|Hospital|Street|Road|House|Hall|Foundation|Act|Award|Centre)\b))"
)
_NO_SURNAME = frozenset(
    {
        *("School", "Academy", "Primary", "College", "Trust", "Hospital", "Street", "Road"),
        *("House", "Hall", "Foundation", "Award", "Centre", "Act", "Review", "Report", "Day"),
        *("Lane", "Avenue", "Infant", "Junior", "High", "Church", "Park", "Library"),
    }
)
_FEWEST_WORDS = 2
"""A name of one word may be a post or a common noun."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell the names of known officers, names with a title (Mr, Dr), and first and last names."""
    officers = _officers(subject.library)
    known = sorted(officers, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)") if known else None
    first_words = {name.split()[0] for name in known}
    for _, passage, words in subject.prose.plain:
        stretches: list[tuple[int, int]] = []
        if pattern and any(word in words for word in first_words):
            for match in pattern.finditer(words):
                stretches.append(match.span())
                yield _known(passage, match, officers[match[0]])
        for match in _TITLED.finditer(words):
            if any(start < match.end() and match.start() < end for start, end in stretches):
                continue
            hint = "Name an officer in the trust's or the school's file and print that."
            surname = re.split(r"[\s.]", match[0])[-1]
            posts = {post for name, post in officers.items() if name.split()[-1] == surname}
            if len(posts) == 1:
                hint = f"Write {{{{ officers.{posts.pop()}.name }}}}."
            message = f"“{match[0]}” is typed here: a person's name"
            yield warning("name-in-text", (passage, *match.span()), message, hint)
            stretches.append(match.span())
        named = not FORENAMES.isdisjoint(words.split())
        for match in _FULL.finditer(words) if named else ():
            if match["first"] not in FORENAMES or match["last"] in _NO_SURNAME:
                continue
            if any(start < match.end("name") and match.start() < end for start, end in stretches):
                continue
            message = f"“{match['name']}” looks like a person's name"
            hint = "Name an officer in the trust's or the school's file and print that."
            stretches.append(match.span("name"))
            yield warning("name-in-text", (passage, *match.span("name")), message, hint)


def _known(passage: Passage, match: re.Match[str], post: str) -> Diagnostic:
    message = f"“{match[0]}” is typed here: the name of an officer"
    hint = f"Write {{{{ officers.{post}.name }}}}."
    return warning("name-in-text", (passage, *match.span()), message, hint)


def _officers(library: Library) -> dict[str, str]:
    """Give the names of all officers with the post's name in ``{{ }}``."""
    found: dict[str, str] = {}
    for post, officer in posts(library):
        name = " ".join(str(officer.name or "").split())
        if len(name.split()) >= _FEWEST_WORDS:
            found.setdefault(name, post)
    return found
