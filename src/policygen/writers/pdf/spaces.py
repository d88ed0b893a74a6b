"""A space that hangs over the end of a line takes no room (CSS Text 3, 4.1.3).

Texts are printed with ``white-space: pre-wrap``, so that no space of theirs is lost. WeasyPrint
70 counts the last space of a part of a line, as before a link, among what has to fit, and
breaks the line a word too early.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline

_size_of_spaces = inline.trailing_whitespace_size


def _size_of_what_hangs(context: Any, box: Any) -> Any:  # noqa: ANN401 WeasyPrint has no types
    """Give the width of the spaces at the end of a box, those that are kept as well."""
    last = box
    while isinstance(last, InlineBox | LineBox) and last.children:
        last = last.children[-1]
    hangs = isinstance(last, TextBox) and last.style["white_space"] == "pre-wrap"
    if not hangs or not last.text.endswith(" "):
        return _size_of_spaces(context, box)
    collapsing = last.copy()
    collapsing.style = last.style.copy()
    collapsing.style["white_space"] = "normal"
    return _size_of_spaces(context, collapsing)


def let_spaces_hang() -> None:
    """Have lines broken where what is seen of them no longer fits."""
    inline.trailing_whitespace_size = _size_of_what_hangs
