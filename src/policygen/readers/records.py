"""Data with places in, a record out; pydantic's errors told in an author's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pydantic import ValidationError

from policygen.diagnostics import Diagnostic, Span, did_you_mean
from policygen.model.records import Record, SourceList, SourceMap
from policygen.model.texts import parse_date
from policygen.readers.yaml_faults import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails

R = TypeVar("R", bound=Record)
Keys: TypeAlias = "dict[Span, Callable[[], tuple[str, ...]]]"
"""What gives the keys that may be written in the mapping at a place."""


def validated(
    model: type[R], data: object, span: Span, text: str
) -> tuple[R | None, list[Diagnostic]]:
    """Give the record that ``data`` describes, or None and everything wrong with it.

    ``text`` is the whole file's, to show what was typed; ``span`` the place of the
    data where it is no mapping.
    """
    known: Keys = {}
    try:
        return model.model_validate(data, context=known), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults = [_diagnostic(detail, data, span, known, text) for detail in details]
        return None, _without_misspelt(faults)


def _without_misspelt(faults: list[Diagnostic]) -> list[Diagnostic]:
    """Leave out what is only missing because it is misspelt beside it."""
    meant = {f.hint for f in faults if f.code == "unknown-key" and f.hint.startswith("Did you")}
    return [
        f
        for f in faults
        if f.code != "missing-key" or f"Did you mean “{f.message.split('`')[1][:-1]}”?" not in meant
    ]


def _diagnostic(
    detail: ErrorDetails, data: object, span: Span, known: Keys, text: str
) -> Diagnostic:
    unknown = detail["type"] == "extra_forbidden"
    loc = detail["loc"]
    if detail["type"] == "blank":
        loc = (*loc, str(detail.get("ctx", {})["name"]))
    place, owner, name = _place(data, loc, span, by_key=unknown)
    match detail["type"]:
        case "missing":
            hint = f"Add a line “{name}: …”."
            if name == "replace":
                hint = "An amendment begins with `replace:`, `omit:` or `add:`."
            return Diagnostic("missing-key", f"`{name}:` is missing here", place, hint)
        case "extra_forbidden" if _follows_comma(detail["input"], place, text):
            message = f"a comma ends a text inside {{ }}, so “{name}” stands alone here"
            hint = "Put double quotes round the text that holds the comma."
            return Diagnostic("unknown-key", message, place, hint)
        case "extra_forbidden":
            keys = known[owner]() if owner in known else ()
            hint = did_you_mean(name, keys, f"Known here are: {', '.join(sorted(keys))}.")
            if "kind" in keys and not hint.startswith("Did"):
                hint = f"Write {{field: {name}, label: …}} for a field with a label of your own."
            return Diagnostic("unknown-key", f"`{name}:` is not known here", place, hint)
        case "literal_error":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            choices = [part.strip("'") for part in expected.replace(" or ", ", ").split(", ")]
            found = detail["input"]
            hint = did_you_mean(str(found), choices, f"Known are: {', '.join(choices)}.")
            if (name, found) == ("status", "approved"):
                hint = "An approval stands in the register; write final where there is none."
            message = f"`{name}:` can't be “{_typed(place, text)}”"
            return Diagnostic("unknown-choice", message, place, hint)
        case "wrong_type":
            return _wrong_type(detail, place, text, name)
        case "bool_type" | "bool_parsing":
            hint = "Write true or false; only these two mean yes and no here."
            message = f"`{name}:` wants true or false"
            return Diagnostic("wrong-type", message, place, hint)
        case "blank":
            return Diagnostic("wrong-value", detail["msg"], place, "Write it behind the colon.")
        case "invalid_key" | "text_form":
            return Diagnostic("wrong-form", detail["msg"], place, _form_hint(detail))
        case "dict_type" | "model_type":
            hint = _MAPPING_HINT
            if isinstance(detail["input"], list):
                hint = "Take the dashes (or the square brackets) away: write “key: value” lines."
            message = f"`{name}:` wants a mapping (key: value)"
            return Diagnostic("wrong-type", message, place, hint)
        case kind:
            code = kind if kind in _OWN else "wrong-value"
            return Diagnostic(code, detail["msg"], place, _OWN_HINTS.get(kind, _ELSE_HINT))


def _follows_comma(value: object, place: Span, text: str) -> bool:
    """Whether an unknown key is the rest of a text with a comma: ``{a: one, two}``."""
    line = _line(place, text)
    before, after = line[: place.column - 1], line[place.column - 1 + place.length :]
    return value is None and before.rstrip().endswith(",") and after.lstrip()[:1] in {",", "}"}


def _form_hint(detail: ErrorDetails) -> str:
    """Say how an id or a name is written."""
    value = str(detail["input"])
    if "colour" in detail["msg"]:
        digits = value if re.fullmatch(r"[0-9A-Fa-f]{6}", value) else "1f4e79"
        return f'Write it in quotes: "#{digits}"'
    if value.startswith("-"):
        return "A space is missing behind the dash."
    if re.fullmatch(r"[a-z0-9/-]+(?:, *[a-z0-9/-]+)+", value):
        return f"Put a list in square brackets: [{value}]"
    kind = "_" if "underscores" in detail["msg"] else "-"
    words = [re.sub(r"[^a-z0-9]+", kind, part.lower()).strip(kind) for part in value.split("/")]
    if "module/clause" not in detail["msg"]:
        words = words[-1:]
    likely = "/".join(filter(None, words))
    return f"Did you mean “{likely}”?" if likely else "Write its id, not its heading."


_MAPPING_HINT = "Write “key: value” lines under it, indented by two spaces."
_ELSE_HINT = "Compare it with the description of the source format."
_OWN_HINTS = {
    "term": "Write a word, or {one: pupil, many: pupils}.",
    "officer": "Write {name: A. Person, post: Headteacher}.",
    "choice": "Write the words behind its colon.",
    "setting": "Write its `choices:` under it, or one of type: text, integer, yes-no, date, list.",
    "row": "Write {field: owner, label: Policy owner}, or {label: Location, value: Website}.",
    "appendix": "Write {form: …} or {heading: …, clauses: […]}.",
    "amendment": "Look at the other lines of this amendment, and at their indentation.",
    "statement": "Write a clause's id, or {text: …}.",
    "field": "Write a known field such as name, or {label: …, kind: text}.",
    "duplicate-id": "Take one of the two away.",
    "clause": "Write “text: |” and the text on the lines below; or `choose:` and `texts:`.",
}
_OWN = frozenset(_OWN_HINTS)
"""The codes of our own checks of a record."""


def _wrong_type(detail: ErrorDetails, place: Span, text: str, name: str) -> Diagnostic:
    context = detail.get("ctx", {})
    wanted, value = str(context.get("wanted", "")), context.get("value")
    hint = ""
    if wanted == "text" or wanted.startswith("text,"):
        typed = _typed(place, text)
        match value:
            case dict() if "{{" in _line(place, text):
                hint = "If this is a text that begins with {{, put it in double quotes."
            case dict() if len(value) == 1:
                hint = "If this is a text with a colon, put it in double quotes."
            case dict() | list():
                hint = "Write one text here."
            case None:
                hint = f"Write the text behind “{name}:”, or take the line away."
            case _:
                hint = f"Put it in double quotes: {quoted(typed)}"
    elif wanted.startswith("a date"):
        hint = date_hint(str(value))
    elif wanted.startswith("a mapping"):
        hint = _MAPPING_HINT
        if isinstance(value, list):
            hint = "Take the dashes (or the square brackets) away: write “key: value” lines."
        elif re.match(r"[a-z_]+:\S", str(value)):
            hint = "A space is missing behind the colon."
    elif wanted.startswith("a list"):
        hint = "Write one item a line, each after “- ”."
    else:
        hint = f"Write {wanted}."
    message = f"here stands {context.get('found')}, where {wanted} is wanted"
    return Diagnostic("wrong-type", message, place, hint)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BRITISH = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[ ./-]+)?(\d{1,2}|[A-Za-z]{3,9})[ ./-]+(\d{4})\Z"
)


def date_hint(value: str) -> str:
    """Say how a date is written; one that is only written otherwise is shown rewritten."""
    hint = "Write 2026-10-12, or 2026-10 where only the month is known."
    value = re.sub("[‐-―−]", "-", value)
    if match := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", value.strip()):
        written = f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"
        return f"Write {written}." if parse_date(written) else hint
    match = _BRITISH.match(value.strip())
    if not match:
        return hint
    day, month, year = match.groups()
    if not month.isdigit():
        month = str(_MONTHS.index(month[:3].lower()) + 1) if month[:3].lower() in _MONTHS else ""
    written = f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "")
    return f"Write {written}." if parse_date(written) else hint


def _typed(place: Span, text: str) -> str:
    """Give what was typed at a place."""
    return _line(place, text)[place.column - 1 : place.column - 1 + place.length]


def _line(place: Span, text: str) -> str:
    lines = text.split("\n")
    return lines[place.line - 1] if place.line <= len(lines) else ""


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
                as_key = loc[position + 1 : position + 2] == ("[key]",)
                at_key = as_key or (last and (by_key or current[name] is None))
                place = current.keys_at[name] if at_key else current.values_at[name]
                current = current[name]
            elif last and part != "[key]" and isinstance(part, str):
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
