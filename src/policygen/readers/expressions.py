"""What stands inside ``{{ }}`` and behind ``when:``, parsed.

Jinja's own lexer and parser read the expression; only names, texts, numbers, the
known filters and functions, comparisons and and/or/not are let through. There is
nothing to call, no arithmetic and no loop, so whatever an author writes ends at once
and can't reach the program.
"""

from __future__ import annotations

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
_ALLOWED = (
    "Inside {{ }} stand a name (school.name), a function (ref, cite, linked) or a filter "
    "(date, listing, capitalize_first, a)."
)


@dataclass(slots=True)
class _Reader:
    """Turns Jinja's nodes into ours; ``at`` gives the place of an offset in the source."""

    source: str
    at: Callable[[int, int], Span]
    faults: list[Diagnostic] = field(default_factory=list)
    searched: int = 0

    def place(self, words: str) -> Span:
        """Give the place of ``words``, searched from the last found place on."""
        offset = self.source.find(words, self.searched)
        if offset < 0:
            offset = self.source.find(words)
        if offset < 0:
            return self.at(0, max(1, len(self.source)))
        return self.at(offset, max(1, len(words)))

    def fault(self, code: str, message: str, span: Span, hint: str = "") -> Constant:
        self.faults.append(Diagnostic(code, message, span, hint))
        return Constant("")

    def read(self, node: nodes.Node) -> Expression:
        match node:
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
        match node:
            case nodes.CondExpr():
                what = "an `if` needs an `else` here"
            case nodes.Test():
                what = "`is` can't be used here; compare with == or in"
            case _:
                what = "this can't be used here"
        return self.fault("expression", what, self.at(0, max(1, len(self.source))), _ALLOWED)

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
            known = (*ROOTS, *FUNCTIONS)
            hint = did_you_mean(names[0], known, f"Known are {', '.join(ROOTS)}.")
            if names[0] in FUNCTIONS:
                hint = f'{names[0]} wants an id in brackets: {names[0]}("…")'
            return self.fault("unknown-name", f"“{names[0]}” is not known here", span, hint)
        return Path(tuple(names), span)

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
                return self.fault("expression", message, span)

    def compared(self, first: nodes.Expr, ops: list[nodes.Operand]) -> Expression:
        left = self.read(first)
        found: Expression | None = None
        for op in ops:
            right = self.read(op.expr)
            step = Compared(op.op, left, right, self.at(0, max(1, len(self.source))))
            found = Both(found, step) if found else step
            left = right
        return found or left


def parse_expression(
    source: str, at: Callable[[int, int], Span]
) -> tuple[Expression, tuple[Diagnostic, ...]]:
    """Parse an expression; ``at(offset, length)`` gives places in its file."""
    everywhere = at(len(source) - len(source.lstrip()), max(1, len(source.strip())))
    if not source.strip():
        return Constant(""), (
            Diagnostic("expression", "nothing stands here", everywhere, _ALLOWED),
        )
    if len(source) > LONGEST:
        message = f"this expression is longer than {LONGEST} characters"
        return Constant(""), (Diagnostic("expression", message, everywhere),)
    try:
        parser = Parser(_ENVIRONMENT, source, state="variable")
        node = parser.parse_expression()
        leftover = "" if parser.stream.eos else str(parser.stream.current.value)
    except (TemplateSyntaxError, RecursionError) as error:
        message = getattr(error, "message", None) or "it is nested too deeply"
        text = f"this can't be understood: {message}"
        return Constant(""), (Diagnostic("expression", text, everywhere, _ALLOWED),)
    reader = _Reader(source, at)
    if leftover:
        reader.fault(
            "expression", f"“{leftover}” is not expected here", reader.place(leftover), _ALLOWED
        )
    try:
        expression = reader.read(node)
    except RecursionError:
        expression = reader.fault("expression", "it is nested too deeply", everywhere)
    return expression, tuple(reader.faults)
