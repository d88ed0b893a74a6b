"""Colours that can be read: contrast by WCAG 2.2, and a colour made to reach it."""

from __future__ import annotations

import re
from typing import NamedTuple

READABLE = 4.5
"""The least contrast of text by WCAG 2.2, level AA."""

_STEP = 0.04


class Colour(NamedTuple):
    """Red, green and blue, each from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> Colour:
        """Read ``#1f4e79`` or ``#abc``; anything else is a ValueError."""
        digits = text.removeprefix("#")
        if not re.fullmatch(r"[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}", digits):
            message = f"not a colour: {text!r}"
            raise ValueError(message)
        if len(digits) == len("abc"):
            digits = "".join(digit * 2 for digit in digits)
        return cls(*bytes.fromhex(digits))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance: 0 is black, 1 is white."""
        red, green, blue = map(_linear, self)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def towards(self, other: Colour, share: float) -> Colour:
        """Give this colour mixed with ``share`` of another."""
        return Colour(*(round(a + (b - a) * share) for a, b in zip(self, other, strict=True)))


BLACK = Colour(0, 0, 0)
WHITE = Colour(255, 255, 255)


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((one.luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: Colour, ground: Colour, ratio: float = READABLE) -> Colour:
    """Give ``colour``, darkened on a light ground or lightened on a dark one until it
    reaches ``ratio``."""
    end = max(BLACK, WHITE, key=lambda pole: contrast(pole, ground))
    share = 0.0
    tried = colour
    while contrast(tried, ground) < ratio and share < 1:
        share = min(1.0, share + _STEP)
        tried = colour.towards(end, share)
    return tried


LIGHT_TINT = Colour.parse("#f2f4f6")
DARK_TINT = Colour.parse("#20262d")
"""The backgrounds on which text stands out least: ``--tint`` in the style sheets."""


class Shades(NamedTuple):
    """The house colour, made readable on a white page and on a dark one."""

    light: Colour
    dark: Colour

    @classmethod
    def of(cls, colour: str) -> Shades:
        """Make the shades of a house colour."""
        house = Colour.parse(colour)
        return cls(readable(house, LIGHT_TINT), readable(house, DARK_TINT))


def _linear(channel: int) -> float:
    part = channel / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
