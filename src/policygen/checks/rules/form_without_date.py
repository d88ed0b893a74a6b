"""A form without a place for the date.

Why: An agreement counts from a day. Without one nobody can say which version of the rules was
agreed to, or whether it is time to ask again.

Bad:
    # forms/agreement.yaml
    fields: [name, signature]

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
        if not {"date"}.intersection(map(kind_of, form.fields)):
            message, hint = "this form has no place for the date", "Add `date` to its `fields:`."
            span = form.at("fields" if form.fields else "title")
            yield Diagnostic("form-without-date", message, span, hint, Severity.WARNING)
