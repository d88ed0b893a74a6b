"""A file in `assets/` that nothing prints.

Why: It is often the old logo, and the next person takes it for the one to use. A picture may
also show people who agreed to its being printed once, and not to its being kept.

Bad:
    # assets/old-logo.svg
    <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>

Good:
    # assets/logo.svg
    <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>
    # trust.yaml
    logo: assets/logo.svg
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


_BESIDE = (".md", ".txt", ".license")
"""How files end that say something of the others."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each file; notes and licences beside the pictures, and hidden files, are none."""
    library = subject.library
    if library.unreadable:
        return
    used = {*library.assets, str(library.trust.word_template)}
    for path in subject.assets:
        name = path.rpartition("/")[2].lower()
        beside = name.startswith(".") or name.endswith(_BESIDE) or "licen" in name
        if path not in used and not beside:
            message = "nothing prints this file"
            hint = "Name it as a `logo:` or in a text, or delete it."
            yield Diagnostic("unused-asset", message, Span(path), hint, Severity.WARNING)
