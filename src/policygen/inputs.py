"""What documents are made from, as hashes of contents: sources, templates, the program.

Nothing here reads a time of a file: what stands in it decides. It is quick to load, since
a build that has nothing to do loads little else.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policygen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SOURCE_FILES = ("trust.yaml", "settings.yaml", "references.yaml")
SOURCE_FOLDERS = ("clauses", "policies", "forms", "schools", "approvals")

RESERVED_FOLDERS = ("assets", *SOURCE_FOLDERS)
"""The folders of a source folder, into which nothing is built."""

ABSENT = "absent"
"""Stands in place of a hash where there is no file, or none that can be read."""

PACKAGES = (
    *("cffi", "cssselect2", "fonttools", "jinja2", "lxml", "markdown-it-py", "markupsafe"),
    *("mdurl", "pillow", "pydantic", "pydantic-core", "pydyf", "pyphen", "python-docx"),
    *("pyyaml", "resvg-py", "tinycss2", "tinyhtml5", "weasyprint", "webencodings"),
)
"""The libraries whose versions decide the bytes of a file."""

_NATIVE = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", ""),
}
"""The system's libraries that decide the bytes of a PDF, with what gives their version."""


def digest(data: bytes) -> str:
    """Give the hash by which contents are told apart: 32 hexadecimal digits."""
    # SHA-256 is the quickest of the sound ones where processors know it, which most do.
    return hashlib.sha256(data).hexdigest()[:32]


def file_digest(path: Path | str) -> str:
    """Give the hash of a file's content, ``ABSENT`` where it can't be read."""
    # Bare system calls: this is most of what a build does that has nothing to do.
    try:
        handle = os.open(path, _READ)
    except OSError:
        return ABSENT
    try:
        size = os.fstat(handle).st_size
        data = os.read(handle, size + 1)
        while len(data) < size and (more := os.read(handle, size)):
            data += more
    except OSError:
        return ABSENT
    finally:
        os.close(handle)
    return digest(data)


_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def decoded(data: bytes) -> str:
    """Give a source's text from its bytes; raises ``UnicodeDecodeError``."""
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def combined(parts: Iterable[object]) -> str:
    """Give one hash for several values, in their order."""
    return digest("\0".join(map(repr, parts)).encode())


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that the files of a build are made from: ``sources`` by path, ``program`` and
    ``native`` versions by name (the latter print PDFs), one hash of all ``templates``."""

    sources: dict[str, str]
    program: dict[str, str]
    native: dict[str, str]
    templates: str

    @property
    def digest(self) -> str:
        """One hash of it all."""
        parts = (self.sources, self.program, self.native)
        return combined((self.templates, *(sorted(part.items()) for part in parts)))

    def maker(self, format_: str) -> str:
        """Give one hash of what turns documents into files of a format."""
        native = sorted(self.native.items()) if format_ == "pdf" else ()
        return combined((format_, self.templates, sorted(self.program.items()), native))


def inputs_of(
    source: Path, templates: Iterable[Path], formats: Iterable[str], named: Iterable[str] = ()
) -> Inputs:
    """Look at everything; at the system's libraries where PDFs are among the formats."""
    native = native_state() if "pdf" in formats else {}
    return Inputs(source_state(source, named), program_state(), native, templates_state(templates))


# Sources ------------------------------------------------------------------------------


def source_state(root: Path, named: Iterable[str] = ()) -> dict[str, str]:
    """Give the hash of everything that is read of a source folder, by its path.

    ``named`` are the files that sources name: pictures, a Word file. A path that ends in
    ``/`` stands for what lies in a folder, by name: a new file is a change.
    """
    state = {"./": _listed(root)}
    for folder in SOURCE_FOLDERS:
        state[f"{folder}/"] = _listed(root / folder)
        for name in _names(root / folder):
            if name.endswith(".yaml"):
                state[f"{folder}/{name}"] = file_digest(f"{root}/{folder}/{name}")
    for name in SOURCE_FILES:
        state[name] = file_digest(root / name)
    for name in named:
        if name not in state:
            state[str(name)] = _named(root, name)
    return state


