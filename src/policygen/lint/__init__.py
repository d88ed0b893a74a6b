"""Rules over a whole library: what no single document would tell.

Each rule is a function from a ``Library`` to diagnostics. What a document meets while
it is assembled is told there; these look at everything, printed or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.lint import (
    amendments,
    answers,
    approvals,
    choices,
    colours,
    conditions,
    links,
    names,
    officers,
    outlines,
    references,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policygen.diagnostics import Diagnostic
    from policygen.model.library import Library

RULES: tuple[Callable[[Library], Iterator[Diagnostic]], ...] = (
    amendments.check,
    answers.check,
    approvals.check,
    choices.check,
    colours.check,
    conditions.check,
    links.check,
    names.check,
    officers.check,
    outlines.check,
    references.check,
)
"""The rules, in no order that matters."""


def lint(library: Library) -> list[Diagnostic]:
    """Give the findings of all rules."""
    return [finding for rule in RULES for finding in rule(library)]
