"""A postcode that can't be one.

Why: An O for a nought or a lost letter sends letters, parents and ambulances elsewhere.

Bad:
    # schools/alder.yaml
    address: [1 Example Road, Exampletown, EX1 2M]

Good:
    # schools/alder.yaml
    address: [1 Example Road, Exampletown, EX1 2MP]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


_LIKE = re.compile(
    r"(?:^|[\s,])(?P<code>[A-Za-z]{1,2}[0-9OI][0-9A-Za-z]?\s*[0-9OIL][A-Za-z0-9]{0,3})\Z"
)
_POSTCODE = re.compile(r"(?:GIR 0AA|[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2})\Z")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell what looks like a postcode at the end of an address and has not the form of one."""
    library = subject.library
    addresses = (library.trust.address, *(s.address for s in library.schools.values()))
    for address in addresses:
        for line in address[-2:]:
            match = _LIKE.search(line)
            if match and not _POSTCODE.match(match["code"]):
                message = f"“{match['code']}” is no postcode"
                hint = "Write it in capitals with one space, as EX1 2MP."
                span = line.at(match.start("code"), len(match["code"]))
                yield Diagnostic("postcode-shape", message, span, hint, Severity.WARNING)
