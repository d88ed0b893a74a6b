"""Printed texts and conditions, compiled: a tree with slots, and what fills them.

A template holds document nodes whose slots are ``Value`` nodes named ``slot:3``; the
number points into ``slots``. Filling it never parses anything again, so a value can't
become markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.diagnostics import Diagnostic, Span
    from policygen.document import Blocks, Inlines

# Expressions -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Path:
    """A name with its attributes: ``officers.headteacher.name``."""

    names: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, a number, true or false."""

    value: str | int | bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A list written out: ``["primary", "nursery"]``."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one text: ``ref("module/clause")``."""

    function: str
    argument: str
    span: Span


@dataclass(frozen=True, slots=True)
class Filtered:
    """A filter put on a value: ``terms.staff | capitalize_first``."""

    name: str
    operand: Expression
    argument: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Not:
    """``not x``."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Both:
    """``x and y``."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Either:
    """``x or y``."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Compared:
    """``x == y``, ``x in y`` and so on; ``operator`` is Jinja's name (eq, ne, in …)."""

    operator: str
    left: Expression
    right: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Chosen:
    """``x if test else y``."""

    test: Expression
    then: Expression
    otherwise: Expression


Expression: TypeAlias = (
    Path | Constant | Listed | Call | Filtered | Not | Both | Either | Compared | Chosen
)


def parts(expression: Expression) -> Iterator[Expression]:
    """Give an expression and all expressions in it."""
    yield expression
    match expression:
        case Listed(items=items):
            inner: tuple[Expression, ...] = items
        case Filtered(operand=operand) | Not(operand=operand):
            inner = (operand,)
        case Both(left=left, right=right) | Either(left=left, right=right):
            inner = (left, right)
        case Compared(left=left, right=right):
            inner = (left, right)
        case Chosen(test=test, then=then, otherwise=otherwise):
            inner = (test, then, otherwise)
        case _:
            inner = ()
    for part in inner:
        yield from parts(part)


# Templates -------------------------------------------------------------------

SLOT = "slot:"
"""How the name of a slot's ``Value`` begins; its number follows."""

LINK_SLOT = "\U000f0000"
"""The first of the characters that stand for slots in a link's address."""

MOST_SLOTS = 4096
"""How many slots one text may have: as many characters are reserved for them."""


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled text: ``blocks`` of a Markdown text, or the ``inlines`` of a line.

    A condition has neither and one slot. ``faults`` are what is wrong with it: a
    document that prints it must not be written.
    """

    slots: tuple[Expression, ...] = ()
    blocks: Blocks = ()
    inlines: Inlines = ()
    faults: tuple[Diagnostic, ...] = ()
    pictures: tuple[tuple[str, Span], ...] = ()

    @property
    def fixed(self) -> bool:
        """Whether it says the same everywhere, so that there is nothing to fill."""
        return not self.slots and not self.pictures
