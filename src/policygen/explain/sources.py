"""Where names, answers and conditions have what stands for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygen.assemble.context import Absent, ChoiceValue
from policygen.assemble.fill import Filler
from policygen.explain.records import Amended, Choice, Ground, Layer, Source, ValueOf
from policygen.model.policies import Add, Omit, Replace
from policygen.model.templates import (
    Both,
    Chosen,
    Compared,
    Either,
    Expression,
    Filtered,
    Listed,
    Not,
    Path,
)
from policygen.review.facts import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.assemble.context import Context
    from policygen.diagnostics import Span
    from policygen.model.policies import Amendment
    from policygen.model.texts import Condition

_FOLDERS: dict[str, Layer] = {
    "clauses": "library",
    "policies": "policy",
    "forms": "form",
    "schools": "school",
    "approvals": "register",
}
_MEANT = {"policy.school": "school.name", "policy.trust": "trust.name"}
"""What rows of a control table print of other records, by the name of their value."""

_FILES: dict[str, Layer] = {
    "trust.yaml": "trust",
    "settings.yaml": "setting",
    "references.yaml": "reference",
}


@dataclass(frozen=True, slots=True)
class Sources:
    """Tells where things come from in one context."""

    context: Context
    filler: Filler = field(init=False)

    def __post_init__(self) -> None:
        """Make what fills texts here."""
        object.__setattr__(self, "filler", Filler(self.context))

    def source(self, span: Span | None, what: str = "") -> Source:
        """Give a place with whose it is."""
        if span is None or not span.path:
            return Source("program", None, what)
        folder, slash, _ = span.path.partition("/")
        layer = _FOLDERS[folder] if slash and folder in _FOLDERS else _FILES.get(span.path, "trust")
        entry = self.context.entry
        if layer == "school" and entry is not None and _is_inside(span, entry.span, self._after()):
            layer = "entry"
        if any(_is_inside(span, a.span, end) for a, end in self._amendments()):
            layer = "amendment"
        return Source(layer, span, what)

    def _after(self) -> int:
        """Give the line at which something else begins behind the school's entry."""
        school, entry = self.context.school, self.context.entry
        if school is None or entry is None:
            return 0
        spans = [each.span for each in school.policies.values()]
        spans += [school.at(name) for name in type(school).model_fields]
        here = entry.span.line
        return min((s.line for s in spans if s.path and s.line > here), default=1 << 30)

    def _amendments(self) -> Iterator[tuple[Amendment, int]]:
        entry = self.context.entry
        amendments = entry.amend if entry else ()
        lines = [amendment.span.line for amendment in amendments]
        for amendment in amendments:
            later = [line for line in lines if line > amendment.span.line]
            ends = [_last_line(text) for text in _texts(amendment)]
            end = max((*ends, amendment.span.line)) + 1
            yield amendment, min([end, *later])

    def value(self, name: str, text: str) -> ValueOf:
        """Give where a name such as ``officers.headteacher.name`` has its words from."""
        bare = name.partition("|")[0]
        bare = _MEANT.get(bare, bare)
        root, _, rest = bare.partition(".")
        if root == "settings":
            return ValueOf(bare, text, (self.answer(rest),))
        # One line may hold several of what a name stands for, such as an officer's name and post.
        found = {(s.path, s.line): s for _, s in reversed(facts(self.context, bare).values())}
        sources = tuple(
            self.source(span)
            for span in sorted(found.values())
            # What stands together is told by its first line.
            if (span.path, span.line - 1) not in found
        )
        default = Source("default" if root == "terms" else "program", None)
        return ValueOf(bare, text, sources or (default,))

    def answer(self, name: str) -> Source:
        """Give who answers a setting, and where."""
        answered = self.context.answered(name)
        if answered is None:
            setting = self.context.library.settings.get(name)
            return Source("default", setting.at("default") if setting else None)
        layer, answer = answered
        return Source(layer, answer.span)

    def choice(self, setting: str, answer: str) -> Choice:
        """Give the answer by which a text was chosen."""
        record = self.context.library.settings.get(setting)
        question = str(record.question) if record else ""
        return Choice(setting, question, answer, self.answer(setting))

    def amended(self, amendment: Amendment, base: Span | None = None) -> Amended:
        """Give what a school's amendment did, to the clause that stands at ``base``."""
        reason = str(amendment.reason or "")
        match amendment:
            case Add():
                return Amended("added", reason, amendment.span)
            case Omit():
                return Amended("omitted", reason, amendment.span, base)
            case Replace(text=text):
                return Amended("replaced" if text else "reheaded", reason, amendment.span, base)

    # Conditions

    def grounds(self, conditions: Iterable[Condition]) -> tuple[Ground, ...]:
        """Give conditions with what stands for the names in them."""
        return tuple(map(self._ground, conditions))

    def _ground(self, condition: Condition) -> Ground:
        template = self.context.library.templates[condition.key]
        values = {}
        for path in _paths(template.slots[0]) if template.slots else ():
            name = ".".join(path.names)
            values[name] = self.value(name, self._shown(path))
        words = " ".join(str(condition).split())
        return Ground(words, condition.span, self.filler.holds(condition), tuple(values.values()))

    def _shown(self, path: Path) -> str:
        found = self.filler.value(path)
        match found:
            case Absent():
                return "nothing"
            case ChoiceValue(id=choice):
                return choice
            case _:
                return self.filler.text(found)


def _paths(expression: Expression) -> Iterator[Path]:
    match expression:
        case Path():
            yield expression
        case Not(operand=operand) | Filtered(operand=operand):
            yield from _paths(operand)
        case Both(left=left, right=right) | Either(left=left, right=right):
            yield from (*_paths(left), *_paths(right))
        case Compared(left=left, right=right):
            yield from (*_paths(left), *_paths(right))
        case Chosen(test=test, then=then, otherwise=otherwise):
            yield from (*_paths(test), *_paths(then), *_paths(otherwise))
        case Listed(items=items):
            for item in items:
                yield from _paths(item)
        case _:
            return


def _texts(amendment: Amendment) -> Iterator[str]:
    for name in ("heading", "text", "reason"):
        if (text := getattr(amendment, name, None)) is not None:
            yield text


def _last_line(text: str) -> int:
    segments = getattr(text, "segments", ())
    span: Span = text.span  # type: ignore[attr-defined]
    return max((line for _, line, _ in segments), default=span.line)


def _is_inside(span: Span, start: Span, end: int) -> bool:
    return span.path == start.path and start.line <= span.line < end
