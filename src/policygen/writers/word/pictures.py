"""Pictures: sized for the page, drawn as PNG where they are SVG."""

from __future__ import annotations

import functools
import io
import struct
from typing import TYPE_CHECKING

import resvg_py
from docx.oxml.shape import CT_Inline
from docx.shared import Emu, Mm

from policygen.writers.word.elements import clean, run_of, w

if TYPE_CHECKING:
    from docx.parts.story import StoryPart

    from policygen.document import Asset, Picture
    from policygen.writers.word.elements import Element

_EMU_A_PIXEL = 9525
"""At 96 pixels an inch, as CSS has it."""
_EMU_A_TWIP = 635
_SHARP = 300
"""Dots an inch of a drawing made into dots: what an office printer shows."""
_BESIDE_TEXT = Mm(12)
_HIGHEST = Mm(120)
SYMBOL_SIZE = Mm(14)
LOGO_HEIGHT = Mm(18)
LOGO_WIDTH = Mm(56)


class Pictures:
    """The pictures of one document."""

    def __init__(self, part: StoryPart) -> None:
        self._part = part
        self._count = 0

    def inline(self, picture: Picture, width: int, *, alone: bool) -> Element:
        """Give a picture in the text; one among words is no higher than a few lines."""
        highest = _HIGHEST if alone else _BESIDE_TEXT
        return self._drawn(
            picture.asset, picture.alt, Emu(width * _EMU_A_TWIP), highest, grow=False
        )

    def symbol(self, picture: Picture) -> Element:
        """Give a picture that tells a rule: large enough for those who can't read yet."""
        return self._drawn(picture.asset, picture.alt, SYMBOL_SIZE, SYMBOL_SIZE, grow=True)

    def logo(self, asset: Asset, alt: str) -> tuple[Element, int]:
        """Give the logo and its width in twentieths of a point."""
        width, _height = _fitted(asset, LOGO_WIDTH, LOGO_HEIGHT, grow=True)
        return (
            self._drawn(asset, alt, LOGO_WIDTH, LOGO_HEIGHT, grow=True),
            round(width / _EMU_A_TWIP),
        )

    def _drawn(self, asset: Asset, alt: str, widest: int, highest: int, *, grow: bool) -> Element:
        width, height = _fitted(asset, widest, highest, grow=grow)
        data = asset.data
        if asset.media_type == "image/svg+xml":
            data = _rasterised(data, max(1, round(width * _SHARP / Emu(914400))))
        self._count += 1
        relation, _image = self._part.get_or_add_image(io.BytesIO(data))
        name = f"picture{self._count}"
        inline = CT_Inline.new_pic_inline(self._count, relation, name, Emu(width), Emu(height))
        inline.docPr.set("descr", clean(alt))
        for side in "TBLR":
            inline.set(f"dist{side}", "0")
        return run_of(w("drawing", inline))


def _fitted(asset: Asset, widest: int, highest: int, *, grow: bool) -> tuple[int, int]:
    """Give width and height in English metric units, in proportion."""
    wide, high = asset.width, asset.height
    if not (wide and high):
        wide, high = _pixels(asset)
    wide, high = wide * _EMU_A_PIXEL, high * _EMU_A_PIXEL
    scale = min(widest / wide, highest / high)
    if not grow:
        scale = min(scale, 1)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _pixels(asset: Asset) -> tuple[int, int]:
    """Give the size of a picture that came without one."""
    if asset.media_type == "image/svg+xml":
        return _png_size(_rasterised(asset.data, 0))
    from docx.image.image import Image  # noqa: PLC0415 -- only for pictures of unknown size

    image = Image.from_blob(asset.data)
    return image.px_width, image.px_height


def _png_size(data: bytes) -> tuple[int, int]:
    """Give a PNG's size from its header (PNG specification, 11.2.1)."""
    wide, high = struct.unpack(">II", data[16:24])
    return int(wide), int(high)


@functools.lru_cache(maxsize=64)
def _rasterised(svg: bytes, width: int) -> bytes:
    """Give a drawing as PNG, this many dots wide or, at 0, in its own size.

    No font of the machine takes part, so that the result is the same everywhere.
    """
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg.decode(), width=width or None, skip_system_fonts=True)
    )
