"""What YAML's own complaints mean to somebody who writes policies, and the likely mend."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

_LINE = re.compile(r"(?P<lead>\s*(?:- +)*(?:[\w./-]+: +)?)(?P<value>\S.*?)\s*\Z")
_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:- +)*(?P<key>[a-z_]+):(?P<value>[^\s:/].*)\Z")
_DASH_WITHOUT_SPACE = re.compile(r"\s*-(?P<value>[\w\"'{\[].*)\Z")
_SPECIAL = "*&!%@`>|"
_QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?P<rest>.*)\Z""")


@dataclass(frozen=True, slots=True)
class _Complaint:
    """PyYAML's complaint with the line it is about; line and column count from 0."""

    problem: str
    lines: list[str]
    line: int
    column: int
    context_line: int
    context_column: int
    path: str

    @property
    def text(self) -> str:
        return self.lines[self.line]

    def span(self, line: int, column: int, length: int = 1) -> Span:
        return Span(self.path, line + 1, column + 1, length)


def explain(error: yaml.MarkedYAMLError, text: str, path: str) -> Diagnostic:
    """Give the diagnostic for what PyYAML says of a text."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    context = error.context_mark or mark
    complaint = _Complaint(
        error.problem or str(error),
        lines,
        min(mark.line, len(lines) - 1) if mark else 0,
        mark.column if mark else 0,
        min(context.line, len(lines) - 1) if context else 0,
        context.column if context else 0,
        path,
    )
    for rule in _RULES:
        if found := rule(complaint):
            return found
    message = f"YAML can't read this: {complaint.problem}"
    hint = "Look at the indentation and the quotes of this line and of the one above."
    return Diagnostic("yaml", message, complaint.span(complaint.line, complaint.column), hint)


def repaired(text: str, fault: Diagnostic) -> str | None:
    """Give the text with the fault's line mended as the author probably meant it, so that
    the rest can be checked; None where no mend is likely."""
    if fault.span is None or fault.code not in _QUOTABLE:
        return None
    lines = text.split("\n")
    number, column = fault.span.line - 1, fault.span.column - 1
    line = lines[number]
    match = _LINE.match(line)
    if match is None:
        return None
    if fault.code == "yaml-colon" and _continues(lines, number):
        lines[number] = f"{line[:column]};{line[column + 1 :]}"
    elif match["value"][0] in "|>":
        lines[number] = match["lead"] + match["value"][0]
    else:
        lines[number] = match["lead"] + json.dumps(match["value"], ensure_ascii=False)
    return "\n".join(lines)


def _continues(lines: list[str], number: int) -> bool:
    """Whether a line goes on with an unquoted text that begins on a line above."""
    line = lines[number]
    match = _LINE.match(line)
    if match is None or match["lead"].strip() or number == 0:
        return False
    above = _LINE.match(lines[number - 1])
    if above is None or above["value"][0] in "\"'|>[{#" or above["value"].endswith(":"):
        return False
    return bool(above["lead"].strip()) or _continues(lines, number - 1)


def quoted(text: str) -> str:
    """Give a text as an author would put it into double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _value(complaint: _Complaint, line: int) -> re.Match[str] | None:
    return _LINE.match(complaint.lines[line])


def _shown(match: re.Match[str]) -> str:
    value = match["value"]
    shown = value if len(value) <= 60 else value[:57] + "…"  # noqa: PLR2004 a hint's width
    return f"Put double quotes round it: {match['lead'].strip()} {quoted(shown)}"


def _tab(complaint: _Complaint) -> Diagnostic | None:
    start = complaint.text[: complaint.column + 1]
    if "\t" not in start and "'\\t'" not in complaint.problem:
        return None
    at = max(complaint.text.find("\t"), 0)
    message = "a tab stands here; YAML is indented with spaces"
    hint = "Replace the tab by spaces, two for each step."
    return Diagnostic("yaml-tab", message, complaint.span(complaint.line, at), hint)


def _unclosed(complaint: _Complaint) -> Diagnostic | None:
    if "unexpected end of stream" in complaint.problem:
        message = "this quotation mark is opened and never closed"
        hint = (
            "Close it at the end of the text; a text that only begins with a quoted word wants "
            "double quotes round the whole of it."
        )
    elif "expected ',' or" in complaint.problem:
        found = _quote(complaint)
        if found:
            return found
        message = "this bracket is opened here and not closed as it should be"
        hint = (
            "Close it, put commas between the items, and quote texts that hold a colon or a comma."
        )
    else:
        return None
    span = complaint.span(complaint.context_line, complaint.context_column)
    return Diagnostic("yaml-unclosed", message, span, hint)


def _braces(complaint: _Complaint) -> Diagnostic | None:
    for line in (complaint.line, complaint.context_line, complaint.line - 1):
        match = _value(complaint, max(line, 0))
        if match and match["value"].startswith("{{"):
            message = "a text that begins with {{ must stand in double quotes"
            span = complaint.span(max(line, 0), match.start("value"), len(match["value"]))
            return Diagnostic("yaml-braces", message, span, _shown(match))
    return None


