"""The ledger of a school's sheets: a file that is only ever appended to, one writer at a time.

What is reported as recorded is on the disk by then. A writer that is killed leaves at most an
unfinished line, which the next one ends, and which reads as a fault and never as an entry.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from filelock import FileLock, Timeout

from policygen.signing.codes import CodeFault, code_for, read_code
from policygen.signing.entries import HEADER, WORDING, Asked, Entry, lines_of, read_entries, returns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from policygen.diagnostics import Diagnostic

_ID = re.compile(r"[a-z0-9-]+")
_PATIENCE = 10.0
_MODE = 0o660  # The office shares it; nobody else is to see it.
_AS_IT_IS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class LedgerError(Exception):
    """A ledger that can't be read or written; the message says why and what to do."""


OutcomeKind: TypeAlias = Literal[
    "recorded", "recorded-earlier", "already", "withdrawn", "not-returned", "unknown", "mistyped"
]
"""``recorded-earlier``: recorded, but the sheet is of an earlier wording than the person has
been issued since, or than the form has now."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a code.

    ``text`` is what was typed. ``entry`` is the line written; for ``already`` the line of the
    return there was, for ``not-returned`` that of the sheet. ``why`` says how it was mistyped.
    """

    text: str
    kind: OutcomeKind
    entry: Entry | None = None
    why: str = ""


