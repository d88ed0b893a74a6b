"""Sources as they were at a git revision: what is read, and that nothing is touched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from git_repository import GIT, Repository
from policygen.history import VersionError, source_at

TRUST = "trust.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Give a repository of two commits, the first with a tag."""
    made = Repository(tmp_path / "work")
    made.tagged("v1", {TRUST: "name: First"})
    made.commit({TRUST: "name: Second"})
    return made


def trust_at(version: str, source: Path) -> str:
    with source_at(version, source) as folder:
        return (folder / TRUST).read_text("utf-8")


def files_at(version: str, source: Path) -> dict[str, bytes]:
    with source_at(version, source) as folder:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


def refused(version: str, source: Path) -> str:
    with pytest.raises(VersionError) as error, source_at(version, source):
        pass
    return str(error.value)


def commit_of(repository: Repository, name: str) -> str:
    return repository.git("rev-parse", name).strip()


# What is read ----------------------------------------------------------------


def test_a_tag_a_branch_and_commits_give_their_sources(repository: Repository) -> None:
    repository.git("branch", "side", "v1")
    whole = commit_of(repository, "v1")
    for name in ("v1", "side", "HEAD~1", whole, whole[:8], "v1^{commit}"):
        assert trust_at(name, repository.source) == "name: First"
    for name in ("main", "HEAD"):
        assert trust_at(name, repository.source) == "name: Second"


def test_an_annotated_tag_gives_its_commit(repository: Repository) -> None:
    repository.git("tag", "--annotate", "--message=Second", "v2")
    assert trust_at("v2", repository.source) == "name: Second"


def test_all_files_come_out_byte_for_byte(repository: Repository) -> None:
    odd = {
        "assets/Über uns, 1.svg": "<svg/>\n",
        "assets/two\nlines.txt": "x",
        "clauses/empty.yaml": "",
        "clauses/no end.yaml": "a: b",
    }
    for name, text in odd.items():
        path = repository.source / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    (repository.source / "assets" / "p.png").write_bytes(bytes(range(256)) + b"\n\r\n")
    (repository.folder / "outside.txt").write_text("not a source")
    repository.commit()
    found = files_at("HEAD", repository.source)
    there = {
        path.relative_to(repository.source).as_posix(): path.read_bytes()
        for path in repository.source.rglob("*")
        if path.is_file()
    }
    assert found == there
    assert set(odd) < set(found)


def test_sources_at_the_top_of_the_repository(tmp_path: Path) -> None:
    made = Repository(tmp_path)
    (tmp_path / TRUST).write_text("name: Top")
    made.commit()
    assert trust_at("HEAD", tmp_path) == "name: Top"
    assert "policy_src/trust.yaml" in files_at("HEAD", tmp_path)


def test_sources_in_a_folder_with_an_odd_name(repository: Repository) -> None:
    repository.git("mv", "policy_src", "Ä b")
    repository.git("commit", "--quiet", "--message=Moved")
    assert trust_at("HEAD", repository.folder / "Ä b") == "name: Second"


def test_sources_are_found_from_inside_the_repository(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository.source / "clauses")
    assert trust_at("v1", Path("..")) == "name: First"


