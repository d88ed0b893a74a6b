"""What stands in ``{{ }}`` and behind ``when:``: values, filters, conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policygen.document import Link, Paragraph, Reference, Strong, Text, Value, walk, walk_inlines
from small_trust import clauses, codes, numbers

if TYPE_CHECKING:
    from policygen.document import Document, Inline
    from small_trust import Maker

WORLD = {
    "trust.yaml": """
        name: Fern Trust
        address: [1 Road, Town]
        terms: {pupils: {one: learner, many: learners}}
        settings: {phones: breaks, pages: true, platforms: [Chirp, Vidi], age: 16}
        """,
    "settings.yaml": """
        phones: {question: When?, choices: {never: Never, breaks: {label: B, words: at break}}}
        pages: {question: Pages?, type: yes-no}
        platforms: {question: Which?, type: list}
        age: {question: Age?, type: integer}
        since: {question: Since?, type: date, default: 2026-09-01}
        """,
    "references.yaml": """
        guide: {title: Keeping safe, edition: "2026", url: "https://guide.example"}
        act: {title: Example Act 1999}
        """,
    "policies/rules.yaml": """
        title: "{{ school.short_name }} Rules"
        version: "1"
        status: final
        owner: headteacher
        author: Finance Director
        audience: [staff, governors]
        effective: 2026-11-01
        last_review: 2026-09
        statutory: false
        control: []
        sections: [{heading: One, clauses: [m]}]
        """,
    "policies/other.yaml": "title: Other of {{ school.name }}\nsections: [{clauses: [m]}]",
}


def inlines(document: Document) -> list[Inline]:
    """Give every inline of the paragraphs of a document."""
    found: list[Inline] = []
    for block in walk(document.blocks):
        if isinstance(block, Paragraph):
            found += walk_inlines(block.children)
    return found


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("school.name", "Alder Primary"),
        ("school", "Alder Primary"),
        ("school.id", "alder"),
        ("trust", "Fern Trust"),
        ("trust.address", "1 Road, Town"),
        ("policy", "Alder Rules"),
        ("policy.title", "Alder Rules"),
        ("policy.owner", "B. Person, Headteacher"),
        ("policy.owner.name", "B. Person"),
        ("policy.author", "Finance Director"),
        ("policy.audience", "staff and governors"),
        ("policy.effective", "1 November 2026"),
        ("policy.last_review | date", "September 2026"),
        ("policy.statutory", "no"),
        ("settings.platforms | listing", "Chirp and Vidi"),
        ("settings.pages", "yes"),
        ("settings.since | date", "1 September 2026"),
        ("terms.pupils | capitalize_first", "Learners"),
        ("terms.pupils.one | a", "a learner"),
        ("school.name | a | capitalize_first", "An Alder Primary"),
        ('cite("guide")', "Keeping safe (2026)"),
        ('cite("act") | a', "an Example Act 1999"),
        ('linked("other")', "Other of Alder Primary"),
        ('"literal"', "literal"),
        ('"must" if settings.pages else "may"', "must"),
        ('"must" if settings.age > 16 else "may"', "may"),
        ('("must" if settings.pages else "may") | capitalize_first', "Must"),
        ('school if school.phase == "nursery" else trust', "Fern Trust"),
    ],
)
def test_an_expression_prints(trust: Maker, expression: str, words: str) -> None:
    assert trust.says(f"{{{{ {expression} }}}}", WORLD) == words


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('school.phase == "primary"', True),
        ('school.phase != "primary"', False),
        ('school.phase in ["primary", "nursery"]', True),
        ('school.phase not in ["primary", "nursery"]', False),
        ('settings.phones == "breaks"', True),
        ('settings.phones in ["never"]', False),
        ("settings.pages", True),
        ("not settings.pages", False),
        ('settings.pages == "yes"', True),
        ("settings.pages == false", False),
        ("settings.age >= 16 and settings.age < 17", True),
        ("settings.age > 16 or settings.age <= 15", False),
        ("14 < settings.age < 18", True),
        ('"Chirp" in settings.platforms', True),
        ('"staff" in policy.audience', True),
        ('"pupils" in policy.audience', False),
        ('settings.since < "2026-10-01"', True),
        ('policy.last_review >= "2026-09-30"', True),
        ('policy.status == "final"', True),
        ("policy.statutory", False),
        ('"headteacher" in officers', True),
        ('"bursar" in officers', False),
        ("school.urn", False),
        ('school.urn == "1"', False),
        ('school.urn != "1"', True),
        ('terms.pupils == "learners"', True),
        ("officers.headteacher", True),
        ("true", True),
        ("not (settings.pages and settings.age > 20)", True),
    ],
)
def test_a_condition_decides_what_is_printed(trust: Maker, condition: str, holds: bool) -> None:  # noqa: FBT001
    files = {
        **WORLD,
        "clauses/m.yaml": f"clauses:\n  a: {{when: {condition!r}, text: A.}}\n  b: {{text: B.}}",
    }
    assembled = trust.rules(files)
    assert codes(assembled) == []
    assert [clause.id for clause in clauses(assembled.document)] == ["m/a", "m/b"][not holds :]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ('school.phase == "primry"', "unknown-phase"),
        ('settings.phones == "brakes"', "unknown-choice"),
        ("settings.nothing", "unknown-setting"),
        ("school.nothing", "unknown-name"),
        ('settings.age < "x"', "wrong-comparison"),
        ("officers.bursar", "unknown-officer"),
    ],
)
def test_a_condition_that_can_never_hold_is_told(trust: Maker, condition: str, code: str) -> None:
    clause = f"clauses:\n  a: {{when: {condition!r}, text: A.}}\n  b: {{text: B.}}"
    assert codes(trust.rules({**WORLD, "clauses/m.yaml": clause})) == [code]


@pytest.mark.parametrize("place", ["section", "nested section", "appendix", "statement"])
def test_when_may_stand_in_an_outline(trust: Maker, place: str) -> None:
    when = 'when: school.phase == "nursery"'
    section = f"{{heading: Gone, {when}, clauses: [m/a]}}"
    outline = {
        "section": f"sections: [{section}, {{heading: Here, clauses: [m/b]}}]",
        "nested section": f"sections: [{{heading: Here, clauses: [m/b], sections: [{section}]}}]",
        "appendix": f"sections: [{{heading: Here, clauses: [m/b]}}]\nappendices: [{section}]",
        "statement": "sections: [{heading: Here, clauses: [m/b]}]\nappendices: [{form: f}]",
    }
    form = f"title: F\nstatements: [{{text: Gone, {when}}}, {{clause: m/a, {when}}}, m/c]"
    policy = f"title: R\nstatus: final\nversion: '1'\ncontrol: []\n{outline[place]}"
    assembled = trust.rules({"policies/rules.yaml": policy, "forms/f.yaml": form})
    assert codes(assembled) == []
    printed = " ".join(numbers(assembled.document))
    assert "Gone" not in printed
    assert "m/a" not in printed
    assert "1.1 m/b" in printed


NASTY = "*bold* <b>&amp;</b> [x](y) {{ school.name }} # 1. | `c`"


def test_a_value_never_turns_into_markup(trust: Maker) -> None:
    school = f"name: {NASTY!r}\nshort_name: Alder\npolicies: [rules]"
    files = {"schools/alder.yaml": school}
    assembled = trust.text("At **{{ school.name }}** and\n{{ school.name }}", files)
    assert codes(assembled) == []
    (clause,) = clauses(assembled.document)
    (paragraph,) = clause.blocks
    assert paragraph == Paragraph(
        (
            Text("At "),
            Strong((Value("school.name", NASTY),)),
            Text(" and "),
            Value("school.name", NASTY),
        )
    )


def test_a_value_in_a_links_address_is_checked(trust: Maker) -> None:
    school = "name: Alder\nwebsite: https://alder.example\nemail: x@alder.example\n"
    files = {"schools/alder.yaml": f"{school}policies: [rules]"}
    text = "[web]({{ school.website }}/a?b={{ school.name }}) [mail]({{ school.email }})"
    assembled = trust.text(text, files)
    assert codes(assembled) == []
    links = [inline for inline in inlines(assembled.document) if isinstance(inline, Link)]
    assert [link.target for link in links] == [
        "https://alder.example/a?b=Alder",
        "mailto:x@alder.example",
    ]
    files["schools/alder.yaml"] = files["schools/alder.yaml"].replace("https", "javascript")
    assert "broken-link" in codes(trust.text("[web]({{ school.website }})", files))


def test_a_citation_is_a_link_where_it_has_an_address(trust: Maker) -> None:
    found = inlines(trust.text("{{ cite('guide') }} {{ cite('act') }}", WORLD).document)
    assert [i.target for i in found if isinstance(i, Link)] == ["https://guide.example"]
    assert Value("cite.act", "Example Act 1999") in found


def test_what_is_decided_prints_as_if_it_stood_alone(trust: Maker) -> None:
    """A reference in an `if` is a live link and a citation is cited, not their ids."""
    files = {
        **WORLD,
        "clauses/m.yaml": """
            clauses:
              a: {text: "{{ ref('m/b') if settings.pages else ref('m/c') }}, {{
                cite('guide') if settings.pages else cite('act') }}"}
              b: {text: B.}
              c: {text: C.}
            """,
    }
    assembled = trust.rules(files)
    found = inlines(assembled.document)
    assert codes(assembled) == []
    assert [(i.target, i.label) for i in found if isinstance(i, Reference)] == [("m/b", "1.2")]
    assert [i.target for i in found if isinstance(i, Link)] == ["https://guide.example"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ ref('m/a') }}", "self-reference"),
        ("{{ ref('m/x') }}", "reference-not-printed"),
        ("{{ cite('nothing') }}", "unknown-reference"),
        ("{{ linked('nothing') }}", "unknown-policy"),
        ("{{ school.name | date }}", "wrong-filter"),
        ("{{ ref('one') | capitalize_first }}", "wrong-filter"),
        ("{{ school.short_name or school.name }}", "expression"),
        ("{{ not settings.pages }}", "expression"),
        ("{{ settings.age == 16 }}", "expression"),
    ],
)
def test_what_can_not_be_printed_is_told(trust: Maker, text: str, code: str) -> None:
    assert codes(trust.text(text, WORLD)) == [code]


def test_texts_that_print_each_other_are_told_and_end(trust: Maker) -> None:
    policy = (
        "title: '{{ policy.location }}'\nlocation: '{{ policy.title }}'\n"
        "status: final\nversion: '1'\ncontrol: []\nsections: [{clauses: [m]}]"
    )
    assert set(codes(trust.rules({"policies/rules.yaml": policy}))) == {"circular"}


def test_titles_that_print_each_other_are_told_and_end(trust: Maker) -> None:
    files = {
        "policies/rules.yaml": "title: '{{ linked(\"other\") }}'\ncontrol: []\nsections: []",
        "policies/other.yaml": "title: '{{ linked(\"rules\") }}'\ncontrol: []\nsections: []",
    }
    assert set(codes(trust.rules(files))) == {"circular"}


def test_a_text_for_the_answer_is_chosen(trust: Maker) -> None:
    def clause(answer: str) -> dict[str, str]:
        return {
            "settings.yaml": "s: {question: Q?, choices: {x: X, y: Y}}",
            "trust.yaml": f"name: Fern Trust\nsettings: {{s: {answer}}}",
            "clauses/m.yaml": "clauses: {a: {choose: s, texts: {x: For x., y: For y.}}}",
        }

    for answer in ("x", "y"):
        (found,) = clauses(trust.rules(clause(answer)).document)
        assert found.blocks == (Paragraph((Text(f"For {answer}."),)),)


def test_a_choice_without_a_text_is_told(trust: Maker) -> None:
    files = {
        "settings.yaml": "s: {question: Q?, choices: {x: X, y: Y}, default: y}",
        "clauses/m.yaml": "clauses: {a: {choose: s, texts: {x: For x.}}}",
    }
    assert codes(trust.rules(files)) == ["choice-without-text"]
