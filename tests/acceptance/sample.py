"""Every document of the sample trusts, and the files it was built into."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from acceptance.programs import ROOT
from policygen.document import Document, Form, walk
from policygen.survey import survey

SOURCES = [
    folder for folder in (ROOT / "policy_src", ROOT / "tests" / "sample_trust") if folder.is_dir()
]


@dataclass(frozen=True)
class Paper:
    """A document that has been written as a web page and as a PDF."""

    document: Document
    stem: Path
    """The path of its files, without an ending."""

    def file(self, ending: str) -> Path:
        """Give the file with this ending."""
        return self.stem.with_name(f"{self.stem.name}.{ending}")


@dataclass(frozen=True)
class Printed:
    """A document, and where its files are in the folder built into."""

    source: str
    name: str
    document: Document

    def file(self, built: Path, ending: str) -> Path:
        """Give the file with this ending."""
        return self.paper(built).file(ending)

    def paper(self, built: Path) -> Paper:
        """Give the document with its files in the folder built into."""
        return Paper(self.document, built / self.source / self.name)

    @property
    def flat_name(self) -> str:
        """A name for one folder that holds the files of all schools."""
        return "--".join((self.source, *Path(self.name).parts))

    @property
    def has_forms(self) -> bool:
        """Whether it is a policy with forms to take out and sign."""
        return self.document.kind == "policy" and any(
            isinstance(block, Form) for block in walk(self.document.blocks)
        )


def _all() -> list[Printed]:
    return [
        Printed(source.name, target.name, target.document)
        for source in SOURCES
        for target in survey(source)[1].targets
        if target.document is not None
    ]


PRINTED = _all()
INDEXES = [Path(source.name) / "index.html" for source in SOURCES]
every_document = pytest.mark.parametrize(
    "printed", PRINTED, ids=lambda printed: f"{printed.source}/{printed.name}"
)
