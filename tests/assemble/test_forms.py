"""Forms: whom they are for, what is agreed to, where one writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policygen.assemble.policy import assemble_form
from policygen.document import (
    BulletList,
    Declaration,
    Document,
    Field,
    Fields,
    Form,
    Paragraph,
    Reference,
    plain_text,
    walk,
    walk_inlines,
)
from small_trust import body, codes, numbers

if TYPE_CHECKING:
    from small_trust import Maker

POLICY = """
title: Rules
version: "2.1"
status: final
control: []
settings: {age: 14}
sections: [{heading: One, clauses: [m]}]
appendices: [{form: consent}]
"""
SETTINGS = "age: {question: Age?, type: integer}"


def form_of(trust: Maker, form: str, files: dict[str, str] | None = None) -> Document:
    """Give the policy that prints the form; nothing may be wrong."""
    everything = {
        "policies/rules.yaml": POLICY,
        "settings.yaml": SETTINGS,
        "forms/consent.yaml": f"title: Consent\n{form}",
        **(files or {}),
    }
    assembled = trust.rules(everything)
    assert codes(assembled) == [], assembled.diagnostics
    return assembled.document


@pytest.mark.parametrize(
    ("audience", "line"),
    [
        ("audience: staff", "For staff. Rules, version 2.1."),
        ("audience: [staff, governors, agency-staff]", None),
        ("audience: '{{ terms.parents }}'", "For parents. Rules, version 2.1."),
        ("audience: []", "Rules, version 2.1."),
    ],
)
def test_a_form_says_who_signs_and_for_what(trust: Maker, audience: str, line: str | None) -> None:
    document = form_of(trust, audience)
    (first,) = (b for b in walk(document.blocks) if isinstance(b, Paragraph) and b.role != "body")
    assert first.role == "form-for"
    several = "For staff, governors and agency staff. Rules, version 2.1."
    assert plain_text(first.children) == (line or several)


def test_the_parts_stand_in_their_order(trust: Maker) -> None:
    document = form_of(
        trust,
        "intro: In front.\nstatements: [{text: I agree.}]\nrequest: Please return.\n"
        "declaration: I declare.\nfields: [name]\nclosing: Thanks.\noffice_use: [received_by]",
    )
    (form,) = (block for block in walk(document.blocks) if isinstance(block, Form))
    assert [type(block) for block in form.blocks] == [
        Paragraph,
        Paragraph,
        BulletList,
        Paragraph,
        Declaration,
        Fields,
        Paragraph,
        Fields,
    ]
    assert body(document)[-9:] == [
        "Rules, version 2.1.",
        "In front.",
        "I agree.",
        "Please return.",
        "I declare.",
        "Name",
        "Thanks.",
        "Office use",
        "Received by",
    ]


def test_statements_are_clauses_modules_and_texts(trust: Maker) -> None:
    module = "clauses: {p: {heading: Passwords, text: I keep them.}, q: {text: Kit.}}"
    document = form_of(
        trust,
        "statements:\n  - m/b\n  - n\n  - text: |\n      My age\n      is {{ settings.age }}.\n"
        "  - I agree to this sentence.\n  - {clause: m/c}\n"
        "  - {text: Gone., when: settings.age > 14}",
        {"clauses/n.yaml": module},
    )
    lists = (block for block in walk(document.blocks) if isinstance(block, BulletList))
    (found,) = (block for block in lists if block.purpose == "statements")
    assert body(Document("", "form", (), "", "", "", (found,))) == [
        "Bravo.",
        "Passwords",
        "I keep them.",
        "Kit.",
        "My age is 14.",
        "I agree to this sentence.",
        "Charlie.",
    ]


@pytest.mark.parametrize(
    ("second", "purpose"),
    [("![A friend](assets/p.svg) I am kind.", "picture-rules"), ("I am kind.", "statements")],
)
def test_statements_that_all_begin_with_a_picture_are_told_by_pictures(
    trust: Maker, second: str, purpose: str
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    statements = f'statements:\n  - "![A hand](assets/p.svg) I ask."\n  - "{second}"'
    document = form_of(trust, statements, {"assets/p.svg": svg})
    (found,) = (b for b in walk(document.blocks) if isinstance(b, BulletList))
    assert found.purpose == purpose


def test_clauses_on_a_form_have_no_numbers_and_take_none(trust: Maker) -> None:
    document = form_of(trust, "statements: [m/a]")
    assert numbers(document) == [
        "1 One",
        "1.1 m/a",
        "1.2 m/b",
        "1.3 m/c",
        "Appendix A: Consent",
        "m/a",
    ]


def fields(trust: Maker, listed: str) -> list[tuple[Field, ...]]:
    """Give the rows of fields of a form."""
    document = form_of(trust, f"fields: {listed}")
    return [row for b in walk(document.blocks) if isinstance(b, Fields) for row in b.rows]


@pytest.mark.parametrize(
    ("field", "label", "kind"),
    [
        ("name", "Name", "text"),
        ("first_name", "First name", "text"),
        ("post", "Post", "text"),
        ("class", "Class", "text"),
        ("signature", "Signature", "signature"),
        ("date", "Date", "date"),
        ("parent_name", "Parent or carer’s name", "text"),
        ("parent_signature", "Parent or carer’s signature", "signature"),
        ("child_name", "Child’s name", "text"),
        ("returned_on", "Returned on", "date"),
        ("shoe_size", "Shoe size", "text"),
        ("{field: post, label: Position}", "Position", "text"),
        ("{field: date, label: 'Day at {{ school.short_name }}'}", "Day at Alder", "date"),
        ("{label: Asset number}", "Asset number", "text"),
        ("{label: I agree, kind: tick}", "I agree", "tick"),
        ("{label: Given out, kind: date}", "Given out", "date"),
        ("{label: Witness, kind: signature}", "Witness", "signature"),
        ("{label: Device, kind: choice, choices: [Tablet, Laptop]}", "Device", "choice"),
        ("{label: Device, choices: [Tablet, Laptop]}", "Device", "choice"),
    ],
)
def test_a_field(trust: Maker, field: str, label: str, kind: str) -> None:
    ((found,),) = fields(trust, f"[{field}]")
    assert plain_text(found.label) == label
    assert found.kind == kind
    assert [plain_text(c) for c in found.choices] == (
        ["Tablet", "Laptop"] if kind == "choice" else []
    )


def test_the_school_is_filled_in(trust: Maker) -> None:
    ((found,),) = fields(trust, "[school]")
    assert plain_text(found.label) == "School"
    assert plain_text(found.value) == "Alder Primary"


@pytest.mark.parametrize(
    ("listed", "rows"),
    [
        ("[name, post, signature, date]", [["name", "post"], ["signature", "date"]]),
        ("[child_name, class, year]", [["child_name", "class"], ["year"]]),
        ("[signature, name, date]", [["signature"], ["name"], ["date"]]),
        ("[received_by, received_on]", [["received_by", "received_on"]]),
        ("[date, date]", [["date"], ["date_2"]]),
        ("[{label: I}, {label: I}]", [["i"], ["i_2"]]),
    ],
)
def test_what_stands_side_by_side(trust: Maker, listed: str, rows: list[list[str]]) -> None:
    assert [[field.name for field in row] for row in fields(trust, listed)] == rows


def test_a_field_that_is_nearly_a_known_one_is_a_warning(trust: Maker) -> None:
    form = "title: Consent\nfields: [signatuer, shoe_size]"
    assembled = trust.rules(
        {
            "policies/rules.yaml": POLICY,
            "settings.yaml": SETTINGS,
            "forms/consent.yaml": form,
        }
    )
    assert codes(assembled) == ["unknown-field"]


def test_a_forms_heading_is_its_title_or_the_appendixs(trust: Maker) -> None:
    assert numbers(form_of(trust, "fields: [name]"))[-1] == "Appendix A: Consent"
    named = POLICY.replace("form: consent", "form: consent, heading: Agreement")
    document = form_of(trust, "fields: [name]", {"policies/rules.yaml": named})
    assert numbers(document)[-1] == "Appendix A: Agreement"


def test_a_form_on_its_own_prints_its_policys_numbers_and_leads_nowhere(trust: Maker) -> None:
    form = "declaration: See {{ ref('m/b') }} of {{ policy.title }} {{ policy.version }}."
    files = {
        "policies/rules.yaml": POLICY,
        "settings.yaml": SETTINGS,
        "forms/consent.yaml": f"title: Consent\n{form}",
    }
    alone = assemble_form(trust(files), "alder", "consent", trust.rules(files))
    assert alone is not None
    assert codes(alone) == []
    assert body(alone.document) == ["Rules, version 2.1.", "See 1.2 of Rules 2.1."]
    references = [
        inline
        for block in walk(alone.document.blocks)
        if isinstance(block, Paragraph)
        for inline in walk_inlines(block.children)
        if isinstance(inline, Reference)
    ]
    assert [reference.live for reference in references] == [False]


@pytest.mark.parametrize(
    ("statements", "added_after", "printed"),
    [
        ("[m/b]", "m/b", ["Bravo."]),
        ("[n/d]", "n/d", ["Delta.", "Extra."]),
    ],
)
def test_a_form_reads_the_same_on_its_own_and_in_its_policy(
    trust: Maker, statements: str, added_after: str, printed: list[str]
) -> None:
    """A clause a school adds stands in the policy's text, or on the form, not in both."""
    files = {
        "policies/rules.yaml": POLICY,
        "settings.yaml": SETTINGS,
        "clauses/n.yaml": "clauses: {d: {text: Delta.}}",
        "forms/consent.yaml": f"title: Consent\nstatements: {statements}",
        "schools/alder.yaml": "name: Alder\npolicies:\n  rules:\n"
        f"    amend: [{{add: extra, after: {added_after}, text: Extra.}}]",
    }
    policy = trust.rules(files)
    alone = assemble_form(trust(files), "alder", "consent", policy)
    assert alone is not None
    (inside,) = (b for b in walk(policy.document.blocks) if isinstance(b, Form))
    (own,) = (b for b in walk(alone.document.blocks) if isinstance(b, Form))
    texts = [body(Document("", "form", (), "", "", "", form.blocks)) for form in (inside, own)]
    assert texts[0] == texts[1] == ["Rules, version 2.1.", *printed]
