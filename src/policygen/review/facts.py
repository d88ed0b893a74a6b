"""What stands behind a name in a text, and where: to tell which line made a text change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from pydantic import BaseModel

from policygen.assemble.facts import registered
from policygen.diagnostics import Span
from policygen.model.records import Record
from policygen.model.texts import Line, SourceText
from policygen.model.trust import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policygen.assemble.context import Context
    from policygen.model.trust import Officer, Term

Facts: TypeAlias = "dict[str, tuple[object, Span]]"
"""What is written in the sources, each with its place."""

_NAMES = re.compile(r"\b(?:settings|officers|school|trust|terms|policy)(?:\.\w+)+")
_CALLS = re.compile(r"\b(cite|linked)\(\s*['\"]([\w-]+)")
_OF_APPROVAL = frozenset({"status", "approved", "approver", "last_review", "next_review"})

FRONT = (
    *("policy.title", "policy.version", "policy.status", "policy.next_review"),
    *("policy.review_every", "school.name", "school.short_name", "trust.name", "trust.short_name"),
)
"""What is printed around the title and on every page."""

PAGES = (
    *("school.colour", "trust.colour", "school.logo", "trust.logo"),
    *("policy.contents", "policy.numbering"),
)
"""What decides how pages look."""


def changed(old: Context, new: Context, names: Iterable[str]) -> Iterator[Span]:
    """Give the places of what is written otherwise behind these names; in the old version
    where the new one has nothing."""
    for name in names:
        before, after = facts(old, name), facts(new, name)
        for key in dict.fromkeys((*after, *before)):
            was, now = before.get(key), after.get(key)
            if (was and was[0]) != (now and now[0]):
                place = now or was
                if place and place[1].path:
                    yield place[1]
                if name.startswith("settings."):
                    break  # another answer has other words, which is no reason of its own


def answered(context: Context, name: str) -> str:
    """Give the answer to a setting as it is written, "" for none."""
    found = _setting(context, name).get("answer")
    return str(found[0]) if found else ""


def names_in(text: str) -> list[str]:
    """Give the names that a text or a condition asks for."""
    return [*_NAMES.findall(text), *(f"{call}.{name}" for call, name in _CALLS.findall(text))]


def facts(context: Context, name: str, *, deep: bool = True) -> Facts:
    """Give what is written behind a name such as ``officers.headteacher.name``."""
    root, _, rest = name.partition("|")[0].partition(".")
    library = context.library
    found: Facts = {}
    match root:
        case "settings":
            found = _setting(context, rest)
        case "officers":
            found = _officer(context, rest)
        case "terms":
            found = _term(context, rest.partition(".")[0])
        case "school" if context.school:
            found = _field(context.school, rest)
        case "trust":
            found = _field(library.trust, rest)
        case "policy":
            found = _policy(context, rest.partition(".")[0])
        case "cite" if rest in library.references:
            record = library.references[rest]
            for key in Reference.model_fields:
                found |= _field(record, key)
        case "linked" if rest in library.policies:
            found = _field(library.policies[rest], "title")
        case _:
            pass
    if deep:  # a title or the words of a choice may themselves ask for names
        for value, _ in list(found.values()):
            for inner in names_in(value) if isinstance(value, Line) else ():
                found |= {f"{inner} {key}": fact for key, fact in _inner(context, inner).items()}
    return found


def _inner(context: Context, name: str) -> Facts:
    return facts(context, name, deep=False)


def _setting(context: Context, name: str) -> Facts:
    setting, answer = context.library.settings.get(name), context.answer(name)
    if setting is None:
        return {}
    raw = str(setting.default if answer is None else answer.value)
    found: Facts = {"answer": (raw, answer.span if answer else setting.at("default"))}
    for choice_id, choice in (setting.choices or {}).items():
        if choice_id == raw:
            found["words"] = (choice.printed, choice.printed.span)
    return found


def _officer(context: Context, name: str) -> Facts:
    office, _, part = name.partition(".")
    layers = [context.library.trust.officers]
    if context.school:
        layers.insert(0, context.school.officers)
    holder: Officer | None = next(
        (layer[key] for layer in layers for key in layer if key == office), None
    )
    found: Facts = {}
    for key in [part] if part else list(type(holder).model_fields) if holder else []:
        found |= _field(holder, key) if holder else {}
    return found


def _term(context: Context, name: str) -> Facts:
    layers: list[Mapping[str, Term]] = [context.library.trust.terms]  # type: ignore[list-item]
    if context.school:
        layers.insert(0, context.school.terms)  # type: ignore[arg-type]
    for layer in layers:
        for key, term in layer.items():
            if key == name:
                span = term.span if term.span.path else getattr(key, "span", Span(""))
                return {"term": ((term.one, term.many, term.text), span)}
    return {}


def _field(record: Record, name: str) -> Facts:
    value = getattr(record, name, None)
    return {} if value is None else {name: (_plain(value), record.at(name.rstrip("_")))}


def _policy(context: Context, name: str) -> Facts:
    found: Facts = {}
    for layer in (context.entry, context.policy):
        value = getattr(layer, name, None) if layer else None
        if layer is not None and value is not None:
            found = _listed(name, value, layer.at(name))
            if isinstance(value, str):
                found |= _officer(context, str(value))
            break
    if name == "control" and not found and context.library.trust.control:
        control = context.library.trust.control
        found = _listed(name, control, context.library.trust.at(name))
    approval = registered(context) if name in _OF_APPROVAL and context.policy_id else None
    if approval:
        found["approval"] = (_plain(approval), approval.span)
    return found


def _listed(name: str, value: object, span: Span) -> Facts:
    """Give a value; of a list each item by itself, so that only what is another is told."""
    rows = getattr(value, "rows", value)
    if not isinstance(rows, tuple):
        return {name: (_plain(value), span)}
    heading = _plain(getattr(value, "heading", None))
    found: Facts = {name: ((getattr(value, "layout", ""), heading), span)}
    for row in rows:
        found[f"{name} {_plain(row)!r}"] = (True, span_of(row) or span)
    return found


def span_of(value: object) -> Span | None:
    """Give where a record or a text stands; of a record written short, its first text."""
    if isinstance(value, SourceText):
        return value.span
    if isinstance(value, Record):
        if value.span.path:
            return value.span
        parts = (getattr(value, name) for name in type(value).model_fields)
        return next((part.span for part in parts if isinstance(part, SourceText)), None)
    return None


def _plain(value: object) -> object:
    """Give what is written, without its places, which the equality of records looks at."""
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
