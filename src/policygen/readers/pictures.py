"""Pictures and Word files of the source folder, read with care: they are untrusted."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, cast

from policygen.diagnostics import Diagnostic, Span
from policygen.document import Asset

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 5_000_000
"""Bytes of the largest picture or Word file; a logo has some thousands."""

MOST_PIXELS = 50_000_000
_HARMFUL = ("script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler")
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)")


def read_asset(root: Path, name: str, span: Span) -> tuple[bytes | None, list[Diagnostic]]:
    """Give the bytes of a file named in a source, or what is wrong with it.

    The file must lie inside the source folder ``root``, links followed.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]", name) or "\\" in name or "\0" in name:
        message = f"“{name}” is not a file inside the source folder"
        return None, [Diagnostic("outside-folder", message, span, _ASSETS)]
    try:
        path = (root / name).resolve()
        inside = path.is_relative_to(root.resolve())
        if inside and not path.is_file():
            message = f"there is no file “{name}” in the source folder"
            return None, [Diagnostic("missing-file", message, span, _ASSETS)]
        if inside and path.stat().st_size > LARGEST:
            message = f"“{name}” is larger than {LARGEST // 1_000_000} MB"
            return None, [Diagnostic("too-large", message, span, "Save it smaller.")]
        if inside:
            return path.read_bytes(), []
    except (OSError, ValueError):
        hint = "Look whether it is there, and whether you may open it."
        return None, [Diagnostic("unreadable-file", f"“{name}” can't be read", span, hint)]
    message = f"“{name}” lies outside the source folder"
    return None, [Diagnostic("outside-folder", message, span, _ASSETS)]


_ASSETS = "Put the file into the folder assets/ and write assets/… here."


def read_picture(root: Path, name: str, span: Span) -> tuple[Asset | None, list[Diagnostic]]:
    """Give a picture named in a source, or what is wrong with it."""
    data, faults = read_asset(root, name, span)
    if data is None:
        return None, faults
    try:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return _svg(name, data), []
        return _pixels(name, data), []
    except (ValueError, OSError, ET.ParseError, SyntaxError) as error:
        message = f"“{name}” can't be used as a picture: {_reason(error)}"
        hint = "Save it as SVG, PNG or JPEG; an SVG without scripts and links to other files."
        return None, [Diagnostic("bad-picture", message, span, hint)]


def _reason(error: Exception) -> str:
    if isinstance(error, ET.ParseError):
        return "it is no well-formed SVG"
    if isinstance(error, ValueError):
        return str(error)
    return "it is neither SVG nor PNG nor JPEG, or it is damaged"


def _pixels(name: str, data: bytes) -> Asset:
    from PIL import Image  # noqa: PLC0415 dear to load, and most logos are SVG

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            width, height = image.size
            kind = image.format
            if width * height > MOST_PIXELS:
                msg = "it has too many pixels"
                raise ValueError(msg)
            image.load()
    except Image.DecompressionBombError as error:
        raise OSError from error
    return Asset(name, "image/png" if kind == "PNG" else "image/jpeg", data, width, height)


def _svg(name: str, data: bytes) -> Asset:
    if re.search(rb"<!(?:DOCTYPE[^>]*\[|ENTITY)", data, re.IGNORECASE):
        msg = "it declares entities"
        raise ValueError(msg)
    root = ET.fromstring(data)  # noqa: S314 entities are refused above
    if root.tag.rpartition("}")[2] != "svg":
        msg = "it is no SVG"
        raise ValueError(msg)
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in _HARMFUL:
            msg = f"it holds <{tag}>"
            raise ValueError(msg)
        for key, value in element.attrib.items():
            _check_attribute(key.rpartition("}")[2], value)
        if tag == "style" and _reaches_out(element.text or ""):
            msg = "its style sheet loads another file"
            raise ValueError(msg)
    width, height = _size(root)
    return Asset(name, "image/svg+xml", data, width, height)


def _check_attribute(key: str, value: str) -> None:
    if key.lower().startswith("on"):
        msg = f"it holds a script ({key})"
        raise ValueError(msg)
    if key == "href" and not value.startswith(("#", "data:image/png;", "data:image/jpeg;")):
        msg = "it links to another file"
        raise ValueError(msg)
    if _reaches_out(value):
        msg = f"its {key} loads another file"
        raise ValueError(msg)


def _reaches_out(style: str) -> bool:
    return "@import" in style or bool(re.search(r"url\(\s*['\"]?(?!\s*#)", style))


def _size(root: ET.Element) -> tuple[int, int]:
    """Give width and height from the view box or, without one, the size."""
    box = [float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if part]
    if len(box) == 4:  # noqa: PLR2004 x, y, width, height
        sizes = box[2:]
    else:
        found = [_LENGTH.match(root.get(key, "")) for key in ("width", "height")]
        sizes = [float(match[1]) if match else 0 for match in found]
    if min(sizes) <= 0:
        msg = "it says neither its size nor a viewBox"
        raise ValueError(msg)
    return cast("tuple[int, int]", tuple(max(1, round(size)) for size in sizes))
