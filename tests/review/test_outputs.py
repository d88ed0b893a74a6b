"""A review as JSON and as the Markdown of a pull request, and the words of both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from policygen.diagnostics import json_text
from policygen.review.changes import review
from policygen.review.data import as_data
from policygen.review.markdown import as_markdown
from policygen.review.names import Names
from policygen.review.words import approved_again, counts, gone, signed_again, what
from review.versions import BASE, at_school, changed_file, versions

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.review.found import Review

RULES, M, N = "policies/rules.yaml", "clauses/m.yaml", "clauses/n.yaml"
REWORDED = changed_file(M, ("every new account", "each new account"))


def made(
    folder: Path,
    new: dict[str, str],
    old: dict[str, str] | None = None,
    schools: tuple[str, ...] = (),
) -> tuple[Review, Names]:
    before, after = versions(folder, new, old)
    return review(before, after, schools), Names(before.library, after.library)


def data_of(*of: Any) -> Any:  # noqa: ANN401 JSON may hold anything
    return json.loads(json_text(as_data(made(*of)[0])))


def markdown(folder: Path, new: dict[str, str], old: dict[str, str] | None = None) -> str:
    return as_markdown(*made(folder, new, old), longest=60_000)


def printed(text: str) -> str:
    """Give what a text says when it is printed as Markdown."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inner = (token.children or () for token in tokens if token.type == "inline")
    return "\n".join("".join(t.content for t in run if t.type == "text") for run in inner)


def with_text(text: str) -> dict[str, str]:
    return changed_file(M, ("Charlie stays as it is.", json.dumps(text)))


# JSON ------------------------------------------------------------------------


def test_json_of_two_versions_that_are_the_same(tmp_path: Path) -> None:
    data = data_of(tmp_path, {})
    assert data["differs"] is False
    assert data["changes"] == []
    assert [data["old"], data["new"]] == ["before", "after"]


def test_json_of_a_change(tmp_path: Path) -> None:
    data = data_of(tmp_path, REWORDED)
    assert data["differs"] is True
    assert data["changes"] == [
        {
            "policy": "rules",
            "unit": "clause:m/a",
            "title": "1.1 Alpha",
            "within": "One",
            "action": "changed",
            "kind": "wording",
            "was": None,
            "moved_from": None,
            "schools": ["alder", "birch", "cedar"],
            "causes": ["clauses/m.yaml:3"],
            "old": "Alpha\nStaff tell the office about every new account.",
            "new": "Alpha\nStaff tell the office about each new account.",
        }
    ]
    assert data["approve_again"] == [
        {"school": school, "policy": "rules"} for school in ("alder", "birch", "cedar")
    ]
    first = data["documents"][0]
    assert (first["school"], first["policy"]) == ("alder", "rules")
    assert first["old"] != first["new"]


def test_json_of_lists_tables_and_pictures_holds_all_their_words(tmp_path: Path) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    listed = "Before:\n\n- one **bold** [link](https://a.example/)\n- two\n\n"
    table = "| A | B |\n|---|---|\n| x | y |\n\n"
    text = f"{listed}{table}![A lock](assets/l.svg)"
    new = with_text(text) | {"assets/l.svg": picture}
    (change,) = data_of(tmp_path, new)["changes"]
    assert change["old"].splitlines() == ["Charlie", "Charlie stays as it is."]
    assert change["new"].splitlines() == [
        *("Charlie", "Before:", "one bold link", "two", "A", "B", "x", "y", "[picture: A lock]")
    ]


def test_json_of_a_document_of_the_trust_has_no_school(tmp_path: Path) -> None:
    outline = "sections: [{heading: One, clauses: [m/a]}]"
    old = {"policies/board.yaml": f"{{title: Board, level: trust, control: [], {outline}}}"}
    data = data_of(tmp_path, REWORDED, old, ("trust",))
    (change,) = data["changes"]
    assert change["schools"] == [None]
    (document,) = data["documents"]
    assert document["school"] is None


def test_json_of_a_document_that_one_version_lacks(tmp_path: Path) -> None:
    cedar = "schools/cedar.yaml"
    data = data_of(tmp_path, {cedar: BASE[cedar]}, {cedar: ""})
    (document,) = (d for d in data["documents"] if d["school"] == "cedar")
    assert document["old"] is None
    assert document["new"]
    assert data["differs"] is True


