"""Where writers find templates, style sheets, fonts and the Word file to build on."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

_PACKAGED = Path(__file__).resolve().parent.parent / "templates"
_CHECKOUT = Path(__file__).resolve().parents[3] / "templates"


def bundled_templates() -> Path:
    """Give the folder of our own templates: inside the package, else the checkout's."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def folders_of(overrides: Path | None) -> tuple[Path, ...]:
    """Give the folders in which writers look, nearest first: a trust's own, and ours."""
    own = (overrides,) if overrides else ()
    return (*own, bundled_templates())


@dataclass(frozen=True, slots=True)
class Theme:
    """The look: a trust's own ``templates`` folder over ours, file by file.

    ``word_template`` is the Word file the trust named, as bytes, whose styles rule.
    ``large_print`` is for readers who need letters of 18 points. ``state`` is a hash of the
    folders' contents, for a process that outlives changes to them: what was read is kept.
    """

    overrides: Path | None = None
    word_template: bytes | None = None
    large_print: bool = False
    state: str = ""

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders to look in, nearest first."""
        return folders_of(self.overrides)

    def path(self, name: str) -> Path:
        """Give the file ``name`` ("print.css") from the nearest folder that has it."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise FileNotFoundError(name)

    def read(self, name: str) -> bytes:
        """Give the content of the file ``name`` from the nearest folder that has it."""
        return _read(self.path(name), self.state)


@functools.cache
def _read(path: Path, state: str) -> bytes:
    del state
    return path.read_bytes()
