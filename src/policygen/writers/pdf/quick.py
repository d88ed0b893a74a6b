"""What WeasyPrint does for any page and needn't for ours; each where a profile showed the gain.

The bytes are those that it gives without them; a test compares.
"""

from __future__ import annotations

import copy
import functools
from typing import TYPE_CHECKING, Any

from weasyprint import HTML, layout
from weasyprint.css import INITIAL_NOT_COMPUTED, PHYSICAL_FUNCTIONS, ComputedStyle
from weasyprint.css.properties import INHERITED, INITIAL_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTES = frozenset(
    {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
)
_MARKER = "marker"
_PSEUDO = 3
"""Where a rule of cssselect2's says which part of an element it is for."""


class OwnPage(HTML):  # type: ignore[misc] # WeasyPrint has no types
    """A page from our own templates: it has no footnotes, only ``li`` has a marker, and no
    look is asked for by an attribute, but for a list's start and a picture's size, which
    WeasyPrint reads elsewhere.

    WeasyPrint tries every rule that names no element on every element, and makes six styles
    for each, one for its marker and five for the marks of footnotes: an eighth of the time.
    """

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


# Values of properties ----------------------------------------------------------------------


def _simple() -> dict[str, frozenset[str]]:
    """Give the properties whose value, where nothing sets them, is their parent's or the
    initial one as it stands; with each the names by which a rule may set it."""
    found = {}
    for name in INITIAL_VALUES:
        special = name in _SPECIAL or name.startswith("text_decoration_")
        if special or (name in INITIAL_NOT_COMPUTED and name not in INHERITED):
            continue
        named = PHYSICAL_FUNCTIONS.get(name)
        logical = [named(block="ttb", inline=way) for way in ("ltr", "rtl")] if named else []
        found[name] = frozenset({name, *logical})
    return found


_SPECIAL = frozenset({"display", "float", "page", "position"})
_SIMPLE = _simple()
_value_of = ComputedStyle.__missing__


def _quick_value_of(style: Any, name: str) -> Any:  # noqa: ANN401 WeasyPrint has no types
    names = _SIMPLE.get(name)
    if names is None or style.parent_style is None or not names.isdisjoint(style.cascaded):
        return _value_of(style, name)
    value = style.parent_style[name] if name in INHERITED else INITIAL_VALUES[name]
    style[name] = value
    return value


def value_unset_properties_at_once() -> None:
    """Have a property that no rule sets valued without asking all that a rule may say: there
    are some ten thousand a page, and it took a fifteenth of the time."""
    ComputedStyle.__missing__ = _quick_value_of


# Numbers of pages --------------------------------------------------------------------------

_make_all_pages = layout.make_all_pages


def _with_numbers_known(
    context: Any,  # noqa: ANN401 WeasyPrint has no types
    root: Any,  # noqa: ANN401 likewise
    html: Any,  # noqa: ANN401 likewise
    pages: list[Any],
) -> Iterator[Any]:
    targets = context.target_collector
    entries = targets.counter_lookup_items.values()
    wanted = (
        names
        for entry in entries
        for names in (entry.missing_counters, *entry.missing_target_counters.values())
    )
    if pages and not any("pages" in names for names in wanted):
        for target in targets.target_lookup_items.values():
            if target.cached_page_counter_values:
                target.cached_page_counter_values["pages"] = [len(pages)]
        for entry in entries:
            place = entry.page_maker_index
            if place is not None and context.page_maker[place][_REMAKE]["content_changed"]:
                _, counters, *_ = context.page_maker[place + 1][_STATE]
                entry.cached_page_counter_values = copy.deepcopy(counters)
                entry.parse_again(counters)
    yield from _make_all_pages(context, root, html, pages)


_STATE, _REMAKE = 3, 4
"""Where WeasyPrint's notes on a page say what it begins with, of which the second part are the
counters, and whether it has to be laid out again."""


def fill_in_page_numbers_early() -> None:
    """Have the numbers in a list of contents put in before its page is laid out again.
    WeasyPrint puts them in behind that, and lays the page out a third time."""
    layout.make_all_pages = _with_numbers_known
