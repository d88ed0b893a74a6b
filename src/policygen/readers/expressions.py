"""What stands inside ``{{ }}`` and behind ``when:``, parsed.

Jinja's own lexer and parser read the expression; only names, texts, numbers, the
known filters and functions, comparisons and and/or/not are let through. There is
nothing to call, no arithmetic and no loop, so whatever an author writes ends at once
and can't reach the program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from policygen.diagnostics import Diagnostic, Span, did_you_mean
from policygen.model.templates import (
    Both,
    Call,
    Chosen,
    Compared,
    Constant,
    Either,
    Expression,
    Filtered,
    Listed,
    Not,
    Path,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FILTERS = ("date", "listing", "capitalize_first", "a")
FUNCTIONS = ("ref", "cite", "linked")
ROOTS = ("school", "trust", "policy", "terms", "officers", "settings")
LONGEST = 1000
"""Characters of the longest expression; nobody writes one by hand."""

_ENVIRONMENT = Environment(autoescape=False)  # noqa: S701 it parses and never renders
IN_TEXT = (
    "Inside {{ }} stand a name (school.name), a function (ref, cite, linked) or a filter "
    "(date, listing, capitalize_first, a)."
)
IN_CONDITION = (
    'A condition compares names with texts in quotes (school.phase == "primary"), with and, or, '
    "not and in."
)
_UNDERSCORES = (
    'A name has underscores (settings.parent_channel); a text stands in quotes (== "breaks-only").'
)
_QUOTED_NAME = re.compile(rf"(?:{'|'.join(ROOTS)})\.[a-z_]+(?:\.[a-z_]+)*\Z")
_TRAPS: tuple[tuple[str, str, str], ...] = (
    (r"[“”‘’]", "curly quotes can't be used here", 'Type straight quotes: "…".'),
    (r"\A\s*\{", "there is a brace too many here", "Write two on each side: {{ school.name }}."),
    (r"(?<![=!<>])=(?!=)", "one “=” doesn't compare", 'Write two: school.phase == "primary".'),
    (r"\b(?:AND|OR|NOT|IN)\b", "this word must be in small letters", "Write and, or, not, in."),
    (r"&&|\|\||!(?!=)", "this sign can't be used here", "Write and, or, not."),
    (r"[<>=!]=?\s*\Z", "nothing stands behind this to compare with", ""),
    (r"(?:\.|\|)\s*\Z", "nothing stands behind this", ""),
)
"""What authors write in place of what can be read: how it looks, what it is, what to do."""


_USUAL = re.compile(
    rf"\s*(?:(?P<path>(?:{'|'.join(ROOTS)})(?:\.[a-z][a-z0-9_]*)*)"
    rf"(?:\s*\|\s*(?P<filter>{'|'.join(FILTERS)}))?"
    rf"|(?P<function>{'|'.join(FUNCTIONS)})\(\"(?P<argument>[a-z0-9][a-z0-9/-]*)\"\))\s*\Z",
    re.ASCII,
)
"""A name, with a filter or without, and a function of an id: what most ``{{ }}`` hold."""


@dataclass(slots=True)
class _Reader:
    """Turns Jinja's nodes into ours; ``at`` gives the place of an offset in the source."""

    source: str
    at: Callable[[int, int], Span]
    allowed: str
    faults: list[Diagnostic] = field(default_factory=list)
    searched: int = 0

    @property
    def everywhere(self) -> Span:
        """The place of the whole expression."""
        source = self.source
        return self.at(len(source) - len(source.lstrip()), max(1, len(source.strip())))

    def place(self, words: str) -> Span:
        """Give the place of ``words``, searched from the last found place on."""
        whole = r"(?<![\w.]){}(?!\w)" if words[:1].isalnum() else "{}"
        pattern = re.compile(whole.format(re.escape(words)))
        match = pattern.search(self.source, self.searched) or pattern.search(self.source)
        if match is None:
            return self.everywhere
        self.searched = match.end()
        return self.at(match.start(), max(1, len(words)))

    def fault(self, code: str, message: str, span: Span, hint: str = "") -> Constant:
        self.faults.append(Diagnostic(code, message, span, hint))
        return Constant("")

    def read(self, node: nodes.Node) -> Expression:
        match node:
            case nodes.Const(value=str() as words) if _QUOTED_NAME.match(words):
                message = f"“{words}” stands in quotes, so it is no name but a text"
                return self.fault("expression", message, self.place(words), f"Write {words}.")
            case nodes.Const(value=bool() | int() | str() as value):
                return Constant(value)
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self.path(node)
            case nodes.List(items=items) | nodes.Tuple(items=items):
                return Listed(tuple(self.read(item) for item in items))
            case nodes.Call():
                return self.call(node)
            case nodes.Filter():
                return self.filtered(node)
            case nodes.Not(node=inner):
                return Not(self.read(inner))
            case nodes.And(left=left, right=right):
                return Both(self.read(left), self.read(right))
            case nodes.Or(left=left, right=right):
                return Either(self.read(left), self.read(right))
            case nodes.Compare(expr=first, ops=ops):
                return self.compared(first, ops)
            case nodes.CondExpr(test=test, expr1=then, expr2=otherwise) if otherwise:
                return Chosen(self.read(test), self.read(then), self.read(otherwise))
            case _:
                return self.refused(node)

    def refused(self, node: nodes.Node) -> Constant:
        hint = self.allowed
        match node:
            case nodes.CondExpr():
                what = "an `if` needs an `else` here"
            case nodes.Test():
                what, hint = "`is` can't be used here", "Compare with == or in."
            case nodes.Sub():
                what, hint = "a hyphen can't be used here", _UNDERSCORES
            case nodes.BinExpr() | nodes.UnaryExpr() | nodes.Concat():
                what = "nothing is reckoned or joined here"
            case _:
                what = "this can't be used here"
        return self.fault("expression", what, self.everywhere, hint)

    def path(self, node: nodes.Node) -> Expression:
        names: list[str] = []
        inner = node
        while not isinstance(inner, nodes.Name):
            if isinstance(inner, nodes.Getattr):
                names.append(inner.attr)
            elif isinstance(inner, nodes.Getitem) and isinstance(inner.arg, nodes.Const):
                names.append(str(inner.arg.value))
            else:
                return self.refused(node)
            inner = inner.node
        names.append(inner.name)
        names.reverse()
        span = self.place(".".join(names))
        if names[0] not in ROOTS:
            message = f"“{names[0]}” is not known here"
            return self.fault("unknown-name", message, span, self.known_roots(names))
        return Path(tuple(names), span)

    def known_roots(self, names: list[str]) -> str:
        """Say how a name that begins with nothing known may be meant."""
        name = names[0]
        if name in FUNCTIONS:
            return f'{name} wants an id in brackets: {name}("…")'
        if near := did_you_mean(name, ROOTS):
            return near
        whole = ".".join(names)
        hint = (
            f"Names begin with {', '.join(ROOTS)}: a setting is settings.{name}, an officer "
            f"officers.{whole}, a word of the trust terms.{name}."
        )
        return f'A text stands in quotes: "{whole}". {hint}' if self.allowed != IN_TEXT else hint

    def call(self, node: nodes.Call) -> Expression:
        if not isinstance(node.node, nodes.Name):
            return self.refused(node)
        name = node.node.name
        span = self.place(name)
        if name not in FUNCTIONS:
            hint = did_you_mean(name, FUNCTIONS, f"Known are {', '.join(FUNCTIONS)}.")
            return self.fault("unknown-function", f"there is no function “{name}”", span, hint)
        match node.args:
            case [nodes.Const(value=str() as argument)] if not node.kwargs:
                return Call(name, argument, self.place(argument))
            case _:
                hint = f'Write {name}("…").'
                return self.fault("expression", f"{name} wants one id in quotes", span, hint)

    def filtered(self, node: nodes.Filter) -> Expression:
        operand = self.read(node.node) if node.node else Constant("")
        span = self.place(node.name)
        if node.name not in FILTERS:
            hint = did_you_mean(node.name, FILTERS, f"Known are {', '.join(FILTERS)}.")
            return self.fault("unknown-filter", f"there is no filter “{node.name}”", span, hint)
        match node.args:
            case []:
                return Filtered(node.name, operand, None, span)
            case [nodes.Const(value=str() as argument)] if node.name == "date":
                return Filtered(node.name, operand, argument, span)
            case _:
                message = f"the filter “{node.name}” takes nothing in brackets"
                return self.fault("expression", message, span, f"Write {node.name} alone.")

    def compared(self, first: nodes.Expr, ops: list[nodes.Operand]) -> Expression:
        left = self.read(first)
        found: Expression | None = None
        for op in ops:
            right = self.read(op.expr)
            step = Compared(op.op, left, right, self.everywhere)
            found = Both(found, step) if found else step
            left = right
        return found or left


