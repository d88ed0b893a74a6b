"""A website that can't be one.

Why: It is printed as a link, and a link without https:// leads nowhere.

Bad:
    # schools/alder.yaml
    website: www.alder.example

Good:
    # schools/alder.yaml
    website: https://www.alder.example
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.contacts import contacts
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


_WEBSITE = re.compile(r"https?://[^\s/:@]+(?:\.[^\s/:@.]+)+(?::\d+)?(?:[/?#]\S*)?\Z", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each of the trust, of schools and of officers."""
    for address in contacts(subject.library, "website"):
        if not _WEBSITE.match(address):
            message = f"“{address}” is no address of a website"
            hint = f"Write it in full: https://{address.partition('//')[2] or address}"
            yield Diagnostic("website-shape", message, address.span, hint, Severity.WARNING)
