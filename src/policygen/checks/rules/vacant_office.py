"""An officer without a name.

Why: Documents print the post with nobody behind it, and who looks for the right person finds
none. Where a post is vacant, somebody acts for it.

Bad:
    # schools/alder.yaml
    officers:
      headteacher: {name: "", post: Headteacher}

Good:
    # schools/alder.yaml
    officers:
      headteacher: {name: C. Person, post: Acting Headteacher}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each officer of the trust and of the schools that has a post and no name."""
    library = subject.library
    for officers in (library.trust.officers, *(s.officers for s in library.schools.values())):
        for name, officer in officers.items():
            if not (officer.name or "").strip():
                message = f"nobody is named as “{name}”"
                hint = "Write `name:` with who holds the post, or acts for it."
                yield Diagnostic("vacant-office", message, name.span, hint, Severity.WARNING)
