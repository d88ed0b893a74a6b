"""What is told of two versions: what changed, how, why, at which schools, by which line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policygen.assemble.policy import assemble_policy
from policygen.assemble.targets import targets
from policygen.document import Revision, inlines, walk, walk_inlines
from policygen.review import singles as module
from policygen.review.changes import review
from review.versions import (
    BASE,
    SCHOOLS,
    at_school,
    causes,
    change_of,
    changed_file,
    reviewed,
    sides,
    told,
    versions,
)

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.assemble.policy import Assembled
    from policygen.model.library import Library

RULES = "policies/rules.yaml"
M, N = "clauses/m.yaml", "clauses/n.yaml"

# Nothing ---------------------------------------------------------------------


def test_nothing_is_told_of_the_same_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked_at(*_: object) -> None:
        pytest.fail("documents that are the same were compared part by part")

    monkeypatch.setattr(module, "units", looked_at)
    found = reviewed(tmp_path, {})
    assert not found.differs
    assert len(found.documents) == 3
    assert [found.changes, found.renewed, found.not_compared] == [[], [], []]


def test_lines_that_only_moved_in_their_files_change_nothing(tmp_path: Path) -> None:
    below = {name: f"# A note\n\n# Another\n{text}" for name, text in BASE.items()}
    assert not reviewed(tmp_path, below).differs


# Wording ---------------------------------------------------------------------


def test_a_reworded_clause_is_told_once_for_all_schools(tmp_path: Path) -> None:
    found = reviewed(tmp_path, changed_file(M, ("every new account", "each new account")))
    (change,) = found.changes
    assert told(found) == [("clause:m/a", "changed", "wording")]
    assert change.schools == SCHOOLS
    assert (change.title, change.within) == ("1.1 Alpha", "One")
    assert causes(change) == ["clauses/m.yaml:3"]
    assert sides(change) == (
        "Alpha | Staff tell the office about every new account.",
        "Alpha | Staff tell the office about each new account.",
    )


def test_the_cause_is_the_line_at_which_a_long_text_begins_to_differ(tmp_path: Path) -> None:
    text = "\n          h:\n            heading: Hotel\n            text: |\n"
    lines = [f"              Line {number} of it.\n" for number in range(1, 6)]
    outline = changed_file(RULES, ("m/c]", "m/c, m/h]"))
    old = {M: BASE[M].rstrip() + text + "".join(lines), **outline}
    new = {M: old[M].replace("Line 4 of it", "Line 4 of this")}
    assert causes(change_of(reviewed(tmp_path, new, old), "clause:m/h")) == ["clauses/m.yaml:12"]


def test_a_new_clause_is_added_and_one_that_is_gone_removed(tmp_path: Path) -> None:
    new = {
        **changed_file(
            M, ("c: {heading: Charlie, text: Charlie stays as it is", "x: {text: Brand new")
        ),
        **changed_file(RULES, ("m/c]", "m/x]")),
    }
    found = reviewed(tmp_path, new)
    assert told(found) == [
        ("clause:m/c", "removed", "wording"),
        ("clause:m/x", "added", "wording"),
    ]
    gone, fresh = found.changes
    assert sides(gone) == ("Charlie | Charlie stays as it is.", "")
    assert sides(fresh) == ("", "Brand new.")
    assert causes(gone) == ["clauses/m.yaml:5"]
    assert causes(fresh) == ["clauses/m.yaml:5"]


def test_a_clause_that_the_outline_lists_now_is_caused_by_the_outline(tmp_path: Path) -> None:
    old = changed_file(RULES, ("m/b, m/c]", "m/b]"))
    found = reviewed(tmp_path, {RULES: BASE[RULES]}, old)
    assert told(found) == [("clause:m/c", "added", "wording")]
    assert causes(found.changes[0]) == ["policies/rules.yaml:8"]


def test_a_heading_of_a_section_is_wording(tmp_path: Path) -> None:
    found = reviewed(tmp_path, changed_file(RULES, ("heading: Two", "heading: Second")))
    assert told(found) == [("section:two", "changed", "wording")]
    assert causes(found.changes[0]) == ["policies/rules.yaml:9"]


def test_a_section_without_an_id_that_gets_another_title_is_no_other_section(
    tmp_path: Path,
) -> None:
    old = changed_file(RULES, (", id: two", ""))
    new = {RULES: old[RULES].replace("heading: Two", "heading: Second")}
    found = reviewed(tmp_path, new, old)
    assert told(found) == [("section:Second", "changed", "wording")]
    assert sides(found.changes[0]) == ("Two", "Second")


def test_the_title_is_wording_and_its_cause_the_line_of_the_title(tmp_path: Path) -> None:
    found = reviewed(tmp_path, changed_file(RULES, ("title: Rules", "title: House rules")))
    assert told(found) == [("front", "changed", "wording")]
    assert causes(found.changes[0]) == ["policies/rules.yaml:2"]
    assert sides(found.changes[0]) == ("Rules", "House rules")


def test_opposite_changes_of_two_schools_are_not_told_as_one(tmp_path: Path) -> None:
    one, other = "text: Staff must not post.", "text: Staff must post."
    amend = "amend: [{replace: m/a, %s}]"
    old = at_school("alder", amend % one) | at_school("birch", amend % other)
    new = at_school("alder", amend % other) | at_school("birch", amend % one)
    found = reviewed(tmp_path, new, old)
    assert [change.schools for change in found.changes] == [("alder",), ("birch",)]


# Values ----------------------------------------------------------------------


def test_a_new_headteacher_is_data_at_one_school(tmp_path: Path) -> None:
    new = changed_file("schools/birch.yaml", ("Head of birch", "Somebody Else"))
    found = reviewed(tmp_path, new)
    assert told(found) == [("clause:m/b", "changed", "values")]
    assert found.changes[0].schools == ("birch",)
    assert causes(found.changes[0]) == ["schools/birch.yaml:5"]
    assert not found.renewed


def test_new_headteachers_of_two_schools_are_told_apart(tmp_path: Path) -> None:
    new = {
        **changed_file("schools/birch.yaml", ("Head of birch", "A. New")),
        **changed_file("schools/cedar.yaml", ("Head of cedar", "B. New")),
    }
    found = reviewed(tmp_path, new)
    assert [change.schools for change in found.changes] == [("birch",), ("cedar",)]
    assert "B. New" in sides(found.changes[1])[1]


def test_an_officer_of_the_trust_is_told_once_for_all_schools(tmp_path: Path) -> None:
    found = reviewed(tmp_path, changed_file("trust.yaml", ("D. Keeper", "E. Warden")))
    assert told(found) == [("generated:control", "changed", "values")]
    assert found.changes[0].schools == SCHOOLS
    assert causes(found.changes[0]) == ["trust.yaml:5"]


def test_values_of_schools_are_named_and_not_shown_where_all_of_them_are_meant(
    tmp_path: Path,
) -> None:
    found = reviewed(tmp_path, changed_file(M, ("before posting", "before you post")))
    assert [change.schools for change in found.changes] == [SCHOOLS]
    assert "[name of the headteacher]" in sides(found.changes[0])[0]
    assert "Head of alder" not in "".join(sides(found.changes[0]))


def test_a_date_is_data(tmp_path: Path) -> None:
    control = ("control: [version, owner]", "control: [effective]\n        effective: 2026-0%s-01")
    old, new = (changed_file(RULES, (control[0], control[1] % month)) for month in (3, 4))
    found = reviewed(tmp_path, new, old)
    assert told(found) == [("generated:control", "changed", "values")]
    assert causes(found.changes[0]) == ["policies/rules.yaml:6"]
    assert "1 March 2026" in sides(found.changes[0])[0]


# Answers ---------------------------------------------------------------------


def test_an_answer_that_chooses_another_text(tmp_path: Path) -> None:
    new = at_school("birch", "settings: {phones: never}")
    found = reviewed(tmp_path, new)
    assert told(found) == [("clause:n/e", "changed", "answers")]
    assert found.changes[0].schools == ("birch",)
    assert causes(found.changes[0]) == ["schools/birch.yaml:8"]


def test_an_answer_that_a_text_prints(tmp_path: Path) -> None:
    new = changed_file("settings.yaml", ("default: 13", "default: 16"))
    found = reviewed(tmp_path, new)
    assert told(found) == [("clause:n/f", "changed", "answers")]
    assert causes(found.changes[0]) == ["settings.yaml:7"]
    assert found.changes[0].schools == SCHOOLS


def test_an_answer_that_decides_between_words_in_a_sentence(tmp_path: Path) -> None:
    text = "text: \"Staff {{ 'must' if settings.minimum_age > 13 else 'should' }} ask.\""
    old = changed_file(M, ("text: Charlie stays as it is.", text))
    found = reviewed(
        tmp_path, changed_file("trust.yaml", ("breaks}", "breaks, minimum_age: 16}")), old
    )
    assert ("clause:m/c", "changed", "answers") in told(found)
    assert causes(change_of(found, "clause:m/c")) == ["trust.yaml:6"]


def test_other_words_for_the_same_answer_are_wording(tmp_path: Path) -> None:
    old = changed_file(M, ("Charlie stays as it is.", '"Phones: {{ settings.phones }}."'))
    found = reviewed(tmp_path, changed_file("settings.yaml", ("in breaks only", "in breaks")), old)
    assert told(found) == [("clause:m/c", "changed", "wording")]
    assert causes(found.changes[0]) == ["settings.yaml:5"]


def test_an_answer_counts_where_its_choice_was_only_now_written(tmp_path: Path) -> None:
    new = {
        **changed_file("settings.yaml", ("never: {", "often: Often\n            never: {")),
        **changed_file(N, ("texts: {", "texts: {often: Phones may ring., ")),
        **at_school("cedar", "settings: {phones: often}"),
    }
    assert told(reviewed(tmp_path, new)) == [("clause:n/e", "changed", "answers")]


# Conditions ------------------------------------------------------------------


def test_a_clause_that_an_answer_switched_on(tmp_path: Path) -> None:
    found = reviewed(tmp_path, at_school("alder", "settings: {camera: yes}"))
    assert told(found) == [("clause:n/g", "added", "conditions")]
    assert found.changes[0].schools == ("alder",)
    assert causes(found.changes[0]) == ["schools/alder.yaml:8"]


def test_a_clause_that_another_condition_switched_off(tmp_path: Path) -> None:
    old = changed_file("settings.yaml", ("default: no", "default: yes"))
    new = changed_file(N, ("when: settings.camera", "when: not settings.camera"))
    found = reviewed(tmp_path, new, old)
    assert told(found) == [("clause:n/g", "removed", "conditions")]
    assert causes(found.changes[0]) == ["clauses/n.yaml:9"]


def test_a_section_that_the_kind_of_school_switched_off(tmp_path: Path) -> None:
    old = changed_file(RULES, ("id: two", "id: two, when: 'school.phase == \"primary\"'"))
    new = changed_file("schools/cedar.yaml", ("phase: primary", "phase: secondary"))
    found = reviewed(tmp_path, new, old)
    assert told(found) == [
        (unit, "removed", "conditions")
        for unit in ("section:two", "clause:n/d", "clause:n/e", "clause:n/f")
    ]
    assert {tuple(causes(change)) for change in found.changes} == {("schools/cedar.yaml:4",)}


def test_a_switched_clause_stays_one_where_the_outline_changes_elsewhere(tmp_path: Path) -> None:
    new = {
        **at_school("alder", "settings: {camera: yes}"),
        **changed_file(RULES, ("heading: One, id: one", "heading: First, id: one")),
    }
    found = reviewed(tmp_path, new)
    assert ("clause:n/g", "added", "conditions") in told(found)


# Amendments ------------------------------------------------------------------

REPLACED = "- {replace: m/a, reason: Small office, text: Our own words.}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((), (REPLACED,), ("clause:m/a", "changed", "amendment")),
        ((REPLACED,), (REPLACED.replace("own", "new"),), ("clause:m/a", "changed", "amendment")),
        ((REPLACED,), (), ("clause:m/a", "changed", "amendment")),
        ((), ("- {omit: m/c}",), ("clause:m/c", "removed", "amendment")),
        (("- {omit: m/c}",), (), ("clause:m/c", "added", "amendment")),
        ((), ("- {add: z, after: m/a, text: Ours.}",), ("clause:local/z", "added", "amendment")),
        (("- {add: z, after: m/a, text: Ours.}",), (), ("clause:local/z", "removed", "amendment")),
        (
            ("- {add: z, after: m/a, text: Ours.}",),
            ("- {add: z, after: m/a, text: Mine.}",),
            ("clause:local/z", "changed", "amendment"),
        ),
    ],
    ids=[
        "replaced",
        "replaced otherwise",
        "replaced no longer",
        "omitted",
        "omitted no longer",
        "added",
        "added no longer",
        "added otherwise",
    ],
)
def test_an_amendment_of_one_school(
    tmp_path: Path, old: tuple[str, ...], new: tuple[str, ...], expected: tuple[str, str, str]
) -> None:
    def file(lines: tuple[str, ...]) -> dict[str, str]:
        return at_school("birch", "amend:", *(f"  {line}" for line in lines))

    found = reviewed(tmp_path, file(new), file(old))
    assert told(found) == [expected]
    assert found.changes[0].schools == ("birch",)
    assert causes(found.changes[0]) == ["schools/birch.yaml:9"]
    assert not found.amendments


def test_a_clause_added_beside_another_has_moved(tmp_path: Path) -> None:
    adds = [
        at_school("birch", "amend:", f"  - {{add: z, after: m/{c}, text: Ours.}}") for c in "ac"
    ]
    found = reviewed(tmp_path, adds[1], adds[0])
    assert told(found) == [("clause:local/z", "moved", "order")]
    assert causes(found.changes[0]) == ["schools/birch.yaml:9"]


def test_a_reason_is_not_printed_and_changes_nothing(tmp_path: Path) -> None:
    old = at_school("birch", "amend:", f"  {REPLACED}")
    new = {"schools/birch.yaml": old["schools/birch.yaml"].replace("Small", "Tiny")}
    assert not reviewed(tmp_path, new, old).differs


def test_the_librarys_new_words_stay_wording_where_the_school_amends_the_heading(
    tmp_path: Path,
) -> None:
    old = at_school("birch", "amend:", "  - {replace: m/a, heading: Ours, reason: One}")
    new = {
        "schools/birch.yaml": old["schools/birch.yaml"].replace("reason: One", "reason: Two"),
        **changed_file(M, ("every new", "each new")),
    }
    found = reviewed(tmp_path, new, old)
    assert {change.kind for change in found.changes} == {"wording"}


def test_amendments_whose_clause_says_something_else_now(tmp_path: Path) -> None:
    old = at_school(
        "birch",
        "amend:",
        "  - {replace: m/a, reason: Small office, text: Our own words.}",
        "  - {omit: n/d}",
        "  - {add: y, after: m/a, against: '12345678', text: Beside it.}",
        "  - {add: z, after: m/a, text: Beside it too.}",
        "  - {replace: m/c, text: Charlie has not changed.}",
    )
    new = changed_file(M, ("every new", "each new")) | changed_file(N, ("another file", "here"))
    found = reviewed(tmp_path, new, old)
    assert [(each.clause_id, each.reason) for each in found.amendments] == [
        ("m/a", "Small office"),
        ("n/d", ""),
        ("local/y", ""),
    ]
    assert str(found.amendments[0].span).startswith("schools/birch.yaml:9:")
    assert {change.schools for change in found.changes} == {("alder", "cedar")}


def test_an_amendment_written_against_the_new_words_is_no_news(tmp_path: Path) -> None:
    new = changed_file(M, ("every new", "each new"))
    found = reviewed(tmp_path, new | at_school("birch", "amend:", f"  {REPLACED}"))
    assert not found.amendments


# Order -----------------------------------------------------------------------


def test_a_moved_clause_is_moved_and_the_rest_only_renumbered(tmp_path: Path) -> None:
    found = reviewed(tmp_path, changed_file(RULES, ("m/a, m/b, m/c", "m/b, m/c, m/a")))
    assert told(found) == [("clause:m/a", "moved", "order")]
    change = found.changes[0]
    assert (change.title, change.was) == ("1.3 Alpha", "1.1")
    assert causes(change) == ["policies/rules.yaml:8"]
    assert set(found.renumbered.values()) == {frozenset({"clause:m/b", "clause:m/c"})}
    assert found.numbers_moved == {"rules": 2}
    assert not any(_revisions(change.redline))


def test_a_clause_moved_to_another_section_says_from_which(tmp_path: Path) -> None:
    new = changed_file(RULES, ("m/b, m/c]", "m/b]"), ("[n/d", "[m/c, n/d"))
    found = reviewed(tmp_path, new)
    assert told(found) == [("clause:m/c", "moved", "order")]
    assert (found.changes[0].within, found.changes[0].moved_from) == ("Two", "One")


def test_the_last_clause_of_a_section_moves_and_not_the_heading_after_it(tmp_path: Path) -> None:
    new = changed_file(RULES, ("m/b, m/c]", "m/b]"), ("[n/d", "[m/c, n/d"))
    assert "section:two" not in {change.unit for change in reviewed(tmp_path, new).changes}


def test_a_moved_section_takes_its_clauses_along(tmp_path: Path) -> None:
    one, two = BASE[RULES].splitlines()[-3:-1]
    new = {RULES: BASE[RULES].replace(f"{one}\n{two}", f"{two}\n{one}")}
    found = reviewed(tmp_path, new)
    (change,) = found.changes
    assert (change.unit, change.action, change.kind) == ("section:one", "moved", "order")
    assert causes(change) == ["policies/rules.yaml:9"]


def test_a_clause_that_moved_and_was_reworded_tells_both(tmp_path: Path) -> None:
    new = {
        **changed_file(RULES, ("m/a, m/b, m/c", "m/b, m/c, m/a")),
        **changed_file(M, ("every new account", "each new account")),
    }
    (change,) = reviewed(tmp_path, new).changes
    assert (change.action, change.kind, change.was) == ("changed", "wording", "1.1")
    assert change.moved_from == "One"


def test_another_order_in_a_module_is_caused_by_its_file(tmp_path: Path) -> None:
    outline = changed_file(RULES, ("[m/a, m/b, m/c]", "[m]"))
    lines = BASE[M].splitlines()
    new = {M: "\n".join([*lines[:2], *lines[3:5], lines[2], *lines[5:]])}
    found = reviewed(tmp_path, new, outline)
    assert told(found) == [("clause:m/a", "moved", "order")]
    assert causes(found.changes[0]) == ["clauses/m.yaml:5"]


def test_numbers_alone_are_counted(tmp_path: Path) -> None:
    new = changed_file(RULES, ('version: "1"', 'version: "1"\n        numbering: sections'))
    found = reviewed(tmp_path, new)
    assert found.differs
    assert {len(parts) for parts in found.renumbered.values()} == {6}
    assert found.numbers_moved == {"rules": 6}
    assert told(found) == [("pages", "changed", "presentation")]
    assert causes(found.changes[0]) == ["policies/rules.yaml:5"]


def test_a_reference_whose_number_moved_is_no_change_of_its_clause(tmp_path: Path) -> None:
    pair = ("Charlie stays as it is.", "\"As **{{ ref('n/d') }}** says.\"")
    old = changed_file(M, pair)
    new = changed_file(RULES, ("id: one, clauses: [m/a, m/b, m/c]", "id: one, clauses: [m/b, m/c]"))
    new[RULES] = new[RULES].replace("clauses: [n/d", "clauses: [m/a, n/d")
    assert told(reviewed(tmp_path, new, old)) == [("clause:m/a", "moved", "order")]


# Law -------------------------------------------------------------------------

CITING = changed_file(
    M, ("Charlie stays as it is.", "\"See {{ cite('guide') }}.\"")
) | changed_file(
    RULES, ("id: two,", "id: two, numbering: none,"), ("n/g]}", "n/g, {generate: references}]}")
)


def test_another_edition_is_law_in_the_text_and_in_the_list(tmp_path: Path) -> None:
    new = changed_file("references.yaml", ('"2025"', '"2026"'))
    found = reviewed(tmp_path, new, CITING)
    assert told(found) == [
        ("clause:m/c", "changed", "law"),
        ("generated:references", "changed", "law"),
    ]
    assert [causes(change) for change in found.changes] == [["references.yaml:2"]] * 2


def test_another_law_in_the_list_is_caused_by_the_clause_that_cites_it(tmp_path: Path) -> None:
    new = {M: CITING[M].replace("heading: Alpha,", "heading: Alpha, cites: act,")}
    found = reviewed(tmp_path, new, CITING)
    assert told(found) == [("generated:references", "changed", "law")]
    assert causes(found.changes[0]) == ["clauses/m.yaml:3"]


# Presentation ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("stays **as it** is.", "stays as it is.", ("“as it”: in bold", "“as it”:")),
        (
            "See [our page](https://a.example/).",
            "See [our page](https://b.example/).",
            ("“our page”: leads to https://a.example/", "“our page”: leads to https://b.example/"),
        ),
        (
            "3. One\n4. Two",
            "5. One\n6. Two",
            ("a list numbered from 3", "a list numbered from 5"),
        ),
        (
            "| A | B |\n|---|:--|\n| 1 | 2 |",
            "| A | B |\n|---|--:|\n| 1 | 2 |",
            (
                "Column 2 of the table “”: aligned left",
                "Column 2 of the table “”: aligned right",
            ),
        ),
    ],
    ids=["bold", "address", "start of a list", "alignment"],
)
def test_what_differs_beside_the_words_is_told_as_presentation(
    tmp_path: Path, old: str, new: str, note: tuple[str, str]
) -> None:
    def file(text: str) -> dict[str, str]:
        quoted = text.replace("\n", "\\n")
        return changed_file(M, ("Charlie stays as it is.", f'"{quoted}"'))

    found = reviewed(tmp_path, file(new), file(old))
    assert told(found) == [("clause:m/c", "changed", "presentation")]
    assert causes(found.changes[0]) == ["clauses/m.yaml:5"]
    before, after = sides(found.changes[0])
    assert note[0] in before
    assert note[1] in after
    assert before != after
    assert not found.renewed


def test_another_address_is_told_where_the_words_change_as_well(tmp_path: Path) -> None:
    texts = ["See [our page](https://a.example/) now.", "See [our page](https://b.example/) soon."]
    old, new = (changed_file(M, ("Charlie stays as it is.", f'"{text}"')) for text in texts)
    found = reviewed(tmp_path, new, old)
    assert told(found) == [("clause:m/c", "changed", "wording")]
    assert "leads to https://b.example/" in sides(found.changes[0])[1]


def test_colour_and_logo_are_presentation(tmp_path: Path) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'
    trust = BASE["trust.yaml"].rstrip() + "\n        logo: assets/l.svg"
    old = {"trust.yaml": trust, "assets/l.svg": picture % ""}
    new = {
        "trust.yaml": trust + '\n        colour: "#0b5345"',
        "assets/l.svg": picture % '<path d="M0 0h9v9z"/>',
    }
    found = reviewed(tmp_path, new, old)
    assert told(found) == [("pages", "changed", "presentation")]
    before, after = sides(found.changes[0])
    assert "Colour: #1f4e79" in before
    assert "Colour: #0b5345" in after
    assert before.partition("Logo")[2] != after.partition("Logo")[2]
    assert causes(found.changes[0]) == ["trust.yaml:8"]


def test_a_list_of_contents_is_presentation(tmp_path: Path) -> None:
    new = changed_file(RULES, ('version: "1"', 'version: "1"\n        contents: true'))
    found = reviewed(tmp_path, new)
    assert told(found) == [("pages", "changed", "presentation")]
    assert sides(found.changes[0])[1] == "List of contents: printed"


def test_other_bytes_of_a_picture_in_a_text_are_wording_as_its_approval_is_gone(
    tmp_path: Path,
) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'
    old = {
        **changed_file(M, ("Charlie stays as it is.", '"![A lock](assets/l.svg) Lock up."')),
        "assets/l.svg": picture % "",
    }
    found = reviewed(tmp_path, {"assets/l.svg": picture % '<path d="M0 0h9v9z"/>'}, old)
    assert told(found) == [("clause:m/c", "changed", "wording")]
    assert len(found.renewed) == 3


def test_a_level_of_sections_is_told_where_no_number_tells_it(tmp_path: Path) -> None:
    flat = """
        title: Rules
        numbering: none
        control: []
        sections:
          - {heading: One, id: one, clauses: [m/a]}
          - {heading: Two, id: two, clauses: [m/b]}
        """
    nested = flat.replace("clauses: [m/a]}", "clauses: [m/a], sections: [").replace(
        "clauses: [m/b]}", "clauses: [m/b]}]}"
    )
    nested = nested.replace("sections: [\n          - {", "sections: [{")
    found = reviewed(tmp_path, {RULES: nested}, {RULES: flat})
    assert ("section:two", "moved", "order") in told(found)
    assert "at level 2" in sides(change_of(found, "pages"))[1]


# Generated parts, forms, running lines ---------------------------------------


def test_a_version_is_told_in_the_front_the_control_table_and_the_history(tmp_path: Path) -> None:
    history = "\n        history:\n          - {version: '%s', date: 2026-01-01, summary: %s}"
    outline = changed_file(RULES, ("n/g]}", "n/g, {generate: history}]}"))
    old = {RULES: outline[RULES].rstrip() + history % ("1", "First")}
    line = "\n          - {version: '2', date: 2026-02-01, summary: Second, material: true}"
    new = {RULES: (old[RULES] + line).replace('version: "1"', 'version: "2"')}
    found = reviewed(tmp_path, new, old)
    assert told(found) == [
        ("front", "changed", "values"),
        ("generated:control", "changed", "values"),
        ("generated:history", "changed", "values"),
    ]
    assert [causes(change) for change in found.changes] == [
        ["policies/rules.yaml:4"],
        ["policies/rules.yaml:4"],
        ["policies/rules.yaml:12"],
    ]
    assert {change.schools for change in found.changes} == {SCHOOLS}
    assert found.signing == [(school, "rules") for school in SCHOOLS]
    assert not found.renewed


def test_a_version_that_is_not_material_is_not_signed_again(tmp_path: Path) -> None:
    history = '\n        history: [{version: "1", date: 2026-01-01, summary: Typing}]'
    found = reviewed(tmp_path, {RULES: BASE[RULES].rstrip() + history})
    assert not found.signing


def test_a_history_of_one_schools_own_is_signed_again_there(tmp_path: Path) -> None:
    entry = 'history: [{version: "2", date: 2026-01-01, summary: Ours, material: true}]'
    found = reviewed(tmp_path, at_school("cedar", entry))
    assert found.signing == [("cedar", "rules")]
    assert found.signed == ["rules"]


def test_another_heading_of_the_control_table_is_no_data(tmp_path: Path) -> None:
    told_ = 'control: {heading: "%s", rows: [version, owner]}'
    old, new = (
        changed_file(RULES, ("control: [version, owner]", told_ % heading))
        for heading in ("Control", "About this document")
    )
    found = reviewed(tmp_path, new, old)
    assert told(found) == [("generated:control", "changed", "presentation")]
    assert causes(found.changes[0]) == ["policies/rules.yaml:5"]
    assert not found.renewed


def test_an_appendix_without_an_id_is_known_by_its_title(tmp_path: Path) -> None:
    appendices = "\n        appendices: [{heading: Words, clauses: [m/c]}%s]"
    outline = changed_file(RULES, ("m/b, m/c]", "m/b]"))[RULES].rstrip()
    old = {RULES: outline + appendices % ", {heading: More, clauses: [n/d]}"}
    old[RULES] = old[RULES].replace("clauses: [n/d, n/e", "clauses: [n/e")
    new = {RULES: old[RULES].replace("heading: More", "heading: Yet more")}
    found = reviewed(tmp_path, new, old)
    assert told(found) == [("appendix:Yet more", "changed", "wording")]
    assert found.changes[0].title == "Appendix B Heading “Yet more”"


def test_the_notice_of_a_draft_says_what_it_is(tmp_path: Path) -> None:
    bare = changed_file(RULES, ("control: [version, owner]", "control: []"))
    new = {RULES: bare[RULES].replace("status: final", "status: draft")}
    change = change_of(reviewed(tmp_path, new, bare), "text:")
    assert (change.heading, change.action) == ("Notice under the title", "added")
    assert causes(change) == ["policies/rules.yaml:3"]


def test_signature_lines(tmp_path: Path) -> None:
    old = {RULES: BASE[RULES].rstrip() + "\n        sign_off: [headteacher]"}
    new = {RULES: BASE[RULES].rstrip() + "\n        sign_off: [headteacher, Union]"}
    found = reviewed(tmp_path, new, old)
    assert told(found) == [("generated:sign-off", "changed", "values")]
    assert causes(found.changes[0]) == ["policies/rules.yaml:10"]
    assert "Union" in sides(found.changes[0])[1]


def test_a_row_of_the_control_table(tmp_path: Path) -> None:
    found = reviewed(tmp_path, changed_file(RULES, ("[version, owner]", "[version]")))
    assert told(found) == [("generated:control", "changed", "values")]
    assert "D. Keeper" in sides(found.changes[0])[0]
    assert "D. Keeper" not in sides(found.changes[0])[1]


def test_a_short_name_is_told_as_it_heads_each_page(tmp_path: Path) -> None:
    new = changed_file("schools/cedar.yaml", ("short_name: Cedar", "short_name: Cedars"))
    found = reviewed(tmp_path, new)
    assert told(found) == [("front", "changed", "values")]
    assert "Cedars" in sides(found.changes[0])[1]
    assert causes(found.changes[0]) == ["schools/cedar.yaml:3"]


FORM = {
    "forms/yes.yaml": """
        title: Agreement
        audience: staff
        statements: [m/c, I have read this.]
        fields: [name, {field: role, kind: text}]
        """,
    RULES: BASE[RULES].rstrip() + "\n        appendices: [{form: yes}]",
}


@pytest.mark.parametrize(
    ("old", "new", "kind", "cause"),
    [
        ("I have read this.", "I have understood this.", "wording", "forms/yes.yaml:4"),
        ("kind: text", "kind: date", "presentation", "forms/yes.yaml:2"),
        ("audience: staff", "audience: visitors", "wording", "forms/yes.yaml:3"),
        ("role, kind: text", "place, kind: text", "wording", "forms/yes.yaml:5"),
    ],
)
def test_a_form(tmp_path: Path, old: str, new: str, kind: str, cause: str) -> None:
    form = {"forms/yes.yaml": FORM["forms/yes.yaml"].replace(old, new)}
    found = reviewed(tmp_path, form, FORM)
    assert told(found) == [("form:yes", "changed", kind)]
    assert causes(found.changes[0]) == [cause]
    assert found.changes[0].schools == SCHOOLS


def test_a_clause_that_a_form_prints_is_the_cause_of_the_forms_change(tmp_path: Path) -> None:
    found = reviewed(tmp_path, changed_file(M, ("stays as it is", "is another")), FORM)
    assert causes(change_of(found, "form:yes")) == ["clauses/m.yaml:5"]


def test_a_form_that_no_policy_prints_is_compared_by_itself(tmp_path: Path) -> None:
    old = {"forms/yes.yaml": FORM["forms/yes.yaml"]}
    new = {"forms/yes.yaml": FORM["forms/yes.yaml"].replace("have read", "know")}
    found = reviewed(tmp_path, new, old)
    assert {change.policy_id for change in found.changes} == {"forms/yes"}
    assert ("form:yes", "changed", "wording") in told(found)
    assert not reviewed(tmp_path / "one", new, old, policies=("rules",)).changes


def test_a_forms_own_title_is_compared_where_its_appendix_has_another(tmp_path: Path) -> None:
    old = {**FORM, RULES: FORM[RULES].replace("{form: yes}", "{form: yes, heading: To sign}")}
    new = {"forms/yes.yaml": FORM["forms/yes.yaml"].replace("Agreement", "Promise")}
    change = change_of(reviewed(tmp_path, new, old), "form:yes")
    assert change.schools == SCHOOLS
    assert "Title on its own: Agreement" in sides(change)[0]
    assert "Title on its own: Promise" in sides(change)[1]
    assert causes(change) == ["forms/yes.yaml:2"]


# Approval --------------------------------------------------------------------


def _register(folder: Path, new: dict[str, str]) -> dict[str, str]:
    _, after = versions(folder, new)
    prints = {
        target.school_id: target.document.fingerprint[:8]
        for target in targets(after.library)
        if target.document
    }
    wording = ", ".join(f'{school}: "{prints[school]}"' for school in ("alder", "birch"))
    line = f'- {{version: "1", approved: 2026-01-01, by: Board, wording: {{{wording}}}}}'
    return {"approvals/rules.yaml": line}


def test_wording_that_the_register_holds_is_not_approved_again(tmp_path: Path) -> None:
    new = changed_file(M, ("every new", "each new"))
    register = _register(tmp_path / "first", new)
    found = reviewed(tmp_path / "second", new | register)
    assert found.renewed == [("cedar", "rules")]


def test_only_schools_whose_wording_changed_approve_again(tmp_path: Path) -> None:
    found = reviewed(tmp_path, at_school("birch", "amend:", f"  {REPLACED}"))
    assert found.renewed == [("birch", "rules")]


# Renames ---------------------------------------------------------------------

RENAMED = {
    M: BASE[M].replace("          c: {", "          k: {"),
    RULES: BASE[RULES].replace("m/c]", "m/k]"),
}


def test_a_new_id_without_a_word_looks_like_a_rename(tmp_path: Path) -> None:
    found = reviewed(tmp_path, RENAMED)
    assert told(found) == [
        ("clause:m/c", "removed", "wording"),
        ("clause:m/k", "added", "wording"),
    ]
    assert found.likely_renamed == [("m/c", "m/k")]


def test_a_few_other_words_still_look_like_a_rename(tmp_path: Path) -> None:
    new = {**RENAMED, M: RENAMED[M].replace("stays as it is", "stays as it was")}
    assert reviewed(tmp_path, new).likely_renamed == [("m/c", "m/k")]


def test_other_words_do_not_look_like_a_rename(tmp_path: Path) -> None:
    new = {**RENAMED, M: RENAMED[M].replace("Charlie stays as it is", "Nobody may smoke here")}
    assert not reviewed(tmp_path, new).likely_renamed


def test_a_rename_that_is_stated_changes_nothing(tmp_path: Path) -> None:
    new = {**RENAMED, M: RENAMED[M].replace("k: {", "k: {formerly: m/c, ")}
    found = reviewed(tmp_path, new)
    assert not found.changes
    assert not found.likely_renamed


def test_a_clause_that_was_renamed_and_reworded_is_compared_with_its_old_self(
    tmp_path: Path,
) -> None:
    new = {
        **RENAMED,
        M: RENAMED[M].replace("k: {", "k: {formerly: m/c, ").replace("as it is", "as it was"),
    }
    found = reviewed(tmp_path, new)
    assert told(found) == [("clause:m/k", "changed", "wording")]
    assert sides(found.changes[0])[0] == "Charlie | Charlie stays as it is."
    assert causes(found.changes[0]) == ["clauses/m.yaml:5"]


def test_references_follow_a_rename(tmp_path: Path) -> None:
    old = changed_file(N, ("Delta comes from another file.", "\"See {{ ref('m/c') }}.\""))
    new = {
        **RENAMED,
        M: RENAMED[M].replace("k: {", "k: {formerly: m/c, "),
        N: old[N].replace("m/c", "m/k"),
    }
    assert not reviewed(tmp_path, new, old).changes


# Sides that have errors, or lack something -----------------------------------


@pytest.mark.parametrize("spoilt_side", ["old", "new"])
def test_an_error_at_one_school_stops_only_that_school(tmp_path: Path, spoilt_side: str) -> None:
    good = changed_file(M, ("every new", "each new"))
    spoilt = changed_file("schools/birch.yaml", ("headteacher", "bursar"))
    mended = {"schools/birch.yaml": BASE["schools/birch.yaml"]}
    new, old = (good | mended, spoilt) if spoilt_side == "old" else (good | spoilt, {})
    found = reviewed(tmp_path, new, old)
    assert [change.schools for change in found.changes] == [("alder", "cedar")]
    assert ("birch", "rules") not in found.documents
    (line,) = found.not_compared
    assert line.startswith(f"{'before' if spoilt_side == 'old' else 'after'}, birch/rules: ")
    assert ("birch", "rules") not in found.renewed
    before, after = found.faults
    assert bool(before) == (spoilt_side == "old")
    assert bool(after) == (spoilt_side == "new")


def test_a_school_whose_file_has_errors_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    spoilt = changed_file("schools/birch.yaml", ("phase: primary", "phase: tiny"))
    mended = {"schools/birch.yaml": BASE["schools/birch.yaml"]}
    found = reviewed(tmp_path, mended, spoilt)
    assert not found.differs
    assert len(found.not_compared) == 1
    assert "birch" in found.not_compared[0]


def test_a_policy_whose_file_has_errors_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    spoilt = changed_file(RULES, ("status: final", "status: perfect"))
    found = reviewed(tmp_path, {RULES: BASE[RULES]}, spoilt)
    assert not found.documents
    assert found.not_compared


def test_a_school_that_joins_is_told_as_a_whole(tmp_path: Path) -> None:
    found = reviewed(
        tmp_path, {"schools/cedar.yaml": BASE["schools/cedar.yaml"]}, {"schools/cedar.yaml": ""}
    )
    assert not found.changes
    assert found.differs
    old, new = found.documents["cedar", "rules"]
    assert old is None
    assert new is not None
    assert found.renewed == [("cedar", "rules")]
    assert not found.signing


def test_a_policy_that_a_school_gives_up(tmp_path: Path) -> None:
    new = changed_file("schools/cedar.yaml", ("policies: [rules]", "policies: []"))
    found = reviewed(tmp_path, new)
    assert not found.changes
    assert found.differs
    assert found.documents["cedar", "rules"][1] is None
    assert not found.renewed


def test_a_policy_of_the_trust_belongs_to_no_school(tmp_path: Path) -> None:
    outline = "sections: [{heading: One, clauses: [m/a]}]"
    old = {"policies/board.yaml": f"{{title: Board, level: trust, control: [], {outline}}}"}
    found = reviewed(tmp_path, changed_file(M, ("every new", "each new")), old, schools=("trust",))
    assert [(change.policy_id, change.schools) for change in found.changes] == [("board", (None,))]


def test_nothing_is_assembled_that_was_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str | None, str]] = []

    def noted(
        library: Library, school_id: str | None, policy_id: str, **options: bool
    ) -> Assembled:
        made.append((school_id, policy_id))
        return assemble_policy(library, school_id, policy_id, **options)

    monkeypatch.setattr("policygen.assemble.targets.assemble_policy", noted)
    new = changed_file(M, ("every new", "each new"))
    reviewed(tmp_path, new, schools=("birch",), policies=("rules",))
    assert made == [("birch", "rules")] * 2


def test_only_what_was_asked_for_is_compared(tmp_path: Path) -> None:
    new = changed_file(M, ("every new", "each new"))
    found = reviewed(tmp_path, new, schools=("birch",))
    assert list(found.documents) == [("birch", "rules")]
    assert [change.schools for change in found.changes] == [("birch",)]
    assert not reviewed(tmp_path / "other", new, policies=("none",)).documents


# Grouping ---------------------------------------------------------------------


def test_a_clause_is_told_as_one_though_its_number_is_another_at_one_school(
    tmp_path: Path,
) -> None:
    old = at_school("birch", "amend:", "  - {omit: m/a}")
    found = reviewed(tmp_path, changed_file(M, ("before posting", "first")), old)
    (change,) = found.changes
    assert change.schools == SCHOOLS
    assert change.title == "Bravo"


def test_a_reworded_clause_with_a_new_name_at_one_school_is_told_apart(tmp_path: Path) -> None:
    new = {
        **changed_file(M, ("before posting", "first")),
        **changed_file("schools/birch.yaml", ("Head of birch", "Somebody")),
    }
    found = reviewed(tmp_path, new)
    assert [change.schools for change in found.changes] == [("alder", "cedar"), ("birch",)]
    assert "Somebody" in sides(found.changes[1])[1]


def test_changes_are_told_policy_by_policy(tmp_path: Path) -> None:
    lists = {
        name: text.replace("policies: [rules]", "policies: [rules, more]")
        for name, text in BASE.items()
        if name.startswith("schools/")
    }
    old = {"policies/more.yaml": BASE[RULES].replace("Rules", "More"), **lists}
    new = {
        **changed_file(M, ("every new", "each new")),
        "schools/cedar.yaml": lists["schools/cedar.yaml"].replace("Head of cedar", "Another"),
    }
    found = reviewed(tmp_path, new, old)
    assert [change.policy_id for change in found.changes] == ["rules", "rules", "more", "more"]


def test_a_version_compared_with_itself_turned_round_tells_the_opposite(tmp_path: Path) -> None:
    before, after = versions(tmp_path, changed_file(M, ("every new", "each new")))
    forth, back = review(before, after).changes[0], review(after, before).changes[0]
    assert sides(forth) == tuple(reversed(sides(back)))


def _revisions(blocks: object) -> list[Revision]:
    return [
        inline
        for block in walk(blocks)  # type: ignore[arg-type]
        for run in inlines(block)
        for inline in walk_inlines(run)
        if isinstance(inline, Revision)
    ]
