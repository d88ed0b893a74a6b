"""All that authors wrote: each text once, however many schools print it."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from pydantic import BaseModel

from policygen.checks.following import passages_of
from policygen.checks.sentences import sentences
from policygen.checks.titles import Titles
from policygen.model.policies import Add, Replace, SchoolPolicy
from policygen.model.texts import Colour, Condition, Id, Line, Markdown, SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policygen.checks.prose import Passage, Passages
    from policygen.model.library import Library

Role: TypeAlias = Literal["body", "statement", "heading", "title", "label", "data"]
"""What a text is for: ``data`` are names, addresses and answers, printed as typed."""

_ROLES: Mapping[str, Role] = {"heading": "heading", "title": "title"}


@dataclass(frozen=True, slots=True)
class Writing:
    """A text with its passages.

    ``owner`` is the record it belongs to: ``clauses/module/clause``, ``forms/agreement``,
    ``policies/conduct``, ``schools/alder``, ``trust``. ``school`` and ``clause`` are given
    where a school amends a clause: ``clause`` is the one that is printed. ``choice`` is that
    of the setting a clause chooses by. ``key`` is the name of the key it stands under.
    """

    text: SourceText
    role: Role
    owner: str
    key: str
    passages: Passages = field(repr=False)
    clause: str = ""
    choice: str = ""
    school: str = ""
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands."""

    writing: Writing
    passage: Passage
    start: int
    end: int

    @property
    def words(self) -> str:
        """What it says."""
        return self.passage.words[self.start : self.end]


class Prose:
    """Everything that is written in a library."""

    def __init__(self, library: Library) -> None:
        self.library = library

    @functools.cached_property
    def writings(self) -> tuple[Writing, ...]:
        """Every text, printed or not, in the order of the records."""
        return tuple(_Walk(self.library).all())

    @functools.cached_property
    def authored(self) -> tuple[Writing, ...]:
        """The texts in which policies and forms speak: no data, no answers, no labels."""
        kept = {"body", "statement", "heading", "title"}
        return tuple(writing for writing in self.writings if writing.role in kept)

    @functools.cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all texts that are written in sentences."""
        return tuple(
            Sentence(writing, passage, start, end)
            for writing in self.authored
            if writing.role in {"body", "statement"}
            for passage in writing.passages.passages
            for start, end in sentences(passage.words)
        )

    @functools.cached_property
    def passages(self) -> tuple[tuple[Writing, Passage], ...]:
        """The passages in which policies and forms speak."""
        return tuple(
            (writing, passage) for writing in self.authored for passage in writing.passages.passages
        )

    @functools.cached_property
    def plain(self) -> tuple[tuple[Writing, Passage, str], ...]:
        """The same with their words as far as they are the author's: without titles."""
        titles = Titles(self.library)
        return tuple((writing, p, titles.without(p)) for writing, p in self.passages)


class _Walk:
    """Walks the records of a library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.place: dict[str, str] = {}

    def all(self) -> Iterator[Writing]:
        library = self.library
        for name, clause in library.clauses.items():
            self.place = {"owner": f"clauses/{name}", "clause": name}
            yield from self.texts(clause, "")
        for folder, records in (
            ("policies", library.policies),
            ("forms", library.forms),
            ("settings", library.settings),
            ("references", library.references),
            ("schools", library.schools),
        ):
            for name, record in records.items():
                self.place = {"owner": f"{folder}/{name}"}
                yield from self.texts(record, "")
        self.place = {"owner": "trust"}
        yield from self.texts(library.trust, "")

    def texts(self, value: object, key: str) -> Iterator[Writing]:
        match value:
            case Condition() | Id() | Colour():
                pass
            case SourceText():
                yield self.writing(value, key)
            case BaseModel():
                before = self.place
                self.place = before | self.amended(value)
                for name in type(value).model_fields:
                    yield from self.texts(getattr(value, name), name)
                self.place = before
            case dict():
                before = self.place
                for name, inner in value.items():
                    self.place = before | self.entry(key, name, inner)
                    yield from self.texts(inner, key)
                self.place = before
            case tuple():
                for inner in value:
                    yield from self.texts(inner, key)
            case _:
                pass

    def amended(self, record: BaseModel) -> dict[str, str]:
        """Give what an amendment says of the clause that is printed."""
        school = self.place["owner"].partition("/")[2]
        match record:
            case Replace(replace=clause):
                return {"clause": str(clause), "school": school}
            case Add(add=clause):
                return {"clause": f"local/{clause}", "school": school}
            case _:
                return {}

    def entry(self, key: str, name: str, value: object) -> dict[str, str]:
        """Give what an entry of a mapping is: a choice's text, a school's policy."""
        if key == "texts":
            return {"choice": str(name)}
        return {"policy": str(name)} if isinstance(value, SchoolPolicy) else {}

    def writing(self, text: SourceText, key: str) -> Writing:
        template = self.library.templates.get(text.key)
        return Writing(
            text,
            _role(text, key, self.place["owner"]),
            key=key,
            passages=passages_of(text, template),
            **self.place,
        )


def _role(text: SourceText, key: str, owner: str) -> Role:
    if isinstance(text, Markdown):
        of_form = owner.startswith("forms/") and key in {"statements", "text"}
        return "statement" if of_form else "body"
    if isinstance(text, Line):
        return _ROLES.get(key, "label")
    return "data"
