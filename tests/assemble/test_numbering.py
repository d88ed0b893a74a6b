"""Numbers, cross-references and contents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygen.assemble.numbering import number
from policygen.document import (
    Appendix,
    Clause,
    Contents,
    ContentsEntry,
    Document,
    Generated,
    Paragraph,
    Reference,
    Section,
    Text,
    walk,
)
from small_trust import body, codes, numbers, words_of

if TYPE_CHECKING:
    from policygen.document import Block, NumberingStyle
    from small_trust import Maker

STYLES: tuple[NumberingStyle, ...] = ("none", "sections", "clauses", "paragraphs")


def rules(outline: str, numbering: str = "clauses") -> dict[str, str]:
    """Give the policy with this outline."""
    head = f"title: R\nversion: '1'\nstatus: final\ncontrol: []\nnumbering: {numbering}\n"
    return {"policies/rules.yaml": head + outline}


OUTLINE = """
sections:
  - {heading: Front, clauses: [m/a, m/b], sections: [{heading: Inner, clauses: [m/c]}]}
  - {heading: Back}
"""


@pytest.mark.parametrize(
    ("numbering", "printed"),
    [
        ("none", ["Front", "m/a", "m/b", "Inner", "m/c", "Back"]),
        ("sections", ["1 Front", "m/a", "m/b", "1.1 Inner", "m/c", "2 Back"]),
        ("clauses", ["1 Front", "1.1 m/a", "1.2 m/b", "1.3 Inner", "1.3.1 m/c", "2 Back"]),
        ("paragraphs", ["Front", "1 m/a", "2 m/b", "Inner", "3 m/c", "Back"]),
    ],
)
def test_each_style_numbers_in_its_way(trust: Maker, numbering: str, printed: list[str]) -> None:
    assert numbers(trust.rules(rules(OUTLINE, numbering)).document) == printed


def test_clauses_are_what_a_policy_has_that_says_nothing(trust: Maker) -> None:
    assert numbers(trust.rules().document) == ["1 One", "1.1 m/a", "1.2 m/b", "1.3 m/c"]


def test_paragraphs_carry_on_the_count_of_sections(trust: Maker) -> None:
    """A council's text: sections 1 to 2, paragraphs 3 to 5, then section 6."""
    outline = """
sections:
  - {heading: Opening, numbering: none, clauses: [m/a]}
  - {heading: First, clauses: [m/b]}
  - {heading: Second, clauses: [m/c]}
  - {heading: Middle, numbering: paragraphs, clauses: [n/d, n/e]}
  - {heading: More, numbering: paragraphs, clauses: [n/f]}
  - {heading: Last, clauses: [n/g]}
"""
    more = "clauses: {d: {text: D}, e: {text: E}, f: {heading: Head, text: F}, g: {text: G}}"
    assert numbers(trust.rules({**rules(outline), "clauses/n.yaml": more}).document) == [
        "Opening",
        "m/a",
        "1 First",
        "1.1 m/b",
        "2 Second",
        "2.1 m/c",
        "Middle",
        "3 n/d",
        "4 n/e",
        "More",
        "5 n/f",
        "6 Last",
        "6.1 n/g",
    ]


