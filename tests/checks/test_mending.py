"""What `--fix` makes of texts: the fault is gone, the rest stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import looking
from policygen.checks.editing import edited

if TYPE_CHECKING:
    from pathlib import Path

PATH = "clauses/conduct.yaml"

BEFORE = """\
# a comment that stays
title: Conduct
clauses:
  courtesy:
    heading: Head teacher's list   # and another
    text: |
      The head teacher must tell students.  A student's GDPR data isn’t ours, it's theirs. An
      academy has it. E-safety and DfES rules matter in an Industrial Tribunal

      Students must not share

      - passwords;
      - pictures
      - **keys**;
      - [links](https://guidance.example)
  folded:
    text: >
      The head teacher  must ask,
      and don’t tell {{ terms.pupils }}.

      Tell the head teacher's office
  quoted:
    text: "The head teacher says \\"stop\\"  to parents/carers, it isn’t \\u00e9asy"
  single:
    text: 'Don''t  share it, it isn’t ours'
  plain:
    text: It isn’t the head teacher  who says GDPR
  phones:
    cites: [kcsie]
    text: |
      You may use your own phone {{ settings.phones }}. It's yours, isn't it? It's fine.
"""

AFTER = """\
# a comment that stays
title: Conduct
clauses:
  courtesy:
    heading: Head teacher's list   # and another
    text: |
      The {{ terms.headteacher }} must tell {{ terms.pupils }}. \
{{ terms.pupils.one | a | capitalize_first }}'s UK GDPR data isn't ours, it's theirs. An
      academy has it. Online safety and DfE rules matter in an Employment Tribunal.

      {{ terms.pupils | capitalize_first }} must not share:

      - passwords;
      - pictures;
      - **keys**;
      - [links](https://guidance.example).
  folded:
    text: >
      The {{ terms.headteacher }} must ask,
      and don't tell {{ terms.pupils }}.

      Tell the {{ terms.headteacher }}'s office.
  quoted:
    text: "The {{ terms.headteacher }} says \\"stop\\" to {{ terms.parents }}, it isn't \\u00e9asy."
  single:
    text: 'Don''t share it, it isn''t ours.'
  plain:
    text: It isn't the head teacher who says UK GDPR.
  phones:
    cites: [kcsie]
    text: |
      You may use your own phone {{ settings.phones }}. It's yours, isn't it? It's fine.
"""

LEFT = {"inconsistent-term"}
"""A word at the end of a line, and those where YAML would need quotes round the text."""


def test_what_is_mechanical_is_mended_in_every_kind_of_text(tmp_path: Path) -> None:
    source = looking.example(f"# {PATH}\n{BEFORE}", tmp_path / "source")
    (source / PATH).write_text(BEFORE, "utf-8")
    found = [d for d in looking.found(source) if d.span and d.span.path == PATH]
    fixes = [finding.fix for finding in found if finding.fix is not None]
    mended = edited(BEFORE, PATH, fixes)
    assert mended.text == AFTER
    assert mended.fixes == len(fixes)
    (source / PATH).write_text(mended.text, "utf-8")
    left = [d for d in looking.found(source) if d.span and d.span.path == PATH]
    wording = {d.code for d in left} - {"unused-clause"}
    assert wording == LEFT
    assert not any(d.fix for d in left)
