"""The ledger on disk: nothing that was reported is lost, whoever writes and whatever dies."""

from __future__ import annotations

import datetime as dt
import errno
import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from policygen.ledger import Ledger, LedgerError
from policygen.signing.codes import code_for
from policygen.signing.entries import HEADER, Entry, lines_of, returns
from signing.ledgers import DAY, FIRST, SECOND, asked, form, issue

if TYPE_CHECKING:
    from collections.abc import Iterator

LATER = dt.date(2026, 10, 5)
TESTS = Path(__file__).parent


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Give a ledger that isn't there yet."""
    return Ledger(tmp_path / "records", "alder")


def entries_of(ledger: Ledger) -> list[Entry]:
    entries, faults = ledger.read()
    assert faults == []
    return entries


def kinds(ledger: Ledger, *codes: str, **wordings: str) -> list[str]:
    return [outcome.kind for outcome in ledger.record(codes, LATER, wordings)]


# Reading and appending


def test_a_ledger_that_is_not_there_is_empty_and_reading_makes_none(ledger: Ledger) -> None:
    assert ledger.read() == ([], [])
    assert not ledger.path.parent.exists()


def test_what_is_appended_is_read_in_its_order(ledger: Ledger) -> None:
    first, second = [issue(2), issue(1)], [issue(3)]
    ledger.append(first)
    ledger.append([])
    ledger.append(second)
    assert entries_of(ledger) == first + second
    assert ledger.path.read_bytes() == HEADER + lines_of(first + second)


def test_nothing_to_append_makes_no_file(ledger: Ledger) -> None:
    ledger.append([])
    assert not ledger.path.exists()


def test_only_the_office_can_read_it(ledger: Ledger) -> None:
    ledger.append([issue()])
    assert stat.S_IMODE(ledger.path.stat().st_mode) & 0o007 == 0
    assert stat.S_IMODE(ledger.path.parent.stat().st_mode) & 0o007 == 0


@pytest.mark.parametrize("school", ["", "..", "a/b", "Alder", "alder.csv", "alder\n", "a\0"])
def test_what_is_no_id_names_no_file(tmp_path: Path, school: str) -> None:
    with pytest.raises(LedgerError, match="is no school's id"):
        Ledger(tmp_path, school)


# Issuing


def test_an_issue_has_the_code_of_its_sheet(ledger: Ledger) -> None:
    (entry,) = ledger.issue([asked()], DAY)
    assert entry.code == code_for("alder", "p-1", "agreement", FIRST[:16])
    assert entries_of(ledger) == [entry]


def test_what_was_issued_keeps_its_day_and_code(ledger: Ledger) -> None:
    first = ledger.issue([asked(1), asked(2), asked(1)], DAY)
    again = ledger.issue([asked(3), asked(2), asked(1)], LATER)
    assert first[0] == first[2]
    assert again[1:] == [first[1], first[0]]
    assert entries_of(ledger) == [*first[:2], again[0]]


def test_another_wording_has_another_code(ledger: Ledger) -> None:
    (old,) = ledger.issue([asked()], DAY)
    (new,) = ledger.issue([asked(1, form(SECOND, "2.0"))], LATER)
    assert old.code != new.code
    assert entries_of(ledger) == [old, new]


def test_a_code_that_is_taken_is_salted(ledger: Ledger) -> None:
    stolen = [code_for("alder", "p-1", "agreement", FIRST[:16], salt) for salt in (0, 1)]
    ledger.append(replace(issue(number), code=code) for number, code in enumerate(stolen, 7))
    (entry,) = ledger.issue([asked()], DAY)
    assert entry.code == code_for("alder", "p-1", "agreement", FIRST[:16], 2)
    assert ledger.issue([asked()], LATER) == [entry]
    assert ledger.record([entry.code], LATER)[0].entry == entry.then("returned", LATER)


def test_a_sheet_of_which_only_the_return_is_left_keeps_its_code(ledger: Ledger) -> None:
    odd = replace(issue(), code=issue(99).code)
    ledger.append([odd.then("returned", DAY)])
    assert ledger.issue([asked()], LATER) == [replace(odd, on=LATER)]


# Recording


def test_each_code_is_told_what_became_of_it(ledger: Ledger) -> None:
    codes = [entry.code for entry in ledger.issue([asked(1), asked(2)], DAY)]
    ledger.record(codes[:1], DAY)
    typed = [codes[1].lower(), codes[0], codes[1], "K7QF", issue(9).code]
    outcomes = ledger.record(typed, LATER)
    assert [outcome.text for outcome in outcomes] == typed
    assert [outcome.kind for outcome in outcomes] == [
        "recorded",
        "already",
        "already",
        "mistyped",
        "unknown",
    ]
    assert [outcome.entry.on for outcome in outcomes if outcome.entry] == [LATER, DAY, LATER]
    assert outcomes[3].why == "5 characters are missing"
    assert set(returns(entries_of(ledger))) == set(codes)
    assert len(entries_of(ledger)) == 4


