"""The ids and names of one trust, for an editor to offer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from policygen.assemble.context import DEFAULT_TERMS
from policygen.assemble.forms import LABELS
from policygen.model.clauses import Clause
from policygen.model.forms import FormField
from policygen.model.policies import (
    CONTROL_FIELDS,
    OFFICER_FIELDS,
    OFFICER_PARTS,
    Add,
    Appendix,
    ControlRow,
    Generate,
    PolicyFields,
    SchoolPolicy,
    Section,
)
from policygen.model.trust import Reference, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policygen.model.library import Library
    from policygen.model.records import Record
    from policygen.model.trust import School, Setting

Schema: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What a trust's sources define, each kind in the order in which an editor offers it.

    Everything is offered and nothing demanded: an id that is written before the record it
    names, or after the schemas were made, is no fault that an editor could know of.
    """

    clauses: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    terms: tuple[str, ...] = tuple(sorted(DEFAULT_TERMS))
    settings: Mapping[str, Setting] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[str, ...]:
        """Give the ids or names of a kind that ``named`` tells."""
        match kind:
            case "control fields":
                return _CONTROL
            case "form fields":
                return tuple(LABELS)
            case "signatories":
                return ("date", *self.officers)
            case "settings":
                return tuple(self.settings)
            case _:
                found: tuple[str, ...] = getattr(self, kind)
                return found


_CONTROL = (
    *CONTROL_FIELDS,
    *(f"{name}.{part}" for name in OFFICER_FIELDS for part in OFFICER_PARTS),
)

_NAMED: dict[tuple[type[Record], str], str] = {
    (Add, "cites"): "references",
    (Appendix, "form"): "forms",
    (Appendix, "only"): "officers",
    (Clause, "choose"): "settings",
    (Clause, "cites"): "references",
    (ControlRow, "field"): "control fields",
    (FormField, "field"): "form fields",
    (Generate, "only"): "officers",
    (PolicyFields, "linked"): "policies",
    (PolicyFields, "sign_off"): "signatories",
    (Reference, "superseded_by"): "references",
    (SchoolPolicy, "adopted_by"): "officers",
    (Section, "only"): "officers",
    (Trust, "locked_settings"): "settings",
    **{(PolicyFields, name): "officers" for name in OFFICER_FIELDS if name != "adopted_by"},
}
"""What the texts behind a key name."""


def named(model: type[Record], key: str) -> str:
    """Give the kind of what the texts behind a record's key name; "" where they name nothing."""
    if (model, key) in _NAMED:
        return _NAMED[model, key]
    return _NAMED.get((PolicyFields, key), "") if issubclass(model, PolicyFields) else ""


NOTHING = Known()
"""Of no trust: what holds for all."""


def known(library: Library) -> Known:
    """Give what a library defines."""
    people: tuple[Trust | School, ...] = (library.trust, *library.schools.values())
    return Known(
        clauses=tuple(sorted((*library.modules, *library.clauses))),
        references=_ids(library.references),
        officers=_ids(name for record in people for name in record.officers),
        forms=_ids(library.forms),
        policies=_ids(library.policies),
        schools=_ids(library.schools),
        terms=_ids((*DEFAULT_TERMS, *(name for record in people for name in record.terms))),
        settings=dict(sorted(library.settings.items())),
    )


def _ids(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({str(name) for name in names}))


def answer(setting: Setting) -> Schema:
    """Give the schema of an answer to a setting: its question, and the answers there are."""
    found: Schema = {"description": str(setting.question)}
    if setting.choices is not None:
        choices = [
            {"const": str(key), "description": str(choice.printed)}
            for key, choice in setting.choices.items()
        ]
        return {**found, "anyOf": [*choices, {"type": ["string", "integer", "number", "boolean"]}]}
    match setting.type:
        case "yes-no":
            return {**found, "enum": ["yes", "no", True, False]}
        case "integer":
            return {**found, "type": "integer"}
        case "list":
            return {**found, "type": "array", "items": {"type": "string"}}
        case _:
            return {**found, "type": "string"}
