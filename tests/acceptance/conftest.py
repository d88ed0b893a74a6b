"""What all acceptance tests look at: the sample trusts, built once, and reports of changes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from acceptance.programs import build, output, program, side_by_side
from acceptance.sample import PRINTED, SOURCES, Paper, Printed
from acceptance.sessions import SESSIONS, Reported, reported

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build every sample trust into a folder of its own name."""
    out = tmp_path_factory.mktemp("built")
    for source in SOURCES:
        build(source, out / source.name)
    return out


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reported]:
    """Have each session of editing reported, by its name."""
    return {name: reported(name, tmp_path_factory.mktemp(name)) for name in SESSIONS}


@pytest.fixture
def paper(request: pytest.FixtureRequest) -> Paper:
    """Give a document of the sample, or the report of a session, with its files."""
    match request.param:
        case Printed() as printed:
            return printed.paper(request.getfixturevalue("built"))
        case session:
            one: Reported = request.getfixturevalue("reports")[session]
            return one.paper


@pytest.fixture(scope="session")
def by_libreoffice(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have LibreOffice open every Word file, and print it as PDF and as text."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "word").mkdir()
    files = [folder / "word" / f"{printed.flat_name}.docx" for printed in PRINTED]
    for printed, file in zip(PRINTED, files, strict=True):
        shutil.copyfile(printed.file(built, "docx"), file)

    def convert(kind: str) -> None:
        profile = (folder / f"profile-{kind[:3]}").as_uri()
        output(
            program("soffice"),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            folder,
            *files,
        )

    side_by_side(convert, ("pdf", "txt:Text (encoded):UTF8"))
    return folder
