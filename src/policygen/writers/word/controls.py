"""Content controls: the places of a form that can be filled in on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from policygen.document import CONTENTS_HEADING
from policygen.writers.word.elements import clean, run, run_of, text_element, w

if TYPE_CHECKING:
    from policygen.writers.word.elements import Element

_LONGEST = 64
"""The longest title or tag of a control that Word takes."""
_BLANK = "\u2003" * 6
_CHECKED, _UNCHECKED = "\u2612", "\u2610"


class Controls:
    """The content controls of one document."""

    def __init__(self, tick_style: str) -> None:
        self._count = 0
        self._tick_style = tick_style

    def text(self, title: str, name: str, value: list[Element]) -> Element:
        """Give a control for words."""
        return self._control(title, name, value, w("text"))

    def date(self, title: str, name: str, value: list[Element]) -> Element:
        """Give a control for a date."""
        kind = w(
            "date",
            w("dateFormat", val="d MMMM yyyy"),
            w("lid", val="en-GB"),
            w("storeMappedDataAs", val="dateTime"),
            w("calendar", val="gregorian"),
        )
        return self._control(title, name, value, kind)

    def tick(self, title: str, name: str, *, checked: bool) -> Element:
        """Give a box to tick, in a font that every Word has."""
        kind: Element = OxmlElement("w14:checkbox")
        for part, value in (
            ("checked", str(int(checked))),
            ("checkedState", f"{ord(_CHECKED):X}"),
            ("uncheckedState", f"{ord(_UNCHECKED):X}"),
        ):
            child: Element = OxmlElement(f"w14:{part}", {qn("w14:val"): value})
            if part != "checked":
                child.set(qn("w14:font"), "MS Gothic")
            kind.append(child)
        sign = run_of(text_element(_CHECKED if checked else _UNCHECKED), style=self._tick_style)
        return self._control(title, name, [sign], kind)

    def contents(self, paragraphs: list[Element]) -> Element:
        """Give the frame by which Word knows a list of contents and offers to update it."""
        gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        properties = self._properties(CONTENTS_HEADING, "contents")
        properties.append(gallery)
        return w("sdt", properties, w("sdtContent", *paragraphs))

    def _properties(self, title: str, name: str) -> Element:
        self._count += 1
        return w(
            "sdtPr",
            w("alias", val=clean(title)[:_LONGEST]),
            w("tag", val=clean(name)[:_LONGEST]),
            w("id", val=self._count),
        )

    def _control(self, title: str, name: str, value: list[Element], kind: Element) -> Element:
        """Give a control; an empty one holds white space, so that it adds no words."""
        properties = self._properties(title, name)
        if not value:
            properties.append(w("showingPlcHdr"))
        properties.append(kind)
        return w("sdt", properties, w("sdtContent", *(value or [run(_BLANK)])))
