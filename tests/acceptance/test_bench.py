"""``make bench`` in its quickest way: every job runs, and both pages come of it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from acceptance.programs import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_measures_and_writes_its_pages(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "--n", "2", "--rounds", "1", "--memory", "2"]
    done = subprocess.run(  # noqa: S603 our own program
        [*command, "--out", str(tmp_path)],
        cwd=ROOT / "tests",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    measured = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "exactly 6 files | 6 files | met" in measured
    assert "pandoc and typst" in measured
    assert str(ROOT) not in measured
    reckoned = (tmp_path / "scale.md").read_text(encoding="utf-8")
    assert "| 24,000 schools, as one source | 48,000 |" in reckoned
