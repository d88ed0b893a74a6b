"""What servers are told to run for a trust of its own, checked by linters and run as shell."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import yaml

from acceptance.programs import ROOT, output, run
from git_repository import Repository
from policygen.cli import commands
from server_runs import Runner, bash, loaded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from subprocess import CompletedProcess

STARTER = ROOT / "templates" / "starter"
WORKFLOWS = STARTER / ".github" / "workflows"
GITLAB = STARTER / ".gitlab-ci.yml"
GIVEN = {"vars.POLICYGEN_REPOSITORY": "fern/policygen", "vars.POLICYGEN_VERSION": "v1"}
OF_GITHUB = {
    "GITHUB_BASE_REF": "main",
    "GITHUB_SERVER_URL": "https://git.example",
    "GITHUB_REPOSITORY": "fern/policies",
    "GITHUB_RUN_ID": "7",
}
BIN = Path(sys.executable).parent

VERBS = commands.list_commands(click.Context(commands))
check_is_there = pytest.mark.skipif("check" not in VERBS, reason="no check")
status_is_there = pytest.mark.skipif("status" not in VERBS, reason="no status")


def test_workflows_are_right_for_github() -> None:
    workflows = [*WORKFLOWS.glob("*.yml"), *(ROOT / ".github" / "workflows").glob("*.yml")]
    assert len(workflows) == 4
    output(BIN / "actionlint", "-no-color", *workflows)
    checked = (BIN / "check-jsonschema", "--builtin-schema")
    output(*checked, "vendor.github-workflows", *workflows)
    output(*checked, "vendor.github-actions", ROOT / "action.yml")


def test_the_pipeline_is_right_for_gitlab() -> None:
    output(
        *(BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"),
        *("--data-transform", "gitlab-ci", GITLAB),
    )


def test_the_hooks_are_right_for_pre_commit() -> None:
    output(BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")


# A trust with a server -----------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Give the repository of a new trust, as `policygen init` writes it."""
    folder = tmp_path / "my-trust"
    output(sys.executable, "-m", "policygen", "init", folder)
    repository = Repository(folder)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=Begin")
    return repository


def edit(repository: Repository, old: str, new: str) -> None:
    """Change a clause in a commit."""
    path = repository.folder / "clauses" / "conduct.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    repository.git("commit", "--quiet", "--all", "--message=Change")


def proposed(repository: Repository, old: str, new: str) -> Path:
    """Give the clone of a pull request that changes a clause, merged as GitHub does it."""
    repository.git("checkout", "--quiet", "-b", "change")
    edit(repository, old, new)
    repository.git("checkout", "--quiet", "main")
    repository.git("checkout", "--quiet", "-b", "merge")
    repository.git("merge", "--quiet", "--no-ff", "--message=Merge", "change")
    clone = repository.folder.parent / "clone"
    address = repository.folder.as_uri()
    repository.git("clone", "--quiet", "--depth=2", "--branch=merge", address, str(clone))
    # What a server puts beside the sources must not be taken for one.
    (clone / ".policygen").mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", clone / ".policygen" / "hooks.yaml")
    return clone


def runner(folder: Path, **given: str) -> Runner:
    return Runner(folder, GIVEN | given, OF_GITHUB)


def codes(done: dict[str, CompletedProcess[str]]) -> dict[str, int]:
    return {name: result.returncode for name, result in done.items()}


def test_a_change_is_built_and_shown(repository: Repository) -> None:
    folder = proposed(repository, "    heading: Phones at work\n", "    heading: Phones\n")
    done = runner(folder).run(WORKFLOWS / "policies.yml", "documents")
    assert codes(done) == {"Find policygen": 0, "build": 0, "Compare": 0}, done
    documents = folder / "build" / "documents"
    assert len(list(documents.rglob("*.pdf"))) == 4
    told = (folder / "build" / "changes" / "changes.md").read_text("utf-8")
    assert told.startswith("## Changes from main to proposed\n")
    assert "Phones" in told
    assert (folder / "summary.md").read_text("utf-8") == told


def test_a_kept_folder_is_built_into(repository: Repository) -> None:
    folder = proposed(repository, "    heading: Phones at work\n", "    heading: Phones\n")
    for _ in range(2):
        done = runner(folder).run(WORKFLOWS / "policies.yml", "documents")
        assert done["build"].returncode == 0, done
    whole = {p: p.read_bytes() for p in (folder / "build" / "documents").rglob("*.html")}
    assert len(whole) == 5


