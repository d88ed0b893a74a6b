"""What was explained, for a terminal and as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.wording import capitalize_first
from policygen.diagnostics import plural
from policygen.explain.records import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.explain.records import (
        Amended,
        Choice,
        Explained,
        Explanation,
        Ground,
        Source,
        ValueOf,
    )

_DID = {
    "replaced": "The school’s own words, in place of the library’s",
    "reheaded": "The school’s own heading, over the library’s words",
    "added": "The school’s own clause",
    "omitted": "Left out by the school",
}
_MARGIN = 13
_SHOWN = 60


def as_text(explained: Explained, prefix: str = "") -> str:
    """Give what was explained for a terminal; ``prefix`` stands before paths, so that a
    terminal can open them."""
    head = f"{explained.title} ({explained.school}/{explained.document})"
    lines = [head]
    if explained.faults:
        errors = plural(explained.faults, "error")
        lines.append(f"This document has {errors}; policygen list --strict shows them.")
    if not explained.asked:
        lines += [line for each in explained.found for line in _in_outline(each, prefix)]
        return "\n".join(lines) + "\n"
    if not explained.found:
        lines.append(f"Nothing here says “{explained.asked}”.")
        if explained.suggestions:
            lines.append("The nearest sentences:")
            lines += [f"  “{each}”" for each in explained.suggestions]
        return "\n".join(lines) + "\n"
    if len(explained.found) > 1:
        lines.append(f"{plural(len(explained.found), 'place')} fit:")
    for each in explained.found:
        lines += ["", *_one(each, prefix)]
    return "\n".join(lines) + "\n"


def _one(each: Explanation, prefix: str) -> Iterator[str]:
    called = each.title or each.id
    name = each.id if each.id and each.id != called else ""
    kind = "" if each.kind == "front" else each.kind
    what = " ".join(part for part in (kind, name) if part)
    yield f"{called}{f' ({what})' if what else ''}{', NOT printed' if each.absent else ''}"
    if each.words:
        yield f"  “{each.words}”"
    yield from _row("Absent", each.absent)
    if each.within:
        yield from _row("Under", each.within)
    for source in each.written:
        what = f", {source.what.replace('_', ' ')}" if source.what else ""
        yield from _row("Written", f"{_at(source, prefix)}{what}")
    if each.listed:
        yield from _row("Listed", _at(each.listed, prefix))
    if each.amended:
        yield from _row("Amended", _amended(each.amended, prefix))
    if each.choice:
        yield from _row("Chosen", _choice(each.choice, prefix))
    for ground in each.grounds:
        yield from _row("Condition", _ground(ground, prefix))
        for value in ground.values:
            yield from _row("", f"{value.name} is {_valued(value, prefix)}")
    for value in each.values:
        yield from _row("Filled in", f"{value.name} is {_valued(value, prefix)}")
    if each.cites:
        yield from _row("Cited by", ", ".join(each.cites))


def _row(label: str, words: str) -> Iterator[str]:
    if words:
        yield f"  {label.ljust(_MARGIN)}{words}"


def _at(source: Source, prefix: str) -> str:
    where = f"{prefix}{source.span.path}:{source.span.line} " if source.span else ""
    return f"{where}({LAYERS[source.layer]})" if where else LAYERS[source.layer]


def _amended(amended: Amended, prefix: str) -> str:
    reason = f": {amended.reason}" if amended.reason else "; it gives no reason"
    at = f"{prefix}{amended.span.path}:{amended.span.line}"
    base = amended.base
    of = f"; the library’s: {prefix}{base.path}:{base.line}" if base else ""
    return f"{_DID[amended.did]}{reason} ({at}{of})"


def _choice(choice: Choice, prefix: str) -> str:
    question = f" ({choice.question})" if choice.question else ""
    return f"setting {choice.setting}{question} is “{choice.answer}”: {_at(choice.source, prefix)}"


def _ground(ground: Ground, prefix: str) -> str:
    holds = "holds" if ground.holds else "does NOT hold"
    return f"{ground.text} {holds}: {prefix}{ground.span.path}:{ground.span.line}"


def _valued(value: ValueOf, prefix: str) -> str:
    places = ", ".join(_at(source, prefix) for source in value.sources)
    return f"“{value.text}”: {places}"


def _in_outline(each: Explanation, prefix: str) -> Iterator[str]:
    """Give one part in a line or two: what it is, where it is written, what is special."""
    indent = "  " if each.kind in {"clause", "generated", "form"} else ""
    called = each.title or each.words[:_SHOWN] or each.id
    at = next((_at(source, prefix) for source in reversed(each.written)), "")
    name = f"  {each.id}" if each.kind in {"clause", "form"} else ""
    mark = "- " if each.absent else ""
    yield f"{indent}{mark}{capitalize_first(called)}{name}  {at}".rstrip()
    if each.absent:
        yield f"{indent}    not printed: {each.absent}"
    if each.amended and not each.absent:
        yield f"{indent}    {_amended(each.amended, prefix)}"
    if each.choice:
        yield f"{indent}    {_choice(each.choice, prefix)}"
    for ground in each.grounds[-1:]:
        yield f"{indent}    {_ground(ground, prefix)}"


# Data ------------------------------------------------------------------------


def as_data(explained: Explained) -> dict[str, object]:
    """Give what was explained for programs; the keys are described in
    docs/reference/command.md."""
    return {
        "school": explained.school,
        "document": explained.document,
        "title": explained.title,
        "asked": explained.asked or None,
        "errors": explained.faults,
        "parts": [_part(each) for each in explained.found],
        "nearest": list(explained.suggestions),
    }


def _part(each: Explanation) -> dict[str, object]:
    amended, choice = each.amended, each.choice
    return {
        "kind": each.kind,
        "id": each.id or None,
        "title": each.title,
        "within": each.within or None,
        "words": each.words,
        "printed": not each.absent,
        "why_absent": each.absent or None,
        "written": [_source(source) for source in each.written],
        "listed": _source(each.listed) if each.listed else None,
        "amendment": {
            "did": amended.did,
            "reason": amended.reason or None,
            "path": amended.span.path,
            "line": amended.span.line,
            "library": {"path": amended.base.path, "line": amended.base.line}
            if amended.base
            else None,
        }
        if amended
        else None,
        "answer": {
            "setting": choice.setting,
            "question": choice.question,
            "answer": choice.answer,
            "from": _source(choice.source),
        }
        if choice
        else None,
        "conditions": [
            {
                "condition": ground.text,
                "holds": ground.holds,
                "path": ground.span.path,
                "line": ground.span.line,
                "values": [_value(value) for value in ground.values],
            }
            for ground in each.grounds
        ],
        "values": [_value(value) for value in each.values],
        "cited_by": list(each.cites),
    }


def _value(value: ValueOf) -> dict[str, object]:
    return {
        "name": value.name,
        "text": value.text,
        "from": [_source(source) for source in value.sources],
    }


def _source(source: Source) -> dict[str, object]:
    span = source.span
    return {
        "layer": source.layer,
        "path": span.path if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
    }
