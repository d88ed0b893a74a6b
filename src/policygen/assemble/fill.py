"""Templates filled for one school and policy: slots become values, references, links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from policygen.assemble.context import (
    Absent,
    ChoiceValue,
    Context,
    Found,
    Names,
    OfficerValue,
    TermValue,
    Worded,
    YesNo,
    unknown,
)
from policygen.assemble.evaluate import Evaluator, name_of, span_of
from policygen.assemble.wording import day_in_words, listing
from policygen.diagnostics import Diagnostic, Span
from policygen.document import (
    Block,
    Blocks,
    BulletList,
    Cell,
    Code,
    Emphasis,
    Inline,
    Inlines,
    Link,
    NumberedList,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Strong,
    Table,
    Value,
    plain_text,
)
from policygen.model.templates import (
    LINK_SLOT,
    SLOT,
    Both,
    Call,
    Chosen,
    Compared,
    Either,
    Expression,
    Filtered,
    Not,
    Template,
)
from policygen.model.texts import Condition, Line, Markdown, Month, SourceText, parse_date
from policygen.readers.markdown import SLOT_CHARACTERS, bad_address

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
Memory: TypeAlias = dict[tuple[str, str], tuple[Any, list[Diagnostic], dict[str, None]]]
"""What was filled already, by its name and the clause it stands in: what it came to, its
faults and what it cites."""


@dataclass(slots=True)
class Filler(Evaluator):
    """Fills templates in a context, noting faults and what the texts cite.

    ``inside`` is the id of the clause being filled, to tell a clause that refers to
    itself. ``memory`` may be shared by fillers of the same context, so that what one has
    filled need not be filled again.
    """

    cited: dict[str, None] = field(default_factory=dict)
    inside: str = ""
    memory: Memory = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    # Texts

    def line(self, text: Line | None) -> Inlines:
        """Give the inlines of a line; a date is put into words."""
        if text is None:
            return ()
        if day := parse_date(text):
            return (Value("date", day_in_words(day)),)
        key = text.key
        template = self._template(key)
        if template.fixed:
            return template.inlines
        return self.once(key, lambda: self._inlines(template.inlines, template))

    def plain(self, text: Line | None) -> str:
        """Give a line without markup."""
        return plain_text(self.line(text))

    def blocks(self, text: Markdown | None) -> Blocks:
        """Give the blocks of a Markdown text."""
        if text is None:
            return ()
        key = text.key
        template = self._template(key)
        if template.fixed:
            return template.blocks
        return self.once(key, lambda: self._blocks(template.blocks, template))

    def holds(self, condition: Condition | None) -> bool:
        """Whether a condition holds; without one it does."""
        if condition is None:
            return True
        template = self._template(condition.key)
        return not template.faults and self.truth(self.value(template.slots[0]))

    def _template(self, key: str) -> Template:
        template = self.context.library.templates[key]
        self.faults += template.faults
        return template

    def once(self, what: str, fill: Callable[[], T]) -> T:
        """Fill something of the clause that is being filled, or give what it came to before."""
        if self._open:  # what comes of it depends on what it stands in
            return fill()
        key = what, self.inside
        if key not in self.memory:
            faults, cited = self.faults, self.cited
            self.faults, self.cited = [], {}
            self.memory[key] = (fill(), self.faults, self.cited)
            self.faults, self.cited = faults, cited
        filled, faults, cited = self.memory[key]
        self.faults += faults
        self.cited.update(cited)
        given: T = filled
        return given

    # Trees

    def _blocks(self, blocks: Blocks, template: Template) -> Blocks:
        return tuple(self._block(block, template) for block in blocks)

    def _block(self, block: Block, template: Template) -> Block:
        match block:
            case Paragraph(children=run, role=role):
                return Paragraph(self._inlines(run, template), role)
            case BulletList(items=items) | NumberedList(items=items):
                return replace(block, items=tuple(self._blocks(i, template) for i in items))
            case Quote(blocks=inner):
                return Quote(self._blocks(inner, template))
            case Table(header=header, rows=rows):
                filled = tuple(self._cells(row, template) for row in rows)
                return replace(block, header=self._cells(header, template), rows=filled)
            case _:
                msg = f"a text holds {type(block).__name__}"
                raise TypeError(msg)

    def _cells(self, row: tuple[Cell, ...], template: Template) -> tuple[Cell, ...]:
        return tuple(replace(c, children=self._inlines(c.children, template)) for c in row)

    def _inlines(self, run: Inlines, template: Template) -> Inlines:
        return tuple(filled for inline in run for filled in self._inline(inline, template))

    def _inline(self, inline: Inline, template: Template) -> Inlines:
        match inline:
            case Value(name=name) if name.startswith(SLOT):
                return self._slot(template.slots[int(name.removeprefix(SLOT))])
            case Strong(children=inner) | Emphasis(children=inner) | Code(children=inner):
                return (replace(inline, children=self._inlines(inner, template)),)
            case Link(target=target, children=inner):
                children = self._inlines(inner, template)
                return (Link(self._target(target, template), children),)
            case Picture(asset=asset):
                found = self.context.library.assets.get(asset.name)
                if found is None:
                    message = f"the picture “{asset.name}” can't be printed: it could not be read"
                    self.faults.append(Diagnostic("unreadable", message))
                    return ()
                return (replace(inline, asset=found),)
            case _:
                return (inline,)

    def _target(self, target: str, template: Template) -> str:
        """Fill the slots of a link's address; what comes out must be an address."""
        if not SLOT_CHARACTERS.search(target):
            return target
        spans = []
        filled = target
        for char in SLOT_CHARACTERS.findall(target):
            expression = template.slots[ord(char) - ord(LINK_SLOT)]
            run = self._slot(expression)
            filled = filled.replace(char, plain_text(run))
            spans.append(span_of(expression))
        if filled and "@" in filled and ":" not in filled:
            filled = f"mailto:{filled}"
        if filled and (fault := bad_address(filled)):
            message = f"for {self.context.who} this link leads to “{filled}”: {fault[0]}"
            self.faults.append(Diagnostic("broken-link", message, spans[0], fault[1]))
        return filled

    def _slot(self, expression: Expression) -> Inlines:
        expression = self._settled(expression)
        if isinstance(expression, Not | Both | Either | Compared):
            message = "this is a condition, and would print yes or no"
            hint = "Write which words are meant: {{ … if … else … }}, or take `when:`."
            span = span_of(expression)
            self.faults.append(Diagnostic("expression", message, span, hint))
            return ()
        if isinstance(expression, Call) and expression.function == "ref":
            return self._reference(expression)
        if isinstance(expression, Call) and expression.function == "cite":
            return self._citation(expression)
        found = self.value(expression)
        if isinstance(found, Absent):
            self.faults.append(found.why)
            return ()
        text = self.text(found)
        return (Value(name_of(expression), text),) if text else ()

    def _settled(self, expression: Expression) -> Expression:
        """Give the expression with each `x if y else z` in it decided, so that what is
        printed is named and linked as if it stood there alone."""
        match expression:
            case Chosen(test=test, then=then, otherwise=otherwise):
                return self._settled(then if self.truth(self.value(test)) else otherwise)
            case Filtered(operand=operand):
                settled = self._settled(operand)
                return expression if settled is operand else replace(expression, operand=settled)
            case _:
                return expression

    def _reference(self, call: Call) -> Inlines:
        if call.argument == self.inside:
            message = f"the clause “{call.argument}” refers to itself here"
            hint = "Name the clause that is meant."
            self.faults.append(Diagnostic("self-reference", message, call.span, hint))
        library = self.context.library
        name, module = call.argument, call.argument.partition("/")[0]
        broken = {f"clauses/{name}", f"clauses/{module}", f"forms/{name}"} & library.unreadable
        if broken and name not in library.clauses:
            message = f"“{name}” has errors, so it can't be referred to"
            self.faults.append(Diagnostic("unreadable", message, call.span))
            return ()
        return (Reference(call.argument, span=call.span),)

    def _citation(self, call: Call) -> Inlines:
        reference = self.context.library.references.get(call.argument)
        if reference is None:
            if not {"references", f"references/{call.argument}"} & self.context.library.unreadable:
                known = self.context.library.references
                where = "references.yaml"
                fault = unknown("reference", call.argument, known, call.span, where)
                self.faults.append(fault)
            return ()
        self.cited[call.argument] = None
        return citation(call.argument, reference.citation, reference.url)

    # Values

    def text(self, value: Found) -> str:
        """Put a value into words."""
        match value:
            case Line():
                return self._guarded(value)
            case str():
                return value
            case bool():
                return "yes" if value else "no"
            case int():
                return str(value)
            case dt.date() | Month():
                return day_in_words(value)
            case tuple():
                return listing([self.text(item) for item in value])
            case OfficerValue() | TermValue() | YesNo() | Worded():
                return value.text
            case ChoiceValue(printed=printed):
                return self._guarded(printed)
            case Absent(why=why):
                self.faults.append(why)
                return ""
            case Names():
                return listing(sorted(value.present))

    def _guarded(self, line: Line) -> str:
        """Fill a line that may, through other lines, come back to itself."""
        place = str(line.span)
        if place in self._open:
            route = " → ".join((*self._open[self._open.index(place) :], place))
            message = f"this text prints itself: {route}"
            hint = "Write out the words at one of these places."
            self.faults.append(Diagnostic("circular", message, line.span, hint))
            return ""
        self._open.append(place)
        text = self.plain(line)
        self._open.pop()
        return text

    def called(self, call: Call) -> Found:
        """Give the words of a function where they are compared or filtered."""
        if call.function == "linked":
            return self._linked(call.argument, call.span)
        return plain_text(self._citation(call)) if call.function == "cite" else call.argument

    def linked_title(self, policy_id: str, span: Span) -> str:
        """Give the title of another policy as it stands at this school."""
        return self.text(self._linked(policy_id, span))

    def _linked(self, policy_id: str, span: Span) -> Found:
        policies = self.context.library.policies
        if policy_id not in policies:
            known = f"policies/{policy_id}" in self.context.library.unreadable
            where = f"policies/{policy_id}.yaml"
            return "" if known else Absent(unknown("policy", policy_id, policies, span, where))
        there = replace(self.context, policy_id=policy_id, approval=None)
        other = replace_context(self, there)
        title = other.title()
        self.faults += other.faults[len(self.faults) :]
        return title

    def title(self) -> str:
        """Give the title of the context's policy."""
        return self._guarded(self.context.policy_field("title"))


def citation(reference_id: str, words: str, url: SourceText | None) -> Inlines:
    """Give the inlines of a citation: a link where the reference has an address."""
    value = Value(f"cite.{reference_id}", words)
    if url is not None and not bad_address(str(url)):
        return (Link(str(url), (value,)),)
    return (value,)


def replace_context(filler: Filler, context: Context) -> Filler:
    """Give a filler for another context that knows what is being filled already."""
    other = Filler(context, list(filler.faults), filler.cited, filler.inside)
    other._open = [*filler._open]  # noqa: SLF001 its own class
    return other
