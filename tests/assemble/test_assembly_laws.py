"""What holds for every trust: the fingerprint sees words and decisions, nothing raises."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import SAMPLE
from policygen.assemble.targets import targets
from policygen.document import lines
from policygen.readers.library import read_library
from small_trust import FILES

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.assemble.targets import Target
    from small_trust import Maker

# The fingerprint -----------------------------------------------------------------------

BASE = {
    "trust.yaml": """
        name: Fern Trust
        officers: {dpo: {name: A. Person, email: dpo@fern.example}}
        settings: {phones: breaks, age: 13, pages: true}
        """,
    "settings.yaml": """
        phones: {question: Q?, choices: {never: never, breaks: at break}}
        age: {question: Q?, type: integer}
        pages: {question: Q?, type: yes-no}
        unused: {question: Q?, type: text, default: x}
        """,
    "references.yaml": "act: {title: Example Act 1999}",
    "clauses/m.yaml": """
        clauses:
          a: {heading: Accounts, text: "No links with {{ terms.pupils }}: {{ officers.dpo.name }}."}
          b:
            text: |
              Phones {{ settings.phones }}, from {{ settings.age }} on; see {{ ref("m/a") }}.

              - one
              - two

              | x | y |
              |---|---|
              | 1 | 2 |
          c: {text: "You {{ 'must' if settings.pages else 'may' }}, by {{ cite('act') }}."}
        """,
    "policies/rules.yaml": """
        title: Rules of {{ school.name }}
        version: "1"
        status: final
        owner: dpo
        control: [version, owner, next_review]
        next_review: 2027-10-01
        history: [{version: "1", date: 2026-09-01, summary: First}]
        sections:
          - {heading: One, clauses: [m]}
          - {heading: History, generate: history}
        sign_off: [headteacher]
        appendices: [{form: consent}]
        """,
    "forms/consent.yaml": "title: Consent\nstatements: [{text: I agree.}]\nfields: [name]",
}


def fingerprint(trust: Maker, file: str = "trust.yaml", old: str = "", new: str = "") -> str:
    """Give the fingerprint of the base with one place of one file changed."""
    base = {**FILES, **BASE}
    assert old in base[file]
    assembled = trust.rules({**base, file: base[file].replace(old, new, 1)})
    assert not any(d.is_error for d in assembled.diagnostics), assembled.diagnostics
    return assembled.document.fingerprint


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("schools/alder.yaml", "B. Person", "Z. New"),
        ("schools/alder.yaml", "Alder Primary", "Alder and Birch"),
        ("trust.yaml", "Fern Trust", "Oak Trust"),
        ("trust.yaml", "A. Person", "Z. New"),
        ("trust.yaml", "name: Fern Trust", "name: Fern Trust\n        colour: '#123456'"),
        ("settings.yaml", "default: x", "default: y"),
        ("references.yaml", "1999", "2001"),
        ("policies/rules.yaml", "2027-10-01", "2028-10-01"),
        ("policies/rules.yaml", 'version: "1"', 'version: "2"'),
        ("policies/rules.yaml", "status: final", "status: consultation"),
        ("policies/rules.yaml", "summary: First", "summary: Second"),
        ("policies/rules.yaml", "[version, owner, next_review]", "[owner]"),
        ("policies/rules.yaml", "sign_off: [headteacher]", "sign_off: [Governor]"),
        ("policies/rules.yaml", "status: final", "status: final\n        numbering: paragraphs"),
        ("policies/rules.yaml", "status: final", "status: final\n        contents: true"),
        ("policies/rules.yaml", "status: final", "status: final\n        appendix_labels: numbers"),
        ("clauses/m.yaml", " on; see", "\n              on; see"),
        ("clauses/m.yaml", "links with", "**links** with"),
    ],
)
def test_a_value_or_a_number_is_no_change_of_wording(
    trust: Maker, file: str, old: str, new: str
) -> None:
    assert fingerprint(trust, file, old, new) == fingerprint(trust)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("clauses/m.yaml", "No links", "Few links"),
        ("clauses/m.yaml", "Accounts", "Account"),
        ("clauses/m.yaml", "- two", "- too"),
        ("clauses/m.yaml", "| 2 |", "| 3 |"),
        ("clauses/m.yaml", "| y |", "| z |"),
        ("clauses/m.yaml", "terms.pupils", "terms.staff"),
        ("clauses/m.yaml", "officers.dpo.name", "officers.headteacher.name"),
        ("clauses/m.yaml", 'ref("m/a")', 'ref("m/c")'),
        ("clauses/m.yaml", "'must'", "'should'"),
        ("policies/rules.yaml", "Rules of", "Rule of"),
        ("policies/rules.yaml", "heading: One", "heading: Won"),
        ("policies/rules.yaml", "clauses: [m]", "clauses: [m/b, m/a, m/c]"),
        ("forms/consent.yaml", "I agree", "I do not agree"),
        ("forms/consent.yaml", "[name]", "[name, date]"),
        ("trust.yaml", "phones: breaks", "phones: never"),
        ("trust.yaml", "age: 13", "age: 16"),
        ("trust.yaml", "pages: true", "pages: false"),
        ("settings.yaml", "breaks: at break", "breaks: at lunch"),
    ],
)
def test_a_word_or_a_decision_is_a_change_of_wording(
    trust: Maker, file: str, old: str, new: str
) -> None:
    assert fingerprint(trust, file, old, new) != fingerprint(trust)


WORD = re.compile(r"[A-Za-z]{3,}")


def words_of_clauses() -> list[tuple[str, int, int]]:
    """Give (file, start, end) of each word of the sample's plain clause texts."""
    found = []
    for path in sorted((SAMPLE / "clauses").glob("*.yaml")):
        for match in re.finditer(r"text: (?P<text>[A-Z][^{}\n:\"]*\.)", path.read_text("utf-8")):
            for word in WORD.finditer(match["text"]):
                start = match.start("text") + word.start()
                found.append((path.name, start, start + len(word[0])))
    return found


