"""The text of an approval register: one approval more, everything else as it was."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.approving.register import (
    RegisterError,
    approvals_of,
    with_approval,
    written,
)
from policygen.model.policies import Approval
from policygen.model.texts import Id, Month, SourceText

PATH = "approvals/rules.yaml"
FIRST = """\
- version: "1.0"
  approved: 2025-10-14
  by: Trust Board
  wording: {alder: 5be1c7d2}
"""
ODD = """\
-   version:   "1.0"   # first
    approved: 2025-10-14
    by: >
      Trust
      Board
"""


def approval(
    day: dt.date | Month = dt.date(2026, 10, 12),
    by: str = "Trust Board",
    minute: str | None = "TB/26/41",
    wording: dict[str, str] | None = None,
    version: str = "2.0",
) -> Approval:
    return Approval(
        version=SourceText(version),
        approved=day,
        by=SourceText(by),
        minute=None if minute is None else SourceText(minute),
        wording={Id(k): SourceText(v) for k, v in (wording or {"alder": "91aa03ef" * 8}).items()},
    )


ENTRY = f"""\
- version: "2.0"
  approved: 2026-10-12
  by: Trust Board
  minute: TB/26/41
  wording: {{alder: {"91aa03ef" * 8}}}
"""


def test_a_new_register_holds_the_approval() -> None:
    assert with_approval("", PATH, approval()) == ENTRY


def indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FIRST, FIRST + ENTRY),
        (FIRST.removesuffix("\n"), FIRST + ENTRY),
        (
            f"# Kept by the clerk.\n\n{FIRST}# The end.\n",
            f"# Kept by the clerk.\n\n{FIRST}# The end.\n{ENTRY}",
        ),
        (f"---\n{FIRST}...\n", f"---\n{FIRST}{ENTRY}...\n"),
        (indented(FIRST), indented(FIRST) + indented(ENTRY)),
        ("[]\n", "\n" + ENTRY),
        ("# None yet.\n[]", f"# None yet.\n{ENTRY}"),
        ("[]", ENTRY),
        (f"\ufeff{FIRST}", f"\ufeff{FIRST}{ENTRY}"),
        (FIRST.replace("\n", "\r\n"), (FIRST + ENTRY).replace("\n", "\r\n")),
        (ODD, ODD + ENTRY),
    ],
)
def test_what_stands_in_it_stays_as_it_is(before: str, after: str) -> None:
    assert with_approval(before, PATH, approval()).lstrip("\n") == after.lstrip("\n")


def test_an_older_approval_goes_before_later_ones_and_their_notes() -> None:
    before = f"# The register.\n{FIRST}# Of this year.\n{ENTRY}"
    older = approval(Month(2026, 1), minute=None, wording={"alder": "unknown"}, version="1.5")
    lines = "".join(f"{line}\n" for line in written(older))
    after = with_approval(before, PATH, older)
    assert after == f"# The register.\n{FIRST}{lines}# Of this year.\n{ENTRY}"
    oldest = with_approval(before, PATH, approval(Month(2019, 1)))
    assert oldest.startswith('# The register.\n- version: "2.0"\n  approved: 2019-01\n')


def test_of_one_day_the_newer_stands_below() -> None:
    again = approval(by="Governors")
    found = approvals_of(with_approval(ENTRY, PATH, again), PATH)
    assert [each.by for each in found] == ["Trust Board", "Governors"]


def test_many_schools_have_a_line_each() -> None:
    wording = {f"school-{number}": f"{number}" * 64 for number in range(3)}
    lines = written(approval(wording=wording))[4:]
    assert lines == [
        f'  wording: {{school-0: "{"0" * 64}",',
        f'            school-1: "{"1" * 64}",',
        f'            school-2: "{"2" * 64}"}}',
    ]


@pytest.mark.parametrize(
    "by",
    [
        *("yes", "No", "null", "2026-10-12", "2.10", "Board: all", "a # b", "[x]", "{x}", "- x"),
        *('"Board"', "it's", "*board", "&board", "!board", "%", "@board", "a, b", "c:\\d", "“Ü”"),
    ],
)
def test_whoever_approved_is_written_so_that_it_reads_the_same(by: str) -> None:
    found = approvals_of(with_approval(FIRST, PATH, approval(by=by, minute=by)), PATH)
    assert (found[1].by, found[1].minute) == (by, by)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_any_words_read_back_or_are_refused(by: str) -> None:
    try:
        text = with_approval(FIRST, PATH, approval(by=by))
    except RegisterError:
        return
    assert approvals_of(text, PATH)[1].by == by
    assert text.startswith(FIRST)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version: '1'\n", "it is no list of approvals"),
        ("- x\n", "has errors"),
        ("- version: 1.0\n", "has errors"),
        ('- {version: "1", approved: 2025-01-01, by: B\n', "has errors"),
        ('[{version: "1", approved: 2025-01-01, by: B}]\n', "is not written as"),
    ],
)
def test_a_register_nothing_can_be_put_into_is_told(text: str, told: str) -> None:
    with pytest.raises(RegisterError, match=told):
        with_approval(text, PATH, approval())
