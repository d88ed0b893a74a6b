"""Comparisons that can never hold: they would switch a text off without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.context import unknown
from policygen.diagnostics import Diagnostic
from policygen.model.templates import Compared, Constant, Expression, Listed, Path, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.library import Library
    from policygen.model.trust import Setting

_EQUAL = frozenset({"eq", "ne"})
_INSIDE = frozenset({"in", "notin"})


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell comparisons of a setting, a school or an officer with what it can't be."""
    for template in library.templates.values():
        for slot in template.slots:
            for part in parts(slot):
                if isinstance(part, Compared):
                    yield from _compared(library, part)


def _compared(library: Library, part: Compared) -> Iterator[Diagnostic]:
    unread = any(name.startswith("schools/") for name in library.unreadable)
    for side, other in ((part.left, part.right), (part.right, part.left)):
        constants = _constants(other)
        match side:
            case Path(names=("school", "id")) if not unread:
                schools = list(library.schools)
                for constant in constants:
                    if constant.value not in schools:
                        where = f"schools/{constant.value}.yaml"
                        yield unknown("school", str(constant.value), schools, part.span, where)
            case Path(names=("settings", name)) if name in library.settings:
                for constant in constants:
                    if fault := _wrong(name, library.settings[name], constant, part):
                        yield fault
            case Path(names=("officers",)) if part.operator in _INSIDE and not unread:
                known = set(library.trust.officers)
                known = known.union(*(school.officers for school in library.schools.values()))
                for constant in constants:
                    if constant.value not in known:
                        where = "trust.yaml or the school's file under `officers:`"
                        yield unknown("officer", str(constant.value), known, part.span, where)
            case _:
                pass


def _constants(side: Expression) -> tuple[Constant, ...]:
    items = side.items if isinstance(side, Listed) else (side,)
    return tuple(item for item in items if isinstance(item, Constant))


def _wrong(name: str, setting: Setting, constant: Constant, part: Compared) -> Diagnostic | None:
    """Give what is wrong with comparing a setting's answer with a constant."""
    value = constant.value
    match setting.type:
        case "integer" if part.operator in _EQUAL and not isinstance(value, int):
            what, hint = "a whole number", f"Write the number without quotes: {value}"
        case "yes-no" if part.operator in _EQUAL and value not in {True, False, "yes", "no"}:
            what, hint = "yes or no", f"Write the setting alone: settings.{name}"
        case "list" if part.operator in _EQUAL:
            what, hint = "a list", f'Write "{value}" in settings.{name}, all in single quotes.'
        case _:
            return None
    message = f"the setting “{name}” is {what}, which “{value}” never is"
    return Diagnostic("wrong-comparison", message, part.span, hint)
