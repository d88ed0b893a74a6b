"""The pages of the documentation, and what tests read from them."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
REFERENCE = ROOT / "docs" / "reference"
STARTER = ROOT / "templates" / "starter"

_FENCE = re.compile(r"^(`{3,})([^\n]*)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_COMPLETE = "yaml complete="


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code: what stands behind the backticks, and the code."""

    info: str
    code: str


def text(page: Path) -> str:
    """Give a page."""
    return page.read_text(encoding="utf-8")


def fences(page: Path) -> list[Fence]:
    """Give the blocks of code of a page."""
    return [Fence(match[2].strip(), match[3]) for match in _FENCE.finditer(text(page))]


def prose(page: Path) -> str:
    """Give a page without its blocks of code."""
    return _FENCE.sub("", text(page))


def examples(page: Path) -> dict[str, str]:
    """Give the sources a page shows in full, by the path they are for."""
    return {
        fence.info.removeprefix(_COMPLETE): fence.code
        for fence in fences(page)
        if fence.info.startswith(_COMPLETE)
    }


def links(page: Path) -> list[str]:
    """Give where the links and pictures of a page lead."""
    return _LINK.findall(re.sub(r"`[^`\n]*`", "", prose(page)))


def anchors(page: Path) -> set[str]:
    """Give the anchors of a page's headings, as a web page of it has them."""
    found = set()
    for heading in _HEADING.findall(prose(page)):
        words = re.sub(r"[^\w\- ]", "", heading.lower())
        found.add(words.replace(" ", "-"))
    return found


def first_column(page: Path) -> list[str]:
    """Give what stands as code in the first cell of each table row."""
    rows = re.findall(r"^\| (`[^|\n]*(?:\\\|[^|\n]*)*) \|", prose(page), re.MULTILINE)
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row)]


def starter(folder: Path) -> Path:
    """Copy the starter trust into a folder."""
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    return folder
