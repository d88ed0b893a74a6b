"""A generated trust: the sample's clause library, two policies of ten pages, N schools."""

from __future__ import annotations

import shutil
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
SAMPLE = CHECKOUT / "policy_src"
POLICIES = Path(__file__).parent / "policies"

FORMATS = ("html", "pdf", "docx")
AS_OF = "2026-11-16"

_WHOLE = ("settings.yaml", "references.yaml", "clauses", "assets", "trust.yaml")
"""What is taken from the sample as it is."""

_FIRST = ("Amber", "Bryony", "Clover", "Damson", "Elder", "Fennel", "Gorse", "Hazel", "Iris")
_SECOND = ("Bank", "Brook", "Down", "Field", "Gate", "Hill", "Mead", "Park", "Rise", "Well")
_KINDS = ("Primary School", "Community Academy", "High School", "Church of England School")
_PHASES = ("primary", "all-through", "secondary", "primary")


def make_trust(folder: Path, schools: int) -> Path:
    """Write the sources of a trust with so many schools into a new folder; give it."""
    folder.mkdir(parents=True)
    for name in _WHOLE:
        source = SAMPLE / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    shutil.copytree(POLICIES, folder / "policies")
    (folder / "schools").mkdir()
    for number in range(schools):
        (folder / "schools" / f"{school_id(number)}.yaml").write_text(school(number), "utf-8")
    return folder


def school_id(number: int) -> str:
    """Give the id of a school, of which there may be thousands."""
    return f"school-{number:04}"


def school(number: int, headteacher: str = "") -> str:
    """Give the file of a school; each has a name, people and answers of its own."""
    first, second = _FIRST[number % 9], _SECOND[number // 9 % 10]
    short = f"{first} {second}" + (f" {number // 90 + 1}" if number >= 90 else "")
    host = f"s{number:04}.example"
    pouch = ("locked-pouch", "not-brought")[number % 2]
    return f"""\
name: {short} {_KINDS[number % 4]}
short_name: {short}
urn: "{200000 + number}"
phase: {_PHASES[number % 4]}
type: academy
address: [{number + 1} School Lane, Exampleton, ZZ1 1AA]
telephone: "01632 {960000 + number % 1000}"
email: office@{host}
website: https://{host}
local_authority: Exampleshire
officers:
  headteacher: {{name: {headteacher or f"H. Head {number}"}, post: Headteacher, email: head@{host}}}
  designated_safeguarding_lead: {{name: S. Lead {number}, post: Deputy Head, email: dsl@{host}}}
  deputy_safeguarding_lead: {{name: D. Deputy {number}, post: Inclusion Lead}}
  online_safety_lead: {{name: O. Lead {number}, post: Teacher, email: online@{host}}}
  chair_of_governors: {{name: C. Chair {number}, post: Chair of Governors}}
  lado: {{name: Exampleshire LADO desk, post: Local authority designated officer}}
settings:
  pupil_phones: {pouch}
  platforms_in_use: [Facebook]
  official_posting: class-pages
  employer_on_profile: tell-head
policies:
  conduct: {{adopted: 2026-11-{1 + number % 28:02}}}
  acceptable-use: {{adopted: 2026-11-{1 + number % 28:02}}}
"""
