"""What every record of the source has in common."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Annotated, Any, Self, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PrivateAttr,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from policygen.diagnostics import Span
from policygen.model.texts import Name, wrong_type


class SourceMap(dict[str, Any]):
    """A mapping of a source file with its places: its own, its keys', its values'."""

    span: Span
    keys_at: dict[str, Span]
    values_at: dict[str, Span]


class SourceList(list[Any]):
    """A list of a source file with its place and those of its items."""

    span: Span
    items_at: list[Span]


_NOWHERE = Span("")


class Record(BaseModel):
    """A mapping of a source file with known keys.

    Unknown keys and values of another kind are errors; ``span`` is where it stands.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True
    )
    # Factories, since pydantic copies a default deeply for each record.
    _span: Span = PrivateAttr(default_factory=lambda: _NOWHERE)
    _places: dict[str, Span] = PrivateAttr(default_factory=dict)

    @property
    def span(self) -> Span:
        """Where the record stands."""
        held = self.__pydantic_private__  # asked for by its name, pydantic searches long for it
        return held["_span"] if held else _NOWHERE

    def at(self, key: str) -> Span:
        """Give where the value of a key stands; the record's place where it has no such key."""
        held = self.__pydantic_private__
        return held["_places"].get(key, self.span) if held else _NOWHERE

    @classmethod
    def unfolded(cls, data: object) -> object:
        """Give the mapping for which a shorter form stands."""
        return data

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """Give the keys an author may write."""
        return tuple(
            field.alias or name for name, field in cls.model_fields.items() if not field.exclude
        )

    @model_validator(mode="wrap")
    @classmethod
    def _with_place(
        cls,
        data: Any,  # noqa: ANN401 raw data
        handler: Callable[[Any], Self],
        info: ValidationInfo,
    ) -> Self:
        data = cls.unfolded(data)
        if data is None:
            data = {}
        if info.context is not None and isinstance(data, SourceMap):
            info.context[data.span] = cls.keys
        if not isinstance(data, dict | BaseModel):
            msg = "a mapping (key: value)"
            raise wrong_type(msg, data)
        record = handler(data)
        for name in _required(cls):
            value = getattr(record, name)
            if isinstance(value, str) and not value.strip():
                msg = "blank"
                raise PydanticCustomError(msg, "`{name}:` is empty", {"name": name})
        if isinstance(data, SourceMap):
            record._span = data.span  # noqa: SLF001 its own class
            record._places = data.values_at  # noqa: SLF001 its own class
        return record


@functools.cache
def _required(model: type[Record]) -> tuple[str, ...]:
    """Give the fields that a record must have."""
    return tuple(name for name, field in model.model_fields.items() if field.is_required())


def sequence(value: object) -> object:
    """Let pydantic's strict tuples take a list; nothing at all is an empty one."""
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(value)
    wanted = "a list"
    raise wrong_type(wanted, value)


def one_or_more(value: object) -> object:
    """Let one item stand for a list of it."""
    return sequence(value if value is None or isinstance(value, list) else [value])


T = TypeVar("T")
OneOrMore: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(one_or_more)]
"""A list, or one item in its place."""

ListOf: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(sequence)]
"""A list; a key with nothing behind it is an empty one."""


class Answer:
    """An answer to a setting, with its place."""

    __slots__ = ("name_at", "span", "value")

    def __init__(self, value: object, span: Span, name_at: Span) -> None:
        self.value = value
        self.span = span
        self.name_at = name_at

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answer) and self.value == other.value

    def __hash__(self) -> int:
        return hash(str(self.value))

    def __repr__(self) -> str:
        return f"Answer({self.value!r})"


class Answers(dict[Name, Answer]):
    """Answers to settings by the setting's name."""

    @classmethod
    def _validate(cls, value: object) -> Answers:
        if value is None:
            return cls()
        if isinstance(value, Answers):
            return value
        if not isinstance(value, dict):
            msg = "a mapping (setting: answer)"
            raise wrong_type(msg, value)
        answers = cls()
        for key, answer in value.items():
            at = value.values_at[key] if isinstance(value, SourceMap) else Span("")
            name_at = value.keys_at[key] if isinstance(value, SourceMap) else Span("")
            answers[Name(key, name_at)] = Answer(answer, at, name_at)
        return answers

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: object
    ) -> core_schema.CoreSchema:
        """Tell pydantic how to check answers; their kinds are checked by the library."""
        del source, handler
        return core_schema.no_info_plain_validator_function(cls._validate)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, Any]:
        """Tell editors what answers look like."""
        del schema, handler
        return {"type": "object"}
