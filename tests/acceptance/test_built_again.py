"""A build depends on nothing but its sources: the same bytes each time, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acceptance.programs import build
from acceptance.sample import SOURCES

if TYPE_CHECKING:
    from pathlib import Path


def contents(folder: Path) -> dict[str, bytes]:
    """Give the bytes of all files, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    other = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8"}
    for source in SOURCES:
        build(source, tmp_path / source.name, "--jobs", "1", **other, LC_ALL="C")
    first, again = contents(built), contents(tmp_path)
    assert list(again) == list(first)
    assert [name for name, data in first.items() if again[name] != data] == []
