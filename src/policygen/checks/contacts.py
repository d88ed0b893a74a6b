"""E-mail addresses, telephone numbers and websites of schools, the trust and their officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.library import Library
    from policygen.model.texts import SourceText


def contacts(
    library: Library, kind: Literal["email", "telephone", "website"]
) -> Iterator[SourceText]:
    """Give every one of a kind that records hold as data."""
    trust, schools = library.trust, library.schools.values()
    officers = (trust.officers, *(school.officers for school in schools))
    holders = (trust, *schools, *(one for some in officers for one in some.values()))
    found = (getattr(holder, kind) for holder in holders)
    yield from (text for text in found if text is not None)
