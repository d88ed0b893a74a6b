"""Passages: the words that are printed, each where it stands in its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygen.checks.following import passages_of
from policygen.checks.prose import ANY_SLOT
from policygen.checks.sentences import sentences
from policygen.checks.writings import Prose
from policygen.model.texts import Markdown
from policygen.readers.library import read_library
from policygen.readers.templates import compile_markdown
from policygen.readers.yaml_source import read_yaml

ROOT = Path(__file__).parents[2]


def passages(text: str) -> list[str]:
    markdown = Markdown(read_yaml(text, "a.yaml").data["text"])
    found = passages_of(markdown, compile_markdown(markdown))
    return [passage.words for passage in found.passages]


def test_markdowns_own_signs_are_no_words() -> None:
    text = """
text: |
  Be **kind**, *please*, to [all](https://a.example).

  > Quoted \\
  > lines.

  1. First
  2. Second
     - inner

  | Who | What |
  |---|---:|
  | A \\| B | &lt;C |
"""
    assert passages(text) == [
        "Be kind, please, to all.",
        "Quoted \nlines.",
        "First",
        "Second",
        "inner",
        "Who",
        "What",
        "A | B",
        "<C",
    ]


@pytest.mark.parametrize("source", ["policy_src", "tests/sample_trust", "templates/starter"])
def test_letters_stand_where_their_place_says(source: str) -> None:
    reading = read_library(ROOT / source)
    assert reading.library is not None
    lines = {path: text.split("\n") for path, text in reading.texts.items()}
    for writing in Prose(reading.library).writings:
        for passage in writing.passages.passages:
            for at, letter in enumerate(passage.words):
                if letter.isalnum():
                    span = passage.span(at, at + 1)
                    assert lines[span.path][span.line - 1][span.column - 1] == letter, span


def test_numbers_of_a_list_are_not_taken_for_its_words() -> None:
    source = "text: |\n  1. 1 device\n  2. 2 devices\n"
    text = Markdown(read_yaml(source, "a.yaml").data["text"])
    found = passages_of(text, compile_markdown(text)).passages
    assert [str(passage.span(0, 1)) for passage in found] == ["a.yaml:2:6", "a.yaml:3:6"]


def test_a_stretch_ends_with_its_line() -> None:
    source = "text: |\n  one two\n  three\n"
    text = Markdown(read_yaml(source, "a.yaml").data["text"])
    (passage,) = passages_of(text, compile_markdown(text)).passages
    span = passage.span(4, 13)
    assert (span.line, span.column, span.length) == (2, 7, 3)
    assert passage.typed(4, 13) is None
    assert passage.typed(4, 7) == "two"


def test_values_are_characters_that_no_word_has() -> None:
    (words,) = passages("text: Tell {{ officers.headteacher.name }} and {{ school.name | a }}.")
    assert len(words) == len("Tell x and x.")
    assert not any(c.isalnum() for c in words if c in ANY_SLOT)


SENTENCES = {
    "One. Two!": ["One.", "Two!"],
    "Use a tool, e.g. Word, at 3.30 p.m. or so. Then stop.": [
        "Use a tool, e.g. Word, at 3.30 p.m. or so.",
        "Then stop.",
    ],
    "Ask Dr. Who. “Why?” Because.": ["Ask Dr. Who.", "“Why?”", "Because."],
    "It ends (here.) Now": ["It ends (here.)", "Now"],
    "one line\nanother": ["one line", "another"],
    "Is it … or is it?": ["Is it … or is it?"],
}


@pytest.mark.parametrize("words", SENTENCES)
def test_sentences(words: str) -> None:
    assert [words[start:end] for start, end in sentences(words)] == SENTENCES[words]
