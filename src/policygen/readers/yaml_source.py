"""YAML text in, plain data with places out; each fault told in an author's words.

PyYAML scans and composes; what a plain scalar means is decided here, because YAML 1.1
reads ``no`` as false and ``2.10`` as a number, and authors mean neither.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from policygen.diagnostics import Diagnostic, Severity, Span
from policygen.model.records import SourceList, SourceMap
from policygen.model.texts import SourceText, parse_date
from policygen.readers.records import date_hint
from policygen.readers.yaml_faults import explain, quoted, repaired
from policygen.readers.yaml_places import segments_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_NODES = 200_000
MOST_CHARACTERS = 1_000_000
MOST_PARTS = 20_000
"""Lines and commas of the largest file: each may make a value."""

MOST_DEPTH = 60
MOST_REPAIRS = 40
CAREFUL_CHARACTERS = 200_000
"""What the slow reader, which knows what is wrong and where, may read of one file."""

MOST_TOLD = 20


_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes; leaves what a plain scalar means to us."""

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        """Give the tag of a node that bears none: that of its kind."""
        del value, implicit
        return _TAGS[kind]

    def descend_resolver(self, parent: object, index: object) -> None:
        """Note nothing on the way to a node: no tag depends on it."""

    def ascend_resolver(self) -> None:
        """Likewise."""


