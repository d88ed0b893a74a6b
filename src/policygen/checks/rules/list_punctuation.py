"""Items of one list that end differently.

Why: where some items end with a full stop and others with nothing, readers take the list for
two, or look for the words that got lost.

Bad:
    text: |
      You must not share:

      - passwords;
      - pictures
      - addresses.

Good:
    text: |
      You must not share:

      - passwords
      - pictures
      - addresses.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policygen.checks.mending import appending, replacing, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.prose import ItemList, Passage
    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic, Fix

_END = re.compile(r"(?P<sign>[.;,!?:…]?)(?P<joined>[;,]?\s+(?:and|or|but))?(?:[\"'”’)\]]*)\s*\Z")
_JOINED = re.compile(r"\b(?:and|or|but)\s*\Z")
_NAMES = {".": "a full stop", ";": "a semicolon", ",": "a comma", "": "nothing"}
_FEWEST = 2


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each item that ends otherwise than most; the last may close with a full stop."""
    for writing in subject.prose.authored:
        for found in writing.passages.lists:
            if len(found.items) >= _FEWEST:
                yield from _of_list(subject, found)


def _of_list(subject: Subject, found: ItemList) -> Iterator[Diagnostic]:
    items = found.items
    body = [_end(item.passage) for item in items[:-1] if not item.continued]
    if not body:
        return
    habit = Counter(body).most_common(1)[0][0]
    for item in items:
        is_last = item is items[-1]
        end = _end(item.passage)
        fitting = {habit}
        if is_last:  # a list inside an item ends as the item would
            fitting = {".", habit} if found.inner else {".", habit} - {";", ","}
        leads_on = item is items[-2] and _JOINED.search(item.passage.words)  # “…, and”
        if item.continued or end in fitting or leads_on:
            continue
        if is_last and habit:
            wanted = "."
            message = (
                f"this last item ends with {_NAMES[end]}, where {_NAMES[wanted]} closes a list"
            )
        else:
            wanted = habit
            message = f"this item ends with {_NAMES[end]}, others of the list with {_NAMES[habit]}"
        hint = "End all items alike; the last may have a full stop."
        at = len(item.passage.words.rstrip())
        fix = _mended(subject, item.passage, end, wanted)
        yield warning("list-punctuation", (item.passage, at - 1, at), message, hint, fix)


def _end(passage: Passage) -> str:
    """Give how an item ends: ".", ";", "," or nothing. "; and" is as ";"."""
    match = _END.search(passage.words)
    if match is None:
        return ""
    joined = (match["joined"] or "").lstrip()[:1]
    sign = match["sign"] or (joined if joined in ";," else "")
    return "." if sign in {"!", "?", "…", ":"} else sign


def _mended(subject: Subject, passage: Passage, end: str, new: str) -> Fix | None:
    """Give the edit that ends an item with ``new``, None where more than a sign must change."""
    words = passage.words.rstrip()
    at = len(words)
    if not end:
        return appending(subject.texts, passage, new) if words[-1].isalnum() else None
    if words[-1] != end:
        return None
    return replacing(subject.texts, passage, at - 1, at, new)
