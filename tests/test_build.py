"""Builds end to end: the sample trust in, a folder out."""

from __future__ import annotations

import datetime as dt
import itertools
import multiprocessing
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import lxml.html
import pytest

from conftest import SAMPLE
from policygen import files, work
from policygen.build import build
from policygen.request import Request
from policygen.work import Task, longest_first
from policygen.writers import RendererMissing, WordTemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.document import Document
    from policygen.report import Report
    from policygen.request import Format
    from policygen.writers.theme import Theme

DAY = dt.date(2026, 11, 20)
DOCUMENTS = [
    "fenwick-primary/forms/acceptance",
    "fenwick-primary/forms/agreement",
    "fenwick-primary/old-style",
    "fenwick-primary/online",
    "gull-academy/forms/agreement",
    "gull-academy/online",
    "trust/communications",
    "trust/forms/spokesperson",
]


def request(out: Path, source: Path = SAMPLE, *formats: Format) -> Request:
    """Ask for everything, as pages unless other formats are named."""
    return Request(source, out, DAY, formats=formats or ("html",))


def tree(out: Path) -> dict[str, bytes]:
    """Give every file below a folder with its bytes, but for the build's own records."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(".policygen")
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    out = tmp_path_factory.mktemp("built")
    return out, build(request(out, SAMPLE, "html", "docx"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a copy of the sample to spoil."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "source"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_each_document_is_a_file_a_format(built: tuple[Path, Report]) -> None:
    out, report = built
    files_of = [f"{name}.{format_}" for name in DOCUMENTS for format_ in ("docx", "html")]
    assert report.written == sorted(files_of)
    assert sorted(tree(out)) == sorted([*files_of, "index.html"])
    assert report.failed == []
    assert report.diagnostics == []
    assert report.sound


def links(page: Path) -> list[str]:
    """Give what a page links to in its own folder."""
    found = lxml.html.parse(page).xpath("//a/@href")
    return [unquote(str(link)) for link in found if not re.match(r"[a-z]+:|#", str(link))]


def test_the_index_lists_every_file(built: tuple[Path, Report]) -> None:
    out, report = built
    assert sorted(links(out / "index.html")) == report.written


def test_a_page_links_to_its_other_formats(built: tuple[Path, Report]) -> None:
    out, report = built
    for name in (name for name in report.written if name.endswith(".html")):
        page = out / name
        assert links(page) == [f"{page.stem}.docx"]


def test_pdf_is_built_beside_them(tmp_path: Path) -> None:
    asked = replace(request(tmp_path, SAMPLE, "pdf"), policies=("communications",))
    assert build(asked).written == ["trust/communications.pdf", "trust/forms/spokesperson.pdf"]
    again = tmp_path / "again"
    build(replace(asked, out=again, jobs=2))
    assert tree(again) == {k: v for k, v in tree(tmp_path).items() if not k.startswith("again")}


@pytest.mark.parametrize(
    ("schools", "policies", "names"),
    [
        ((), (), DOCUMENTS),
        (("gull-academy",), (), DOCUMENTS[4:6]),
        (("trust",), (), DOCUMENTS[6:]),
        (("gull-academy", "trust"), (), DOCUMENTS[4:]),
        ((), ("old-style",), DOCUMENTS[2:3]),
        (("gull-academy",), ("online",), DOCUMENTS[4:6]),
        (("gull-academy",), ("old-style",), []),
    ],
)
def test_only_what_is_asked_for_is_built(
    tmp_path: Path, schools: tuple[str, ...], policies: tuple[str, ...], names: list[str]
) -> None:
    report = build(replace(request(tmp_path), schools=schools, policies=policies))
    assert report.written == [f"{name}.html" for name in names]


def test_the_index_lists_what_was_built_earlier_as_well(tmp_path: Path) -> None:
    build(replace(request(tmp_path), schools=("gull-academy",)))
    build(replace(request(tmp_path), schools=("trust",)))
    assert sorted(links(tmp_path / "index.html")) == [f"{name}.html" for name in DOCUMENTS[4:]]


def test_the_same_bytes_whatever_the_jobs_the_day_and_the_folder(
    built: tuple[Path, Report], tmp_path: Path, source: Path
) -> None:
    out = tmp_path / "out"
    later = Request(source, out, dt.date(2031, 1, 1), formats=("html", "docx"), jobs=2)
    build(later)
    first, second = tree(built[0]), tree(out)
    assert first.pop("index.html") != second.pop("index.html")
    assert first == second


def test_what_has_not_changed_is_left_alone(tmp_path: Path) -> None:
    build(request(tmp_path))
    for path in tmp_path.rglob("*.html"):
        os.utime(path, (1, 1))
    report = build(request(tmp_path))
    assert len(report.written) == len(DOCUMENTS)
    assert {path.stat().st_mtime for path in tmp_path.rglob("*.html")} == {1}


def test_a_document_with_an_error_keeps_its_older_file(tmp_path: Path, source: Path) -> None:
    out = tmp_path / "out"
    build(request(out, source))
    before = tree(out)
    edit(source / "schools/gull-academy.yaml", "website: https://gull.example\n", "")
    edit(source / "clauses/wide.yaml", "speaks with", "talks with")
    report = build(request(out, source))
    after = tree(out)
    assert report.failed == ["gull-academy/forms/agreement", "gull-academy/online"]
    assert not report.sound
    assert [d.code for d in report.diagnostics if d.is_error] == ["missing-value"]
    changed = {name for name, data in after.items() if before[name] != data}
    assert "trust/communications.html" in changed
    assert "gull-academy/online.html" not in changed
    assert before.keys() == after.keys()
    index = (out / "index.html").read_text("utf-8")
    assert "It could not be built; what stands here is older." in index


def test_a_document_that_never_could_be_built_is_in_the_index(tmp_path: Path, source: Path) -> None:
    edit(source / "schools/gull-academy.yaml", "website: https://gull.example\n", "")
    out = tmp_path / "out"
    build(request(out, source))
    assert not (out / "gull-academy").exists()
    page = lxml.html.parse(out / "index.html").getroot()
    assert page.text_content().count("Gull Academy")
    assert not [link for link in links(out / "index.html") if "gull" in link]


def test_nothing_is_written_where_the_trust_can_not_be_read(tmp_path: Path, source: Path) -> None:
    (source / "trust.yaml").write_text("nam: Saltmarsh\n", "utf-8")
    out = tmp_path / "out"
    report = build(request(out, source))
    assert not report.sound
    assert not out.exists()


def test_strict_makes_errors_of_warnings(tmp_path: Path, source: Path) -> None:
    edit(source / "clauses/conduct.yaml", "Bare words.", "'**Bare words.**'")
    edit(source / "policies/online.yaml", "conduct/bare]}", "conduct/bare, conduct/bare]}")
    out = tmp_path / "out"
    relaxed = build(request(out, source))
    assert relaxed.sound
    assert relaxed.diagnostics
    shutil.rmtree(out)
    strict = build(replace(request(out, source), strict=True))
    assert "fenwick-primary/online" in strict.failed
    assert all(d.is_error for d in strict.diagnostics)
    assert not (out / "fenwick-primary/online.html").exists()


# What goes wrong outside the sources -----------------------------------------------------


def failing(error: BaseException, name: str = "old-style") -> object:
    """Give a writer that raises at one document and writes the others in a word."""

    def write(
        document: Document, format_: Format, theme: Theme, siblings: Mapping[str, str]
    ) -> bytes:
        del format_, theme, siblings
        if document.id == name:
            raise error
        return b"words"

    return write


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ValueError("no ink"), "writer-failed"),
        (RendererMissing("Pango is missing"), "no-renderer"),
        (WordTemplateError("no styles"), "bad-word-template"),
    ],
)
def test_a_writer_that_fails_stops_only_its_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    older = tmp_path / "fenwick-primary" / "old-style.html"
    older.parent.mkdir()
    older.write_bytes(b"older")
    monkeypatch.setattr(work, "write", failing(error))
    report = build(request(tmp_path))
    assert report.failed == ["fenwick-primary/old-style"]
    assert [d.code for d in report.diagnostics] == [code]
    assert str(error) in report.diagnostics[0].message
    assert older.read_bytes() == b"older"
    assert len(report.written) == len(DOCUMENTS) - 1


def test_a_worker_that_dies_is_told_and_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> bytes:
        os._exit(9)

    monkeypatch.setattr(work, "write", dies)
    # Workers forked from here have what was put in its place.
    monkeypatch.setattr(work, "begin", lambda _: multiprocessing.get_context("fork"))
    report = build(replace(request(tmp_path), jobs=2))
    assert report.failed == DOCUMENTS
    assert {d.code for d in report.diagnostics} == {"worker-lost"}


def test_what_is_short_to_write_is_kept_for_the_end() -> None:
    tasks = [Task(str(n), b"", format_) for n in range(100) for format_ in ("pdf", "docx", "html")]
    given = list(longest_first(iter(tasks)))
    assert sorted(given, key=tasks.index) == tasks
    assert {task.format for task in given[:30]} == {"pdf"}
    assert {task.format for task in given[-60:]} == {"docx", "html"}


def test_what_is_short_to_write_waits_for_nothing_else() -> None:
    given = longest_first(Task(str(n), b"", "html") for n in itertools.count())
    assert next(given).name == "0"


def test_progress_is_told_for_each_file(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    build(request(tmp_path), lambda done, total: seen.append((done, total)))
    assert seen == [(n, len(DOCUMENTS)) for n in range(1, len(DOCUMENTS) + 1)]


# Files -------------------------------------------------------------------------------------


def test_a_file_is_written_whole_with_the_usual_rights(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.html"
    files.write_whole(path, b"words")
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    assert path.read_bytes() == b"words"
    assert path.stat().st_mode == plain.stat().st_mode
    assert [p.name for p in path.parent.iterdir()] == ["file.html"]


@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_a_write_that_is_broken_off_leaves_the_older_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    path = tmp_path / "file.html"
    path.write_bytes(b"older")

    def broken(self: Path, target: Path) -> None:
        del self, target
        raise error

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(type(error)):
        files.write_whole(path, b"newer")
    assert path.read_bytes() == b"older"
    assert [p.name for p in tmp_path.iterdir()] == ["file.html"]


def test_a_school_whose_file_is_broken_is_named(tmp_path: Path) -> None:
    source = Path(shutil.copytree(SAMPLE, tmp_path / "source"))
    (source / "schools" / "gull-academy.yaml").write_text("phase: Primary\n", encoding="utf-8")
    report = build(request(tmp_path / "out", source))
    assert "gull-academy (every document)" in report.failed
    assert report.written
    assert not report.sound


def test_an_error_in_a_school_s_file_stops_its_documents_alone(tmp_path: Path) -> None:
    source = Path(shutil.copytree(SAMPLE, tmp_path / "source"))
    school = source / "schools" / "gull-academy.yaml"
    text = school.read_text(encoding="utf-8")
    school.write_text(text.replace("settings: {", "settings: {no_such_setting: x, ", 1), "utf-8")
    report = build(request(tmp_path / "out", source))
    assert [d.code for d in report.diagnostics if d.is_error] == ["unknown-setting"]
    assert {name.partition("/")[0] for name in report.failed} == {"gull-academy"}
    assert {name.partition("/")[0] for name in report.written} == {"fenwick-primary", "trust"}


def test_a_picture_that_is_not_there_stops_the_documents_that_print_it(tmp_path: Path) -> None:
    source = Path(shutil.copytree(SAMPLE, tmp_path / "source"))
    contact = source / "clauses" / "contact.yaml"
    text = contact.read_text(encoding="utf-8")
    name = re.findall(r"^  ([a-z-]+):$", text, re.MULTILINE)[0]
    broken = text.replace(
        f"  {name}:\n", f"  {name}:\n    heading: X\n    text: '![x](assets/none.png)'\n  was:\n", 1
    )
    contact.write_text(broken, encoding="utf-8")
    report = build(request(tmp_path / "out", source))
    assert "missing-file" in [d.code for d in report.diagnostics]
    assert "gull-academy/online" in report.failed
    assert not (tmp_path / "out" / "gull-academy" / "online.html").exists()


def test_what_can_t_be_written_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "gull-academy" / "online.html").mkdir(parents=True)
    report = build(request(out))
    assert [d.code for d in report.diagnostics] == ["cannot-write"]
    assert report.failed == ["gull-academy/online"]
    assert (out / "fenwick-primary" / "online.html").is_file()
