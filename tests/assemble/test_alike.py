"""Looking for faults with documents shared finds what it finds without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policygen.survey import survey
from small_trust import FILES, Maker

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.diagnostics import Diagnostic

SCHOOL = FILES["schools/alder.yaml"]
AMENDED = SCHOOL.replace("[rules]", "{rules: {amend: [{replace: m/b, text: Our own.}]}}")
MODULE = "clauses: {{a: {{text: '{}'}}, b: {{text: Bravo.}}, c: {{text: Charlie.}}}}"
LINKED = MODULE.format("[Here]({{ school.website }}).")
ASKED = """
    phones: {question: When?, choices: {on: On, off: Off}}
    """
BIRCH = SCHOOL.replace("Alder", "Birch")

TRUSTS = {
    "nothing wrong": {"schools/birch.yaml": BIRCH},
    "missing officer": {
        "clauses/m.yaml": MODULE.format("{{ officers.headteacher.name }}"),
        "schools/birch.yaml": BIRCH.replace("headteacher", "bursar"),
        "schools/cedar.yaml": SCHOOL.replace("Alder", "Cedar").replace("headteacher", "bursar"),
    },
    "missing detail": {
        "clauses/m.yaml": MODULE.format("{{ school.telephone }}"),
        "schools/birch.yaml": f"{BIRCH}        telephone: '01632 960001'\n",
    },
    "bad address": {
        "clauses/m.yaml": LINKED,
        "schools/alder.yaml": f"{SCHOOL}        website: https://alder.example\n",
        "schools/birch.yaml": f"{BIRCH}        website: birch.example\n",
        "schools/cedar.yaml": f"{BIRCH}        website: https://cedar.example\n",
    },
    "condition on a phase": {
        "clauses/m.yaml": (
            "clauses: {a: {when: school.phase == 'primary', text: '{{ school.urn }}'},"
            " b: {text: Bravo.}, c: {text: Charlie.}}"
        ),
        "schools/birch.yaml": BIRCH.replace("phase: primary", "phase: secondary"),
    },
    "unanswered": {
        "settings.yaml": ASKED,
        "clauses/m.yaml": MODULE.format("{{ settings.phones }}"),
        "schools/birch.yaml": f"{BIRCH}        settings: {{phones: on}}\n",
    },
    "amended alike": {"schools/alder.yaml": AMENDED, "schools/birch.yaml": AMENDED},
    "amended in vain": {
        "schools/birch.yaml": AMENDED.replace("m/b", "m/x"),
        "schools/cedar.yaml": AMENDED.replace("m/b", "m/x"),
    },
    "printed twice": {
        "policies/rules.yaml": FILES["policies/rules.yaml"].replace("[m]", "[m, m/a]"),
        "schools/birch.yaml": BIRCH,
    },
    "no glyph": {"schools/birch.yaml": BIRCH.replace("Birch Primary", "Birch ꧁ Primary")},
    "no glyph by its number": {
        "schools/birch.yaml": BIRCH.replace("name: Birch Primary", 'name: "Birch \\uA9C1"')
    },
    "form of a missing policy": {
        "forms/agreement.yaml": "title: 'Agree to {{ policy.title }}'\nfields: [name]",
        "policies/rules.yaml": FILES["policies/rules.yaml"]
        + "        appendices: [{form: agreement}]\n",
        "schools/birch.yaml": BIRCH.replace("[rules]", "[]"),
        "schools/cedar.yaml": BIRCH,
    },
}


def told(source: Path, *, shared: bool) -> list[tuple[Diagnostic, tuple[str, ...]]]:
    _, report = survey(source, shared=shared)
    return [(diagnostic, diagnostic.documents) for diagnostic in report.diagnostics]


@pytest.mark.parametrize("name", TRUSTS)
def test_same_faults_are_found(name: str, tmp_path: Path) -> None:
    Maker(tmp_path).write(TRUSTS[name])
    assert told(tmp_path, shared=True) == told(tmp_path, shared=False)


def test_schools_that_are_alike_share_their_documents(tmp_path: Path) -> None:
    cedar = SCHOOL.replace("Alder", "Cedar").replace("headteacher", "bursar")
    Maker(tmp_path).write({"schools/birch.yaml": BIRCH, "schools/cedar.yaml": cedar})
    _, report = survey(tmp_path, shared=True)
    alder, birch, third = (target.document for target in report.targets)
    assert alder is birch
    assert alder is not third