def test_a_mistake_fails_the_build_and_is_shown(repository: Repository) -> None:
    folder = proposed(repository, "settings.personal_phones", "settings.personal_phone")
    done = runner(folder).run(WORKFLOWS / "policies.yml", "documents")
    assert codes(done) == {"Find policygen": 0, "build": 1, "Compare": 0}
    assert "there is no setting" in (folder / "summary.md").read_text("utf-8")


def test_a_variable_that_is_not_set_is_asked_for(repository: Repository) -> None:
    folder = proposed(repository, "    heading: Phones at work\n", "    heading: Phones\n")
    done = runner(folder, **{"vars.POLICYGEN_REPOSITORY": ""}).run(
        WORKFLOWS / "policies.yml", "documents"
    )
    assert done["Find policygen"].returncode == 1
    assert done["Find policygen"].stdout.startswith("::error::Set the variable POLICYGEN_REPOS")


@check_is_there
def test_a_mistake_is_marked_in_the_change(repository: Repository) -> None:
    folder = proposed(repository, "settings.personal_phones", "settings.personal_phone")
    done = runner(folder).run(WORKFLOWS / "policies.yml", "check")["check"]
    assert done.returncode == 1
    assert "::error file=clauses/conduct.yaml,line=29" in done.stdout, done.stdout
    done = runner(folder).run(WORKFLOWS / "policies.yml", "sarif")["Write findings"]
    assert done.returncode == 0
    assert json.loads((folder / "policygen.sarif").read_text("utf-8"))["runs"]


@check_is_there
def test_a_sound_change_passes(repository: Repository) -> None:
    folder = proposed(repository, "    heading: Phones at work\n", "    heading: Phones\n")
    done = runner(folder).run(WORKFLOWS / "policies.yml", "check")["check"]
    assert done.returncode == 0, done.stdout + done.stderr


