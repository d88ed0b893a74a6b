"""Work on a cluster, with threads in its place; ``tests/acceptance`` has a real one."""

from __future__ import annotations

import contextlib
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import documents
from conftest import SAMPLE
from policygen import cluster
from policygen.cli import commands
from policygen.cluster import Cluster, Look, differences, versions
from policygen.diagnostics import Diagnostic
from policygen.document.packing import packed
from policygen.work import Task, render
from policygen.writers.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Client:
    """Stands for Dask's: its workers are threads, of which some may be lost."""

    status = "running"

    def __init__(self, *workers: set[str]) -> None:
        self._workers = list(workers)
        self.scheduler = self

    def get_executor(self, *, pure: bool) -> ThreadPoolExecutor:
        assert not pure
        return ThreadPoolExecutor(2)

    def identity(self) -> None:
        """Stands for the scheduler's answer."""

    def sync(self, _asked: object, *, n_workers: int) -> dict[str, Any]:
        assert n_workers == -1
        now = self._workers.pop(0) if len(self._workers) > 1 else self._workers[0]
        return {"workers": dict.fromkeys(now)}


def tasks(count: int) -> list[Task]:
    data = packed(documents.every_node())
    return [Task(f"school-{number}/every", data, "html") for number in range(count)]


def connect(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    @contextlib.contextmanager
    def connected(_address: str) -> Iterator[Client]:
        yield client

    monkeypatch.setattr(cluster, "_connected", connected)


def own_theme(folder: Path) -> Theme:
    page = Theme().read("page.html") + b"<!-- own -->"
    (folder / "page.html").write_bytes(page)
    return Theme(folder)


def test_gives_the_bytes_of_this_machine_with_a_trusts_own_templates(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    connect(monkeypatch, Client({"tcp://a"}))
    theme = own_theme(tmp_path)
    told: list[tuple[int, int]] = []
    work: Cluster[Task] = Cluster("tcp://x:1", theme, lambda *n: told.append(n))
    given = tasks(5)
    results = {done.task.name: done.result for done in work.rendered(iter(given))}
    expected = render(given[0], theme)
    assert expected.endswith(b"<!-- own -->")
    assert results == {task.name: expected for task in given}
    assert told[-1] == (5, 5)
    assert not work.notes


def test_a_lost_worker_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    connect(monkeypatch, Client({"tcp://a", "tcp://b"}, {"tcp://a"}))
    work: Cluster[Task] = Cluster("tcp://x:1", Theme())
    assert all(isinstance(done.result, bytes) for done in work.rendered(tasks(2)))
    (note,) = work.notes
    assert note == "The worker tcp://b was lost; what it was at was given to others."


def test_nothing_to_do_asks_no_scheduler() -> None:
    work: Cluster[Task] = Cluster("tcp://127.0.0.1:1", Theme())
    assert not list(work.rendered(()))


def test_without_dask_each_document_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    work: Cluster[Task] = Cluster("tcp://127.0.0.1:1", Theme())
    for done in work.rendered(tasks(3)):
        assert isinstance(done.result, Diagnostic)
        assert done.result.code == "no-cluster"
        assert "not installed" in done.result.message
        assert 'pip install "policygen[cluster]"' in done.result.hint


def test_a_worker_that_came_with_other_versions_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connect(monkeypatch, Client({"tcp://a"}))
    mine = versions()
    answers = iter([mine, (*mine[:-1], (mine[-1][0], "0.1"))])
    monkeypatch.setattr(cluster, "versions", lambda: next(answers))
    work: Cluster[Task] = Cluster("tcp://x:1", Theme())
    (done,) = work.rendered(tasks(1))
    assert isinstance(done.result, Diagnostic)
    assert done.result.code == "no-cluster"
    assert "0.1 instead of" in done.result.message


def test_says_in_what_versions_differ() -> None:
    mine = (("policygen", "1.0 abcdef0123456789"), ("weasyprint", "70.0"), ("zlib", "1.3"))
    theirs = (("policygen", "1.1 fedcba9876543210"), ("zlib", "1.2"))
    assert differences(mine, mine) == ""
    expected = "policygen 1.1 fedcba98 instead of 1.0 abcdef01 and 2 more differences"
    assert differences(mine, theirs) == expected


def test_sends_files_of_folders_in_the_theme(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "own.woff2").write_bytes(b"font")
    sent = Look.of(Theme(tmp_path, b"word", large_print=True))
    theme = cluster._theme(sent)
    assert theme.overrides != tmp_path
    assert theme.read("fonts/own.woff2") == b"font"
    assert (theme.word_template, theme.large_print) == (b"word", True)


@pytest.mark.parametrize(
    "address", ["scheduler:8786", "http://x:1", "tcp://", "tcp://a b:1", "tcp://x:port"]
)
def test_an_address_that_is_none_is_wrong_use(address: str) -> None:
    done = CliRunner().invoke(commands, ["build", "--source", str(SAMPLE), "--cluster", address])
    assert done.exit_code == 2
    assert "write it like tcp://scheduler:8786" in done.output


def test_jobs_and_cluster_are_not_for_each_other() -> None:
    options = ["--cluster", "tcp://x:1", "--jobs", "2"]
    done = CliRunner().invoke(commands, ["build", "--source", str(SAMPLE), *options])
    assert done.exit_code == 2
    assert "--jobs is for this machine" in done.output
