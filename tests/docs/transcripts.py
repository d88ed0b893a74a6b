"""Pages that are a session with the program: what is typed, edited and printed, in order.

A fence ``sh step`` holds what is typed; the fence ``text`` right behind it what comes out. A
fence ``diff step`` is a change made in an editor: a file, lines taken out, lines put in.

``PYTHONPATH=src:tests python -m docs.transcripts`` writes what the program says now into the
page, for whoever changes a message.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shlex
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from docs import pages
from git_repository import Repository
from policygen.cli import commands, options

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = pages.ROOT / "docs" / "guide" / "approvals.md"
TODAY = dt.date(2026, 12, 1)

_STEP = re.compile(
    r"^```(?P<kind>sh|diff) step\n(?P<text>.*?)^```$(?:\n\n```text\n(?P<output>.*?)^```$)?",
    re.DOTALL | re.MULTILINE,
)


def steps(page: Path) -> list[re.Match[str]]:
    """Give the steps of a page."""
    return list(_STEP.finditer(pages.text(page)))


def played(page: Path, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Do a page's steps in a folder; give what was typed, what the page says and what came out.

    The folder is a repository with the starter in ``my-trust``, one commit old.
    """
    repository = Repository(folder)
    pages.starter(folder / "my-trust")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=Start")
    for step in steps(page):
        if step["kind"] == "diff":
            _edit(folder / "my-trust", step["text"])
            continue
        out = "".join(_run(repository, line) for line in step["text"].splitlines())
        yield step["text"], step["output"] or "", out


def _edit(source: Path, change: str) -> None:
    name, *lines = change.splitlines()
    path = source / name.removeprefix("--- ").strip()
    old, new = (
        "".join(f"{line[1:]}\n" for line in lines if line.startswith(sign)) for sign in "-+"
    )
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{name}: {old}"
    path.write_text(text.replace(old, new), "utf-8")


def _run(repository: Repository, line: str) -> str:
    words = shlex.split(line)
    if words[0] == "git":
        return repository.git(*words[1:])
    assert words[0] == "policygen", line
    with contextlib.chdir(repository.folder):
        return CliRunner().invoke(commands, words[1:]).output


def _renewed(page: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        outputs = iter([out for _, _, out in played(page, Path(folder))])

    def written(step: re.Match[str]) -> str:
        head = f"```{step['kind']} step\n{step['text']}```"
        out = next(outputs) if step["kind"] == "sh" else ""
        return f"{head}\n\n```text\n{out}```" if out else head

    return _STEP.sub(written, pages.text(page))


if __name__ == "__main__":
    options.today = lambda: TODAY
    PAGE.write_text(_renewed(PAGE), encoding="utf-8")
