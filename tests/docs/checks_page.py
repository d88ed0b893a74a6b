"""The page of checks: its words, and a section for each rule made from the rule's docstring.

``PYTHONPATH=src:tests python -m docs.checks_page`` writes the sections anew.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from docs import pages
from policygen.checks.discovery import rules
from policygen.checks.explained import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = pages.REFERENCE / "checks.md"
BEGIN = "<!-- What follows is written by `make pages` from the rules themselves. -->\n"


def written() -> str:
    """Give the page as it should be."""
    head, _, _ = pages.text(PAGE).partition(BEGIN)
    sections = "\n".join(_sections())
    return f"{head}{BEGIN}\n{sections.rstrip()}\n"


def _sections() -> Iterator[str]:
    for code, rule in rules().items():
        found = parts(rule.doc)
        yield f"## {code}\n\n{found['']}\n\n{textwrap.fill(found['Why'], 100)}\n"
        yield f"Found:\n\n```yaml\n{found['Bad']}\n```\n"
        yield f"Fine:\n\n```yaml\n{found['Good']}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
