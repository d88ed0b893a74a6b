"""A build folder's record: what is left alone, rebuilt, removed; and what is loaded for it."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

import policygen
from conftest import SAMPLE
from policygen import work
from policygen.assemble.targets import targets_of
from policygen.build import build
from policygen.inputs import ABSENT, file_digest, native_state, program_state, source_state
from policygen.manifest import MANIFEST, read_manifest
from policygen.outputs import held
from policygen.request import Request
from policygen.standing import nothing_to_do

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.document import Document
    from policygen.report import Report
    from policygen.request import Format
    from policygen.writers.theme import Theme

DAY = dt.date(2026, 11, 20)
PAGES = 8
"""Documents of the sample."""


@pytest.fixture
def asked(tmp_path: Path) -> Request:
    """Ask for pages of a copy of the sample."""
    source = Path(shutil.copytree(SAMPLE, tmp_path / "source"))
    return Request(source, tmp_path / "out", DAY, formats=("html",))


def edit(asked: Request, name: str, old: str, new: str) -> None:
    path = asked.source / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def again(asked: Request) -> Report:
    """Build where there is something to do."""
    assert nothing_to_do(asked) is None
    return build(asked)


def test_where_nothing_has_changed_the_same_is_told_again(asked: Request) -> None:
    edit(asked, "clauses/conduct.yaml", "Bare words.", "'**Bare words.**'")
    edit(asked, "policies/online.yaml", "conduct/bare]}", "conduct/bare, conduct/bare]}")
    first = build(asked)
    assert first.diagnostics
    second = nothing_to_do(asked)
    assert second is not None
    told = [d.span.path for d in second.diagnostics if d.span]
    assert {path: second.texts[path] for path in told} == {p: first.texts[p] for p in told}
    assert second.rendered == []
    assert replace(second, texts=first.texts, rendered=first.rendered) == first


def test_errors_are_told_again_too(asked: Request) -> None:
    edit(asked, "schools/gull-academy.yaml", "website: https://gull.example\n", "")
    first = build(asked)
    second = nothing_to_do(asked)
    assert second is not None
    assert not second.sound
    assert second.failed == first.failed


def test_only_documents_that_print_a_clause_are_made_anew(asked: Request) -> None:
    build(asked)
    edit(asked, "clauses/wide.yaml", "speaks with", "talks with")
    report = again(asked)
    changed = {"trust/communications.html", "trust/forms/spokesperson.html"}
    assert report.rendered
    assert set(report.rendered) <= changed
    assert len(report.written) == PAGES


def test_an_officer_s_change_touches_only_the_school(
    asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(asked)
    assembled: list[str] = []

    def noted(library: object, school_id: str | None, what: object) -> object:
        assembled.append(school_id or "trust")
        return targets_of(library, school_id, what)  # type: ignore[arg-type]

    monkeypatch.setattr("policygen.build.targets_of", noted)
    edit(asked, "schools/gull-academy.yaml", "https://gull.example", "https://other.example")
    report = again(asked)
    assert {name.partition("/")[0] for name in report.rendered} == {"gull-academy"}
    assert assembled == ["gull-academy"]


def test_a_comment_makes_nothing_anew(asked: Request) -> None:
    build(asked)
    with (asked.source / "trust.yaml").open("a") as stream:
        stream.write("# nothing\n")
    assert again(asked).rendered == []
    assert nothing_to_do(asked) is not None


@pytest.mark.parametrize("spoilt", [b"edited by hand", None])
def test_a_file_changed_or_taken_away_is_made_anew(asked: Request, spoilt: bytes | None) -> None:
    build(asked)
    page = asked.out / "gull-academy" / "online.html"
    before = page.read_bytes()
    page.write_bytes(spoilt) if spoilt else page.unlink()
    assert again(asked).rendered == ["gull-academy/online.html"]
    assert page.read_bytes() == before


def test_the_index_is_noticed_as_well(asked: Request) -> None:
    build(asked)
    (asked.out / "index.html").unlink()
    assert again(asked).rendered == []
    assert (asked.out / "index.html").is_file()


def test_the_times_of_files_mean_nothing(asked: Request) -> None:
    build(asked)
    for path in [*asked.source.rglob("*"), *asked.out.rglob("*")]:
        os.utime(path, (1, 1))
    assert nothing_to_do(asked) is not None


def test_a_template_of_ones_own_makes_anew_what_it_decides(asked: Request, tmp_path: Path) -> None:
    looks = tmp_path / "looks"
    looks.mkdir()
    styled = replace(asked, templates=looks)
    build(styled)
    (looks / "screen.css").write_text("p { color: black }\n")
    assert len(again(styled).rendered) == PAGES


def test_fresh_makes_everything_anew(asked: Request) -> None:
    build(asked)
    assert len(build(replace(asked, fresh=True)).rendered) == PAGES


def test_another_program_makes_everything_anew(
    asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(asked)
    other = {**program_state(), "jinja2": "0"}
    monkeypatch.setattr("policygen.inputs.program_state", lambda: other)
    assert len(again(asked).rendered) == PAGES


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"about": "something else"}', '{"about": "policygen build folder 1"}', "ü"]
)
def test_a_damaged_or_foreign_record_means_a_whole_build(asked: Request, text: str) -> None:
    build(asked)
    (asked.out / MANIFEST).write_text(text, "latin-1")
    report = again(asked)
    assert len(report.rendered) == PAGES
    assert [note.count("\n") for note in report.notes] == [0]
    assert MANIFEST in report.notes[0]
    assert nothing_to_do(asked) is not None


def test_a_record_can_not_name_files_elsewhere(asked: Request, tmp_path: Path) -> None:
    build(asked)
    precious = tmp_path / "precious.html"
    precious.write_bytes(b"mine")
    path = asked.out / MANIFEST
    data = json.loads(path.read_text("utf-8"))
    record = data["documents"].pop("gull-academy/online")
    output = {"made_from": "", "content": file_digest(precious)}
    record |= {"name": "../precious", "files": {"html": output}}
    data["documents"]["../precious"] = record
    path.write_text(json.dumps(data), "utf-8")
    assert again(asked).notes
    assert precious.read_bytes() == b"mine"


def test_the_record_is_readable_and_holds_no_time_or_place(asked: Request) -> None:
    build(asked)
    text = (asked.out / MANIFEST).read_text("utf-8")
    assert str(asked.source) not in text
    data = json.loads(text)
    assert data["sources"]["trust.yaml"] == file_digest(asked.source / "trust.yaml")
    assert data["program"]["policygen"].startswith(policygen.__version__)
    assert "schools/gull-academy.yaml" in data["reads"]["gull-academy"]
    assert "schools/fenwick-primary.yaml" not in data["reads"]["gull-academy"]
    assert list(data["documents"]["gull-academy/online"]["files"]) == ["html"]


def test_part_of_a_build_leaves_the_rest_as_it_is(asked: Request) -> None:
    build(asked)
    edit(asked, "clauses/conduct.yaml", "Bare words.", "Other words.")
    part = again(replace(asked, schools=("gull-academy",)))
    assert all(name.startswith("gull-academy/") for name in part.written)
    manifest, _ = read_manifest(asked.out)
    assert manifest is not None
    assert len(manifest.documents) == PAGES
    rest = again(asked)
    assert all(name.startswith("fenwick-primary/") for name in rest.rendered)


# What is no more -------------------------------------------------------------------------


def test_files_of_a_school_that_left_are_removed(asked: Request) -> None:
    build(asked)
    (asked.source / "schools" / "gull-academy.yaml").unlink()
    report = again(asked)
    assert report.removed == ["gull-academy/forms/agreement.html", "gull-academy/online.html"]
    assert not (asked.out / "gull-academy").exists()
    assert "gull" not in (asked.out / "index.html").read_text("utf-8")


def test_what_was_changed_by_hand_or_never_ours_is_kept(asked: Request) -> None:
    build(asked)
    page = asked.out / "gull-academy" / "online.html"
    page.write_bytes(b"mine")
    (asked.out / "gull-academy" / "notes.txt").write_bytes(b"mine")
    (asked.source / "schools" / "gull-academy.yaml").unlink()
    report = again(asked)
    assert report.removed == ["gull-academy/forms/agreement.html"]
    assert "kept-file" in [d.code for d in report.diagnostics]
    assert sorted(p.name for p in page.parent.iterdir()) == ["notes.txt", "online.html"]


def test_nothing_is_removed_while_a_source_can_not_be_read(asked: Request) -> None:
    build(asked)
    (asked.source / "schools" / "gull-academy.yaml").write_text("name: [\n", "utf-8")
    report = again(asked)
    assert report.removed == []
    assert (asked.out / "gull-academy" / "online.html").is_file()


def test_part_of_a_build_removes_nothing_of_others(asked: Request) -> None:
    build(asked)
    (asked.source / "schools" / "gull-academy.yaml").unlink()
    assert again(replace(asked, schools=("fenwick-primary",))).removed == []
    assert (asked.out / "gull-academy" / "online.html").is_file()


# Two at once, and workers that die ---------------------------------------------------------


def test_two_builds_don_t_write_into_one_folder(asked: Request) -> None:
    with held(asked.out):
        found: list[Report] = []
        other = threading.Thread(target=lambda: found.append(build(asked)))
        other.start()
        other.join()
    assert [d.code for d in found[0].diagnostics] == ["folder-busy"]
    assert not found[0].sound
    assert not (asked.out / "index.html").exists()
    assert build(asked).sound


def dying(how: str) -> object:
    """Give a writer whose process ends at one document."""

    def write(
        document: Document, format_: Format, theme: Theme, siblings: Mapping[str, str]
    ) -> bytes:
        del format_, theme, siblings
        if document.id == "old-style":
            os.kill(os.getpid(), 9) if how == "killed" else os._exit(1)
        return b"words"

    return write


@pytest.mark.parametrize("how", ["killed", "gone"])
def test_a_worker_that_dies_costs_one_document(
    asked: Request, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(work, "write", dying(how))
    # Workers forked from here have what was put in its place.
    monkeypatch.setattr(work, "begin", lambda _: multiprocessing.get_context("fork"))
    report = build(replace(asked, jobs=2))
    assert report.failed == ["fenwick-primary/old-style"]
    assert [d.code for d in report.diagnostics] == ["worker-lost"]
    assert "fenwick-primary/old-style" in report.diagnostics[0].message
    assert len(report.written) == PAGES - 1
    monkeypatch.undo()
    assert again(asked).sound


def test_without_shared_locks_the_work_is_done_here(
    asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> NoReturn:
        raise OSError

    monkeypatch.setattr(work, "_pool", none)
    assert build(replace(asked, jobs=2)).sound


def test_a_worker_killed_from_outside_costs_one_document_at_most(asked: Request) -> None:
    def kill(finished: int, of: int) -> None:
        del of
        if finished == 1:
            multiprocessing.active_children()[0].kill()

    report = build(replace(asked, jobs=2), kill)
    assert len(report.failed) <= 1
    assert len(report.written) + len(report.failed) == PAGES
    assert {d.code for d in report.diagnostics} <= {"worker-lost"}
    assert build(asked).sound


def test_what_was_finished_counts_after_a_build_that_was_stopped(asked: Request) -> None:
    done: list[int] = []

    def stop(finished: int, of: int) -> None:
        done.append(of)
        if finished > 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(asked, stop)
    assert len(again(asked).rendered) == PAGES - len(done)


# What it is made from ----------------------------------------------------------------------


def test_every_file_and_every_new_name_counts(tmp_path: Path) -> None:
    source = Path(shutil.copytree(SAMPLE, tmp_path / "source"))
    before = source_state(source, ["assets/none.svg"])
    assert before["assets/none.svg"] == ABSENT
    (source / "schools" / "new.yml").write_text("")
    (source / "assets" / "none.svg").write_text("<svg/>")
    after = source_state(source, before)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"schools/", "assets/none.svg"}


def test_a_link_in_place_of_a_file_counts(tmp_path: Path) -> None:
    source = Path(shutil.copytree(SAMPLE, tmp_path / "source"))
    before = source_state(source)
    path = source / "schools" / "gull-academy.yaml"
    path.rename(tmp_path / "elsewhere.yaml")
    path.symlink_to(tmp_path / "elsewhere.yaml")
    assert source_state(source)["schools/"] != before["schools/"]


def test_versions_of_all_that_decides_bytes_are_known() -> None:
    state = program_state()
    assert not [name for name, version in state.items() if version == "unknown"]
    assert set(native_state()) == {"pango", "harfbuzz", "harfbuzz-subset"}


# What is loaded ----------------------------------------------------------------------------

HEAVY = {"pydantic", "yaml", "jinja2", "weasyprint", "docx", "lxml", "PIL", "markdown_it"}
HEAVY |= {"multiprocessing", "concurrent", "filelock", "pikepdf", "tempfile", "difflib"}
"""What a command that has nothing to do can't afford to load."""

