"""Clauses: the rules, each written once."""

from __future__ import annotations

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from policygen.model.records import OneOrMore, Record
from policygen.model.texts import ClauseId, Condition, Id, Line, Markdown, SourceText


class Clause(Record):
    """A clause of the library, named ``module/clause``."""

    heading: Line | None = None
    text: Markdown | None = None
    choose: SourceText | None = None
    texts: dict[Id, Markdown] | None = None
    when: Condition | None = None
    cites: OneOrMore[Id] = ()
    topics: OneOrMore[SourceText] = ()
    locked: bool = False
    formerly: OneOrMore[ClauseId] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> Clause:
        if self.text is not None and (self.choose is not None or self.texts is not None):
            msg = "clause"
            raise PydanticCustomError(msg, "a clause has a `text:`, or `choose:` and `texts:`")
        if self.text is None and (self.choose is None or self.texts is None):
            wanted = "`choose:` goes with `texts:`" if self.choose or self.texts else "a `text:`"
            msg = "clause"
            raise PydanticCustomError(msg, "a clause needs {wanted}", {"wanted": wanted})
        return self
