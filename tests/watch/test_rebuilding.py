"""From a save to a rebuild, without a clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policygen.build import build
from policygen.report import Report
from policygen.request import Request
from policygen.watch.rebuilding import Rebuilder, is_passing
from small_trust import Maker

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 20)
PAGE = "alder/rules.html"


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    """Ask for the pages of a small trust."""
    source = tmp_path / "sources"
    Maker(source).write(
        {
            "schools/birch.yaml": "name: Birch\npolicies: [other]\n",
            "policies/other.yaml": "title: Other\nsections: [{clauses: [n/d]}]\n",
            "clauses/n.yaml": "clauses: {d: {text: Delta.}}\n",
        }
    )
    return Request(source, tmp_path / "out", DAY, formats=("html",))


def save(request: Request, name: str, text: str) -> None:
    """Save as most editors do: a new file takes the old one's place."""
    path = request.source / name
    aside = path.with_name(f".{path.name}.swp")
    aside.write_text(text, "utf-8")
    aside.replace(path)


def clauses(word: str) -> str:
    return f"clauses: {{a: {{text: {word}}}, b: {{text: Bravo.}}, c: {{text: Charlie.}}}}\n"


def test_the_first_look_builds_everything(request_: Request) -> None:
    outcome = Rebuilder(request_).rebuilt()
    assert outcome
    assert outcome.saved == ()
    assert outcome.changed == (PAGE, "birch/other.html", "index.html")


def test_nothing_is_built_while_nothing_is_saved(request_: Request) -> None:
    built: list[Request] = []

    def counted(request: Request) -> Report:
        built.append(request)
        return Report()

    rebuilder = Rebuilder(request_, counted)
    assert rebuilder.rebuilt()
    assert rebuilder.rebuilt() is None
    assert len(built) == 1


def test_a_save_changes_what_it_touches_and_nothing_else(request_: Request) -> None:
    rebuilder = Rebuilder(request_)
    rebuilder.rebuilt()
    save(request_, "clauses/m.yaml", clauses("Another."))
    outcome = rebuilder.rebuilt()
    assert outcome
    assert outcome.saved == ("clauses/m.yaml",)
    assert outcome.changed == (PAGE,)
    assert b"Another." in (request_.out / PAGE).read_bytes()


def test_the_files_are_those_of_a_build(request_: Request) -> None:
    rebuilder = Rebuilder(request_)
    rebuilder.rebuilt()
    save(request_, "clauses/m.yaml", clauses("Another."))
    rebuilder.rebuilt()
    again = replace(request_, out=request_.out.parent / "again")
    build(again)
    files = [path.relative_to(again.out) for path in again.out.rglob("*.html")]
    assert len(files) == 3
    for name in files:
        assert (request_.out / name).read_bytes() == (again.out / name).read_bytes()


def test_a_mistake_is_told_and_the_page_stays_until_it_is_mended(request_: Request) -> None:
    rebuilder = Rebuilder(request_)
    rebuilder.rebuilt()
    page = (request_.out / PAGE).read_bytes()
    save(request_, "clauses/m.yaml", clauses("'{{ nonsense }}'"))
    outcome = rebuilder.rebuilt()
    assert outcome
    assert [d.code for d in outcome.report.diagnostics] == ["unknown-name"]
    assert (request_.out / PAGE).read_bytes() == page
    save(request_, "clauses/m.yaml", clauses("Alpha."))
    outcome = rebuilder.rebuilt()
    assert outcome
    assert not outcome.report.diagnostics
    assert PAGE not in outcome.changed


@pytest.mark.parametrize("half", ["", "clauses: {a: {te", 'clauses:\n  a:\n    text: "Al'])
def test_a_file_half_saved_is_told_and_recovers(request_: Request, half: str) -> None:
    rebuilder = Rebuilder(request_)
    rebuilder.rebuilt()
    (request_.source / "clauses" / "m.yaml").write_text(half, "utf-8")
    outcome = rebuilder.rebuilt()
    assert outcome
    assert not outcome.report.sound
    (request_.source / "clauses" / "m.yaml").write_text(clauses("Whole."), "utf-8")
    outcome = rebuilder.rebuilt()
    assert outcome
    assert outcome.report.sound
    assert b"Whole." in (request_.out / PAGE).read_bytes()


def test_what_is_saved_during_a_build_is_built_next(request_: Request) -> None:
    def slow(request: Request) -> Report:
        report = build(request)
        if b"Meanwhile." not in (request.source / "clauses/m.yaml").read_bytes():
            save(request, "clauses/m.yaml", clauses("Meanwhile."))
        return report

    rebuilder = Rebuilder(request_, slow)
    rebuilder.rebuilt()
    assert rebuilder.rebuilt()
    assert b"Meanwhile." in (request_.out / PAGE).read_bytes()
    assert rebuilder.rebuilt() is None


def test_new_files_and_files_that_went_are_seen(request_: Request) -> None:
    rebuilder = Rebuilder(request_)
    rebuilder.rebuilt()
    save(request_, "schools/cedar.yaml", "name: Cedar\npolicies: [rules]\n")
    outcome = rebuilder.rebuilt()
    assert outcome
    assert outcome.changed == ("cedar/rules.html", "index.html")
    (request_.source / "schools/cedar.yaml").unlink()
    outcome = rebuilder.rebuilt()
    assert outcome
    assert outcome.saved == ("schools/cedar.yaml",)


def test_a_folder_that_is_gone_is_told(request_: Request) -> None:
    rebuilder = Rebuilder(request_)
    rebuilder.rebuilt()
    aside = request_.source.rename(request_.source.with_name("aside"))
    outcome = rebuilder.rebuilt()
    assert outcome
    assert [d.code for d in outcome.report.diagnostics] == ["missing-file"]
    aside.rename(request_.source)
    outcome = rebuilder.rebuilt()
    assert outcome
    assert outcome.report.sound


def test_own_templates_are_watched(request_: Request) -> None:
    own = request_.out.parent / "own"
    own.mkdir()
    rebuilder = Rebuilder(replace(request_, templates=own))
    rebuilder.rebuilt()
    (own / "screen.css").write_text("body { color: red }")
    outcome = rebuilder.rebuilt()
    assert outcome
    assert outcome.saved == ("own/screen.css",)
    assert PAGE in outcome.changed


def test_the_build_folder_among_the_sources_is_no_source(request_: Request) -> None:
    rebuilder = Rebuilder(replace(request_, out=request_.source / "build"))
    rebuilder.rebuilt()
    assert rebuilder.rebuilt() is None


@pytest.mark.parametrize(
    "name", [".m.yaml.swp", "m.yaml~", "4913", "#m.yaml#", "m.yaml.tmp", ".git", "m.yaml.bak"]
)
def test_what_editors_put_aside_is_no_source(name: str, request_: Request) -> None:
    assert is_passing(name)
    rebuilder = Rebuilder(request_)
    rebuilder.rebuilt()
    (request_.source / "clauses" / name).write_text("x")
    assert rebuilder.rebuilt() is None


def test_a_link_in_a_circle_is_no_trouble(request_: Request) -> None:
    (request_.source / "assets").symlink_to(request_.source)
    assert Rebuilder(request_).rebuilt()
