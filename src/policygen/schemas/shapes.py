"""From the records' own types to JSON Schema, as the reader takes them and not stricter."""

from __future__ import annotations

import types
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    TypeAlias,
    Union,
    get_args,
    get_origin,
)

from pydantic import BeforeValidator, Tag, WithJsonSchema

from policygen.model.policies import shown
from policygen.model.records import Answers, Record, one_or_more, sequence
from policygen.model.texts import ClauseId, Condition, Id, SourceText
from policygen.model.trust import policy_entries
from policygen.schemas.known import answer, named
from policygen.schemas.rules import NOT_EMPTY, ROWS_STAND_FOR, RULES, TEXT_STANDS_FOR
from policygen.schemas.words import EXAMPLES, TITLES, described

if TYPE_CHECKING:
    from policygen.schemas.known import Known

Schema: TypeAlias = dict[str, Any]

NOTHING: Schema = {"type": "null"}

SENTENCE = r"\S[\s\S]* [\s\S]*\S"
"""A text of more than one word, where one word would be an id."""


class Shapes:
    """Gives the schemas of records; ``definitions`` gathers those that refer to each other."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.definitions: dict[str, Schema] = {}

    def record(self, model: type[Record]) -> Schema:
        """Give the schema of what may stand for a record."""
        name = model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # a section may hold sections
            self.definitions[name] = self._alternatives(model)
        return {"$ref": f"#/definitions/{name}"}

    def mapping(self, model: type[Record]) -> Schema:
        """Give the schema of a record written out as a mapping."""
        properties: Schema = {}
        required = []
        for name, field in model.model_fields.items():
            if field.exclude:
                continue
            key = field.alias or name
            value = self._annotated(field.annotation, tuple(field.metadata), model, key)
            if field.is_required():
                required.append(key)
                value = _not_blank(value)
            properties[key] = _with_words(value, model, key)
        found: Schema = {
            "type": "object",
            "title": TITLES[model],
            "properties": properties,
            "additionalProperties": False,
        }
        if required:
            found["required"] = required
        return _merged(found, RULES.get(model, {}))

    def keyed(self, keys: type[Id], value: Schema, names: tuple[str, ...] = ()) -> Schema:
        """Give the schema of a mapping whose keys are ids; some may be offered."""
        found: Schema = {
            "type": "object",
            "patternProperties": {_pattern(keys): value},
            "additionalProperties": False,
        }
        if names:
            found["properties"] = dict.fromkeys(names, value)
        return found

    def _alternatives(self, model: type[Record]) -> Schema:
        found = [self.mapping(model)]
        if model in TEXT_STANDS_FOR:
            text = self._named(model, "field", {"type": "string"})
            found.append({"title": "In short", **text})
        if model is ROWS_STAND_FOR:
            rows = model.model_fields["rows"]
            found.append(self._annotated(rows.annotation, tuple(rows.metadata)))
        elif model not in RULES and model not in NOT_EMPTY and "required" not in found[0]:
            found.append(NOTHING)
        return found[0] if len(found) == 1 else {"anyOf": found}

    def _shape(
        self,
        hint: Any,  # noqa: ANN401 a type
        model: type[Record] | None = None,
        key: str = "",
    ) -> Schema:
        """Give the schema of a type; ``model`` and ``key`` say where it stands."""
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._annotated(arguments[0], arguments[1:], model, key)
        if origin is Union or origin is types.UnionType:
            return _any([self._shape(part, model, key) for part in arguments])
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin is dict:
            return self._mapping_of(arguments[0], arguments[1], key)
        if hint is Any:
            return {}
        if hint is bool:
            return {"type": "boolean"}
        if hint is None or hint is type(None):
            return NOTHING
        if issubclass(hint, Record):
            return self.record(hint)
        if issubclass(hint, Answers):
            return self._answers()
        if issubclass(hint, SourceText):
            return self._named(model, key, self._text(hint, key))
        msg = f"no schema for {hint!r}: say in schemas/shapes.py what it looks like"
        raise TypeError(msg)

    def _annotated(
        self,
        base: Any,  # noqa: ANN401 a type
        notes: tuple[object, ...],
        model: type[Record] | None = None,
        key: str = "",
    ) -> Schema:
        """Give the schema of a type with notes for pydantic, which let more be written."""
        for note in notes:
            match note:
                case WithJsonSchema(json_schema=dict() as schema):
                    return dict(schema)
                case BeforeValidator(func=func) if func is one_or_more or func is sequence:
                    item = self._shape(get_args(base)[0], model, key)
                    several = {"type": "array", "items": item}
                    return _any([*([item] if func is one_or_more else []), several, NOTHING])
                case Tag(tag="<sentence>"):
                    return {"type": "string", "pattern": SENTENCE}
                case BeforeValidator(func=func) if func is shown:
                    return {"type": ["string", "null"]}
                case BeforeValidator(func=func) if func is policy_entries:
                    return self._entries(*get_args(base))
                case BeforeValidator(func=func):
                    msg = f"{func} lets authors write something: say in schemas/shapes.py what"
                    raise TypeError(msg)
                case _:
                    pass
        return self._shape(base, model, key)

    def _mapping_of(
        self,
        keys: type[Id],
        values: Any,  # noqa: ANN401 a type
        key: str,
    ) -> Schema:
        names: tuple[str, ...] = ()
        match key:
            case "officers":
                names = self.known.officers
            case "terms":
                names = self.known.terms
            case "wording":
                names = ("trust", *self.known.schools) if self.known.schools else ()
            case _:
                pass
        return self.keyed(keys, self._shape(values), names)

    def _entries(self, ids: type[Id], entry: type[Record]) -> Schema:
        """Give the schema of a school's policies: entries by id, or only the ids."""
        names = self.known.policies
        text = {"type": ["string", "integer"], "pattern": _pattern(ids)}
        listed = self._offered("policies", text)
        return _any(
            [
                self.keyed(ids, self.record(entry), names),
                {"type": "array", "items": listed, "uniqueItems": True},
                NOTHING,
            ]
        )

    def _answers(self) -> Schema:
        given = {name: answer(setting) for name, setting in self.known.settings.items()}
        found = {"type": ["object", "null"], **({"properties": given} if given else {})}
        self.definitions["Answers"] = found
        return {"$ref": "#/definitions/Answers"}

    def _text(self, kind: type[SourceText], key: str) -> Schema:
        if issubclass(kind, Condition):
            return {"type": ["string", "boolean"]}
        if not issubclass(kind, Id):
            return dict(kind.json_type)
        text = {"type": "string", "pattern": _pattern(kind)}
        of_library = issubclass(kind, ClauseId) and key not in {"formerly", "after", "before"}
        return self._offered("clauses", text) if of_library else text

    def _named(self, model: type[Record] | None, key: str, text: Schema) -> Schema:
        kind = named(model, key) if model is not None else ""
        return self._offered(kind, text) if kind else text

    def _offered(self, kind: str, text: Schema) -> Schema:
        """Give a schema that takes what ``text`` takes, and offers what is known of a kind."""
        names = self.known.of(kind)
        if not names:
            return text
        name = "known-" + kind.replace(" ", "-")
        self.definitions[name] = {"enum": list(names)}
        return {"anyOf": [{"$ref": f"#/definitions/{name}"}, text]}


