"""The command line: what it takes, prints and returns."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from conftest import SAMPLE
from policygen import __version__
from policygen.cli import commands
from policygen.writers.theme import bundled_templates
from small_trust import Maker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.testing import Result

DAY = ("--as-of", "2026-11-20")


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(arg) for arg in args])


def build(source: Path, out: Path, *args: str) -> Result:
    """Build pages in this process."""
    usual = ("--source", source, "--out", out, "--jobs", "1", *DAY)
    formats = () if "--format" in args else ("--format", "html")
    return run("build", *usual, *formats, *args)


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """Give a copy of the sample with an error at one school."""
    source = Path(shutil.copytree(SAMPLE, tmp_path / "source"))
    school = source / "schools" / "gull-academy.yaml"
    school.write_text(school.read_text("utf-8").replace("website: https://gull.example\n", ""))
    return source


@pytest.fixture
def warned(tmp_path: Path) -> Path:
    """Give a copy of the sample with a warning."""
    source = Path(shutil.copytree(SAMPLE, tmp_path / "source"))
    policy = source / "policies" / "online.yaml"
    twice = policy.read_text("utf-8").replace("conduct/bare]}", "conduct/bare, conduct/bare]}", 1)
    policy.write_text(twice, "utf-8")
    return source


# Exit codes and what is printed ------------------------------------------------------------


def test_a_build_without_findings_exits_with_0(tmp_path: Path) -> None:
    result = build(SAMPLE, tmp_path)
    assert result.exit_code == 0
    assert result.stdout == (
        f"Built 4 policies and 4 forms for 2 schools: 8 files in {tmp_path}/. "
        f"Start at {tmp_path}/index.html\n"
    )
    assert result.stderr == ""


def test_a_build_with_an_error_exits_with_1_and_builds_the_rest(
    tmp_path: Path, spoilt: Path
) -> None:
    result = build(spoilt, tmp_path / "out")
    assert result.exit_code == 1
    assert f"{spoilt}/policies/online.yaml:" in result.stderr
    assert "error[missing-value]: Gull has no website" in result.stderr
    assert "Found 1 error." in result.stderr
    assert "Not built: gull-academy/online\n" in result.stderr
    assert "Built 3 policies and 3 forms for 1 school: 6 files" in result.stdout
    assert (tmp_path / "out" / "fenwick-primary" / "online.html").is_file()


def test_a_warning_alone_exits_with_0_and_under_strict_with_1(tmp_path: Path, warned: Path) -> None:
    result = build(warned, tmp_path / "out")
    assert result.exit_code == 0
    assert "warning[printed-twice]" in result.stderr
    assert "Found 1 warning." in result.stderr
    strict = build(warned, tmp_path / "strict", "--strict")
    assert strict.exit_code == 1
    assert "error[printed-twice]" in strict.stderr
    assert not (tmp_path / "strict" / "fenwick-primary" / "online.html").exists()


def test_a_finding_elsewhere_does_not_fail_what_was_asked_for(tmp_path: Path, spoilt: Path) -> None:
    result = build(spoilt, tmp_path / "out", "--school", "fenwick-primary")
    assert result.exit_code == 0
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--school", "gull-acadmy"], "there is no school “gull-acadmy”. Did you mean “gull-aca"),
        (["--school", "xyz"], "There are: fenwick-primary, gull-academy, trust."),
        (["--policy", "onlin"], "there is no policy “onlin”. Did you mean “online”?"),
        (["--format", "odt"], "'odt' is not one of"),
        (["--jobs", "0"], "0 is not in the range"),
        (["--as-of", "tomorrow"], "'tomorrow' does not match"),
        (["--templates", "nowhere"], "'nowhere' does not exist"),
        (["--nonsense"], "No such option"),
    ],
)
def test_wrong_use_exits_with_2(tmp_path: Path, args: list[str], message: str) -> None:
    result = build(SAMPLE, tmp_path / "out", *args)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()


def test_a_source_that_is_not_there_exits_with_2(tmp_path: Path) -> None:
    result = build(tmp_path / "nowhere", tmp_path / "out")
    assert result.exit_code == 2
    assert "policygen init policy_src" in result.stderr


@pytest.mark.parametrize("out", ["", "schools", "clauses/a", "../source"])
def test_the_output_may_not_lie_among_the_sources(warned: Path, out: str) -> None:
    result = build(warned, warned / out)
    assert result.exit_code == 2
    assert "holds sources" in result.stderr
    assert not (warned / "index.html").exists()


def test_a_folder_without_a_trust_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    result = build(tmp_path / "source", tmp_path / "out")
    assert result.exit_code == 1
    assert "there is no trust.yaml in this folder" in result.stderr


@pytest.mark.parametrize(
    ("args", "names"),
    [
        (["--school", "trust"], ["trust/communications", "trust/forms/spokesperson"]),
        (["--policy", "old-style"], ["fenwick-primary/old-style"]),
        (["--school", "gull-academy", "--policy", "communications"], []),
    ],
)
def test_filters(tmp_path: Path, args: list[str], names: list[str]) -> None:
    assert build(SAMPLE, tmp_path, *args).exit_code == 0
    built = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*/*.html"))
    assert built == [f"{name}.html" for name in names]


def test_formats(tmp_path: Path) -> None:
    formats = ("--format", "docx", "--format", "html")
    build(SAMPLE, tmp_path, "--school", "trust", "--policy", "communications", *formats)
    built = sorted(path.name for path in (tmp_path / "trust").iterdir() if path.is_file())
    assert built == ["communications.docx", "communications.html"]


# JSON --------------------------------------------------------------------------------------

DOCUMENT = {
    "school": str,
    "kind": str,
    "id": str,
    "title": str,
    "version": str,
    "status": str,
    "draft_reason": str,
    "adopted": str,
    "next_review": str,
    "fingerprint": str,
    "files": list,
}
FINDING = {
    "code": str,
    "severity": str,
    "message": str,
    "path": str,
    "line": int,
    "column": int,
    "length": int,
    "hint": str,
    "documents": list,
}


def assert_shape(record: dict[str, object], shape: Mapping[str, type]) -> None:
    """Assert that a record has these keys, each of its type or null."""
    assert list(record) == list(shape)
    for key, value in record.items():
        assert value is None or isinstance(value, shape[key]), key


def test_a_build_as_json(tmp_path: Path, spoilt: Path) -> None:
    result = build(spoilt, tmp_path / "out", "--json")
    assert result.exit_code == 1
    assert result.stderr == ""
    report = json.loads(result.stdout)
    keys = ["documents", "made", "removed", "failed", "notes", "diagnostics"]
    assert list(report) == keys
    assert report["failed"] == ["gull-academy/forms/agreement", "gull-academy/online"]
    for document in report["documents"]:
        assert_shape(document, DOCUMENT)
    for finding in report["diagnostics"]:
        assert_shape(finding, FINDING)
    by_place = {(d["school"], d["id"]): d for d in report["documents"]}
    assert by_place["fenwick-primary", "online"]["files"] == ["fenwick-primary/online.html"]
    assert by_place["fenwick-primary", "online"]["status"] == "Approved"
    assert by_place["gull-academy", "online"]["files"] == []
    assert by_place[None, "communications"]["next_review"] == "30 September 2027"
    (missing,) = report["diagnostics"]
    assert missing["path"] == "policies/online.yaml"
    assert missing["documents"] == ["gull-academy/online"]


def test_a_list_as_json() -> None:
    result = run("list", "--source", SAMPLE, "--json", "--as-of", "2028-01-01")
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert len(rows) == 8
    online = next(r for r in rows if (r["school"], r["id"]) == ("gull-academy", "online"))
    assert online == {
        "school": "gull-academy",
        "kind": "policy",
        "id": "online",
        "title": "Online Life at an academy & <more>",
        "version": "2.1",
        "status": "Draft",
        "next_review": "1 September 2027",
        "overdue": True,
        "errors": 0,
    }


# The other verbs ---------------------------------------------------------------------------


def test_a_list_names_schools_policies_forms_and_reviews() -> None:
    result = run("list", "--source", SAMPLE, "--as-of", "2028-01-01")
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines() if line]
    assert lines == [
        "Fenwick Primary Academy (fenwick-primary)",
        "policy online 2.1 Approved review 12 October 2027, overdue",
        "policy old-style v 1.0 Draft review March 2028",
        "form acceptance 2.1 Approved",
        "form agreement 2.1 Approved",
        "Gull Academy (gull-academy)",
        "policy online 2.1 Draft review 1 September 2027, overdue",
        "form agreement 2.1 Draft",
        "Saltmarsh Schools Trust (trust)",
        "policy communications 1.1 For consultation review 30 September 2027, overdue",
        "form spokesperson 1.1 For consultation",
    ]


def test_a_list_with_errors_exits_with_1(spoilt: Path) -> None:
    result = run("list", "--source", spoilt)
    assert result.exit_code == 1
    assert "has errors" in result.stdout
    assert "error[missing-value]" in result.stderr


def test_init_writes_a_trust_that_builds_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "my-trust"
    assert run("init", folder).exit_code == 0
    result = build(folder, tmp_path / "out", "--strict", "--format", "html", "--format", "docx")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""


def test_init_writes_schemas_with_the_ids_of_the_trust(tmp_path: Path) -> None:
    folder = tmp_path / "my-trust"
    assert run("init", folder).exit_code == 0
    again = tmp_path / "again"
    result = run("schema", "--source", folder, "--out", again)
    assert result.stdout == f"Wrote 8 schemas into {again.as_posix()}/.\n"
    written = sorted((folder / ".vscode" / "schemas").iterdir())
    assert [path.name for path in written] == sorted(path.name for path in again.iterdir())
    assert all(path.read_bytes() == (again / path.name).read_bytes() for path in written)


def test_init_says_what_to_move_in_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    result = run("init", tmp_path / "policy_src")
    assert "write “policy_src” for “SOURCE: .”" in result.stdout
    assert "SOURCE" not in run("init", tmp_path.parent / f"{tmp_path.name}-beside").stdout


def test_schema_prints_one() -> None:
    result = run("schema", "schools")
    assert json.loads(result.stdout)["title"] == "schools/*.yaml"


def test_schema_says_what_it_leaves_out(tmp_path: Path) -> None:
    Maker(tmp_path).write({"schools/birch.yaml": "name: [Birch]\n"})
    result = run("schema", "--source", tmp_path, "schools")
    assert result.exit_code == 0
    assert result.stderr == "Left out, because they have errors: schools/birch\n"
    (tmp_path / "trust.yaml").write_text("short_name: FT\n")
    result = run("schema", "--source", tmp_path)
    assert result.exit_code == 1
    assert "can't be read, so its ids are not known" in result.stderr


def test_init_leaves_a_full_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = run("init", tmp_path)
    assert result.exit_code == 2
    assert "is not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_doctor_says_what_is_ready() -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == ["HTML: ready", "Word: ready", "PDF: ready"]


def test_doctor_says_what_makes_pdfs_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.text.ffi.harfbuzz_subset", None)
    result = run("doctor")
    assert result.exit_code == 0
    assert "PDF: without HarfBuzz-Subset a PDF takes longer to make" in result.stdout


@pytest.mark.parametrize(
    "verb",
    [
        (),
        ("build",),
        ("list",),
        ("diff",),
        ("changelog",),
        ("schema",),
        ("watch",),
        ("init",),
        ("doctor",),
    ],
)
def test_help_has_examples(verb: tuple[str, ...]) -> None:
    result = run(*verb, "--help")
    assert result.exit_code == 0
    assert "\n  Example" in result.stdout
    assert "policygen" in result.stdout


def test_version() -> None:
    assert run("--version").stdout == f"policygen, version {__version__}\n"


# What was built before -----------------------------------------------------------------------


def test_a_second_build_says_the_same_and_how_little_was_to_do(tmp_path: Path) -> None:
    first = build(SAMPLE, tmp_path)
    second = build(SAMPLE, tmp_path)
    assert second.exit_code == 0
    assert second.stdout == f"{first.stdout}None of them had to be made anew.\n"
    assert second.stderr == ""
    (tmp_path / "trust" / "communications.html").unlink()
    assert build(SAMPLE, tmp_path).stdout == f"{first.stdout}1 of them had to be made anew.\n"
    assert build(SAMPLE, tmp_path, "--fresh").stdout == first.stdout


def test_findings_are_told_on_every_build(tmp_path: Path, spoilt: Path) -> None:
    first = build(spoilt, tmp_path / "out")
    second = build(spoilt, tmp_path / "out")
    assert first.exit_code == second.exit_code == 1
    assert second.stderr == first.stderr


def test_what_is_removed_and_why_all_is_built_is_told(tmp_path: Path) -> None:
    source = Path(shutil.copytree(SAMPLE, tmp_path / "source"))
    out = tmp_path / "out"
    build(source, out)
    (source / "policies" / "communications.yaml").write_text("title: C\nlevel: school\n")
    gone = build(source, out).stderr
    assert "Removed, since it is no longer made: trust/communications.html\n" in gone
    (out / ".policygen.json").write_text("{")
    note = ".policygen.json in the output folder is damaged: everything is built anew.\n"
    assert build(source, out).stderr.startswith(note)


def test_timings_are_told_and_a_trace_is_written(tmp_path: Path) -> None:
    result = build(SAMPLE, tmp_path / "out", "--timings")
    assert "Where the time went, in seconds:" in result.stderr
    assert "write html  (8 × " in result.stderr
    trace = json.loads((tmp_path / "out" / "timings.json").read_text("utf-8"))
    assert {event["name"] for event in trace["traceEvents"]} >= {"read", "trust/communications"}
    elsewhere = tmp_path / "trace.json"
    assert build(SAMPLE, tmp_path / "out", "--trace", str(elsewhere)).exit_code == 0
    assert elsewhere.is_file()


# A process of its own ------------------------------------------------------------------------


def started(*args: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 our own program
        [sys.executable, "-m", "policygen", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def lives(group: int) -> bool:
    """Whether a process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


