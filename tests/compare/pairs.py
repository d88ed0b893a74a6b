"""Random documents in pairs: a new version made from an old one by editing it, or from nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policygen.document import (
    Appendix,
    Block,
    Blocks,
    BulletList,
    Cell,
    Clause,
    Code,
    Contents,
    ContentsEntry,
    Declaration,
    Document,
    Emphasis,
    Fact,
    Field,
    Fields,
    Form,
    Generated,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    Quote,
    Reference,
    Section,
    Strong,
    Table,
    Text,
    Value,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SAYING = (
    "staff must tell the head at once a pupil may not post pictures of school or use "
    "phones in lessons without leave ’s e-mail 4.2 (see) “quoted” — naïve"
)
WORDS = st.sampled_from(SAYING.split())
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
ATOMS: SearchStrategy[Inline] = st.one_of(
    TEXTS.map(Text),
    TEXTS.map(Text),
    st.builds(Value, st.sampled_from(["officers.head.name", "settings.age"]), TEXTS),
    st.builds(Reference, st.sampled_from(["c1", "c2"]), st.sampled_from(["1", "4.2"])),
    st.just(LineBreak()),
)
HELD: SearchStrategy[Inline] = st.one_of(
    st.builds(Strong, st.tuples(ATOMS)),
    st.builds(Emphasis, st.tuples(ATOMS)),
    st.builds(Code, st.tuples(TEXTS.map(Text))),
    st.builds(Link, st.just("https://school.example/"), st.tuples(TEXTS.map(Text))),
)


def _spaced(run: list[Inline]) -> Inlines:
    """Put spaces between inlines. None stands last: what changes may be a paragraph's end."""
    return tuple(inline for part in run for inline in (Text(" "), part))[1:]


RUNS: SearchStrategy[Inlines] = st.lists(st.one_of(ATOMS, ATOMS, HELD), min_size=1, max_size=4).map(
    _spaced
)
HEADINGS = st.one_of(st.just(()), TEXTS.map(lambda text: (Text(text),)))
PARAGRAPHS: SearchStrategy[Block] = st.builds(Paragraph, RUNS)
IDS = st.sampled_from([f"m/c{number}" for number in range(1, 7)])


@st.composite
def tables(draw: st.DrawFn) -> Block:
    """Give a table with or without a header row; some cells are empty."""
    columns = draw(st.integers(1, 3))
    cells = st.one_of(st.just(Cell(())), st.builds(Cell, RUNS))
    row = st.lists(cells, min_size=columns, max_size=columns).map(tuple)
    header = draw(st.booleans())
    return Table(
        "grid" if header else "labels",
        tuple(Cell((Text(draw(WORDS)),)) for _ in range(columns)) if header else (),
        tuple(draw(st.lists(row, min_size=1, max_size=3))),
    )


FIELDS = st.builds(
    Fields,
    st.lists(
        st.tuples(
            st.builds(
                Field,
                st.sampled_from(["name", "date", "post"]),
                TEXTS.map(lambda text: (Text(text),)),
                st.sampled_from(["text", "date", "signature"]),
            )
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
)
LEAVES: SearchStrategy[Block] = st.one_of(PARAGRAPHS, PARAGRAPHS, tables(), FIELDS)


def _nested(inner: SearchStrategy[Block]) -> SearchStrategy[Block]:
    items = st.lists(
        st.builds(lambda first, rest: (first, *rest), PARAGRAPHS, st.lists(inner, max_size=1)),
        min_size=1,
        max_size=3,
    ).map(tuple)
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(BulletList, items),
        st.builds(NumberedList, items, st.integers(1, 2)),
        st.builds(Quote, some),
        st.builds(Declaration, some),
        st.builds(Generated, st.sampled_from(["history", "officers"]), some, HEADINGS),
        st.builds(Clause, IDS, HEADINGS, some),
        st.builds(Section, st.sampled_from(["", "", "s1", "s2", "s3"]), HEADINGS, some),
        st.builds(Form, st.sampled_from(["f", "g"]), some),
        st.builds(Appendix, st.sampled_from(["", "a", "b"]), HEADINGS, some),
    )


BLOCKS: SearchStrategy[Block] = st.recursive(LEAVES, _nested, max_leaves=6)
CONTENTS: SearchStrategy[Block] = st.builds(
    Contents,
    st.lists(
        st.builds(
            ContentsEntry,
            st.integers(1, 2),
            st.sampled_from(["", "1", "2.1"]),
            TEXTS.map(lambda text: (Text(text),)),
            st.just("x"),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)
DOCUMENTS: SearchStrategy[Blocks] = st.lists(
    st.one_of(BLOCKS, BLOCKS, BLOCKS, CONTENTS), min_size=1, max_size=5
).map(tuple)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Blocks, Blocks]:
    """Give two versions of a document's blocks: edited, or with nothing in common."""
    old = draw(DOCUMENTS)
    if draw(st.booleans()):
        return old, draw(DOCUMENTS)
    new = list(old)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(new)))
        match draw(st.sampled_from(["insert", "delete", "move", "edit", "title"])):
            case "insert":
                new.insert(place, draw(BLOCKS))
            case "delete" if new:
                del new[min(place, len(new) - 1)]
            case "move" if new:
                new.append(new.pop(min(place, len(new) - 1)))
            case "title" if new:
                place = min(place, len(new) - 1)
                new[place] = _titled(new[place], draw(HEADINGS))
            case _ if new:
                new[min(place, len(new) - 1)] = draw(BLOCKS)
            case _:
                pass
    return old, tuple(new)


def _titled(block: Block, heading: Inlines) -> Block:
    return replace(block, heading=heading) if isinstance(block, Section | Appendix) else block


NAMES = st.sampled_from(["Alder Primary", "Alder", "Fern Trust", "Fern Learning Trust", ""])
SHELLS = st.builds(
    Document,
    st.just("x"),
    st.just("policy"),
    RUNS,
    NAMES,
    st.sampled_from(["Alder", "Alder Primary", "Fern"]),
    NAMES,
    st.just(()),
    version=st.sampled_from(["", "1.0", "2.0", "2.1"]),
    status=st.sampled_from(["Draft", "Final", "For consultation", ""]),
    facts=st.lists(
        st.builds(Fact, st.sampled_from(["Version", "Status", "Next review"]), TEXTS),
        max_size=3,
        unique_by=lambda fact: fact.label,
    ).map(tuple),
    fingerprint=st.sampled_from(["", "0123456789", "abcdef0123"]),
)
"""What stands around blocks."""


LINES = (
    "title",
    "organisation",
    "short_name",
    "trust",
    "version",
    "status",
    "facts",
    "fingerprint",
)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Document, Document]:
    """Give two versions of a document, with what stands around the blocks: the same, changed
    here and there, or another."""
    old, new = draw(pairs())
    shell, other, changed = draw(SHELLS), draw(SHELLS), draw(st.sets(st.sampled_from(LINES)))
    around = replace(shell, **{name: getattr(other, name) for name in sorted(changed)})
    return replace(shell, blocks=old), replace(around, blocks=new)
