"""``policygen explain``: where words come from, who decided them, why others are absent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from policygen.cli import commands
from small_trust import FILES, Maker

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SOURCES = {
    "trust.yaml": """
        name: Fern Trust
        officers: {lead: {name: L. Person, post: Lead}}
        settings: {late: never}
        """,
    "settings.yaml": """
        late: {question: How late?, choices: {never: Never, often: Often}, default: often}
        early: {question: How early?, choices: {dawn: Dawn, noon: Noon}, default: noon}
        age: {question: How old?, type: integer, default: 13}
        """,
    "references.yaml": "act: {title: Example Act, edition: '2020', url: https://act.example}",
    "clauses/m.yaml": """
        clauses:
          a:
            heading: First rule
            text: |
              Alpha is **very important** to
              {{ officers.headteacher.name }}.

              Second paragraph of “Alpha”.
          b: {text: Bravo is for all., cites: [act]}
          c:
            choose: late
            texts:
              never: Never be late.
              often: Be late as often as you like.
          d: {when: school.phase == "secondary" and settings.age > 11, text: Delta for the big.}
          e: {text: Echo is of the library.}
          f: {text: Foxtrot is left out here.}
        """,
    "clauses/n.yaml": """
        clauses:
          deep: {text: Deep inside.}
          elsewhere: {text: Listed by nobody here.}
        """,
    "policies/rules.yaml": """
        title: Rules of {{ school.short_name }}
        status: final
        version: "1"
        next_review: 2027-10-01
        owner: lead
        control: [owner, {label: Room, value: Twelve}]
        sections:
          - {heading: One, id: one, clauses: [m]}
          - {heading: Two, id: two, when: settings.early == "dawn", clauses: [n/deep]}
          - {heading: Law, generate: references}
        appendices: [{form: pledge}]
        """,
    "policies/other.yaml": "title: Other\nsections: [{heading: X, clauses: [n]}]",
    "forms/pledge.yaml": """
        title: Pledge of {{ terms.staff }}
        intro: Please read this.
        statements:
          - I keep to the rules.
          - {text: I am grown up., when: settings.age > 20}
        declaration: I declare it.
        fields: [name, {label: Shoe size, kind: text}]
        """,
    "forms/lone.yaml": "title: Lone form\nstatements: [I stand alone.]",
    "schools/alder.yaml": """
        name: Alder Primary
        short_name: Alder
        phase: primary
        officers: {headteacher: {name: B. Person}}
        settings: {age: 15}
        policies:
          rules:
            settings: {late: often}
            amend:
              - replace: m/e
                reason: Small village
                text: |
                  Echo is our own.
              - {omit: m/f, reason: Not for us}
              - {add: g, after: m/a, text: Golf is added.}
        """,
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    Maker(folder).write(SOURCES)
    return folder


def run(source: Path, *args: str) -> Result:
    return CliRunner().invoke(commands, ["explain", *args, "--source", str(source)])


def parts(source: Path, asked: str, policy: str = "rules") -> list[dict[str, Any]]:
    result = run(source, "alder", policy, asked, "--json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["parts"]
    return found


def part(source: Path, asked: str, policy: str = "rules") -> dict[str, Any]:
    found = parts(source, asked, policy)
    assert len(found) == 1, [(each["id"], each["words"]) for each in found]
    return found[0]


def line_of(path: str, words: str) -> int:
    """Give the line of a file on which some words stand."""
    lines = SOURCES[path].strip("\n").split("\n")
    if not SOURCES[path].startswith("\n"):
        lines = SOURCES[path].split("\n")
    (at,) = [number for number, line in enumerate(lines, 1) if words in line]
    return at + (1 if SOURCES[path].startswith("\n") else 0)


def written(one: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(each["layer"], each["path"], each["line"]) for each in one["written"]]


# Printed words ---------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "very important to B. Person",  # across bold, a line's end and what is filled in
        "ALPHA  is   very",
        "“alpha is very important",
    ],
)
def test_words_are_found_as_they_are_printed(source: Path, asked: str) -> None:
    one = part(source, asked)
    assert (one["id"], one["title"], one["within"]) == ("m/a", "1.1 First rule", "1 One")


def test_a_sentence_has_its_own_line(source: Path) -> None:
    path = "clauses/m.yaml"
    one = part(source, 'second paragraph of "alpha"')
    assert written(one) == [("library", path, line_of(path, "Second paragraph"))]


def test_what_is_filled_in_says_from_where(source: Path) -> None:
    (value,) = part(source, "Alpha is very")["values"]
    assert (value["name"], value["text"]) == ("officers.headteacher.name", "B. Person")
    at = line_of("schools/alder.yaml", "headteacher")
    assert [(s["layer"], s["path"], s["line"]) for s in value["from"]] == [
        ("school", "schools/alder.yaml", at)
    ]


def test_an_answer_says_who_answers(source: Path) -> None:
    answer = part(source, "late as often")["answer"]
    assert (answer["setting"], answer["answer"]) == ("late", "often")
    assert answer["from"]["layer"] == "entry"
    assert answer["from"]["line"] == line_of("schools/alder.yaml", "late: often")


def test_a_heading_and_words_over_several_lines_are_found(source: Path) -> None:
    assert part(source, "First rule")["written"][0]["line"] == line_of(
        "clauses/m.yaml", "First rule"
    )
    assert part(source, "B. Person. Second paragraph")["id"] == "m/a"


@pytest.mark.parametrize(
    ("asked", "name"), [("1.1", "m/a"), ("appendix a", "pledge"), ("1", "one")]
)
def test_numbers_and_letters_are_found(source: Path, asked: str, name: str) -> None:
    assert part(source, asked)["id"] == name


def test_an_amendment_says_what_it_did_and_why(source: Path) -> None:
    one = part(source, "our own")
    amendment = one["amendment"]
    assert (amendment["did"], amendment["reason"]) == ("replaced", "Small village")
    assert written(one) == [
        ("amendment", "schools/alder.yaml", line_of("schools/alder.yaml", "our own"))
    ]
    assert amendment["library"]["line"] == line_of("clauses/m.yaml", "Echo is of")
    added = part(source, "local/g")
    assert added["amendment"]["did"] == "added"
    assert added["amendment"]["library"] is None


def test_title_and_facts_and_control_table_are_explained(source: Path) -> None:
    title = parts(source, "Rules of Alder")[0]
    assert (title["title"], title["written"][0]["path"]) == ("Title", "policies/rules.yaml")
    facts = parts(source, "1 October 2027")
    assert facts[0]["written"][0]["line"] == line_of("policies/rules.yaml", "next_review")
    owner = part(source, "L. Person, Lead")
    assert [value["from"][-1]["path"] for value in owner["values"]] == ["trust.yaml"]
    assert part(source, "Twelve")["written"][0]["line"] == line_of("policies/rules.yaml", "Twelve")


def test_a_reference_says_which_clauses_cite_it(source: Path) -> None:
    one = part(source, "Example Act (2020)")
    assert one["cited_by"] == ["m/b"]
    assert one["values"][0]["from"][0]["path"] == "references.yaml"


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("I keep to the rules", "I keep to"),
        ("Please read", "Please read"),
        ("I declare", "I declare"),
        ("Shoe size", "Shoe size"),
        ("Pledge of staff", "Pledge of"),
    ],
)
def test_texts_of_a_form_have_their_lines(source: Path, asked: str, where: str) -> None:
    path = "forms/pledge.yaml"
    assert ("form", path, line_of(path, where)) in written(parts(source, asked)[-1])


def test_a_form_can_be_asked_about_by_itself(source: Path) -> None:
    assert part(source, "I keep to", "pledge")["kind"] == "form"
    assert part(source, "I stand alone", "lone")["written"][0]["path"] == "forms/lone.yaml"


# Absent ones -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("m/d", "Its condition does not hold here."),
        ("Delta for the big", "Its condition does not hold here."),
        ("m/f", "The school’s amendment omits it: Not for us."),
        ("Foxtrot is left out", "The school’s amendment omits it: Not for us."),
        ("Never be late", "text for the choice “never” of the setting “late”"),
        ("Echo is of the library", "puts other words in its place: Small village."),
        ("n/deep", "The section “Two” that lists it is switched off"),
        ("Deep inside", "The section “Two” that lists it is switched off"),
        ("n/elsewhere", "It is not in the outline of this policy. It is listed in: other."),
        ("two", "Its condition does not hold here."),
        ("I am grown up", "Its condition does not hold here."),
    ],
)
def test_what_is_absent_says_why(source: Path, asked: str, why: str) -> None:
    one = part(source, asked)
    assert one["printed"] is False
    assert why in one["why_absent"]


def test_a_condition_says_what_stands_for_its_names(source: Path) -> None:
    (ground,) = part(source, "m/d")["conditions"]
    assert ground["holds"] is False
    told = {each["name"]: (each["text"], each["from"][0]["layer"]) for each in ground["values"]}
    assert told == {"school.phase": ("primary", "school"), "settings.age": ("15", "school")}


def test_the_conditions_around_a_part_are_told(source: Path) -> None:
    (ground,) = part(source, "n/deep")["conditions"]
    assert ground["condition"] == 'settings.early == "dawn"'
    assert ground["values"][0]["from"][0]["layer"] == "default"


# The rest --------------------------------------------------------------------


def test_without_a_question_every_part_is_listed(source: Path) -> None:
    result = run(source, "alder", "rules")
    assert result.exit_code == 0, result.output
    for words in ("1.1 First rule  m/a", "local/g", "not printed:", "Small village", "Appendix A"):
        assert words in result.output
    order = [result.output.index(name) for name in ("m/a", "local/g", "m/b", "m/c")]
    assert order == sorted(order)


def test_a_module_tells_of_all_its_clauses(source: Path) -> None:
    assert [each["id"] for each in parts(source, "m")] == [f"m/{name}" for name in "abcdef"]


def test_words_that_nothing_says_bring_the_nearest(source: Path) -> None:
    result = run(source, "alder", "rules", "Bravo was for everyone")
    assert result.exit_code == 1
    assert "Nothing here says “Bravo was for everyone”." in result.output
    assert "“Bravo is for all.”" in result.output


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("aldr", "rules"), "Did you mean “alder”?"),
        (("alder", "rule"), "Did you mean “rules”?"),
        (("alder", "other"), "alder does not have the policy “other”."),
        (("trust", "rules"), "trust does not have the policy “rules”."),
        (("alder", "rules", "m/aa"), "Did you mean “m/"),
    ],
)
def test_an_unknown_name_is_wrong_use(source: Path, args: tuple[str, ...], told: str) -> None:
    result = run(source, *args)
    assert result.exit_code == 2
    assert told in result.output


def test_a_document_with_errors_is_explained_all_the_same(tmp_path: Path) -> None:
    broken = FILES["clauses/m.yaml"].replace("Bravo.", "'Bravo {{ school.urn }}.'")
    Maker(tmp_path).write({"clauses/m.yaml": broken})
    result = run(tmp_path, "alder", "rules", "Alpha")
    assert result.exit_code == 0, result.output
    assert "This document has 1 error" in result.output


def test_a_code_is_explained(source: Path) -> None:
    result = run(source, "unused-clause")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("unused-clause: ")
    assert "Good:" in result.output
    assert json.loads(run(source, "unknown-key", "--json").stdout)["code"] == "unknown-key"


def test_an_unknown_code_brings_the_nearest(source: Path) -> None:
    result = run(source, "unused-clauses")
    assert result.exit_code == 2
    assert "Did you mean “unused-clause”?" in result.output
