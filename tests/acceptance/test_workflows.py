"""What servers are told to run: the steps of the workflow and the recipe of the guide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from docs import pages
from git_repository import Repository
from server_runs import Runner, bash, loaded

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

WORKFLOWS = pages.ROOT / ".github" / "workflows"
OTHER = "clauses: {a: {text: Other.}, b: {text: Bravo.}, c: {text: Charlie.}}"
BROKEN = "clauses: {a: {text: '{{ nonsense }}'}, b: {text: Brave.}, c: {text: Charlie.}}"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Give a repository with one version on ``main``."""
    repository = Repository(tmp_path / "repository")
    repository.commit()
    return repository


def clone(repository: Repository, *options: str) -> Path:
    """Give a fresh clone, as a server makes it."""
    folder = repository.folder.parent / "clone"
    repository.git("clone", "--quiet", *options, repository.folder.as_uri(), str(folder))
    return folder


# The workflow --------------------------------------------------------------------------------


def run_steps(folder: Path) -> dict[str, subprocess.CompletedProcess[str]]:
    """Run what the workflow runs and needs no network; give the steps by name."""
    variables = {
        "GITHUB_BASE_REF": "main",
        "GITHUB_SERVER_URL": "https://git.example",
        "GITHUB_REPOSITORY": "fern/policies",
        "GITHUB_RUN_ID": "7",
    }
    found = Runner(folder, variables=variables).run(WORKFLOWS / "policies.yml", "changes")
    found.pop("check")
    return found


def merged(repository: Repository, files: dict[str, str]) -> Path:
    """Give a clone of a pull request with these files, merged as GitHub does it."""
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit(files)
    repository.git("checkout", "--quiet", "main")
    repository.git("commit", "--quiet", "--allow-empty", "--message=Meanwhile")
    repository.git("checkout", "--quiet", "-b", "merge")
    repository.git("merge", "--quiet", "--no-ff", "--message=Merge", "change")
    repository.git("checkout", "--quiet", "--detach")
    return clone(repository, "--depth=2", "--branch=merge")


def test_the_workflow_builds_and_compares(repository: Repository) -> None:
    folder = merged(repository, {"clauses/m.yaml": OTHER})
    done = run_steps(folder)
    assert {name: step.returncode for name, step in done.items()} == {"build": 0, "Compare": 0}
    assert (folder / "build" / "documents" / "alder" / "rules.pdf").is_file()
    changes = folder / "build" / "changes"
    assert (changes / "changes.html").is_file()
    assert (changes / "alder" / "rules.docx").is_file()
    summary = (folder / "summary.md").read_text("utf-8")
    assert summary == (changes / "changes.md").read_text("utf-8")
    assert summary.startswith("## Changes from main to proposed\n")
    assert "<ins>Other.</ins>" in summary


def test_the_workflow_compares_what_it_can_where_the_build_fails(repository: Repository) -> None:
    folder = merged(repository, {"clauses/m.yaml": BROKEN})
    done = run_steps(folder)
    assert {name: step.returncode for name, step in done.items()} == {"build": 1, "Compare": 0}
    assert "“nonsense” is not known" in (folder / "summary.md").read_text("utf-8")


def test_the_workflow_asks_for_no_more_than_it_needs() -> None:
    found = loaded(WORKFLOWS / "policies.yml")
    jobs = found["jobs"]
    assert found["permissions"] == {}
    assert jobs["changes"]["permissions"] == {"contents": "read"}
    assert jobs["comment"]["permissions"] == {"pull-requests": "write"}
    # YAML 1.1 reads the key “on” as true.
    assert found[True] == {"pull_request": {"paths": ["policy_src/**"]}}
    assert "head.repo.full_name == github.repository" in jobs["comment"]["if"]
    assert not any("checkout" in step.get("uses", "") for step in jobs["comment"]["steps"])


def files_for_servers() -> list[Path]:
    """Give all workflows and actions, those of the starter included."""
    of_starter = pages.STARTER / ".github" / "workflows"
    return [*WORKFLOWS.glob("*.yml"), *of_starter.glob("*.yml"), pages.ROOT / "action.yml"]