class _CarefulLoader(yaml.SafeLoader):
    """The same in Python: slower, with one set of messages and places for faults."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 PyYAML's own name for it


@dataclass(slots=True)
class Source:
    """A file read: its data (None where nothing could be read) and its faults."""

    data: Any
    faults: list[Diagnostic] = field(default_factory=list)


def read_yaml(text: str, path: str) -> Source:
    """Read the text of one file; ``path`` is for the places of what it holds."""
    faults = [*itertools.islice(_characters(text, path), MOST_TOLD)]
    if len(text) > MOST_CHARACTERS or text.count("\n") + text.count(",") > MOST_PARTS:
        message = "this file is far longer than any policy source"
        hint = "Part it into several files."
        return Source(None, [*faults, Diagnostic("too-large", message, Span(path), hint)])
    if deep := _too_deep(text):
        return Source(None, [*faults, _nested(path, deep)])
    if faults:
        text = _ODD.sub("?", text)
    node, broken = _compose(text, path)
    faults += broken
    if node is None:
        return Source(None, faults)
    builder = _Builder(text, path)
    try:
        if builder.size(node) > MOST_NODES:
            message = (
                "the aliases (*name) in this file unfold into more than "
                f"{MOST_NODES:,} values; it can't be read"
            )
            hint = "Write the repeated parts out, or take the aliases away."
            bomb = Diagnostic("alias-bomb", message, builder.at(node), hint)
            return Source(None, [*faults, bomb])
        data = builder.build(node)
    except RecursionError:
        return Source(None, [*faults, _nested(path, 1)])
    faults += builder.faults
    if data is None and not faults:
        faults.append(_empty(path))
    return Source(data, faults)


def _empty(path: str) -> Diagnostic:
    return Diagnostic("empty-file", "this file is empty", Span(path), "Fill it in, or delete it.")


def _nested(path: str, line: int) -> Diagnostic:
    message = f"lists or brackets are nested more than {MOST_DEPTH} deep here"
    hint = "Close the brackets, or take some of the dashes or spaces away."
    return Diagnostic("too-large", message, Span(path, line), hint)


# What PyYAML refuses or ends a line at, and private characters: some stand for slots in
# templates, and Word's symbol fonts leave others behind that print as boxes.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
    "\ue000-\uf8ff\U000f0000-\U0010ffff]"
)


def _characters(text: str, path: str) -> Iterator[Diagnostic]:
    if not _ODD.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if found := _ODD.search(line):
            message = f"a character that can't be printed (U+{ord(found[0]):04X})"
            hint = (
                "It often comes with text copied from Word, where a symbol font shows it as a "
                "bullet or a tick. Delete it and type what is meant."
            )
            span = Span(path, number, found.start() + 1)
            yield Diagnostic("odd-character", message, span, hint)


_DASHES = re.compile(rf"^ *(?:[-?] +){{{MOST_DEPTH}}}", re.MULTILINE)
_SPACES = re.compile(rf"^ {{{MOST_DEPTH * 2}}} *\S", re.MULTILINE)


def _too_deep(text: str) -> int:
    """Give the line of a nesting that no author writes, before a recursive parser meets it."""
    depth = 0
    for match in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if match[0] in "[{" else max(0, depth - 1)
        if depth > MOST_DEPTH:
            return text.count("\n", 0, match.start()) + 1
    found = _DASHES.search(text) or _SPACES.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


_LOOK = "Look at the indentation and the quotes, first where something was changed last."


def _compose(text: str, path: str) -> tuple[yaml.Node | None, list[Diagnostic]]:
    """Compose the text; after a fault that can be guessed at, mend it in mind and go on,
    so that one run tells all faults of a file."""
    faults: list[Diagnostic] = []
    told: set[int] = set()
    for _ in range(max(1, min(MOST_REPAIRS, CAREFUL_CHARACTERS // max(1, len(text))))):
        try:
            node = yaml.compose(text, _Loader)
        except yaml.MarkedYAMLError as error:
            if len(text) > CAREFUL_CHARACTERS:
                return None, [*faults, explain(error, text, path)]
        except (yaml.YAMLError, RecursionError):
            pass
        else:
            if node is None and not faults:
                faults.append(_empty(path))
            return node, faults
        try:
            yaml.compose(text, _CarefulLoader)
        except yaml.MarkedYAMLError as error:
            fault = explain(error, text, path)
        except (yaml.YAMLError, RecursionError):
            fault = Diagnostic("yaml", "YAML can't read this file", Span(path), _LOOK)
        else:
            fault = Diagnostic("yaml", "YAML can't read this file", Span(path), _LOOK)
            return None, [*faults, fault]
        line = fault.span.line if fault.span else 0
        if line in told:  # the mend was no mend
            return None, faults
        told.add(line)
        faults.append(fault)
        mended = repaired(text, fault)
        if mended is None:
            return None, faults
        text = mended
    return None, faults


_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+)\Z")
_LOOKS_DATED = re.compile(r"\d{4}-\d\d?(?:-\d\d?)?\Z")
_HASH_TAG = re.compile(r" +#[^\s#!]")
_ALIAS = re.compile(r"\*([^\s,\[\]{}*]+)")
_CURLY_QUOTED = re.compile("“[^“”]*”\\Z|‘[^‘’]*’\\Z")


class _Builder:
    """Turns nodes into data with places."""

    def __init__(self, text: str, path: str) -> None:
        self.lines = text.split("\n")
        self.path = path
        self.faults: list[Diagnostic] = []
        self._places: dict[int, Span] = {}
        self._built: dict[int, Any] = {}
        self._sizes: dict[int, int] = {}
        self._aliases = frozenset(_ALIAS.findall(text))

    def at(self, node: yaml.Node) -> Span:
        """Give a node's place: to its end, or to the end of its first line."""
        key = id(node)
        if key not in self._places:
            self._places[key] = self._place(node)
        return self._places[key]

    def _place(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        line = self.lines[start.line] if start.line < len(self.lines) else ""
        stop = end.column if end.line == start.line else len(line.rstrip())
        return Span(self.path, start.line + 1, start.column + 1, max(1, stop - start.column))

    def size(self, node: yaml.Node) -> int:
        """Count the values a node unfolds into; one that holds itself counts as too many."""
        if isinstance(node, yaml.ScalarNode):
            return 1
        key = id(node)
        if key in self._sizes:
            return self._sizes[key]
        self._sizes[key] = MOST_NODES + 1
        match node:
            case yaml.SequenceNode(value=items):
                total = 1 + sum(self.size(item) for item in items)
            case yaml.MappingNode(value=pairs):
                total = 1 + sum(self.size(key) + self.size(value) for key, value in pairs)
            case _:
                total = 1
        self._sizes[key] = min(total, MOST_NODES + 1)
        return self._sizes[key]

    def build(self, node: yaml.Node) -> Any:  # noqa: ANN401 any YAML data
        """Give the data of a node; a node met again (an alias) is the same object."""
        key = id(node)
        if key not in self._built:
            self._properties(node)
            self._built[key] = self._new(node)
        return self._built[key]

    def _properties(self, node: yaml.Node) -> None:
        """Tell a text of which YAML takes the first word away: ``! Kind``, ``&kind``."""
        at = self.at(node)
        line = self.lines[at.line - 1] if at.line <= len(self.lines) else ""
        first, rest = line[at.column - 1 : at.column], line[at.column - 1 :]
        unused = first == "&" and not self._is_used(rest)
        if first == "!" or node.tag != _TAGS[type(node)] or unused:
            message = f"a text that begins with “{first}” means something else to YAML"
            hint = f"Put double quotes round it: {quoted(rest.strip())}"
            code = "yaml-special" if unused else "yaml-tag"
            self.faults.append(Diagnostic(code, message, at, hint))

    def _is_used(self, anchored: str) -> bool:
        """Whether what begins with ``&name`` is named again by ``*name``."""
        name = re.match(r"&([^\s,\[\]{}]+)", anchored)
        return name is not None and name[1] in self._aliases

    def _new(self, node: yaml.Node) -> Any:  # noqa: ANN401 any YAML data
        match node:
            case yaml.MappingNode():
                return self._mapping(node)
            case yaml.SequenceNode():
                found = SourceList(self.build(item) for item in node.value)
                found.span = self.at(node)
                found.items_at = [self.at(item) for item in node.value]
                return found
            case yaml.ScalarNode():
                return self._scalar(node)
            case _:
                return None

    def _mapping(self, node: yaml.MappingNode) -> SourceMap:
        found = SourceMap()
        found.span = self.at(node)
        found.keys_at, found.values_at = {}, {}
        last = ""
        for key_node, value_node in node.value:
            at = self.at(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(_no_key(at, self.lines))
                continue
            key = SourceText(key_node.value, at)
            if key in found:
                if last and found[last] is None:
                    # What should stand under the key stands beside it, to the end.
                    self.faults.append(_beside(last, found.keys_at[last]))
                    del found[last]
                    break
                message = f"“{key}” stands here twice"
                hint = f"The first is in line {found.keys_at[key].line}; keep one of them."
                self.faults.append(Diagnostic("duplicate-key", message, at, hint))
                continue
            last = key
            found.keys_at[key] = at
            found.values_at[key] = self.at(value_node)
            found[key] = self.build(value_node)
        return found

    def _scalar(self, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 any YAML data
        text = node.value
        if not node.style:
            self._hash_tag(node)
            match text:
                case "true" | "false":
                    return text == "true"
                case "" | "~" | "null":
                    return None
                case _ if _LOOKS_DATED.match(text):
                    return self._date(node)
                case _ if _INTEGER.match(text) and len(text) < 1000:  # noqa: PLR2004 digits
                    return int(text)
                case _ if _FLOAT.match(text):
                    return float(text)
                case _ if _CURLY_QUOTED.match(text):
                    self.faults.append(_curly(self.at(node)))
                case _:
                    pass
        return SourceText(text, self.at(node), segments_of(node, self.lines))

    def _date(self, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 a date
        found = parse_date(node.value)
        if found is None:
            message = f"“{node.value}” is no date"
            hint = date_hint(node.value)
            self.faults.append(Diagnostic("no-date", message, self.at(node), hint))
            return parse_date("2000-01-01")
        return found

    def _hash_tag(self, node: yaml.ScalarNode) -> None:
        """Tell a text that YAML cuts short at `` #word``: a hashtag, not a comment."""
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        match = _HASH_TAG.match(rest)
        if not match:
            return
        span = Span(self.path, end.line + 1, end.column + match.end() - 1)
        if not node.value:
            message = "a text that begins with “#” is a note to YAML, which leaves nothing of it"
            hint = f"Put double quotes round it: {quoted(rest.strip())}"
            self.faults.append(Diagnostic("yaml-special", message, span, hint))
            return
        message = "everything from “#” on is a comment and will not be printed"
        hint = "Put the text in double quotes if it belongs to it; else write “# ” with a space."
        self.faults.append(Diagnostic("lost-after-hash", message, span, hint, Severity.WARNING))


def _curly(at: Span) -> Diagnostic:
    message = "these curly quotes are no YAML quotes; they will be printed"
    hint = 'Type straight ones: "…". If they are to be printed, put straight ones around them.'
    return Diagnostic("yaml-quote", message, at, hint, Severity.WARNING)


def _beside(key: str, at: Span) -> Diagnostic:
    message = f"nothing stands under “{key}:”; the lines below it begin as far left as it does"
    hint = f"Move “{key}:” to the left, in line with its like, or indent the lines below it by two."
    return Diagnostic("yaml-indent", message, at, hint)


def _no_key(at: Span, lines: list[str]) -> Diagnostic:
    line = lines[at.line - 1]
    start = line.rfind("{{", 0, at.column)
    if start >= 0:
        message = "a text that begins with {{ must stand in double quotes"
        value = line[start:].rstrip()
        span = Span(at.path, at.line, start + 1, len(value))
        hint = f"Put double quotes round it: {quoted(value)}"
        return Diagnostic("yaml-braces", message, span, hint)
    message = "a key must be a word, not a list or a mapping"
    return Diagnostic("yaml-key", message, at, "Write one word before the colon.")