def test_a_folder_that_is_gone_now_is_read_as_it_was(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("mv", "policy_src", "policies_now")
    (repository.folder / "sub").mkdir()
    assert trust_at("v1", repository.source) == "name: First"
    monkeypatch.chdir(repository.folder)
    assert trust_at("v1", Path("policy_src")) == "name: First"
    monkeypatch.chdir(repository.folder / "sub")
    assert trust_at("v1", Path("../policy_src")) == "name: First"


def test_a_link_in_the_tree_is_not_followed(repository: Repository, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("name: Secret")
    (repository.source / "settings.yaml").symlink_to(secret)
    (repository.source / "forms").symlink_to(tmp_path)
    repository.commit()
    with source_at("HEAD", repository.source) as folder:
        assert not (folder / "settings.yaml").exists()
        assert not (folder / "forms").exists()


def test_a_path_that_leads_out_is_refused(repository: Repository) -> None:
    blob = commit_of(repository, f"HEAD:policy_src/{TRUST}")
    inner = _tree(repository, f"100644 blob {blob}\ttrust.yaml\n")
    above = _tree(repository, f"040000 tree {inner}\t..\n")
    top = _tree(repository, f"040000 tree {above}\tpolicy_src\n")
    made = repository.git("commit-tree", "-m", "Odd", top).strip()
    assert "lies outside" in refused(made, repository.source)


def test_files_are_removed_afterwards(repository: Repository) -> None:
    with source_at("v1", repository.source) as folder:
        assert folder.is_dir()
    assert not folder.exists()


# Folders ---------------------------------------------------------------------


def test_a_folder_is_given_as_it_is(repository: Repository, tmp_path: Path) -> None:
    with source_at(str(repository.source), tmp_path) as folder:
        assert folder == repository.source
    assert folder.is_dir()


def test_a_folder_of_sources_comes_before_a_revision_of_its_name(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("branch", "policy_src", "v1")
    monkeypatch.chdir(repository.folder)
    assert trust_at("policy_src", repository.source) == "name: Second"


def test_a_revision_comes_before_a_folder_of_its_name_that_holds_no_sources(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository.folder / "v1").mkdir()
    monkeypatch.chdir(repository.folder)
    assert trust_at("v1", repository.source) == "name: First"


def test_folders_need_no_git(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with source_at(str(tmp_path), repository.source) as folder:
        assert folder == tmp_path
    assert "git is not installed" in refused("v1", repository.source)


# Clones ----------------------------------------------------------------------


def test_a_bare_repository_gives_the_folder_that_is_named(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("clone", "--quiet", "--bare", str(repository.folder), str(tmp_path / "bare.git"))
    assert trust_at("v1", tmp_path / "bare.git" / "policy_src") == "name: First"
    monkeypatch.chdir(tmp_path / "bare.git")
    assert trust_at("v1", Path("policy_src")) == "name: First"
    assert refused("v1", Path("elsewhere")) == (
        "“v1” has no folder “elsewhere”: name the folder with --source"
    )


def test_a_shallow_clone_says_what_it_may_lack(repository: Repository, tmp_path: Path) -> None:
    address = repository.folder.as_uri()
    clone = tmp_path / "shallow"
    repository.git("clone", "--quiet", "--depth=1", "--no-tags", address, str(clone))
    assert trust_at("HEAD", clone / "policy_src") == "name: Second"
    for version in ("v1", "HEAD~1", commit_of(repository, "v1")):
        message = refused(version, clone / "policy_src")
        assert message.startswith(f"there is no folder and no git revision “{version}”")
        assert "git fetch --unshallow" in message


def test_histories_that_share_nothing_are_read_all_the_same(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "island")
    repository.commit({TRUST: "name: Island"})
    assert trust_at("island", repository.source) == "name: Island"
    assert trust_at("v1", repository.source) == "name: First"


# What is refused -------------------------------------------------------------


@pytest.mark.parametrize(
    "version", ["v9", "HEAD~7", "0" * 40, "--help", "-1", "--all", "v1:policy_src", "v1..main"]
)
def test_what_is_no_revision_is_said(repository: Repository, version: str) -> None:
    message = refused(version, repository.source)
    assert message == f"there is no folder and no git revision “{version}”"


def test_a_revision_of_something_else_than_a_commit_is_none(repository: Repository) -> None:
    blob = commit_of(repository, f"HEAD:policy_src/{TRUST}")
    assert "no git revision" in refused(blob, repository.source)


def test_a_revision_without_the_folder_says_which(repository: Repository) -> None:
    repository.git("mv", "policy_src", "elsewhere")
    repository.git("commit", "--quiet", "--message=Moved")
    assert refused("v1", repository.folder / "elsewhere") == (
        "“v1” has no folder “elsewhere”: name the folder with --source"
    )


def test_outside_git_only_folders_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "policy_src").mkdir()
    message = refused("v1", tmp_path / "policy_src")
    assert message == f"“v1” is no folder, and “{tmp_path}/policy_src” lies in no git repository"


def test_a_repository_that_git_does_not_trust_is_told_in_gits_words(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    message = refused("v1", repository.source)
    assert message.startswith("git could not look for “v1”: ")
    assert "dubious ownership" in message


def test_a_repository_that_lacks_a_file_says_so(repository: Repository) -> None:
    blob = commit_of(repository, f"v1:policy_src/{TRUST}")
    (repository.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert refused("v1", repository.source).startswith("the repository lacks a file of “v1”")


# Nothing is touched ----------------------------------------------------------


def test_work_tree_and_index_stay_as_they_are(repository: Repository) -> None:
    (repository.source / TRUST).write_text("name: Third, not committed")
    (repository.source / "forms").mkdir()
    (repository.source / "forms" / "new.yaml").write_text("title: Not added")
    repository.git("add", "policy_src/clauses")
    # A time stamp that the index doesn't know: git status would write the index anew.
    os.utime(repository.source / "clauses" / "m.yaml", (1, 1))
    before = _everything(repository)
    for version in ("v1", "HEAD", "HEAD~1"):
        assert trust_at(version, repository.source) != "name: Third, not committed"
    assert _everything(repository) == before


def test_sources_are_read_where_git_may_write_nothing(repository: Repository) -> None:
    lock = repository.folder / ".git" / "index.lock"
    lock.touch()
    assert trust_at("v1", repository.source) == "name: First"
    assert lock.exists()


def _everything(repository: Repository) -> dict[str, object]:
    """Give the bytes and times of all files, those of git as well."""
    return {
        path.relative_to(repository.folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in repository.folder.rglob("*")
        if path.is_file()
    }


def _tree(repository: Repository, listed: str) -> str:
    done = subprocess.run(  # noqa: S603 git, with a test's arguments
        [GIT, "mktree"],
        cwd=repository.folder,
        input=listed.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()
