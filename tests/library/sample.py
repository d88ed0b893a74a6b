"""The sample trust's library, read once, and what its policies name."""

from __future__ import annotations

import functools
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from policygen.model.policies import Generate
from policygen.model.templates import Path as Name
from policygen.model.templates import parts
from policygen.model.texts import ClauseId, SourceText
from policygen.readers.library import read_library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.model.library import Library
    from policygen.model.policies import Appendix, Policy, Section

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "policy_src"


@functools.cache
def sample() -> Library:
    """Give the library of the sample trust."""
    reading = read_library(SOURCE)
    assert reading.library is not None, reading.diagnostics
    return reading.library


def clauses_named(library: Library, policy: Policy) -> list[str]:
    """Give the clauses a policy and its forms name, modules unfolded, each once."""
    found = dict.fromkeys(_of_sections(library, (*(policy.sections or ()), *_appendices(policy))))
    for form_id in forms_named(policy):
        form = library.forms[form_id]
        for statement in form.statements:
            clause = statement if isinstance(statement, ClauseId) else None
            clause = clause or getattr(statement, "clause", None)
            if clause:
                found |= dict.fromkeys(_unfolded(library, clause))
    return list(found)


def forms_named(policy: Policy) -> list[str]:
    """Give the forms in a policy's appendices."""
    return [str(a.form) for a in _appendices(policy) if a.form is not None]


def settings_named(library: Library, record: object) -> set[str]:
    """Give the settings that the texts and conditions of a record name."""
    chosen = getattr(record, "choose", None)
    found = {str(chosen)} if chosen else set()
    for text in _texts(record):
        template = library.templates.get(text.key)
        for slot in template.slots if template else ():
            for part in parts(slot):
                if isinstance(part, Name) and part.names[0] == "settings":
                    found.add(part.names[1])
    return found


def settings_of_policy(library: Library, policy: Policy) -> set[str]:
    """Give the settings that change what a policy says."""
    records = [
        policy,
        *map(library.clauses.__getitem__, clauses_named(library, policy)),
        *map(library.forms.__getitem__, forms_named(policy)),
    ]
    return set().union(*(settings_named(library, record) for record in records))


def _appendices(policy: Policy) -> tuple[Appendix, ...]:
    return policy.appendices or ()


def _of_sections(library: Library, sections: Iterable[Section | Appendix]) -> Iterator[str]:
    for section in sections:
        for item in (*section.intro, *section.clauses):
            if not isinstance(item, Generate):
                yield from _unfolded(library, item)
        yield from _of_sections(library, section.sections)


def _unfolded(library: Library, item: str) -> tuple[str, ...]:
    return library.modules.get(str(item), (str(item),))


def _texts(value: object) -> Iterator[SourceText]:
    if isinstance(value, SourceText):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
