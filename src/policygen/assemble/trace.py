"""What an assembly decided, part by part: what was printed, what not, and on what grounds.

It is written down where it is decided, and given back with the document.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.diagnostics import Span
    from policygen.model.clauses import Clause
    from policygen.model.forms import Form
    from policygen.model.policies import Amendment, Appendix, Section
    from policygen.model.texts import Condition, Line, Markdown

PartKind: TypeAlias = Literal["section", "clause", "generated", "appendix", "form", "statement"]
Outcome: TypeAlias = Literal["printed", "switched-off", "omitted", "empty"]
"""What became of a part: printed; its condition does not hold; the school leaves it out;
nothing in it is printed."""


class Part(NamedTuple):  # there are thousands, and a tuple is quickly made
    """A part of a document as one school has it, or hasn't.

    ``id`` is as written, "" for none; ``anchor`` that of its block, "" where it has none.
    ``listed`` is where an outline names it. ``conditions`` are those around it, the outermost
    first, and its own: of one that is switched off the last does not hold. ``texts`` are what
    is printed of it itself, heading first; ``choice`` the setting and the answer by which its
    text was chosen. ``amendment`` is the school's that made it what it is.
    """

    kind: PartKind
    id: str
    outcome: Outcome
    anchor: str = ""
    listed: Span | None = None
    conditions: tuple[Condition, ...] = ()
    texts: tuple[Line | Markdown, ...] = ()
    amendment: Amendment | None = None
    choice: tuple[str, str] | None = None
    record: Section | Appendix | Clause | Form | None = None


@dataclass(slots=True)
class Trace:
    """Collects the parts of one pass over an outline, where it is ``kept``: that takes a sixth
    of the time of an assembly, and most documents are never asked about."""

    kept: bool = False
    parts: list[Part] = field(default_factory=list)
    _around: list[Condition] = field(default_factory=list)

    def note(self, part: Part) -> None:
        """Take down what became of a part."""
        if self.kept:
            self.parts.append(part)

    @contextmanager
    def within(self, *conditions: Condition | None) -> Iterator[None]:
        """Note what is decided inside as standing under these conditions."""
        mine = [each for each in conditions if each is not None] if self.kept else []
        self._around += mine
        try:
            yield
        finally:
            if mine:
                del self._around[-len(mine) :]

    def around(self, *own: Condition | None) -> tuple[Condition, ...]:
        """Give the conditions in force here, and these."""
        if not self.kept:
            return ()
        return (*self._around, *(condition for condition in own if condition is not None))