def test_a_sheet_of_an_earlier_wording_is_recorded_and_told(ledger: Ledger) -> None:
    (first,) = ledger.issue([asked()], DAY)
    (second,) = ledger.issue([asked(2)], DAY)
    (newer,) = ledger.issue([asked(1, form(SECOND, "2.0"))], DAY)
    assert kinds(ledger, first.code, newer.code) == ["recorded-earlier", "recorded"]
    assert kinds(ledger, second.code, agreement=SECOND) == ["recorded-earlier"]
    assert len(returns(entries_of(ledger))) == 3


def test_the_wording_of_today_is_told_by_its_first_digits(ledger: Ledger) -> None:
    (entry,) = ledger.issue([asked()], DAY)
    assert kinds(ledger, entry.code, agreement=FIRST, loan=SECOND) == ["recorded"]


def test_a_mistake_is_taken_back_and_its_line_stays(ledger: Ledger) -> None:
    (entry,) = ledger.issue([asked()], DAY)
    assert [one.kind for one in ledger.withdraw([entry.code], DAY)] == ["not-returned"]
    assert kinds(ledger, entry.code) == ["recorded"]
    outcomes = ledger.withdraw([entry.code, entry.code, "K7QF", issue(9).code], LATER)
    assert [one.kind for one in outcomes] == ["withdrawn", "not-returned", "mistyped", "unknown"]
    events = [one.event for one in entries_of(ledger)]
    assert events == ["issued", "returned", "withdrawn"]
    assert kinds(ledger, entry.code) == ["recorded"]


# Files that are none of ours, and disks that refuse


def test_a_link_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    ledger.path.parent.mkdir()
    elsewhere = tmp_path / "elsewhere.csv"
    ledger.path.symlink_to(elsewhere)
    for act in (ledger.read, lambda: ledger.append([issue()])):
        with pytest.raises(LedgerError, match="is a link"):
            act()
    assert not elsewhere.exists()


def test_a_folder_or_a_pipe_is_refused(ledger: Ledger) -> None:
    ledger.path.mkdir(parents=True)
    with pytest.raises(LedgerError, match="is no file"):
        ledger.read()
    ledger.path.rmdir()
    os.mkfifo(ledger.path)
    with pytest.raises(LedgerError, match="is no file"):
        ledger.append([issue()])


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("")
    with pytest.raises(LedgerError, match="can't be locked"):
        Ledger(tmp_path / "records", "alder").append([issue()])


def test_unicode_text_is_not_appended_to(ledger: Ledger) -> None:
    ledger.append([issue()])
    saved = ledger.path.read_bytes().decode("utf-8-sig").encode("utf-16")
    ledger.path.write_bytes(saved)
    _, faults = ledger.read()
    assert faults
    with pytest.raises(LedgerError, match="Save it as “CSV UTF-8”"):
        ledger.append([issue(2)])
    assert ledger.path.read_bytes() == saved


def test_a_writer_that_does_not_end_is_told(ledger: Ledger) -> None:
    ledger.append([issue()])
    impatient = Ledger(ledger.path.parent, "alder", patience=0.05)
    with (
        FileLock(ledger.path.with_suffix(".csv.lock")),
        pytest.raises(LedgerError, match="another program has been writing"),
    ):
        impatient.append([issue(2)])
    impatient.append([issue(2)])
    assert len(entries_of(ledger)) == 2
    assert ledger.path.with_suffix(".csv.lock").exists()