@given(place=st.sampled_from(words_of_clauses()), word=st.sampled_from(["never", "Zorn", "must"]))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_word_of_a_clause_counts_where_it_is_printed_and_nowhere_else(
    tmp_path: Path, printed: dict[str, Target], place: tuple[str, int, int], word: str
) -> None:
    name, start, end = place
    folder = tmp_path / "trust"
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    file = folder / "clauses" / name
    text = (SAMPLE / "clauses" / name).read_text("utf-8")
    if text[start:end] == word:
        return
    file.write_text(text[:start] + word + text[end:], "utf-8")
    library = read_library(folder).library
    assert library is not None
    for target in targets(library):
        before = printed[target.name].document
        assert target.document is not None
        assert before is not None
        if target.kind == "policy":
            changed = list(lines(target.document)) != list(lines(before))
            assert (target.document.fingerprint != before.fingerprint) == changed


# Nothing raises ------------------------------------------------------------------------

FILES_OF_SAMPLE = sorted(
    path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*.yaml") if path.is_file()
)
REMAINS = ["", "{{ ", "}}", "null", "[]", "{}", "12", "true", ": ", "&x ", "*x", "'", '"', "\t"]
REMAINS += ["{{ school.nothing }}", "{{ settings.motto | date }}", "when: 1 ==", "- ", "ref('x')"]


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    """Give a file of the sample and its text with a line dropped, doubled, moved or spoilt."""
    name = draw(st.sampled_from(FILES_OF_SAMPLE))
    text = (SAMPLE / name).read_text("utf-8").splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        if not text:
            break
        at = draw(st.integers(0, len(text) - 1))
        match draw(st.sampled_from(["drop", "double", "spoil", "cut", "swap"])):
            case "drop":
                del text[at]
            case "double":
                text.insert(at, text[at])
            case "spoil":
                words = text[at].split(" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(REMAINS))
                text[at] = " ".join(words)
            case "cut":
                text[at] = text[at][: draw(st.integers(0, len(text[at])))] + "\n"
            case _:
                other = draw(st.integers(0, len(text) - 1))
                text[at], text[other] = text[other], text[at]
    return name, "".join(text)


@given(mutations())
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_whatever_an_author_writes_nothing_raises(tmp_path: Path, change: tuple[str, str]) -> None:
    folder = tmp_path / "trust"
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    name, text = change
    (folder / name).write_text(text, "utf-8")
    reading = read_library(folder)
    if reading.library is None:
        assert any(d.is_error for d in reading.diagnostics)
        return
    for target in targets(reading.library):
        for diagnostic in target.diagnostics:
            assert diagnostic.message
        if target.document is not None:
            assert list(lines(target.document))
