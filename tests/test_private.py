"""Where people's data may be written."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from git_repository import GIT, Repository
from policygen.private import PrivateFolderError, git_top, private_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a folder of sources that lies in no repository."""
    folder = tmp_path / "policy_src"
    folder.mkdir()
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Give a repository with a commit."""
    made = Repository(tmp_path / "work")
    made.commit({"trust.yaml": "name: First"})
    return made


def refused(
    wanted: Path | None, source: Path, build: Path | None = None, *, told: bool = False
) -> str:
    with pytest.raises(PrivateFolderError) as error:
        private_folder(wanted, "records", source, inside_git=told, build=build)
    return str(error.value)


# By default


def test_by_default_it_lies_in_the_working_folder(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert private_folder(None, "records", source) == tmp_path / "records"
    assert private_folder(None, "packs", source) == tmp_path / "packs"
    assert not (tmp_path / "records").exists()


def test_in_a_repository_it_lies_beside_it(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (repository.folder, repository.source):
        monkeypatch.chdir(folder)
        assert private_folder(None, "records", repository.source) == tmp_path / "records"


def test_in_a_repository_in_a_repository_it_lies_beside_the_outer_one(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = Repository(repository.folder / "inner")
    monkeypatch.chdir(inner.folder)
    assert private_folder(None, "records", repository.source) == tmp_path / "records"


def test_when_told_it_lies_in_the_working_folder_after_all(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository.folder)
    found = private_folder(None, "records", repository.source, inside_git=True)
    assert found == repository.folder / "records"


def test_the_default_is_looked_at_too(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(source)
    assert "among the sources" in refused(None, source)


# Git


@pytest.mark.parametrize("name", ["", "records", "deep/er/records", ".git", ".git/records"])
def test_a_repository_is_refused_unless_told(repository: Repository, name: str) -> None:
    folder = repository.folder / name
    message = refused(folder, repository.source)
    assert f"“{folder}” lies in the git repository “{repository.folder}" in message
    assert "--inside-git" in message
    assert private_folder(folder, "records", repository.source, inside_git=True) == folder


def test_a_link_into_a_repository_is_refused(
    tmp_path: Path, source: Path, repository: Repository
) -> None:
    link = tmp_path / "records"
    link.symlink_to(repository.folder, target_is_directory=True)
    for folder in (link, link / "new"):
        assert "--inside-git" in refused(folder, source)


def test_a_link_out_of_a_repository_is_not(tmp_path: Path, repository: Repository) -> None:
    (tmp_path / "outside").mkdir()
    link = repository.folder / "records"
    link.symlink_to(tmp_path / "outside", target_is_directory=True)
    assert private_folder(link, "records", repository.source) == link


def test_a_path_that_winds_into_a_repository_is_refused(
    tmp_path: Path, source: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(source)
    winding = source.relative_to(tmp_path) / ".." / ".." / repository.folder.name / "records"
    assert "--inside-git" in refused(winding, source)


def test_a_linked_working_tree_is_a_repository(
    tmp_path: Path, source: Path, repository: Repository
) -> None:
    repository.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    assert (tmp_path / "linked" / ".git").is_file()
    assert "--inside-git" in refused(tmp_path / "linked" / "records", source)


def test_a_bare_repository_is_one(tmp_path: Path, source: Path) -> None:
    bare = tmp_path / "bare.git"
    subprocess.run([GIT, "init", "--bare", "--quiet", str(bare)], check=True)  # noqa: S603 git
    for folder in (bare, bare / "refs" / "records"):
        assert "--inside-git" in refused(folder, source)
    assert git_top(bare / "new") == bare


def test_folders_beside_a_repository_are_free(
    tmp_path: Path, source: Path, repository: Repository
) -> None:
    assert git_top(tmp_path) is None
    assert git_top(repository.folder.with_name("work-2")) is None
    assert private_folder(tmp_path / "office", "records", source) == tmp_path / "office"


# The sources and the build


@pytest.mark.parametrize("told", [True, False])
def test_sources_and_build_are_refused_even_if_told(
    tmp_path: Path,
    source: Path,
    told: bool,  # noqa: FBT001 a case
) -> None:
    build = tmp_path / "build"
    for made in (True, False):
        if made:
            build.mkdir()
        for folder in (build, build / "alder" / "records"):
            assert "what is built" in refused(folder, source, build, told=told)
        for folder in (source, source / "schools"):
            assert "among the sources" in refused(folder, source, build, told=told)
        if made:
            build.rmdir()
    assert private_folder(tmp_path / "build-2", "packs", source, build=build)


def test_a_link_into_the_build_is_refused(tmp_path: Path, source: Path) -> None:
    build = tmp_path / "build"
    build.mkdir()
    (tmp_path / "records").symlink_to(build, target_is_directory=True)
    assert "what is built" in refused(tmp_path / "records", source, build)


def test_a_file_is_no_folder(tmp_path: Path, source: Path) -> None:
    (tmp_path / "records").write_text("")
    assert "is no folder" in refused(tmp_path / "records", source)