LIGHT = {"policygen", "policygen.cli", "policygen.cli.ends", "policygen.cli.lazy"}
FOR_A_BUILD = {
    *("policygen.cli.build", "policygen.cli.options", "policygen.diagnostics"),
    *("policygen.files", "policygen.inputs", "policygen.manifest", "policygen.outputs"),
    *("policygen.report", "policygen.request", "policygen.standing", "policygen.writers"),
    *("policygen.writers.failures", "policygen.writers.theme"),
}


def loaded(*command: str) -> set[str]:
    """Give what a command loads, in a process of its own."""
    code = (
        "import os, sys\n"
        "from policygen.cli import main\n"
        "os._exit = sys.exit\n"
        f"sys.argv = ['policygen', *{command!r}]\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print('loaded:', *sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    result = subprocess.run(  # noqa: S603 our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    return set(result.stdout.rpartition("loaded:")[2].split())


def test_what_the_version_loads() -> None:
    found = loaded("--version")
    assert {name for name in found if name.startswith("policygen")} == LIGHT
    assert not found & HEAVY


def test_what_the_help_loads() -> None:
    assert not loaded("--help") & (HEAVY - {"tempfile"})


def test_what_a_build_with_nothing_to_do_loads(asked: Request) -> None:
    today = replace(asked, as_of=dt.date(2026, 1, 2))
    build(today)
    found = loaded(
        *("build", "--source", str(asked.source), "--out", str(asked.out)),
        *("--format", "html", "--as-of", "2026-01-02"),
    )
    ours = {name for name in found if name.startswith("policygen")}
    assert ours == LIGHT | FOR_A_BUILD
    assert not found & HEAVY
