"""A form that asks for a higher reading age than those who sign it can be expected to have.

Why: a signature means that somebody knew what they signed. The limit is 9 for pupils in
primary and special schools and wherever the phase is not known, 11 in secondary schools, 11
for families, and 14 for adults; the measure is that of Flesch and Kincaid.

Bad:
    # forms/agreement.yaml
    title: Pupil agreement
    audience: pupils
    intro: |
      Unauthorised dissemination of inappropriate photographic material necessitates immediate
      notification of the appropriate authorities and subsequent disciplinary investigation.
    fields: [name, signature, date]

Good:
    # forms/agreement.yaml
    title: Pupil agreement
    audience: pupils
    intro: |
      Do not share pictures of people who have not said yes. If you see such a picture, tell
      an adult you trust. We will help you.
    fields: [name, signature, date]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.reading import Reading, prose, reading_of
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policygen.checks.subject import Subject
    from policygen.document import Document
    from policygen.model.forms import Form

ADULTS = 14.0
FAMILIES = 11.0
PUPILS = 9.0

OLDEST = 18
"""Where the measure stops to be an age."""

_OF_PHASE: Mapping[str | None, float] = {
    "secondary": 11.0,
    "all-through": 11.0,
    "alternative": 11.0,
    "sixth-form": ADULTS,
}
"""The limit for pupils where they are older: the age at which key stage 3 begins."""

FEWEST_WORDS = 20
"""A form with fewer says too little to be measured."""

_PUPIL_WORDS = ("pupil", "student", "learner", "child")
_FAMILY_WORDS = ("parent", "carer", "famil", "guardian")

NEEDS_DOCUMENTS = True


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each form, measured as the first school of each phase prints it."""
    library = subject.library
    worst: dict[str, tuple[float, Diagnostic]] = {}
    for form_id, phase, document in _printed(subject):
        form = library.forms[form_id]
        texts = list(prose(document.blocks))
        reading = sum(map(reading_of, texts), Reading())
        most = limit(form, phase)
        over = reading.age - most
        if reading.words < FEWEST_WORDS or over <= worst.get(form_id, (0.0,))[0]:
            continue
        hardest = max(texts, key=lambda text: (reading_of(text).age, text))
        age = f"{reading.age:g}" if reading.age < OLDEST else f"more than {OLDEST}"
        message = f"this form needs a reading age of {age}; {_who(form)} have {most:g}"
        hint = f"Use shorter sentences and words, first in “{_shortened(hardest)}”."
        span = form.audience[0].span if form.audience else form.title.span
        found = Diagnostic("reading-age", message, span, hint, Severity.WARNING)
        worst[form_id] = (over, found)
    yield from (found for _, found in worst.values())


def limit(form: Form, phase: str | None) -> float:
    """Give the highest reading age a form's signatories should need at a school of a phase."""
    if _speaks_of(form, _PUPIL_WORDS):
        return _OF_PHASE.get(phase, PUPILS)
    return FAMILIES if _speaks_of(form, _FAMILY_WORDS) else ADULTS


def _printed(subject: Subject) -> Iterator[tuple[str, str | None, Document]]:
    """Give each form as the first school of each phase prints it."""
    seen = set()
    for target in subject.targets:
        school = subject.library.schools.get(target.school_id or "")
        phase = school.phase if school else None
        key = (target.id, phase)
        if target.kind == "form" and target.document and key not in seen:
            seen.add(key)
            yield target.id, phase, target.document


def _speaks_of(form: Form, words: Iterable[str]) -> bool:
    """Whether an audience is named by one of some words, or by the term that prints it."""
    return any(word in line.lower() for line in form.audience for word in words)


def _who(form: Form) -> str:
    if _speaks_of(form, _PUPIL_WORDS):
        return "its pupils"
    return "families" if _speaks_of(form, _FAMILY_WORDS) else "adults"


_LONGEST_SHOWN = 60


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_SHOWN:
        return text
    return f"{text[:_LONGEST_SHOWN].rsplit(' ', 1)[0]} …"
