"""A copy of the sample with one fault of each kind: just these are found, in their places.

``⟦code⟧`` stands before the character at which a finding is expected.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from checks import looking
from policygen.check import inspect
from policygen.checks.discovery import rules

SAMPLE = Path(__file__).parents[2] / "policy_src"

MARK = re.compile("⟦([a-z-]+)⟧")

NEW = {
    "assets/old-logo.svg": "⟦unused-asset⟧<svg xmlns='http://www.w3.org/2000/svg'/>\n",
    "schools/zelkova-school.yaml": """\
name: Zelkova School
short_name: Zelkova
urn: ⟦duplicate-urn⟧"100002"
closes: ⟦closed-school⟧2026-07-31
telephone: "01632 960900"
email: office@zelkova.example
officers:
  headteacher: {name: G. Person}
  designated_safeguarding_lead: {name: H. Person, telephone: "01632 960901"}
""",
    "schools/new-school.yaml": """\
name: Beechside School
short_name: Beechside
urn: ⟦urn-shape⟧"1234"
opens: ⟦school-not-yet-open⟧2027-09-01
address: [1 Beech Road, Exampleton, ⟦postcode-shape⟧ZZ1 1A]
telephone: ⟦telephone-shape⟧"01632 96021"
email: ⟦email-shape⟧office.beechside.example
website: ⟦website-shape⟧beechside.example
officers:
  headteacher: {name: E. Person}
  designated_safeguarding_lead: {name: J. Person, telephone: "01632 960902"}
  ⟦vacant-office⟧chair_of_governors: {post: Chair of Governors}
  ⟦unused-officer⟧bursar: {name: F. Person}
settings:
  ⟦unneeded-answer⟧school_news: with-permission
policies:
  faults:
""",
    "forms/faults.yaml": """\
title: ⟦form-without-version⟧Form of faults
audience: staff
fields: ⟦form-without-signature⟧⟦form-without-date⟧[name]
""",
    "forms/hard.yaml": """\
title: Hard form
audience: ⟦reading-age⟧pupils
intro: |
  Unauthorised dissemination of inappropriate photographic material necessitates immediate
  notification of the appropriate authorities and subsequent disciplinary investigation.
  Subsequent administrative correspondence communicates individual responsibilities.
fields: [name, signature, date]
""",
    "policies/faults.yaml": """\
title: ⟦no-approver⟧⟦no-reviewer⟧⟦no-review-date⟧Policy on faults
contact: ⟦role-without-officer⟧online_safety_lead
version: "0.1"
control: [title]
sections:
  - heading: Faults of words
    clauses: [faults/first]
  - heading: Faults of law
    clauses: [faults/second]
  - heading: Faults of detail
    clauses: [faults/third]
  - heading: Other ⟦heading-case⟧Faults
    clauses: [faults/fourth, faults/fifth, faults/sixth, faults/seventh, faults/eighth]
appendices:
  - form: hard
""",
    "policies/late.yaml": """\
title: Policy that is late
approver: Trust Board
owner: head_of_people
next_review: ⟦overdue-review⟧2026-10-01
sections:
  - clauses: [faults/late]
""",
    "policies/soon.yaml": """\
title: Policy that is soon due
approver: Trust Board
owner: head_of_people
next_review: ⟦review-due-soon⟧2026-12-31
sections:
  - clauses: [faults/soon]
""",
    "clauses/faults.yaml": """\
title: Faults
clauses:
  ⟦unused-clause⟧nowhere:
    text: |
      Nobody lists this.
  late:
    text: |
      Come late.
  soon:
    text: |
      Come soon.
  first:
    text: |
      Come in.⟦double-space⟧  Sit down. Tell us ⟦placeholder-left⟧TBC about it.

      Look it up at ⟦bare-address⟧https://guidance.example and [⟦vague-link⟧click here](https://guidance.example).

      Come here and stay for a while with us. ⟦repeated-sentence⟧Come here and stay for a while with us.
  second:
    cites: [⟦superseded-cited⟧dpa-1998]
    text: |
      We follow the ⟦superseded-named⟧DPA 1998. We read ⟦old-edition⟧KCSIE 2019 too. We keep to the ⟦outdated-term⟧GDPR.

      Tell the ⟦retired-body⟧LSCB about it. Tell the ⟦inconsistent-term⟧head teacher.
  third:
    text: |
      Write to ⟦email-in-text⟧b.person@fernhill.example or ring ⟦telephone-in-text⟧01632 960001. Ask ⟦name-in-text⟧Mrs Person.

      It lies in ⟦drive-path-in-text⟧S:\\Old\\Forms. The password is ⟦password-in-text⟧Welcome2026 here.

      You must lock it and ⟦must-and-should⟧should tell the office.
  fourth:
    text: |
      Don't put it on ⟦bare-product-name⟧WhatsApp, and don⟦mixed-quotes⟧’t keep it. It is over no⟦missing-full-stop⟧w
  fifth:
    text: |
      Bring these:

      - pens;
      - pape⟦list-punctuation⟧r
      - ink.
  sixth:
    text: |
      ⟦long-sentence⟧You may put your coat on the hook by the door and your bag on the shelf by the wall and your
      hat on the peg by the stair and your shoes on the mat by the step and your book on the
      desk by the lamp.
  seventh:
    text: |
      You must put the kettle on the shelf in the kitchen before you go home in the evening.
  eighth:
    text: ⟦duplicate-clause⟧|
      You must put a kettle on the shelf in the kitchen before you go home in the evening.
""",
}

EDITS = {
    "schools/larkfield-primary.yaml": (
        (
            "      - replace: contact-with-parents/declare-ties\n",
            "      - replace: contact-with-parents/declare-ties\n"
            "        against: ⟦base-moved-on⟧00c0ffee\n",
        ),
        ("  acceptable-use:\n", "  acceptable-use:\n  late:\n  soon:\n"),
    ),
    "settings.yaml": (
        (
            "# Scope, approval and review\n",
            "⟦unused-setting⟧nobody_asks: {question: Why?, type: text, default: so,"
            " recheck: ⟦recheck-passed⟧2026-01-01}\n",
        ),
    ),
    "references.yaml": (
        ("dpa-1998:\n", "⟦unused-reference⟧nobody-cites: {title: Sedition Act 1661}\ndpa-1998:\n"),
    ),
}


def written(source: Path) -> list[tuple[str, int, int, str]]:
    """Write the faulty sample; give where which findings are expected."""
    shutil.copytree(SAMPLE, source)
    files = dict(NEW)
    for name, edits in EDITS.items():
        text = (SAMPLE / name).read_text("utf-8")
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        files[name] = text
    expected = []
    for name, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            plain = ""
            for index, part in enumerate(MARK.split(line)):
                if index % 2:
                    expected.append((name, number, len(plain) + 1, part))
                else:
                    plain += part
        (source / name).write_text(MARK.sub("", text), "utf-8")
    return sorted(expected)


def test_just_the_faults_are_found(tmp_path: Path) -> None:
    expected = written(tmp_path / "source")
    found = inspect(tmp_path / "source", looking.AS_OF).diagnostics
    places = sorted((d.span.path, d.span.line, d.span.column, d.code) for d in found if d.span)
    assert places == expected
    assert {code for *_, code in expected} == set(rules())
