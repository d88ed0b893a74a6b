"""Where the parts of a tagged PDF stand: the page of each, in reading order."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEADING = re.compile(r"/H[1-6]?$")


@dataclass(frozen=True)
class Place:
    """A piece of marked content: the page it is on, and the heading it is part of."""

    page: int
    heading: int | None
    """A number for the heading, the same for all its pieces."""


class Places:
    """A PDF's pieces and bookmarks."""

    def __init__(self, path: Path) -> None:
        self.reader = PdfReader(path)
        self._numbers = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(self.reader.pages, 1)
            if page.indirect_reference
        }

    @property
    def language(self) -> str:
        """The language of the whole document."""
        return str(self.reader.root_object.get("/Lang", ""))

    def stranded_headings(self) -> list[int]:
        """Give the pages at whose foot a heading stands alone."""
        places = list(self._places(self.reader.root_object["/StructTreeRoot"]))
        return [
            place.page
            for place, after in itertools.pairwise(places)
            if place.heading is not None
            and place.heading != after.heading
            and place.page != after.page
        ]

    def bookmarks(self) -> dict[str, int]:
        """Give the pages of the bookmarks."""
        return dict(self._bookmarks(self.reader.outline))

    def _bookmarks(self, outline: list[Any]) -> Iterator[tuple[str, int]]:
        for entry in outline:
            if isinstance(entry, list):
                yield from self._bookmarks(entry)
            else:
                number = self.reader.get_destination_page_number(entry)
                assert number is not None
                yield str(entry.title), number + 1

    def _places(
        self,
        element: Any,  # noqa: ANN401 pypdf's objects have no narrower type
        page: int = 0,
        heading: int | None = None,
    ) -> Iterator[Place]:
        page = self._page(element) or page
        if _HEADING.match(str(element.get("/S", ""))):
            heading = element.indirect_reference.idnum
        kids = element.get("/K", ArrayObject())
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            inner = kid.get_object()
            if isinstance(inner, int):
                yield Place(page, heading)
            elif isinstance(inner, DictionaryObject) and inner.get("/Type") == "/MCR":
                yield Place(self._page(inner) or page, heading)
            elif isinstance(inner, DictionaryObject) and inner.get("/Type") != "/OBJR":
                yield from self._places(inner, page, heading)

    def _page(self, element: DictionaryObject) -> int | None:
        return self._numbers[element.raw_get("/Pg").idnum] if "/Pg" in element else None
