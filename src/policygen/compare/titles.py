"""Parts that were given another title: known by what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from collections.abc import Set as AbstractSet

Key = TypeVar("Key", bound="Hashable")


def retitled(
    old: Mapping[Key, AbstractSet[str]], new: Mapping[Key, AbstractSet[str]]
) -> dict[Key, Key]:
    """Give the new key of each part that is gone and half of which or more stands in another
    new one. Both versions are told by what each of their parts holds."""
    fresh = [key for key in new if key not in old]
    found: dict[Key, Key] = {}
    for key in (key for key in old if key not in new):
        for other in fresh:
            shared = old[key] & new[other]
            alike = 2 * len(shared) >= len(old[key] | new[other])
            if shared and alike and other not in found.values():
                found[key] = other
                break
    return found
