"""Expressions evaluated: the value of what stands inside ``{{ }}`` and behind ``when:``."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import get_args

from policygen.assemble.context import (
    Absent,
    ChoiceValue,
    Context,
    Found,
    Names,
    OfficerValue,
    TermValue,
    Worded,
    YesNo,
    unknown,
)
from policygen.assemble.names import lookup
from policygen.assemble.wording import capitalize_first, day_in_words, with_article
from policygen.diagnostics import Diagnostic, Span
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
from policygen.model.texts import Line, Month, parse_date
from policygen.model.trust import Phase


@dataclass(slots=True)
class Evaluator(ABC):
    """Evaluates expressions in a context and notes faults; what needs texts filled is
    left to the filler."""

    context: Context
    faults: list[Diagnostic] = field(default_factory=list)

    @abstractmethod
    def text(self, value: Found) -> str:
        """Put a value into words."""

    @abstractmethod
    def called(self, call: Call) -> Found:
        """Give the words of a function where they are compared or filtered."""

    def value(self, expression: Expression) -> Found:
        """Give the value of an expression."""
        match expression:
            case Constant(value=value):
                return value
            case Listed(items=items):
                return tuple(self.text(self.value(item)) for item in items)
            case Path(names=names, span=span):
                return lookup(self.context, names, span)
            case Call():
                return self.called(expression)
            case Filtered():
                return self._filtered(expression)
            case Not(operand=operand):
                return not self.truth(self.value(operand))
            case Both(left=left, right=right):
                return self.truth(self.value(left)) and self.truth(self.value(right))
            case Either(left=left, right=right):
                return self.truth(self.value(left)) or self.truth(self.value(right))
            case Compared():
                return self._compared(expression)
            case Chosen(test=test, then=then, otherwise=otherwise):
                return self.value(then if self.truth(self.value(test)) else otherwise)

    def _filtered(self, expression: Filtered) -> Found:
        if isinstance(expression.operand, Call) and expression.operand.function == "ref":
            message = f"the filter “{expression.name}” can't be put on a reference"
            hint = "Take the filter away; ref(…) prints a number or a heading."
            return Absent(Diagnostic("wrong-filter", message, expression.span, hint))
        found = self.value(expression.operand)
        if isinstance(found, Absent):
            return found
        match expression.name:
            case "date":
                if not isinstance(found, dt.date | Month):
                    message = "the filter “date” wants a date"
                    hint = "Take the filter away, or name a date."
                    return Absent(Diagnostic("wrong-filter", message, expression.span, hint))
                return day_in_words(found)
            case "listing":
                return self.text(found)
            case "capitalize_first":
                return capitalize_first(self.text(found))
            case _:
                return with_article(self.text(found))

    def truth(self, value: Found) -> bool:
        """Whether a value counts as true; what is not there does not."""
        match value:
            case Absent(why=why):
                if why.code.startswith("unknown") or why.code in {
                    "bad-answer",
                    "unanswered-setting",
                }:
                    self.faults.append(why)
                return False
            case YesNo(yes=yes):
                return yes
            case OfficerValue() | ChoiceValue() | TermValue() | Worded() | Names():
                return True
            case dt.date() | Month():
                return True
            case _:
                return bool(value)

    def _compared(self, expression: Compared) -> bool:
        left, right = self.value(expression.left), self.value(expression.right)
        for side in (left, right):
            self.truth(side)
        if isinstance(left, Absent) or isinstance(right, Absent):
            return expression.operator in {"ne", "notin"}
        self._check_possible(expression.left, left, expression.right, expression.span)
        self._check_possible(expression.right, right, expression.left, expression.span)
        if isinstance(left, YesNo) and right in {"yes", "no"}:
            right = right == "yes"
        match expression.operator:
            case "eq" | "ne":
                same = self._comparable(left) == self._comparable(right)
                return same == (expression.operator == "eq")
            case "in" | "notin":
                found = self._comparable(left) in self._members(right)
                return found == (expression.operator == "in")
            case operator:
                return self._ordered(operator, left, right, expression.span)

    def _check_possible(
        self, side: Expression, value: Found, other: Expression, span: Span
    ) -> None:
        """Tell a comparison with a word the value can never be."""
        if isinstance(value, ChoiceValue):
            known = tuple(self.context.library.settings[value.setting].choices or ())
            kind, of, where = "choice", f" of the setting “{value.setting}”", "settings.yaml"
        elif isinstance(side, Path) and side.names == ("school", "phase"):
            known, kind, of, where = get_args(Phase), "phase", "", ""
        else:
            return
        for item in other.items if isinstance(other, Listed) else (other,):
            if isinstance(item, Constant) and item.value not in known:
                self.faults.append(unknown(kind, str(item.value), known, span, where, of=of))

    def _ordered(self, operator: str, left: Found, right: Found, span: Span) -> bool:
        a, b = self._comparable(left), self._comparable(right)
        if isinstance(a, str) and isinstance(b, dt.date | Month):
            a = parse_date(a) or a
        if isinstance(b, str) and isinstance(a, dt.date | Month):
            b = parse_date(b) or b
        a = a.last_day if isinstance(a, Month) else a
        b = b.last_day if isinstance(b, Month) else b
        both = (
            (isinstance(a, int) and isinstance(b, int))
            or (isinstance(a, dt.date) and isinstance(b, dt.date))
            or (isinstance(a, str) and isinstance(b, str))
        )
        if not both:
            message = "these two can't be compared with < or >"
            hint = "Compare numbers with numbers and dates with dates."
            self.faults.append(Diagnostic("wrong-comparison", message, span, hint))
            return False
        order = {"lt": a < b, "lteq": a <= b, "gt": a > b, "gteq": a >= b}  # type: ignore[operator]
        return bool(order[operator])

    def _comparable(self, value: Found) -> object:
        """Give what a value is compared by: a choice by its id."""
        match value:
            case ChoiceValue(id=id_) | Worded(id=id_):
                return id_
            case YesNo(yes=yes):
                return yes
            case Line() | TermValue() | OfficerValue():
                return self.text(value)
            case tuple():
                return tuple(self._comparable(item) for item in value)
            case _:
                return value

    def _members(self, value: Found) -> tuple[object, ...] | frozenset[str] | str:
        match value:
            case Names(present=present):
                return present
            case tuple():
                return tuple(self._comparable(item) for item in value)
            case _:
                return self.text(value)


def name_of(expression: Expression) -> str:
    """Give the name by which a value goes: its path, with the filters put on it."""
    match expression:
        case Path(names=names):
            return ".".join(names)
        case Call(function=function, argument=argument):
            return f"{function}.{argument}"
        case Filtered(operand=operand, name=name):
            return f"{name_of(operand)}|{name}"
        case Constant(value=value):
            return repr(value)
        case _:
            return "expression"


def span_of(expression: Expression) -> Span:
    """Give the place of an expression, of its first name where it has several."""
    match expression:
        case Path(span=span) | Call(span=span) | Filtered(span=span) | Compared(span=span):
            return span
        case Not(operand=operand):
            return span_of(operand)
        case Both(left=left, right=right) | Either(left=left, right=right):
            return next((s for s in map(span_of, (left, right)) if s.path), Span(""))
        case _:
            return Span("")
