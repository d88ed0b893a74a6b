"""What came of a build, for the command to tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygen.diagnostics import Diagnostic
    from policygen.manifest import Record


@dataclass(slots=True)
class Report:
    """What came of a build.

    ``wanted`` are the documents that were asked for; ``written`` their files as they now
    stand, relative to the output folder, of which ``rendered`` were made now and the others
    stood there already; ``removed`` files of documents that are no more; ``failed`` the
    names of documents that were not (wholly) built; ``texts`` the sources, to show lines of
    them; ``notes`` lines about the folder built into.
    """

    wanted: list[Record] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    rendered: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether there was no error."""
        return not self.failed and not any(d.is_error for d in self.diagnostics)
