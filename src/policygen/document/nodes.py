"""The nodes of the tree: inlines, blocks, and the document around them.

Positions (``span``) are for diagnostics only and take no part in equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from policygen.diagnostics import Span

# Inlines ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words as the author wrote them."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """Words that came from data: a name, a date, an answer.

    ``name`` is where they came from (``officers.headteacher.name``), so that a new
    headteacher can be told from a new rule. The text is never markup.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Italics."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Something to type or read letter by letter."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the document; ``target`` is an http(s), mailto or tel address."""

    target: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A live cross-reference to a block of this document.

    ``target`` is the block's id; ``label`` its number or name, filled in by
    numbering ("4.2", "Appendix A"). ``live`` is false where the target is printed in
    another document (a form on its own that speaks of its policy's clause).
    """

    target: str
    label: str = ""
    live: bool = True
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A break the author asked for."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture's bytes. ``name`` is its path in the source folder; SVG, PNG or JPEG."""

    name: str
    media_type: Literal["image/svg+xml", "image/png", "image/jpeg"]
    data: bytes = field(repr=False)
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text; ``alt`` says what it shows."""

    asset: Asset
    alt: str


RevisionKind = Literal["insertion", "deletion"]


@dataclass(frozen=True, slots=True)
class Revision:
    """Words that one version of a document has and the other lacks.

    A run of which everything stands in one revision belongs to a paragraph (heading, cell,
    label) that only one of the versions has. Revisions don't stand inside revisions.
    """

    kind: RevisionKind
    children: tuple[Inline, ...]


Inline: TypeAlias = (
    Text | Value | Strong | Emphasis | Code | Link | Reference | LineBreak | Picture | Revision
)
Inlines: TypeAlias = tuple[Inline, ...]

# Blocks ----------------------------------------------------------------------

ParagraphRole = Literal["body", "notice", "form-for", "note"]
NumberingStyle = Literal["none", "sections", "clauses", "paragraphs"]
Number: TypeAlias = tuple[int, ...]
"""A section's or clause's number by level: (4, 2) prints "4.2"; () is none."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. A ``notice`` tells something about the document (why it is a draft);
    ``form-for`` is the line under a form's title that says who signs and for what, a ``note``
    says something of what follows it."""

    children: Inlines
    role: ParagraphRole = "body"


ListPurpose = Literal["list", "statements", "picture-rules"]


@dataclass(frozen=True, slots=True)
class BulletList:
    """Bullets; each item is blocks.

    ``statements`` are what a person agrees to. ``picture-rules`` are statements for those
    who can't read yet: each begins with a paragraph whose first inline is a picture, which
    stands in the bullet's place.
    """

    items: tuple[tuple[Block, ...], ...]
    purpose: ListPurpose = "list"


@dataclass(frozen=True, slots=True)
class NumberedList:
    """An author's own numbered list (1. 2. 3.), apart from the document's numbering."""

    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. Empty ``children`` is a cell to fill in by hand."""

    children: Inlines
    align: Literal["left", "center", "right"] = "left"


TableKind = Literal["grid", "labels"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    ``grid`` has a header row. ``labels`` has none (``header`` is empty): the first
    cell of each row is its header. ``name`` tells a screen reader what it holds and
    is not printed.
    """

    kind: TableKind
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: ``number`` hangs beside its heading or, without one, its first line.

    ``id`` is ``module/clause``; ``anchor`` is unique in the document (the id, with a
    count behind it where a document prints a clause twice). One that is not ``counted``
    (a section's intro) has no number whatever the numbering.
    """

    id: str
    heading: Inlines
    blocks: tuple[Block, ...]
    number: Number = ()
    anchor: str = ""
    counted: bool = True
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A section. Without a heading it has no number and is not in the contents.

    ``style`` is the numbering in force for it, ``level`` 1 for a top section.
    ``blocks`` are its intro, clauses, generated parts and nested sections in order.
    """

    id: str
    heading: Inlines
    blocks: tuple[Block, ...]
    style: NumberingStyle = "none"
    level: int = 1
    number: Number = ()
    anchor: str = ""
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix; ``label`` ("Appendix A") is filled in by numbering.

    An appendix whose only block is a ``Form`` starts on a right-hand page.
    """

    id: str
    heading: Inlines
    blocks: tuple[Block, ...]
    label: str = ""
    anchor: str = ""
    span: Span | None = field(default=None, compare=False)


GeneratedKind = Literal[
    "control",
    "contents",
    "sign-off",
    "references",
    "linked",
    "history",
    "officers",
    "consultation",
]


@dataclass(frozen=True, slots=True)
class Generated:
    """Blocks made from data; ``kind`` says from which. ``heading`` may be empty; it has
    no number and is not in the contents."""

    kind: GeneratedKind
    blocks: tuple[Block, ...]
    heading: Inlines = ()


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents: level 1 or 2, "4", "4.2", "Appendix A" or "", the heading."""

    level: int
    label: str
    heading: Inlines
    target: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of contents under its heading "Contents"; numbering fills ``entries``."""

    entries: tuple[ContentsEntry, ...] = ()


FieldKind = Literal["text", "date", "tick", "signature", "choice"]


@dataclass(frozen=True, slots=True)
class Field:
    """A place to write: ``label`` above a line, a box to tick before it, or choices.

    ``name`` is its machine name, unique in its form; ``value`` what is filled in
    already.
    """

    name: str
    label: Inlines
    kind: FieldKind = "text"
    choices: tuple[Inlines, ...] = ()
    value: Inlines = ()


FieldsPurpose = Literal["form", "sign-off", "office"]


@dataclass(frozen=True, slots=True)
class Fields:
    """Rows of one or two fields side by side; a row never splits over pages."""

    rows: tuple[tuple[Field, ...], ...]
    purpose: FieldsPurpose = "form"
    heading: Inlines = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the signatory declares, in a ruled box."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """An agreement that people sign.

    In an appendix the appendix bears the heading and ``title`` is empty; on its own
    the document's title is the form's and ``title`` is empty too. ``audience`` is who
    signs it, as its author says: "staff", "pupils in years 3 to 6".
    """

    id: str
    blocks: tuple[Block, ...]
    anchor: str = ""
    audience: tuple[str, ...] = ()
    span: Span | None = field(default=None, compare=False)


Block: TypeAlias = (
    Paragraph
    | BulletList
    | NumberedList
    | Quote
    | Table
    | Clause
    | Section
    | Appendix
    | Generated
    | Contents
    | Fields
    | Declaration
    | Form
)
Blocks: TypeAlias = tuple[Block, ...]
