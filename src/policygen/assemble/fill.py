"""Templates filled for one school and policy: slots become values, references, links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import get_args

from policygen.assemble.context import (
    OFFICER_NAMES,
    POLICY_NAMES,
    SCHOOL_NAMES,
    TERM_NAMES,
    TRUST_NAMES,
    Absent,
    ChoiceValue,
    Context,
    Found,
    Names,
    OfficerValue,
    TermValue,
    YesNo,
    unknown,
)
from policygen.assemble.facts import policy_value
from policygen.assemble.wording import capitalize_first, day_in_words, listing, with_article
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
    Constant,
    Either,
    Expression,
    Filtered,
    Listed,
    Not,
    Path,
    Template,
)
from policygen.model.texts import Condition, Line, Markdown, Month, SourceText, parse_date
from policygen.model.trust import Phase
from policygen.readers.library import template_key
from policygen.readers.markdown import SLOT_CHARACTERS, bad_address


@dataclass(slots=True)
class Filler:
    """Fills templates in a context, noting faults and what the texts cite.

    ``inside`` is the id of the clause being filled, to tell a clause that refers to
    itself; ``failed`` is set where a text could not be filled as written.
    """

    context: Context
    faults: list[Diagnostic] = field(default_factory=list)
    cited: dict[str, None] = field(default_factory=dict)
    inside: str = ""
    _open: list[str] = field(default_factory=list)

    # Texts

    def line(self, text: Line | None) -> Inlines:
        """Give the inlines of a line; a date is put into words."""
        if text is None:
            return ()
        if day := parse_date(text):
            return (Value("date", day_in_words(day)),)
        template = self._template(text)
        return self._inlines(template.inlines, template)

    def plain(self, text: Line | None) -> str:
        """Give a line without markup."""
        return plain_text(self.line(text))

    def blocks(self, text: Markdown | None) -> Blocks:
        """Give the blocks of a Markdown text."""
        if text is None:
            return ()
        template = self._template(text)
        return self._blocks(template.blocks, template)

    def holds(self, condition: Condition | None) -> bool:
        """Whether a condition holds; without one it does."""
        if condition is None:
            return True
        template = self._template(condition)
        return not template.faults and self._truth(self.value(template.slots[0]))

    def _template(self, text: SourceText) -> Template:
        template = self.context.library.templates[template_key(text)]
        self.faults += template.faults
        return template

    # Trees

    def _blocks(self, blocks: Blocks, template: Template) -> Blocks:
        return tuple(self._block(block, template) for block in blocks)

    def _block(self, block: Block, template: Template) -> Block:
        match block:
            case Paragraph(children=run):
                return replace(block, children=self._inlines(run, template))
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
                # A picture that could not be read has been told where it is named.
                return (replace(inline, asset=found),) if found else ()
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
            spans.append(_span_of(expression))
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
            span = _span_of(expression)
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
        return (Value(_name_of(expression), text),) if text else ()

    def _settled(self, expression: Expression) -> Expression:
        """Give the expression with each `x if y else z` in it decided, so that what is
        printed is named and linked as if it stood there alone."""
        match expression:
            case Chosen(test=test, then=then, otherwise=otherwise):
                return self._settled(then if self._truth(self.value(test)) else otherwise)
            case Filtered(operand=operand):
                return replace(expression, operand=self._settled(operand))
            case _:
                return expression

    def _reference(self, call: Call) -> Inlines:
        if call.argument == self.inside:
            message = f"the clause “{call.argument}” refers to itself here"
            hint = "Name the clause that is meant."
            self.faults.append(Diagnostic("self-reference", message, call.span, hint))
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
                return self.plain(value)
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
            case OfficerValue() | TermValue() | YesNo():
                return value.text
            case ChoiceValue(setting=name, printed=printed):
                return self._guarded(f"settings.{name}", printed)
            case Absent(why=why):
                self.faults.append(why)
                return ""
            case Names():
                return listing(sorted(value.present))

    def _guarded(self, name: str, line: Line) -> str:
        """Fill a line that may, through other lines, come back to itself."""
        if name in self._open:
            route = " → ".join((*self._open[self._open.index(name) :], name))
            message = f"this text prints itself: {route}"
            hint = "Write out the words at one of these places."
            self.faults.append(Diagnostic("circular", message, line.span, hint))
            return ""
        self._open.append(name)
        text = self.plain(line)
        self._open.pop()
        return text

    def value(self, expression: Expression) -> Found:
        """Give the value of an expression."""
        match expression:
            case Constant(value=value):
                return value
            case Listed(items=items):
                return tuple(self.text(self.value(item)) for item in items)
            case Path(names=names, span=span):
                return self._lookup(names, span)
            case Call():
                return self._call(expression)
            case Filtered():
                return self._filtered(expression)
            case Not(operand=operand):
                return not self._truth(self.value(operand))
            case Both(left=left, right=right):
                return self._truth(self.value(left)) and self._truth(self.value(right))
            case Either(left=left, right=right):
                return self._truth(self.value(left)) or self._truth(self.value(right))
            case Compared():
                return self._compared(expression)
            case Chosen(test=test, then=then, otherwise=otherwise):
                return self.value(then if self._truth(self.value(test)) else otherwise)

    def _call(self, call: Call) -> Found:
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
        line = self.context.policy_field("title")
        return self._guarded(f"policies/{self.context.policy_id}: title", line)

    def _filtered(self, expression: Filtered) -> Found:
        if isinstance(expression.operand, Call) and expression.operand.function == "ref":
            message = f"the filter “{expression.name}” can't be put on a reference"
            hint = "Take the filter away; ref(…) prints a number or a heading."
            return Absent(Diagnostic("wrong-filter", message, expression.span, hint))
        found = self.value(expression.operand)
        if isinstance(found, Absent):
            return found
        match expression.name:
            case "date":
                if not isinstance(found, dt.date | Month):
                    message = "the filter “date” wants a date"
                    hint = "Take the filter away, or name a date."
                    return Absent(Diagnostic("wrong-filter", message, expression.span, hint))
                return day_in_words(found)
            case "listing":
                return self.text(found)
            case "capitalize_first":
                return capitalize_first(self.text(found))
            case _:
                return with_article(self.text(found))

    def _truth(self, value: Found) -> bool:
        match value:
            case Absent(why=why):
                if why.code.startswith("unknown") or why.code in {
                    "bad-answer",
                    "unanswered-setting",
                }:
                    self.faults.append(why)
                return False
            case YesNo(yes=yes):
                return yes
            case OfficerValue() | ChoiceValue() | TermValue() | Names() | dt.date() | Month():
                return True
            case _:
                return bool(value)

    def _compared(self, expression: Compared) -> bool:
        left, right = self.value(expression.left), self.value(expression.right)
        for side in (left, right):
            self._truth(side)
        if isinstance(left, Absent) or isinstance(right, Absent):
            return expression.operator in {"ne", "notin"}
        self._check_possible(expression.left, left, expression.right, expression.span)
        self._check_possible(expression.right, right, expression.left, expression.span)
        if isinstance(left, YesNo) and right in {"yes", "no"}:
            right = right == "yes"
        match expression.operator:
            case "eq" | "ne":
                same = _comparable(left, self) == _comparable(right, self)
                return same == (expression.operator == "eq")
            case "in" | "notin":
                found = _comparable(left, self) in _members(right, self)
                return found == (expression.operator == "in")
            case operator:
                return self._ordered(operator, left, right, expression.span)

    def _check_possible(
        self, side: Expression, value: Found, other: Expression, span: Span
    ) -> None:
        """Tell a comparison with a word the value can never be."""
        if isinstance(value, ChoiceValue):
            known = tuple(self.context.library.settings[value.setting].choices or ())
            kind, of, where = "choice", f" of the setting “{value.setting}”", "settings.yaml"
        elif isinstance(side, Path) and side.names == ("school", "phase"):
            known, kind, of, where = get_args(Phase), "phase", "", ""
        else:
            return
        for item in other.items if isinstance(other, Listed) else (other,):
            if isinstance(item, Constant) and item.value not in known:
                self.faults.append(unknown(kind, str(item.value), known, span, where, of=of))

    def _ordered(self, operator: str, left: Found, right: Found, span: Span) -> bool:
        a, b = _comparable(left, self), _comparable(right, self)
        if isinstance(a, str) and isinstance(b, dt.date | Month):
            a = parse_date(a) or a
        if isinstance(b, str) and isinstance(a, dt.date | Month):
            b = parse_date(b) or b
        a = a.last_day if isinstance(a, Month) else a
        b = b.last_day if isinstance(b, Month) else b
        both = (
            (isinstance(a, int) and isinstance(b, int))
            or (isinstance(a, dt.date) and isinstance(b, dt.date))
            or (isinstance(a, str) and isinstance(b, str))
        )
        if not both:
            message = "these two can't be compared with < or >"
            hint = "Compare numbers with numbers and dates with dates."
            self.faults.append(Diagnostic("wrong-comparison", message, span, hint))
            return False
        order = {"lt": a < b, "lteq": a <= b, "gt": a > b, "gteq": a >= b}  # type: ignore[operator]
        return bool(order[operator])

    # Names

    def _lookup(self, names: tuple[str, ...], span: Span) -> Found:
        root, *rest = names
        if not rest:
            return self._root(root, span)
        match root:
            case "school":
                return self._of_school(rest, span)
            case "trust":
                return self._of_record(rest, span, TRUST_NAMES, "trust", "trust.yaml")
            case "policy":
                return self._of_policy(rest, span)
            case "terms":
                return self._of_terms(rest, span)
            case "officers":
                return self._of_officers(rest, span)
            case _:
                return self._of_settings(rest, span)

    def _root(self, root: str, span: Span) -> Found:
        context = self.context
        if root == "officers":
            own = context.school.officers if context.school else {}
            return Names(root, frozenset(map(str, (*own, *context.library.trust.officers))))
        if root == "terms":
            return Names(root, context.term_names())
        if root == "settings":
            return Names(root, frozenset(map(str, context.library.settings)))
        if root == "school" and context.school:
            return str(context.school.name)
        if root == "trust":
            return str(context.library.trust.name)
        if root == "policy" and context.policy:
            return self.title()
        return self._nothing_here(root, span)

    def _nothing_here(self, root: str, span: Span) -> Absent:
        if root == "school":
            message = "a trust-level document belongs to no school"
            hint = "Use trust.name instead, or set `level: school`."
        else:
            message = "no policy prints this form, so there is no policy to name here"
            hint = "List the form under `appendices:` of its policy."
        return Absent(Diagnostic("unknown-here", message, span, hint))

    def _of_school(self, rest: list[str], span: Span) -> Found:
        if self.context.school is None:
            return self._nothing_here("school", span)
        if rest == ["id"]:
            return self.context.school_id or ""
        return self._of_record(rest, span, SCHOOL_NAMES, "school", self.context.file)

    def _of_record(
        self, rest: list[str], span: Span, known: tuple[str, ...], root: str, file: str
    ) -> Found:
        name = rest[0]
        if name not in known or len(rest) > 1:
            return Absent(unknown_attribute(root, ".".join(rest), known, span))
        record = self.context.school if root == "school" else self.context.library.trust
        found = getattr(record, name)
        if found is None or found == ():
            who = self.context.who if root == "school" else "the trust"
            message = f"{who} has no {name.replace('_', ' ')}"
            hint = f"Add `{name}:` to {file}."
            return Absent(Diagnostic("missing-value", message, span, hint))
        if name == "address":
            return ", ".join(found)
        return tuple(map(str, found)) if isinstance(found, tuple) else str(found)

    def _of_policy(self, rest: list[str], span: Span) -> Found:
        if self.context.policy is None:
            return self._nothing_here("policy", span)
        name, *parts = rest
        if name == "title" and not parts:
            return self.title()
        if name not in (*POLICY_NAMES, "id"):
            return Absent(unknown_attribute("policy", name, POLICY_NAMES, span))
        found = policy_value(self.context, name)
        if found is None or found == ():
            message = f"the policy “{self.context.policy_id}” has no {name.replace('_', ' ')}"
            hint = (
                f"Add `{name}:` to policies/{self.context.policy_id}.yaml or to the school's entry."
            )
            return Absent(Diagnostic("missing-value", message, span, hint))
        if parts and isinstance(found, OfficerValue):
            return self._officer_part(found, parts, span)
        if parts:
            return Absent(unknown_attribute(f"policy.{name}", parts[0], (), span))
        if isinstance(found, Line):
            return self._guarded(f"policy.{name}", found)
        return found

    def _of_terms(self, rest: list[str], span: Span) -> Found:
        name, *parts = rest
        if name not in self.context.term_names():
            known = self.context.term_names()
            return Absent(unknown("term", name, known, span, f"{self.context.file} under `terms:`"))
        term = self.context.term(name)
        if not parts:
            return term
        if parts[0] not in TERM_NAMES or len(parts) > 1:
            return Absent(unknown_attribute(f"terms.{name}", parts[0], TERM_NAMES, span))
        found = term.one if parts[0] == "one" else term.many
        if found is None:
            message = f"{self.context.who} gives “{name}” as one word, so it has no “{parts[0]}”"
            hint = f"Write `{name}: {{one: …, many: …}}` under `terms:`."
            return Absent(Diagnostic("missing-value", message, span, hint))
        return str(found)

    def _of_officers(self, rest: list[str], span: Span) -> Found:
        name, *parts = rest
        officer = self.context.officer(name)
        if officer is None:
            return Absent(missing_officer(self.context, name, span))
        return self._officer_part(officer, parts, span) if parts else officer

    def _officer_part(self, officer: OfficerValue, parts: list[str], span: Span) -> Found:
        part = parts[0]
        if part not in OFFICER_NAMES or len(parts) > 1:
            return Absent(
                unknown_attribute(f"officers.{officer.office}", part, OFFICER_NAMES, span)
            )
        found = officer.post if part == "post" else getattr(officer.officer, part)
        if not found:
            message = f"the {officer.office.replace('_', ' ')} of {self.context.who} has no {part}"
            hint = f"Add `{part}:` to the officer in {self.context.file} or trust.yaml."
            return Absent(Diagnostic("missing-value", message, span, hint))
        return str(found)

    def _of_settings(self, rest: list[str], span: Span) -> Found:
        name, *parts = rest
        if parts:
            return Absent(unknown_attribute(f"settings.{name}", parts[0], (), span))
        return self.context.setting(name, span)


def missing_officer(context: Context, name: str, span: Span) -> Diagnostic:
    """Give the diagnostic for an officer that neither school nor trust has.

    Its code tells a misspelt name (nobody in the trust has it) from a vacancy.
    """
    library = context.library
    here = {*library.trust.officers, *(context.school.officers if context.school else ())}
    anywhere = here.union(*(school.officers for school in library.schools.values()))
    where = f"{context.file} (or trust.yaml) under `officers:`"
    if name not in anywhere:
        return unknown("officer", name, here, span, where)
    message = f"{context.who} has no officer “{name}”"
    return Diagnostic("missing-officer", message, span, f"Add it to {where}.")


def unknown_attribute(of: str, name: str, known: tuple[str, ...], span: Span) -> Diagnostic:
    """Give the diagnostic for a part that a name doesn't have."""
    hint = f"Known are: {', '.join(known)}." if known else "Take it away."
    near = unknown("name", name, known, span, "")
    if near.hint.startswith("Did"):
        hint = near.hint.partition(" Else")[0]
    return Diagnostic("unknown-name", f"“{of}” has no “{name}”", span, hint)


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


