"""An e-mail address that can't be one.

Why: Whoever reports a concern to it gets no answer, and thinks that nobody cares.

Bad:
    # schools/alder.yaml
    email: office.alder.example

Good:
    # schools/alder.yaml
    email: office@alder.example
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.contacts import contacts
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+\Z")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each of the trust, of schools and of officers."""
    for address in contacts(subject.library, "email"):
        if not _EMAIL.match(address):
            message = f"“{address}” is no e-mail address"
            hint = "Write one address, as office@alder.example."
            yield Diagnostic("email-shape", message, address.span, hint, Severity.WARNING)