def _quote(complaint: _Complaint) -> Diagnostic | None:
    match = _value(complaint, complaint.line)
    if not match or match["value"][0] not in "\"'":
        return None
    inner = _QUOTED.match(match["value"])
    if not inner or not inner["rest"].strip() or inner["rest"].lstrip().startswith("#"):
        return None
    message = "this text begins with a quotation mark, so YAML takes the quoted part for all of it"
    span = complaint.span(complaint.line, match.start("value"), len(match["value"]))
    hint = (
        'Put the whole text in the other kind of quotes, or write the quotes in it as \\": '
        + _shown(match).removeprefix("Put double quotes round it: ")
    )
    return Diagnostic("yaml-quote", message, span, hint)


def _special(complaint: _Complaint) -> Diagnostic | None:
    match = _value(complaint, complaint.line)
    if not match or "expected <block end>" in complaint.problem:
        return None
    if match["value"][0] not in _SPECIAL and not match["value"].startswith("- "):
        return None
    if match["value"][0] in "|>" and "scalar" not in complaint.problem:
        return None
    message = f"a text that begins with “{match['value'][0]}” means something else to YAML"
    span = complaint.span(complaint.line, match.start("value"), len(match["value"]))
    return Diagnostic("yaml-special", message, span, _shown(match))


def _colon(complaint: _Complaint) -> Diagnostic | None:
    if "mapping values are not allowed" not in complaint.problem:
        return None
    match = _value(complaint, complaint.line)
    if not match:
        return None
    if complaint.column < match.start("value"):
        message = "this line is indented further than the key above allows"
        hint = (
            "Line it up with the keys it belongs to; a key that holds others has nothing behind it."
        )
        span = complaint.span(complaint.line, len(match["lead"]) - len(match["lead"].lstrip()))
        return Diagnostic("yaml-indent", message, span, hint)
    message = "a colon stands in this text, so YAML takes the words before it for a key"
    span = complaint.span(complaint.line, complaint.column)
    hint = _shown(match)
    if _continues(complaint.lines, complaint.line):
        hint = (
            "The text begins on a line above: write only “|” behind its key, and the whole "
            "text on the lines below it."
        )
    return Diagnostic("yaml-colon", message, span, hint)


def _hard_space(complaint: _Complaint) -> Diagnostic | None:
    for number in (complaint.line, complaint.line - 1):
        match = re.match(r" *[\u00a0\u2000-\u200a\u202f\u3000]", complaint.lines[max(number, 0)])
        if match:
            message = "a hard space stands here, as Word types it; YAML is indented with plain ones"
            hint = "Delete it and press the space bar."
            span = complaint.span(max(number, 0), match.end() - 1)
            return Diagnostic("yaml-tab", message, span, hint)
    return None


def _no_space(complaint: _Complaint) -> Diagnostic | None:
    """Tell a key or a dash that stands right before its text: ``heading:Complaints``."""
    if not any(words in complaint.problem for words in ("mapping values", "expected ':'")):
        return None
    for number in dict.fromkeys((complaint.line, complaint.context_line, complaint.line - 1)):
        line = complaint.lines[max(number, 0)]
        if match := _KEY_WITHOUT_SPACE.match(line):
            message = "a space is missing behind this colon"
            hint = f"Write: {match['key']}: {match['value'][:40]}"
        elif match := _DASH_WITHOUT_SPACE.match(line):
            message = "a space is missing behind this dash"
            hint = f"Write: - {match['value'][:40]}"
        else:
            continue
        span = complaint.span(max(number, 0), match.start("value") - 1)
        return Diagnostic("yaml-indent", message, span, hint)
    return None


def _behind_bar(complaint: _Complaint) -> Diagnostic | None:
    if "expected a comment or a line break" not in complaint.problem:
        return None
    match = _value(complaint, complaint.line)
    sign = match["value"][0] if match else "|"
    message = f"words stand behind “{sign}”; a text begins on the line below it"
    hint = (
        f"Begin a new line behind “{sign}”, and indent the text by two spaces; a text that is to "
        f"begin with “{sign}” wants double quotes."
    )
    return Diagnostic(
        "yaml-special", message, complaint.span(complaint.line, complaint.column), hint
    )


def _indent(complaint: _Complaint) -> Diagnostic | None:
    about_blocks = (
        "expected <block end>",
        "could not find expected ':'",
        "<document start>",
        "another document",
    )
    if not any(words in complaint.problem for words in about_blocks):
        return None
    if "could not find expected ':'" in complaint.problem:
        message = "this line is neither a key with a colon nor part of the text above"
        line = complaint.context_line
        hint = "Indent it under the text it belongs to, or end the key with a colon and a space."
    elif "document" in complaint.problem:
        message = "this line stands outside the rest of the file"
        line = complaint.line
        hint = (
            "Line it up with the keys at the left edge; a file holds one document, without “---”."
        )
    else:
        message = "this line doesn't line up with the lines it belongs to"
        line = complaint.line
        hint = "Give the keys of one mapping, and the dashes of one list, the same indentation."
    text = complaint.lines[line]
    column = len(text) - len(text.lstrip())
    return Diagnostic("yaml-indent", message, complaint.span(line, column), hint)


_QUOTABLE = frozenset({"yaml-colon", "yaml-quote", "yaml-braces", "yaml-special"})
_RULES: tuple[Callable[[_Complaint], Diagnostic | None], ...] = (
    _tab,
    _hard_space,
    _behind_bar,
    _no_space,
    _unclosed,
    _braces,
    _quote,
    _special,
    _colon,
    _indent,
)
