"""Sessions of editing the sample's sources, and the reports of what each changed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from acceptance.programs import ROOT
from acceptance.sample import PRINTED, Paper, Printed
from policygen.diff import differences, files
from policygen.review.report import as_document

if TYPE_CHECKING:
    from policygen.document import Document

SOURCE = ROOT / "policy_src"


@dataclass(frozen=True)
class Session:
    """What was done to the sources: files made or removed, and of others these words, which a
    file holds just once, put in place of those."""

    edits: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()

    def __or__(self, other: Session) -> Session:
        edits = {
            name: (*self.edits.get(name, ()), *other.edits.get(name, ()))
            for name in (*self.edits, *other.edits)
        }
        return Session(edits, {**self.made, **other.made}, (*self.removed, *other.removed))

    def do(self, folder: Path) -> None:
        """Edit the sources in a folder."""
        for name, pairs in self.edits.items():
            text = (folder / name).read_text(encoding="utf-8")
            for old, new in pairs:
                assert text.count(old) == 1, f"{name}: {old}"
                text = text.replace(old, new)
            (folder / name).write_text(text, encoding="utf-8")
        for name, text in self.made.items():
            (folder / name).write_text(text, encoding="utf-8")
        for name in self.removed:
            (folder / name).unlink()


REWORDED = Session(
    {"clauses/message-groups.yaml": (("on their last day,", "by the end of the day they leave,"),)}
)

NEW_SECTION = Session(
    {
        "policies/social-media.yaml": (
            (
                "  - heading: Message groups\n",
                """\
  - heading: Sharing a screen
    id: sharing-a-screen
    clauses: [screens]
  - heading: Message groups
""",
            ),
        ),
    },
    {
        "clauses/screens.yaml": """\
title: Sharing a screen
clauses:
  close-first:
    heading: Close what others should not see
    text: |
      {{ terms.staff | capitalize_first }} must close these before they share a screen:

      - mail and messages
      - registers and other lists of {{ terms.pupils }}
      - personal accounts.
  notices:
    heading: Notices
    text: |
      {{ terms.staff | capitalize_first }} should turn off notices before a meeting.

      | Device | Where the switch is |
      |---|---|
      | Laptop | Settings, then Notifications |
      | Tablet | Control Centre, then Focus |
"""
    },
)

DATA = Session(
    {
        "schools/thornmoor-academy.yaml": (
            ("name: Zahra El-Amin,", "name: Dr Ottoline Brânză-Wainwright,"),
            ("quiet_hours: 7 pm and 8 am", "quiet_hours: 6 pm and 7.30 am"),
            ("pupil_phones: locked-pouch", "pupil_phones: handed-in"),
        ),
        "policies/social-media.yaml": (
            ('version: "3.0"\nlevel', 'version: "3.1"\nlevel'),
            (
                "\nlinked:\n",
                """\
  - {version: "3.1", date: 2027-02-08, summary: Quiet hours and names, material: true}

linked:
""",
            ),
        ),
    }
)

RULES = Session(
    {
        "clauses/definitions.yaml": (
            ("- threats, insults and rumours", "- threats, insults, rumours and cruel silence"),
            ("      - shutting somebody out of a group on purpose\n", ""),
            (
                "the trust, with approval. |\n",
                """\
the trust. It has approval, and two people look after it. |
      | **Story** | A post that disappears after a day. |
""",
            ),
            (
                """\
      | **Online abuse** | Messages, posts, pictures or fakes that bully, \
