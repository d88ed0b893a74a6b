"""Forms made into blocks: who signs, what they agree to, where they write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.assemble.context import DEFAULT_TERMS
from policygen.assemble.trace import Part
from policygen.assemble.wording import capitalize_first, humanised, listing
from policygen.diagnostics import Diagnostic, Severity, nearest
from policygen.document import (
    Block,
    Blocks,
    BulletList,
    Declaration,
    Field,
    FieldKind,
    Fields,
    Form,
    Inlines,
    ListPurpose,
    Paragraph,
    Picture,
    Text,
    Value,
)
from policygen.model.forms import Statement
from policygen.model.texts import ClauseId, Markdown

if TYPE_CHECKING:
    from policygen.assemble.clauses import Printer
    from policygen.assemble.outline import Outline
    from policygen.assemble.trace import Outcome
    from policygen.model.forms import Form as FormRecord
    from policygen.model.forms import FormField
    from policygen.model.texts import Condition

LABELS = {
    "name": "Name",
    "first_name": "First name",
    "last_name": "Last name",
    "post": "Post",
    "role": "Role",
    "department": "Department",
    "class": "Class",
    "year": "Year",
    "tutor_group": "Tutor group",
    "school": "School",
    "organisation": "Organisation",
    "reason": "Reason for visit",
    "host": "Host",
    "relationship": "Relationship to the child",
    "signature": "Signature",
    "date": "Date",
    "parent_name": "Parent or carer’s name",
    "parent_signature": "Parent or carer’s signature",
    "child_name": "Child’s name",
    "pupil_name": "Pupil’s name",
    "email": "Email",
    "telephone": "Telephone",
    "asset_tag": "Asset tag",
    "serial_number": "Serial number",
    "condition": "Condition",
    "issued_on": "Issued on",
    "returned_on": "Returned on",
    "account_name": "Name of the account",
    "platform": "Platform",
    "first_editor": "First editor",
    "second_editor": "Second editor",
    "reviewer": "Reviewer",
    "review_due_on": "Review due on",
    "received_by": "Received by",
    "received_on": "Received on",
    "filed": "Filed",
}
"""What the known fields are called; another name is printed as a label."""

_BESIDE = {
    "post",
    "role",
    "class",
    "year",
    "tutor_group",
    "organisation",
    "relationship",
    "department",
    "last_name",
}
_PAIRS = {
    ("asset_tag", "serial_number"),
    ("issued_on", "returned_on"),
    ("reason", "host"),
    ("account_name", "platform"),
    ("first_editor", "second_editor"),
    ("reviewer", "review_due_on"),
    ("email", "telephone"),
}
_NAMES = {"name", "first_name", "parent_name", "child_name", "pupil_name"}
_TYPO = 0.8


@dataclass(frozen=True, slots=True)
class FormMaker:
    """Makes forms of one document; the printer fills their clauses and texts."""

    printer: Printer
    outline: Outline

    def form(self, form_id: str, form: FormRecord) -> Form:
        """Give a form's node."""
        filler, trace = self.printer.filler, self.printer.trace
        self.outline.form_starts(form_id)
        blocks: list[Block] = [Paragraph(self._for_whom(form), "form-for")]
        blocks += filler.blocks(form.intro)
        items = tuple(self._statements(form))
        if items:
            blocks.append(BulletList(items, _purpose(items)))
        blocks += filler.blocks(form.request)
        if form.declaration is not None:
            blocks.append(Declaration(filler.blocks(form.declaration)))
        if form.fields:
            blocks.append(Fields(self._rows(form.fields)))
        blocks += filler.blocks(form.closing)
        if form.office_use:
            heading = (Text("Office use"),)
            blocks.append(Fields(self._rows(form.office_use), "office", heading))
        anchor = self.printer.anchor(f"form-{form_id}")
        around = trace.around(form.when)
        trace.note(Part("form", form_id, "printed", anchor, form.span, around, record=form))
        audience = tuple(map(filler.plain, form.audience))
        return Form(form_id, tuple(blocks), anchor, audience, form.span)

    def _for_whom(self, form: FormRecord) -> Inlines:
        """Say who signs, for which policy and version."""
        filler = self.printer.filler
        words: list[Text | Value] = []
        audience = [self._group(filler.plain(line)) for line in form.audience]
        if audience:
            words.append(Text(f"For {listing(audience)}."))
        if filler.context.policy is not None:
            words += [Text(" " if words else ""), Value("policy.title", filler.title())]
            version = filler.context.policy_field("version")
            if version is not None:
                words += [Text(", version "), Value("policy.version", str(version))]
            words.append(Text("."))
        return tuple(word for word in words if word.text)

    def _group(self, name: str) -> str:
        """Give those who sign in the school's own words: "students" for ``pupils``."""
        context = self.printer.filler.context
        if name in DEFAULT_TERMS:
            return context.term(name).text
        return name.replace("-", " ")

    def _statements(self, form: FormRecord) -> list[Blocks]:
        filler = self.printer.filler
        items: list[Blocks] = []
        for statement in form.statements:
            match statement:
                case ClauseId():
                    items += self._clauses(statement)
                case Markdown():
                    self._note(statement, None, "printed")
                    items.append(filler.blocks(statement))
                case Statement(text=text, when=when, clause=clause):
                    if not filler.holds(when):
                        self._note(text or clause, when, "switched-off")
                    elif clause is not None:
                        with self.printer.trace.within(when):
                            items += self._clauses(clause)
                    else:
                        self._note(text, when, "printed")
                        items.append(filler.blocks(text))
        return [item for item in items if item]

    def _note(
        self, what: Markdown | ClauseId | None, when: Condition | None, outcome: Outcome
    ) -> None:
        trace = self.printer.trace
        texts = (what,) if isinstance(what, Markdown) else ()
        name = str(what) if isinstance(what, ClauseId) else ""
        listed = what.span if what is not None else None
        around = trace.around(when)
        trace.note(Part("statement", name, outcome, "", listed, around, texts))

    def _clauses(self, clause_id: ClauseId) -> list[Blocks]:
        found = (self.printer.clause(item) for item in self.outline.clauses(clause_id))
        return [(node,) for node in found if node is not None]

    # Fields

    def _rows(self, fields: tuple[FormField, ...]) -> tuple[tuple[Field, ...], ...]:
        """Give the fields in rows: a name with its post, a signature with its date."""
        used: set[str] = set()
        made = [self._field(field, used) for field in fields]
        rows: list[tuple[Field, ...]] = []
        for field in made:
            if rows and len(rows[-1]) == 1 and _go_together(rows[-1][0], field):
                rows[-1] = (*rows[-1], field)
            else:
                rows.append((field,))
        return tuple(rows)

    def _field(self, field: FormField, used: set[str]) -> Field:
        filler = self.printer.filler
        name = str(field.field or "")
        label = filler.line(field.label)
        if not label:
            label = (Text(self._label(name)),)
            self._check_name(field)
        kind = kind_of(field)
        choices = tuple(filler.line(choice) for choice in field.choices)
        value: Inlines = ()
        if name == "school" and filler.context.school:
            value = (Value("school.name", str(filler.context.school.name)),)
        unique = base = name or humanised("".join(_words(label))).lower().replace(" ", "_")
        count = 1
        while unique in used:
            count += 1
            unique = f"{base}_{count}"
        used.add(unique)
        return Field(unique, label, kind, choices, value)

    def _label(self, name: str) -> str:
        if name == "school":
            return capitalize_first(self.printer.filler.context.term("school").text)
        return LABELS.get(name, humanised(name))

    def _check_name(self, field: FormField) -> None:
        """Tell a field whose name is nearly a known one."""
        name = str(field.field)
        near = nearest(name, LABELS) if name not in LABELS else None
        if near and abs(len(near) - len(name)) <= 1 and _alike(name, near):
            message = f"“{name}” is not a known field; it is printed as “{humanised(name)}”"
            span = field.field.span if field.field is not None else field.span
            hint = f"Did you mean “{near}”? Else give it a `label:`."
            self.printer.filler.faults.append(
                Diagnostic("unknown-field", message, span, hint, Severity.WARNING)
            )


