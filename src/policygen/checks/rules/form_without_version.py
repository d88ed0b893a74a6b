"""A form that doesn't say which version of the rules it is about.

Why: When the rules change, forms signed before are of the old ones. Only the version on them
tells which.

Bad:
    # forms/visitors.yaml
    title: Visitor agreement
    audience: visitors
    declaration: |
      I have read the rules for visitors.
    fields: [name, signature, date]

Good:
    # forms/visitors.yaml
    title: Visitor agreement
    audience: visitors
    declaration: |
      I have read the rules for visitors.
    fields: [name, signature, date]
    # policies/conduct.yaml
    appendices:
      - form: agreement
      - form: visitors
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject

NEEDS_DOCUMENTS = True


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each form whose pages carry no version: that of the policy that prints it stands at
    their foot. A form that only lacks one at schools without that policy is not told."""
    found: dict[str, list[str]] = {}
    versioned = set()
    for target in subject.targets:
        document = target.document
        if target.kind == "form" and document is not None and document.version:
            versioned.add(target.id)
        elif target.kind == "form" and document is not None:
            found.setdefault(target.id, []).append(target.name)
    for form_id, documents in found.items():
        if form_id not in versioned and not _speaks_of_one(subject, form_id):
            message = "the pages of this form carry no version"
            hint = "List it under `appendices:` of a policy that has a `version:`."
            span = subject.library.forms[form_id].at("title")
            yield Diagnostic(
                "form-without-version",
                message,
                span,
                hint,
                Severity.WARNING,
                documents=tuple(documents),
            )


def _speaks_of_one(subject: Subject, form_id: str) -> bool:
    """Whether a form's own words say which version they are about."""
    mine = (w for w in subject.prose.writings if w.owner == f"forms/{form_id}")
    return any("ersion" in passage.words for w in mine for passage in w.passages.passages)
