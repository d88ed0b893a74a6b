"""Each rule finds its own bad example, and nothing in its good one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import cases_runner
from checks import looking
from policygen.checks.discovery import rules
from policygen.checks.explained import explained, parts

if TYPE_CHECKING:
    from pathlib import Path

CASES = [case for case in cases_runner.cases() if case.file.startswith("checks/")]


@pytest.mark.parametrize("code", rules())
def test_bad_example_is_found(code: str, tmp_path: Path) -> None:
    source = looking.example(parts(rules()[code].doc)["Bad"], tmp_path / "source")
    assert code in {finding.code for finding in looking.found(source)}


@pytest.mark.parametrize("code", rules())
def test_good_example_has_no_finding(code: str, tmp_path: Path) -> None:
    source = looking.example(parts(rules()[code].doc)["Good"], tmp_path / "source")
    assert not looking.found(source)


@pytest.mark.parametrize("code", rules())
def test_rule_is_explained(code: str) -> None:
    title, why, *examples = (explained(code) or "").split("\n\n")
    assert title.startswith(f"{code}: ")
    assert title.endswith(".")
    assert why.endswith(".")
    assert [line for line in examples if line in {"Bad:", "Good:"}] == ["Bad:", "Good:"]


@pytest.mark.parametrize("code", rules())
def test_rule_has_a_case_that_fires_and_one_that_does_not(code: str) -> None:
    """A case's title begins with the rule's code; one of them expects it, one does not."""
    mine = [case for case in CASES if case.title.split(":")[0] == code]
    fires = [any(f" {code} " in line for line in case.expected) for case in mine]
    assert True in fires
    assert False in fires


def test_trust_of_these_tests_has_no_finding() -> None:
    assert not looking.found(looking.TRUST)


def test_there_is_no_such_code() -> None:
    assert explained("no-such-code") is None
