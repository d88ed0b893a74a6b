"""What the reader of sources lets an author write, and asks for, beside the types of keys.

Each entry stands for a check of the record it is about; the tests hold the two against each
other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from policygen.model.clauses import Clause
from policygen.model.forms import FormField, Statement
from policygen.model.policies import Add, Appendix, Control, ControlRow, Replace
from policygen.model.trust import Choice, Officer, Setting, Term

if TYPE_CHECKING:
    from policygen.model.records import Record

Schema: TypeAlias = dict[str, Any]


def has(*keys: str) -> Schema:
    """Give the schema of a mapping with these keys and something behind each."""
    filled = {key: {"not": {"type": "null"}} for key in keys}
    return {"required": list(keys), "properties": filled}


def lacks(*keys: str) -> Schema:
    """Give the schema of a mapping with none of these keys, or nothing behind them."""
    return {"properties": {key: {"type": "null"} for key in keys}}


def _each(*rules: Schema) -> Schema:
    return {"allOf": list(rules)}


def _one_of(*rules: Schema) -> Schema:
    return {"anyOf": list(rules)}


_WITH_CHOICES = _each(
    has("kind", "choices"),
    {"properties": {"kind": {"const": "choice"}, "choices": {"minItems": 1}}},
)
_CHOICES_ONLY = _each(has("choices"), {"properties": {"choices": {"minItems": 1}}}, lacks("kind"))
_NO_CHOICES = {
    "properties": {"choices": {"maxItems": 0}, "kind": {"not": {"const": "choice"}}},
}

RULES: dict[type[Record], Schema] = {
    Add: _one_of(_each(has("after"), lacks("before")), _each(has("before"), lacks("after"))),
    Appendix: _one_of(has("heading"), has("form")),
    Clause: _one_of(
        _each(has("text"), lacks("choose", "texts")), _each(has("choose", "texts"), lacks("text"))
    ),
    ControlRow: _one_of(
        _each(has("field"), {"not": {"required": ["value"]}}),
        _each(has("label"), lacks("field")),
    ),
    FormField: _each(
        _one_of(has("field"), has("label")),
        _one_of(_WITH_CHOICES, _CHOICES_ONLY, _NO_CHOICES),
    ),
    Officer: _one_of(has("name"), has("post")),
    Replace: _one_of(has("text"), has("heading")),
    Setting: _one_of(
        _each(
            has("choices"),
            {"properties": {"choices": {"minProperties": 1}}},
            lacks("type"),
        ),
        _each(has("type"), lacks("choices")),
    ),
    Statement: _one_of(_each(has("text"), lacks("clause")), _each(has("clause"), lacks("text"))),
    Term: {"required": ["one", "many"]},
}
"""What a mapping must have."""

TEXT_STANDS_FOR: frozenset[type[Record]] = frozenset({Choice, ControlRow, FormField, Term})
"""Records in whose place a text may stand."""

ROWS_STAND_FOR: type[Record] = Control
"""The record in whose place a list of its rows may stand."""

NOT_EMPTY: frozenset[type[Record]] = frozenset({Choice})
"""Records that must not be left empty, though no key of theirs must be there."""
