"""Markdown text in, blocks out, and the traps authors fall into."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from policygen.diagnostics import Diagnostic, Severity, Span
from policygen.document import (
    Asset,
    Block,
    Blocks,
    BulletList,
    Cell,
    Code,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    Picture,
    Quote,
    Strong,
    Table,
    Text,
    Value,
    plain_text,
)
from policygen.model.templates import LINK_SLOT, MOST_SLOTS, SLOT

At: TypeAlias = Callable[[int, int], Span]
"""Gives the place in its file of (offset, length) in a text."""

SCHEMES = ("http://", "https://", "mailto:", "tel:")
"""How the address of a link may begin."""

LONGEST = 40_000
"""Characters of the longest text; a policy's clause has some hundreds."""

MOST_BRACKETS = 1_000
"""Opening brackets in one text; markdown-it's time grows with their square."""

DEEPEST = 12
"""How deep lists and quotes may nest."""

_MARKDOWN = MarkdownIt("commonmark", {"html": True, "maxNesting": 200}).enable("table")
_MARKDOWN.disable("reference")  # it would swallow a line such as “[1]: see below”
_MARKDOWN.normalizeLink = lambda url: url  # type: ignore[method-assign]
_MARKDOWN.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
_MARKDOWN.validateLink = lambda url: isinstance(url, str)  # type: ignore[method-assign]

_FIRST_SLOT = ord(LINK_SLOT)
SLOT_CHARACTERS = re.compile(f"[{LINK_SLOT}-{chr(_FIRST_SLOT + MOST_SLOTS - 1)}]")
_TYPED_NUMBER = re.compile(r"\d{1,2}[.)]\s+\S")
_TYPED_BULLET = re.compile(r"(?:[•·▪◦‣]|o)\s+\S")
_TYPED_DASH = re.compile(r"[–—]\s+\S")
_BROKEN_LINK = re.compile(r"\]\s?\(|\]\[")
_LINES_WITHOUT_END = re.compile(r"[:.;?!]\Z")
_LONGEST_HEADING = 100


@dataclass(slots=True)
class Found:
    """What a text holds: its blocks, its faults, the pictures it names."""

    blocks: Blocks = ()
    faults: tuple[Diagnostic, ...] = ()
    pictures: tuple[tuple[str, Span], ...] = ()


def read_markdown(text: str, at: At) -> Found:
    """Read a Markdown text; private characters in it stand for slots."""
    if len(text) > LONGEST:
        message = f"this text is longer than {LONGEST:,} characters"
        return Found(
            faults=(Diagnostic("too-large", message, at(0, 1), "Part it into several clauses."),)
        )
    if text.count("[") > MOST_BRACKETS:
        message = f"this text has more than {MOST_BRACKETS:,} opening brackets"
        return Found(
            faults=(Diagnostic("too-large", message, at(0, 1), "Part it into several clauses."),)
        )
    # markdown-it ends lines at these; ours must be the same, at the same offsets.
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    reader = _Reader(text, at)
    blocks = reader.blocks(SyntaxTreeNode(_MARKDOWN.parse(text)))
    return Found(blocks, tuple(reader.faults), tuple(reader.pictures))


def with_slots(text: str) -> Inlines:
    """Split a text at its slots."""
    inlines: list[Inline] = []
    start = 0
    for match in SLOT_CHARACTERS.finditer(text):
        if match.start() > start:
            inlines.append(Text(text[start : match.start()]))
        inlines.append(Value(f"{SLOT}{ord(match[0]) - _FIRST_SLOT}", ""))
        start = match.end()
    if start < len(text):
        inlines.append(Text(text[start:]))
    return tuple(inlines)


