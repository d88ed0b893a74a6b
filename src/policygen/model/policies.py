"""Policies: outlines of clauses, control tables, appendices; a school's changes to them."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from policygen.document import GeneratedKind, NumberingStyle
from policygen.model.records import Answers, ListOf, OneOrMore, Record
from policygen.model.texts import (
    ClauseId,
    Condition,
    Day,
    Id,
    Line,
    Markdown,
    SourceText,
    parse_date,
)

CONTROL_FIELDS = (
    "title",
    "school",
    "trust",
    "reference",
    "version",
    "status",
    "owner",
    "author",
    "responsible",
    "approver",
    "approved",
    "adopted",
    "adopted_by",
    "effective",
    "last_review",
    "next_review",
    "review_every",
    "audience",
    "statutory",
    "location",
    "contact",
    "wording",
)
"""The fields a control table may name."""

OFFICER_PARTS = ("name", "post", "email", "telephone", "website")
OFFICER_FIELDS = ("owner", "author", "approver", "responsible", "contact", "adopted_by")
"""The fields that may hold an officer's name, and the parts of an officer they then have."""


def shown(value: object) -> object:
    """Let a date stand where a line is printed: it is printed in words later."""
    if value is None:
        return Line("")
    return value if parse_date(str(value)) is None else Line(str(value))


class ControlRow(Record):
    """A row of a control table: a known field, or a label and a value."""

    field: SourceText | None = None
    label: Line | None = None
    value: Annotated[Line | None, BeforeValidator(shown)] = None

    @classmethod
    def unfolded(cls, data: object) -> object:
        """Give the mapping for which a shorter form stands."""
        if isinstance(data, str):
            return {"field": data}
        return data

    @model_validator(mode="after")
    def _one_kind(self) -> ControlRow:
        if self.field is None and self.label is None:
            msg = "row"
            raise PydanticCustomError(msg, "a row needs a `field:`, or a `label:` and a `value:`")
        if self.field is not None and self.value is not None:
            msg = "row"
            raise PydanticCustomError(msg, "a row has a `field:` or a `value:`, not both")
        return self


class Control(Record):
    """A control table."""

    heading: Line | None = None
    layout: Literal["rows", "row"] = "rows"
    rows: ListOf[ControlRow] = ()

    @classmethod
    def unfolded(cls, data: object) -> object:
        """Give the mapping for which a shorter form stands."""
        return {"rows": data} if isinstance(data, list) or data is None else data


class Generate(Record):
    """Something printed from data at this place."""

    generate: GeneratedKind
    only: ListOf[SourceText] = ()


def _item_kind(value: object) -> str:
    return "<generate>" if isinstance(value, dict | Generate) else "<clause>"


Item: TypeAlias = Annotated[
    Annotated[ClauseId, Tag("<clause>")] | Annotated[Generate, Tag("<generate>")],
    Discriminator(_item_kind),
]
"""An item of an outline: a clause, a whole module, or something generated."""


class Section(Record):
    """A section of a policy's outline."""

    heading: Line | None = None
    id: Id | None = None
    when: Condition | None = None
    numbering: NumberingStyle | None = None
    intro: OneOrMore[ClauseId] = ()
    clauses: OneOrMore[Item] = ()
    generate: GeneratedKind | None = None
    only: ListOf[SourceText] = ()
    sections: ListOf[Section] = ()


class Appendix(Record):
    """An appendix: a form, or clauses under a heading."""

    form: Id | None = None
    heading: Line | None = None
    id: Id | None = None
    when: Condition | None = None
    intro: OneOrMore[ClauseId] = ()
    clauses: OneOrMore[Item] = ()
    generate: GeneratedKind | None = None
    only: ListOf[SourceText] = ()
    sections: ListOf[Section] = ()

    @model_validator(mode="after")
    def _something(self) -> Appendix:
        if self.form is None and self.heading is None:
            msg = "appendix"
            raise PydanticCustomError(msg, "an appendix needs a `heading:` or a `form:`")
        return self


