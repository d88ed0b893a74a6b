"""One version of a library, with those of its documents that are compared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policygen.assemble.targets import Asked, Target, targets
from policygen.diagnostics import Diagnostic, collected, without_guesses
from policygen.review.found import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Document
    from policygen.model.library import Library
    from policygen.review.found import Key


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its name and its library."""

    name: str
    library: Library


@dataclass(frozen=True, slots=True)
class Made:
    """The documents of one version that were asked for, with those that errors stopped and
    why. A form that a policy prints is in the policy's document."""

    side: Side
    asked: Asked
    documents: dict[Key, Document] = field(default_factory=dict)
    stopped: dict[Key, str] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)

    def lacks(self, key: Key) -> bool:
        """Whether a document may be there but has errors or belongs to what has."""
        school_id, policy_id = key
        whole = {f"schools/{school_id}", f"policies/{policy_id}", policy_id}
        unreadable = self.side.library.unreadable
        return key in self.stopped or (key not in self.documents and bool(whole & unreadable))

    @property
    def stopped_lines(self) -> Iterator[str]:
        """A line for each reason why documents can't be compared."""
        reasons: dict[str, list[str]] = {}
        for key, why in self.stopped.items():
            reasons.setdefault(why, []).append(f"{key[0] or 'trust'}/{key[1]}")
        for name in sorted(self.side.library.unreadable):
            folder, _, school = name.partition("/")
            if folder == "schools" and self.asked.at(school):
                reasons.setdefault(f"{name}.yaml has errors", []).append(school)
        for why, names in reasons.items():
            yield f"{self.side.name}, {', '.join(names)}: {why}"


def made(side: Side, schools: Iterable[str] = (), policies: Iterable[str] = ()) -> Made:
    """Assemble the policies of a version, or only those named, and the forms that no policy
    prints."""
    asked = Asked(frozenset(schools), frozenset(policies), printed_forms=False)
    found = Made(side, asked)
    told: list[Diagnostic] = []
    for target in targets(side.library, asked):
        told += target.diagnostics
        name = f"{FORMS}{target.id}" if target.kind == "form" else target.id
        key: Key = (target.school_id, name)
        if target.document is not None and target.sound:
            found.documents[key] = target.document
        elif why := _why(target):
            found.stopped[key] = why
    known = [fault for fault in told if fault.code != "unreadable"]
    return replace(found, faults=collected(without_guesses(known)))


def _why(target: Target) -> str:
    """Give the first error of a document, "" where only a warning keeps it from being there."""
    return next((fault.message for fault in target.diagnostics if fault.is_error), "")