def test_a_disk_that_fills_up_loses_nothing_before(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.append([issue(1)])
    write = os.write
    for room in range(0, len(lines_of([issue(2)])), 7):
        left = [room]

        def full(handle: int, data: Any, left: list[int] = left) -> int:  # noqa: ANN401 a buffer
            if not left[0]:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            done = write(handle, data[: left[0]])
            left[0] -= done
            return done

        monkeypatch.setattr(os, "write", full)
        with pytest.raises(LedgerError, match="can't be written: No space left on device"):
            ledger.append([issue(2)])
        monkeypatch.setattr(os, "write", write)
        entries, _ = ledger.read()
        assert entries == [issue(1)]
    ledger.append([issue(3)])
    entries, _ = ledger.read()
    assert entries == [issue(1), issue(3)]


def test_it_returns_when_file_and_folder_are_on_the_disk(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        synced.append(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    (entry,) = ledger.issue([asked()], DAY)
    folder = ledger.path.parent
    above, file, inner = (path.stat().st_ino for path in (folder.parent, ledger.path, folder))
    assert synced == [above, file, inner]
    ledger.record([entry.code], DAY)
    # A return that is only told of must be as safe as one that is written.
    del synced[:]
    assert kinds(ledger, entry.code) == ["already"]
    assert synced == [file, inner]


# Crashes and crowds


def test_a_torn_tail_of_any_length_costs_only_its_own_line(ledger: Ledger) -> None:
    torn = replace(issue(2), name='Zoë "=x", O\'Neil\n', group="7E2")
    ledger.append([issue(1), torn])
    whole = ledger.path.read_bytes()
    last = len(lines_of([torn]))
    for cut in range(1, last + 1):
        ledger.path.write_bytes(whole[:-cut])
        entries, faults = ledger.read()
        # With its end alone missing, a line is whole.
        assert entries == ([issue(1), torn] if cut == 1 else [issue(1)])
        assert len(faults) == (0 if cut in {1, last} else 1)
        ledger.append([issue(3)])
        after, faults_after = ledger.read()
        assert after == [*entries, issue(3)]
        assert len(faults_after) == len(faults)
        assert kinds(ledger, issue(3).code) == ["recorded"]


def test_a_torn_header_costs_nothing(ledger: Ledger) -> None:
    ledger.path.parent.mkdir()
    for length in range(len(HEADER)):
        ledger.path.write_bytes(HEADER[:length])
        ledger.append([issue()])
        entries, _ = ledger.read()
        assert entries == [issue()]


SLOW = """
import sys, time
from pathlib import Path
from filelock import FileLock
path = Path(sys.argv[1])
line = sys.argv[2].encode()
with FileLock(f"{path}.lock"), path.open("ab", buffering=0) as stream:
    stream.write(line[:40])
    print("half", flush=True)
    time.sleep(0.3)
    stream.write(line[40:])
"""

APPEND = """
import sys
from pathlib import Path
from policygen.ledger import Ledger
from signing.ledgers import issue
ledger = Ledger(Path(sys.argv[1]), "alder")
sys.stdin.readline()
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 200):
    ledger.append([issue(number)])
"""

BOTH = """
import sys
from pathlib import Path
from policygen.ledger import Ledger
from signing.ledgers import DAY, asked
ledger = Ledger(Path(sys.argv[1]), "alder")
sys.stdin.readline()
for number in range(100):
    (entry,) = ledger.issue([asked(number)], DAY)
    print(*(outcome.kind for outcome in ledger.record([entry.code], DAY)))
"""

RECORD = """
import sys
from pathlib import Path
from policygen.ledger import Ledger
from signing.ledgers import DAY, asked
ledger = Ledger(Path(sys.argv[1]), "alder")
first, size = int(sys.argv[2]), int(sys.argv[3])
while True:
    codes = [e.code for e in ledger.issue([asked(n) for n in range(first, first + size)], DAY)]
    print(*("issued " + code for code in codes), sep="\\n", flush=True)
    ledger.record(codes, DAY)
    print(*("returned " + code for code in codes), sep="\\n", flush=True)
    first += size
"""


def child(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 ourselves
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )


def test_reading_waits_for_a_line_to_be_finished(ledger: Ledger) -> None:
    ledger.append([issue(1)])
    with child(SLOW, ledger.path, lines_of([issue(2)]).decode()) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "half\n"
        assert entries_of(ledger) == [issue(1), issue(2)]


def at_once(script: str, folder: Path, *arguments: object) -> list[str]:
    """Let two run at the same time; give what they print."""
    children = [child(script, folder, argument) for argument in arguments]
    for each in children:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    printed = [each.communicate(timeout=120)[0] for each in children]
    assert [each.returncode for each in children] == [0, 0]
    return printed


def test_two_who_write_at_once_write_whole_lines(ledger: Ledger) -> None:
    at_once(APPEND, ledger.path.parent, 0, 200)
    assert sorted(entries_of(ledger), key=lambda entry: entry.code) == sorted(
        (issue(number) for number in range(400)), key=lambda entry: entry.code
    )
    assert ledger.path.read_bytes().count(b"\n") == 401


def test_two_who_tick_off_the_same_sheets_do_it_once(ledger: Ledger) -> None:
    printed = "".join(at_once(BOTH, ledger.path.parent, 1, 2)).split()
    assert (printed.count("recorded"), printed.count("already")) == (100, 100)
    events = [entry.event for entry in entries_of(ledger)]
    assert (events.count("issued"), events.count("returned")) == (100, 100)


def reported(lines: Iterator[str], event: str) -> set[str]:
    """Give the codes of whole lines that a child printed of an event."""
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {code for told, code in whole if told == event}


def test_kill_9_loses_nothing_that_was_reported(ledger: Ledger) -> None:
    for attempt in range(12):
        size = (1, 7, 60)[attempt % 3]
        with child(RECORD, ledger.path.parent, attempt * 100_000, size) as victim:
            assert victim.stdout
            first = victim.stdout.readline()
            time.sleep(attempt * 0.0046)
            victim.send_signal(signal.SIGKILL)
            lines = [first, *victim.stdout]
        entries, faults = ledger.read()
        assert len(faults) <= attempt + 1
        issued = {entry.code for entry in entries if entry.event == "issued"}
        assert reported(iter(lines), "issued") <= issued
        assert reported(iter(lines), "returned") <= set(returns(entries))
        # And it is written on, by somebody who needs not wait for the dead.
        (mine,) = ledger.issue([asked(attempt * 100_000 + 99_999)], DAY)
        assert kinds(ledger, mine.code) == ["recorded"]
        assert entries == ledger.read()[0][:-2]