MIX = {
    ("none", "none"): ["Outer", "m/a", "Inner", "m/b", "Next", "m/c"],
    ("none", "sections"): ["Outer", "m/a", "1 Inner", "m/b", "Next", "m/c"],
    ("none", "clauses"): ["Outer", "m/a", "1 Inner", "1.1 m/b", "Next", "m/c"],
    ("none", "paragraphs"): ["Outer", "m/a", "Inner", "1 m/b", "Next", "m/c"],
    ("sections", "none"): ["1 Outer", "m/a", "Inner", "m/b", "2 Next", "m/c"],
    ("sections", "sections"): ["1 Outer", "m/a", "1.1 Inner", "m/b", "2 Next", "m/c"],
    ("sections", "clauses"): ["1 Outer", "m/a", "1.1 Inner", "1.1.1 m/b", "2 Next", "m/c"],
    ("sections", "paragraphs"): ["1 Outer", "m/a", "Inner", "1.1 m/b", "2 Next", "m/c"],
    ("clauses", "none"): ["1 Outer", "1.1 m/a", "Inner", "m/b", "2 Next", "2.1 m/c"],
    ("clauses", "sections"): ["1 Outer", "1.1 m/a", "1.2 Inner", "m/b", "2 Next", "2.1 m/c"],
    ("clauses", "clauses"): ["1 Outer", "1.1 m/a", "1.2 Inner", "1.2.1 m/b", "2 Next", "2.1 m/c"],
    ("clauses", "paragraphs"): ["1 Outer", "1.1 m/a", "Inner", "1.2 m/b", "2 Next", "2.1 m/c"],
    ("paragraphs", "none"): ["Outer", "1 m/a", "Inner", "m/b", "Next", "2 m/c"],
    ("paragraphs", "sections"): ["Outer", "1 m/a", "2 Inner", "m/b", "Next", "3 m/c"],
    ("paragraphs", "clauses"): ["Outer", "1 m/a", "2 Inner", "2.1 m/b", "Next", "3 m/c"],
    ("paragraphs", "paragraphs"): ["Outer", "1 m/a", "Inner", "2 m/b", "Next", "3 m/c"],
}


@pytest.mark.parametrize(("outer", "inner"), MIX)
def test_a_section_may_differ_from_the_one_around_it(trust: Maker, outer: str, inner: str) -> None:
    outline = f"""
sections:
  - heading: Outer
    clauses: [m/a]
    sections: [{{heading: Inner, numbering: {inner}, clauses: [m/b]}}]
  - {{heading: Next, clauses: [m/c]}}
"""
    assert numbers(trust.rules(rules(outline, outer)).document) == MIX[outer, inner]


def test_a_section_without_a_heading_takes_no_number(trust: Maker) -> None:
    outline = "sections: [{clauses: [m/a]}, {heading: One, clauses: [m/b]}]\ncontents: true"
    document = trust.rules(rules(outline)).document
    assert numbers(document) == ["", "m/a", "1 One", "1.1 m/b"]
    assert body(document)[:3] == ["Contents", "1", "One"]


def test_an_intro_stands_outside_the_count(trust: Maker) -> None:
    outline = "sections: [{heading: One, intro: [m/a], clauses: [m/b, m/c]}]"
    for numbering, printed in (
        ("clauses", ["1 One", "m/a", "1.1 m/b", "1.2 m/c"]),
        ("paragraphs", ["One", "m/a", "1 m/b", "2 m/c"]),
    ):
        assert numbers(trust.rules(rules(outline, numbering)).document) == printed


def test_sections_can_be_five_deep_and_no_deeper(trust: Maker) -> None:
    def nested(depth: int) -> str:
        inner = f", sections: [{nested(depth - 1)}]" if depth > 1 else ", clauses: [m/a]"
        return f"{{heading: H{depth}{inner}}}"

    document = trust.rules(rules(f"sections: [{nested(5)}]")).document
    assert numbers(document)[-2:] == ["1.1.1.1.1 H1", "1.1.1.1.1.1 m/a"]
    assert codes(trust.rules(rules(f"sections: [{nested(6)}]"))) == ["too-deep"]


APPENDICES = "sections: []\nappendices: [{heading: X, clauses: [m/a]}, {heading: Y, id: why}]"


@pytest.mark.parametrize(
    ("fields", "labels"),
    [
        ("", ["Appendix A: X", "m/a", "Appendix B: Y"]),
        ("appendix_labels: letters\n", ["Appendix A: X", "m/a", "Appendix B: Y"]),
        ("appendix_labels: numbers\n", ["Appendix 1: X", "m/a", "Appendix 2: Y"]),
    ],
)
def test_appendices_have_letters_or_numbers(trust: Maker, fields: str, labels: list[str]) -> None:
    assert numbers(trust.rules(rules(fields + APPENDICES)).document) == labels


def test_the_trust_may_want_numbered_appendices(trust: Maker) -> None:
    files = {**rules(APPENDICES), "trust.yaml": "name: Fern Trust\nappendix_labels: numbers"}
    assert numbers(trust.rules(files).document)[-1] == "Appendix 2: Y"


