"""The rules there are: the modules of ``rules/``."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from policygen.checks import rules as package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, its docstring, its function, and whether that looks at the assembled
    documents: all others need the library only."""

    code: str
    doc: str
    check: Callable[[Subject], Iterator[Diagnostic]]
    needs_documents: bool


def _needs_documents(module: ModuleType) -> bool:
    return getattr(module, "NEEDS_DOCUMENTS", False)


@functools.cache
def rules() -> Mapping[str, Rule]:
    """Give the rules by code, in the order of the codes."""
    found: dict[str, Rule] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        module = importlib.import_module(f"{package.__name__}.{name}")
        code = name.replace("_", "-")
        found[code] = Rule(code, module.__doc__ or "", module.check, _needs_documents(module))
    return MappingProxyType(found)