# Markdown --------------------------------------------------------------------


def test_markdown_of_two_versions_that_are_the_same(tmp_path: Path) -> None:
    assert markdown(tmp_path, {}) == (
        "## Changes from before to after\n\nThe documents of both versions are the same.\n\n"
    )


def test_markdown_tells_first_the_impact_and_then_each_change(tmp_path: Path) -> None:
    history = '\n        history: [{version: "2", date: 2026-01-01, summary: S, material: true}]'
    new = REWORDED | {RULES: BASE[RULES].rstrip() + history}
    old = at_school("birch", "amend:", "  - {replace: m/a, reason: Ours, text: Own words.}")
    assert (
        markdown(tmp_path, new, old)
        == """## Changes from before to after

| Policy | Schools | New | Removed | Reworded | Moved | Data only |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
| Rules | Alder and Cedar | 0 | 0 | 1 | 0 | 0 |

**To be approved again**

- Rules, Alder and Cedar

**To be signed again**

- Rules, all 3 schools

**School amendments to look at**

- Birch: its own “Alpha” in Rules (schools/birch.yaml:9): Ours

### Rules: 1.1 Alpha

Alder and Cedar: reworded. `clauses/m.yaml:3`

> **Alpha**
>
> Staff tell the office about <del>every</del> <ins>each</ins> new account.
>

"""
    )


def test_markdown_tells_what_one_version_lacks_and_what_was_not_compared(tmp_path: Path) -> None:
    cedar, birch = "schools/cedar.yaml", "schools/birch.yaml"
    spoilt = BASE[birch].replace("headteacher", "bursar")
    text = markdown(tmp_path, {cedar: BASE[cedar], birch: spoilt}, {cedar: ""})
    assert "**Only in one version**\n\n- Rules, Cedar only: new\n" in text
    assert "**Not compared**\n\n- after, birch/rules: Birch has no officer" in text


def test_markdown_asks_whether_a_clause_was_renamed(tmp_path: Path) -> None:
    new = {
        M: BASE[M].replace("          c: {", "          k: {"),
        RULES: BASE[RULES].replace("m/c]", "m/k]"),
    }
    assert "**Renamed? Say `formerly:`**\n\n- m/c, now m/k\n" in markdown(tmp_path, new)


def test_markdown_counts_numbers_where_nothing_else_differs(tmp_path: Path) -> None:
    new = changed_file(RULES, ('version: "1"', 'version: "1"\n        numbering: sections'))
    text = markdown(tmp_path, new)
    assert "**New clause numbers**\n\n- Rules: 6 numbers moved up or down\n" in text
    assert "are the same" not in text


def test_only_the_rows_of_a_table_that_changed_are_shown(tmp_path: Path) -> None:
    new = changed_file("trust.yaml", ("D. Keeper", "E. Warden"))
    text = markdown(tmp_path, new)
    assert "> Owner · <del>D. Keeper" in text.replace("\\", "")
    assert "Version ·" not in text


@pytest.mark.parametrize(
    "words",
    [
        "A *star*, an _underscore_, a `tick` and <b>no bold</b> & &amp; [no](link).",
        "- no list",
        "+ no list",
        "3. no list",
        "12) no list",
        "# no heading",
        "> no quotation",
        "=== no heading",
        "--- no rule",
        "~~not struck~~ | no cell",
    ],
)
def test_words_are_printed_as_they_are(tmp_path: Path, words: str) -> None:
    name = changed_file("schools/cedar.yaml", ("name: Head of cedar", f"name: {json.dumps(words)}"))
    old, new = (
        changed_file(
            M,
            (
                '"Ask {{ officers.headteacher.name }} before posting."',
                f'"{{{{ officers.headteacher.name }}}} is whom all of us ask {when}."',
            ),
        )
        for when in ("always", "first")
    )
    text = as_markdown(*made(tmp_path, new, old | name, ("cedar",)), longest=60_000)
    assert f"{words} is whom all of us ask always first." in printed(text).splitlines()


def test_nobody_is_called_by_an_at_sign(tmp_path: Path) -> None:
    text = markdown(tmp_path, with_text("Write to @fern or office@fern.example today."))
    assert "@<!-- -->fern or" in text
    assert "office@fern.example" in text