def test_after_appendix_z_comes_aa() -> None:
    blocks = tuple(Appendix(f"x{n}", (Text("X"),), (), anchor=f"x{n}") for n in range(28))
    numbered = number(of(*blocks), "letters").document.blocks
    labels = [block.label for block in numbered if isinstance(block, Appendix)]
    assert labels[25:] == ["Appendix Z", "Appendix AA", "Appendix AB"]


def test_sections_in_an_appendix_have_no_numbers(trust: Maker) -> None:
    inner = "{heading: Inner, clauses: [m/b]}"
    outline = f"sections: []\nappendices: [{{heading: X, clauses: [m/a], sections: [{inner}]}}]"
    assert numbers(trust.rules(rules(outline)).document) == [
        "Appendix A: X",
        "m/a",
        "Inner",
        "m/b",
    ]
    numbered = outline.replace("heading: Inner", "heading: Inner, numbering: clauses")
    assert codes(trust.rules(rules(numbered))) == ["numbering"]


TARGETS = """
sections:
  - clauses: [n/asking]
  - {heading: First, id: first, clauses: [m/a]}
  - {heading: Bare, id: bare, numbering: none, clauses: [m/b, n/headed]}
  - heading: Run
    id: run
    numbering: paragraphs
    clauses: [n/inrun]
    sections: [{heading: Deep, id: deep, numbering: clauses, clauses: [n/indeep]}]
appendices:
  - {heading: Flow, id: flow, clauses: [n/inflow]}
  - {form: consent, heading: Consent}
"""


@pytest.mark.parametrize(
    ("target", "label"),
    [
        ("first", "1"),
        ("m/a", "1.1"),
        ("bare", "“Bare”"),
        ("m/b", "“Bare”"),
        ("n/headed", "“Headed”"),
        ("run", "“Run”"),
        ("n/inrun", "2"),
        ("deep", "3"),
        ("n/indeep", "3.1"),
        ("flow", "Appendix A"),
        ("n/inflow", "Appendix A"),
        ("consent", "Appendix B"),
        ("n/infrom", "Appendix B"),
    ],
)
def test_a_reference_prints_the_number_or_the_nearest_name(
    trust: Maker, target: str, label: str
) -> None:
    more = f"""
        clauses:
          asking: {{text: "{{{{ ref('{target}') }}}}"}}
          headed: {{heading: Headed, text: H.}}
          inrun: {{text: R.}}
          indeep: {{text: D.}}
          inflow: {{text: F.}}
          infrom: {{text: C.}}
        """
    form = "title: Consent form\nstatements: [n/infrom]"
    files = {**rules(TARGETS), "clauses/n.yaml": more, "forms/consent.yaml": form}
    assembled = trust.rules(files)
    assert codes(assembled) == []
    assert words_of(assembled.document, "n/asking") == [label]
    anchors = {getattr(block, "anchor", "") for block in walk(assembled.document.blocks)}
    (link,) = (
        inline
        for block in walk(assembled.document.blocks)
        if isinstance(block, Paragraph)
        for inline in block.children
        if isinstance(inline, Reference)
    )
    assert link.live
    assert link.target in anchors


def test_a_clause_without_number_or_name_can_not_be_referred_to(trust: Maker) -> None:
    files = {
        **rules("sections: [{clauses: [m/a]}, {heading: One, clauses: [m/b]}]"),
        "clauses/m.yaml": "clauses: {a: {text: A.}, b: {text: \"{{ ref('m/a') }}\"}}",
    }
    assert codes(trust.rules(files)) == ["reference-not-printed"]


def test_the_contents_list_two_levels_and_the_appendices(trust: Maker) -> None:
    outline = """
contents: true
sections:
  - clauses: [m/a]
  - heading: One
    sections: [{heading: Two, sections: [{heading: Three, clauses: [m/b]}]}]
  - {heading: Bare, numbering: none, clauses: [m/c]}
appendices: [{heading: Flow, id: flow}]
"""
    contents = trust.rules(rules(outline)).document.blocks[0]
    assert isinstance(contents, Generated)
    (listed,) = contents.blocks
    assert listed == Contents(
        (
            ContentsEntry(1, "1", (Text("One"),), "section-one"),
            ContentsEntry(2, "1.1", (Text("Two"),), "section-two"),
            ContentsEntry(1, "", (Text("Bare"),), "section-bare"),
            ContentsEntry(1, "Appendix A", (Text("Flow"),), "flow"),
        )
    )


