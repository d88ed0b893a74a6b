"""Tracked changes between the sample trust and an edited copy of it, policy by policy."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from acceptance.open_xml import errors_of_the_audit, errors_of_the_sdk
from acceptance.programs import ROOT, side_by_side
from acceptance.tracked import SIDES, by_libreoffice, by_pandoc, expected, expected_pages
from policygen.diff import differences, files

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.document import Document

SOURCE = ROOT / "policy_src"
SCHOOLS = ("larkfield-primary", "willowmere-school")
"""One whose masthead has the trust's logo, and one with a logo of its own."""

EDITS = {
    "a school's name": (
        "schools/larkfield-primary.yaml",
        "name: Larkfield Primary School\nshort_name: Larkfield\n",
        "name: Larkfield Primary Academy\nshort_name: Lark Green\n",
    ),
    "an officer": ("schools/larkfield-primary.yaml", "Gwenllïan Ŵyn", "Ottilie Brandt"),
    "an answer to a setting": (
        "schools/larkfield-primary.yaml",
        "former_pupils: never",
        "former_pupils: after-18",
    ),
    "a school's amendment": (
        "schools/larkfield-primary.yaml",
        "They should point\n          people to the office instead.",
        "They should tell\n          people to ring the office.",
    ),
    "a title": (
        "policies/acceptable-use.yaml",
        "Acceptable Use Policy",
        "Use of Technology Policy",
    ),
    "a version": (
        "policies/social-networking.yaml",
        'version: "1.3"\nlevel',
        'version: "2.0"\nlevel',
    ),
    "a row of a table of data": (
        "policies/social-networking.yaml",
        "    - {field: approved, label: Date}\n",
        "    - {label: Copies, value: Staff room}\n",
    ),
    "a date at the head": (
        "policies/internet-and-social-media.yaml",
        "next_review: 2027-06",
        "next_review: 2028-01",
    ),
    "a section": (
        "policies/social-networking.yaml",
        "  - heading: Monitoring\n",
        "  - heading: Groups\n    clauses: [message-groups/tone]\n\n  - heading: Monitoring\n",
    ),
    "a heading of a section without an id": (
        "policies/social-networking.yaml",
        "heading: Accounts and passwords",
        "heading: Your accounts",
    ),
    "a clause removed": ("policies/social-networking.yaml", "      - blogs/paid\n", ""),
    "a clause reworded": (
        "clauses/access.yaml",
        "This includes friends, managers and the digital\n      services team",
        "Nor may they show it to friends or managers, or to the digital\n      services team",
    ),
    "a row of an author's table": (
        "clauses/concerns.yaml",
        "        | Personal data is lost or went astray. |",
        "        | A stranger is in a lesson. | End it. |\n        | Personal data is lost. |",
    ),
    "a statement of a form": (
        "forms/acceptable-use-agreement.yaml",
        "  - text: I have received a copy of the policy.\n",
        "  - text: I was given time to ask.\n  - text: I know where the policy is kept.\n",
    ),
    "what the office notes on a form": (
        "forms/acceptable-use-agreement.yaml",
        "office_use: [received_by, received_on]\n",
        "",
    ),
    "a field of a form": (
        "forms/staff-agreement.yaml",
        "  - {field: post, label: Job title}\n",
        "",
    ),
}
"""What an author may do: a file, what stands there and what is put in its place."""


@dataclass(frozen=True)
class Tracked:
    """A Word file with tracked changes and the two versions in it."""

    name: str
    file: Path
    versions: tuple[Document, Document]


@pytest.fixture(scope="module")
def tracked(tmp_path_factory: pytest.TempPathFactory) -> list[Tracked]:
    folder = tmp_path_factory.mktemp("tracked")
    edited = folder / "edited"
    shutil.copytree(SOURCE, edited)
    for path, old, new in EDITS.values():
        file = edited / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{path} has another text now: {old}"
        file.write_text(text.replace(old, new), encoding="utf-8")
    # Both ways, so that whatever is put in is taken out as well.
    return [
        each
        for way in ((SOURCE, edited), (edited, SOURCE))
        for each in _tracked(folder / way[0].name, *way)
    ]


def _tracked(folder: Path, old: Path, new: Path) -> list[Tracked]:
    found = differences(str(old), str(new), new, SCHOOLS)
    made = []
    for name, data in files(found, ("docx",)):
        school, _, policy = name.removesuffix(".docx").partition("/")
        before, after = found.review.documents[school, policy]
        assert before is not None
        assert after is not None
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        made.append(Tracked(f"{folder.name}/{name}", file, (before, after)))
    return made


def test_all_policies_of_these_schools_differ(tracked: list[Tracked]) -> None:
    assert len(tracked) == 12


@SIDES
def test_libreoffice(tracked: list[Tracked], verb: str, side: int) -> None:
    settled = by_libreoffice(verb, [each.file for each in tracked])
    for each, (words, pages) in zip(tracked, settled, strict=True):
        version = each.versions[side]
        assert words == expected(version), each.name
        assert pages == expected_pages(version), each.name


@SIDES
def test_pandoc(tracked: list[Tracked], verb: str, side: int) -> None:
    for each in tracked:
        assert by_pandoc(verb, each.file) == expected(each.versions[side]), each.name


def test_files_are_valid(tracked: list[Tracked]) -> None:
    paths = [each.file for each in tracked]
    assert side_by_side(errors_of_the_sdk, paths) == [[] for _ in paths]
    assert [errors_of_the_audit(path) for path in paths] == [[] for _ in paths]
