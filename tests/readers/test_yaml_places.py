"""Every letter of a text stands where its place says, however YAML has it written."""

from __future__ import annotations

import pytest

from policygen.model.texts import SourceText
from policygen.readers.yaml_source import read_yaml

WRITTEN = {
    "double quotes": r'"He said \"no\" to \u00e9ach of Us"',
    "double quotes over lines": '"one \\"Two\\"\n  three \\\n  four\n\n  five"',
    "single quotes": "'don''t, it''s Ours'",
    "single quotes over lines": "'it''s one\n  Two\n\n  three''s'",
    "folded": ">\n  One two\n  three\n\n  four\n    five\n  six\n",
    "folded, without its end": ">-\n  One\n  one\n  one\n",
    "kept lines": "|\n  One two\n\n    three\n  four\n",
    "plain": "one two\n  three\n\n  four",
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_letters_stand_where_their_place_says(written: str) -> None:
    source = f"first: 1\ntext: {written}\n"
    text = read_yaml(source, "a.yaml").data["text"]
    assert isinstance(text, SourceText)
    lines = source.split("\n")
    for offset, letter in enumerate(text):
        if letter.isascii() and letter.isalnum():
            at = text.at(offset)
            assert lines[at.line - 1][at.column - 1] == letter, (letter, at)
