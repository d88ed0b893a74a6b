"""A build depends on nothing but its sources: the same bytes each time, everywhere."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import changing_trust
from acceptance.programs import ROOT, build
from acceptance.sample import SOURCES
from changing_trust import Step, last_steps, steps
from test_incremental import check


def contents(folder: Path) -> dict[str, bytes]:
    """Give the bytes of all files, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """With another hash seed, time zone and locale, one process in place of several, the
    program and the sources in other folders."""
    other = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8"}
    checkout, out = tmp_path / "another checkout", tmp_path / "out"
    for part in ("src", "templates"):
        shutil.copytree(ROOT / part, checkout / part)
    other["PYTHONPATH"] = str(checkout / "src")
    for source in SOURCES:
        copy = shutil.copytree(source, tmp_path / "sources" / source.name)
        build(Path(copy), out / source.name, "--jobs", "1", **other, LC_ALL="C")
    first, again = contents(built), contents(out)
    assert list(again) == list(first)
    assert [name for name, data in first.items() if again[name] != data] == []


@given(st.lists(steps, min_size=1, max_size=4), last_steps)
@settings(max_examples=60, deadline=None)
def test_edits_give_what_a_clean_build_gives(before: list[Step], last: Step) -> None:
    """The law of incremental builds, with the real writers of pages and Word files."""
    with tempfile.TemporaryDirectory() as root:
        check(Path(root), before, last)


def test_edits_give_what_a_clean_build_gives_as_pdf(tmp_path: Path) -> None:
    changing_trust.begin(tmp_path)
    source, out = tmp_path / "src", tmp_path / "out"
    build(source, out)
    for name in ("trust.yaml", "clauses/m.yaml", "schools/birch.yaml"):
        changing_trust.put(tmp_path, changing_trust.Edit(name, 1))
        build(source, out)
    build(source, tmp_path / "clean")
    assert contents(out) == contents(tmp_path / "clean")


def test_only_what_prints_a_clause_is_written_anew(tmp_path: Path) -> None:
    changing_trust.begin(tmp_path)
    source, out = tmp_path / "src", tmp_path / "out"
    build(source, out)
    before = {name: (out / name).stat().st_mtime_ns for name in contents(out)}
    changing_trust.put(tmp_path, changing_trust.Edit("clauses/m.yaml", 1))
    build(source, out)
    written = {name for name in contents(out) if (out / name).stat().st_mtime_ns != before[name]}
    printed = {f"alder/rules.{ending}" for ending in ("html", "pdf", "docx")}
    assert written - {".policygen.json", ".policygen.lock", "index.html"} == printed
