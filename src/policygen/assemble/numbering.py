"""Numbers and cross-references, computed once on the tree.

Sections and clauses of one document are counted by one tree of counters: whatever is
numbered takes the next number of the nearest numbered section around it, or of the
document. So a section 3 may be followed by paragraphs 4, 5 and 6 and a section 7, and
a nested section and the clauses beside it never share a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic
from policygen.document import (
    Appendix,
    Block,
    Blocks,
    BulletList,
    Clause,
    Code,
    Contents,
    ContentsEntry,
    Document,
    Emphasis,
    Form,
    Generated,
    Inline,
    Inlines,
    Link,
    Number,
    Reference,
    Section,
    Strong,
    number_text,
    plain_text,
    with_inlines,
)
from policygen.document.trees import changed, kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONTENTS_LEVELS = 2
"""Levels of sections in a list of contents."""


@dataclass(slots=True)
class _Counter:
    """The counter of a numbered section, or of the document."""

    number: Number = ()
    last: int = 0

    def next(self) -> Number:
        self.last += 1
        return (*self.number, self.last)


@dataclass(frozen=True, slots=True)
class _Around:
    """What surrounds a part, to name it by where it has no number of its own: the nearest
    number or appendix label, the nearest heading."""

    label: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered document, the faults of its references, and the label of each part by id."""

    document: Document
    faults: tuple[Diagnostic, ...]
    labels: dict[str, str]


@dataclass(slots=True)
class _Counting:
    """The pass that counts; it notes what a reference to each part prints."""

    appendix_labels: str
    appendices: int = 0
    labels: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)

    def blocks(self, blocks: Blocks, counter: _Counter, style: str, around: _Around) -> Blocks:
        return kept(blocks, tuple(self.block(b, counter, style, around) for b in blocks))

    def block(self, block: Block, counter: _Counter, style: str, around: _Around) -> Block:
        match block:
            case Section():
                return self.section(block, counter, around)
            case Clause():
                counted = block.counted and style in {"clauses", "paragraphs"}
                own = counter.next() if counted else ()
                self.note(block.id, block.anchor, own, around, block.heading)
                return changed(block, number=own)
            case Appendix():
                return self.appendix(block)
            case Form():
                self.note(block.anchor, block.anchor, (), around, ())
                return changed(block, blocks=self.blocks(block.blocks, counter, "none", around))
            case BulletList():
                items = tuple(self.blocks(item, counter, "none", around) for item in block.items)
                return changed(block, items=kept(block.items, items))
            case _:
                return block

    def section(self, section: Section, counter: _Counter, around: _Around) -> Section:
        numbered = bool(section.heading) and section.style in {"sections", "clauses"}
        own = counter.next() if numbered else ()
        for name in filter(None, (section.id, section.anchor)):
            self.note(name, section.anchor, own, around, section.heading)
        beneath = _Around(
            number_text(own) or around.label, _quoted(section.heading) or around.heading
        )
        # Without a number of its own a section can't number its clauses under it.
        style = "none" if section.style == "clauses" and not numbered else section.style
        inner = _Counter(own) if numbered else counter
        return replace(
            section, number=own, blocks=self.blocks(section.blocks, inner, style, beneath)
        )

    def appendix(self, appendix: Appendix) -> Appendix:
        self.appendices += 1
        label = f"Appendix {_letter(self.appendices, self.appendix_labels)}"
        around = _Around(label, _quoted(appendix.heading))
        for name in filter(None, (appendix.id, appendix.anchor, *_form_ids(appendix))):
            self.note(name, appendix.anchor, (), around, ())
        inner = self.blocks(appendix.blocks, _Counter(), "none", around)
        return replace(appendix, label=label, blocks=inner)

    def note(self, name: str, anchor: str, own: Number, around: _Around, heading: Inlines) -> None:
        """Remember what a name leads to; the first of two blocks of one name wins."""
        if name not in self.labels:
            self.labels[name] = (
                number_text(own) or around.label or _quoted(heading) or around.heading
            )
            self.anchors[name] = anchor


