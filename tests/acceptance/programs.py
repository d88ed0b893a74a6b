"""The programs that look at what was built. One that is missing is a failure."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".tools" / "acceptance"
NODE_MODULES = TOOLS / "node_modules"
MINUTES = 15
AS_OF = "2026-11-20"
"""The day that the builds take for today; the index shows it."""

_APPLICATIONS = Path("/Applications")
_ELSEWHERE = {
    "soffice": _APPLICATIONS / "LibreOffice.app/Contents/MacOS/soffice",
    "chromium": _APPLICATIONS / "Chromium.app/Contents/MacOS/Chromium",
}

Given = TypeVar("Given")
Result = TypeVar("Result")


@functools.cache
def program(*names: str) -> str:
    """Give the path of the first of these programs that is installed."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
        elsewhere = _ELSEWHERE.get(name)
        if elsewhere and elsewhere.is_file():
            return str(elsewhere)
    pytest.fail(f"{names[0]} is missing; tools/acceptance.sh installs it")


def installed(name: str) -> Path:
    """Give the path of a file that tools/acceptance.sh puts under .tools/acceptance."""
    path = TOOLS / name
    if not path.is_file():
        pytest.fail(f"{name} is missing; tools/acceptance.sh installs it")
    return path


def run(
    *command: str | Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; what it says is UTF-8."""
    return subprocess.run(  # noqa: S603 every command is written in these tests
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **(environment or {})},
        timeout=60 * MINUTES,
        check=False,
    )


def output(*command: str | Path, environment: dict[str, str] | None = None) -> str:
    """Give what a program prints; it must succeed."""
    done = run(*command, environment=environment)
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"
    return done.stdout


def side_by_side(
    work: Callable[[Given], Result], given: Iterable[Given], workers: int | None = None
) -> list[Result]:
    """Do work that waits for programs on as many things at once as there are processors."""
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as executor:
        return list(executor.map(work, given))


def build(source: Path, out: Path, *options: str, **environment: str) -> None:
    """Build a source folder as a user does."""
    command = (sys.executable, "-m", "policygen", "build", "--as-of", AS_OF)
    output(*command, "--source", source, "--out", out, *options, environment=environment)
