"""What a policy is at a school: status and draft mark, approvals, reviews, dates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from policygen.document import Fact, Paragraph
from small_trust import codes, tables

if TYPE_CHECKING:
    from policygen.assemble.policy import Assembled
    from small_trust import Maker

NOT_APPROVED = "This document has not been approved."


def policy(fields: str) -> str:
    return (
        f"title: Rules\nversion: '1'\ncontrol: []\n{fields}\n"
        "sections: [{heading: One, clauses: [m]}]"
    )


def rules(trust: Maker, fields: str, register: str = "", entry: str = "{}") -> Assembled:
    files = {
        "policies/rules.yaml": policy(fields),
        "schools/alder.yaml": f"name: Alder\npolicies: {{rules: {entry}}}",
    }
    if register:
        files["approvals/rules.yaml"] = register
    return trust.rules(files)


@pytest.mark.parametrize(
    ("fields", "status", "mark", "reason"),
    [
        ("", "Draft", "DRAFT", NOT_APPROVED),
        ("status: draft", "Draft", "DRAFT", NOT_APPROVED),
        (
            "status: consultation",
            "For consultation",
            "DRAFT",
            "This document is out for consultation and has not been approved.",
        ),
        ("status: final", "Final", "", ""),
        ("status: withdrawn", "Withdrawn", "WITHDRAWN", "This policy has been withdrawn."),
    ],
)
def test_without_a_register_the_status_rules(
    trust: Maker, fields: str, status: str, mark: str, reason: str
) -> None:
    found = rules(trust, fields)
    assert (found.document.status, found.document.mark, found.reason) == (status, mark, reason)
    first = found.document.blocks[0]
    assert isinstance(first, Paragraph) == bool(reason)


def register(wording: str, approved: str = "2026-10-12", version: str = "1") -> str:
    return (
        f'- version: "{version}"\n  approved: {approved}\n  by: Trust Board\n'
        f'  wording: {{alder: "{wording}"}}\n'
    )


@pytest.mark.parametrize("status", ["draft", "consultation", "final"])
@pytest.mark.parametrize("digits", [8, 20, 64])
def test_the_approved_wording_is_approved_whatever_the_status_says(
    trust: Maker, status: str, digits: int
) -> None:
    fingerprint = rules(trust, "").document.fingerprint
    found = rules(trust, f"status: {status}", register(fingerprint[:digits]))
    assert (found.document.status, found.document.mark, found.reason) == ("Approved", "", "")


@pytest.mark.parametrize("wording", ["00000000", "", "abc"])
def test_another_wording_is_a_draft_whatever_the_status_says(trust: Maker, wording: str) -> None:
    found = rules(trust, "status: final", register(wording))
    assert found.document.status == "Draft"
    assert found.document.mark == "DRAFT"
    assert (
        found.reason
        == "The wording differs from the one that Trust Board approved on 12 October 2026."
    )


def test_an_approval_of_a_month_is_said_to_be_in_it(trust: Maker) -> None:
    found = rules(trust, "", register("00000000", approved="2026-10"))
    assert found.reason.endswith("approved in October 2026.")


def test_too_few_digits_approve_nothing(trust: Maker) -> None:
    fingerprint = rules(trust, "").document.fingerprint
    assert rules(trust, "", register(fingerprint[:7])).document.status == "Draft"


def test_only_the_last_approval_of_a_school_counts(trust: Maker) -> None:
    fingerprint = rules(trust, "").document.fingerprint
    older = register(fingerprint) + register("00000000", version="2")
    newer = register("00000000") + register(fingerprint, version="2")
    assert rules(trust, "", older).document.status == "Draft"
    assert rules(trust, "", newer).document.status == "Approved"


def test_an_approval_of_other_schools_is_none_of_this_one(trust: Maker) -> None:
    other = register("00000000").replace("alder", "birch")
    found = rules(trust, "status: final", other)
    assert found.document.status == "Draft"
    assert found.reason == "The approval register holds no approval of this document."


def test_a_withdrawn_policy_stays_withdrawn(trust: Maker) -> None:
    fingerprint = rules(trust, "").document.fingerprint
    assert rules(trust, "status: withdrawn", register(fingerprint)).document.mark == "WITHDRAWN"


def test_a_broken_register_stops_the_policy(trust: Maker) -> None:
    found = rules(trust, "status: final", "- version: 1.0\n")
    assert "unreadable" in codes(found)


CONTROL = "control: [approved, approver, last_review, next_review]\n"


def facts(
    trust: Maker, fields: str, approvals: str = "", entry: str = "{}"
) -> tuple[str, str, str, str]:
    """Give approved, approver, last and next review as the control table prints them."""
    files = {
        "policies/rules.yaml": f"title: R\nversion: '1'\n{CONTROL}{fields}\n"
        "sections: [{heading: One, clauses: [m]}]",
        "schools/alder.yaml": f"name: Alder\npolicies: {{rules: {entry}}}",
    }
    if approvals:
        wording = trust.rules(files).document.fingerprint
        files["approvals/rules.yaml"] = approvals.replace("RIGHT", wording)
    rows = {row[0]: row[1] for row in tables(trust.rules(files).document)[0]}
    return (
        rows["Date approved"],
        rows.get("Approved by", rows.get("Approver", "")),
        rows["Last review"],
        rows["Next review"],
    )


RIGHT, WRONG = register("RIGHT"), register("00000000")
YEARLY = "status: final\nreview_every: 12 months"


@pytest.mark.parametrize(
    ("fields", "approvals", "entry", "printed"),
    [
        ("status: final", "", "{}", ("", "", "", "")),
        (f"{YEARLY}\napproved: 2021-11", "", "{}", ("November 2021", "", "", "November 2022")),
        (YEARLY, "", "{}", ("", "", "", "")),
        (
            f"{YEARLY}\nnext_review: 2027-01-02",
            RIGHT,
            "{}",
            ("12 October 2026", "Trust Board", "12 October 2026", "2 January 2027"),
        ),
        (
            YEARLY,
            RIGHT,
            "{}",
            ("12 October 2026", "Trust Board", "12 October 2026", "12 October 2027"),
        ),
        (
            f"{YEARLY}\napproved: 2021-11\napprover: Governors\nlast_review: 2026-09",
            RIGHT,
            "{}",
            ("12 October 2026", "Trust Board", "September 2026", "12 October 2027"),
        ),
        (
            f"{YEARLY}\napproved: 2021-11",
            WRONG,
            "{}",
            ("", "", "12 October 2026", "12 October 2027"),
        ),
        (
            f"{YEARLY}\napproved: 2021-11-05",
            "",
            "{review_every: 2 years}",
            ("5 November 2021", "", "", "5 November 2023"),
        ),
        (
            "status: final\nnext_review: 2027-01-02\napproved: 2026-01-31",
            "",
            "{review_every: 1 month}",
            ("31 January 2026", "", "", "28 February 2026"),
        ),
        (YEARLY, RIGHT, "{next_review: 2027-03}", None),
    ],
)
def test_dates_are_as_written_else_from_the_register(
    trust: Maker,
    fields: str,
    approvals: str,
    entry: str,
    printed: tuple[str, str, str, str] | None,
) -> None:
    march = ("12 October 2026", "Trust Board", "12 October 2026", "March 2027")
    assert facts(trust, fields, approvals, entry) == (printed or march)


def test_the_line_under_the_title(trust: Maker) -> None:
    found = rules(trust, "status: final\nnext_review: 2027-10").document
    assert found.facts == (
        Fact("Version", "1"),
        Fact("Status", "Final"),
        Fact("Next review", "October 2027"),
    )
    bare = trust.rules({"policies/rules.yaml": "title: R\nsections: []\ncontrol: []"}).document
    assert bare.facts == (Fact("Status", "Draft"),)


def test_an_approved_document_says_when_and_by_whom_whatever_its_control_table_has(
    trust: Maker,
) -> None:
    fingerprint = rules(trust, "").document.fingerprint
    board = rules(trust, "", register(fingerprint)).document
    assert Fact("Status", "Approved on 12 October 2026 by Trust Board") in board.facts
    assert board.running_foot == "Version 1 · Approved"
    other = register(fingerprint, version="0.9")
    said = "Approved on 12 October 2026 by Trust Board, as version 0.9"
    assert Fact("Status", said) in rules(trust, "", other).document.facts
    head = "name: F\nofficers: {chair: {name: A. Person, post: Chair of Trustees}}"
    by = register(fingerprint).replace("Trust Board", "chair")
    found = trust.rules({"trust.yaml": head, "approvals/rules.yaml": by}).document
    said = "Approved on 12 October 2026 by A. Person, Chair of Trustees"
    assert Fact("Status", said) in found.facts


@pytest.mark.parametrize(
    ("approvals", "label", "words"),
    [
        ("", "Approver", "Governors"),
        ("00000000", "Approver", "Governors"),
        ("RIGHT", "Approved by", "Trust Board"),
    ],
)
def test_only_who_has_approved_a_document_is_said_to_have(
    trust: Maker, approvals: str, label: str, words: str
) -> None:
    fields = "title: R\nversion: '1'\ncontrol: [approver]\napprover: Governors\nsections: []"
    files = {"policies/rules.yaml": fields, "schools/alder.yaml": "name: A\npolicies: [rules]"}
    if approvals:
        fingerprint = trust.rules(files).document.fingerprint
        files["approvals/rules.yaml"] = register(approvals.replace("RIGHT", fingerprint))
    assert tables(trust.rules(files).document)[0][0] == [label, words]


# Approvals from before the register


def test_an_approval_from_before_the_register_says_when_and_leaves_the_status(
    trust: Maker,
) -> None:
    past = register("unknown", approved="2021-11")
    found = rules(trust, "status: final", past)
    assert (found.document.status, found.document.mark) == ("Final", "")
    assert rules(trust, "", past).document.status == "Draft"
    printed = facts(trust, YEARLY, past)
    assert printed == ("November 2021", "Trust Board", "November 2021", "November 2022")


def test_once_the_register_knows_a_wording_an_older_approval_is_of_none(trust: Maker) -> None:
    other = register("00000000", version="2").replace("alder", "birch")
    found = rules(trust, "status: final", register("unknown", approved="2021-11") + other)
    assert found.document.mark == "DRAFT"
    assert (
        found.reason
        == "The register does not know the wording that Trust Board approved in November 2021."
    )


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("", None),
        ("effective: 2026-11-01", dt.date(2026, 11, 1)),
        ("effective: 2026-11", dt.date(2026, 11, 1)),
        ("effective: 2026-11-01\napproved: 2026-10", dt.date(2026, 10, 1)),
        (
            'effective: 2026-11-01\nhistory: [{version: "1", date: 2026-09-03, summary: S}]',
            dt.date(2026, 9, 3),
        ),
        ('history: [{version: "0", date: 2026-09-03, summary: S}]', None),
    ],
)
def test_a_documents_own_date_is_its_versions(
    trust: Maker, fields: str, issued: dt.date | None
) -> None:
    assert rules(trust, f"status: final\n{fields}").document.issued == issued


def test_an_approved_documents_own_date_is_its_approvals(trust: Maker) -> None:
    fields = "status: final\neffective: 2026-11-01\napproved: 2021-11-05"
    fingerprint = rules(trust, fields).document.fingerprint
    found = rules(trust, fields, register(fingerprint)).document
    assert found.issued == dt.date(2026, 10, 12)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("status: final\nreview_every: yearly", "no-period"),
        ("status: draft\nreview_every: 1 fortnight", "no-period"),
    ],
)
def test_a_period_nobody_can_count_is_told(trust: Maker, fields: str, code: str) -> None:
    assert codes(rules(trust, fields)) == [code]


def test_a_final_policy_needs_a_version(trust: Maker) -> None:
    bare = "title: R\ncontrol: []\nsections: []\nstatus: "
    assert codes(trust.rules({"policies/rules.yaml": f"{bare}draft"})) == []
    assert codes(trust.rules({"policies/rules.yaml": f"{bare}final"})) == ["missing-version"]


def test_what_all_documents_of_a_school_share(trust: Maker) -> None:
    head = 'name: Fern Trust\nshort_name: FT\ncolour: "#123456"'
    school = 'name: Alder Primary\nshort_name: Alder\ncolour: "#654321"\npolicies: [rules]'
    document = trust.rules({"trust.yaml": head, "schools/alder.yaml": school}).document
    assert document.masthead == ("Alder Primary", "Fern Trust")
    assert document.running_head == "Alder · Rules"
    assert document.running_foot == "Version 1 · Final"
    assert document.colour == "#654321"
    plain = trust.rules({"trust.yaml": head}).document
    assert plain.colour == "#123456"
