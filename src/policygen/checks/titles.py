"""Titles of laws and guidance, and addresses, in a text: their words are not the author's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.prose import blotted

if TYPE_CHECKING:
    from policygen.checks.prose import Passage
    from policygen.model.library import Library

_LAW_WORDS = ("Act", "Regulations", "Order", "Standards", "Code", "Directive", "Convention")
_NAMED = r"[A-Z][\w’'-]*"
_JOINED = r"(?:of|and|the|for|in|to|on|with|by|etc\.?|\([^()]{1,80}\))"
_LAW = re.compile(
    rf"{_NAMED}(?:,?\ (?:{_NAMED}|{_JOINED}))*?\ (?:Act|Regulations|Order|Standards|Code"
    rf"|Directive|Convention)\b(?:\ \d{{4}})?"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FEWEST_WORDS = 3
"""Words in italics that begin with a capital are taken for a title from this number on."""


class Titles:
    """Blots titles out of passages."""

    def __init__(self, library: Library) -> None:
        names = {str(reference.title) for reference in library.references.values()}
        for reference in library.references.values():
            names.update(map(str, reference.aliases))
        known = sorted((name for name in names if name), key=lambda name: (-len(name), name))
        self.known = re.compile("|".join(map(re.escape, known))) if known else None
        self.capitals = frozenset(name[0] for name in known)

    def without(self, passage: Passage) -> str:
        """Give a passage's words with titles, addresses and code blotted out, as long as before."""
        words = passage.prose
        stretches = []
        if self.known:
            stretches += [match.span() for match in self.known.finditer(words)]
        if any(word in words for word in _LAW_WORDS):
            stretches += [match.span() for match in _LAW.finditer(words)]
        if "://" in words or "www." in words or "@" in words:
            stretches += [match.span() for match in _ADDRESS.finditer(words)]
        for start, end in passage.emphasised:
            title = words[start:end]
            if title[:1].isupper() and len(title.split()) >= _FEWEST_WORDS:
                stretches.append((start, end))
        return blotted(words, tuple(stretches)) if stretches else words
