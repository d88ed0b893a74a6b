"""Which documents there are, for whom, and what each one's faults touch."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from policygen.assemble.targets import Target, targets
from policygen.document import plain_text
from small_trust import codes_of, tables

if TYPE_CHECKING:
    from small_trust import Maker

FORM = "title: Consent\nstatements: [{text: I agree.}]\nfields: [name]"
PRINTS = """
title: Rules
version: "1"
status: final
control: []
sections: [{heading: One, clauses: [m]}]
appendices: [{form: consent}]
"""
BIRCH = "name: Birch\nphase: secondary\npolicies: [%s]"


def listed(trust: Maker, files: dict[str, str]) -> dict[str, Target]:
    """Give the targets by name."""
    return {target.name: target for target in targets(trust(files))}


def test_a_school_has_the_policies_it_lists(trust: Maker) -> None:
    files = {
        "policies/other.yaml": "title: Other\nsections: []\ncontrol: []",
        "schools/birch.yaml": BIRCH % "other, rules",
    }
    assert list(listed(trust, files)) == ["alder/rules", "birch/other", "birch/rules"]


def test_a_policy_of_the_trust_is_one_document(trust: Maker) -> None:
    files = {"policies/wide.yaml": "title: Wide\nlevel: trust\nsections: []\ncontrol: []"}
    found = listed(trust, files)
    assert list(found) == ["alder/rules", "trust/wide"]
    document = found["trust/wide"].document
    assert document is not None
    assert document.masthead == ("Fern Trust",)


def test_a_policy_of_the_trust_names_no_school_in_its_control_table(trust: Maker) -> None:
    wide = "title: Wide\nlevel: trust\nstatus: final\nversion: '1'\nsections: []\ncontrol: "
    rows = {"policies/wide.yaml": f"{wide}[title, school, adopted]"}
    document = listed(trust, rows)["trust/wide"].document
    assert document is not None
    assert tables(document) == [[["Title", "Wide"], ["Date adopted", ""]]]
    only = {"policies/wide.yaml": f"{wide}[school]"}
    document = listed(trust, only)["trust/wide"].document
    assert document is not None
    assert tables(document) == []


def test_a_school_may_not_list_a_policy_of_the_trust(trust: Maker) -> None:
    files = {
        "policies/wide.yaml": "title: Wide\nlevel: trust\nsections: []\ncontrol: []",
        "schools/alder.yaml": "name: Alder\npolicies: [wide]",
    }
    target = listed(trust, files)["alder/wide"]
    assert target.document is None
    assert codes_of(target) == ["trust-level"]
    assert not target.diagnostics[0].is_error


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"schools/alder.yaml": "name: Alder\npolicies: [ruls]"}, "unknown-policy"),
        (
            {
                "schools/alder.yaml": "name: Alder\npolicies: [bad]",
                "policies/bad.yaml": "titel: Bad",
            },
            "unreadable",
        ),
    ],
)
def test_a_policy_there_is_not_stops_only_itself(
    trust: Maker, files: dict[str, str], code: str
) -> None:
    files["schools/birch.yaml"] = BIRCH % "rules"
    found = listed(trust, files)
    (broken,) = (target for target in found.values() if not target.sound)
    assert codes_of(broken) == [code]
    assert found["birch/rules"].sound


@pytest.mark.parametrize(
    ("files", "schools"),
    [
        ({"policies/rules.yaml": PRINTS}, ["alder", "birch"]),
        ({"policies/rules.yaml": PRINTS.replace("consent", "other")}, ["alder", "birch"]),
        (
            {"forms/consent.yaml": f'{FORM}\nwhen: school.phase == "primary"'},
            ["alder"],
        ),
        (
            {
                "policies/rules.yaml": PRINTS.replace(
                    "form: consent", 'form: consent, when: school.phase == "primary"'
                )
            },
            ["alder"],
        ),
        (
            {
                "policies/rules.yaml": PRINTS,
                "schools/birch.yaml": "name: Birch\nphase: secondary\n"
                "policies: {rules: {appendices: []}}",
                "forms/consent.yaml": f"{FORM}\ndeclaration: I keep to {{{{ policy.title }}}}.",
            },
            ["alder"],
        ),
    ],
    ids=[
        "its policy prints it",
        "no policy prints it",
        "the form's condition",
        "the appendix's condition",
        "it speaks of a policy that doesn't print it there",
    ],
)
def test_whom_a_form_is_for(trust: Maker, files: dict[str, str], schools: list[str]) -> None:
    everything = {
        "forms/consent.yaml": FORM,
        "forms/other.yaml": FORM,
        "schools/birch.yaml": BIRCH % "rules",
        **files,
    }
    found = listed(trust, everything)
    assert [n for n in found if n.endswith("/consent")] == [
        f"{school}/forms/consent" for school in schools
    ]


def test_a_form_of_a_trusts_policy_is_the_trusts(trust: Maker) -> None:
    files = {
        "forms/consent.yaml": f"{FORM}\ndeclaration: I keep to {{{{ policy.title }}}}.",
        "policies/wide.yaml": "title: Wide\nlevel: trust\nsections: []\ncontrol: []\n"
        "appendices: [{form: consent}]",
    }
    assert list(listed(trust, files)) == ["alder/rules", "trust/wide", "trust/forms/consent"]


def test_a_form_has_the_version_and_standing_of_its_policy(trust: Maker) -> None:
    files = {"forms/consent.yaml": FORM, "policies/rules.yaml": PRINTS.replace("final", "draft")}
    found = listed(trust, files)
    policy, form = found["alder/rules"].document, found["alder/forms/consent"].document
    assert policy is not None
    assert form is not None
    assert form.plain_title == "Consent"
    assert (form.version, form.status, form.mark) == ("1", "Draft", "DRAFT")
    assert form.fingerprint == policy.fingerprint
    assert found["alder/forms/consent"].policy_id == "rules"


def test_a_form_of_no_policy_has_none(trust: Maker) -> None:
    form = listed(trust, {"forms/consent.yaml": FORM})["alder/forms/consent"]
    assert form.document is not None
    assert (form.document.version, form.document.status, form.document.mark) == ("", "", "")
    assert form.policy_id is None
    assert form.document.fingerprint


def test_a_form_is_not_built_while_its_policy_has_errors(trust: Maker) -> None:
    """Its numbers and the fingerprint in its foot are the policy's."""
    files = {
        "forms/consent.yaml": FORM,
        "policies/rules.yaml": PRINTS.replace("[m]", "[m, m/x]"),
    }
    found = listed(trust, files)
    assert codes_of(found["alder/rules"]) == ["unknown-clause"]
    assert codes_of(found["alder/forms/consent"]) == ["unreadable"]