class Ledger:
    """The ledger of a school, in a folder. Raises ``LedgerError``."""

    def __init__(self, folder: Path, school_id: str, *, patience: float = _PATIENCE) -> None:
        if not _ID.fullmatch(school_id):
            message = (
                f"“{school_id}” is no school's id: ids are lower case letters, digits, hyphens"
            )
            raise LedgerError(message)
        self.school_id = school_id
        self.path = folder / f"{school_id}.csv"
        self._lock_path = folder / f"{school_id}.csv.lock"
        self._patience = patience

    def read(self) -> tuple[list[Entry], list[Diagnostic]]:
        """Give all entries in their order, and the lines that can't be read."""
        data = self._bytes()
        if data and not data.endswith(b"\n"):
            # Somebody may be writing just now; when they have done, the line is whole.
            # Where nothing may be written, nobody is, and what is there will do.
            with suppress(LedgerError), self._alone():
                data = self._bytes()
        return read_entries(data, self.path.name)

    def append(self, entries: Iterable[Entry]) -> None:
        """Append entries; returns when they are on the disk."""
        with self._alone():
            self._write(list(entries))

    def issue(self, wanted: Iterable[Asked], on: dt.date) -> list[Entry]:
        """Give the issues of what is wanted, one each, and write down those that are new.

        Whoever was issued a form in this wording before keeps its day and its code.
        """
        with self._alone():
            entries, _ = self._entries()
            holders = {entry.code: _sheet(entry) for entry in entries}
            codes = {sheet: code for code, sheet in holders.items()}
            issues = {_sheet(e): e for e in reversed(entries) if e.event == "issued"}
            given: list[Entry] = []
            new: list[Entry] = []
            for asked in wanted:
                sheet = (asked.signer.key, asked.form.id, asked.form.wording)
                if sheet not in issues:
                    code = codes.get(sheet) or self._free_code(sheet, holders)
                    holders[code] = sheet
                    issues[sheet] = Entry.issue(asked, on, code)
                    new.append(issues[sheet])
                given.append(issues[sheet])
            self._write(new)
        return given

    def record(
        self, codes: Iterable[str], on: dt.date, wordings: Mapping[str, str] | None = None
    ) -> list[Outcome]:
        """Record sheets as returned; give what became of each code, in their order.

        ``wordings`` are the fingerprints of today by form, to tell sheets of earlier ones.
        """
        with self._alone():
            entries, _ = self._entries()
            returned = returns(entries)
            newest = {(e.person, e.form): e.wording for e in entries if e.event == "issued"}

            def recorded(text: str, sheet: Entry) -> Outcome:
                if sheet.code in returned:
                    return Outcome(text, "already", returned[sheet.code])
                entry = returned[sheet.code] = sheet.then("returned", on)
                now = (wordings or {}).get(sheet.form) or newest.get((sheet.person, sheet.form))
                same = now is None or now[:WORDING] == sheet.wording
                return Outcome(text, "recorded" if same else "recorded-earlier", entry)

            outcomes = _each(codes, entries, recorded)
            self._write(_written(outcomes))
        return outcomes

    def withdraw(self, codes: Iterable[str], on: dt.date) -> list[Outcome]:
        """Take back returns that were recorded by mistake; their lines stay."""
        with self._alone():
            entries, _ = self._entries()
            returned = returns(entries)

            def withdrawn(text: str, sheet: Entry) -> Outcome:
                if sheet.code not in returned:
                    return Outcome(text, "not-returned", sheet)
                return Outcome(text, "withdrawn", returned.pop(sheet.code).then("withdrawn", on))

            outcomes = _each(codes, entries, withdrawn)
            self._write(_written(outcomes))
        return outcomes

    def _free_code(self, sheet: tuple[str, str, str], taken: Mapping[str, object]) -> str:
        salt = 0
        while (code := code_for(self.school_id, *sheet, salt)) in taken:
            salt += 1
        return code

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep every other process from the ledger.

        The lock file stays: were it removed, two could hold locks of two files of its name.
        """
        with self._telling("locked"):
            _make(self.path.parent)
            lock = FileLock(self._lock_path, timeout=self._patience, mode=_MODE)
            try:
                lock.acquire(poll_interval=0.01)
            except Timeout as error:
                message = (
                    f"another program has been writing to “{self.path}” for {self._patience:g} "
                    "seconds; nothing was recorded. Try again when it has ended"
                )
                raise LedgerError(message) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        """Say of an error of the disk which file it was and what could not be done."""
        try:
            yield
        except OSError as error:
            message = f"“{self.path}” can't be {what}: {error.strerror or error}"
            raise LedgerError(message) from error

    def _entries(self) -> tuple[list[Entry], list[Diagnostic]]:
        return read_entries(self._bytes(), self.path.name)

    def _bytes(self) -> bytes:
        with self._telling("read"):
            if not self._is_there():
                return b""
            with os.fdopen(os.open(self.path, os.O_RDONLY | _AS_IT_IS), "rb") as stream:
                return stream.read()

    def _is_there(self) -> bool:
        """Whether the file is there; refuses a link, which could lead anywhere, and a pipe."""
        try:
            mode = self.path.lstat().st_mode
        except FileNotFoundError:
            return False
        if stat.S_ISREG(mode):
            return True
        kind = "a link" if stat.S_ISLNK(mode) else "no file"
        message = f"“{self.path}” is {kind}, and a ledger must be a file of its own"
        raise LedgerError(message)

    def _write(self, entries: Sequence[Entry]) -> None:
        """Write entries at the end and see all there is onto the disk. The lock must be held."""
        with self._telling("written"):
            if not self._is_there() and not entries:
                return
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | _AS_IT_IS
            handle = os.open(self.path, flags, _MODE)
            try:
                if entries:
                    _write_all(handle, self._before(handle) + lines_of(entries))
                # With nothing new, too: what was there may be reported, and its writer killed.
                os.fsync(handle)
            finally:
                os.close(handle)
            # Each time, and not only for a new file: who made it may have been killed before.
            _sync_folder(self.path.parent)

    def _before(self, handle: int) -> bytes:
        """Give what must stand before new lines: a header, or the end of an unfinished line."""
        size = os.lseek(handle, 0, os.SEEK_END)
        if not size:
            return HEADER
        os.lseek(handle, 0, os.SEEK_SET)
        if os.read(handle, 2) in _UTF_16:
            message = (
                f"“{self.path}” was saved as “Unicode text”, to which nothing can be appended; "
                "nothing was recorded. Save it as “CSV UTF-8”"
            )
            raise LedgerError(message)
        os.lseek(handle, -1, os.SEEK_END)
        return b"" if os.read(handle, 1) == b"\n" else b"\n"


def _sheet(entry: Entry) -> tuple[str, str, str]:
    return entry.person, entry.form, entry.wording


def _each(
    codes: Iterable[str], entries: Iterable[Entry], act: Callable[[str, Entry], Outcome]
) -> list[Outcome]:
    """Give what became of each code, by ``act`` where it stands for a sheet."""
    sheets = {entry.code: entry for entry in entries}
    outcomes = []
    for text in codes:
        code = read_code(text)
        if isinstance(code, CodeFault):
            outcomes.append(Outcome(text, "mistyped", why=code.why))
        elif code not in sheets:
            outcomes.append(Outcome(text, "unknown"))
        else:
            outcomes.append(act(text, sheets[code]))
    return outcomes


def _written(outcomes: Iterable[Outcome]) -> list[Entry]:
    kinds = {"recorded", "recorded-earlier", "withdrawn"}
    return [outcome.entry for outcome in outcomes if outcome.entry and outcome.kind in kinds]


def _write_all(handle: int, data: bytes) -> None:
    """Write in one go, which a disk that is nearly full may refuse to do."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _make(folder: Path) -> None:
    """Make a folder that outlasts a crash."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(mode=0o770, parents=True, exist_ok=True)
    for path in missing:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # which keeps its folders by itself, and opens none
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
