"""Whose answer, officer, term and field a document has: the nearest one's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from small_trust import codes

if TYPE_CHECKING:
    from small_trust import Maker

AGE = "age: {question: From what age?, type: integer, default: 1}"


def of_layers(layers: set[str]) -> dict[str, str]:
    """Give the files in which these layers answer: the trust 2 … the school's entry 5."""

    def settings(layer: str, answer: int) -> str:
        return f"settings: {{age: {answer}}}" if layer in layers else "settings: {}"

    return {
        "settings.yaml": AGE,
        "trust.yaml": f"name: Fern Trust\n{settings('trust', 2)}",
        "policies/rules.yaml": f"title: Rules\n{settings('policy', 3)}\n"
        "sections: [{clauses: [m]}]\ncontrol: []\nstatus: final\nversion: '1'",
        "schools/alder.yaml": "name: Alder\nofficers: {headteacher: {name: B. Person}}\n"
        f"{settings('school', 4)}\npolicies: {{rules: {{{settings('entry', 5)}}}}}",
    }


@pytest.mark.parametrize(
    ("layers", "answer"),
    [
        (set(), "1"),
        ({"trust"}, "2"),
        ({"trust", "policy"}, "3"),
        ({"trust", "policy", "school"}, "4"),
        ({"trust", "policy", "school", "entry"}, "5"),
        ({"entry", "trust"}, "5"),
        ({"school", "policy"}, "4"),
    ],
)
def test_the_nearest_answer_rules(trust: Maker, layers: set[str], answer: str) -> None:
    assert trust.says("{{ settings.age }}", of_layers(layers)) == answer


def test_a_setting_without_answer_or_default_is_told(trust: Maker) -> None:
    files = {"settings.yaml": "age: {question: From what age?, type: integer}"}
    assembled = trust.text("{{ settings.age }}", files)
    assert codes(assembled) == ["unanswered-setting"]
    message = "Alder has no answer to the setting “age”: From what age?"
    assert assembled.diagnostics[0].message == message


@pytest.mark.parametrize(
    ("setting", "answer", "printed"),
    [
        ("type: text", '"No: never"', "No: never"),
        ("type: integer", "16", "16"),
        ("type: yes-no", "true", "yes"),
        ("type: yes-no", "yes", "yes"),
        ("type: yes-no", "no", "no"),
        ("type: date", "2026-09-01", "1 September 2026"),
        ("type: date", "2026-09", "September 2026"),
        ("type: list", "[a, b, c]", "a, b and c"),
        ("choices: {x: Label, y: {label: L, words: in words}}", "x", "Label"),
        ("choices: {x: Label, y: {label: L, words: in words}}", "y", "in words"),
        ("choices: {12: Every year, 24: Second year}", "24", "Second year"),
        ("choices: {true: may, false: may not}", "false", "may not"),
        ("choices: {x: 'At {{ school.short_name }}'}", "x", "At Alder"),
    ],
)
def test_an_answer_prints_its_words(trust: Maker, setting: str, answer: str, printed: str) -> None:
    files = {
        "settings.yaml": f"s:\n  question: Which?\n  {setting}\n",
        "trust.yaml": f"name: Fern Trust\nsettings: {{s: {answer}}}",
    }
    assert trust.says("{{ settings.s }}", files) == printed


@pytest.mark.parametrize(
    ("setting", "answer"),
    [
        ("type: text", "12"),
        ("type: integer", '"12"'),
        ("type: integer", "true"),
        ("type: yes-no", "maybe"),
        ("type: date", "tomorrow"),
        ("type: list", "one"),
        ("choices: {x: Label}", "z"),
    ],
)
def test_an_answer_of_another_kind_is_told(trust: Maker, setting: str, answer: str) -> None:
    files = {
        "settings.yaml": f"s:\n  question: Which?\n  {setting}\n",
        "trust.yaml": f"name: Fern Trust\nsettings: {{s: {answer}}}",
    }
    assert codes(trust.text("{{ settings.s }}", files)) == ["bad-answer"]


TRUST_HEAD = "name: Fern Trust\nofficers: {headteacher: {name: T. Trust}, bursar: {post: Bursar}}"


def test_an_officer_is_the_schools_else_the_trusts(trust: Maker) -> None:
    files = {"trust.yaml": TRUST_HEAD}
    said = trust.says("{{ officers.headteacher.name }}, {{ officers.bursar.post }}", files)
    assert said == "B. Person, Bursar"


