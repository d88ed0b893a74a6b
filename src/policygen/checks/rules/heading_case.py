"""A heading whose capitals differ from those of the policy's other headings.

Why: where one heading is in Capitals and the next is not, readers take them for different
levels. GOV.UK's advice is the sentence's way: one capital at the beginning, and names.

Bad:
    # policies/conduct.yaml
    sections:
      - heading: Phones at school
        clauses: [conduct/phones]
      - heading: How we are kind
        clauses: [conduct/courtesy]
      - heading: Your Own Phone
        clauses: [conduct/rules]
    # clauses/conduct.yaml
    clauses:
      courtesy:
        text: |
          Be kind online.
      phones:
        cites: [kcsie]
        text: |
          You may use your own phone {{ settings.phones }}.
      rules:
        text: |
          The rules for visitors are the same.

Good:
    # policies/conduct.yaml
    sections:
      - heading: Phones at school
        clauses: [conduct/phones]
      - heading: How we are kind
        clauses: [conduct/courtesy]
      - heading: Your own phone
        clauses: [conduct/rules]
    # clauses/conduct.yaml
    clauses:
      courtesy:
        text: |
          Be kind online.
      phones:
        cites: [kcsie]
        text: |
          You may use your own phone {{ settings.phones }}.
      rules:
        text: |
          The rules for visitors are the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.checks.mending import warning
from policygen.checks.officers import posts
from policygen.checks.outlines import clauses_of
from policygen.checks.prose import ANY_SLOT, blotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.prose import Passage
    from policygen.checks.subject import Subject
    from policygen.checks.writings import Writing
    from policygen.diagnostics import Diagnostic
    from policygen.model.library import Library

_SMALL = frozenset(
    {
        *(
            "a",
            "an",
            "and",
            "as",
            "at",
            "but",
            "by",
            "for",
            "from",
            "if",
            "in",
            "into",
            "is",
            "nor",
        ),
        *("not", "of", "on", "or", "our", "over", "per", "than", "the", "to", "up", "via", "vs"),
        *("we", "with", "your"),
    }
)
"""Words that stay small in either way of writing."""

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_ACRONYM = re.compile(r"\w*[A-Z\d]\w*[A-Z\d]\w*")
_OPENS = re.compile(rf"(?:\A|[:.!?–—]\s|[\"“(]|{ANY_SLOT}\s?[:–—]\s?)\s*\Z")
_COMMON = re.compile(r"(?<![\w.!?:“\"-])[a-z][a-z’'-]*(?!\w)")
_FEWEST_LETTERS = 5
_SHOUTED = 2


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading with its words past the first: those in capitals, those without."""

    passage: Passage
    capital: tuple[re.Match[str], ...]
    small: tuple[re.Match[str], ...]
    opening: re.Match[str] | None


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each heading at its first word that differs from its policy's habit."""
    reader = _Reader(subject)
    told: set[int] = set()
    for policy_id, headings in reader.by_policy().items():
        titled = sum(bool(h.capital) and not h.small for h in headings)
        plain = sum(bool(h.small) and not h.capital for h in headings)
        for heading in headings:
            if id(heading.passage) in told:
                continue
            found = _told(heading, policy_id, in_capitals=titled > plain, habit=titled != plain)
            if found is not None:
                told.add(id(heading.passage))
                yield found


def _told(
    heading: _Heading, policy_id: str, *, in_capitals: bool, habit: bool
) -> Diagnostic | None:
    passage = heading.passage
    letters = [c for c in passage.words if c.isalpha() and ord(c) < 0xF0000]  # noqa: PLR2004 slots
    shouted = len(_WORD.findall(passage.words)) >= _SHOUTED and len(letters) > _FEWEST_LETTERS
    if shouted and all(c.isupper() for c in letters):
        message = "this heading is all in capitals"
        hint = "Write it as a sentence; the style sheet says how it looks."
        return warning("heading-case", (passage, 0, len(passage.words)), message, hint)
    if heading.opening is not None:
        message = f"this heading begins with a small letter: “{heading.opening[0]}”"
        hint = "Begin it with a capital."
        return warning("heading-case", (passage, *heading.opening.span()), message, hint)
    odd = heading.small if in_capitals else heading.capital
    if not odd or not habit:
        return None
    word = odd[0]
    kind, other = ("a small letter", "capitals") if in_capitals else ("a capital", "small letters")
    message = f"“{word[0]}” has {kind}, where other headings of “{policy_id}” have {other}"
    hint = f"Write “{word[0].capitalize() if in_capitals else word[0].lower()}”."
    return warning("heading-case", (passage, *word.span()), message, hint)


class _Reader:
    """Reads headings, and knows which words are names."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.library = subject.library
        self.common = frozenset(
            word for _, passage, words in subject.prose.plain for word in _COMMON.findall(words)
        )
        names = sorted(_names(self.library), key=lambda name: (-len(name), name))
        self.names = re.compile("|".join(map(re.escape, names))) if names else None

    def by_policy(self) -> dict[str, list[_Heading]]:
        """Give the headings each policy prints, its clauses' and the schools' own included."""
        of_clause: dict[str, list[_Heading]] = {}
        found: dict[str, list[_Heading]] = {name: [] for name in self.library.policies}
        for writing, passage, words in self.subject.prose.plain:
            if writing.role != "heading":
                continue
            heading = self.heading(passage, words)
            policy = _policy(writing)
            if policy in found:
                found[policy].append(heading)
            elif writing.owner.startswith("clauses/"):
                of_clause.setdefault(writing.clause, []).append(heading)
        for name, policy_record in self.library.policies.items():
            for clause in clauses_of(self.library, policy_record):
                found[name] += of_clause.get(clause, [])
        return found

    def heading(self, passage: Passage, words: str) -> _Heading:
        if self.names:
            words = blotted(words, tuple(match.span() for match in self.names.finditer(words)))
        capital, small, opening = [], [], None
        for match in _WORD.finditer(words):
            word = match[0]
            if _OPENS.search(words[: match.start()]):
                if match.start() == 0 and word.islower():
                    opening = match
                continue
            if word.lower() in _SMALL or _ACRONYM.fullmatch(word):
                continue
            if word.islower():
                small.append(match)
            elif word.lower() in self.common:
                capital.append(match)
        return _Heading(passage, tuple(capital), tuple(small), opening)


def _policy(writing: Writing) -> str:
    if writing.owner.startswith("policies/"):
        return writing.owner.removeprefix("policies/")
    return writing.policy


def _names(library: Library) -> set[str]:
    """Give names that have their capitals anywhere: schools, posts, people, policies."""
    found = {str(library.trust.name), str(library.trust.short_name or "")}
    for school in library.schools.values():
        found |= {str(school.name), str(school.short_name or "")}
    for _, officer in posts(library):
        found |= {str(officer.name or ""), str(officer.post or "")}
    found |= {str(policy.title) for policy in library.policies.values() if "{{" not in policy.title}
    return {name for name in found if name}
