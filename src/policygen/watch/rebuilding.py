"""From a save to what came of it: whether sources have changed, and what that changes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from policygen.build import build
from policygen.diagnostics import Diagnostic
from policygen.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from policygen.request import Request

State: TypeAlias = "dict[str, tuple[int, int, int]]"
"""Files by their paths, each with what changes when somebody saves it."""

_PASSING = ("~", ".swp", ".swx", ".tmp", ".part", ".bak", ".crdownload")
"""How the names end that editors give to files of their own beside the one that is saved."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a rebuild: the sources that were saved and the files that are new, both
    relative to their folders, the report of the build, and how many seconds it took."""

    saved: tuple[str, ...]
    changed: tuple[str, ...]
    report: Report
    seconds: float


@dataclass(slots=True)
class Rebuilder:
    """Builds what is asked for whenever the sources are not as they were at the last build.

    It rests on how the files stand and not on what a watcher tells of them: a burst of
    events is one build, and one that no event told is found all the same.
    """

    request: Request
    building: Callable[[Request], Report] = build
    _sources: State = field(default_factory=dict)
    _started: bool = False

    def rebuilt(self) -> Outcome | None:
        """Build if there is a reason to, the first time always; else None."""
        sources = self._look()
        if self._started and sources == self._sources:
            return None
        saved = _differing(self._sources, sources) if self._started else []
        # What is saved while this builds differs from `sources`, and is built next time.
        self._sources, self._started = sources, True
        before = _state(self.request.out)
        began = time.perf_counter()
        report = self._report()
        seconds = time.perf_counter() - began
        changed = _differing(before, _state(self.request.out))
        return Outcome(tuple(saved), tuple(changed), report, seconds)

    def _report(self) -> Report:
        if not self.request.source.is_dir():
            message = f"the folder “{self.request.source.as_posix()}” is gone"
            hint = "Put it back, or end this with Ctrl-C."
            return Report(diagnostics=[Diagnostic("missing-file", message, None, hint)])
        return self.building(self.request)

    def _look(self) -> State:
        request = self.request
        found = _state(request.source, apart=request.out)
        if request.templates:
            own = _state(request.templates)
            found |= {f"{request.templates.name}/{path}": state for path, state in own.items()}
        return found


def is_passing(name: str) -> bool:
    """Whether a file's name is that of something an editor puts aside while it saves."""
    return name.startswith((".", "#")) or name.endswith(_PASSING) or name == "4913"


def _state(folder: Path, *, apart: Path | None = None) -> State:
    """Give the files below a folder, but for hidden and passing ones and those in ``apart``."""
    return dict(_files(folder, "", apart.resolve() if apart else None))


def _files(
    folder: Path, before: str, apart: Path | None
) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return  # it went while we looked; the next look tells
    for path in entries:
        if is_passing(path.name):
            continue
        name = f"{before}{path.name}"
        try:
            if path.is_dir() and not path.is_symlink():
                if apart is None or path.resolve() != apart:
                    yield from _files(path, f"{name}/", apart)
            else:
                found = path.stat()
                yield name, (found.st_mtime_ns, found.st_size, found.st_ino)
        except OSError:
            continue


def _differing(before: State, after: State) -> list[str]:
    names = before.keys() | after.keys()
    return sorted(name for name in names if before.get(name) != after.get(name))
