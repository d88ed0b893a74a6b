"""Data with places in, a record out; pydantic's errors told in an author's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from policygen.diagnostics import Diagnostic, Span, did_you_mean
from policygen.model.records import Record, SourceList, SourceMap
from policygen.readers.yaml_faults import quoted

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

R = TypeVar("R", bound=Record)


def validated(
    model: type[R], data: object, span: Span, text: str
) -> tuple[R | None, list[Diagnostic]]:
    """Give the record that ``data`` describes, or None and everything wrong with it.

    ``text`` is the whole file's, to show what was typed; ``span`` the place of the
    data where it is no mapping.
    """
    known: dict[Span, tuple[str, ...]] = {}
    try:
        return model.model_validate(data, context=known), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_diagnostic(detail, data, span, known, text) for detail in details]


def _diagnostic(
    detail: ErrorDetails, data: object, span: Span, known: dict[Span, tuple[str, ...]], text: str
) -> Diagnostic:
    unknown = detail["type"] == "extra_forbidden"
    place, owner, name = _place(data, detail["loc"], span, by_key=unknown)
    match detail["type"]:
        case "missing":
            hint = f"Add a line “{name}: …”."
            return Diagnostic("missing-key", f"`{name}:` is missing here", place, hint)
        case "extra_forbidden":
            keys = known.get(owner, ())
            hint = did_you_mean(name, keys, f"Known here are: {', '.join(sorted(keys))}.")
            return Diagnostic("unknown-key", f"`{name}:` is not known here", place, hint)
        case "literal_error":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            choices = [part.strip("'") for part in expected.replace(" or ", ", ").split(", ")]
            found = detail["input"]
            hint = did_you_mean(str(found), choices, f"Known are: {', '.join(choices)}.")
            message = f"`{name}:` can't be “{_typed(place, text)}”"
            return Diagnostic("unknown-choice", message, place, hint)
        case "wrong_type":
            return _wrong_type(detail, place, text, name)
        case "bool_type" | "bool_parsing":
            hint = "Write true or false; only these two mean yes and no here."
            message = f"`{name}:` wants true or false"
            return Diagnostic("wrong-type", message, place, hint)
        case "invalid_key" | "text_form":
            return Diagnostic("wrong-form", detail["msg"], place)
        case "dict_type" | "model_type":
            hint = "Write “key: value” lines under it, indented by two spaces."
            message = f"`{name}:` wants a mapping (key: value)"
            return Diagnostic("wrong-type", message, place, hint)
        case kind:
            code = kind.replace("_", "-") if kind in _OWN else "wrong-value"
            return Diagnostic(code, detail["msg"], place)


_OWN = frozenset({"term", "officer", "choice", "setting", "row", "appendix", "amendment"}) | {
    "statement",
    "field",
    "clause",
}


def _wrong_type(detail: ErrorDetails, place: Span, text: str, name: str) -> Diagnostic:
    context = detail.get("ctx", {})
    wanted, value = str(context.get("wanted", "")), context.get("value")
    hint = ""
    if wanted == "text" or wanted.startswith("text,"):
        typed = _typed(place, text)
        match value:
            case dict() if len(value) == 1:
                hint = "If this is a text with a colon, put it in double quotes."
            case dict() | list():
                hint = "Write one text here."
            case None:
                hint = f"Write the text behind “{name}:”, or take the line away."
            case _:
                hint = f"Put it in double quotes: {quoted(typed)}"
    elif wanted.startswith("a mapping"):
        hint = "Write “key: value” lines under it, indented by two spaces."
    elif wanted.startswith("a list"):
        hint = "Write one item a line, each after “- ”."
    message = f"here stands {context.get('found')}, where {wanted} is wanted"
    return Diagnostic("wrong-type", message, place, hint)


def _typed(place: Span, text: str) -> str:
    """Give what was typed at a place."""
    lines = text.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return line[place.column - 1 : place.column - 1 + place.length]


def _place(
    data: object, loc: tuple[int | str, ...], span: Span, *, by_key: bool
) -> tuple[Span, Span, str]:
    """Follow pydantic's path through the data: the place it ends at (the key's or the
    value's), the place of the mapping around it, the last key. Names of union members
    (<clause>) are no part of the data."""
    current: Any = data
    owner = place = getattr(data, "span", span)
    name = ""
    for position, part in enumerate(loc):
        if isinstance(current, SourceMap):
            last = position == len(loc) - 1
            if part in current:
                owner, name = current.span, str(part)
                at_key = last and (by_key or current[name] is None)
                place = current.keys_at[name] if at_key else current.values_at[name]
                current = current[name]
            elif part == "[key]":
                place = owner if not name else place
            elif last and isinstance(part, str):
                owner, name = current.span, part
                place = _start(current)
        elif isinstance(current, list) and isinstance(part, int) and part < len(current):
            if isinstance(current, SourceList) and hasattr(current, "items_at"):
                place = current.items_at[part]
            current = current[part]
    return place, owner, name


def _start(mapping: SourceMap) -> Span:
    """Give the place of a mapping's first key: where something missing is told."""
    return next(iter(mapping.keys_at.values()), mapping.span)
