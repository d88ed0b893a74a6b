"""What is found of a file or a fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import datetime as dt

    from policygen.document import Document
    from policygen.history import Revision
    from policygen.model.texts import Month
    from policygen.seals import Imprint
    from policygen.seals.reading import FileFormat

State: TypeAlias = Literal["as-built", "saved-again", "altered", "unsealed"]
"""What became of a file: not a byte is another; it was saved again without a word changed; it
says something else; it has no seal to tell by."""

SHORTEST = 8
"""Digits of the shortest fingerprint: those that documents print."""


class NoFingerprintError(Exception):
    """Something that is no fingerprint; the message says why."""


@dataclass(frozen=True, slots=True)
class Approved:
    """What the approval register says of a wording."""

    version: str
    on: dt.date | Month
    by: str
    minute: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a file that are others in the document, with a few that stand before them."""

    before: str
    in_file: str
    in_document: str


@dataclass(frozen=True, slots=True)
class Change:
    """A part that changed since a wording: what happened to it, and its words with
    ``[-gone-]`` and ``{+new+}``."""

    title: str
    told: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A document that has, or had, a wording.

    ``school`` is an id or ``trust``; ``policy`` is the one that prints a form. ``then`` is the
    document in that wording, None where neither today's sources nor the history have it, and
    ``found_at`` the revision that has it, None for today's. ``now`` is the document today.
    """

    school: str
    kind: str
    id: str
    policy: str
    title: str
    version: str
    status: str
    wording: str
    then: Document | None
    now: Document | None
    found_at: Revision | None = None
    approved: Approved | None = None
    changes: tuple[Change, ...] = ()
    forms: tuple[str, ...] = ()
    """The forms that a policy prints and that bear its fingerprint."""

    @property
    def current(self) -> bool:
        """Whether today's document has this wording."""
        return self.now is not None and self.now.fingerprint == self.wording


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found of a file by itself and by comparison.

    ``compared_with`` says with which document its words were compared: that of its own
    wording, "" where no version of the sources has it. ``same_words`` is None there.
    """

    format: FileFormat
    imprint: Imprint | None
    state: State
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    compared_with: str = ""
    same_words: bool | None = None
    differences: tuple[Difference, ...] = ()
    more: int = 0
    """How many differences there are beside those told."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a file or a fingerprint.

    ``looked_at`` is how many earlier versions of the sources were looked at, ``unseen`` how
    many there are besides; ``no_history`` says why there are none.
    """

    asked: str
    matches: tuple[Match, ...]
    file: Inspection | None = None
    looked_at: int = 0
    unseen: int = 0
    no_history: str = ""

    @property
    def sound(self) -> bool:
        """Whether it is the wording of today, and a file says what it said when it was built."""
        kept = self.file is None or (
            self.file.state in {"as-built", "saved-again"}
            or (self.file.state == "unsealed" and self.file.same_words is True)
        )
        return kept and any(match.current for match in self.matches)
