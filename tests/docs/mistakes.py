"""The mistakes that pages show, and what the program says of them.

``PYTHONPATH=src:tests python -m docs.mistakes`` writes what the program says now into the
pages, for whoever changes a message.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from docs import pages
from policygen.diagnostics import as_text
from policygen.survey import survey

_SHOWN = re.compile(
    r"^```yaml mistake=(?P<name>\S+)\n(?P<example>.*?)^```\n\n```text\n(?P<output>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


def shown(page: Path) -> list[tuple[str, str, str]]:
    """Give (path of the source, source, output) of each mistake a page shows."""
    found = _SHOWN.finditer(pages.text(page))
    return [(match["name"], match["example"], match["output"]) for match in found]


def told(name: str, example: str, source: Path) -> str:
    """Give what the program says of a mistake put into a copy of the starter."""
    (source / name).write_text(example, encoding="utf-8")
    _, report = survey(source)
    return f"{as_text(report.diagnostics, report.texts, prefix='my-trust/').strip()}\n"


def _written(match: re.Match[str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        now = told(match["name"], match["example"], pages.starter(Path(folder)))
    return f"```yaml mistake={match['name']}\n{match['example']}```\n\n```text\n{now}```"


if __name__ == "__main__":
    for changed in pages.PAGES:
        changed.write_text(_SHOWN.sub(_written, pages.text(changed)), encoding="utf-8")
