"""What a build is asked for; quick to load, for commands that may have nothing to do."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

Format: TypeAlias = Literal["html", "pdf", "docx"]
FORMATS: tuple[Format, ...] = get_args(Format)
BoundFormat: TypeAlias = Literal["pdf", "docx"]
"""What documents can be bound in: a web page is a document of its own."""

FORMAT_NAMES = {"html": "HTML", "pdf": "PDF", "docx": "Word"}


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: from which folder into which, for which schools and policies (all
    where empty), in which formats, as of which day, with how many processes.

    ``fresh`` builds everything, whatever stands in the folder already; ``cluster`` is the
    address of the scheduler of a Dask cluster that does the writers' work.
    """

    source: Path
    out: Path
    as_of: dt.date
    schools: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    formats: tuple[Format, ...] = FORMATS
    jobs: int = 1
    strict: bool = False
    templates: Path | None = None
    fresh: bool = False
    cluster: str = ""

    def wants(self, school_id: str | None, policy_id: str | None) -> bool:
        """Whether a school's document is asked for; None is the trust itself, or a form
        that no policy prints."""
        school = not self.schools or (school_id or "trust") in self.schools
        return school and (not self.policies or policy_id in self.policies)


def default_jobs() -> int:
    """Give the number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
