"""The law of incremental builds: after any edits, they give what a clean build gives."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import changing_trust
from changing_trust import Edit, Step, last_steps, steps
from policygen import inputs, work
from policygen.build import build
from policygen.document.packing import packed
from policygen.standing import nothing_to_do

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

    from policygen.document import Document
    from policygen.report import Report
    from policygen.request import Format, Request
    from policygen.writers.theme import Theme


EXAMPLES = int(os.environ.get("POLICYGEN_EXAMPLES", "10"))
"""So many histories of edits are tried; `make acceptance` tries more."""


def quickly(
    document: Document, format_: Format, theme: Theme, siblings: Mapping[str, str]
) -> bytes:
    """Stand in for the writers: bytes that depend on all that theirs depend on."""
    look = theme.read("screen.css") if format_ == "html" else b""
    return repr((packed(document), format_, sorted(siblings.items()), look)).encode()


def built(request: Request) -> Report:
    """Build as the command does."""
    return nothing_to_do(request) or build(request)


def files(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(".policygen")
    }


def check(root: Path, before: list[Step], last: Step) -> None:
    """Build the trust as it is first, after each step, and compare after the last."""
    changing_trust.begin(root)
    for step in (Step(()), *before):
        changing_trust.change(root, step)
        built(step.request(root))
    changing_trust.change(root, last)
    compare(root, last.request(root))


def compare(root: Path, request: Request) -> None:
    """Build, and compare with a clean build of the same."""
    report = built(request)
    shutil.rmtree(root / "clean", ignore_errors=True)
    clean = build(changing_trust.elsewhere(request, root / "clean"))
    told = [d for d in report.diagnostics if d.code != "kept-file"]
    assert (told, report.failed) == (clean.diagnostics, clean.failed)
    assert report.wanted == clean.wanted or report.failed
    assert report.written == clean.written
    there, wanted = files(root / "out"), files(root / "clean")
    if clean.sound:
        kept = {d.message.split()[0] for d in report.diagnostics if d.code == "kept-file"}
        spoilt = {name for name, data in there.items() if data == b"somebody wrote here"}
        assert {n: d for n, d in there.items() if n not in spoilt} == wanted
        assert kept <= spoilt
    assert {name: there[name] for name in clean.written} == {
        name: wanted[name] for name in clean.written
    }
    again = nothing_to_do(request)
    if not any(d.code == "kept-file" for d in report.diagnostics) and clean.written:
        assert again is not None
        assert (again.wanted, again.written, again.failed, again.diagnostics) == (
            report.wanted,
            report.written,
            report.failed,
            report.diagnostics,
        )


@given(st.lists(steps, max_size=3), last_steps)
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
def test_an_incremental_build_equals_a_clean_one(
    monkeypatch: pytest.MonkeyPatch, before: list[Step], last: Step
) -> None:
    monkeypatch.setattr(work, "write", quickly)
    monkeypatch.setattr(inputs, "program_state", dict)
    with tempfile.TemporaryDirectory() as root:
        check(Path(root), before, last)


def test_each_edit_by_itself_gives_what_a_clean_build_gives(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(work, "write", quickly)
    monkeypatch.setattr(inputs, "program_state", dict)
    changing_trust.begin(tmp_path)
    everything = Step(()).request(tmp_path)
    for name, forms in changing_trust.FORMS.items():
        for form in range(1, len(forms)):
            build(everything)
            changing_trust.put(tmp_path, Edit(name, form))
            compare(tmp_path, everything)
            changing_trust.put(tmp_path, Edit(name, 0))