def test_an_officer_without_a_post_has_the_name_of_the_office(trust: Maker) -> None:
    said = trust.says("{{ officers.headteacher }} is {{ officers.headteacher.post }}")
    assert said == "B. Person, Headteacher is Headteacher"


def test_the_name_of_an_office_follows_the_terms(trust: Maker) -> None:
    files = {
        "trust.yaml": "name: F\nterms: {governors: council, headteacher: principal}\n"
        "officers: {chair_of_governors: {name: C}, headteacher: {name: H}}",
        "schools/alder.yaml": "name: Alder\npolicies: [rules]",
    }
    assert trust.says("{{ officers.chair_of_governors }}", files) == "C, Chair of council"
    assert trust.says("{{ officers.headteacher }}", files) == "H, Principal"


def test_a_vacancy_is_told_apart_from_a_misspelt_name(trust: Maker) -> None:
    files = {
        "schools/birch.yaml": "name: Birch\nofficers: {bursar: {name: B}}\npolicies: []",
    }
    assert codes(trust.text("{{ officers.bursar.name }}", files)) == ["missing-officer"]
    wrong = trust.text("{{ officers.headteecher.name }}", files)
    assert codes(wrong) == ["unknown-officer"]
    assert wrong.diagnostics[0].hint.startswith("Did you mean “headteacher”?")


@pytest.mark.parametrize("part", ["email", "telephone", "website"])
def test_a_part_an_officer_lacks_is_told(trust: Maker, part: str) -> None:
    text = f"{{{{ officers.headteacher.{part} }}}}"
    assert codes(trust.text(text)) == ["missing-value"]


TERMS = """
    name: Fern Trust
    terms:
      school: {one: academy, many: academies}
      pupils: {one: learner, many: learners}
      staff: colleagues
      office: front office
    """


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("terms.school", "academy"),
        ("terms.school.many", "academies"),
        ("terms.pupils", "learners"),
        ("terms.pupils.one", "learner"),
        ("terms.staff", "colleagues"),
        ("terms.office", "front office"),
        ("terms.parents", "parents"),
        ("terms.parents.one", "parent"),
        ("terms.headteacher", "headteacher"),
        ("terms.governors", "council"),
    ],
)
def test_a_term_is_the_schools_else_the_trusts_else_the_default(
    trust: Maker, text: str, printed: str
) -> None:
    school = "name: Alder\nterms: {governors: council}\npolicies: [rules]"
    files = {"trust.yaml": TERMS, "schools/alder.yaml": school}
    assert trust.says(f"{{{{ {text} }}}}", files) == printed


def test_a_term_given_as_one_word_has_no_forms(trust: Maker) -> None:
    files = {"trust.yaml": TERMS}
    assert codes(trust.text("{{ terms.staff.one }}", files)) == ["missing-value"]
    assert codes(trust.text("{{ terms.staff.few }}", files)) == ["unknown-name"]
    assert codes(trust.text("{{ terms.stuff }}", files)) == ["unknown-term"]


def test_a_field_is_the_schools_else_the_policys(trust: Maker) -> None:
    files = {
        "policies/rules.yaml": "title: Rules\nlocation: Website\nreference: R-1\ncontrol: []\n"
        "sections: [{clauses: [m]}]\nstatus: final\nversion: '1'",
        "schools/alder.yaml": "name: Alder\npolicies:\n  rules:\n    location: Front desk\n",
    }
    said = trust.says("{{ policy.location }}, {{ policy.reference }}", files)
    assert said == "Front desk, R-1"


def test_a_schools_entry_may_change_the_outline_itself(trust: Maker) -> None:
    files = {
        "schools/alder.yaml": "name: Alder\npolicies:\n  rules:\n    title: Our rules\n"
        "    numbering: none\n    sections: [{heading: Only, clauses: [m/b]}]\n"
    }
    document = trust.rules(files).document
    assert document.plain_title == "Our rules"
    assert [type(block).__name__ for block in document.blocks] == ["Section"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("school.nme", "unknown-name"),
        ("school.urn", "missing-value"),
        ("trust.short_name", "missing-value"),
        ("policy.nothing", "unknown-name"),
        ("policy.owner", "missing-value"),
        ("settings.nothing", "unknown-setting"),
        ("school.name.first", "unknown-name"),
    ],
)
def test_a_name_that_is_not_there_is_told(trust: Maker, text: str, code: str) -> None:
    assert codes(trust.text(f"{{{{ {text} }}}}")) == [code]
