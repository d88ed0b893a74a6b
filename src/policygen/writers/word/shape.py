"""What a style makes of a paragraph: its measures, looked up through the styles it is
based on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from policygen.writers.word.elements import tag

if TYPE_CHECKING:
    from policygen.writers.word.elements import Element

_VAL = tag("val")
_FLAGS = {
    tag("keepNext"): "keep_next",
    tag("keepLines"): "keep_lines",
    tag("contextualSpacing"): "contextual",
    tag("pageBreakBefore"): "break_before",
}
_HORIZONTAL = (tag("top"), tag("bottom"))


@dataclass(frozen=True)
class Shape:
    """A paragraph style's measures, in twentieths of a point."""

    size: float = 200
    bold: bool = False
    before: float = 0
    after: float = 0
    line: float = 240
    rule: str = "auto"
    left: float = 0
    right: float = 0
    hanging: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    break_before: bool = False
    contextual: bool = False
    ruled: float = 0
    face: str = ""
    num: str = "0"
    level: str = "0"


def list_indents(numbering: Element) -> dict[tuple[str, str], float]:
    """Give how far each level of each list is indented."""
    definitions = {
        definition.get(tag("abstractNumId")): definition
        for definition in numbering.findall(tag("abstractNum"))
    }
    found: dict[tuple[str, str], float] = {}
    for num in numbering.findall(tag("num")):
        link = num.find(tag("abstractNumId"))
        definition = definitions.get("" if link is None else link.get(_VAL))
        if definition is None:
            continue
        for level in definition.findall(tag("lvl")):
            indent = level.find(f"{tag('pPr')}/{tag('ind')}")
            if indent is not None:
                key = num.get(tag("numId"), ""), level.get(tag("ilvl"), "")
                found[key] = float(indent.get(tag("left"), "0"))
    return found


def is_on(element: Element) -> bool:
    """Say whether a property that is there is switched on."""
    return element.get(_VAL, "1") not in ("0", "false", "off")


def styled(shape: Shape, style: Element) -> Shape:
    """Give a shape with what a style, or a half of the defaults, says."""
    for properties in style.iter(tag("pPr")):
        shape = formatted(shape, properties)
    for properties in style.findall(tag("rPr")):
        changes: dict[str, Any] = {}
        for element in properties:
            if element.tag == tag("sz"):
                changes["size"] = float(element.get(_VAL, "20")) * 10
            elif element.tag == tag("rFonts"):
                changes["face"] = element.get(tag("ascii"), shape.face).lower()
            elif element.tag == tag("b"):
                changes["bold"] = is_on(element)
        shape = replace(shape, **changes)
    return shape


def formatted(shape: Shape, properties: Element) -> Shape:
    """Give a shape with what a paragraph's properties say."""
    changes: dict[str, Any] = {}
    for element in properties:
        name = element.tag
        if name in _FLAGS:
            changes[_FLAGS[name]] = is_on(element)
        elif name == tag("spacing"):
            changes |= _lengths(element, "before", "after", "line")
            changes["rule"] = element.get(tag("lineRule"), shape.rule)
        elif name == tag("ind"):
            changes |= {"hanging": 0.0, **_lengths(element, "left", "right", "hanging")}
        elif name == tag("numPr"):
            for part, key in (("numId", "num"), ("ilvl", "level")):
                found = element.find(tag(part))
                if found is not None:
                    changes[key] = found.get(_VAL, "0")
        elif name == tag("pBdr"):
            changes["ruled"] = sum(_thickness(side) for side in element if side.tag in _HORIZONTAL)
    return replace(shape, **changes) if changes else shape


def _lengths(element: Element, *names: str) -> dict[str, float]:
    return {name: float(v) for name in names if (v := element.get(tag(name))) is not None}


def _thickness(side: Element) -> float:
    """Give a line's thickness and its distance from the text (eighths of a point, points)."""
    size, space = (float(side.get(tag(name), "0")) for name in ("sz", "space"))
    return size * 20 / 8 + space * 20
