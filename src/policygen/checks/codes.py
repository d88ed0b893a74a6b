"""The codes there are: those of the rules, and those of the page of diagnostics."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from policygen.checks.discovery import rules

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGED = Path(__file__).resolve().parents[1] / "reference" / "diagnostics.md"
_CHECKOUT = Path(__file__).resolve().parents[3] / "docs" / "reference" / "diagnostics.md"
"""The page lies in the package; in a checkout, where it is written."""

_ROW = re.compile(r"^\| `([a-z0-9-]+)` \| ([a-z, ]+) \| (.+) \| (.+) \|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the page: what every build tells. ``levels`` are those the code can have."""

    code: str
    levels: tuple[str, ...]
    meaning: str
    remedy: str


@functools.cache
def told() -> Mapping[str, Told]:
    """Give what the loader, the documents and this program's commands tell, by code."""
    page = _PACKAGED if _PACKAGED.is_file() else _CHECKOUT
    rows = _ROW.findall(page.read_text(encoding="utf-8"))
    found = {code: Told(code, tuple(levels.split(", ")), *cells) for code, levels, *cells in rows}
    return MappingProxyType(found)


@functools.cache
def codes() -> tuple[str, ...]:
    """Give all codes, sorted."""
    return tuple(sorted({*rules(), *told()}))


def is_fixed(code: str) -> bool:
    """Whether a code is always an error that stops documents, whatever a trust thinks of it."""
    return code not in rules() and code in told() and told()[code].levels == ("error",)
