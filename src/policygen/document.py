"""What readers see: one closed tree of blocks and inlines.

A policy, a form and the trust's own documents are all a ``Document``. Writers
``match`` on the two unions and end in ``assert_never``, so that a new node breaks
every writer that can't print it at the type check and not on paper. Nothing here
knows a school, a clause file or a form file.

Positions (``span``) are for diagnostics only and take no part in equality.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

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


Inline: TypeAlias = Text | Value | Strong | Emphasis | Code | Link | Reference | LineBreak | Picture
Inlines: TypeAlias = tuple[Inline, ...]

# Blocks ----------------------------------------------------------------------

ParagraphRole = Literal["body", "notice", "form-for"]
NumberingStyle = Literal["none", "sections", "clauses", "paragraphs"]
Number: TypeAlias = tuple[int, ...]
"""A section's or clause's number by level: (4, 2) prints "4.2"; () is none."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. A ``notice`` tells something about the document (why it is a draft);
    ``form-for`` is the line under a form's title that says who signs and for what."""

    children: Inlines
    role: ParagraphRole = "body"


@dataclass(frozen=True, slots=True)
class BulletList:
    """Bullets; each item is blocks. ``statements`` marks what a person agrees to."""

    items: tuple[tuple[Block, ...], ...]
    statements: bool = False


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
    the document's title is the form's and ``title`` is empty too.
    """

    id: str
    blocks: tuple[Block, ...]
    anchor: str = ""
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

# Document --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of the line under the title: "Version" "2.1"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a writer needs to print one document, and nothing else.

    Writers print, in this order: the masthead (``organisation``, then ``trust`` where
    it differs, beside the logo), the title, the facts as "Label: value" pieces, then
    ``blocks``. Each page carries ``running_head`` and ``running_foot``.

    ``mark`` is "DRAFT", "WITHDRAWN" or "" and stands on every page. ``issued`` is the
    document's own date (of its version), never today's. ``fingerprint`` is the full
    wording fingerprint, 64 hexadecimal digits.
    """

    id: str
    kind: Literal["policy", "form"]
    title: Inlines
    organisation: str
    short_name: str
    trust: str
    blocks: Blocks
    version: str = ""
    status: str = ""
    facts: tuple[Fact, ...] = ()
    mark: Literal["DRAFT", "WITHDRAWN", ""] = ""
    colour: str = "#1f4e79"
    logo: Asset | None = None
    language: str = "en-GB"
    issued: dt.date | None = None
    fingerprint: str = ""

    @property
    def plain_title(self) -> str:
        """The title without markup, for metadata."""
        return plain_text(self.title)

    @property
    def masthead(self) -> tuple[str, ...]:
        """The lines beside the logo: the school and, where it is another, the trust."""
        lines = (self.organisation, self.trust)
        return tuple(dict.fromkeys(line for line in lines if line))

    @property
    def running_head(self) -> str:
        """The line at the head of each page: short school name and title."""
        title = self.plain_title
        return title if self.short_name in title else f"{self.short_name} · {title}"

    @property
    def running_foot(self) -> str:
        """The line at the foot of each page, at left: version and status."""
        version = f"Version {self.version}" if self.version else ""
        return " · ".join(part for part in (version, self.status) if part)

    @property
    def short_fingerprint(self) -> str:
        """The first eight digits of the fingerprint, as printed in the foot."""
        return self.fingerprint[:8]


CONTENTS_HEADING = "Contents"
"""What every writer prints over a list of contents."""

# Looking at a tree -------------------------------------------------------------


def number_text(number: Number) -> str:
    """Print a number: (4, 2) gives "4.2"."""
    return ".".join(map(str, number))


def children(block: Block) -> Blocks:
    """Give the blocks directly inside a block, in the order they are printed."""
    match block:
        case BulletList(items=items) | NumberedList(items=items):
            return tuple(inner for item in items for inner in item)
        case Paragraph() | Table() | Contents() | Fields():
            return ()
        case _:
            return block.blocks


def walk(blocks: Blocks) -> Iterator[Block]:
    """Give every block of a tree, parents first, in the order they are printed."""
    for block in blocks:
        yield block
        yield from walk(children(block))


def with_inlines(blocks: Blocks, change: Callable[[Inlines], Inlines]) -> Blocks:
    """Give the tree with every run of inlines that ``inlines`` names put through ``change``."""
    return tuple(_with_inlines(block, change) for block in blocks)


def _with_inlines(block: Block, change: Callable[[Inlines], Inlines]) -> Block:
    def inner(blocks: Blocks) -> Blocks:
        return with_inlines(blocks, change)

    match block:
        case Paragraph():
            return replace(block, children=change(block.children))
        case BulletList() | NumberedList():
            return replace(block, items=tuple(inner(item) for item in block.items))
        case Table():
            header, *rows = (
                tuple(replace(cell, children=change(cell.children)) for cell in row)
                for row in (block.header, *block.rows)
            )
            return replace(block, header=header, rows=tuple(rows))
        case Clause() | Section() | Appendix() | Generated():
            return replace(block, heading=change(block.heading), blocks=inner(block.blocks))
        case Contents():
            entries = tuple(replace(e, heading=change(e.heading)) for e in block.entries)
            return replace(block, entries=entries)
        case Fields():
            rows_of_fields = tuple(
                tuple(
                    replace(
                        field_,
                        label=change(field_.label),
                        value=change(field_.value),
                        choices=tuple(change(choice) for choice in field_.choices),
                    )
                    for field_ in row
                )
                for row in block.rows
            )
            return replace(block, rows=rows_of_fields, heading=change(block.heading))
        case Quote() | Declaration() | Form():
            return replace(block, blocks=inner(block.blocks))