def steps_of(path: Path) -> list[dict[str, Any]]:
    found = loaded(path)
    parts = found["jobs"].values() if "jobs" in found else [found["runs"]]
    return [step for part in parts for step in part["steps"]]


@pytest.mark.parametrize("path", files_for_servers(), ids=lambda path: path.name)
def test_scripts_hold_no_words_of_a_pull_request(path: Path) -> None:
    assert not any("${{" in step.get("run", "") for step in steps_of(path))


@pytest.mark.parametrize("path", files_for_servers(), ids=lambda path: path.name)
def test_jobs_may_do_no_more_than_they_say(path: Path) -> None:
    found = loaded(path)
    if "jobs" not in found:
        return
    alone = found["permissions"]
    assert alone in ({}, {"contents": "read"})
    for job in found["jobs"].values():
        assert "timeout-minutes" in job
        rights = job.get("permissions", alone)
        writes = [name for name, right in rights.items() if right == "write"]
        # What may write to the repository's pages runs nothing of a change.
        if set(writes) - {"security-events"}:
            assert rights == {writes[0]: "write"}
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])


def test_checkouts_keep_no_token() -> None:
    for path in files_for_servers():
        for step in steps_of(path):
            if "actions/checkout" in step.get("uses", "") and path.name != "ci.yml":
                assert step["with"]["persist-credentials"] is False, path


def test_actions_are_of_the_same_version_everywhere() -> None:
    used = {
        tuple(step["uses"].split("@"))
        for path in files_for_servers()
        for step in steps_of(path)
        if "@" in step.get("uses", "")
    }
    assert used
    assert len(dict(used)) == len(used)
    assert all(version.startswith("v") for _, version in used)


def test_hooks_run_verbs_there_are() -> None:
    hooks = yaml.safe_load((pages.ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["policygen-check", "policygen-check-fix"]
    for hook in hooks:
        assert hook["entry"].split()[:2] == ["policygen", "check"]
        pattern = re.compile(hook["files"])
        sources = ("trust.yaml", "policy_src/clauses/a.yaml", "my/assets/logo.svg")
        assert all(pattern.search(name) for name in sources)
        assert not any(map(pattern.search, ("README.md", "docs/a.yaml", "my-trust.yaml")))


# The recipe ------------------------------------------------------------------------------------


def recipe() -> str:
    fences = pages.fences(pages.ROOT / "docs" / "guide" / "ci.md")
    (found,) = [fence.code for fence in fences if fence.info == "sh recipe"]
    return found


def proposed(repository: Repository, files: dict[str, str], *options: str) -> Path:
    """Give a clone of a change with these files; the branch it goes to has moved on."""
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit(files)
    repository.git("checkout", "--quiet", "main")
    repository.commit({"schools/alder.yaml": "name: Another\nphase: primary\npolicies: [rules]\n"})
    return clone(repository, "--branch=change", *options)


@pytest.mark.parametrize("options", [(), ("--depth=1",)], ids=["whole", "shallow"])
def test_the_recipe_tells_what_the_change_does_and_nothing_else(
    repository: Repository, options: tuple[str, ...]
) -> None:
    folder = proposed(repository, {"clauses/m.yaml": OTHER}, *options)
    done = bash(recipe(), folder, TARGET="main")
    assert done.returncode == 0, done.stderr
    changes = folder / "build" / "changes"
    told = (changes / "changes.md").read_text("utf-8")
    assert told.startswith("## Changes from before to proposed\n")
    assert "<ins>Other.</ins>" in told
    assert "Another" not in told
    assert (changes / "changes.html").is_file()
    assert (changes / "alder" / "rules.docx").is_file()
    assert (folder / "build" / "documents" / "alder" / "rules.pdf").is_file()


def test_the_recipe_fails_for_errors_when_the_report_is_written(repository: Repository) -> None:
    folder = proposed(repository, {"clauses/m.yaml": BROKEN})
    done = bash(recipe(), folder, TARGET="main")
    assert done.returncode == 1
    told = (folder / "build" / "changes" / "changes.md").read_text("utf-8")
    assert "“nonsense” is not known" in told


def test_the_recipe_fails_where_it_is_used_wrongly(repository: Repository) -> None:
    folder = proposed(repository, {})
    assert bash(recipe(), folder, TARGET="nowhere").returncode not in {0, 1}
