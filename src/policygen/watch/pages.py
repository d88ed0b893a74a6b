"""What is served for an address: a file of the build folder, and nothing beside it."""

from __future__ import annotations

import html
import mimetypes
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

OURS = "/.policygen/"
"""Where our own script and events are: no document has such an address."""

SCRIPT, EVENTS = f"{OURS}watch.js", f"{OURS}events"


@dataclass(frozen=True, slots=True)
class Page:
    """What is sent: ``name`` is the file's path in the build folder, where it is one."""

    status: int
    kind: str
    body: bytes
    name: str = ""


def served(out: Path, address: str, build: int) -> Page:
    """Give what is served for an address of the build folder ``out``.

    Pages get our script at their end; ``build`` says which build they show. The files stay
    as they are.
    """
    name = file_name(address)
    found = _file(out, name)
    if found is None:
        return Page(404, "text/html; charset=utf-8", _missing(name, build), name)
    body = found.read_bytes()
    if found.suffix == ".html":
        return Page(200, "text/html; charset=utf-8", with_script(body, name, build), name)
    kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    return Page(200, kind, body, name)


def file_name(address: str) -> str:
    """Give the path in the build folder that an address stands for; its top is the index."""
    path = unquote(urlsplit(address).path).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def with_script(page: bytes, name: str, build: int) -> bytes:
    """Give a page with our script before the end of its body."""
    given = html.escape(quote(name))
    script = f'<script src="{SCRIPT}" data-page="{given}" data-build="{build}"></script>\n'.encode()
    head, end, tail = page.rpartition(b"</body>")
    return head + script + end + tail if end else page + script


def _file(out: Path, name: str) -> Path | None:
    """Give a file of the build folder; None for all that is none, hidden or elsewhere."""
    parts = name.split("/")
    odd = any(not part or part.startswith(".") for part in parts)
    if odd or any(char in name for char in "\\:\0\n\r"):
        return None
    try:
        path = out.joinpath(*parts).resolve(strict=True)
        inside = path.is_relative_to(out.resolve())
    except (OSError, ValueError):
        return None
    return path if inside and path.is_file() else None


def _missing(name: str, build: int) -> bytes:
    page = f"""<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>Not built yet</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"></head>
<body><main><h1>Not built yet</h1>
<p>There is no {html.escape(name)} so far. This page opens it as soon as it is built.</p>
<p><a href="/">All documents</a></p></main>
</body></html>
"""
    return with_script(page.encode(), name, build)
