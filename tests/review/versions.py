"""Two versions of a small trust of three schools, reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.compare import accepted, rejected
from policygen.document import inlines, plain_text, walk
from policygen.review.changes import review
from policygen.review.made import Side
from small_trust import FILES, Maker

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.document import Blocks
    from policygen.review.found import Change, Review

ALDER = FILES["schools/alder.yaml"]
SCHOOLS = ("alder", "birch", "cedar")

BASE = {
    "trust.yaml": """
        name: Fern Trust
        short_name: Fern
        officers:
          data_lead: {name: D. Keeper}
        settings: {phones: breaks}
        """,
    "settings.yaml": """
        phones:
          question: When may phones be used?
          choices:
            breaks: {label: In breaks, words: in breaks only}
            never: {label: Never, words: at no time}
        minimum_age: {question: From what age?, type: integer, default: 13}
        camera: {question: Are there cameras?, type: yes-no, default: no}
        """,
    "references.yaml": """
        guide: {title: The Guide, edition: "2025"}
        act: {title: The Act}
        """,
    "clauses/m.yaml": """
        clauses:
          a: {heading: Alpha, text: Staff tell the office about every new account.}
          b: {heading: Bravo, text: "Ask {{ officers.headteacher.name }} before posting."}
          c: {heading: Charlie, text: Charlie stays as it is.}
        """,
    "clauses/n.yaml": """
        clauses:
          d: {heading: Delta, text: Delta comes from another file.}
          e:
            heading: Echo
            choose: phones
            texts: {breaks: Phones may be used in breaks., never: Phones stay at home.}
          f: {heading: Foxtrot, text: "Accounts from the age of {{ settings.minimum_age }}."}
          g: {heading: Golf, when: settings.camera, text: The cameras are labelled.}
        """,
    "policies/rules.yaml": """
        title: Rules
        status: final
        version: "1"
        control: [version, owner]
        owner: data_lead
        sections:
          - {heading: One, id: one, clauses: [m/a, m/b, m/c]}
          - {heading: Two, id: two, clauses: [n/d, n/e, n/f, n/g]}
        """,
    **{
        f"schools/{school}.yaml": ALDER.replace("Alder", school.capitalize()).replace(
            "B. Person", f"Head of {school}"
        )
        for school in SCHOOLS
    },
}


def changed_file(name: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """Give a file of the trust with these words exchanged; each must be there."""
    text = BASE[name]
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return {name: text}


def at_school(school: str, *lines: str) -> dict[str, str]:
    """Give a school's file in which the entry for the policy has these lines."""
    entry = "".join(f"\n            {line}" for line in lines)
    name = f"schools/{school}.yaml"
    return changed_file(name, ("policies: [rules]", f"policies:\n          rules:{entry}"))


def versions(
    folder: Path, new: dict[str, str], old: dict[str, str] | None = None
) -> tuple[Side, Side]:
    """Give both sides: of the usual trust with ``old``, and of that with ``new`` as well."""
    first = {**BASE, **(old or {})}
    sides = []
    for name, files in (("before", first), ("after", {**first, **new})):
        given = {path: text for path, text in files.items() if text}
        sides.append(Side(name, Maker(folder / name)(given)))
    before, after = sides
    return before, after


def reviewed(
    folder: Path,
    new: dict[str, str],
    old: dict[str, str] | None = None,
    schools: tuple[str, ...] = (),
    policies: tuple[str, ...] = (),
) -> Review:
    """Review both versions."""
    return review(*versions(folder, new, old), schools, policies)


def told(found: Review) -> list[tuple[str, str, str]]:
    """Give each change as (unit, action, kind)."""
    return [(change.unit, change.action, change.kind) for change in found.changes]


def change_of(found: Review, unit: str) -> Change:
    """Give the one change of a unit."""
    (change,) = (change for change in found.changes if change.unit == unit)
    return change


def causes(change: Change) -> list[str]:
    """Give the places of what made a change."""
    return [f"{span.path}:{span.line}" for span in change.causes]


def sides(change: Change) -> tuple[str, str]:
    """Give the words before and now."""
    return _words(rejected(change.redline)), _words(accepted(change.redline))


def _words(blocks: Blocks) -> str:
    runs = (" ".join(plain_text(run).split()) for block in walk(blocks) for run in inlines(block))
    return " | ".join(run for run in runs if run)
