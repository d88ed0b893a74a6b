"""A setting that no text and no condition asks for.

Why: Somebody takes the decision, and the documents say the same whatever it is.

Bad:
    # settings.yaml
    sixth_form_phones:
      question: When may the sixth form use their phones?
      type: text
      default: in the common room

Good:
    # settings.yaml
    sixth_form_phones:
      question: When may the sixth form use their phones?
      type: text
      default: in the common room
    # clauses/conduct.yaml
    clauses:
      phones:
        cites: [kcsie]
        text: |
          You may use your own phone {{ settings.phones }}. The sixth form may use theirs
          {{ settings.sixth_form_phones }}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.places import key_of
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each at its name."""
    library, named = subject.library, subject.named
    if library.unreadable or named.all_settings:
        return
    for name, setting in library.settings.items():
        if name not in named.settings:
            span = key_of(setting.span, name, subject.texts)
            message = f"nothing asks for the setting “{name}”"
            hint = f"Print it with {{{{ settings.{name} }}}}, choose by it, or take it out."
            yield Diagnostic("unused-setting", message, span, hint, Severity.WARNING)
