"""The floors of the program: a module imports only from floors below its own.

Inside a floor, a package's modules may import each other; packages that share a floor
may not. ``docs`` and the README describe the same picture.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import policygen

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(policygen.__file__).parent

BELOW: dict[str, frozenset[str]] = {
    "beside": frozenset(),
    "cells": frozenset(),
    "colour": frozenset(),
    "diagnostics": frozenset(),
    "files": frozenset(),
    "inputs": frozenset(),
    "request": frozenset(),
    "scratch": frozenset(),
    "ahead": frozenset({"request", "scratch"}),
    "timings": frozenset({"diagnostics"}),
    "manifest": frozenset({"diagnostics"}),
    "report": frozenset({"diagnostics", "manifest"}),
    "outputs": frozenset({"diagnostics", "files", "inputs"}),
    "standing": frozenset(
        {"diagnostics", "inputs", "manifest", "outputs", "report", "request", "writers"}
    ),
    "document": frozenset({"diagnostics"}),
    "model": frozenset({"diagnostics", "document"}),
    "readers": frozenset({"diagnostics", "document", "model", "inputs"}),
    "assemble": frozenset({"diagnostics", "document", "model", "readers"}),
    "schemas": frozenset({"diagnostics", "document", "model", "assemble"}),
    "lint": frozenset({"colour", "diagnostics", "document", "model", "readers", "assemble"}),
    "compare": frozenset({"diagnostics", "document"}),
    "checks": frozenset(
        {"colour", "diagnostics", "document", "model", "readers", "assemble", "lint"}
    ),
    "signing": frozenset({"cells", "diagnostics", "document", "model", "readers", "assemble"}),
    "seals": frozenset({"diagnostics", "document"}),
    "writers": frozenset({"cells", "colour", "diagnostics", "document", "scratch", "seals"}),
    "review": frozenset({"diagnostics", "document", "model", "assemble", "compare"}),
    "history": frozenset(),
    "ledger": frozenset({"diagnostics", "signing"}),
    "private": frozenset(),
    "work": frozenset({"ahead", "scratch", "diagnostics", "document", "request", "writers"}),
    "cluster": frozenset({"diagnostics", "inputs", "request", "work", "writers"}),
    "survey": frozenset(
        {"diagnostics", "document", "model", "readers", "assemble", "lint", "writers"}
    ),
    "contents": frozenset({"assemble", "manifest", "model", "request", "writers"}),
    "diff": frozenset(
        {
            "diagnostics",
            "document",
            "model",
            "readers",
            "lint",
            "compare",
            "review",
            "history",
            "writers",
        }
    ),
    "versions": frozenset(
        {"diagnostics", "document", "model", "readers", "assemble", "review", "history"}
    ),
    "build": frozenset(
        {
            "diagnostics",
            "document",
            "model",
            "assemble",
            "writers",
            "inputs",
            "manifest",
            "outputs",
            "report",
            "request",
            "standing",
            "timings",
            "contents",
            "survey",
            "work",
            "cluster",
        }
    ),
    "check": frozenset(
        {
            "beside",
            "diagnostics",
            "files",
            "document",
            "model",
            "readers",
            "assemble",
            "lint",
            "checks",
            "history",
            "survey",
        }
    ),
    "watch": frozenset({"diagnostics", "report", "request", "writers", "build"}),
    "verify": frozenset(
        {
            "diagnostics",
            "document",
            "model",
            "assemble",
            "review",
            "seals",
            "writers",
            "history",
            "versions",
        }
    ),
    "explain": frozenset({"diagnostics", "document", "model", "readers", "assemble", "review"}),
    "office": frozenset(
        {
            "diagnostics",
            "files",
            "document",
            "model",
            "readers",
            "assemble",
            "review",
            "signing",
            "writers",
            "history",
            "versions",
            "ledger",
            "request",
            "survey",
            "work",
        }
    ),
    "approving": frozenset(
        {
            "cells",
            "diagnostics",
            "files",
            "document",
            "model",
            "readers",
            "assemble",
            "review",
            "history",
            "versions",
            "survey",
        }
    ),
    "status": frozenset(
        {
            "approving",
            "cells",
            "diagnostics",
            "document",
            "model",
            "assemble",
            "writers",
            "contents",
            "survey",
        }
    ),
    "cli": frozenset(
        {
            "verify",
            "seals",
            "review",
            "approving",
            "status",
            "cells",
            "model",
            "readers",
            "schemas",
            "signing",
            "ledger",
            "private",
            "office",
            "diagnostics",
            "assemble",
            "build",
            "check",
            "checks",
            "watch",
            "diff",
            "versions",
            "explain",
            "history",
            "ahead",
            "work",
            "files",
            "writers",
            "contents",
            "inputs",
            "report",
            "request",
            "standing",
            "survey",
            "timings",
        }
    ),
    "__main__": frozenset({"cli"}),
}
"""What each part may import beside itself: the parts on floors below."""

LONGEST = 650
"""Lines of the longest module; think again at 400."""


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give (line, dotted name) of each import from the program itself."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module="policygen", names=names, lineno=line):
                yield from ((line, f"policygen.{alias.name}") for alias in names)
            case ast.ImportFrom(module=str(name), lineno=line) if name.startswith("policygen."):
                yield line, name
            case ast.ImportFrom(level=level, lineno=line) if level:
                yield line, "a relative import"
            case ast.Import(names=names, lineno=line):
                for alias in names:
                    if alias.name.startswith("policygen."):
                        yield line, alias.name
            case _:
                pass


def upward(path: Path) -> list[str]:
    part = part_of(path)
    found = []
    for line, name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        other = name.split(".")[1] if "." in name else name
        if other not in {part, "__version__"} and other not in BELOW[part]:
            found.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_import_goes_up(path: Path) -> None:
    assert not upward(path)


def test_every_part_has_its_floor() -> None:
    assert {part_of(path) for path in modules()} == set(BELOW)


def test_the_floors_make_no_circle() -> None:
    placed: set[str] = set()
    while len(placed) < len(BELOW):
        ready = {part for part, below in BELOW.items() if part not in placed and below <= placed}
        assert ready, set(BELOW) - placed
        placed |= ready


def test_an_upward_import_is_found(tmp_path: Path) -> None:
    source = "def late():\n    from policygen.survey import survey\n"
    found = [name for _, name in imported(ast.parse(source))]
    assert found == ["policygen.survey"]
    assert "survey" not in BELOW["readers"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
