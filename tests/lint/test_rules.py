"""The rules over a whole library: all of them run, and sound sources pass them all."""

from __future__ import annotations

import pkgutil
import shutil
from pathlib import Path

import pytest

import cases_runner
from policygen import lint
from policygen.readers.library import read_library
from policygen.survey import survey

ROOT = Path(__file__).parents[2]


def test_every_module_of_rules_is_run() -> None:
    modules = {module.name for module in pkgutil.iter_modules(lint.__path__)}
    assert {rule.__module__.rpartition(".")[2] for rule in lint.RULES} == modules


@pytest.mark.parametrize("name", ["policy_src", "tests/sample_trust", "templates/starter"])
def test_sound_sources_pass(name: str) -> None:
    library = read_library(ROOT / name).library
    assert library is not None
    assert lint.lint(library) == []


MENDED = {
    "clauses/conduct.yaml": "title: Conduct: rules\nclauses:\n  courtesy:\n    text: Be kind.\n",
    "settings.yaml": "phones:\n  question: When: at school?\n  type: text\n  default: never\n",
    "references.yaml": "kcsie:\n  title: Keeping children safe: in education\n",
    "policies/conduct.yaml": "title: Conduct: rules\nsections:\n  - clauses: [conduct]\n",
}


@pytest.mark.parametrize("name", MENDED)
def test_what_was_mended_in_mind_is_never_printed(name: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(cases_runner.TRUST, source)
    (source / name).write_text(MENDED[name], encoding="utf-8")
    _, report = survey(source)
    assert [d.code for d in report.diagnostics] == ["yaml-colon"]
    assert report.targets
    assert not any(target.sound for target in report.targets)