def parse_expression(
    source: str, at: Callable[[int, int], Span], allowed: str = IN_TEXT
) -> tuple[Expression, tuple[Diagnostic, ...]]:
    """Parse an expression; ``at(offset, length)`` gives places in its file, ``allowed``
    says what may stand here."""
    reader = _Reader(source, at, allowed)
    if not source.strip():
        reader.fault("expression", "nothing stands here", reader.everywhere, allowed)
    elif len(source) > LONGEST:
        message = f"this expression is longer than {LONGEST} characters"
        hint = "Close it with }} right behind the name." if allowed == IN_TEXT else allowed
        reader.fault("expression", message, reader.everywhere, hint)
    elif usual := _USUAL.match(source):
        return _usual(usual, at), ()
    else:
        return _parsed(reader), tuple(reader.faults)
    return Constant(""), tuple(reader.faults)


def _usual(match: re.Match[str], at: Callable[[int, int], Span]) -> Expression:
    """Read what is so plain that Jinja, which takes over ten times as long, need not see it."""

    def place(group: str) -> Span:
        return at(match.start(group), len(match[group]))

    if match["function"]:
        return Call(match["function"], match["argument"], place("argument"))
    path = Path(tuple(match["path"].split(".")), place("path"))
    if match["filter"]:
        return Filtered(match["filter"], path, None, place("filter"))
    return path


def _parsed(reader: _Reader) -> Expression:
    try:
        parser = Parser(_ENVIRONMENT, reader.source, state="variable")
        node = parser.parse_expression()
        leftover = "" if parser.stream.eos else str(parser.stream.current.value)
        if not leftover:
            return reader.read(node)
    except RecursionError:
        message = "this is nested too deeply"
        return reader.fault("expression", message, reader.everywhere, reader.allowed)
    except (TemplateSyntaxError, ValueError):  # int() refuses thousands of digits
        leftover = ""
    for pattern, message, hint in _TRAPS:
        if match := re.search(pattern, reader.source):
            span = reader.at(match.start(), max(1, len(match[0].rstrip())))
            return reader.fault("expression", message, span, hint or reader.allowed)
    if any(reader.source.count(quote) % 2 for quote in "\"'"):
        message = "a quotation mark is opened here and not closed"
        return reader.fault("expression", message, reader.everywhere, 'Write "…".')
    if leftover:
        message = f"“{leftover}” is not expected here"
        return reader.fault("expression", message, reader.place(leftover), reader.allowed)
    message = "this can't be understood"
    return reader.fault("expression", message, reader.everywhere, reader.allowed)
