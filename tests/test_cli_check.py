"""``policygen check`` at the command line."""

from __future__ import annotations

import gc
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from checks import looking
from git_repository import Repository
from policygen.cli import commands

if TYPE_CHECKING:
    from click.testing import Result

DAY = ("--as-of", "2026-11-21")


def run(source: Path, *args: str) -> Result:
    return CliRunner().invoke(commands, ["check", "--source", str(source), *DAY, *args])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return Path(shutil.copytree(looking.TRUST, tmp_path / "source"))


@pytest.fixture
def spoilt(source: Path) -> Path:
    clauses = source / "clauses" / "conduct.yaml"
    clauses.write_text(clauses.read_text("utf-8").replace("kind online", "kind  online"), "utf-8")
    return source


def test_nothing_found(source: Path) -> None:
    result = run(source)
    assert result.exit_code == 0
    assert result.stdout == "Found nothing.\n"
    for format_ in ("github", "sarif", "json"):
        assert run(source, "--format", format_).exit_code == 0


def test_a_warning_is_a_finding(spoilt: Path) -> None:
    result = run(spoilt)
    assert result.exit_code == 1
    assert "clauses/conduct.yaml:5:14: warning[double-space]" in result.stdout
    assert result.stderr == "Found 1 warning. --fix can mend 1 of them.\n"
    assert run(spoilt, "--strict").stderr.startswith("Found 1 error.")


def test_fixes_are_counted(spoilt: Path) -> None:
    result = run(spoilt, "--fix")
    assert result.exit_code == 0
    assert result.stderr == "Mended 1 finding in 1 file.\n"
    assert result.stdout == "Found nothing.\n"
    assert run(spoilt).exit_code == 0


def test_json_of_a_fix_is_json(spoilt: Path) -> None:
    result = run(spoilt, "--fix", "--format", "json")
    assert json.loads(result.stdout) == {"fixed": 1, "diagnostics": []}


def test_github_marks_the_line(spoilt: Path) -> None:
    result = run(spoilt, "--format", "github")
    assert result.stdout.startswith("::warning file=")
    assert ",line=5," in result.stdout


def test_only_changes_since_a_revision(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    files = {
        path.relative_to(looking.TRUST).as_posix(): path.read_text("utf-8")
        for path in looking.TRUST.rglob("*.yaml")
    }
    old = {**files, "schools/alder.yaml": files["schools/alder.yaml"].replace("100001", "1")}
    repository.tagged("v1", old)
    source = repository.source
    assert run(source).exit_code == 1
    assert run(source, "--changed-since", "v1").exit_code == 0
    school = source / "schools" / "alder.yaml"
    school.write_text(school.read_text("utf-8").replace("@", " at "), "utf-8")
    result = run(source, "--changed-since", "v1")
    assert "email-shape" in result.stdout
    assert "urn-shape" not in result.stdout


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--changed-since", "nowhere"), "nowhere"),
        (("--school", "aldr"), "Did you mean “alder”?"),
        (("--policy", "conducts"), "Did you mean “conduct”?"),
        (("--format", "xml"), "xml"),
    ],
)
def test_wrong_use(source: Path, option: tuple[str, str], words: str) -> None:
    result = run(source, *option)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not result.stdout


def test_no_folder(tmp_path: Path) -> None:
    assert run(tmp_path / "none").exit_code == 2


def test_the_process_collects_garbage_again(source: Path) -> None:
    run(source)
    assert gc.isenabled()
