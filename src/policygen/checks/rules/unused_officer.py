"""An officer whom no text, form or table names.

Why: Names of people are to be kept only where they are needed, and a name that is never
printed is never seen to be out of date.

Bad:
    # schools/alder.yaml
    officers:
      headteacher: {name: B. Person, post: Headteacher}
      site_manager: {name: C. Person}

Good:
    # schools/alder.yaml
    officers:
      headteacher: {name: B. Person, post: Headteacher}
      site_manager: {name: C. Person}
    # policies/conduct.yaml
    sign_off: [headteacher, site_manager, date]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each at its name, of the trust and of each school."""
    library, named = subject.library, subject.named
    if library.unreadable or named.all_officers:
        return
    for officers in (library.trust.officers, *(s.officers for s in library.schools.values())):
        for name in officers:
            if name not in named.officers:
                message = f"nothing names the officer “{name}”"
                hint = f"Name them with {{{{ officers.{name}.name }}}}, or take them out."
                yield Diagnostic("unused-officer", message, name.span, hint, Severity.WARNING)
