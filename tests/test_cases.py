"""Every mistake an author can make is told: where, what, and what to do; nothing else is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import cases_runner
from policygen.survey import survey

if TYPE_CHECKING:
    from pathlib import Path

    from cases_runner import Case

CASES = cases_runner.cases()
PROGRAMMERS_WORDS = re.compile(
    r"\b(?:None|null|boolean|bool|str|int|dict|tuple|scalar|token|parser?|regex|stream|"
    r"block mapping|flow|undefined|exception|traceback|pydantic|jinja|unicode|bytes?|codec)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_told(case: Case, tmp_path: Path) -> None:
    report = cases_runner.run(case, tmp_path)
    found = report.diagnostics
    printed = "\n".join(map(cases_runner.told, found))
    assert len(found) == len(case.expected), printed
    for expected, diagnostic in zip(case.expected, found, strict=True):
        assert cases_runner.meets(expected, diagnostic), printed
    for diagnostic in found:
        assert diagnostic.hint, f"what is the author to do? {diagnostic.message}"
        assert not PROGRAMMERS_WORDS.search(diagnostic.message), diagnostic.message
        if diagnostic.span and diagnostic.span.path in report.texts:
            lines = report.texts[diagnostic.span.path].split("\n")
            assert 1 <= diagnostic.span.line <= len(lines)
            assert 1 <= diagnostic.span.column <= len(lines[diagnostic.span.line - 1]) + 1


def test_titles_are_told_apart() -> None:
    names = [str(case) for case in CASES]
    assert len(names) == len(set(names))


def test_the_trust_of_the_cases_has_no_fault(tmp_path: Path) -> None:
    _, report = survey(cases_runner.write(cases_runner.Case("", "", ()), tmp_path))
    assert not report.diagnostics
    assert [target.name for target in report.targets if target.sound] == ["alder/conduct"]
