"""Parts printed from data: control table, history, officers, references and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.assemble.context import OfficerValue, unknown
from policygen.assemble.facts import Standing, approver_words, policy_value
from policygen.assemble.fill import citation
from policygen.assemble.names import missing_officer
from policygen.assemble.wording import capitalize_first, day_in_words, listing
from policygen.diagnostics import Diagnostic, Severity, Span
from policygen.document import (
    Blocks,
    BulletList,
    Cell,
    Contents,
    Field,
    Fields,
    Generated,
    GeneratedKind,
    Inline,
    Inlines,
    LineBreak,
    Paragraph,
    Table,
    Text,
    Value,
)
from policygen.model.policies import CONTROL_FIELDS, OFFICER_FIELDS, OFFICER_PARTS, Control
from policygen.model.texts import ID

if TYPE_CHECKING:
    from policygen.assemble.fill import Filler
    from policygen.model.policies import ControlRow
    from policygen.model.texts import Line, SourceText

CONTROL_LABELS = {
    "title": "Title",
    "school": "School",
    "trust": "Trust",
    "reference": "Reference",
    "version": "Version",
    "status": "Status",
    "owner": "Owner",
    "author": "Author",
    "responsible": "Responsible officer",
    "approver": "Approved by",
    "approved": "Date approved",
    "adopted": "Date adopted",
    "adopted_by": "Adopted by",
    "effective": "In force from",
    "last_review": "Last review",
    "next_review": "Next review",
    "review_every": "Review period",
    "audience": "Who it applies to",
    "statutory": "Statutory policy",
    "location": "Location",
    "contact": "Contact",
    "wording": "Wording fingerprint",
}
"""What a row of the control table is called where the author gives no label."""

_PART_LABELS = {"name": "name", "post": "post", "email": "email", "telephone": "telephone"}
DRAFT_LABEL = "Why this is a draft"
WITHDRAWN_LABEL = "Withdrawn"


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the generated parts of one document."""

    filler: Filler
    standing: Standing
    fingerprint: str
    cited: tuple[str, ...] = ()

    def make(
        self, kind: GeneratedKind, only: tuple[SourceText, ...] = (), span: Span | None = None
    ) -> Generated | None:
        """Give a generated part; None where there is nothing to print, which is told."""
        if only and kind != "officers":
            message = "`only:` goes with `generate: officers`"
            hint = "Take `only:` out."
            self.filler.faults.append(Diagnostic("only", message, only[0].span, hint))
        heading: Inlines = ()
        told = len(self.filler.faults)
        match kind:
            case "control":
                heading, blocks = self._control()
            case "contents":
                blocks = (Contents(),)
            case "sign-off":
                blocks = self._sign_off()
            case "references":
                blocks = self._references()
            case "linked":
                blocks = self._linked()
            case "history":
                blocks = self._history()
            case "officers":
                blocks = self._officers(only)
            case "consultation":
                blocks = self._consultation()
        if blocks:
            return Generated(kind, blocks, heading)
        explicit = kind != "control" or span is not None
        if explicit and len(self.filler.faults) == told:
            message = f"there is nothing to print for `generate: {kind}` here"
            hint = {
                "sign-off": "List who signs under `sign_off:`.",
                "references": "Give the clauses `cites:`, or cite with {{ cite(…) }}.",
            }.get(kind, f"Fill in `{kind}:` in the policy, or take this part out.")
            self.filler.faults.append(
                Diagnostic("nothing-to-generate", message, span, hint, Severity.WARNING)
            )
        return None

    # Control table

    def control(self) -> Control | None:
        """Give the description of the control table: the policy's, else the trust's."""
        context = self.filler.context
        found: Control | None = context.policy_field("control")
        return context.library.trust.control if found is None else found

    def _control(self) -> tuple[Inlines, Blocks]:
        control = self.control()
        if control is None:
            return (), ()
        rows = [self._row(row) for row in control.rows if not self._of_no_school(row)]
        if not rows:
            return (), ()
        reason = self.standing.reason
        label = DRAFT_LABEL if self.standing.mark == "DRAFT" else WITHDRAWN_LABEL
        name = self.filler.plain(control.heading) or "Document control"
        heading = self.filler.line(control.heading)
        if control.layout == "rows":
            if reason:
                rows.append((_text(label), _text(reason)))
            cells = tuple((Cell(label), Cell(value)) for label, value in rows)
            return heading, (Table("labels", (), cells, name),)
        table = Table(
            "grid",
            tuple(Cell(label) for label, _ in rows),
            (tuple(Cell(value) for _, value in rows),),
            name,
        )
        notice = Paragraph(_text(f"{label}: {reason}"), "notice") if reason else None
        return heading, (table, notice) if notice else (table,)

    def _of_no_school(self, row: ControlRow) -> bool:
        """Whether a row would name the school of a document that belongs to none."""
        return self.filler.context.school is None and row.field == "school"

    def _row(self, row: ControlRow) -> tuple[Inlines, Inlines]:
        if row.field is None:
            return self.filler.line(row.label), self.filler.line(row.value)
        name, _, part = str(row.field).partition(".")
        if name not in CONTROL_FIELDS or (part and part not in OFFICER_PARTS):
            known = CONTROL_FIELDS if name not in CONTROL_FIELDS else OFFICER_PARTS
            wrong = part if name in CONTROL_FIELDS else name
            where = "a row {label: …, value: …}"
            span = row.field.span
            self.filler.faults.append(unknown("field", wrong, known, span, where))
            return (), ()
        if row.label is not None:
            label = self.filler.line(row.label)
        else:
            label = _text(self._label(name, part))
        return label, self._value(name, part, row.field.span)

    def _label(self, name: str, part: str) -> str:
        label = CONTROL_LABELS[name]
        if name == "school":
            label = capitalize_first(self.filler.context.term("school").text)
        if name == "approver" and (part or self.standing.mark == "DRAFT"):
            label = "Approver"  # who is to approve it, and perhaps has not
        return f"{label}’s {_PART_LABELS.get(part, part)}" if part else label

    def _value(self, name: str, part: str, span: Span) -> Inlines:
        filler = self.filler
        context = filler.context
        if part:
            return self._officer_part(name, part, span)
        match name:
            case "title":
                words = filler.title()
            case "school":
                words = str(context.school.name) if context.school else ""
            case "trust":
                words = str(context.library.trust.name)
            case "status":
                words = self.standing.status
            case "wording":
                words = self.fingerprint[:8]
            case "statutory":
                stated = context.policy_field("statutory")
                words = "" if stated is None else ("Yes" if stated else "No")
            case "approver" if context.approval:
                words = approver_words(context)
            case "audience":
                lines: tuple[Line, ...] = context.policy_field("audience") or ()
                words = capitalize_first(listing([filler.plain(line) for line in lines]))
            case _:
                found = policy_value(context, name)
                words = "" if found is None else filler.text(found)
                self._check_officer(name, words, span)
        return (Value(f"policy.{name}", words),) if words else ()

    def _check_officer(self, name: str, words: str, span: Span) -> None:
        """Tell an officer's name that nobody holds: it would be printed as it is."""
        if name in OFFICER_FIELDS and "_" in words and ID.match(words.replace("_", "-")):
            del span
            line: Line = self.filler.context.policy_field(name)
            self.filler.faults.append(missing_officer(self.filler.context, words, line.span))

    def _officer_part(self, name: str, part: str, span: Span) -> Inlines:
        found = policy_value(self.filler.context, name)
        if found is None and name in OFFICER_FIELDS:
            return ()
        if not isinstance(found, OfficerValue):
            words = "" if found is None else self.filler.text(found)
            if name in OFFICER_FIELDS and part in {"name", "post"} and words:
                self._check_officer(name, words, span)
                return (Value(f"policy.{name}", words),)
            message = f"`{name}:` is a text and not an officer, so it has no {part}"
            hint = "Write the officer's name (data_protection_officer)."
            self.filler.faults.append(Diagnostic("not-an-officer", message, span, hint))
            return ()
        words = found.post if part == "post" else str(getattr(found.officer, part) or "")
        return (Value(f"policy.{name}.{part}", words),) if words else ()

    # The rest

    def _sign_off(self) -> Blocks:
        context = self.filler.context
        lines: tuple[Line, ...] = context.policy_field("sign_off") or ()
        once = any(str(line) == "date" for line in lines)
        rows: list[tuple[Field, ...]] = []
        for number, line in enumerate(lines, 1):
            if str(line) == "date":
                rows.append((Field("sign-off-date", _text("Date"), "date"),))
                continue
            label = self._signatory(line)
            signature = Field(f"sign-off-{number}", label, "signature")
            dated = Field(f"sign-off-{number}-date", _text("Date"), "date")
            rows.append((signature,) if once else (signature, dated))
        return (Fields(tuple(rows), "sign-off"),) if rows else ()

    def _signatory(self, line: Line) -> Inlines:
        context = self.filler.context
        if officer := context.officer(str(line)):
            words: Inlines = (Value(f"officers.{line}", officer.text),)
        elif "_" in line and ID.match(line.replace("_", "-")):
            self.filler.faults.append(missing_officer(context, str(line), line.span))
            words = ()
        else:
            words = self.filler.line(line)
        return (Text("Signed ("), *words, Text(")"))

    def _references(self) -> Blocks:
        references = self.filler.context.library.references
        found = [(name, references[name]) for name in self.cited if name in references]
        found.sort(key=lambda pair: (pair[1].citation.casefold(), pair[0]))
        items = tuple(
            (Paragraph(citation(name, reference.citation, reference.url)),)
            for name, reference in found
        )
        return (BulletList(items),) if items else ()

    def _linked(self) -> Blocks:
        items = tuple((Paragraph(self._linked_item(line)),) for line in self._links())
        return (BulletList(items),) if items else ()

    def _links(self) -> tuple[Line, ...]:
        return self.filler.context.policy_field("linked") or ()

    def _linked_item(self, line: Line) -> Inlines:
        """Give the title of a linked policy, named by its id or written out."""
        library = self.filler.context.library
        if line in library.policies or f"policies/{line}" in library.unreadable:
            title = self.filler.linked_title(str(line), line.span)
            return (Value(f"linked.{line}", title),) if title else ()
        return self.filler.line(line)

    def _history(self) -> Blocks:
        entries = self.filler.context.policy_field("history") or ()
        rows = tuple(
            (
                Cell(_text(str(entry.version))),
                Cell(_text(day_in_words(entry.date))),
                Cell(self.filler.line(entry.summary)),
            )
            for entry in entries
        )
        return self._grid(("Version", "Date", "Summary"), rows, "Version history")

    def _consultation(self) -> Blocks:
        entries = self.filler.context.policy_field("consultation") or ()
        rows = tuple(
            (
                Cell(self.filler.line(entry.body)),
                Cell(_text(day_in_words(entry.date)) if entry.date else ()),
                Cell(self.filler.line(entry.outcome)),
            )
            for entry in entries
        )
        return self._grid(("Consulted", "Date", "Outcome"), rows, "Consultation")

    def _officers(self, only: tuple[SourceText, ...]) -> Blocks:
        context = self.filler.context
        if only:
            offices = [str(name) for name in only]
        else:
            own = context.school.officers if context.school else {}
            offices = list(dict.fromkeys(map(str, (*own, *context.library.trust.officers))))
        rows = []
        for index, office in enumerate(offices):
            officer = context.officer(office)
            if officer is None:
                fault = missing_officer(context, office, only[index].span)
                self.filler.faults.append(fault)
                continue
            rows.append(self._officer_row(officer))
        return self._grid(("Role", "Name", "Post", "Contact"), tuple(rows), "Officers")

    def _officer_row(self, found: OfficerValue) -> tuple[Cell, ...]:
        officer = found.officer
        office = self.filler.context.office(found.office)
        post = str(officer.post or "")
        name = f"officers.{found.office}"
        contact: list[Inline] = []
        for part in ("email", "telephone", "website"):
            if value := getattr(officer, part):
                contact += [LineBreak()] if contact else []
                contact.append(Value(f"{name}.{part}", str(value)))
        return (
            Cell((Value(name, office),)),
            Cell((Value(f"{name}.name", str(officer.name)),) if officer.name else ()),
            Cell((Value(f"{name}.post", post),) if post else ()),
            Cell(tuple(contact)),
        )

    def _grid(
        self, header: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], name: str
    ) -> Blocks:
        """Give a table without the columns that would be empty from top to bottom."""
        if not rows:
            return ()
        kept = [i for i in range(len(header)) if any(row[i].children for row in rows)]
        table = Table(
            "grid",
            tuple(Cell(_text(header[i])) for i in kept),
            tuple(tuple(row[i] for i in kept) for row in rows),
            name,
        )
        return (table,)


def _text(words: str) -> Inlines:
    return (Text(words),) if words else ()
