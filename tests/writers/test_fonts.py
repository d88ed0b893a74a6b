"""The list of what fonts cover is true, and faces are chosen by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from policygen.writers.fonts import faces_for, families, families_for, font_faces, uncovered
from policygen.writers.theme import Theme, bundled_templates


def test_every_face_has_the_characters_listed() -> None:
    for family in families():
        for face in family.faces:
            path = Theme().path(face.name)
            has = {chr(code) for code in TTFont(path).getBestCmap()}
            assert family.characters <= has, face.name


def test_every_font_is_listed_and_has_its_licence() -> None:
    folder = bundled_templates() / "fonts"
    listed = {Path(face.name).name for family in families() for face in family.faces}
    assert listed == {path.name for path in folder.glob("*.woff2")}
    for start in {re.split(r"-(?:latin|marks|symbols|greek|world)", name)[0] for name in listed}:
        assert list(folder.glob(f"{start}-*.txt"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text, 24 & “quotes” – é", ["Policy Text"]),
        ("Ŵyn ŷ", ["Policy Text", "Policy Text Extended"]),
        ("Zieliński ✓", ["Policy Text", "Policy Text Extended", "Policy Marks"]),
        ("☎", ["Policy Text", "Policy Symbols"]),
        ("Αθήνα Київ", ["Policy Text", "Policy Greek Cyrillic"]),
        ("العربية", ["Policy Text", "Policy World"]),
        ("\n\t\N{ZERO WIDTH JOINER}\N{SOFT HYPHEN}", ["Policy Text"]),
        ("", ["Policy Text"]),
    ],
)
def test_families_by_text(text: str, expected: list[str]) -> None:
    assert [family.name for family in families_for(text)] == expected


def test_uncovered_names_each_character_once_in_order() -> None:
    assert uncovered("a 漢字 b 漢 ✓ Ŵ \n") == "漢字"


@pytest.mark.parametrize(
    "text", ["✓ ☐ ☑ → ≥ ≤ ≠ • … – — ‘’ “” £ € © ½ ° × −", "ŵŷŴŶâêîôûïéàäöüßçñłńśźżąęăîșț"]
)
def test_what_schools_write_is_covered(text: str) -> None:
    assert uncovered(text) == ""


def test_italics_only_where_asked_and_stand_ins_only_regular() -> None:
    plain = faces_for("a ✓")
    assert [(face.weight, face.italic) for face in plain] == [
        (400, False),
        (700, False),
        (400, False),
    ]
    leaning = faces_for("a", {700})
    assert [(face.weight, face.italic) for face in leaning if face.italic] == [(700, True)]


def test_rules_name_family_weight_and_address() -> None:
    (face, *_) = faces_for("a")
    rule = font_faces([face], lambda face: f"x/{face.name}")
    assert 'font-family: "Policy Text"; font-weight: 400; font-style: normal' in rule
    assert 'url("x/fonts/atkinson' in rule
