"""House colours: dark enough to be read on white."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.colour import READABLE, WHITE, Colour, contrast, readable
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.library import Library


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell colours too light for headings on white (WCAG 2.2, contrast 4.5 to 1)."""
    for colour in (library.trust.colour, *(s.colour for s in library.schools.values())):
        if colour is None:
            continue
        found = contrast(Colour.parse(colour), WHITE)
        if found < READABLE:
            darker = readable(Colour.parse(colour), WHITE)
            message = f"this colour is too light to read on white: contrast {found:.1f}, not 4.5"
            hint = (
                f"Headings are printed in a darker one; {darker} is the nearest that can be read."
            )
            yield Diagnostic("low-contrast", message, colour.span, hint, Severity.WARNING)
