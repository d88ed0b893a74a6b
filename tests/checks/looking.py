"""What ``policygen check`` says of the small trust of these tests, with a few files changed."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from policygen.check import inspect

if TYPE_CHECKING:
    from policygen.diagnostics import Diagnostic

TRUST = Path(__file__).parent / "trust"
"""A trust in which ``check`` finds nothing."""

AS_OF = dt.date(2026, 11, 21)

_FILE = re.compile(r"^# (\S+\.(?:yaml|svg))\n", re.MULTILINE)
_KEY = re.compile(r"^(?=[A-Za-z])", re.MULTILINE)


def found(source: Path) -> list[Diagnostic]:
    """Give all that ``check`` finds in a source folder."""
    return inspect(source, AS_OF).diagnostics


def example(text: str, source: Path) -> Path:
    """Write the trust with an example of a rule's docstring over it, and give its folder.

    An example is files, each under a comment with its path. What it says takes the place of
    what stands in that file, key by key of those at the left edge. An example without a path
    is the clause ``conduct/courtesy``.
    """
    shutil.copytree(TRUST, source)
    if not _FILE.match(text):
        clause = textwrap.indent(textwrap.dedent(text), "    ")
        text = f"# clauses/conduct.yaml\nclauses:\n  courtesy:\n{clause}{_PHONES}"
    _, *parts = _FILE.split(text)
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        path = source / name
        old = path.read_text("utf-8") if path.is_file() else ""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join({**_keys(old), **_keys(part)}.values()), "utf-8")
    return source


_PHONES = """
  phones:
    cites: [kcsie]
    text: |
      You may use your own phone {{ settings.phones }}.
"""
"""What the trust's other clause is: without it its setting and reference would be unused."""


def _keys(text: str) -> dict[str, str]:
    """Give the parts of a file by their keys at the left edge."""
    parts = [part for part in _KEY.split(text) if part]
    return {part.partition(":")[0]: f"{part.rstrip()}\n" for part in parts}