def _purpose(items: tuple[Blocks, ...]) -> ListPurpose:
    """Say whether statements are told by pictures: all of them, or they are plain ones."""
    return "picture-rules" if all(map(_begins_with_picture, items)) else "statements"


def _begins_with_picture(item: Blocks) -> bool:
    match item:
        case (Paragraph(children=(Picture(), *_)), *_):
            return True
        case _:
            return False


def _alike(name: str, other: str) -> bool:
    same = sum(a == b for a, b in zip(name, other, strict=False))
    tail = sum(a == b for a, b in zip(reversed(name), reversed(other), strict=False))
    return same + tail >= _TYPO * max(len(name), len(other))


def _words(run: Inlines) -> list[str]:
    return [inline.text for inline in run if isinstance(inline, Text | Value)]


def kind_of(field: FormField) -> FieldKind:
    """Give what is to be written in a field: as it says, else as its choices or name say."""
    if field.kind is not None or field.choices:
        return field.kind or "choice"
    name = str(field.field or "")
    if name.endswith("signature"):
        return "signature"
    if name == "date" or name.endswith(("_date", "_on")):
        return "date"
    return "text"


def _go_together(first: Field, second: Field) -> bool:
    if (first.name, second.name) in _PAIRS:
        return True
    if first.kind == "signature":
        return second.kind == "date"
    if first.name in _NAMES:
        return second.kind == "text" and second.name in _BESIDE
    return first.name == "received_by" and second.kind == "date"
