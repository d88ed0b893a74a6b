"""A text that names a law or guidance which is no longer in force.

Why: Readers look it up, find that it is gone, and doubt the rest. Typed names are forgotten
when the register of references is brought up to date.

Bad:
    # references.yaml
    ripa:
      title: Regulation of Investigatory Powers Act 2000
      status: repealed
      aliases: [RIPA]
    # clauses/conduct.yaml
    clauses:
      phones:
        cites: [kcsie]
        text: |
          You may use your own phone {{ settings.phones }}. Monitoring follows RIPA.

Good:
    # references.yaml
    ripa:
      title: Regulation of Investigatory Powers Act 2000
      status: repealed
      aliases: [RIPA]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.checks.laws import is_over, what_came_after
from policygen.checks.mending import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each place where its title or an alias is typed."""
    library = subject.library
    for writing in subject.prose.writings:
        if writing.owner.startswith("references/"):
            continue
        for passage in writing.passages.passages:
            for mention in subject.laws.mentions(passage):
                reference = library.references.get(mention.reference_id)
                if mention.cited or not reference or not is_over(reference, subject.as_of):
                    continue
                named = " ".join(passage.words[mention.start : mention.end].split())
                after = what_came_after(library, reference)
                message = f"“{named}” is no longer in force"
                hint = f"Name {after}." if after else "Name what is in force in its place."
                hint = f"{hint} With {{{{ cite(…) }}}} the register keeps it up to date."
                start, end = mention.start, mention.end
                yield warning("superseded-named", (passage, start, end), message, hint)
