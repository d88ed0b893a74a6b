"""Whether a build has anything to do, found out without reading a single source.

Where the same was asked for before, and sources, templates, program and files are as they
were then, the report of that build is given again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.inputs import combined, decoded, inputs_of
from policygen.manifest import read_manifest
from policygen.outputs import standing
from policygen.report import Report
from policygen.writers.theme import folders_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from policygen.diagnostics import Diagnostic
    from policygen.request import Request

INDEX = "index.html"


def request_key(request: Request) -> str:
    """Give a hash of what was asked for, as far as the outcome depends on it."""
    asked = (sorted(request.schools), sorted(request.policies), request.formats)
    return combined((*asked, request.strict, request.as_of.isoformat()))


def nothing_to_do(request: Request) -> Report | None:
    """Give the report of a build that would change nothing; None where one has work to do,
    or nobody can tell."""
    if request.fresh:
        return None
    manifest, _ = read_manifest(request.out)
    done = manifest.done.get(request_key(request)) if manifest else None
    if manifest is None or done is None or not manifest.documents.keys() >= set(done.wanted):
        return None
    folders = folders_of(request.templates)
    inputs = inputs_of(request.source, folders, request.formats, manifest.sources)
    if inputs.digest != done.inputs:
        return None
    if len(standing(request.out, done.files)) < len(done.files):
        return None
    return Report(
        wanted=[manifest.documents[name] for name in done.wanted],
        written=sorted(done.files.keys() - {INDEX}),
        failed=done.failed,
        diagnostics=done.diagnostics,
        texts=_texts(request.source, done.diagnostics),
    )


def _texts(source: Path, diagnostics: Iterable[Diagnostic]) -> dict[str, str]:
    """Give the sources that diagnostics stand in."""
    found = {}
    for path in {d.span.path for d in diagnostics if d.span}:
        try:
            found[path] = decoded((source / path).read_bytes())
        except (OSError, UnicodeDecodeError):
            continue
    return found
