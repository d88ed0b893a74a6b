"""Forms: agreements that people sign."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from policygen.model.records import ListOf, OneOrMore, Record
from policygen.model.texts import ClauseId, Condition, Line, Markdown, SourceText


def check_statement(value: object) -> str:
    """Give the kind of a form's statement: a clause's id or a text."""
    if isinstance(value, dict | Statement):
        return "<text>"
    one_word = isinstance(value, str) and " " not in value.strip()
    return "<clause>" if one_word else "<sentence>"


class Statement(Record):
    """Something a person agrees to, in words of the form's own or by a clause."""

    text: Markdown | None = None
    clause: ClauseId | None = None
    when: Condition | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Statement:
        if (self.text is None) == (self.clause is None):
            msg = "statement"
            raise PydanticCustomError(msg, "a statement needs a `text:`")
        return self


class FormField(Record):
    """A place to write on a form."""

    field: SourceText | None = None
    label: Line | None = None
    kind: Literal["text", "date", "tick", "signature", "choice"] | None = None
    choices: ListOf[Line] = ()

    @classmethod
    def unfolded(cls, data: object) -> object:
        """Give the mapping for which a shorter form stands."""
        return {"field": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _one_kind(self) -> FormField:
        if self.field is None and self.label is None:
            msg = "field"
            raise PydanticCustomError(msg, "a field needs a name or a `label:`")
        if self.kind == "choice" and not self.choices:
            msg = "field"
            raise PydanticCustomError(msg, "a field of kind choice needs `choices:`")
        if self.choices and self.kind not in {None, "choice"}:
            msg = "field"
            raise PydanticCustomError(msg, "only a field of kind choice has `choices:`")
        return self


StatementItem: TypeAlias = Annotated[
    Annotated[ClauseId, Tag("<clause>")]
    | Annotated[Markdown, Tag("<sentence>")]
    | Annotated[Statement, Tag("<text>")],
    Discriminator(check_statement),
]


class Form(Record):
    """``forms/<id>.yaml``: an agreement that people sign."""

    title: Line
    audience: OneOrMore[Line] = ()
    when: Condition | None = None
    intro: Markdown | None = None
    statements: OneOrMore[StatementItem] = ()
    request: Markdown | None = None
    declaration: Markdown | None = None
    fields: ListOf[FormField] = ()
    closing: Markdown | None = None
    office_use: ListOf[FormField] = ()
