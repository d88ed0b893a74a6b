"""Straight quotation marks or apostrophes among curly ones, or the other way round.

Why: text that was pasted from Word brings curly ones along, and a page with both looks put
together from pieces. Searching for “don't” finds only half of them, too.

Bad:
    text: |
      Don't share it, and don’t keep it.

Good:
    text: |
      Don't share it, and don't keep it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import replacing, together, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.prose import Passage
    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic

_PAIRS = (("apostrophes", "'", "‘’"), ("quotation marks", '"', "“”"))
_OPENING_AFTER = re.compile(r"(?:\A|[\s(\[—–-])\Z")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell, once a passage, the kind that the library has less of."""
    passages = [passage for _, passage in subject.prose.passages]
    everything = "\n".join(passage.prose for passage in passages)
    for name, straight, curly in _PAIRS:
        typed = everything.count(straight)
        pasted = sum(map(everything.count, curly))
        if not typed or not pasted:
            continue
        keeps_straight = typed > pasted or (typed == pasted and _first(everything, straight, curly))
        odd = re.compile(f"[{curly if keeps_straight else straight}]")
        for passage in passages:
            if places := [match.start() for match in odd.finditer(passage.prose)]:
                yield _told(subject, passage, places, name, (straight, curly, keeps_straight))


def _first(everything: str, straight: str, curly: str) -> bool:
    """Whether a straight one comes first: so it is the habit where both are as many."""
    return everything.find(straight) < min(
        place for sign in curly if (place := everything.find(sign)) >= 0
    )


def _told(
    subject: Subject,
    passage: Passage,
    places: list[int],
    name: str,
    style: tuple[str, str, bool],
) -> Diagnostic:
    straight, curly, keeps_straight = style
    kind, other = ("curly", "straight") if keeps_straight else ("straight", "curly")
    edits = []
    for place in places:
        opening = _OPENING_AFTER.search(passage.words[:place]) is not None
        new = straight if keeps_straight else curly[0 if opening else 1]
        edits.append(replacing(subject.texts, passage, place, place + 1, new))
    message = f"{kind} {name} stand here, {other} ones elsewhere"
    hint = f"Type {other} ones, as most texts here have them."
    start = places[0]
    fix = together(*edits)
    return warning("mixed-quotes", (passage, start, start + 1), message, hint, fix)
