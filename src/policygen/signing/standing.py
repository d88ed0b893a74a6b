"""How everyone stands: who has signed what, who is to sign again and why, who never could."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.signing.entries import Asked, Entry, FormNow, Signer, returns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

State: TypeAlias = Literal["signed", "signed-earlier", "again", "issued", "never-issued"]
"""``signed-earlier``: in a wording since which there were editorial changes only, so it holds.
``again``: in one since which there was a material change, so it doesn't."""

OUTSTANDING: frozenset[State] = frozenset({"again", "issued", "never-issued"})


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of a policy's history; ``on`` is its day, or the last day of its month."""

    version: str
    on: dt.date
    summary: str
    material: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands with a form.

    ``entry`` is the line that decides: the return, for ``issued`` the issue, else None.
    ``sheet`` is the issue of the wording of today, None where there was none: with ``issued``
    that means the sheet they have is of an earlier wording. ``changes`` are the material ones
    since they signed, oldest first, for ``again``. ``unexplained`` says that a signature holds
    though the wording is another and no entry of the history says why.
    """

    asked: Asked
    state: State
    entry: Entry | None = None
    sheet: Entry | None = None
    changes: tuple[Change, ...] = ()
    unexplained: bool = False

    @property
    def outstanding(self) -> bool:
        """Whether a signature is wanted."""
        return self.state in OUTSTANDING


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A person and a form in the ledger that nobody asks of them any more.

    ``left`` says that nothing at all is asked of the person: they are in no list now.
    """

    signer: Signer
    form: str
    issued: Entry | None
    returned: Entry | None
    left: bool


def standings(
    entries: Iterable[Entry], current: Iterable[Asked], history: Mapping[str, Sequence[Change]]
) -> list[Standing]:
    """Give how each stands who is asked, in the order in which they are asked.

    ``history`` is by policy, oldest or newest first.
    """
    files = _files(entries)
    empty = _File()
    ordered = {policy: _oldest_first(changes) for policy, changes in history.items()}
    return [
        _standing(
            asked,
            files.get((asked.signer.key, asked.form.id), empty),
            ordered.get(asked.form.policy, ()),
        )
        for asked in current
    ]


def asked_by_ledger(entries: Iterable[Entry], forms: Iterable[FormNow]) -> list[Asked]:
    """Give who counts as asked where there is no list of people: whoever was issued a form."""
    lines = list(entries)
    people = _people(lines)
    known = {form.id: form for form in forms}
    pairs = dict.fromkeys((e.person, e.form) for e in lines if e.event == "issued")
    return [Asked(people[key], known[form]) for key, form in pairs if form in known]


def not_asked(entries: Iterable[Entry], current: Iterable[Asked]) -> list[NotAsked]:
    """Give whom the ledger knows with forms that aren't asked of them: leavers above all.

    ``current`` must be all that is asked at the school, of everybody.
    """
    lines = list(entries)
    people = _people(lines)
    pairs = {(asked.signer.key, asked.form.id) for asked in current}
    here = {key for key, _ in pairs}
    return [
        NotAsked(
            people[key],
            form,
            file.issued[-1] if file.issued else None,
            file.returned[-1] if file.returned else None,
            left=key not in here,
        )
        for (key, form), file in _files(lines).items()
        if (key, form) not in pairs
    ]


@dataclass(slots=True)
class _File:
    """What the ledger holds of a person and a form: issues, and returns that hold."""

    issued: list[Entry] = field(default_factory=list)
    returned: list[Entry] = field(default_factory=list)


def _files(entries: Iterable[Entry]) -> dict[tuple[str, str], _File]:
    lines = list(entries)
    files: dict[tuple[str, str], _File] = {}
    for entry in lines:
        file = files.setdefault((entry.person, entry.form), _File())
        if entry.event == "issued":
            file.issued.append(entry)
    for entry in returns(lines).values():
        files[entry.person, entry.form].returned.append(entry)
    return files


def _people(entries: Iterable[Entry]) -> dict[str, Signer]:
    """Give everybody in the ledger by key, as the last line about them has them."""
    return {e.person: Signer(e.person, e.kind, e.name, e.group, e.post) for e in entries}


def _standing(asked: Asked, file: _File, changes: Sequence[Change]) -> Standing:
    now = asked.form.wording
    sheet = next((issue for issue in file.issued if issue.wording == now), None)
    for entry in file.returned:
        if entry.wording == now:
            return Standing(asked, "signed", entry, sheet)
    for entry in reversed(file.returned):
        since = _since(entry, asked.form, changes)
        if not any(change.material for change in since):
            return Standing(asked, "signed-earlier", entry, sheet, unexplained=not since)
    if file.returned:
        entry = file.returned[-1]
        material = tuple(c for c in _since(entry, asked.form, changes) if c.material)
        return Standing(asked, "again", entry, sheet, material)
    if file.issued:
        return Standing(asked, "issued", sheet or file.issued[-1], sheet)
    return Standing(asked, "never-issued")


def _since(signed: Entry, form: FormNow, changes: Sequence[Change]) -> Sequence[Change]:
    """Give the changes that came after what was signed."""
    versions = [change.version for change in changes]
    if signed.policy == form.policy and signed.version in versions:
        return changes[versions.index(signed.version) + 1 :]
    return [change for change in changes if change.on > signed.on]


def _oldest_first(changes: Sequence[Change]) -> Sequence[Change]:
    """Give a history oldest first; many authors write it the other way round."""
    newest_first = bool(changes) and changes[0].on > changes[-1].on
    # Of entries of one day, the order in which they stand tells which came first.
    return sorted(reversed(changes) if newest_first else changes, key=lambda change: change.on)
