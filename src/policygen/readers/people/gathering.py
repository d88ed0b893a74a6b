"""What is wrong with many rows alike, told once: a list of 480 rows has a fault 480 times."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.diagnostics import numbers_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policygen.diagnostics import Diagnostic

_TOLD_SINGLY = 3
"""So many rows with the same fault are told one by one: each may be somebody's slip."""

_OWN = re.compile(r"“[^”]*”|\brow \d+\b")
"""What differs between two rows with the same fault: the cell that is shown, the number."""


def gathered(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Give the problems with those that many rows share told of the first row, with the
    numbers of the others."""
    alike: dict[tuple[object, ...], list[Diagnostic]] = {}
    for problem in problems:
        shape = (problem.code, problem.severity, _OWN.sub("", problem.message), problem.hint)
        alike.setdefault(shape, []).append(problem)
    told: list[Diagnostic] = []
    for group in alike.values():
        told += group if len(group) <= _TOLD_SINGLY else [_together(group)]
    return told


def _together(group: list[Diagnostic]) -> Diagnostic:
    first, *others = group
    rows = numbers_in_words(problem.span.line for problem in others if problem.span)
    return replace(first, message=f"{first.message}; the like in {len(others)} more rows: {rows}")
