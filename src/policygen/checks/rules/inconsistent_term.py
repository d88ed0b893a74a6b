"""A word for which the trust has another: head teacher, academy, students, parents/carers.

Why: a term prints the word of each school. A word that is typed prints the same everywhere,
so that a document says headteacher on one page and principal on the next, and readers look
for two people.

Bad:
    text: |
      You must tell the head teacher.

Good:
    text: |
      You must tell the {{ terms.headteacher }}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.mending import replacing, warning
from policygen.checks.vocabulary import ANY_WORD, WORDS, Printed, Word, printed

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from policygen.checks.prose import Passage
    from policygen.checks.subject import Subject
    from policygen.checks.writings import Writing
    from policygen.diagnostics import Diagnostic, Fix


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell a typed word that some school prints otherwise."""
    by_term = printed(subject.library)
    for writing, passage, words in subject.prose.plain:
        if not ANY_WORD.search(words):
            continue
        for word in WORDS:
            for match in word.pattern.finditer(words) if word.term in by_term else ():
                schools = _printing(by_term[word.term], writing)
                typed = match[_group(match)]
                others = [s for s in schools if typed.lower() not in s.forms]
                # A title may name a group of people by any word that somebody uses for it.
                if others and (writing.role != "title" or len(others) == len(schools)):
                    start, end = match.span(_group(match))
                    shown = others[0].form(word.form)
                    message = f"“{typed}” is typed where {others[0].who} says “{shown}”"
                    new = _replacement(by_term[word.term], word, _article(match), typed)
                    hint = f"Write {new or f'{{{{ terms.{word.term} }}}}'}."
                    fix = _fix(subject, passage, match, new) if new else None
                    place = (passage, start, end)
                    yield warning("inconsistent-term", place, message, hint, fix)


def _fix(subject: Subject, passage: Passage, match: re.Match[str], new: str) -> Fix | None:
    """Give the edit that prints the term, None where its capitals wouldn't fit."""
    start, end = match.span(_group(match))
    typed = match[_group(match)]
    begin = match.start("article") if _article(match) else start
    if typed not in {typed.lower(), typed.capitalize()} or not _fits(passage.words, begin, new):
        return None
    return replacing(subject.texts, passage, begin, end, new)


def _printing(schools: list[Printed], writing: Writing) -> list[Printed]:
    """Give the schools that may print a text: a school's own file is its own."""
    own = writing.owner.partition("/")[2] if writing.owner.startswith("schools/") else ""
    return [school for school in schools if not own or school.school == own]


def _group(match: re.Match[str]) -> str:
    return "word" if match["word"] else "word2"


def _article(match: re.Match[str]) -> str:
    return match.groupdict().get("article") or ""


def _fits(words: str, start: int, new: str) -> bool:
    """Whether a capital stands only where a sentence begins."""
    opens = not words[:start].strip() or words[:start].rstrip()[-1] in ".!?:"
    return opens or "capitalize_first" not in new


def _replacement(schools: list[Printed], word: Word, article: str, typed: str) -> str | None:
    """Give the ``{{ }}`` that prints the word, None where some school lacks the form."""
    name = f"terms.{word.term}"
    if word.form == "one":
        if any(school.one is None for school in schools):
            return None
        name += ".one"
    elif word.form == "many" and any(school.many != school.bare for school in schools):
        if any(school.many is None for school in schools):
            return None
        name += ".many"
    filters = " | a" if article else ""
    filters += " | capitalize_first" if (article or typed)[0].isupper() else ""
    return f"{{{{ {name}{filters} }}}}"
