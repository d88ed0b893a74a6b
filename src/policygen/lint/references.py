"""References: what they name, and chains of them that come back to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.context import unknown
from policygen.diagnostics import Diagnostic
from policygen.readers.markdown import bad_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.library import Library


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell unknown references, circles of ``superseded_by`` and broken addresses."""
    references = library.references
    unread = {"references"} & library.unreadable
    for name, reference in references.items():
        after = reference.superseded_by
        if after is not None and after not in references and not unread:
            if f"references/{after}" not in library.unreadable:
                yield unknown("reference", str(after), references, after.span, "references.yaml")
        elif after is not None and _comes_back(library, name):
            message = f"“{name}” is superseded, in the end, by itself"
            hint = "Name the law or guidance that took its place."
            yield Diagnostic("circular", message, after.span, hint)
        if reference.url is not None and (fault := bad_address(str(reference.url))):
            yield Diagnostic("broken-link", fault[0], reference.url.span, fault[1])
    for clause in library.clauses.values():
        for cited in clause.cites:
            if (
                cited not in references
                and not unread
                and f"references/{cited}" not in library.unreadable
            ):
                yield unknown("reference", str(cited), references, cited.span, "references.yaml")


def _comes_back(library: Library, name: str) -> bool:
    seen = set()
    current: str | None = name
    while current is not None and current not in seen:
        seen.add(current)
        reference = library.references.get(current)
        after = reference.superseded_by if reference else None
        current = str(after) if after is not None else None
    return current == name
