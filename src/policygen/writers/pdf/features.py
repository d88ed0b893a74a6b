"""Features of fonts, as figures of one width, that are freed with the text they are for.

WeasyPrint 70 sets them by a list of Pango's that it never gives back: a line of a contents or a
list's bullet cost 150 bytes, and a process that wrote 500 documents had grown by 30 MB.
"""

from __future__ import annotations

from typing import Any

from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.fonts import font_features
from weasyprint.text.line_break import Layout

_set_up = Layout.setup


def _set_up_with_features(layout: Any, style: Any) -> None:  # noqa: ANN401 WeasyPrint has no types
    _set_up(layout, style)
    features = font_features(
        style["font_kerning"],
        style["font_variant_ligatures"],
        style["font_variant_position"],
        style["font_variant_caps"],
        style["font_variant_numeric"],
        style["font_variant_alternates"],
        style["font_variant_east_asian"],
        style["font_feature_settings"],
    )
    if not features:
        return
    named = ",".join(f"{name} {value}" for name, value in features.items())
    # The list owns what is put into it, and the layout keeps a share of the list.
    listed = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    pango.pango_attr_list_insert(listed, pango.pango_attr_font_features_new(named.encode()))
    pango.pango_layout_set_attributes(layout.layout, listed)


def _none(*_: object) -> dict[str, int]:
    return {}


def free_features() -> None:
    """Have the features of fonts freed."""
    line_break.font_features = _none
    Layout.setup = _set_up_with_features
