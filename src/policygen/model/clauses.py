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
        chooses = (self.choose is not None, self.texts is not None)
        msg = "clause"
        if self.text is not None and any(chooses):
            raise PydanticCustomError(msg, "a clause has a `text:`, or `choose:` and `texts:`")
        if any(chooses) and not all(chooses):
            raise PydanticCustomError(msg, "`choose:` goes with `texts:`, one for each choice")
        if self.text is None and not any(chooses):
            raise PydanticCustomError(msg, "a clause needs a `text:`")
        return self
