"""Texts that know where they stand, and the few other kinds of value sources hold."""

from __future__ import annotations

import bisect
import calendar
import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeAlias

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from policygen.diagnostics import Span

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

Segment: TypeAlias = tuple[int, int, int]
"""(offset in the text, line, column): from this offset on, the text stands there."""

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
CLAUSE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?\Z")
NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z")


class SourceText(str):  # noqa: SLOT000 slots would forbid pickling by default
    """A text from a source file: data, printed as typed.

    Its subclasses say what else a text may be; the reader of a library finds
    templates and conditions by their class.
    """

    span: Span
    segments: tuple[Segment, ...]
    json_type: ClassVar[dict[str, Any]] = {"type": "string"}

    def __new__(
        cls, text: str = "", span: Span | None = None, segments: tuple[Segment, ...] = ()
    ) -> Self:
        """Give the text with its place; one made of another keeps the other's."""
        self = super().__new__(cls, text)
        of_text = text if isinstance(text, SourceText) else None
        self.span = span or (of_text.span if of_text is not None else Span(""))
        self.segments = segments or (of_text.segments if of_text is not None else ())
        return self

    @functools.cached_property
    def key(self) -> str:
        """Its place and words, under which a library holds its template."""
        return f"{self.span}:{self}"

    def at(self, offset: int, length: int = 1) -> Span:
        """Give the place of the character at ``offset`` in its file."""
        index = bisect.bisect_right(self.segments, (offset, 1 << 30, 0)) - 1
        if index < 0:
            return self.span
        start, line, column = self.segments[index]
        return Span(self.span.path, line, column + offset - start, length)

    @classmethod
    def check(cls, text: str) -> str | None:
        """Give what is wrong with the text as one of this class, else None."""
        del text
        return None

    @classmethod
    def _validate(cls, value: object) -> Self:
        if not isinstance(value, str):
            msg = "text"
            raise wrong_type(msg, value)
        if fault := cls.check(value):
            msg = "text_form"
            raise PydanticCustomError(msg, "{fault}", {"fault": fault})
        return cls(value)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Tell pydantic how to check a value that should be this kind of text."""
        del source, handler
        return core_schema.no_info_plain_validator_function(cls._validate)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Tell editors what this kind of text looks like."""
        del schema, handler
        return dict(cls.json_type)


class Line(SourceText):
    """A line that is printed: ``{{ }}`` may stand in it, Markdown may not."""


class Markdown(SourceText):
    """A text that is printed: Markdown with ``{{ }}``."""


class Condition(SourceText):
    """A ``when:`` expression."""

    @classmethod
    def _validate(cls, value: object) -> Self:
        return super()._validate(str(value).lower() if isinstance(value, bool) else value)


class Id(SourceText):
    """The id of a record: lower case letters, digits, hyphens."""

    pattern: ClassVar[re.Pattern[str]] = ID
    form: ClassVar[str] = "lower case letters, digits and hyphens (“staff-agreement”)"

    @classmethod
    def check(cls, text: str) -> str | None:
        """Say which characters an id may have."""
        return None if cls.pattern.match(text) else f"“{text}” must be made of {cls.form}"


class ClauseId(Id):
    """The id of a clause (``module/clause``) or of a whole module."""

    pattern = CLAUSE_ID
    form = "lower case letters, digits and hyphens (“module/clause” or “module”)"


class Name(Id):
    """The name of an officer, a setting or a term, as it stands inside ``{{ }}``."""

    pattern = NAME
    form = "lower case letters, digits and underscores (“designated_safeguarding_lead”)"


class Colour(SourceText):
    """A colour as ``"#1f4e79"``."""

    json_type: ClassVar[dict[str, Any]] = {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}

    @classmethod
    def check(cls, text: str) -> str | None:
        """Say what a colour looks like."""
        if re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
            return None
        return f"“{text}” is no colour: write it as “#1f4e79”, in quotes"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A date of which only the month is known; due at the month's end."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def last_day(self) -> dt.date:
        """The day on which something due in this month is due."""
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])


_DAY_TEXT = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z")
_MONTH_TEXT = re.compile(r"(\d{4})-(\d\d)\Z")


def parse_date(text: str) -> dt.date | Month | None:
    """Read ``2026-10-12`` or ``2026-10``; None where it is no such date."""
    try:
        if match := _DAY_TEXT.match(text):
            return dt.date(*(int(part) for part in match.groups()))
        if (match := _MONTH_TEXT.match(text)) and 1 <= int(match[2]) <= 12:  # noqa: PLR2004 months
            return Month(int(match[1]), int(match[2]))
    except ValueError:
        return None
    return None


def _day(value: object) -> dt.date | Month:
    found = parse_date(value) if isinstance(value, str) else value
    if isinstance(found, dt.date | Month):
        return found
    wanted = "a date (2026-10-12, or 2026-10 for a month)"
    raise wrong_type(wanted, value)


Day: TypeAlias = Annotated[
    dt.date | Month,
    PlainValidator(_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d(-\d\d)?$"}),
]
"""A day or, where only that is known, a month."""


def last_day(day: dt.date | Month) -> dt.date:
    """Give the day on which something due on a day or in a month is due."""
    return day.last_day if isinstance(day, Month) else day


def first_day(day: dt.date | Month) -> dt.date:
    """Give a day, or the first one of a month."""
    return dt.date(day.year, day.month, 1) if isinstance(day, Month) else day


def wrong_type(wanted: str, value: object) -> PydanticCustomError:
    """Give the error for a value of another kind than the one wanted."""
    return PydanticCustomError(
        "wrong_type",
        "here stands {found}, where {wanted} is wanted",
        {"found": kind_of(value), "wanted": wanted, "value": value},
    )


def kind_of(value: object) -> str:
    """Name the kind of a value in an author's words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return f"{str(value).lower()} (yes or no)"
        case int() | float():
            return "a number"
        case dt.date() | Month():
            return "a date"
        case dict():
            return "a mapping (key: value)"
        case list():
            return "a list"
        case _:
            return "text"
