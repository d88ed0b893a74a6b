"""An e-mail address typed into a text.

Why: a mailbox belongs to a person or a school, and both change. An address that was somebody's
goes on being printed for every school after they have left.

Bad:
    text: |
      Write to b.person@alder.example about any concern.

Good:
    text: |
      Write to {{ officers.headteacher.name }} about any concern.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import warning
from policygen.checks.officers import holders, posts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic
    from policygen.model.library import Library

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PUBLIC = frozenset({"report@phishing.gov.uk"})
"""Addresses of national services, which belong to nobody's post."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each address, in words or behind a link."""
    known: dict[str, str] = {}
    for _, passage in subject.prose.passages:
        found = [(*match.span(), match[0]) for match in _ADDRESS.finditer(passage.words)]
        for link in passage.links:
            behind = _ADDRESS.search(link.target)
            shown = any(link.start <= start < link.end for start, _, _ in found)
            if behind and not shown:
                found.append((link.start, link.end, behind[0]))
        if found and not known:
            known = _known(subject.library)
        for start, end, address in found:
            if address.lower() in _PUBLIC:
                continue
            message = f"the e-mail address “{address}” is typed here"
            hint = "Give it to an officer (`email:`) and write {{ officers.… .email }}."
            if value := known.get(address.lower()):
                hint = f"Write {{{{ {value} }}}}."
            yield warning("email-in-text", (passage, start, end), message, hint)


def _known(library: Library) -> dict[str, str]:
    """Give the addresses that the sources hold, with what prints them."""
    found: dict[str, str] = {}
    for post, officer in posts(library):
        found.setdefault(str(officer.email or "").lower(), f"officers.{post}.email")
    for holder in holders(library):
        kind = "trust" if holder is library.trust else "school"
        found.setdefault(str(holder.email or "").lower(), f"{kind}.email")
    found.pop("", None)
    return found
