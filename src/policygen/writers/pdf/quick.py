"""Our own page for WeasyPrint, without the rules of browsers that it can't need.

A profile showed an eighth of a document's time go into them: WeasyPrint tries every rule
that names no element on every element, and makes six styles for each, one for its marker
and five for the marks of footnotes. Its bytes are those of the whole rules; a test compares.
"""

from __future__ import annotations

import copy
import functools
from typing import Any

from weasyprint import HTML

_NOTES = frozenset(
    {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
)
_MARKER = "marker"
_PSEUDO = 3
"""Where a rule of cssselect2's says which part of an element it is for."""


class OwnPage(HTML):  # type: ignore[misc] # WeasyPrint has no types
    """A page from our own templates: it has no footnotes, only ``li`` has a marker, and no
    look is asked for by an attribute, but for a list's start and a picture's size, which
    WeasyPrint reads elsewhere."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002 WeasyPrint's
        whole, *others = super()._ua_stylesheets(forms)
        return [_without_needless(whole), *others]

    def _ph_stylesheets(self) -> list[Any]:
        return []


@functools.lru_cache(maxsize=1)
def _without_needless(sheet: Any) -> Any:  # noqa: ANN401 WeasyPrint has no types
    lean = copy.copy(sheet)
    lean.matcher = matcher = copy.copy(sheet.matcher)
    rules = matcher.other_selectors
    matcher.other_selectors = [rule for rule in rules if rule[_PSEUDO] not in {_MARKER, *_NOTES}]
    named = dict(matcher.lower_local_name_selectors)
    named["li"] = [*named.get("li", ()), *(rule for rule in rules if rule[_PSEUDO] == _MARKER)]
    matcher.lower_local_name_selectors = named
    return lean
