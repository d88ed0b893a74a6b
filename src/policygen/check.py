"""``policygen check``: a source folder in, everything to say of it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygen.build import survey
from policygen.checks import Settings, run
from policygen.checks.subject import Subject
from policygen.diagnostics import Diagnostic, collected

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of a check: everything found, and the sources, to show lines of them."""

    diagnostics: list[Diagnostic]
    texts: dict[str, str] = field(default_factory=dict)


def inspect(source: Path, as_of: dt.date) -> Findings:
    """Look at a source folder as of a day."""
    library, report = survey(source, shared=True)
    found = report.diagnostics
    if library is not None:
        subject = Subject(library, tuple(report.targets), report.texts, as_of)
        found = collected([*found, *run(subject, Settings())])
    return Findings(found, report.texts)