PATIENCE = 60
A_SECOND = 1.0 + 1.0
"""A second, and one more for a machine that is busy with other tests."""


def many_schools(folder: Path) -> Path:
    """Give the sample with so many schools that a build takes a while."""
    source = Path(shutil.copytree(SAMPLE, folder / "source"))
    school = source / "schools" / "gull-academy.yaml"
    for number in range(40):
        shutil.copyfile(school, source / "schools" / f"school-{number}.yaml")
    return source


@pytest.mark.parametrize(("number", "jobs"), [(signal.SIGINT, "2"), (signal.SIGTERM, "1")])
def test_a_build_that_is_stopped_ends_at_once_and_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, jobs: str
) -> None:
    source, out = many_schools(tmp_path), tmp_path / "out"
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    process = started("build", "--source", source, "--out", out, "--jobs", jobs)
    until = time.monotonic() + PATIENCE
    while not list(out.rglob("*.pdf")) and time.monotonic() < until:
        time.sleep(0.01)
    begin = time.monotonic()
    process.send_signal(number)
    _, stderr = process.communicate(timeout=PATIENCE)
    assert time.monotonic() - begin < A_SECOND
    assert process.returncode == 130
    assert stderr.strip() == "Stopped; what was built before stands."
    assert not list(out.rglob("*.part"))
    ends = {".html": b"</html>", ".pdf": b"%%EOF"}
    written = [path for path in out.rglob("*.*") if path.suffix in ends]
    assert written
    assert all(path.read_bytes().rstrip().endswith(ends[path.suffix]) for path in written)
    until = time.monotonic() + A_SECOND
    while lives(process.pid) and time.monotonic() < until:
        time.sleep(0.01)
    assert not lives(process.pid)
    assert not list((tmp_path / "scratch").iterdir())