class HistoryEntry(Record):
    """A version of a policy. ``material``: people who signed must sign again."""

    version: SourceText
    date: Day
    summary: Line
    material: bool = False


class Consultation(Record):
    """A body that was consulted."""

    body: Line
    date: Day | None = None
    outcome: Line | None = None


class PolicyFields(Record):
    """What a policy says of itself and a school's entry may say otherwise."""

    title: Line | None = None
    version: SourceText | None = None
    status: Literal["draft", "consultation", "final", "withdrawn"] | None = None
    owner: Line | None = None
    author: Line | None = None
    approver: Line | None = None
    responsible: Line | None = None
    contact: Line | None = None
    approved: Day | None = None
    last_review: Day | None = None
    effective: Day | None = None
    next_review: Day | None = None
    review_every: SourceText | None = None
    audience: OneOrMore[Line] | None = None
    statutory: bool | None = None
    location: Line | None = None
    reference: SourceText | None = None
    contents: bool | None = None
    numbering: NumberingStyle | None = None
    control: Control | None = None
    appendix_labels: Literal["letters", "numbers"] | None = None
    history: ListOf[HistoryEntry] | None = None
    linked: ListOf[Line] | None = None
    consultation: ListOf[Consultation] | None = None
    settings: Answers = Field(default_factory=Answers)
    sections: ListOf[Section] | None = None
    sign_off: ListOf[Line] | None = None
    appendices: ListOf[Appendix] | None = None


class Policy(PolicyFields):
    """``policies/<id>.yaml``."""

    title: Line
    level: Literal["school", "trust"] = "school"


def _amendment_kind(value: object) -> str:
    if not isinstance(value, dict):
        return "<replace>"
    kinds = [f"<{kind}>" for kind in ("replace", "omit", "add") if kind in value]
    return kinds[0] if kinds else "<replace>"


class Replace(Record):
    """A clause in the school's own words."""

    replace: ClauseId
    against: SourceText | None = None
    reason: SourceText | None = None
    heading: Line | None = None
    text: Markdown | None = None

    @model_validator(mode="after")
    def _something(self) -> Replace:
        if self.heading is None and self.text is None:
            msg = "amendment"
            raise PydanticCustomError(msg, "a replacement needs a `text:` or a `heading:`")
        return self


class Omit(Record):
    """A clause the school leaves out."""

    omit: ClauseId
    against: SourceText | None = None
    reason: SourceText | None = None


class Add(Record):
    """A clause of the school's own; it becomes ``local/<id>``."""

    add: Id
    after: ClauseId | None = None
    before: ClauseId | None = None
    against: SourceText | None = None
    reason: SourceText | None = None
    heading: Line | None = None
    text: Markdown
    cites: ListOf[Id] = ()

    @model_validator(mode="after")
    def _one_place(self) -> Add:
        if (self.after is None) == (self.before is None):
            msg = "amendment"
            raise PydanticCustomError(
                msg, "an added clause needs one place: `after:` or `before:` a clause"
            )
        return self


Amendment: TypeAlias = Annotated[
    Annotated[Replace, Tag("<replace>")]
    | Annotated[Omit, Tag("<omit>")]
    | Annotated[Add, Tag("<add>")],
    Discriminator(_amendment_kind),
]


class SchoolPolicy(PolicyFields):
    """A school's entry for a policy."""

    adopted: Day | None = None
    adopted_by: Line | None = None
    amend: ListOf[Amendment] = ()


UNKNOWN = "unknown"
"""What stands in the register for the fingerprint of a wording from before it."""


class Approval(Record):
    """An entry of the approval register; ``wording`` is by school id.

    ``UNKNOWN`` stands for a wording from before the register.
    """

    version: SourceText
    approved: Day
    by: SourceText
    minute: SourceText | None = None
    wording: dict[Id, SourceText] = Field(default_factory=dict)
