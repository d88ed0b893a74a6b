"""Laws of the readers: whatever stands in a source, reading it ends and tells where."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import cases_runner
from policygen.assemble.context import Context
from policygen.assemble.fill import Filler
from policygen.diagnostics import Span
from policygen.document import Emphasis, Inline, Inlines, Link, Strong, Value, plain_text
from policygen.model.texts import Condition, Line, Markdown
from policygen.readers import expressions
from policygen.readers.expressions import parse_expression
from policygen.readers.library import read_library
from policygen.readers.templates import compile_condition, compile_line, compile_markdown
from policygen.readers.yaml_source import read_yaml
from policygen.survey import survey

if TYPE_CHECKING:
    from policygen.diagnostics import Diagnostic
    from policygen.document import Block, Blocks

settings.register_profile(
    "policygen",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("policygen")

SAMPLE = Path(__file__).parents[1] / "sample_trust"
SOURCES = sorted(p.relative_to(SAMPLE).as_posix() for p in SAMPLE.rglob("*.yaml"))
KINDS = (
    "trust.yaml",
    "settings.yaml",
    "references.yaml",
    "clauses/conduct.yaml",
    "policies/conduct.yaml",
    "forms/promise.yaml",
    "schools/alder.yaml",
    "approvals/conduct.yaml",
)
YAML_BITS = st.sampled_from(
    [
        *("name", "title", "clauses", "text", "when", "settings", "amend", "sections", "choose"),
        *(": ", ":", "- ", "-", "\n", "\n  ", "\n    ", "\t", " ", "|", ">", "?", "#", " #", "\r"),
        *("{", "}", "[", "]", "{{ ", " }}", ",", '"', "'", "&a ", "*a", "!", "!!str ", "%", "@"),
        *("no", "true", "~", "2.10", "2026-10", "2026-10-12", "1e9", ".inf", "0x1f", "---", "..."),
        *(
            "school.name",
            "conduct/courtesy",
            "\N{BOM}",
            "\x00",
            "\x85",
            "\u2028",
            "é",
            "\U000f0000",
        ),
    ]
)
MARKDOWN_BITS = st.sampled_from(
    [
        *(
            "a",
            "word ",
            " ",
            "  ",
            "    ",
            "\n",
            "\n\n",
            "\t",
            "*",
            "**",
            "_",
            "`",
            "```",
            "#",
            ">",
        ),
        *(
            "- ",
            "1. ",
            "+ ",
            "| ",
            "|",
            "---",
            "===",
            "[",
            "]",
            "(",
            ")",
            "](",
            "![",
            "<",
            ">",
            "<b>",
        ),
        *(
            "<!--",
            "&amp;",
            "&#0;",
            "\\",
            "https://a.example",
            "mailto:",
            "{{",
            "}}",
            "{%",
            "{#",
            "#}",
        ),
        *(
            "{{ school.name }}",
            '{{ ref("a/b") }}',
            "{{ settings.x | date }}",
            "\U000f0000",
            "•",
            "\r",
        ),
    ]
)
EXPRESSION_BITS = st.sampled_from(
    [
        *("school", "settings", "officers", ".", "name", "x", " ", "and", "or", "not", "in", "is"),
        *(
            "if",
            "else",
            "==",
            "=",
            "<",
            ">=",
            "!",
            "|",
            "~",
            "+",
            "-",
            "*",
            "**",
            "(",
            ")",
            "[",
            "]",
        ),
        *(
            "{",
            "}",
            ",",
            ":",
            '"',
            "'",
            "1",
            "1.5",
            "true",
            "none",
            "ref",
            "date",
            "a",
            "__class__",
        ),
        *("\\", "\n", "“", "é", "\x00", "%}", "#}", "}}", "\\N{", "_", "1_0", "0b1", "e9"),
    ]
)


def joined(bits: st.SearchStrategy[str], most: int = 60) -> st.SearchStrategy[str]:
    return st.lists(bits, max_size=most).map("".join) | st.text(max_size=most)


def assert_in_place(diagnostics: list[Diagnostic], texts: dict[str, str]) -> None:
    for diagnostic in diagnostics:
        span = diagnostic.span
        if span is None or span.path not in texts:
            continue
        lines = texts[span.path].split("\n")
        assert 1 <= span.line <= len(lines), diagnostic
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, diagnostic


# Reading never raises


@given(joined(YAML_BITS))
@settings(max_examples=300)
def test_yaml_is_read_or_told(text: str) -> None:
    source = read_yaml(text, "a.yaml")
    assert source.data is not None or source.faults
    assert_in_place(source.faults, {"a.yaml": text})


@given(st.sampled_from(KINDS), joined(YAML_BITS))
@settings(max_examples=150)
def test_any_text_may_stand_in_any_source(name: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "source"
        shutil.copytree(cases_runner.TRUST, root)
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", errors="replace", newline="")
        _, report = survey(root)
    assert_in_place(report.diagnostics, report.texts)


@given(st.sampled_from(KINDS), st.binary(max_size=200))
@settings(max_examples=60)
def test_any_bytes_may_stand_in_any_source(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "source"
        shutil.copytree(cases_runner.TRUST, root)
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)
        reading = read_library(root)
    assert_in_place(reading.diagnostics, reading.texts)


@st.composite
def mutation(draw: st.DrawFn) -> tuple[str, str]:
    """Give one file of the sample, changed as a slip of the hand would change it."""
    name = draw(st.sampled_from(SOURCES))
    lines = (SAMPLE / name).read_text(encoding="utf-8").split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        column = draw(st.integers(0, len(line)))
        match draw(st.integers(0, 7)):
            case 0:
                del lines[at]
            case 1:
                lines[at], lines[other] = lines[other], lines[at]
            case 2:
                lines[at] = " " * draw(st.integers(0, 9)) + line.lstrip()
            case 3:
                lines[at] = line[:column] + draw(YAML_BITS) + line[column:]
            case 4:
                lines[at] = line[:column] + line[column + 1 :]
            case 5:
                lines[at:at] = lines[min(at, other) : max(at, other)][:12]
            case 6:
                lines[at] = line.rstrip() + draw(MARKDOWN_BITS)
            case _:
                lines[at] = line[:column]
        lines = lines or [""]
    return name, "\n".join(lines)


@given(mutation())
@settings(max_examples=40)
def test_a_slip_in_the_sample_is_read_or_told(slip: tuple[str, str]) -> None:
    name, text = slip
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "source"
        shutil.copytree(SAMPLE, root)
        (root / name).write_text(text, encoding="utf-8", errors="replace")
        _, report = survey(root)
    assert_in_place(report.diagnostics, report.texts)


@given(joined(MARKDOWN_BITS))
@settings(max_examples=300)
def test_any_markdown_compiles(text: str) -> None:
    template = compile_markdown(Markdown(text, Span("a")))
    assert template.blocks or template.faults or not text.strip() or "](" in text or "[" in text
    compile_line(Line(text, Span("a")))


@given(joined(EXPRESSION_BITS, 25))
@settings(max_examples=400)
@example("\\N{")
@example("1" * 5000)
def test_any_expression_parses(text: str) -> None:
    _, faults = parse_expression(text, lambda offset, length: Span("a", 1, offset + 1, length))
    for fault in faults:
        assert fault.span is not None
        assert 1 <= fault.span.column <= len(text) + 1
    compile_condition(Condition(text, Span("a")))


# A value is data


HOSTILE = st.lists(
    st.sampled_from(
        [
            *("*", "**", "_", "`", "# ", "- ", "1. ", "> ", "|", "[a](https://b.example)", "<b>"),
            *(
                "</p>",
                "&amp;",
                "\\",
                "{{ school.name }}",
                "{% x %}",
                "St Mary's",
                '"',
                "]",
                ")",
                "(",
            ),
            *(
                "\N{NO-BREAK SPACE}",
                "word ",
                "1",
                "--",
                "!",
                "~~",
                "http://a.example",
                "a@b.example",
            ),
        ]
    ),
    min_size=1,
    max_size=8,
).map("".join)

TEXT = """\
{{ school.name }}