def number(
    document: Document, appendix_labels: str, elsewhere: Mapping[str, str] | None = None
) -> Numbered:
    """Give the document with its numbers, its references and its contents filled in.

    ``appendix_labels`` is "letters" or "numbers". ``elsewhere`` gives the labels of
    parts that another document prints, for a form on its own: a reference to one of
    them prints its number and leads nowhere. Numbering twice gives the same again.
    """
    counting = _Counting(appendix_labels)
    blocks = counting.blocks(document.blocks, _Counter(), "none", _Around())
    references = _References(document, counting, elsewhere or {})
    title = references.run(document.title)
    blocks = with_inlines(blocks, references.run)
    blocks = _with_contents(blocks, tuple(_entries(blocks)))
    numbered = replace(document, title=title, blocks=blocks)
    return Numbered(numbered, tuple(references.faults), counting.labels)


@dataclass(slots=True)
class _References:
    """Fills in references; one to something not printed is a fault."""

    document: Document
    counting: _Counting
    elsewhere: Mapping[str, str]
    faults: list[Diagnostic] = field(default_factory=list)

    def run(self, run: Inlines) -> Inlines:
        if not any(isinstance(inline, _HOLDERS) for inline in run):
            return run
        return kept(run, tuple(self.inline(inline) for inline in run))

    def inline(self, inline: Inline) -> Inline:
        match inline:
            case Strong() | Emphasis() | Code() | Link():
                return changed(inline, children=self.run(inline.children))
            case Reference():
                return self.reference(inline)
            case _:
                return inline

    def reference(self, reference: Reference) -> Reference:
        counting = self.counting
        name = reference.target
        if name in counting.labels:
            label = counting.labels[name]
            if label:
                return replace(reference, target=counting.anchors[name], label=label)
            message = f"“{name}” has neither a number nor a heading to refer to it by"
            hint = "Give the clause or its section a heading."
        elif self.elsewhere.get(name):
            return replace(reference, label=self.elsewhere[name], live=False)
        else:
            message = f"“{name}” is not printed in this document"
            hint = (
                "Refer to something this document prints, add it to the outline, or put the same "
                "`when:` on this text."
            )
        self.faults.append(Diagnostic("reference-not-printed", message, reference.span, hint))
        return reference


_HOLDERS = (Strong, Emphasis, Code, Link, Reference)


def _entries(blocks: Blocks) -> Iterator[ContentsEntry]:
    for block in blocks:
        match block:
            case Section(heading=heading, level=level, anchor=anchor):
                if heading and level <= CONTENTS_LEVELS:
                    yield ContentsEntry(level, number_text(block.number), heading, anchor)
                yield from _entries(block.blocks)
            case Appendix(heading=heading, label=label, anchor=anchor):
                yield ContentsEntry(1, label, heading, anchor)
            case _:
                pass


def _with_contents(blocks: Blocks, entries: tuple[ContentsEntry, ...]) -> Blocks:
    """Put the entries into the contents, wherever the outline has them."""
    found: list[Block] = []
    for block in blocks:
        match block:
            case Contents():
                found.append(Contents(entries))
            case Section() | Appendix() | Generated():
                found.append(changed(block, blocks=_with_contents(block.blocks, entries)))
            case _:
                found.append(block)
    return kept(blocks, tuple(found))


def _form_ids(appendix: Appendix) -> Iterator[str]:
    return (block.id for block in appendix.blocks if isinstance(block, Form))


def _quoted(heading: Inlines) -> str:
    words = plain_text(heading)
    return f"“{words}”" if words else ""


def _letter(count: int, appendix_labels: str) -> str:
    """Give A, B … Z, AA, AB … or 1, 2, 3."""
    if appendix_labels == "numbers":
        return str(count)
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