def _name_of(expression: Expression) -> str:
    """Give the name by which a value goes: its path, with the filters put on it."""
    match expression:
        case Path(names=names):
            return ".".join(names)
        case Call(function=function, argument=argument):
            return f"{function}.{argument}"
        case Filtered(operand=operand, name=name):
            return f"{_name_of(operand)}|{name}"
        case Constant(value=value):
            return repr(value)
        case _:
            return "expression"


def _span_of(expression: Expression) -> Span:
    match expression:
        case Path(span=span) | Call(span=span) | Filtered(span=span) | Compared(span=span):
            return span
        case Not(operand=operand):
            return _span_of(operand)
        case Both(left=left, right=right) | Either(left=left, right=right):
            return next((s for s in map(_span_of, (left, right)) if s.path), Span(""))
        case _:
            return Span("")


def _comparable(value: Found, filler: Filler) -> object:
    """Give what a value is compared by: a choice by its id."""
    match value:
        case ChoiceValue(id=id_):
            return id_
        case YesNo(yes=yes):
            return yes
        case Line() | TermValue() | OfficerValue():
            return filler.text(value)
        case tuple():
            return tuple(_comparable(item, filler) for item in value)
        case _:
            return value


def _members(value: Found, filler: Filler) -> tuple[object, ...] | frozenset[str] | str:
    match value:
        case Names(present=present):
            return present
        case tuple():
            return tuple(_comparable(item, filler) for item in value)
        case _:
            return filler.text(value)
