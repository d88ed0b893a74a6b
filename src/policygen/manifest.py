"""The record of a build folder: what each file in it was made from, and its hash.

It is one JSON file, for people to read as well. It holds hashes and versions, never times
or places on this machine. Whatever can't be read of it counts as not recorded.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from policygen.diagnostics import Diagnostic, Severity, Span

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = ".policygen.json"
"""The name of the record in a build folder."""

_KIND = "policygen build folder 1"
"""What says that a file is such a record, of this form."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file of a document: ``made_from`` is the hash of all that decides its bytes,
    ``content`` that of the bytes."""

    made_from: str
    content: str


@dataclass(slots=True)
class Record:
    """A document as lists and the index page show it, with its files by format.

    ``school`` is None for the trust's own, ``policy`` the policy it belongs to if any;
    dates are as printed, ``next_review_on`` is a day as 2026-10-12. ``content`` is the hash
    of the document itself, empty where it could not be made.
    """

    name: str
    school: str | None
    school_name: str
    kind: Literal["policy", "form"]
    id: str
    policy: str | None
    title: str | None
    version: str | None
    status: str | None
    reason: str = ""
    adopted: str = ""
    next_review: str = ""
    next_review_on: str | None = None
    fingerprint: str | None = None
    failed: bool = False
    content: str = ""
    files: dict[str, Output] = field(default_factory=dict)


@dataclass(slots=True)
class Done:
    """What a build told: for the same request of the same inputs it is told again.

    ``inputs`` is one hash of all that was read, ``as_of`` the day asked for, ``files`` the
    hashes of all that then stood in the folder for it, the page of contents included.
    """

    inputs: str
    as_of: str
    files: dict[str, str]
    wanted: list[str]
    failed: list[str]
    diagnostics: list[Diagnostic]


@dataclass(slots=True)
class Manifest:
    """Everything known of a build folder.

    ``sources`` are hashes by path, ``program`` versions by name, ``templates`` one hash;
    ``reads`` the sources that a school's documents were made from, by school, and last one
    hash of them;
    ``documents`` by name; ``done`` by a hash of the request.
    """

    sources: dict[str, str] = field(default_factory=dict)
    program: dict[str, str] = field(default_factory=dict)
    templates: str = ""
    reads: dict[str, list[str]] = field(default_factory=dict)
    documents: dict[str, Record] = field(default_factory=dict)
    done: dict[str, Done] = field(default_factory=dict)


def read_manifest(folder: Path) -> tuple[Manifest | None, str]:
    """Give the record of a build folder, and a line on why there is none although there is
    a file of its name; the line is empty where there is none, or nothing is wrong."""
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None, ""
    except (OSError, ValueError, RecursionError):
        return None, f"{MANIFEST} in the output folder is damaged: everything is built anew."
    if not isinstance(data, dict) or data.get("about") != _KIND:
        why = "is not of this version of policygen: everything is built anew."
        return None, f"{MANIFEST} in the output folder {why}"
    try:
        return _manifest(data), ""
    except (AttributeError, KeyError, TypeError, ValueError):
        return None, f"{MANIFEST} in the output folder is damaged: everything is built anew."


def manifest_text(manifest: Manifest) -> str:
    """Give the record as JSON, the same for the same content."""
    data = {"about": _KIND, **asdict(manifest)}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _manifest(data: dict[str, Any]) -> Manifest:
    return Manifest(
        sources=_texts(data["sources"]),
        program=_texts(data["program"]),
        templates=str(data["templates"]),
        reads={school: [str(name) for name in names] for school, names in data["reads"].items()},
        documents={name: _record(name, found) for name, found in data["documents"].items()},
        done={key: _done(found) for key, found in data["done"].items()},
    )


def _texts(data: dict[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in data.items()}


def _record(name: str, data: dict[str, Any]) -> Record:
    files = {key: Output(**_texts(found)) for key, found in data.pop("files").items()}
    record = Record(**data, files=files)
    parts = name.split("/")
    if record.name != name or ".." in parts or name.startswith(("/", "\\")) or "\\" in name:
        raise ValueError(name)
    return record


def _done(data: dict[str, Any]) -> Done:
    found = [_diagnostic(each) for each in data.pop("diagnostics")]
    return Done(**data, diagnostics=found)


def _diagnostic(data: dict[str, Any]) -> Diagnostic:
    span = data.pop("span")
    severity = Severity(data.pop("severity"))
    documents = tuple(data.pop("documents"))
    return Diagnostic(
        **data, span=Span(**span) if span else None, severity=severity, documents=documents
    )
