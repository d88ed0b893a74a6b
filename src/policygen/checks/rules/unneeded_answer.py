"""An answer to a setting that no document of that school or policy asks for.

Why: Whoever answered believes that it changes something. Often a policy has stopped asking,
or the answer belongs to another school.

Bad:
    # settings.yaml
    wifi:
      question: May visitors use the network?
      type: yes-no
      default: no
    # clauses/guests.yaml
    title: Guests
    clauses:
      wifi:
        when: settings.wifi
        text: |
          Guests may use the network.
    # policies/guests.yaml
    title: Guest Policy
    version: "1.0"
    owner: data_protection_officer
    approver: Trust Board
    next_review: 2027-10-01
    sections:
      - heading: Rules
        clauses: [guests]
    # schools/alder.yaml
    settings: {wifi: yes}

Good:
    # schools/alder.yaml
    settings: {phones: locked-away}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell answers of schools, and answers that a policy or a school's entry for it gives.

    What nothing at all asks for is told where the setting stands.
    """
    library, uses = subject.library, subject.uses
    if library.unreadable:
        return
    asked = subject.named.settings
    for school_id, school in library.schools.items():
        listed = [str(policy_id) for policy_id in school.policies]
        layers = [(school.settings, listed, f"no document of {school.short_name or school.name}")]
        for policy_id, entry in school.policies.items():
            layers.append((entry.settings, [str(policy_id)], f"“{policy_id}” never"))
        for answers, policies, who in layers:
            wanted = uses.settings_of(school_id, policies) if answers else None
            if wanted is None:
                continue
            for name in answers:
                if name in library.settings and name in asked and name not in wanted:
                    message = f"{who} asks for the setting “{name}”, which is answered here"
                    hint = "Take the answer out, or give it where a document asks for it."
                    span = answers[name].name_at
                    yield Diagnostic("unneeded-answer", message, span, hint, Severity.WARNING)
