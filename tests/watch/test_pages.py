"""What is served for an address: the build folder's files and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policygen.watch.pages import served, with_script

if TYPE_CHECKING:
    from pathlib import Path

PAGE = b"<!DOCTYPE html>\n<html><body><p>Rules</p>\n</body>\n</html>\n"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a build folder, beside which lies something private."""
    folder = tmp_path / "out"
    (folder / "alder").mkdir(parents=True)
    (folder / "index.html").write_bytes(PAGE)
    (folder / "alder" / "rules.html").write_bytes(PAGE)
    (folder / "alder" / "rules.pdf").write_bytes(b"%PDF")
    (folder / ".policygen").mkdir()
    (folder / ".policygen" / "manifest.json").write_text("{}")
    (folder / ".hidden").write_text("hidden")
    (tmp_path / "private.txt").write_text("private")
    (folder / "alder" / "link.txt").symlink_to(tmp_path / "private.txt")
    (folder / "up").symlink_to(tmp_path)
    return folder


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/index.html?query", "index.html"),
        ("/alder/rules.html", "alder/rules.html"),
        ("/alder/r%75les.html#part", "alder/rules.html"),
    ],
)
def test_pages_are_served_with_our_script(out: Path, address: str, name: str) -> None:
    page = served(out, address, 3)
    assert (page.status, page.name) == (200, name)
    script = f'<script src="/.policygen/watch.js" data-page="{name}" data-build="3"></script>\n'
    assert page.body == PAGE.replace(b"</body>", script.encode() + b"</body>")
    assert (out / name).read_bytes() == PAGE


def test_other_files_are_served_as_they_are(out: Path) -> None:
    page = served(out, "/alder/rules.pdf", 1)
    assert (page.status, page.kind, page.body) == (200, "application/pdf", b"%PDF")


@pytest.mark.parametrize(
    "address",
    [
        "/../private.txt",
        "/alder/../../private.txt",
        "/%2e%2e/private.txt",
        "/alder%2f..%2f..%2fprivate.txt",
        "/..%5cprivate.txt",
        "/alder/link.txt",
        "/up/private.txt",
        "/up/",
        "/.hidden",
        "/.policygen/manifest.json",
        "/alder",
        "/alder/",
        "//etc/passwd",
        "/C:/private.txt",
        "/alder/rules.html%00",
        "/alder/rules.html/",
        "/" + "a" * 5000,
        "/%ff%fe",
        "/<script>alert(1)</script>",
    ],
)
def test_nothing_else_is_served(out: Path, address: str) -> None:
    page = served(out, address, 1)
    assert page.status == 404
    assert b"private" not in page.body.replace(b"private.txt", b"")
    assert b"<script>alert" not in page.body


def test_a_page_that_is_not_built_yet_waits_for_it(out: Path) -> None:
    page = served(out, "/birch/rules.html", 2)
    assert page.status == 404
    assert b'data-page="birch/rules.html" data-build="2"' in page.body


def test_a_page_without_an_end_gets_the_script_too() -> None:
    assert with_script(b"<p>Rules", "a.html", 1).startswith(b"<p>Rules<script ")


def test_nothing_is_served_before_anything_is_built(tmp_path: Path) -> None:
    assert served(tmp_path / "none", "/", 0).status == 404
