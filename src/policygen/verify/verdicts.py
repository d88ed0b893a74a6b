"""A file or a fingerprint in, out what is known of it."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.document import (
    Revision,
    children,
    inlines,
    plain_text,
    words,
)
from policygen.review.found import FORMS
from policygen.review.made import made
from policygen.review.words import told
from policygen.seals import read
from policygen.seals.files import read_bytes
from policygen.verify.lookup import Lookup, Wanted
from policygen.verify.records import (
    SHORTEST,
    Change,
    Difference,
    Inspection,
    Match,
    NoFingerprintError,
    Verdict,
)
from policygen.versions.wordings import changes_of_words
from policygen.writers import RendererMissing, WordTemplateError, write
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from policygen.document import Blocks, Document, Inlines
    from policygen.review.made import Side
    from policygen.seals import Reading
    from policygen.verify.records import State

MOST_TOLD = 40
"""How many differences of a file are told; beyond, it is another document."""

_AROUND = 4
"""Words that are told before a difference."""
_LONGEST = 200
_LIKELY = 3
"""How many words that look like fingerprints are looked for in the history."""

_LONGEST_FINGERPRINT = 64


def fingerprint(text: str) -> str:
    """Give a fingerprint as it is compared: as it is printed, "Wording 3f9c2a71 …" too.

    Raises ``NoFingerprintError``."""
    bare = re.sub(r"(?i)^wording\b|[\s….:]", "", text).lower()
    if not re.fullmatch("[0-9a-f]+", bare):
        message = (
            f"“{text}” is no file that is there and no fingerprint. A fingerprint has the digits "
            f"0 to 9 and a to f, {SHORTEST} at least, as at the foot of each page."
        )
        raise NoFingerprintError(message)
    if not SHORTEST <= len(bare) <= _LONGEST_FINGERPRINT:
        message = (
            f"“{text}” has {len(bare)} digits; a fingerprint has {SHORTEST} at least, as they "
            f"are printed at the foot of each page, and {_LONGEST_FINGERPRINT} at most."
        )
        raise NoFingerprintError(message)
    return bare


def verify_fingerprint(text: str, source: Path, today: Side, most: int) -> Verdict:
    """Say which documents have a wording, by its fingerprint or how that begins.

    ``most`` is how many earlier versions are looked at. Raises ``NoFingerprintError``.
    """
    lookup = Lookup(source, today, most)
    found = lookup.find(Wanted(fingerprint(text)))
    return _verdict(text, lookup, tuple(_with_changes(lookup, match) for match in found))


def verify_file(path: Path, source: Path, today: Side, most: int) -> Verdict:
    """Say which document a file is, and whether it was altered.

    Raises ``UnreadableError`` and ``OSError``.
    """
    reading = read(path)
    lookup = Lookup(source, today, most)
    matches = _matches(reading, lookup)
    inspection = _inspected(reading, matches, lookup)
    matches = tuple(_with_changes(lookup, match) for match in matches)
    return replace(_verdict(path.name, lookup, matches), file=inspection)


def _verdict(asked: str, lookup: Lookup, matches: tuple[Match, ...]) -> Verdict:
    return Verdict(asked, matches, None, lookup.looked_at, lookup.unseen, lookup.no_history)


def _matches(reading: Reading, lookup: Lookup) -> tuple[Match, ...]:
    """Give the documents a file may be: what it says, else what is printed on its pages."""
    imprint = reading.imprint
    if imprint is not None:
        kind, name = imprint.kind, imprint.id
        wanted = Wanted(imprint.wording, imprint.school, kind, name, imprint.policy or name)
        # Where it says a wrong school, its wording may still be somebody's.
        return lookup.find(wanted) or lookup.find_today(Wanted(imprint.wording))
    printed = reading.printed_fingerprints
    found = [match for each in printed for match in lookup.find_today(Wanted(each))]
    for each in printed[:_LIKELY] if not found else ():
        found = list(lookup.find(Wanted(each)))
        if found:
            break
    return tuple({(match.school, match.id, match.wording): match for match in found}.values())


# The file --------------------------------------------------------------------


def _inspected(reading: Reading, matches: Sequence[Match], lookup: Lookup) -> Inspection:
    inspection = Inspection(
        reading.format, reading.imprint, _state(reading), reading.notes, reading.marks
    )
    sole = matches[0] if len(matches) == 1 else None
    if sole is None or sole.then is None:
        return inspection
    side = lookup.sides[sole.found_at.commit] if sole.found_at else lookup.today
    document = _as_in_file(sole, reading, side, lookup)
    if document is None:
        return inspection
    theme = Theme(word_template=side.library.word_template)
    try:
        rebuilt = read_bytes(write(document, reading.format, theme, {}))
    except (RendererMissing, WordTemplateError) as error:
        told_why = f"Its words could not be compared: {error}."
        return replace(inspection, notes=(*inspection.notes, told_why))
    found = list(differences(reading.words, rebuilt.words))
    same = "".join(reading.words) == "".join(rebuilt.words) and not reading.marks
    where = f"the sources at {sole.found_at.name}" if sole.found_at else "the sources as they are"
    return replace(
        inspection,
        compared_with=where,
        same_words=same,
        differences=() if same else tuple(found[:MOST_TOLD]),
        more=0 if same else max(0, len(found) - MOST_TOLD),
    )


def _state(reading: Reading) -> State:
    if reading.imprint is None or not reading.imprint.words:
        return "unsealed"
    if reading.intact:
        return "as-built"
    return "saved-again" if reading.as_shown or reading.as_worded else "altered"


def _as_in_file(match: Match, reading: Reading, side: Side, lookup: Lookup) -> Document | None:
    """Give the document that a file without an imprint most likely is: the policy or one of
    the forms that bear its fingerprint, by how many words it has."""
    if reading.imprint is not None or match.kind == "form" or not match.forms:
        return match.then
    there = replace(lookup, today=side)
    forms = (there.now(match.school, "form", form, match.id) for form in match.forms)
    size = len(reading.words)

    def unlike(document: Document | None) -> float:
        return abs(len(words(document)) - size) if document else float("inf")

    return min((match.then, *forms), key=unlike)


def differences(file: Sequence[str], document: Sequence[str]) -> Iterator[Difference]:
    """Give the words that a file has and a document lacks, and the other way round."""
    matcher = difflib.SequenceMatcher(None, document, file, autojunk=False)
    for action, start, end, first, last in matcher.get_opcodes():
        gone, new = " ".join(document[start:end]), " ".join(file[first:last])
        # Where only the spaces differ, no word does.
        if action == "equal" or gone.replace(" ", "") == new.replace(" ", ""):
            continue
        before = " ".join(document[max(0, start - _AROUND) : start])
        yield Difference(before, _cut(new), _cut(gone))


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"


# What changed since ----------------------------------------------------------


def _with_changes(lookup: Lookup, match: Match) -> Match:
    """Give a match of an earlier wording with what changed since."""
    if match.found_at is None or match.now is None:
        return match
    policy = match.policy or match.id
    lone = match.kind == "form" and not match.policy
    then, now = (
        made(side, (match.school,), () if lone else (policy,))
        for side in (lookup.sides[match.found_at.commit], lookup.today)
    )
    found = changes_of_words(then, now, f"{FORMS}{policy}" if lone else policy)
    return replace(
        match,
        changes=tuple(
            Change(one.change.title, told(one.change, ""), tuple(_lines(one.blocks)))
            for one in found
        ),
    )


def _lines(blocks: Blocks) -> Iterator[str]:
    """Give the words of blocks line by line, what is gone as [-gone-], what is new {+new+}."""
    for block in blocks:
        for run in inlines(block):
            if line := " ".join(_marked(run).split()):
                yield line
        yield from _lines(children(block))


def _marked(run: Inlines) -> str:
    return "".join(map(_one_marked, run))


def _one_marked(inline: object) -> str:
    match inline:
        case Revision(kind="insertion", children=inner):
            return f"{{+{plain_text(inner)}+}}"
        case Revision(kind="deletion", children=inner):
            return f"[-{plain_text(inner)}-]"
        case _ if hasattr(inline, "children"):
            return _marked(inline.children)
        case _:
            return plain_text((inline,))  # type: ignore[arg-type]
