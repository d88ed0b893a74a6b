"""What a review finds: the records that every report is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from policygen.diagnostics import Diagnostic, Span
    from policygen.document import Blocks, Document
    from policygen.review.reasons import Kind

Action: TypeAlias = Literal["added", "removed", "changed", "moved"]
Key: TypeAlias = tuple[str | None, str]
"""A school, None for the trust itself, and a policy; or ``forms/…``, a form that belongs to
no policy there."""

FORMS = "forms/"

_HEADINGS = ("section:", "appendix:")
"""How the ids of units begin that are a heading and nothing else."""


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that changed alike at some schools.

    ``label`` is its number or letter, "" where it has none or another at each school, and
    ``heading`` what it is called. ``redline`` holds both versions with what was inserted and
    deleted marked, and notes of what differs beside the words; a value that is another at
    each of the schools is told by its name, in brackets. ``causes`` are the places in the
    sources that made it change, those of what is gone in the old version.
    """

    policy_id: str
    unit: str
    action: Action
    kind: Kind
    label: str
    heading: str
    within: str
    redline: Blocks
    schools: tuple[str | None, ...]
    causes: tuple[Span, ...] = ()
    was: str = ""
    """The number it had before, where that is another."""

    moved_from: str | None = None
    """The heading it stood under before, "" for none; None where it was not moved."""

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of a section or an appendix, and nothing beneath it."""
        return self.unit.startswith(_HEADINGS)

    @property
    def title(self) -> str:
        """Its number and what it is called."""
        name = f"Heading “{self.heading}”" if self.is_heading else self.heading
        return " ".join(part for part in (self.label, name) if part)


@dataclass(frozen=True, slots=True)
class Moved:
    """An amendment of a school whose clause in the library has changed."""

    school_id: str
    policy_id: str
    clause_id: str
    reason: str
    span: Span


@dataclass(slots=True)
class Review:
    """All that changed between two versions.

    ``documents`` gives each policy at each school before and after, None for a version that
    lacks it: what only one version has is told as a whole, and has no changes. ``renewed``
    are those whose wording is another and not approved yet, ``signing`` those with a new
    version that people must sign again. ``renumbered`` gives the parts of each document that
    only have another number. ``not_compared`` is what errors stopped; ``faults`` are those
    of the documents of either side.
    """

    old_name: str
    new_name: str
    documents: dict[Key, tuple[Document | None, Document | None]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    renewed: list[Key] = field(default_factory=list)
    signing: list[Key] = field(default_factory=list)
    amendments: list[Moved] = field(default_factory=list)
    renumbered: dict[Key, frozenset[str]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    likely_renamed: list[tuple[str, str]] = field(default_factory=list)
    not_compared: list[str] = field(default_factory=list)
    faults: tuple[list[Diagnostic], list[Diagnostic]] = field(default=([], []))

    @property
    def differs(self) -> bool:
        """Whether any document differs in anything."""
        lone = any(old is None or new is None for old, new in self.documents.values())
        return bool(self.changes or lone or any(self.renumbered.values()))

    def having(self, policy_id: str) -> set[str | None]:
        """Give the schools that have a policy before and after."""
        return {
            school
            for (school, policy), pair in self.documents.items()
            if policy == policy_id and None not in pair
        }

    @property
    def signed(self) -> list[str]:
        """The policies that people must sign again at some school."""
        return list(dict.fromkeys(policy_id for _, policy_id in self.signing))

    @property
    def numbers_moved(self) -> dict[str, int]:
        """How many parts of each policy have another number and have not moved, each counted
        once for all schools."""
        parts: dict[str, set[str]] = {}
        for (_, policy_id), there in self.renumbered.items():
            parts.setdefault(policy_id, set()).update(there)
        return {policy_id: len(there) for policy_id, there in parts.items() if there}
