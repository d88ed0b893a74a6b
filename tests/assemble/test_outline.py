"""Modules unfolded and a school's amendments carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from small_trust import clauses, codes, words_of

if TYPE_CHECKING:
    from policygen.assemble.policy import Assembled
    from small_trust import Maker


def amended(trust: Maker, amend: str, files: dict[str, str] | None = None) -> Assembled:
    school = (
        "name: Alder\nofficers: {headteacher: {name: B}}\n"
        f"policies:\n  rules:\n    amend: [{amend}]"
    )
    return trust.rules({**(files or {}), "schools/alder.yaml": school})


def order(assembled: Assembled) -> list[str]:
    return [clause.id for clause in clauses(assembled.document)]


def test_a_modules_name_takes_its_clauses_in_their_order(trust: Maker) -> None:
    assert order(trust.rules()) == ["m/a", "m/b", "m/c"]


@pytest.mark.parametrize(
    ("amend", "printed"),
    [
        ("{omit: m/b}", ["m/a", "m/c"]),
        ("{omit: m/a}, {omit: m/b}, {omit: m/c}", []),
        ("{add: x, after: m/a, text: X}", ["m/a", "local/x", "m/b", "m/c"]),
        ("{add: x, before: m/a, text: X}", ["local/x", "m/a", "m/b", "m/c"]),
        ("{add: x, after: m/c, text: X}", ["m/a", "m/b", "m/c", "local/x"]),
        (
            "{add: x, after: m/a, text: X}, {add: y, after: m/a, text: Y}",
            ["m/a", "local/x", "local/y", "m/b", "m/c"],
        ),
        (
            "{add: x, after: m/a, text: X}, {add: y, after: local/x, text: Y}, {add: z, \
            before: local/x, text: Z}",
            ["m/a", "local/z", "local/x", "local/y", "m/b", "m/c"],
        ),
        (
            "{omit: m/b}, {add: x, after: m/b, text: X}, {add: y, before: m/b, text: Y}",
            ["m/a", "local/y", "local/x", "m/c"],
        ),
    ],
)
def test_amendments_change_what_is_printed(trust: Maker, amend: str, printed: list[str]) -> None:
    assembled = amended(trust, amend)
    assert codes(assembled) == []
    assert order(assembled) == printed


def test_a_replacement_takes_text_or_heading_or_both(trust: Maker) -> None:
    clause = {"clauses/m.yaml": "clauses: {a: {heading: Old, text: Old words.}}"}
    for new, heading, words in (
        ("text: New words.", "Old", ["New words."]),
        ("heading: New", "New", ["Old words."]),
        ("heading: New, text: New words.", "New", ["New words."]),
    ):
        assembled = amended(trust, f"{{replace: m/a, {new}}}", clause)
        (found,) = clauses(assembled.document)
        assert [str(getattr(i, "text", "")) for i in found.heading] == [heading]
        assert words_of(assembled.document, "m/a") == words


@pytest.mark.parametrize(
    ("amend", "code"),
    [
        ("{omit: m/x}", "unknown-clause"),
        ("{omit: other/a}", "amendment-elsewhere"),
        ("{add: x, after: m/x, text: X}", "unknown-clause"),
        ("{add: x, after: other/a, text: X}", "amendment-elsewhere"),
        ("{omit: m/a}, {replace: m/a, text: X}", "amended-twice"),
        ("{add: x, after: m/a, text: X}, {add: x, after: m/b, text: X}", "duplicate-id"),
        ("{omit: m/locked}", "locked-clause"),
        ("{replace: m/locked, text: X}", "locked-clause"),
        ("{replace: m/off, text: X}", "amendment-unused"),
    ],
)
def test_an_amendment_that_can_not_be_carried_out_is_told(
    trust: Maker, amend: str, code: str
) -> None:
    files = {
        "clauses/m.yaml": """
            clauses:
              a: {text: A.}
              b: {text: B.}
              locked: {text: L., locked: true}
              off: {text: O., when: school.urn == "1"}
            """,
        "clauses/other.yaml": "clauses: {a: {text: A.}}",
    }
    assert codes(amended(trust, amend, files)) == [code]


def test_a_locked_clause_may_have_neighbours(trust: Maker) -> None:
    files = {"clauses/m.yaml": "clauses: {a: {text: A., locked: true}}"}
    assert order(amended(trust, "{add: x, after: m/a, text: X}", files)) == ["m/a", "local/x"]


def test_a_clause_of_the_schools_own_can_be_referred_to(trust: Maker) -> None:
    text = "\"See {{ ref('local/y') }}.\""
    amend = f"{{add: x, after: m/a, text: {text}}}, {{add: y, after: m/c, text: Y}}"
    assert words_of(amended(trust, amend).document, "local/x") == ["See 1.5."]


def test_a_schools_own_outline_may_list_its_own_clauses(trust: Maker) -> None:
    school = """
        name: Alder
        policies:
          rules:
            sections: [{heading: One, clauses: [m/b, local/x, m/a]}]
            amend: [{add: x, after: m/a, text: X}]
        """
    assembled = trust.rules({"schools/alder.yaml": school})
    assert codes(assembled) == []
    assert order(assembled) == ["m/b", "local/x", "m/a"]


def test_an_added_clause_stands_once_where_its_neighbour_stands_twice(trust: Maker) -> None:
    files = {
        "policies/rules.yaml": "title: R\nstatus: final\nversion: '1'\ncontrol: []\n"
        "sections: [{heading: One, clauses: [m]}]\nappendices: [{heading: X, clauses: [m/a]}]"
    }
    assembled = amended(trust, "{add: x, after: m/a, text: X}", files)
    assert order(assembled) == ["m/a", "local/x", "m/b", "m/c", "m/a"]


def test_a_clause_printed_twice_is_a_warning(trust: Maker) -> None:
    files = {
        "policies/rules.yaml": "title: R\nstatus: final\nversion: '1'\ncontrol: []\n"
        "sections: [{heading: One, clauses: [m, m/a]}]"
    }
    assembled = trust.rules(files)
    assert codes(assembled) == ["printed-twice"]
    anchors = [clause.anchor for clause in clauses(assembled.document)]
    assert anchors == ["m/a", "m/b", "m/c", "m/a-2"]


@pytest.mark.parametrize(
    ("item", "code"),
    [("m/x", "unknown-clause"), ("n", "unknown-module"), ("local/x", "unknown-clause")],
)
def test_a_clause_there_is_not_is_told(trust: Maker, item: str, code: str) -> None:
    files = {
        "policies/rules.yaml": "title: R\nstatus: final\nversion: '1'\ncontrol: []\n"
        f"sections: [{{heading: One, clauses: [m, {item}]}}]"
    }
    assert codes(trust.rules(files)) == [code]


def test_a_section_left_without_clauses_is_left_out(trust: Maker) -> None:
    files = {
        "policies/rules.yaml": """
            title: R
            status: final
            version: "1"
            control: []
            contents: true
            sections:
              - {heading: One, clauses: [m/a]}
              - {heading: Two, clauses: [m/b]}
              - heading: Bare
            """,
    }
    found = amended(trust, "{omit: m/a}", files).document
    headings = [getattr(block, "number", None) for block in found.blocks]
    assert headings == [None, (1,), (2,)]
