"""Builds on a Dask cluster: a scheduler and workers of their own on the loopback address."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from acceptance.programs import ROOT
from acceptance.test_built_again import contents
from bench.trust import AS_OF, make_trust
from policygen import cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60
"""Seconds that anything of Dask may take to begin."""

TEMPLATE = "<!-- the trust's own -->"


@dataclass
class Dask:
    """A cluster whose processes share no folder with the build, and their standing ones."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, name: str, *given: str) -> subprocess.Popen[bytes]:
        """Start a process of Dask's in a folder of its own."""
        home = self.folder / f"{name}-{len(self.processes)}"
        home.mkdir()
        process = subprocess.Popen(  # noqa: S603 our own program
            [sys.executable, "-m", f"distributed.cli.dask_{name}", *given, "--no-dashboard"],
            cwd=home,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    def start_scheduler(self) -> None:
        """Start the scheduler and learn its address."""
        told = self.folder / "scheduler.json"
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
        end = time.monotonic() + PATIENCE
        while not told.exists() and time.monotonic() < end:
            time.sleep(0.1)
        self.address = json.loads(told.read_text())["address"]

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start a worker that nobody starts again where it ends."""
        options = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        return self.start("worker", self.address, *options)


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    (tmp_path / "dask").mkdir()
    made = Dask(tmp_path / "dask")
    made.start_scheduler()
    yield made
    for process in made.processes:
        process.kill()
        process.wait()


def started(source: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = ["build", "--source", str(source), "--out", str(out), "--as-of", AS_OF, *options]
    return subprocess.Popen(  # noqa: S603 our own program
        [sys.executable, "-m", "policygen", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )


def test_a_worker_is_killed_in_the_middle_and_the_bytes_are_those_of_a_local_build(
    dask: Dask, tmp_path: Path
) -> None:
    source = make_trust(tmp_path / "source", 3)
    own = tmp_path / "own"
    own.mkdir()
    page = (ROOT / "templates" / "page.html").read_text(encoding="utf-8")
    (own / "page.html").write_text(page + TEMPLATE, encoding="utf-8")
    templates = ("--templates", str(own))
    _, doomed = dask.start_worker(), dask.start_worker()
    out = tmp_path / "out"
    build = started(source, out, "--cluster", dask.address, *templates)
    end = time.monotonic() + PATIENCE
    while not list(out.rglob("*.pdf")) and build.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    doomed.kill()
    stdout, stderr = build.communicate(timeout=10 * PATIENCE)
    assert build.returncode == 0, stderr
    assert "Built 6 policies" in stdout
    assert "was lost" in stderr
    local = started(source, tmp_path / "local", "--jobs", "1", *templates)
    _, complaints = local.communicate(timeout=10 * PATIENCE)
    assert local.returncode == 0, complaints
    there, here = contents(out), contents(tmp_path / "local")
    assert there == here
    assert TEMPLATE.encode() in here["school-0000/conduct.html"]


def test_all_workers_gone_is_told_and_what_was_made_stays(dask: Dask, tmp_path: Path) -> None:
    source = make_trust(tmp_path / "source", 2)
    doomed = dask.start_worker()
    out = tmp_path / "out"
    build = started(source, out, "--cluster", dask.address)
    end = time.monotonic() + PATIENCE
    while not list(out.rglob("*.pdf")) and build.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    doomed.kill()
    _, stderr = build.communicate(timeout=10 * PATIENCE)
    assert build.returncode == 1
    assert "all workers of the cluster have gone" in stderr
    assert "was lost" in stderr
    made = set(contents(out))
    dask.start_worker()
    again = started(source, out, "--cluster", dask.address)
    stdout, stderr = again.communicate(timeout=10 * PATIENCE)
    assert again.returncode == 0, stderr
    assert "of them had to be made anew" in stdout
    assert made < set(contents(out))


def test_workers_with_another_program_are_refused(dask: Dask, tmp_path: Path) -> None:
    """As good as another version: a copy of the program in which one line differs."""
    source = make_trust(tmp_path / "source", 1)
    dask.start_worker()
    other = tmp_path / "other"
    shutil.copytree(ROOT / "src", other / "src")
    shutil.copytree(ROOT / "templates", other / "templates")
    with (other / "src" / "policygen" / "work.py").open("a", encoding="utf-8") as file:
        file.write("# another\n")
    command = ["build", "--source", str(source), "--out", str(tmp_path / "out")]
    done = subprocess.run(  # noqa: S603 our own program
        [sys.executable, "-m", "policygen", *command, "--cluster", dask.address],
        env={**os.environ, "PYTHONPATH": str(other / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=10 * PATIENCE,
    )
    assert done.returncode == 1
    assert "would not write what this machine writes" in done.stderr
    assert done.stderr.count("no-cluster") == 1
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_no_scheduler_is_told_in_time(tmp_path: Path) -> None:
    source = make_trust(tmp_path / "source", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.monotonic()
    build = started(source, tmp_path / "out", "--cluster", f"tcp://127.0.0.1:{port}")
    _, stderr = build.communicate(timeout=10 * PATIENCE)
    assert build.returncode == 1
    assert f"there is no answer from a scheduler at tcp://127.0.0.1:{port}" in stderr
    assert "Traceback" not in stderr
    assert time.monotonic() - begun < 4 * cluster.PATIENCE
