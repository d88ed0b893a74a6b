"""The codes of all diagnostics, read from the source of the program."""

from __future__ import annotations

import ast
import functools
from pathlib import Path
from typing import TYPE_CHECKING

import policygen
from policygen.readers import records

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(policygen.__file__).parent
RULES = PACKAGE / "checks" / "rules"
MAKERS = frozenset({"Diagnostic", "tell", "warn", "_warn", "fault"})
"""What takes a code first, by its own name or as a method."""


@functools.cache
def codes() -> frozenset[str]:
    """Give every code that some call in the program can give, but for the rules of check."""
    found: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent != RULES:
            found.update(_codes(ast.parse(path.read_text(encoding="utf-8"))))
    return frozenset(found)


def _codes(tree: ast.Module) -> Iterator[str]:
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    for function in functions:
        for call in (n for n in ast.walk(function) if isinstance(n, ast.Call) and n.args):
            name = _name(call.func)
            if name == "PydanticCustomError":
                yield from set(records._OWN).intersection(_texts(call.args[0], function))
            if name in MAKERS:
                yield from _texts(call.args[0], function)
            elif name == "unknown":
                for kind in _texts(call.args[0], function):
                    yield f"unknown-{kind.replace(' ', '-')}"


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _texts(value: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    """Give the texts an expression can be; a name stands for what is assigned to it."""
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body, function)
            yield from _texts(orelse, function)
        case ast.Name(id=name):
            for node in ast.walk(function):
                if isinstance(node, ast.Assign):
                    for target in node.targets:
                        yield from _assigned(target, node.value, name, function)
        case _:
            return


def _assigned(
    target: ast.expr, value: ast.expr, name: str, function: ast.FunctionDef
) -> Iterator[str]:
    match target, value:
        case ast.Name(id=found), _ if found == name:
            yield from _texts(value, function)
        case ast.Tuple(elts=targets), ast.Tuple(elts=values):
            for inner, given in zip(targets, values, strict=False):
                yield from _assigned(inner, given, name, function)
        case _:
            return