def test_lists_are_quoted_item_by_item(tmp_path: Path) -> None:
    text = markdown(tmp_path, with_text("Charlie stays as it is.\n\n- one\n- two"))
    assert "> - <ins>one</ins>\n" in text
    assert "> - <ins>two</ins>\n" in text


def test_markdown_that_is_too_long_ends_with_how_much_is_left_and_where(tmp_path: Path) -> None:
    new = {
        **changed_file(M, ("every new account", "each new account"), ("Charlie stays", "It stays")),
        **changed_file(N, ("Delta comes", "It comes"), ("stay at home", "stay there")),
    }
    found, names = made(tmp_path, new)
    whole = as_markdown(found, names, longest=60_000)
    assert "not shown" not in whole
    address = "https://ci.example/report"
    for longest in range(len(whole) - 1, 600, -37):
        text = as_markdown(found, names, longest=longest, more=address)
        assert len(text) <= longest
        left = len(found.changes) - text.count("\n### ")
        assert left > 0
        plural = "" if left == 1 else "s"
        assert text.endswith(
            f"\n*{left} more change{plural} not shown here.* The whole report: {address}\n"
        )


# Words -----------------------------------------------------------------------


def test_schools_are_all_one_or_some(tmp_path: Path) -> None:
    found, names = made(tmp_path, {})
    assert names.schools(found, "rules", ("alder", "birch", "cedar")) == "all 3 schools"
    assert names.schools(found, "rules", ("birch",)) == "Birch only"
    assert names.schools(found, "rules", ("birch", "alder")) == "Birch and Alder"


def test_schools_are_not_all_where_only_some_were_asked_for(tmp_path: Path) -> None:
    found, names = made(tmp_path, {}, schools=("alder", "birch"))
    assert names.schools(found, "rules", ("alder", "birch")) == "Alder and Birch"


def test_schools_are_not_all_where_one_could_not_be_compared(tmp_path: Path) -> None:
    spoilt = changed_file("schools/birch.yaml", ("headteacher", "bursar"))
    found, names = made(tmp_path, REWORDED, spoilt)
    assert names.schools(found, "rules", found.changes[0].schools) == "Alder and Cedar"


def test_all_schools_are_those_that_have_both_versions(tmp_path: Path) -> None:
    cedar = "schools/cedar.yaml"
    found, names = made(tmp_path, REWORDED | {cedar: BASE[cedar]}, {cedar: ""})
    assert names.schools(found, "rules", found.changes[0].schools) == "all 2 schools"
    assert approved_again(found, names) == ["Rules, all 3 schools"]
    assert gone(found, names) == ["Rules, Cedar only: new"]
    assert signed_again(found, names) == []


def test_a_policy_given_up_is_no_longer_there_and_not_approved(tmp_path: Path) -> None:
    new = changed_file("schools/cedar.yaml", ("policies: [rules]", "policies: []"))
    found, names = made(tmp_path, new)
    assert gone(found, names) == ["Rules, Cedar only: no longer there"]
    assert approved_again(found, names) == []


def test_what_happened_is_told_in_a_few_words(tmp_path: Path) -> None:
    new = {
        **changed_file(RULES, ("m/a, m/b, m/c]", "m/b, m/c]"), ("[n/d", "[m/a, n/d")),
        **REWORDED,
    }
    (change,) = made(tmp_path, new)[0].changes
    assert what(change) == "Reworded and moved from 1.1, “One”"
    moved = made(tmp_path / "2", changed_file(RULES, ("m/a, m/b", "m/b, m/a")))[0].changes[0]
    assert what(moved) == "Moved from 1.1, with the same words"


def test_changes_are_counted_by_what_happened(tmp_path: Path) -> None:
    new = {
        **changed_file(
            M, ("every new", "each new"), ("c: {heading: Charlie, text: Charlie", "x: {text: Xray")
        ),
        **changed_file(RULES, ("m/a, m/b, m/c", "m/b, m/x, m/a")),
        **changed_file("schools/cedar.yaml", ("Head of cedar", "Another")),
    }
    found, _ = made(tmp_path, new)
    assert counts(found.changes) == {
        "added": 1,
        "removed": 1,
        "reworded": 1,
        "moved": 0,
        "data": 1,
    }
