"""Everybody who holds a post, at the trust or at a school."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.library import Library
    from policygen.model.trust import Officer, School, Trust


def holders(library: Library) -> list[Trust | School]:
    """Give the trust and its schools: each has officers, an e-mail address, a telephone."""
    return [library.trust, *library.schools.values()]


def posts(library: Library) -> Iterator[tuple[str, Officer]]:
    """Give all officers, each with what the post is called inside ``{{ }}``."""
    for holder in holders(library):
        for name, officer in holder.officers.items():
            yield str(name), officer
