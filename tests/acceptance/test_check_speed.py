"""How long ``policygen check`` takes for the whole library and 50 schools: a whole process."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import many_schools

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 2.0
"""Seconds on two processors, the best of a few runs."""


def test_fifty_schools_take_less_than_two_seconds(tmp_path: Path) -> None:
    source = tmp_path / "source"
    many_schools.write(source, 50)
    command = [sys.executable, "-m", "policygen", "check", "--source", str(source)]
    taken = []
    for _ in range(5):
        before = time.perf_counter()
        done = subprocess.run(  # noqa: S603 our own program
            [*command, "--as-of", "2026-11-21"], capture_output=True, text=True, check=False
        )
        taken.append(time.perf_counter() - before)
        assert done.stdout == "Found nothing.\n"
    assert min(taken) < LONGEST, taken
