"""Lists as CSV: no cell becomes a formula, and what is written is read again."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policygen.cells import one_line, unguarded
from policygen.readers.tables import read_table
from policygen.writers.sheets import csv_text


def test_bytes_as_excel_wants_them() -> None:
    data = csv_text(["Name", "Post"], [["Siân Ash", "Teacher, Year 7"], ['"Jo"', "a\r\nb\nc"]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").split("\r\n") == [
        '"Name","Post"',
        '"Siân Ash","Teacher, Year 7"',
        '"""Jo""","a b c"',
        "",
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44 1632 960123",
        "-1",
        "@SUM(A1)",
        "  =1",
        "\n=1",
        "\r=1",
        "＝1",
        "'=1",
        "''@",
    ],
)
def test_formulas_are_guarded(cell: str) -> None:
    (line,) = csv_text([cell], []).decode("utf-8-sig").splitlines()
    assert line.startswith("\"'")
    assert unguarded(line.strip('"')) == cell.strip()


@pytest.mark.parametrize("cell", ["", "a=b", "O’Brien", "'Twas", "3-4", "'"])
def test_others_are_not(cell: str) -> None:
    assert csv_text([cell], []).decode("utf-8-sig") == f'"{cell}"\r\n'
    assert unguarded(cell) == cell


def normalised(cell: str) -> str:
    return one_line(cell)


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["=1", "'=1", "a;b;c", "a\tb", 'say "x"', "sep=;", "<html>", "x\r\ny", "\ufeff", "%PDF"]
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(TABLES)
@example([["a", "b"], ["x;y;z", "x;y;z"]])
@example([["sep=;"], ["1;2"]])
def test_what_is_written_is_read_again(lines: list[list[str]]) -> None:
    lines = [line for line in lines if any(map(normalised, line))]
    if not lines:
        return
    table = read_table(csv_text(lines[0], lines[1:]))
    assert table.heading is not None
    read = [row for _, row in [table.heading, *table.rows]]
    assert [[normalised(unguarded(cell)) for cell in row] for row in read] == [
        [normalised(cell) for cell in line] for line in lines
    ]