def clock(folder: Path, day: str) -> str:
    """Give a path on which `date` says that it is two months before a day."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "date").write_text(f"#!/bin/sh\necho {day}\n", "utf-8")
    (programs / "date").chmod(0o755)
    return os.pathsep.join([str(programs), os.environ["PATH"]])


@status_is_there
@pytest.mark.parametrize(("day", "due"), [("2026-12-01", "false"), ("2031-12-01", "true")])
def test_reviews_that_are_due_are_told(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, day: str, due: str
) -> None:
    monkeypatch.setenv("PATH", clock(repository.folder.parent, day))
    found = runner(repository.folder)
    done = found.run(WORKFLOWS / "reviews.yml", "status")
    assert codes(done) == {"Find policygen": 0, "Status": 0}, done
    assert found.output == {"due": due}
    told = (repository.folder / "reviews" / "issue.md").read_text("utf-8")
    assert f"due before {day}" in told
    assert (repository.folder / "reviews" / "reviews.ics").is_file()
    job = loaded(GITLAB)["reviews"]
    done_ = bash("\n".join(job["script"]), repository.folder, SOURCE=".")
    assert done_.returncode == (1 if due == "true" else 0)


GH = """#!/bin/sh
echo "$@" >> "$LOG"
case "$1 $2" in "issue list") echo "$OPEN" ;; esac
"""


@pytest.mark.parametrize(("number", "verb"), [("", "issue create"), ("12", "issue edit 12")])
def test_one_issue_reminds(tmp_path: Path, number: str, verb: str) -> None:
    (tmp_path / "gh").write_text(GH, "utf-8")
    (tmp_path / "gh").chmod(0o755)
    steps = loaded(WORKFLOWS / "reviews.yml")["jobs"]["remind"]["steps"]
    (script,) = [step["run"] for step in steps if step.get("name") == "Remind"]
    log = tmp_path / "log"
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    done = bash(f"PATH={path}\n{script}", tmp_path, OPEN=number, LOG=str(log))
    assert done.returncode == 0, done.stderr
    asked = log.read_text("utf-8").splitlines()
    assert asked[-1].startswith(verb)
    assert "--body-file reviews/issue.md" in asked[-1]
    assert len(asked) == 3


# GitLab ----------------------------------------------------------------------------------------


def test_gitlab_builds_and_compares(repository: Repository) -> None:
    folder = proposed(repository, "    heading: Phones at work\n", "    heading: Phones\n")
    base = repository.git("rev-parse", "main").strip()
    pipeline = yaml.safe_load(GITLAB.read_text("utf-8"))
    given = {"SOURCE": str(pipeline["variables"]["SOURCE"]), "CI_PIPELINE_URL": "https://g.example"}
    for job in ("documents", "changes"):
        script = "\n".join(pipeline[job]["script"])
        done = bash(script, folder, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, **given)
        assert done.returncode == 0, done.stderr
    assert (folder / "build" / "documents" / "index.html").is_file()
    told = (folder / "build" / "changes" / "changes.md").read_text("utf-8")
    assert told.startswith("## Changes from before to proposed\n")


class _Notes(http.server.BaseHTTPRequestHandler):
    """GitLab's notes of one merge request."""

    notes: list[dict[str, object]]

    def _answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        data = json.loads(self.rfile.read(size)) if size else {}
        if self.command == "POST":
            self.notes.append({"id": len(self.notes) + 1, **data})
        elif self.command == "PUT":
            self.notes[int(self.path.rpartition("/")[2]) - 1] |= data
        body = json.dumps(self.notes).encode()
        self.send_response(200 if self.headers["PRIVATE-TOKEN"] == "secret" else 403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 the names that the library calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 its name there
        """Say nothing."""


@pytest.fixture
def notes() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Give the address of such notes, and the notes."""
    _Notes.notes = [{"id": 1, "body": "Somebody's own words."}]
    server = http.server.HTTPServer(("127.0.0.1", 0), _Notes)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/api", _Notes.notes
    server.shutdown()
    server.server_close()


def test_one_note_shows_the_change_on_gitlab(
    notes: tuple[str, list[dict[str, object]]], tmp_path: Path
) -> None:
    address, written = notes
    script = "\n".join(loaded(GITLAB)["note"]["script"])
    given = {"CI_API_V4_URL": address, "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "4"}
    (tmp_path / "build" / "changes").mkdir(parents=True)
    for words in ("Once.", "Twice."):
        (tmp_path / "build" / "changes" / "changes.md").write_text(words, "utf-8")
        done = bash(script, tmp_path, POLICYGEN_TOKEN="secret", **given)  # noqa: S106 no secret
        assert done.returncode == 0, done.stderr
    assert [note["body"] for note in written] == [
        "Somebody's own words.",
        "<!-- policygen: changes -->\nTwice.",
    ]


# pre-commit ----------------------------------------------------------------------------------


@check_is_there
def test_the_hook_stops_a_commit_with_a_mistake(repository: Repository, tmp_path: Path) -> None:
    hook = tmp_path / "hook"
    hook.mkdir()
    for name in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        ".pre-commit-hooks.yaml",
    ):
        shutil.copy(ROOT / name, hook)
    for name in ("src", "templates", "docs"):
        shutil.copytree(ROOT / name, hook / name, ignore=shutil.ignore_patterns("__pycache__"))
    of_hook = Repository(hook)
    of_hook.git("add", "--all")
    of_hook.git("commit", "--quiet", "--message=Hook")
    config = {
        "repos": [
            {
                "repo": str(hook),
                "rev": of_hook.git("rev-parse", "HEAD").strip(),
                "hooks": [{"id": "policygen-check", "args": ["--source", "."]}],
            }
        ]
    }
    (repository.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    repository.git("add", "--all")
    cache = {"PRE_COMMIT_HOME": str(tmp_path / "cache"), "PYTHONPATH": ""}
    here = Path.cwd()
    os.chdir(repository.folder)
    try:
        command = (BIN / "pre-commit", "run", "--all-files", "--color=never")
        sound = run(*command, environment=cache)
        assert sound.returncode == 0, sound.stdout
        clauses = repository.folder / "clauses" / "conduct.yaml"
        text = clauses.read_text("utf-8").replace("settings.personal_phones", "settings.phones")
        clauses.write_text(text, "utf-8")
        broken = run(*command, environment=cache)
    finally:
        os.chdir(here)
    assert broken.returncode == 1
    assert "unknown-setting" in broken.stdout