def _named(root: Path, name: str) -> str:
    """Give the hash of a file that a source names, with where it really lies."""
    try:
        path = (root / name).resolve()
        inside = path.relative_to(root.resolve()).as_posix()
    except (OSError, ValueError):
        return ABSENT
    found = file_digest(path)
    return found if inside == name else f"{found} {inside}"


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 quicker, many times
    except OSError:
        return []


def _listed(folder: Path) -> str:
    """Give a hash of the names in a folder that matter to a reader: those of sources, read
    or told as misnamed, and of folders that hold some; with where links lead."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return ABSENT
    return combined(
        (entry.name, entry.is_dir(), _leads(entry, folder)) for entry in entries if _counts(entry)
    )


def _counts(entry: os.DirEntry[str]) -> bool:
    if entry.name.endswith("ml") and ".y" in entry.name:
        return True
    return entry.is_dir() and any(name.endswith(".yaml") for name in _names(Path(entry.path)))


def _leads(entry: os.DirEntry[str], folder: Path) -> str:
    if not entry.is_symlink():
        return ""
    return os.path.relpath(os.path.realpath(entry.path), os.path.realpath(folder))


# Templates and the program ------------------------------------------------------------


def templates_state(folders: Iterable[Path]) -> str:
    """Give one hash for all files of the folders that writers look in."""
    return combined(item for folder in folders for item in _tree(folder))


def program_state() -> dict[str, str]:
    """Give the versions of what makes every document: the program's, by its code as well,
    Python's and the libraries'."""
    return {
        "policygen": f"{__version__} {combined(_tree(Path(__file__).parent, '.py'))}",
        "python": sys.version.split()[0],
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **_packages(),
    }


def native_state() -> dict[str, str]:
    """Give the versions of the system's libraries that print PDFs, where they are known."""
    return {name: _native(*where) for name, where in _NATIVE.items()}


def _native(library: str, function: str) -> str:
    """Give what a library's file is really called, which tells its version, or else what
    the library itself says: to load it takes longer."""
    for folder in _LIBRARIES:
        name = os.path.basename(os.path.realpath(f"{folder}/{library}"))  # noqa: PTH119 quicker
        if name != library:
            return name
    import ctypes  # noqa: PLC0415 dear to load

    try:
        loaded = ctypes.CDLL(library)
        if not function:
            return "present"
        asked = getattr(loaded, function)
    except (OSError, AttributeError):
        return ABSENT
    asked.restype = ctypes.c_char_p
    version: bytes = asked()
    return version.decode()


_LIBRARIES = tuple(
    filter(
        None,
        (
            *os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep),
            "/usr/local/lib",
            f"/usr/lib/{getattr(sys.implementation, '_multiarch', '')}",
            "/usr/lib64",
            "/usr/lib",
        ),
    )
)
"""Where a system's libraries lie, those that come first found first."""


def _packages() -> dict[str, str]:
    """Give the versions of the libraries, by the names of the folders that describe them:
    to ask ``importlib.metadata`` takes longer than all the rest."""
    found: dict[str, str] = {}
    for folder in reversed(sys.path):
        for name in _names(Path(folder)) if folder else ():
            if name.endswith(".dist-info"):
                package, _, version = name.removesuffix(".dist-info").partition("-")
                found[package.lower().replace("_", "-")] = version
    return {package: found.get(package, "unknown") for package in PACKAGES}


def _tree(folder: Path, ending: str = "") -> Iterator[tuple[str, str]]:
    """Give (path, hash) of all files below a folder, those with an ending if one is given."""
    for where, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if name not in {"__pycache__", "starter"})
        inside = os.path.relpath(where, folder).replace(os.sep, "/")
        for name in sorted(names):
            if name.endswith(ending):
                yield f"{inside}/{name}", file_digest(f"{where}/{name}")
