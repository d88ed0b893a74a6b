"""The package, installed somewhere else, has all it needs with it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from acceptance.programs import ROOT, output

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a wheel and install it into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    output(*pip, "wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", folder, ROOT)
    (wheel,) = folder.glob("*.whl")
    output(*pip, "install", "--no-deps", "--target", folder / "installed", wheel)
    return folder / "installed"


def test_makes_and_builds_a_new_trust(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(installed))
    where = output(sys.executable, "-c", "import policygen; print(policygen.__file__)")
    assert where.startswith(str(installed))
    policygen = (sys.executable, "-m", "policygen")
    output(*policygen, "init", "policy_src")
    assert output(*policygen, "check", "--as-of", "2026-11-21") == "Found nothing.\n"
    explaining = "from policygen.checks.explained import explained as e; print(e('unknown-key'))"
    assert output(sys.executable, "-c", explaining).startswith("unknown-key (error): ")
    told = output(*policygen, "build", "--strict")
    assert told.startswith("Built ")
    for ending in ("html", "pdf", "docx"):
        assert list((tmp_path / "build").rglob(f"*.{ending}"))
