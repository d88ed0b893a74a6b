"""A form without a place to sign or to tick.

Why: A form that nobody signs proves nothing. A tick beside “I agree” will do where it is a
form on a screen or a slip at the desk.

Bad:
    # forms/agreement.yaml
    fields: [name, date]

Good:
    # forms/agreement.yaml
    fields: [name, signature, date]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.forms import kind_of
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each form, at its fields."""
    for form in subject.library.forms.values():
        if not {"signature", "tick"}.intersection(map(kind_of, form.fields)):
            message, hint = (
                "this form has no place to sign",
                "Add `signature` to its `fields:`, or a field of `kind: tick`.",
            )
            span = form.at("fields" if form.fields else "title")
            yield Diagnostic("form-without-signature", message, span, hint, Severity.WARNING)