def inlines(block: Block) -> Iterator[Inlines]:
    """Give the runs of inlines a block prints itself, in order, its inner blocks' not."""
    match block:
        case Paragraph(children=run):
            yield run
        case Table(header=header, rows=rows):
            for row in (header, *rows):
                yield from (cell.children for cell in row)
        case Clause(heading=run) | Section(heading=run) | Appendix(heading=run):
            yield run
        case Generated(heading=run):
            yield run
        case Contents(entries=entries):
            yield from (entry.heading for entry in entries)
        case Fields(rows=rows, heading=heading):
            yield heading
            for entry in (entry for row in rows for entry in row):
                yield entry.label
                yield entry.value
                yield from entry.choices
        case BulletList() | NumberedList() | Quote() | Declaration() | Form():
            return


def walk_inlines(run: Inlines) -> Iterator[Inline]:
    """Give every inline of a run, parents first."""
    for inline in run:
        yield inline
        if isinstance(inline, Strong | Emphasis | Code | Link):
            yield from walk_inlines(inline.children)


def plain_text(run: Inlines) -> str:
    """Give the words of a run without markup; a line break becomes a space."""
    return "".join(_plain(inline) for inline in run)


def _plain(inline: Inline) -> str:
    match inline:
        case Text(text=text) | Value(text=text):
            return text
        case Strong(children=inner) | Emphasis(children=inner) | Code(children=inner):
            return plain_text(inner)
        case Link(children=inner):
            return plain_text(inner)
        case Reference(label=label):
            return label
        case LineBreak():
            return " "
        case Picture():
            return ""


def lines(document: Document) -> Iterator[str]:
    """Give the text of a document line by line, as every writer must print it.

    One line a paragraph, heading, cell, field label or choice, with numbers, the
    labels of the contents (without page numbers) and a list's own numbers, but
    without bullets, running lines and the draft mark.
    """
    yield from document.masthead
    yield document.plain_title
    yield from (f"{fact.label}: {fact.value}" for fact in document.facts)
    yield from _lines(document.blocks)


def _lines(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        match block:
            case NumberedList(items=items, start=start):
                for offset, item in enumerate(items):
                    yield f"{start + offset}."
                    yield from _lines(item)
                continue
            case Clause(number=number) | Section(number=number):
                yield number_text(number)
            case Appendix(label=label):
                yield label
            case Contents(entries=entries):
                yield CONTENTS_HEADING
                for entry in entries:
                    yield entry.label
                    yield plain_text(entry.heading)
                continue
            case _:
                pass
        yield from (plain_text(run) for run in inlines(block))
        yield from _lines(children(block))


def words(document: Document) -> list[str]:
    """Give the words and numbers of a document in order (see ``lines``)."""
    return [word for line in lines(document) for word in line.split()]


# Fingerprints ------------------------------------------------------------------

_OUTSIDE_WORDING = frozenset({"control", "contents", "history", "consultation", "sign-off"})
"""Generated parts that hold data about the document, not its wording."""


def fingerprint(title: Inlines, blocks: Blocks) -> str:
    """Give the wording fingerprint: 64 hexadecimal digits.

    Values count by their name, so a new headteacher leaves it alone. The exception
    is the answers to settings: they are decisions of the trust, and a changed answer
    is changed wording. Cross-references count by their target, so renumbering alone
    leaves it alone; numbers, control table, history, consultation, contents and
    signature lines don't count.
    """
    digest = hashlib.sha256()
    for piece in (_wording(title), *_block_wording(blocks)):
        data = piece.encode()
        digest.update(len(data).to_bytes(4, "big") + data)
    return digest.hexdigest()


def _block_wording(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Contents) or (
            isinstance(block, Generated) and block.kind in _OUTSIDE_WORDING
        ):
            continue
        if isinstance(block, Paragraph) and block.role != "body":
            continue
        yield f"<{type(block).__name__}"
        yield from map(_wording, inlines(block))
        yield from _block_wording(children(block))
        yield ">"


def _wording(run: Inlines) -> str:
    return "".join(_inline_wording(inline) for inline in run)


def _inline_wording(inline: Inline) -> str:
    match inline:
        case Text(text=text):
            return text
        case Value(name=name, text=text):
            return f"{{{name} {text}}}" if name.startswith("settings.") else f"{{{name}}}"
        case Reference(target=target):
            return f"{{ref {target}}}"
        case Link(children=inner) | Strong(children=inner):
            return _wording(inner)
        case Emphasis(children=inner) | Code(children=inner):
            return _wording(inner)
        case LineBreak():
            return "\n"
        case Picture(asset=asset, alt=alt):
            return f"{{picture {alt} {hashlib.sha256(asset.data).hexdigest()}}}"
