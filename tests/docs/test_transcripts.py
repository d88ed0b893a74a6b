"""The guides that are a session with the program: each step comes out as the page says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docs import transcripts
from policygen.cli import options

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_approving_goes_as_the_guide_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "today", lambda: transcripts.TODAY)
    steps = list(transcripts.played(transcripts.PAGE, tmp_path))
    assert len(steps) > 5
    for typed, said, out in steps:
        assert out == said, typed