threaten, harass or shame someone. |
""",
                "",
            ),
            ("draws, speaks or decides", "draws, speaks, plans or decides"),
        ),
        "clauses/first-hour.yaml": (
            ("or groups.\n      4. Ring", "or groups.\n      4. Breathe.\n      5. Ring"),
            ("      5. Report the content", "      6. Report the content in the app"),
            ("      6. Change your password if", "      7. Change your passwords if"),
            ("      7. Ask for support.", "      8. Ask a friend for support."),
            ("         - Do not pass it to friends or groups.\n", ""),
            ("names one person who keeps in touch", "names two people who keep in touch"),
        ),
        "clauses/use.yaml": (
            ("- gamble, or buy or sell", "- gamble\n      - mine currencies\n      - buy or sell"),
        ),
        "clauses/concerns.yaml": (
            ("Nobody gets into trouble for an honest report.", "Nobody is blamed for it."),
        ),
        "clauses/wikis.yaml": (
            ("heading: Neutral edits", "heading: Neutral and sourced edits"),
            (
                "must have written permission from the\n",
                "leave entries about us to others, and tell of faults in them to the\n",
            ),
            (
                "before they create or change an entry about the {{ terms.school }},\n",
                "or the head of communications. Neither writes it\n",
            ),
            (
                "the trust or its people. The same goes for what an entry about themselves says",
                "themselves: they ask the editors. Nobody may pay for an entry that speaks",
            ),
        ),
        "clauses/breaches.yaml": (
            ("right to see the case and answer it,", "right to see the case first, to answer it,"),
            ("or someone they work with, to", "a lay companion or someone they work with to"),
        ),
        "clauses/pupils-online.yaml": (
            ("heading: Shared devices", "heading: Devices that are shared"),
        ),
    }
)

POLICIES = Session(
    {
        "policies/social-media.yaml": (
            ("          - outside-interests/elections\n", ""),
            ("          - own-accounts/likes-and-follows\n", ""),
            (
                "          - own-accounts/courtesy\n",
                "          - own-accounts/likes-and-follows\n          - own-accounts/courtesy\n",
            ),
            ("heading: Speaking for us\n", "heading: Speaking for the trust\n"),
            ("next_review: 2027-10-01", "next_review: 2028-01-10"),
            ("  - Whistleblowing Policy\n", "  - Whistleblowing Policy\n  - Travel Policy\n"),
        ),
        "policies/acceptable-use.yaml": (
            ('version: "1.0"\nlevel', 'version: "1.1"\nlevel'),
            (
                "  - heading: Personal devices\n",
                """\
  - heading: Work abroad
    id: travel
    clauses: [travel]
  - heading: Personal devices
""",
            ),
        ),
        "schools/wrenbeck-nursery.yaml": (("  social-media-conduct: {", "  # {"),),
        "forms/image-consent.yaml": (
            ("Please tell us if a picture could put", "Tell us at once if it could put"),
            (
                "  - parent_name\n",
                """\
  - {label: School photographers, kind: choice, choices: ["Yes", "No"]}
  - parent_name
""",
            ),
        ),
        "forms/social-media-agreement.yaml": (
            ("  - staff-promises/same-standard\n", ""),
            ("sign, and return this sheet to the office", "sign it, and hand it in"),
        ),
    },
    {
        "clauses/travel.yaml": """\
title: Work abroad
clauses:
  before-leaving:
    heading: Before leaving
    text: |
      {{ terms.staff | capitalize_first }} who take a work device abroad must tell
      {{ officers.it_lead.email }} two weeks before. The digital services team must say which
      services may be used there.

      1. Bring the device up to date.
      2. Leave behind what is not needed.
         - pictures of {{ terms.pupils }}
         - registers and reports
      3. Write down whom to ring if it is lost.
  borders:
    heading: At borders
    text: |
      Officers at a border may ask to look into a device. {{ terms.staff | capitalize_first }}
      must stay polite, must not hide anything, and must tell the data protection officer
      {{ settings.report_within }} what was looked at.
"""
    },
    ("policies/social-media-conduct.yaml",),
)

FILLED_IN = Session(
    {
        "trust.yaml": (
            ("name: Tomasz Zieliński", "name: Maëlys O’Sullivan-Þórsdóttir"),
            ('telephone: "01632 960103"', 'telephone: "01632 960199"'),
        ),
        "settings.yaml": (("  default: own-time\n", "  default: outside-hours\n"),),
        "references.yaml": (('education\n  edition: "2026"\n', 'education\n  edition: "2027"\n'),),
    }
)

SESSIONS = {
    "reworded": REWORDED,
    "new-section": NEW_SECTION,
    "data": DATA,
    "everything": REWORDED | NEW_SECTION | DATA | RULES | POLICIES | FILLED_IN,
}
every_paper = pytest.mark.parametrize(
    "paper",
    [*PRINTED, *SESSIONS],
    ids=lambda one: f"{one.source}/{one.name}" if isinstance(one, Printed) else f"changes/{one}",
    indirect=True,
)
"""Every document of the sample, and every report."""


@dataclass(frozen=True)
class Reported:
    """What a session changed: the report, and the documents that have tracked changes."""

    document: Document
    folder: Path
    tracked: dict[Path, Document]
    """The Word files, and the new version of what is in each."""

    @property
    def paper(self) -> Paper:
        """The report and its files."""
        return Paper(self.document, self.folder / "changes")


def reported(name: str, folder: Path) -> Reported:
    """Do a session in a copy of the sample, and write everything that tells of it."""
    edited = Path(shutil.copytree(SOURCE, folder / "edited"))
    SESSIONS[name].do(edited)
    found = differences(str(SOURCE), str(edited), edited)
    assert [fault for _, faults, _ in found.faults for fault in faults] == []
    tracked = {}
    for file, data in files(found, ("html", "pdf", "docx")):
        path = folder / "out" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if path.suffix == ".docx":
            _, new = found.review.documents[path.parent.name, path.stem]
            assert new is not None
            tracked[path] = new
    return Reported(as_document(found.review, found.names), folder / "out", tracked)
