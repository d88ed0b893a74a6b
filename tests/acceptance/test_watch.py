"""`policygen watch` as a process of its own, with a browser that has a page open."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from acceptance.programs import AS_OF, NODE_MODULES, ROOT, build, output, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60


@dataclass
class Watching:
    """A watch that goes on, and where its sources, its files and its pages are."""

    process: subprocess.Popen[str]
    source: Path
    out: Path
    address: str

    def end(self) -> tuple[int, str, str]:
        """End it as Ctrl-C does; give exit code, output and errors."""
        self.process.send_signal(signal.SIGINT)
        told, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, told, errors


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    """Watch a copy of the starter."""
    source, out = tmp_path / "sources", tmp_path / "out"
    shutil.copytree(ROOT / "templates" / "starter", source)
    process = started("--source", source, "--out", out)
    assert process.stdout
    found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    assert found
    while not process.stdout.readline().startswith("Watching "):
        pass
    yield Watching(process, source, out, found[0])
    process.kill()
    process.communicate()


def started(*options: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 our own program
        [sys.executable, "-m", "policygen", "watch", "--as-of", AS_OF, *map(str, options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def pages(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.html")}


def test_a_browser_follows_the_sources(watching: Watching) -> None:
    page = f"{watching.address}pebblewick-primary/social-media.html"
    told = output(
        program("node"),
        ROOT / "tests" / "acceptance" / "watch.cjs",
        program("chromium", "chromium-browser", "google-chrome"),
        NODE_MODULES,
        page,
        watching.source / "clauses" / "conduct.yaml",
    )
    assert json.loads(told) == []
    code, told, errors = watching.end()
    assert code == 0, errors
    assert "Saved clauses/conduct.yaml: " in told
    assert "The sources are in order again." in told
    assert "error[unknown-setting]" in errors
    assert errors.endswith("Stopped watching; what was built stands.\n")
    assert "Traceback" not in errors


def test_the_files_are_those_of_a_build(watching: Watching, tmp_path: Path) -> None:
    clauses = watching.source / "clauses" / "conduct.yaml"
    changed = clauses.read_text("utf-8").replace("Phones at work", "Phones")
    for part in (0, len(changed) // 2, len(changed)):
        clauses.write_text(changed[:part], "utf-8")
    build(watching.source, tmp_path / "again", "--format", "html")
    wanted = pages(tmp_path / "again")
    assert len(wanted) == 5
    ends = time.monotonic() + PATIENCE
    while pages(watching.out) != wanted:
        assert time.monotonic() < ends, "what was saved last was not built"
        time.sleep(0.1)
    assert watching.end()[0] == 0
    assert pages(watching.out) == wanted


def test_a_taken_port_is_told(watching: Watching, tmp_path: Path) -> None:
    port = watching.address.rstrip("/").rpartition(":")[2]
    second = started("--source", watching.source, "--out", tmp_path / "o", "--port", port)
    _, errors = second.communicate(timeout=PATIENCE)
    assert second.returncode == 2
    assert f"port {port} is taken by another program" in errors


def test_without_pages_it_only_builds(tmp_path: Path) -> None:
    source = tmp_path / "sources"
    shutil.copytree(ROOT / "templates" / "starter", source)
    where = ("--source", source, "--out", tmp_path / "out")
    process = started(*where, "--no-serve", "--school", "pebblewick-primary")
    assert process.stdout
    told = [process.stdout.readline(), process.stdout.readline()]
    assert told[1].startswith("Watching ")
    assert not any("http" in line for line in told)
    assert not (tmp_path / "out" / "gannet-point-academy").exists()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0


def test_no_page_of_elsewhere_can_ask(watching: Watching) -> None:
    host = watching.address.removeprefix("http://").rstrip("/")
    for name, status in ((host, 200), ("evil.example", 421)):
        connection = http.client.HTTPConnection(host, timeout=PATIENCE)
        connection.request("GET", "/", headers={"Host": name})
        assert connection.getresponse().status == status
        connection.close()