def _pattern(kind: type[Id]) -> str:
    """Give an id's pattern as JSON Schema writes it."""
    return "^" + kind.pattern.pattern.removesuffix(r"\Z") + "$"


def _any(parts: list[Schema]) -> Schema:
    """Give the schema of one of several; nested choices become one."""
    flat: list[Schema] = []
    for part in parts:
        inner = part["anyOf"] if set(part) == {"anyOf"} else [part]
        flat += [one for one in inner if one not in flat]
    return flat[0] if len(flat) == 1 else {"anyOf": flat}


def _not_blank(value: Schema) -> Schema:
    """Ask for a letter at least where a text must be there."""
    blank = value.get("type") == "string" and "pattern" not in value
    return {**value, "pattern": r"\S"} if blank else value


def _with_words(value: Schema, model: type[Record], key: str) -> Schema:
    """Say what a key means. Beside a reference nothing counts, so that goes into a list."""
    words: Schema = {"description": described(model, key)}
    if key in EXAMPLES:
        words["examples"] = [EXAMPLES[key]]
    return {**words, **({"allOf": [value]} if "$ref" in value else value)}


def _merged(found: Schema, rule: Schema) -> Schema:
    """Give a record's schema with what it must have besides."""
    required = [*found.get("required", ()), *rule.get("required", ())]
    return {**found, **rule, **({"required": required} if required else {})}