class _Reader:
    """Turns the nodes of one text into blocks."""

    def __init__(self, text: str, at: At) -> None:
        self.text = text
        self.at = at
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.faults: list[Diagnostic] = []
        self.pictures: list[tuple[str, Span]] = []
        self.here = (0, len(self.lines))
        self.depth = 0

    def tell(  # noqa: PLR0913 what a diagnostic is made of
        self,
        code: str,
        message: str,
        hint: str,
        *,
        line: int | None = None,
        words: str = "",
        shift: int = 0,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a fault at a line (counted from 0), or where ``words`` stand, of which the
        first ``shift`` characters are not meant."""
        first = self.here[0] if line is None else line
        text = self.lines[first] if first < len(self.lines) else ""
        offset = self.starts[first] + len(text) - len(text.lstrip())
        length = max(1, len(text.strip()))
        if words:
            end = self.starts[min(self.here[1], len(self.lines))]
            found = self.text.find(words, self.starts[first], end)
            if found >= 0:
                offset, length = found + shift, max(1, len(words) - shift)
        self.faults.append(Diagnostic(code, message, self.at(offset, length), hint, severity))

    def warn(self, code: str, message: str, hint: str, *, line: int, words: str = "") -> None:
        """Note something that prints, but hardly as meant."""
        self.tell(code, message, hint, line=line, words=words, severity=Severity.WARNING)

    # Blocks

    def blocks(self, parent: SyntaxTreeNode) -> Blocks:
        """Read the blocks inside a node."""
        self.depth += 1
        found: list[Block] = []
        before: SyntaxTreeNode | None = None
        for node in parent.children:
            if node.map:
                self.here = (node.map[0], node.map[1])
            if before is not None:
                self._follows(parent, before, node)
            block = self.block(node)
            if block is not None:
                found.append(block)
            before = node
        self.depth -= 1
        return tuple(found)

    def block(self, node: SyntaxTreeNode) -> Block | None:
        """Read one block; None where it is a fault."""
        if self.depth > DEEPEST:
            message = f"lists and quotes are nested more than {DEEPEST} deep here"
            hint = "Take the inner parts out into clauses of their own."
            if not any(fault.code == "too-deep" for fault in self.faults):
                self.tell("too-deep", message, hint)
            return None
        match node.type:
            case "paragraph":
                return self._paragraph(node)
            case "bullet_list":
                self._check_items(node)
                return BulletList(tuple(self.blocks(item) for item in node.children))
            case "ordered_list":
                self._check_items(node)
                self._check_numbers(node)
                start = int(node.attrs.get("start", 1))
                return NumberedList(tuple(self.blocks(item) for item in node.children), start)
            case "blockquote":
                return Quote(self.blocks(node))
            case "table":
                return self._table(node)
            case _:
                self._refused(node)
                return None

    def _refused(self, node: SyntaxTreeNode) -> None:
        line = self.here[0]
        match node.type:
            case "heading" if node.markup in {"=", "-"}:
                message = "a line of dashes or equals signs turns the text above into a heading"
                self.tell("heading-in-text", message, "Take the line away.", line=line)
            case "heading":
                hint = "Give the clause a `heading:`, or the policy's outline a section."
                message = "headings come from the outline, not from # in a text"
                self.tell("heading-in-text", message, hint, line=line)
            case "html_block":
                self._html(line, node.content.split("\n")[0])
            case "code_block":
                message = "this is indented so far that Markdown takes it for program code"
                hint = "Take the extra spaces away; under “- ” indent by two, under “1. ” by three."
                self.tell("indented-too-far", message, hint, line=line)
            case "hr":
                hint = "Take it away; sections and headings part a document."
                self.tell("line-in-text", "a line across the page is not printed", hint, line=line)
            case _:
                hint = "Use a block quote (> before each line) for words that stand apart."
                self.tell("code-block", "blocks of program code are not printed", hint, line=line)

    def _html(self, line: int, words: str) -> None:
        hint = (
            "Use Markdown: **bold**, *italics*, [words](address). To print a “<” as such, "
            "put a space behind it or write &lt;."
        )
        self.tell("raw-html", "HTML can't be used in a text", hint, line=line, words=words)

    def _paragraph(self, node: SyntaxTreeNode) -> Paragraph:
        first, last = self.here
        run = self.inlines(node.children[0].children) if node.children else ()
        match run:
            case (Strong(),) | (Strong(), Text(text=":")) if (
                self.depth == 1
                and len(plain_text(run)) <= _LONGEST_HEADING
                and not plain_text(run).endswith((".", "!", "?"))
            ):
                message = "this paragraph is all bold, as if it were a heading"
                hint = "Give the clause a `heading:` with these words instead."
                self.warn("bold-heading", message, hint, line=first)
            case _:
                pass
        for number in range(first, min(last, len(self.lines))):
            text = self.lines[number].lstrip(" >")
            if _TYPED_BULLET.match(text) or (number == first and _TYPED_DASH.match(text)):
                hint = "Begin the line with “- ”, and put a blank line before the list."
                self.warn("typed-bullet", "a bullet typed by hand", hint, line=number)
                break
            if number > first and _TYPED_NUMBER.match(text):
                message = "this looks like an item of a list, but prints inside the paragraph"
                hint = "Put a blank line before the list; begin it with 1."
                self.warn("list-in-paragraph", message, hint, line=number)
                break
            if text.startswith("|") and text.rstrip().endswith("|"):
                message = "this looks like a table, but there is no line of dashes under its header"
                hint = "Put a line such as | --- | --- | under the first row."
                self.tell("broken-table", message, hint, line=number)
                break
        return Paragraph(run)

    def _follows(
        self, parent: SyntaxTreeNode, before: SyntaxTreeNode, node: SyntaxTreeNode
    ) -> None:
        """Tell the traps that lie between two neighbours."""
        if not node.map or not before.map:
            return
        lists = ("bullet_list", "ordered_list")
        line = node.map[0]
        indent = _indent(self.lines[line])
        in_list = parent.type == "list_item"
        if node.type in lists and before.type == "paragraph" and not in_list:
            if before.map[1] == line:
                self._list_under(node)
        elif before.type in lists and not in_list and node.type in (*lists, "paragraph"):
            outer = _indent(self.lines[before.map[0]])
            if indent > outer:
                what = "list" if node.type in lists else "paragraph"
                message = f"this {what} is indented too little to belong to the item above"
                hint = "Under “- ” indent by two spaces, under “1. ” by three."
                self.warn("indented-too-little", message, hint, line=line)

    def _list_under(self, node: SyntaxTreeNode) -> None:
        line = node.map[0] if node.map else 0
        last = self.lines[line - 1].rstrip()
        if (
            node.type == "bullet_list"
            and len(node.children) == 1
            and not _LINES_WITHOUT_END.search(last)
        ):
            message = "this line begins with a dash, so it turns into a bullet"
            hint = (
                "Put the dash at the end of the line before, or, if a list is meant, "
                "a blank line above it."
            )
            self.warn("wrapped-dash", message, hint, line=line)
        else:
            message = "a list stands right under a paragraph"
            hint = "Put a blank line between them."
            self.warn("list-without-blank-line", message, hint, line=line)

    def _check_items(self, node: SyntaxTreeNode) -> None:
        lines = [item.map[0] for item in node.children if item.map]
        first = _indent(self.lines[lines[0]]) if lines else 0
        for line in lines[1:]:
            if _indent(self.lines[line]) > first:
                message = "this item is indented, but too little to be a list inside the item above"
                hint = "Under “- ” indent by two spaces, under “1. ” by three; else line it up."
                self.warn("indented-too-little", message, hint, line=line)
                break

    def _check_numbers(self, node: SyntaxTreeNode) -> None:
        """Tell numbers that are typed otherwise than they print: one after the other."""
        typed = [int(item.info) for item in node.children if item.info.isdigit()]
        if not typed or len(set(typed)) == 1:
            return
        for number, (item, expected) in enumerate(
            zip(node.children, range(typed[0], typed[0] + len(typed)), strict=False)
        ):
            if typed[number] != expected and item.map:
                message = f"this item is typed as {typed[number]} and prints as {expected}"
                hint = "Markdown counts a list from its first number; write the numbers in a row."
                self.warn("list-numbers", message, hint, line=item.map[0])
                return

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows: list[tuple[Cell, ...]] = []
        header: tuple[Cell, ...] = ()
        for part in node.children:
            for row in part.children:
                if row.map:
                    self.here = (row.map[0], row.map[1])
                found = tuple(self._cell(cell) for cell in row.children)
                if part.type == "thead":
                    header = found
                else:
                    self._check_row(len(header))
                    rows.append(found)
        if any(cell.children for cell in header):
            return Table("grid", header, tuple(rows))
        return Table("labels", (), tuple(rows))

    def _check_row(self, columns: int) -> None:
        line = self.here[0]
        text = self.lines[line].strip().lstrip("> ")
        if "|" not in text:
            message = "this line becomes a row of the table above"
            self.warn("table-row", message, "Put a blank line behind the table.", line=line)
        cells = re.split(r"(?<!\\)\|", text.removeprefix("|").removesuffix("|"))
        if len(cells) > columns:
            message = f"this row has {len(cells)} cells, but the table's header has {columns}"
            hint = "Give the header as many cells; write \\| for a bar that belongs to the text."
            self.tell("table-row", message, hint, line=line)

    def _cell(self, node: SyntaxTreeNode) -> Cell:
        style = str(node.attrs.get("style", ""))
        align = style.removeprefix("text-align:")
        run = self.inlines(node.children[0].children) if node.children else ()
        if align in {"center", "right"}:
            return Cell(run, cast("Literal['center', 'right']", align))
        return Cell(run)

    # Inlines

    def inlines(self, nodes: Sequence[SyntaxTreeNode]) -> Inlines:
        """Read a run of inlines; neighbouring words become one text."""
        found: list[Inline] = []
        words = ""
        for node in nodes:
            if node.type in {"text", "softbreak", "text_special"}:
                words += " " if node.type == "softbreak" else node.content
                continue
            found += self._words(words)
            words = ""
            found += self._inline(node)
        found += self._words(words)
        return tuple(found)

    def _words(self, words: str) -> Inlines:
        if match := _BROKEN_LINK.search(words):
            hint = "Write it as [words](https://address), without a space between ] and (."
            message = "this looks like a link, but can't be read as one"
            self.tell("broken-link", message, hint, words=match[0])
        elif "**" in words:
            message = "the asterisks here print as they are"
            hint = "Bold is **words**, without a space inside, and closed in the same paragraph."
            self.warn("stray-asterisks", message, hint, line=self.here[0], words="**")
        return with_slots(words)

    def _inline(self, node: SyntaxTreeNode) -> Inlines:
        match node.type:
            case "strong":
                return (Strong(self.inlines(node.children)),)
            case "em":
                return (Emphasis(self.inlines(node.children)),)
            case "code_inline":
                return (Code(with_slots(node.content)),)
            case "hardbreak":
                return (LineBreak(),)
            case "link":
                return self._link(node)
            case "image":
                return self._picture(node)
            case "html_inline":
                self._html(self.here[0], node.content)
                return ()
            case _:
                self.tell("markdown", f"“{node.type}” can't be printed", "Write it otherwise.")
                return ()

    def _link(self, node: SyntaxTreeNode) -> Inlines:
        target = str(node.attrs.get("href", ""))
        inner = self.inlines(node.children)
        if not inner:
            hint = "Write the words to click on between [ and ]."
            self.tell("empty-link", "this link has no words", hint, words=f"]({target})")
        if not SLOT_CHARACTERS.match(target) and (fault := bad_address(target)):
            message, hint = fault
            self.tell("broken-link", message, hint, words=f"({target}", shift=1)
        return (Link(target, inner),)

    def _picture(self, node: SyntaxTreeNode) -> Inlines:
        name = str(node.attrs.get("src", ""))
        alt = "".join(child.content for child in node.children)
        start = self.starts[self.here[0]]
        offset = max(self.text.find(f"({name}", start), start)
        self.pictures.append((name, self.at(offset + 1, max(1, len(name)))))
        if not alt:
            message = "this picture has no words for those who can't see it"
            hint = f"Say what it shows: ![a phone in a locker]({name})"
            self.warn("picture-without-words", message, hint, line=self.here[0], words=name)
        return (Picture(Asset(name, "image/png", b""), alt),)


def bad_address(target: str) -> tuple[str, str] | None:
    """Give (what is wrong, a hint) with a link's address, None where nothing is."""
    if not target:
        return "this link leads nowhere", "Put an address between ( and )."
    if target.startswith("#"):
        hint = 'Write {{ ref("module/clause") }} for a link inside the document.'
        return "a link inside the document is not written like this", hint
    if target.endswith((".yaml", ".yml", ".docx", ".pdf")) and "://" not in target:
        hint = (
            'Write {{ linked("policy-id") }} for a policy, {{ ref("module/clause") }} for a clause.'
        )
        return f"“{target}” is a file, which a printed document can't be linked to", hint
    if "@" in target and ":" not in target:
        return "this link's address lacks “mailto:”", f"Write (mailto:{target})."
    if not target.lower().startswith(SCHEMES) or re.search(r"\s", target):
        hint = f"Begin it with https:// (https://{target.lstrip('/')})."
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)", target):
            hint = "Only addresses with https://, mailto: or tel: can be printed."
        return f"“{target}” is no address of a web page, e-mail or telephone", hint
    return None


def _indent(line: str) -> int:
    text = line.lstrip("> ") if line.lstrip().startswith(">") else line.lstrip(" ")
    return len(line) - len(text)
