"""Web pages are valid, accessible at every width and in the dark, and ask for nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from acceptance.programs import NODE_MODULES, ROOT, installed, output, program, run
from acceptance.sample import INDEXES, PRINTED
from acceptance.sessions import SESSIONS, Reported

BUILT = [
    *INDEXES,
    *(Path(printed.source) / f"{printed.name}.html" for printed in PRINTED),
]
BROKEN = """<!DOCTYPE html><html><head><title>Broken</title></head><body>
<p align=left style="min-width: 2000px">No language, no landmark.</p>
<img src="https://pictures.example/logo.png"></body></html>"""
every_page = pytest.mark.parametrize(
    "page",
    [*BUILT, *SESSIONS],
    ids=lambda page: str(page) if isinstance(page, Path) else f"changes/{page}",
    indirect=True,
)


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a page that is wrong in all ways, to see that each is found."""
    page = tmp_path_factory.mktemp("broken") / "broken.html"
    page.write_text(BROKEN)
    return page


@pytest.fixture(scope="session")
def pages(built: Path, reports: dict[str, Reported]) -> dict[Path | str, Path]:
    """Give the file of every page: of those built, and of the reports by their sessions."""
    files: dict[Path | str, Path] = {page: built / page for page in BUILT}
    return files | {name: one.paper.file("html") for name, one in reports.items()}


@pytest.fixture
def page(request: pytest.FixtureRequest, pages: dict[Path | str, Path]) -> Path:
    return pages[request.param]


@pytest.fixture(scope="session")
def by_nu(pages: dict[Path | str, Path], broken: Path) -> dict[Path, list[str]]:
    """Give what the Nu Html Checker finds on every page."""
    jar = installed("node_modules/vnu-jar/build/dist/vnu.jar")
    options = ("--errors-only", "--format", "json", "--exit-zero-always")
    done = run(program("java"), "-jar", jar, *options, broken, *pages.values())
    assert done.returncode == 0, done.stderr
    found: dict[Path, list[str]] = defaultdict(list)
    for message in json.loads(done.stderr)["messages"]:
        path = Path(unquote(urlsplit(message["url"]).path))
        found[path].append(f"line {message.get('lastLine')}: {message['message']}")
    return found


@pytest.fixture(scope="session")
def by_browser(pages: dict[Path | str, Path], broken: Path) -> dict[Path, list[str]]:
    """Give what a browser and axe-core find on every page."""
    installed("node_modules/axe-core/axe.min.js")
    script = ROOT / "tools" / "acceptance" / "look.cjs"
    browser = program("chromium", "chromium-browser", "google-chrome")
    files = (broken, *pages.values())
    told = json.loads(output(program("node"), script, browser, NODE_MODULES, *files))
    return {file: told[str(file)] for file in files}


@every_page
def test_is_valid_html(page: Path, by_nu: dict[Path, list[str]]) -> None:
    assert by_nu.get(page, []) == []


@every_page
def test_is_accessible_and_alone(page: Path, by_browser: dict[Path, list[str]]) -> None:
    assert by_browser[page] == []


def test_what_is_wrong_is_found(
    broken: Path, by_nu: dict[Path, list[str]], by_browser: dict[Path, list[str]]
) -> None:
    assert any("“img”" in fault for fault in by_nu[broken])
    found = " ".join(by_browser[broken])
    for fault in ("html-has-lang", "image-alt", "asks for https://pictures.example", "wider"):
        assert fault in found
