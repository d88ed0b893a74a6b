"""The trust, its schools, its officers, its vocabulary and the decisions it takes."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from policygen.model.policies import Control, SchoolPolicy
from policygen.model.records import Answers, ListOf, Record
from policygen.model.texts import Colour, Day, Id, Line, Name, SourceText, wrong_type

Phase: TypeAlias = Literal[
    "nursery",
    "primary",
    "middle",
    "secondary",
    "all-through",
    "sixth-form",
    "special",
    "alternative",
]


class Term(Record):
    """A word of the trust's own. ``text`` is what the bare term prints."""

    one: SourceText | None = None
    many: SourceText | None = None
    text: SourceText | None = Field(default=None, exclude=True)

    @classmethod
    def unfolded(cls, data: object) -> object:
        """Give the mapping for which a shorter form stands."""
        if isinstance(data, str):
            return {"text": data}
        if isinstance(data, dict):
            if "text" in data:
                return data
            if not {"one", "many"} <= set(data):
                msg = "term"
                raise PydanticCustomError(msg, "a term needs both `one:` and `many:`")
            return data
        msg = "text, or {one: …, many: …}"
        raise wrong_type(msg, data)


class Officer(Record):
    """Somebody who holds a post."""

    name: SourceText | None = None
    post: SourceText | None = None
    email: SourceText | None = None
    telephone: SourceText | None = None
    website: SourceText | None = None

    @model_validator(mode="after")
    def _someone(self) -> Officer:
        if self.name is None and self.post is None:
            msg = "officer"
            raise PydanticCustomError(msg, "an officer needs a `name:` or a `post:`")
        return self


class Trust(Record):
    """``trust.yaml``."""

    name: SourceText
    short_name: SourceText | None = None
    company_number: SourceText | None = None
    website: SourceText | None = None
    email: SourceText | None = None
    telephone: SourceText | None = None
    address: ListOf[SourceText] = ()
    logo: SourceText | None = None
    colour: Colour | None = None
    word_template: SourceText | None = None
    terms: dict[Name, Term] = Field(default_factory=dict)
    officers: dict[Name, Officer] = Field(default_factory=dict)
    settings: Answers = Field(default_factory=Answers)
    locked_settings: ListOf[Name] = ()
    control: Control | None = None
    appendix_labels: Literal["letters", "numbers"] = "letters"
    checks: dict[Id, Literal["error", "warning", "off"]] = Field(default_factory=dict)


def policy_entries(value: object) -> object:
    """Let a list of ids stand for a mapping without entries."""
    if isinstance(value, list):
        twice = next((item for item in value if value.count(item) > 1), None)
        if twice is not None:
            msg = "duplicate-id"
            raise PydanticCustomError(msg, "“{id}” stands here twice", {"id": str(twice)})
        return {item if isinstance(item, str) else str(item): None for item in value}
    return {} if value is None else value


class School(Record):
    """``schools/<id>.yaml``."""

    name: SourceText
    short_name: SourceText | None = None
    urn: SourceText | None = None
    opens: Day | None = None
    closes: Day | None = None
    phase: Phase | None = None
    type: SourceText | None = None
    address: ListOf[SourceText] = ()
    telephone: SourceText | None = None
    email: SourceText | None = None
    website: SourceText | None = None
    local_authority: SourceText | None = None
    logo: SourceText | None = None
    colour: Colour | None = None
    officers: dict[Name, Officer] = Field(default_factory=dict)
    terms: dict[Name, Term] = Field(default_factory=dict)
    settings: Answers = Field(default_factory=Answers)
    policies: Annotated[dict[Id, SchoolPolicy], BeforeValidator(policy_entries)] = Field(
        default_factory=dict
    )


class Choice(Record):
    """One of a setting's choices: what the officer picks, and what the text prints."""

    label: Line | None = None
    words: Line | None = None

    @classmethod
    def unfolded(cls, data: object) -> object:
        """Give the mapping for which a shorter form stands."""
        if isinstance(data, str):
            return {"label": data}
        if data is None:
            msg = "choice"
            raise PydanticCustomError(msg, "a choice needs a label: what is printed for it")
        return data

    @property
    def printed(self) -> Line:
        """What ``{{ settings.x }}`` prints."""
        return self.words or self.label or Line("")


SettingType: TypeAlias = Literal["text", "integer", "yes-no", "date", "list"]


class Setting(Record):
    """A decision the trust has to take."""

    question: SourceText
    choices: dict[Id, Choice] | None = None
    type: SettingType | None = None
    default: Any = None
    recheck: Day | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Setting:
        if self.choices is None and self.type is None:
            msg = "setting"
            raise PydanticCustomError(
                msg, "a setting needs `choices:`, or a `type:` for a free answer"
            )
        if self.choices is not None and self.type is not None:
            msg = "setting"
            raise PydanticCustomError(msg, "a setting has `choices:` or a `type:`, not both")
        if self.choices == {}:
            msg = "setting"
            raise PydanticCustomError(msg, "`choices:` is empty")
        return self


ReferenceStatus: TypeAlias = Literal["in-force", "superseded", "repealed", "not-in-force-yet"]


class Reference(Record):
    """A statute or a piece of guidance."""

    title: SourceText
    edition: SourceText | None = None
    publisher: SourceText | None = None
    url: SourceText | None = None
    extent: SourceText | None = None
    status: ReferenceStatus = "in-force"
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    recheck: Day | None = None
    superseded_by: Id | None = None
    aliases: ListOf[SourceText] = ()

    @property
    def citation(self) -> str:
        """What ``cite()`` prints: title and, where there is one, edition."""
        return f"{self.title} ({self.edition})" if self.edition else str(self.title)
