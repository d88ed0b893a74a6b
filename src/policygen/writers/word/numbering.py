"""Automatic numbers: list definitions whose result is always the tree's own number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.writers.word.elements import tag, w

if TYPE_CHECKING:
    from policygen.document import Number
    from policygen.writers.word.elements import Element

LEVELS = 9
INDENT = 340
"""How far each level of a list is indented, in twentieths of a point."""
_LABEL = re.compile(r"(?P<word>(?:[^\d%]*\s)?)(?P<count>[A-Z]|[1-9][0-9]*)")
_VAL = tag("val")


class Numbering:
    """The lists of a Word file: those of its template and those added."""

    def __init__(self, root: Element, gutter: int) -> None:
        self.root = root
        self._gutter = gutter
        self._abstract = 1 + max(
            (int(e.get(tag("abstractNumId"), "0")) for e in root.iterfind(tag("abstractNum"))),
            default=-1,
        )
        self._num = 1 + max(
            (int(e.get(tag("numId"), "0")) for e in root.iterfind(tag("num"))), default=0
        )
        self._outline = _Series(self)
        self._appendices: dict[tuple[str, bool], _Series] = {}
        self._plain: dict[str, int] = {}

    def lists(self) -> set[str]:
        """Give the ids of all lists there are."""
        return {num.get(tag("numId"), "") for num in self.root.iterfind(tag("num"))}

    def outline(self, number: Number, *, counted: bool = True) -> tuple[int, int]:
        """Give the list and level where Word counts up to ``number`` now. What is deleted is
        not ``counted``: it takes whatever number its place gives it."""
        return self._outline.place(number, counted=counted)

    def appendix(self, label: str, *, counted: bool = True) -> tuple[int, int] | None:
        """Give the list where Word counts up to ``label``, if it ends in a count."""
        found = _LABEL.fullmatch(label)
        if not found:
            return None
        letters = found["count"].isalpha()
        count = ord(found["count"]) - ord("A") + 1 if letters else int(found["count"])
        key = (found["word"], letters)
        if key not in self._appendices:
            self._appendices[key] = _Series(self, key)
        return self._appendices[key].place((count,), counted=counted)

    def bullets(self, depth: int) -> tuple[int, int]:
        """Give the bullets at a depth, 0 the outermost."""
        if "bullet" not in self._plain:
            levels = [_plain_level(level, "bullet", "•") for level in range(LEVELS)]
            self._plain["bullet"] = self.use(self.define(levels))
        return self._plain["bullet"], min(depth, LEVELS - 1)

    def numbers(self, depth: int, start: int) -> tuple[int, int]:
        """Give a new list of numbers that starts at ``start``."""
        depth = min(depth, LEVELS - 1)
        if "decimal" not in self._plain:
            levels = [_plain_level(level, "decimal", f"%{level + 1}.") for level in range(LEVELS)]
            self._plain["decimal"] = self.define(levels)
        restart = w("lvlOverride", w("startOverride", val=start), ilvl=depth)
        return self.use(self._plain["decimal"], restart), depth

    def define(self, levels: list[Element]) -> int:
        """Add a list definition. Definitions stand before all lists (the schema's order)."""
        ident, self._abstract = self._abstract, self._abstract + 1
        definition = w(
            "abstractNum",
            w("nsid", val=f"{0x2E000000 + ident:08X}"),
            w("multiLevelType", val="multilevel"),
            *levels,
            abstractNumId=ident,
        )
        first = self.root.find(tag("num"))
        if first is None:
            self.root.append(definition)
        else:
            first.addprevious(definition)
        return ident

    def use(self, definition: int, *overrides: Element) -> int:
        """Add a list by a definition."""
        ident, self._num = self._num, self._num + 1
        element = w("num", w("abstractNumId", val=definition), *overrides, numId=ident)
        last = self.root.findall(tag("num"))
        if last:
            last[-1].addnext(element)
        else:
            self.root.append(element)
        return ident

    def outline_levels(self, prefix: Number, start: int) -> list[Element]:
        """Give levels that count below ``prefix``, the first of them from ``start``."""
        fixed = [str(part) for part in prefix]
        levels = []
        for level in range(LEVELS):
            parts = [
                fixed[index] if index < len(fixed) else f"%{index + 1}"
                for index in range(level + 1)
            ]
            levels.append(
                w(
                    "lvl",
                    w("start", val=start if level == len(fixed) else 1),
                    w("numFmt", val="decimal"),
                    w("suff", val="tab"),
                    w("lvlText", val=".".join(parts)),
                    w("lvlJc", val="left"),
                    w("pPr", w("ind", left=0, hanging=self._gutter)),
                    ilvl=level,
                )
            )
        return levels


class _Series:
    """One count through the document, and what Word makes of it.

    Word adds one to the last number of a level and starts deeper levels anew (ECMA-376
    part 1, 17.9). Where that isn't the number wanted, or where Word would have to make
    up a number for a level left out, a new list starts there, with the levels above as
    plain text.
    """

    def __init__(self, numbering: Numbering, label: tuple[str, bool] | None = None) -> None:
        self._numbering = numbering
        self._label = label
        self._list: int | None = None
        self._prefix: Number = ()
        self._count: Number = ()

    def place(self, number: Number, *, counted: bool = True) -> tuple[int, int]:
        level = len(number) - 1
        if not counted and self._list is not None:
            return self._list, level
        if self._list is None or not self._follows(number):
            self._prefix = number[:-1] if level >= 1 else ()
            start = number[-1]
            levels = (
                [_appendix_level(*self._label, start)]
                if self._label
                else self._numbering.outline_levels(self._prefix, start)
            )
            self._list = self._numbering.use(self._numbering.define(levels))
        self._count = number if counted else (*number[:-1], number[-1] - 1)
        return self._list, level

    def _follows(self, number: Number) -> bool:
        base, above = len(self._prefix), len(number) - 1
        if above < base or number[:base] != self._prefix:
            return False
        if len(self._count) < above or self._count[:above] != number[:above]:
            return False
        last = self._count[above] if len(self._count) > above else 0
        return number[-1] == last + 1


def _plain_level(level: int, form: str, text: str) -> Element:
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=INDENT * (level + 1), hanging=INDENT)),
        ilvl=level,
    )


def _appendix_level(word: str, letters: bool, start: int) -> Element:  # noqa: FBT001
    return w(
        "lvl",
        w("start", val=start),
        w("numFmt", val="upperLetter" if letters else "decimal"),
        w("suff", val="space"),
        w("lvlText", val=f"{word}%1"),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=0, firstLine=0)),
        ilvl=0,
    )
