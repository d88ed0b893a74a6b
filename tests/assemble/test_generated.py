"""Control table, signatures, history, officers, references, linked policies, consultation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policygen.document import BulletList, Fields, Generated, Paragraph, plain_text, walk
from small_trust import body, codes, tables

if TYPE_CHECKING:
    from policygen.document import Document
    from small_trust import Maker

TRUST = """
name: Fern Trust
terms: {school: academy}
officers:
  registrar:
    name: A. Person
    post: Data Officer
    email: dpo@fern.example
    telephone: "01632 960002"
  caretaker: {name: C. Person, website: "https://it.example"}
"""


def files(fields: str, sections: str = "[{heading: One, clauses: [m]}]") -> dict[str, str]:
    """Give the policy with these fields; its status is final unless they say so."""
    status = "" if "status:" in fields else "status: final\n"
    version = "" if "version:" in fields else "version: '1'\n"
    policy = f"title: Rules\n{status}{version}{fields}\nsections: {sections}\n"
    return {"trust.yaml": TRUST, "policies/rules.yaml": policy}


def control(trust: Maker, fields: str, rows: str) -> list[list[str]]:
    """Give the rows of a control table."""
    assembled = trust.rules(files(f"{fields}\ncontrol: {rows}"))
    assert codes(assembled) == [], assembled.diagnostics
    return tables(assembled.document)[0]


@pytest.mark.parametrize(
    ("fields", "row", "printed"),
    [
        ("", "title", ["Title", "Rules"]),
        ("", "school", ["Academy", "Alder Primary"]),
        ("", "trust", ["Trust", "Fern Trust"]),
        ("reference: R-1", "reference", ["Reference", "R-1"]),
        ("", "version", ["Version", "1"]),
        ("", "status", ["Status", "Final"]),
        ("owner: registrar", "owner", ["Owner", "A. Person, Data Officer"]),
        ("owner: registrar", "owner.name", ["Owner’s name", "A. Person"]),
        ("owner: registrar", "owner.post", ["Owner’s post", "Data Officer"]),
        ("owner: registrar", "owner.email", ["Owner’s email", "dpo@fern.example"]),
        ("owner: registrar", "owner.telephone", ["Owner’s telephone", "01632 960002"]),
        ("owner: headteacher", "owner.email", ["Owner’s email", ""]),
        ("owner: headteacher", "owner.post", ["Owner’s post", "Headteacher"]),
        ("author: Finance Director", "author", ["Author", "Finance Director"]),
        ("author: Finance Director", "author.post", ["Author’s post", "Finance Director"]),
        ("approver: Board", "approver", ["Approved by", "Board"]),
        (
            "responsible: registrar",
            "responsible",
            ["Responsible officer", "A. Person, Data Officer"],
        ),
        ("contact: Office", "contact", ["Contact", "Office"]),
        ("approved: 2021-11", "approved", ["Date approved", "November 2021"]),
        ("", "approved", ["Date approved", ""]),
        ("", "adopted", ["Date adopted", ""]),
        ("effective: 2026-11-01", "effective", ["In force from", "1 November 2026"]),
        ("last_review: 2026-09", "last_review", ["Last review", "September 2026"]),
        ("next_review: 2027-10-01", "next_review", ["Next review", "1 October 2027"]),
        ("review_every: 2 years", "review_every", ["Review period", "2 years"]),
        ("audience: [staff, governors]", "audience", ["Who it applies to", "Staff and governors"]),
        ("audience: staff", "audience", ["Who it applies to", "Staff"]),
        ("statutory: true", "statutory", ["Statutory policy", "Yes"]),
        ("statutory: false", "statutory", ["Statutory policy", "No"]),
        ("", "statutory", ["Statutory policy", ""]),
        ("location: Shelf", "location", ["Location", "Shelf"]),
        ("", "{field: version, label: Edition}", ["Edition", "1"]),
        ("", "{label: Filed in, value: Box 1}", ["Filed in", "Box 1"]),
        ("", "{label: Seen, value: 2026-10}", ["Seen", "October 2026"]),
        ("", "{label: To fill in, value: ''}", ["To fill in", ""]),
        ("", "{label: 'At {{ trust.name }}', value: '{{ school.name }}'}", None),
    ],
)
def test_a_row_of_the_control_table(
    trust: Maker, fields: str, row: str, printed: list[str] | None
) -> None:
    found = control(trust, fields, f"[{row}]")
    assert found == [printed or ["At Fern Trust", "Alder Primary"]]


def test_the_wording_row_prints_the_fingerprint(trust: Maker) -> None:
    document = trust.rules(files("control: [wording]")).document
    assert tables(document) == [[["Wording fingerprint", document.fingerprint[:8]]]]


def test_rows_or_one_row(trust: Maker) -> None:
    table = "{heading: Record, layout: %s, rows: [version, status]}"
    rows = trust.rules(files(f"control: {table % 'rows'}")).document
    row = trust.rules(files(f"control: {table % 'row'}")).document
    assert tables(rows) == [[["Version", "1"], ["Status", "Final"]]]
    assert tables(row) == [[["Version", "Status"], ["1", "Final"]]]
    assert body(rows)[0] == body(row)[0] == "Record"


def test_the_trusts_control_table_is_the_default_and_an_empty_one_is_none(trust: Maker) -> None:
    of_trust = {"trust.yaml": TRUST + "control: [version]"}
    assert tables(trust.rules({**files(""), **of_trust}).document) == [[["Version", "1"]]]
    assert tables(trust.rules({**files("control: []"), **of_trust}).document) == []


def test_the_schools_control_table_rules(trust: Maker) -> None:
    school = "name: Alder\npolicies:\n  rules: {adopted: 2026-11-04, control: [adopted]}"
    found = trust.rules({**files("control: [version]"), "schools/alder.yaml": school})
    assert tables(found.document) == [[["Date adopted", "4 November 2026"]]]


DRAFT = "This document has not been approved."


def test_a_draft_says_why_in_its_control_table(trust: Maker) -> None:
    rows = trust.rules(files("status: draft\ncontrol: [version]")).document
    assert tables(rows) == [[["Version", "1"], ["Why this is a draft", DRAFT]]]
    row = trust.rules(files("status: draft\ncontrol: {layout: row, rows: [version]}")).document
    assert f"Why this is a draft: {DRAFT}" in body(row)


@pytest.mark.parametrize(
    "fields", ["control: []", "control: [version]"], ids=["no table", "table in a section left out"]
)
def test_a_draft_without_control_table_says_why_in_front(trust: Maker, fields: str) -> None:
    left_out = "{when: school.urn == '1', generate: control}"
    sections = f"[{{heading: One, clauses: [m]}}, {left_out}]"
    found = trust.rules(files(f"status: draft\n{fields}", sections)).document
    assert body(found)[0] == DRAFT
    assert body(found).count(DRAFT) == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("vesion", "unknown-field"),
        ("owner.fax", "unknown-field"),
        ("version.name", "not-an-officer"),
        ("author.email", "not-an-officer"),
    ],
)
def test_a_row_there_is_not_is_told(trust: Maker, row: str, code: str) -> None:
    found = trust.rules(files(f"author: Finance Director\ncontrol: [{row}]"))
    assert codes(found) == [code]


def test_an_owner_nobody_is_is_told(trust: Maker) -> None:
    assert codes(trust.rules(files("owner: head_of_sport\ncontrol: [owner]"))) == [
        "unknown-officer"
    ]


def order(document: Document) -> list[str]:
    """Give the kinds of the top blocks."""
    return [block.kind if isinstance(block, Generated) else "section" for block in document.blocks]


def test_without_an_entry_parts_have_their_usual_places(trust: Maker) -> None:
    fields = "control: [version]\ncontents: true\nsign_off: [headteacher]"
    document = trust.rules(files(fields)).document
    assert order(document) == ["control", "contents", "section", "sign-off"]


def test_with_an_entry_a_part_stands_there_and_nowhere_else(trust: Maker) -> None:
    fields = "control: [version]\ncontents: true\nsign_off: [headteacher]"
    sections = (
        "[{generate: sign-off}, {heading: One, clauses: [m/a, {generate: control}]}, "
        "{sections: [{heading: L, generate: contents}]}]"
    )
    document = trust.rules(files(fields, sections)).document
    kinds = [block.kind for block in walk(document.blocks) if isinstance(block, Generated)]
    assert order(document) == ["section"] * 3
    assert kinds == ["sign-off", "control", "contents"]


def fields_of(document: Document) -> list[list[str]]:
    """Give the labels of all fields by row."""
    return [
        [plain_text(field.label) for field in row]
        for block in walk(document.blocks)
        if isinstance(block, Fields)
        for row in block.rows
    ]


@pytest.mark.parametrize(
    ("sign_off", "rows"),
    [
        ("[headteacher]", [["Signed (B. Person, Headteacher)", "Date"]]),
        (
            "[registrar, Governor]",
            [["Signed (A. Person, Data Officer)", "Date"], ["Signed (Governor)", "Date"]],
        ),
        ("[date, headteacher, Governor]", None),
        ("['Chair of {{ terms.governors }}']", [["Signed (Chair of governors)", "Date"]]),
    ],
)
def test_signatures(trust: Maker, sign_off: str, rows: list[list[str]] | None) -> None:
    once = [["Date"], ["Signed (B. Person, Headteacher)"], ["Signed (Governor)"]]
    assembled = trust.rules(files(f"sign_off: {sign_off}"))
    assert codes(assembled) == []
    assert fields_of(assembled.document) == (rows or once)


def test_a_signatory_nobody_is_is_told(trust: Maker) -> None:
    assert codes(trust.rules(files("sign_off: [chair_of_governors]"))) == ["unknown-officer"]


REFERENCES = {
    "references.yaml": """
        zebra: {title: Zebra Act 1999}
        guide: {title: A guide, edition: "2026", url: "https://guide.example"}
        unused: {title: Unused Act}
        """,
    "clauses/m.yaml": """
        clauses:
          a: {text: "By {{ cite('zebra') }}.", cites: [guide]}
          b: {text: Off., when: school.urn == "1", cites: [unused]}
          c: {text: C., cites: [zebra]}
        """,
}


def bullets(document: Document) -> list[str]:
    """Give the texts of all bullets."""
    return [
        plain_text(block.children)
        for found in walk(document.blocks)
        if isinstance(found, BulletList)
        for item in found.items
        for block in item
        if isinstance(block, Paragraph)
    ]


def test_references_list_what_the_printed_clauses_cite(trust: Maker) -> None:
    sections = "[{heading: Law, generate: references}, {heading: One, clauses: [m]}]"
    found = trust.rules({**files("", sections), **REFERENCES})
    assert codes(found) == []
    assert bullets(found.document) == ["A guide (2026)", "Zebra Act 1999"]


def test_a_citation_of_nothing_is_told(trust: Maker) -> None:
    clause = {"clauses/m.yaml": "clauses: {a: {text: A., cites: [nothing]}}"}
    assert codes(trust.rules({**files(""), **REFERENCES, **clause})) == ["unknown-reference"]


def test_linked_policies_by_id_or_title(trust: Maker) -> None:
    sections = "[{heading: One, clauses: [m/a, {generate: linked}, m/b]}]"
    found = trust.rules(
        {
            **files("linked: [other, Safeguarding Policy]", sections),
            "policies/other.yaml": "title: '{{ school.short_name }} Other'\nsections: []",
        }
    )
    assert codes(found) == []
    assert bullets(found.document) == ["Alder Other", "Safeguarding Policy"]


def test_history(trust: Maker) -> None:
    history = """history:
  - {version: "2.1", date: 2026-09-01, summary: "More for {{ terms.pupils }}", material: true}
  - {version: "2.0", date: 2025-09, summary: First}"""
    found = trust.rules(files(history, "[{generate: history}]")).document
    assert tables(found) == [
        [
            ["Version", "Date", "Summary"],
            ["2.1", "1 September 2026", "More for pupils"],
            ["2.0", "September 2025", "First"],
        ]
    ]


def test_consultation_leaves_out_columns_nobody_fills(trust: Maker) -> None:
    bodies = "consultation: [{body: Unions, date: 2026-06-10, outcome: consulted}, {body: Staff}]"
    found = trust.rules(files(bodies, "[{generate: consultation}]")).document
    assert tables(found)[0] == [
        ["Consulted", "Date", "Outcome"],
        ["Unions", "10 June 2026", "consulted"],
        ["Staff", "", ""],
    ]
    bare = trust.rules(files("consultation: [{body: Unions}]", "[{generate: consultation}]"))
    assert tables(bare.document)[0] == [["Consulted"], ["Unions"]]


def test_officers_of_the_school_then_of_the_trust(trust: Maker) -> None:
    found = trust.rules(files("", "[{generate: officers}]")).document
    assert tables(found)[0] == [
        ["Role", "Name", "Post", "Contact"],
        ["Headteacher", "B. Person", "", ""],
        ["Registrar", "A. Person", "Data Officer", "dpo@fern.example 01632 960002"],
        ["Caretaker", "C. Person", "", "https://it.example"],
    ]


def test_only_some_officers(trust: Maker) -> None:
    school = "name: A\nofficers: {site_manager: {name: S, post: Site Manager}}\npolicies: [rules]"
    sections = "[{generate: officers, only: [site_manager]}]"
    found = trust.rules({**files("", sections), "schools/alder.yaml": school}).document
    assert tables(found)[0] == [["Role", "Name", "Post"], ["Site manager", "S", "Site Manager"]]


def test_an_officer_asked_for_and_not_there_is_told(trust: Maker) -> None:
    sections = "[{heading: O, clauses: [{generate: officers, only: [registrar, bursar]}]}]"
    assert codes(trust.rules(files("", sections))) == ["unknown-officer"]


@pytest.mark.parametrize("kind", ["references", "linked", "history", "consultation", "sign-off"])
def test_a_part_with_nothing_to_print_is_a_warning(trust: Maker, kind: str) -> None:
    sections = f"[{{heading: One, clauses: [m]}}, {{heading: Gone, generate: {kind}}}]"
    found = trust.rules(files("", sections))
    assert codes(found) == ["nothing-to-generate"]
    assert "Gone" not in body(found.document)


def test_only_goes_with_officers(trust: Maker) -> None:
    found = trust.rules(files("linked: [Other Policy]", "[{generate: linked, only: [registrar]}]"))
    assert codes(found) == ["only"]
