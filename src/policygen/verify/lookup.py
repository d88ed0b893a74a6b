"""Which documents have a wording: today's, those of the approval register, those of git."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policygen.assemble.targets import Asked, targets
from policygen.document import Form, walk
from policygen.history import VersionError, revisions
from policygen.verify.records import Approved, Match
from policygen.versions.wordings import side_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policygen.assemble.targets import Target
    from policygen.document import Document
    from policygen.history import Revision
    from policygen.model.library import Library
    from policygen.review.made import Side


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the beginning of a fingerprint and, where a file says it, whose
    document it is and which one."""

    prefix: str
    school: str = ""
    kind: str = ""
    id: str = ""
    policy: str = ""

    @property
    def asked(self) -> Asked:
        """Which documents may be it."""
        policy = self.policy or (self.id if self.kind == "policy" else "")
        schools = frozenset({self.school} if self.school else ())
        # Forms are assembled only where no policy is named.
        whole = self.kind == "form"
        return Asked(schools, frozenset({policy} if policy and not whole else ()))

    def fits(self, target: Target) -> bool:
        """Whether a document is it."""
        document = target.document
        if document is None or not document.fingerprint.startswith(self.prefix):
            return False
        if self.id:
            return (target.kind, target.id) == (self.kind, self.id)
        # A form that a policy prints has the policy's fingerprint, and is told with it.
        return target.kind == "policy" or target.policy_id is None


@dataclass(slots=True)
class Lookup:
    """Looks for wordings in the sources of today and of earlier days."""

    source: Path
    today: Side
    most: int
    looked_at: int = 0
    unseen: int = 0
    no_history: str = ""
    _now: dict[tuple[str, str, str], Document] = field(default_factory=dict)
    sides: dict[str, Side] = field(default_factory=dict)

    def find_today(self, wanted: Wanted) -> tuple[Match, ...]:
        """Give the documents of today with a wording."""
        return tuple(self._matches(self.today.library, wanted, None))

    def find(self, wanted: Wanted) -> tuple[Match, ...]:
        """Give the documents with a wording: today's, else that of the newest version that had
        it, else what the approval register says of it."""
        if now := self.find_today(wanted):
            return now
        approved = tuple(self._registered(wanted))
        narrowed = wanted
        if not wanted.school and len(approved) == 1:
            only = approved[0]
            narrowed = replace(wanted, school=only.school, kind="policy", id=only.id)
        earlier = self._earlier(narrowed)
        known = {(match.school, match.id) for match in earlier}
        return (*earlier, *(a for a in approved if (a.school, a.id) not in known))

    def now(self, school: str, kind: str, name: str, policy: str) -> Document | None:
        """Give a document as it is today, None where there is none or it has errors."""
        wanted = Wanted("", school, kind, name, policy)
        for target in targets(self.today.library, wanted.asked):
            if wanted.fits(target) and target.sound:
                return target.document
        return None

    def _earlier(self, wanted: Wanted) -> tuple[Match, ...]:
        try:
            there = revisions(self.source)
        except VersionError as error:
            self.no_history = str(error)
            return ()
        if not there:
            self.no_history = "the sources lie in no git repository, or nothing is committed"
        for revision in there[: self.most]:
            self.looked_at += 1
            side = side_at(revision.commit, self.source)
            if side is None:
                continue
            found = tuple(self._matches(side.library, wanted, revision))
            if found:
                self.sides[revision.commit] = side
                return found
        self.unseen = max(0, len(there) - self.most)
        return ()

    def _matches(
        self, library: Library, wanted: Wanted, revision: Revision | None
    ) -> Iterator[Match]:
        for target in targets(library, wanted.asked):
            if wanted.fits(target) and target.document is not None:
                yield self._match(library, target, target.document, revision)

    def _match(
        self, library: Library, target: Target, document: Document, revision: Revision | None
    ) -> Match:
        school = target.school_id or "trust"
        policy = target.policy_id or ""
        now = document if revision is None else self.now(school, target.kind, target.id, policy)
        approved = next(
            (
                entry
                for library_ in (self.today.library, library)
                for key, entry in _approvals(library_, policy)
                if key == school and _is_of(document.fingerprint, str(entry[1]))
            ),
            None,
        )
        return Match(
            school,
            target.kind,
            target.id,
            policy if policy != target.id else "",
            document.plain_title,
            document.version,
            document.status,
            document.fingerprint,
            document,
            now,
            revision,
            approved[0] if approved else None,
            forms=_forms(document) if target.kind == "policy" else (),
        )

    def _registered(self, wanted: Wanted) -> Iterator[Match]:
        """Give what the register of today says of a wording."""
        for policy in self.today.library.approvals:
            if wanted.id and policy not in {wanted.id, wanted.policy}:
                continue
            for school, (approved, wording) in _approvals(self.today.library, policy):
                fits = _is_of(wording, wanted.prefix) or _is_of(wanted.prefix, wording)
                if fits and school == (wanted.school or school):
                    now = self.now(school, "policy", policy, policy)
                    title = now.plain_title if now else policy
                    yield Match(
                        school, "policy", policy, "", title, approved.version, "", wording,
                        None, now, None, approved,
                    )  # fmt: skip


def _approvals(library: Library, policy: str) -> Iterator[tuple[str, tuple[Approved, str]]]:
    """Give the approvals of a policy, newest first: the school, what is known, the wording."""
    for entry in reversed(library.approvals.get(policy, ())):
        known = Approved(str(entry.version), entry.approved, str(entry.by), str(entry.minute or ""))
        for school, wording in entry.wording.items():
            yield str(school), (known, str(wording).rstrip("…"))


def _is_of(fingerprint: str, beginning: str) -> bool:
    return bool(beginning) and fingerprint.startswith(beginning)


def _forms(document: Document) -> tuple[str, ...]:
    return tuple(block.id for block in walk(document.blocks) if isinstance(block, Form))