@pytest.mark.parametrize(
    "outline",
    [
        "contents: true\nsections: [{heading: One, clauses: [m]}]",
        "sections: [{generate: contents}, {heading: One, clauses: [m]}]",
        "contents: true\nsections: [{clauses: {generate: contents}}, {heading: One, clauses: m}]",
        "sections: [{heading: One, clauses: [m]}]\nappendices: [{heading: L, generate: contents}]",
    ],
)
def test_the_contents_stand_where_the_outline_has_them(trust: Maker, outline: str) -> None:
    printed = body(trust.rules(rules(outline)).document)
    assert printed.count("Contents") == 1
    assert printed[printed.index("Contents") :][1:3] == ["1", "One"]


# Laws ------------------------------------------------------------------------------


def of(*blocks: Block) -> Document:
    """Give a document of these blocks."""
    return Document("d", "policy", (Text("D"),), "O", "O", "T", blocks)


@st.composite
def sections(draw: st.DrawFn, level: int = 1) -> Section:
    """Give a section in any style with clauses, generated parts and sections inside."""
    heading = draw(st.sampled_from(((Text("H"),), ())))
    clause = st.builds(
        Clause,
        st.just("c"),
        st.sampled_from(((), (Text("Head"),))),
        st.just((Paragraph((Text("Words."), Reference("first"))),)),
        counted=st.booleans(),
    )
    kinds: st.SearchStrategy[Block] = st.one_of(
        clause, st.just(Generated("contents", (Contents(),)))
    )
    if level < 4:
        kinds = st.one_of(kinds, sections(level + 1))
    blocks = tuple(draw(st.lists(kinds, max_size=4)))
    return Section("", heading, blocks, draw(st.sampled_from(STYLES)), level)


FIRST = Clause("first", (Text("First"),), (), anchor="first")
DOCUMENTS = st.lists(sections(), max_size=5).map(
    lambda found: of(FIRST, *found, Appendix("x", (Text("X"),), tuple(found), anchor="x"))
)


def all_numbers(document: Document) -> list[tuple[int, ...]]:
    """Give all numbers before the appendices, in the order they are printed."""
    blocks = tuple(block for block in document.blocks if not isinstance(block, Appendix))
    found = [b.number for b in walk(blocks) if isinstance(b, Section | Clause)]
    return [each for each in found if each]


@given(DOCUMENTS)
@settings(max_examples=40)
def test_numbering_twice_is_numbering_once(document: Document) -> None:
    once = number(document, "letters")
    assert once.faults == ()
    assert number(once.document, "letters") == once


@given(DOCUMENTS)
@settings(max_examples=40)
def test_numbers_are_unique_and_in_order_whatever_the_mix(document: Document) -> None:
    found = all_numbers(number(document, "letters").document)
    assert found == sorted(set(found))


@given(DOCUMENTS)
@settings(max_examples=40)
def test_no_number_is_left_out(document: Document) -> None:
    found = set(all_numbers(number(document, "letters").document))
    for each in found:
        assert each[-1] == 1 or (*each[:-1], each[-1] - 1) in found
        assert len(each) == 1 or each[:-1] in found


@given(DOCUMENTS)
@settings(max_examples=40)
def test_a_style_numbers_what_it_says(document: Document) -> None:
    for block in walk(number(document, "numbers").document.blocks):
        match block:
            case Section(style="none" | "paragraphs", number=own) | Section(heading=(), number=own):
                assert own == ()
            case Clause(counted=False, number=own):
                assert own == ()
            case Section(style="none" | "sections", blocks=inner):
                assert all(b.number == () for b in inner if isinstance(b, Clause))
            case _:
                pass


@given(DOCUMENTS)
@settings(max_examples=40)
def test_numbering_changes_nothing_else(document: Document) -> None:
    def bare(block: Block) -> tuple[str, object, object]:
        return type(block).__name__, getattr(block, "heading", None), getattr(block, "id", None)

    numbered = number(document, "letters").document
    assert [bare(b) for b in walk(numbered.blocks)] == [bare(b) for b in walk(document.blocks)]
    assert replace(numbered, blocks=()) == replace(document, blocks=())