*{{ school.name }}* and **{{ school.name }}** and `{{ school.name }}`

- {{ school.name }}
  1. {{ school.name }}

> {{ school.name }}

| {{ school.name }} | b |
| --- | --- |
| c | {{ school.name }} |

[{{ school.name }}](https://a.example)
"""


def shape(tree: object) -> object:
    """Give a tree without the words of its values."""
    match tree:
        case Value(name=name):
            return ("value", name)
        case tuple():
            return tuple(shape(part) for part in tree)
        case str() | int() | bool() | None | Span():
            return tree
        case _:
            names = getattr(type(tree), "__dataclass_fields__", {})
            return (type(tree).__name__, *(shape(getattr(tree, name)) for name in names))


def values(blocks: Blocks | tuple[Block, ...]) -> list[str]:
    found: list[str] = []

    def of(part: object) -> None:
        match part:
            case Value(text=text):
                found.append(text)
            case tuple():
                for inner in part:
                    of(inner)
            case str() | int() | None:
                pass
            case _:
                for name in getattr(type(part), "__dataclass_fields__", {}):
                    of(getattr(part, name))

    of(blocks)
    return found


def filled(name: str) -> Blocks:
    """Give the blocks of ``TEXT`` for a school of this name."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "source"
        shutil.copytree(cases_runner.TRUST, root)
        indented = "".join(f"      {line}\n" for line in TEXT.splitlines())
        clause = f"title: Conduct\nclauses:\n  courtesy:\n    text: |\n{indented}"
        (root / "clauses/conduct.yaml").write_text(clause, encoding="utf-8")
        quoted = name.replace("'", "''")
        school = f"name: '{quoted}'\npolicies: [conduct]\n"
        (root / "schools/alder.yaml").write_text(school, encoding="utf-8")
        library = read_library(root).library
    assert library is not None
    text = library.clauses["conduct/courtesy"].text
    filler = Filler(Context(library, "alder", "conduct"))
    blocks = filler.blocks(text)
    assert not filler.faults
    return blocks


PLAIN = filled("Alder")


@given(HOSTILE.filter(lambda name: bool(name.strip())))
@settings(max_examples=80)
def test_a_value_never_changes_the_structure(name: str) -> None:
    blocks = filled(name)
    assert shape(blocks) == shape(PLAIN)
    assert set(values(blocks)) == {name}
    assert len(values(blocks)) == len(values(PLAIN)) == TEXT.count("{{")


def test_a_value_in_a_link_stays_in_it() -> None:
    template = compile_markdown(Markdown("[a](https://b.example/{{ school.urn }}/c)", Span("a")))
    run: Inlines = getattr(template.blocks[0], "children", ())
    inline: Inline = run[0]
    assert isinstance(inline, Link)
    assert not isinstance(inline.children[0], Strong | Emphasis)
    assert plain_text(inline.children) == "a"


NAME_BITS = st.sampled_from(
    [
        *(
            "school",
            "policy",
            "terms",
            "settings",
            "ref",
            "cite",
            "linked",
            "not",
            "a",
            "date",
            "x",
        ),
        *(".", "|", " ", "\n", "(", ")", '"', "'", "/", "-", "_", "1", "A", "é", "date", " if "),
    ]
)


@given(source=st.lists(NAME_BITS, max_size=9).map("".join))
@example(source=' ref("conduct/courtesy") ')
@example(source='ref("ref")')
@example(source="terms.staff | a")
@example(source="\n school.name|capitalize_first ")
@settings(max_examples=400)
def test_what_is_usual_is_read_as_jinja_reads_it(source: str) -> None:
    def at(offset: int, length: int) -> Span:
        return Span("a", 1, offset + 1, length)

    found = parse_expression(source, at)
    with mock.patch.object(expressions, "_USUAL", re.compile(r"(?!)")):
        wanted = parse_expression(source, at)
    assert repr(found) == repr(wanted)
