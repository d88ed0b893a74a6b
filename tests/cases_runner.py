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

The files stand over those of ``tests/cases/trust``. A fence's ``encoding=`` writes them
otherwise than in UTF-8; ``link path=… to=…`` makes a link, ``absent path=…`` takes a file
away. Every diagnostic must be expected, in order; message and hint by a part of them.
``{"text": "a" * 3}`` can't be written in YAML: ``repeat=N`` puts the block N times.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policygen.build import survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.build import Report
    from policygen.diagnostics import Diagnostic

FOLDER = Path(__file__).parent / "cases"
TRUST = FOLDER / "trust"

_FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=ticks)$", re.M | re.S)
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
    def expected(self) -> list[str]:
        """The expected lines, each diagnostic with its hint."""
        text = "".join(block.text for block in self.blocks if block.kind == "expected")
        return [part.strip() for part in re.split(r"\n(?=\S)", text.strip()) if part.strip()]


def cases() -> list[Case]:
    """Give all cases."""
    return [case for path in sorted(FOLDER.glob("*/*.md")) for case in _of_file(path)]


def _of_file(path: Path) -> Iterator[Case]:
    name = path.relative_to(FOLDER).with_suffix("").as_posix()
    for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, _, body = part.partition("\n")
        blocks = []
        for match in _FENCE.finditer(body):
            kind, _, rest = match["info"].strip().partition(" ")
            blocks.append(Block(kind, dict(_ATTRIBUTE.findall(rest)), match["text"]))
        yield Case(name, title.strip(), tuple(blocks))


def write(case: Case, root: Path) -> Path:
    """Write a case's trust into a folder and give the source folder."""
    source = root / "source"
    shutil.copytree(TRUST, source)
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
                text = block.text * int(block.attributes.get("repeat", "1"))
                path.write_bytes(text.encode(block.attributes.get("encoding", "utf-8")))
    return source


def run(case: Case, root: Path) -> Report:
    """Give what the program says of a case."""
    _, report = survey(write(case, root))
    return report


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
