"""Prose cases: a small trust with a mistake in it, and everything the program says of it.

A case is a section of a Markdown file::

    ## A colon in an unquoted title

    ```yaml path=policies/conduct.yaml
    title: Conduct: the policy
    ```

    ```expected
    policies/conduct.yaml:1:15 error yaml-colon a colon stands in this text
      hint: Put double quotes round it
    ```

The files stand over those of ``tests/cases/trust``; in ``checks/``, where all that
``policygen check`` says is expected, over those of ``tests/checks/trust``. A fence's
``encoding=`` writes them otherwise than in UTF-8; ``link path=… to=…`` makes a link,
``absent path=…`` takes a file away. Every diagnostic must be expected, in order; message
and hint by a part of them.

``python tests/cases_runner.py`` writes what the program says now into the cases, to be
read and judged before it is kept.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checks import looking
from policygen.check import inspect
from policygen.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.check import Findings
    from policygen.diagnostics import Diagnostic
    from policygen.survey import Survey

FOLDER = Path(__file__).parent / "cases"
TRUST = FOLDER / "trust"

_FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=ticks)$", re.MULTILINE | re.DOTALL
)
_EXPECTED = re.compile(r"```expected\n.*?```\n*", re.DOTALL)
_TITLE = re.compile(r"^(?=## )", re.MULTILINE)
_ATTRIBUTE = re.compile(r"(\w+)=(\S+)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fence: its kind, what stands behind the kind, its text."""

    kind: str
    attributes: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """A section of a file of cases."""

    file: str
    title: str
    blocks: tuple[Block, ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.title}"

    @property
    def checks(self) -> bool:
        """Whether it is one of ``policygen check``."""
        return self.file.startswith("checks/")

    @property
    def expected(self) -> list[str]:
        """The expected lines, each diagnostic with its hint."""
        text = "".join(block.text for block in self.blocks if block.kind == "expected")
        return [part.strip() for part in re.split(r"\n(?=\S)", text.strip()) if part.strip()]


def cases() -> list[Case]:
    """Give all cases."""
    return [case for path in sorted(FOLDER.glob("*/*.md")) for case in _of_file(path)]


def _of_file(path: Path) -> Iterator[Case]:
    name = path.relative_to(FOLDER).with_suffix("").as_posix()
    for part in _TITLE.split(path.read_text(encoding="utf-8"))[1:]:
        title, _, body = part.removeprefix("## ").partition("\n")
        blocks = []
        for match in _FENCE.finditer(body):
            kind, _, rest = match["info"].strip().partition(" ")
            blocks.append(Block(kind, dict(_ATTRIBUTE.findall(rest)), match["text"]))
        yield Case(name, title.strip(), tuple(blocks))


def write(case: Case, root: Path) -> Path:
    """Write a case's trust into a folder and give the source folder."""
    source = root / "source"
    shutil.copytree(looking.TRUST if case.checks else TRUST, source)
    for block in case.blocks:
        if block.kind == "expected":
            continue
        path = source / block.attributes["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        match block.kind:
            case "absent":
                path.unlink()
            case "link":
                path.unlink(missing_ok=True)
                path.symlink_to(block.attributes["to"])
            case _:
                path.write_bytes(block.text.encode(block.attributes.get("encoding", "utf-8")))
    return source


def run(case: Case, root: Path) -> Survey | Findings:
    """Give what the program says of a case."""
    source = write(case, root)
    return inspect(source, looking.AS_OF) if case.checks else survey(source)[1]


def told(diagnostic: Diagnostic) -> str:
    """Give a diagnostic as a case expects it."""
    place = f"{diagnostic.span} " if diagnostic.span else ""
    head = f"{place}{diagnostic.severity} {diagnostic.code} {diagnostic.message}"
    return f"{head}\n  hint: {diagnostic.hint}" if diagnostic.hint else head


def meets(expected: str, diagnostic: Diagnostic) -> bool:
    """Whether a diagnostic is the expected one: the same place, level and code, and a
    message and hint that hold the expected words."""
    head, _, hint = expected.partition("\n")
    place = f"{diagnostic.span} " if diagnostic.span else ""
    lead = f"{place}{diagnostic.severity} {diagnostic.code} "
    words = head.removeprefix(lead)
    return (
        head.startswith(lead)
        and words in diagnostic.message
        and hint.strip().removeprefix("hint:").strip() in diagnostic.hint
    )


def rewrite(path: Path) -> None:
    """Write what the program says now into a file of cases."""
    first, *parts = _TITLE.split(path.read_text(encoding="utf-8"))
    written = [first]
    for part, case in zip(parts, _of_file(path), strict=True):
        with tempfile.TemporaryDirectory() as folder:
            found = run(case, Path(folder)).diagnostics
        lines = "".join(f"{told(diagnostic)}\n" for diagnostic in found)
        written.append(f"{_EXPECTED.sub('', part).rstrip()}\n\n```expected\n{lines}```\n\n")
    path.write_text("".join(written).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    for file in sorted(FOLDER.glob("*/*.md")):
        rewrite(file)