def test_a_form_with_a_fault_stops_itself_and_its_policy(trust: Maker) -> None:
    files = {
        "forms/consent.yaml": f"{FORM}\nclosing: '{{{{ school.urn }}}}'",
        "policies/rules.yaml": PRINTS,
        "policies/other.yaml": "title: Other\nsections: []\ncontrol: []",
        "schools/alder.yaml": "name: Alder\npolicies: [rules, other]",
    }
    found = listed(trust, files)
    assert [name for name, target in found.items() if target.sound] == ["alder/other"]


def test_a_faults_documents_are_those_it_stops(trust: Maker) -> None:
    files = {
        "clauses/m.yaml": "clauses: {a: {text: '{{ school.urn }}'}}",
        "schools/birch.yaml": "name: Birch\nurn: '1'\npolicies: [rules]",
    }
    found = listed(trust, files)
    (fault,) = found["alder/rules"].diagnostics
    assert fault.documents == ("alder/rules",)
    assert found["birch/rules"].sound


def test_when_a_review_is_due(trust: Maker) -> None:
    school = "name: Alder\npolicies: {rules: {adopted: 2026-11-04, next_review: 2027-02}}"
    target = listed(trust, {"schools/alder.yaml": school})["alder/rules"]
    assert target.adopted == "4 November 2026"
    assert target.next_review == "February 2027"
    assert target.next_review_on == dt.date(2027, 2, 28)


def test_the_sample_holds_every_kind_of_document(printed: dict[str, Target]) -> None:
    assert list(printed) == [
        "fenwick-primary/online",
        "fenwick-primary/old-style",
        "fenwick-primary/forms/acceptance",
        "fenwick-primary/forms/agreement",
        "gull-academy/online",
        "gull-academy/forms/agreement",
        "trust/communications",
        "trust/forms/spokesperson",
    ]
    assert all(target.sound and not target.diagnostics for target in printed.values())


def test_the_sample_is_approved_where_its_wording_is(printed: dict[str, Target]) -> None:
    """Should this fail after a change of the program, registers of real trusts would, too."""
    statuses = {n: t.document.status for n, t in printed.items() if t.document}
    assert statuses["fenwick-primary/online"] == "Approved"
    assert statuses["gull-academy/online"] == "Draft"
    assert printed["gull-academy/online"].reason.startswith("The wording differs")


def test_the_samples_titles(printed: dict[str, Target]) -> None:
    titles = {n: plain_text(t.document.title) for n, t in printed.items() if t.document}
    assert titles["fenwick-primary/online"] == "Online Life at an academy & <more>"
    assert titles["fenwick-primary/old-style"] == "Fenwick Social Networking Policy"
    assert titles["trust/forms/spokesperson"] == "Spokesperson"