def test_nothing_goes_on_after_a_build_that_was_killed(tmp_path: Path) -> None:
    source, out = many_schools(tmp_path), tmp_path / "out"
    process = started("build", "--source", source, "--out", out, "--jobs", "2")
    until = time.monotonic() + PATIENCE
    while not list(out.rglob("*.pdf")) and time.monotonic() < until:
        time.sleep(0.01)
    process.kill()
    process.communicate(timeout=PATIENCE)
    until = time.monotonic() + A_SECOND
    while lives(process.pid) and time.monotonic() < until:
        time.sleep(0.01)
    assert not lives(process.pid)


def test_workers_load_no_module_from_the_folder_they_are_started_in(tmp_path: Path) -> None:
    here, out, script = tmp_path / "here", tmp_path / "out", tmp_path / "programs" / "run.py"
    here.mkdir()
    script.parent.mkdir()
    script.write_text("from policygen.cli import main\n\nif __name__ == '__main__':\n    main()\n")
    for name in ("multiprocessing", "selectors", "jinja2", "lxml", "markupsafe", "pydyf", "yaml"):
        (here / f"{name}.py").write_text(f"open({name!r}, 'w')\nraise SystemExit({name!r})\n")
    options = ("--school", "trust", "--format", "html", "--jobs", "2")
    done = subprocess.run(  # noqa: S603 our own program
        [sys.executable, script, "build", "--source", SAMPLE, "--out", out, *options],
        cwd=here,
        env={**os.environ, "TMPDIR": str(script.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert all(path.suffix == ".py" for path in here.iterdir())
    assert list(script.parent.iterdir()) == [script]


def test_a_reader_that_goes_away_is_no_error() -> None:
    process = started("list", "--source", SAMPLE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait(PATIENCE)


def test_a_relative_templates_folder_serves_for_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "house"
    house.mkdir()
    shutil.copy(bundled_templates() / "print.css", house)
    monkeypatch.chdir(tmp_path)
    options = ("--templates", "house", "--format", "pdf", "--school", "trust")
    result = run("build", "--source", SAMPLE, "--out", tmp_path / "out", *options)
    assert result.exit_code == 0, result.stderr


DEAF = """
import os, signal, time
from policygen import cli

class Deaf:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)

signal.signal(signal.SIGTERM, cli._end)
try:
    deaf = Deaf()
    del deaf
    time.sleep(30)
except KeyboardInterrupt:
    print("heard")
"""


def test_an_interruption_that_python_drops_is_heard_later() -> None:
    done = subprocess.run(  # noqa: S603 our own program
        [sys.executable, "-c", DEAF], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.stdout == "heard\n"
    assert "Exception ignored" in done.stderr
