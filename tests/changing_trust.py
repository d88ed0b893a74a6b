"""A small trust of which each file may stand in several forms: what edits make of it."""

from __future__ import annotations

import datetime as dt
import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policygen.request import Request

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.request import Format

DAY = dt.date(2026, 11, 20)


def _svg(colour: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="{colour}"/></svg>'
    )


def _clauses(*clauses: str) -> str:
    return "clauses:\n" + "".join(f"  {clause}\n" for clause in clauses)


A = 'a: {heading: First, text: "Ask the {{ officers.head }}."}'
A_TOO = "a: {heading: First, text: Ask nobody.}"
B = "b: {choose: phones, texts: {never: No phones., lessons: Not in lessons.}}"
C = 'c: {text: "We are {{ school.name }}."}'
D = """d: {text: "See {{ linked('other') }}.", cites: [act]}"""
E = """e: {when: "settings.phones == 'never'", text: Never means never.}"""
Z = "z: {text: Z.}"
F = 'f: {text: "{{ officers.nobody }}"}'

ONE_CLAUSE = "title: Rules\nversion: '2'\nsections: [{heading: One, clauses: [m/a]}]\n"

FORMS: dict[str, tuple[str | None, ...]] = {
    "trust.yaml": (
        "name: Fern Trust\nlogo: assets/logo.svg\nofficers: {head: {name: A. One}}\n",
        "name: Fern Trust\nofficers: {head: {name: B. Two}}\nsettings: {phones: lessons}\n",
        "name: Moss Trust\ncolour: '#004400'\nofficers: {head: {name: A. One}}\n",
    ),
    "settings.yaml": (
        "phones: {question: Which?, choices: {never: Never, lessons: In breaks}, default: never}\n",
        "phones: {question: Which?, choices: {never: Never, lessons: Breaks}, default: lessons}\n",
    ),
    "references.yaml": (
        "act: {title: The Act}\n",
        "act: {title: The New Act}\n",
        None,
    ),
    "clauses/m.yaml": (
        _clauses(A, B),
        _clauses(A_TOO, B),
        _clauses(B, A, C),
        _clauses(A, B, E),
        _clauses(A, F),
        "clauses: {a: {text: 'Unclosed}\n",
    ),
    "clauses/n.yaml": (
        _clauses(C, D),
        _clauses(D, C),
        _clauses(C),
        _clauses("z: {text: Z.}"),
        None,
    ),
    "policies/rules.yaml": (
        "title: Rules\nstatus: final\nversion: '1'\nsections: [{heading: One, clauses: [m]}]\n",
        "title: Rules\nversion: '2'\nsections: [{heading: One, clauses: [m, n]}]\n",
        f"{ONE_CLAUSE}appendices: [{{form: agree}}]\n",
        "title: Rules\nlevel: trust\nsections: [{heading: One, clauses: [m/b]}]\n",
    ),
    "policies/other.yaml": (
        "title: Other\nsections: [{heading: Two, clauses: [n]}, {generate: references}]\n",
        "title: Another\nsections: [{heading: Two, clauses: [n/c]}]\n",
        None,
    ),
    "schools/alder.yaml": (
        "name: Alder\npolicies: [rules, other]\n",
        "name: Alder\nofficers: {head: {name: C. Three}}\npolicies: [rules]\n",
        "name: Alder\nsettings: {phones: lessons}\npolicies: [other, rules]\n",
        "name: Alder\nlogo: assets/own.svg\npolicies: {rules: {version: '9'}}\n",
        "name: Alder\nnonsense: 1\npolicies: [rules]\n",
    ),
    "schools/birch.yaml": ("name: Birch\npolicies: [other]\n", "name: Birch\npolicies: []\n", None),
    "schools/birch-new.yaml": (None, "name: New Birch\npolicies: [rules]\n"),
    "forms/agree.yaml": (
        None,
        "title: Agreement\ndeclaration: I agree.\n",
        "title: Agreement\ndeclaration: 'I agree with {{ school.name }}.'\n",
    ),
    "approvals/rules.yaml": (
        None,
        "- {version: '1', approved: 2026-09-01, by: Board, wording: {alder: '00000000'}}\n",
    ),
    "assets/logo.svg": (_svg("red"), _svg("blue"), None),
    "assets/own.svg": (None, _svg("green")),
    "stray.yaml": (None, "a: 1\n"),
}
"""The forms of each file, the first one's first; None is no file."""

LOOKS: dict[str, tuple[str | None, ...]] = {"screen.css": (None, "p { color: black }\n")}
"""Likewise files of the trust's own templates."""


@dataclass(frozen=True)
class Edit:
    """A file to put into one of its forms."""

    name: str
    form: int

    def __repr__(self) -> str:
        return f"{self.name}#{self.form}"


@dataclass(frozen=True)
class Spoil:
    """A file of the output to take away, or to write into."""

    number: int
    gone: bool


edits = st.sampled_from([Edit(n, i) for n, all_ in FORMS.items() for i in range(len(all_))])
looks = st.sampled_from(
    [Edit(f"look/{n}", i) for n, all_ in LOOKS.items() for i in range(len(all_))]
)
spoils = st.builds(Spoil, st.integers(0, 20), st.booleans())


@dataclass(frozen=True)
class Step:
    """Something done to the trust or its output, and what is built after it."""

    changes: tuple[Edit | Spoil, ...]
    schools: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ("html", "docx")
    strict: bool = False
    days: int = 0
    mended: bool = False

    def request(self, root: Path) -> Request:
        return Request(
            root / "src",
            root / "out",
            DAY + dt.timedelta(self.days),
            schools=self.schools,
            policies=self.policies,
            formats=self.formats,
            strict=self.strict,
            templates=root / "look",
        )


steps = st.builds(
    Step,
    st.lists(edits | looks | spoils, max_size=3).map(tuple),
    schools=st.sampled_from([(), (), ("alder",), ("birch",), ("trust",)]),
    policies=st.sampled_from([(), (), (), ("rules",)]),
    formats=st.sampled_from([("html", "docx"), ("html", "docx"), ("html",), ("docx",)]),
    strict=st.sampled_from([False, False, False, True]),
    days=st.sampled_from([0, 0, 40]),
)
last_steps = st.builds(
    Step, st.lists(edits | looks | spoils, max_size=3).map(tuple), mended=st.booleans()
)

MENDED = (
    *("clauses/m.yaml", "clauses/n.yaml", "policies/other.yaml", "policies/rules.yaml"),
    *("schools/alder.yaml", "assets/logo.svg", "references.yaml"),
)
"""Files that have a form with a mistake, or that another file may miss."""


def begin(root: Path) -> None:
    """Write the trust in its first form."""
    for name in FORMS:
        put(root, Edit(name, 0))
    (root / "look").mkdir()


def put(root: Path, edit: Edit) -> None:
    folder, forms = root / "src", FORMS
    name = edit.name
    if name.startswith("look/"):
        folder, forms, name = root / "look", LOOKS, name.removeprefix("look/")
    path, text = folder / name, forms[name][edit.form]
    path.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(textwrap.dedent(text), "utf-8")


def change(root: Path, step: Step) -> None:
    for name in MENDED if step.mended else ():
        put(root, Edit(name, 0))
    for each in step.changes:
        if isinstance(each, Edit):
            put(root, each)
            continue
        files = sorted((root / "out").rglob("[!.]*.*"))
        if files:
            path = files[each.number % len(files)]
            if each.gone:
                path.unlink()
            else:
                path.write_bytes(b"somebody wrote here")


def elsewhere(request: Request, out: Path) -> Request:
    """Ask for the same in another folder."""
    return replace(request, out=out)
