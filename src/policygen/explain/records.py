"""What is told of a part of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from policygen.diagnostics import Span

Layer: TypeAlias = Literal[
    "library", "policy", "form", "setting", "reference", "register", "trust", "school",
    "entry", "amendment", "default", "program",
]  # fmt: skip
"""Who decided something: the library of clauses, a policy or form, the settings, the references,
the approval register, the trust, the school, its entry for this policy, its amendment of this
policy, the default of a setting or term, the program itself."""

LAYERS: dict[Layer, str] = {
    "library": "the library",
    "policy": "the policy",
    "form": "the form",
    "setting": "the setting",
    "reference": "the references",
    "register": "the approval register",
    "trust": "the trust",
    "school": "the school",
    "entry": "the school’s entry for this policy",
    "amendment": "the school’s amendment",
    "default": "the default",
    "program": "the program",
}
"""How they are called."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place of which something comes; None where only the program has it."""

    layer: Layer
    span: Span | None
    what: str = ""


@dataclass(frozen=True, slots=True)
class ValueOf:
    """What stands for a name here, and where that is written."""

    name: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A condition: whether it holds, and what stands for the names in it."""

    text: str
    span: Span
    holds: bool
    values: tuple[ValueOf, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer by which a text was chosen."""

    setting: str
    question: str
    answer: str
    source: Source


@dataclass(frozen=True, slots=True)
class Amended:
    """What a school's amendment did: ``replaced`` a text, ``reheaded`` it, ``added`` or
    ``omitted`` a clause. ``base`` is where the library has the clause, None for an added one."""

    did: Literal["replaced", "reheaded", "added", "omitted"]
    reason: str
    span: Span
    base: Span | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A part of a document, or one that it lacks.

    ``title`` is its number and what it is called, ``within`` what it stands under. ``words``
    are those it prints or would print. ``written`` are the places of its words, ``listed`` that
    in the outline. ``absent`` says why it isn't printed, "" where it is.
    """

    kind: str
    id: str
    title: str
    words: str
    within: str = ""
    written: tuple[Source, ...] = ()
    listed: Source | None = None
    amended: Amended | None = None
    choice: Choice | None = None
    grounds: tuple[Ground, ...] = ()
    values: tuple[ValueOf, ...] = ()
    cites: tuple[str, ...] = ()
    """For a citation in a list of references: the clauses that cite it."""

    absent: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """What was found in a document for what was asked; all of its parts where nothing was.

    ``suggestions`` are the sentences most like the words, where none has them.
    """

    school: str
    document: str
    title: str
    asked: str
    found: tuple[Explanation, ...]
    suggestions: tuple[str, ...] = field(default=())
    faults: int = 0
    """How many errors the document has, which keep it from being built."""
