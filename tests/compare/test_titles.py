"""Sections and appendices without an id that were given another title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from documents import clause, p, t
from policygen.compare import Comparison
from policygen.document import (
    Appendix,
    Block,
    Inlines,
    Revision,
    Section,
    inlines,
    revision_of,
    walk_inlines,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def section(heading: str, *blocks: Block, name: str = "") -> Section:
    return Section(name, t(heading), blocks)


def appendix(heading: str, *blocks: Block) -> Appendix:
    return Appendix("", t(heading), blocks)


def rules(*names: str) -> tuple[Block, ...]:
    return tuple(clause(name, (), p(f"The rule on {name}.")) for name in names)


def compared(old: Block, new: Block, renamed: dict[str, str] | None = None) -> tuple[Block, ...]:
    return Comparison(renamed or {}).blocks((old,), (new,))


def marked(run: Inlines) -> bool:
    return any(isinstance(inline, Revision) for inline in walk_inlines(run))


@pytest.mark.parametrize("made", [section, appendix])
def test_only_the_heading_of_what_was_retitled_is_marked(
    made: Callable[..., Section | Appendix],
) -> None:
    (both,) = compared(made("Using phones", *rules("a", "b")), made("Own phones", *rules("a", "b")))
    assert isinstance(both, Section | Appendix)
    assert marked(both.heading)
    assert both.blocks == rules("a", "b")


def test_half_of_the_clauses_are_enough() -> None:
    (both,) = compared(section("Phones", *rules("a", "b")), section("Devices", *rules("b")))
    assert isinstance(both, Section)
    gone, kept = both.blocks
    assert revision_of(gone) == "deletion"
    assert (kept,) == rules("b")


def test_other_clauses_make_another_section() -> None:
    old, new = section("Phones", *rules("a", "b")), section("Devices", *rules("b", "c", "d"))
    kinds = [revision_of(block) for block in compared(old, new)]
    assert kinds == ["deletion", "insertion"]


def test_clauses_are_known_by_their_new_ids() -> None:
    old, new = section("Phones", *rules("a")), section("Devices", *rules("b"))
    (both,) = compared(old, new, {"every/a": "every/b"})
    assert revision_of(both) is None


def test_what_has_no_clauses_is_known_by_its_words() -> None:
    text = p("Ask the head of school before you post pictures of lessons.")
    (both,) = compared(section("Pictures", text), section("Photographs", text))
    assert isinstance(both, Section)
    assert both.blocks == (text,)
    other = p("Somebody else tells what happens now.")
    assert len(compared(section("Pictures", text), section("Photographs", other))) == 2


def test_a_section_and_an_appendix_are_never_the_same() -> None:
    assert len(compared(section("Phones", *rules("a")), appendix("Phones", *rules("a")))) == 2


def test_a_section_inside_another_is_found() -> None:
    old = section("All", section("Phones", *rules("a")), name="all")
    new = section("All", section("Devices", *rules("a")), name="all")
    (both,) = compared(old, new)
    assert isinstance(both, Section)
    (inner,) = both.blocks
    assert any(map(marked, inlines(inner)))
    assert revision_of(inner) is None


def test_two_appendices_without_ids_are_known_by_their_headings() -> None:
    one, two = appendix("One", *rules("a")), appendix("Two", *rules("b"))
    assert Comparison().blocks((one, two), (two,))[1] == two
