"""What all parts of the writing of one document share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

    from policygen.writers.word.controls import Controls
    from policygen.writers.word.fields import Bookmarks, PageNumbers
    from policygen.writers.word.numbering import Numbering
    from policygen.writers.word.pictures import Pictures
    from policygen.writers.word.revisions import Revisions
    from policygen.writers.word.styles import Styles


@dataclass(frozen=True, slots=True)
class Story:
    """The Word file being written: its styles, lists, fields and pictures."""

    part: DocumentPart
    styles: Styles
    numbering: Numbering
    bookmarks: Bookmarks
    pages: PageNumbers
    controls: Controls
    pictures: Pictures
    revisions: Revisions
    width: int
    """The width of the text in twentieths of a point."""
    gutter: int
    """How much of the left margin is there for hanging numbers; a form may do without."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document a block stands: how deep in lists, sections and frames."""

    width: int
    style: str = "Normal"
    depth: int = 0
    level: int = 0
    indent: int = 0

    def within_list(self, indent: int) -> Place:
        """Give the place of a list's items."""
        return replace(
            self,
            depth=self.depth + 1,
            indent=self.indent + indent,
            width=self.width - indent,
        )

    def within(self, style: str, indent: int = 0) -> Place:
        """Give the place inside a quotation or a frame, whose text has this style."""
        return replace(self, style=style, indent=self.indent + indent, width=self.width - indent)

    def below(self, level: int) -> Place:
        """Give the place under a heading of this level."""
        return replace(self, level=level)
