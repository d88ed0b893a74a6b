"""A policy or a form at a school, assembled into a ``Document``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from policygen.assemble.clauses import Printer, printed_twice
from policygen.assemble.context import Context, unknown
from policygen.assemble.facts import (
    Standing,
    approval_of,
    approved_on,
    approver_words,
    next_review,
    standing,
)
from policygen.assemble.fill import Filler, Memory
from policygen.assemble.forms import FormMaker
from policygen.assemble.generated import Maker
from policygen.assemble.numbering import number
from policygen.assemble.outline import Outline, generates
from policygen.assemble.trace import Part, Trace
from policygen.assemble.wording import day_in_words, day_with_preposition, is_period
from policygen.diagnostics import Diagnostic, Span, collected
from policygen.document import (
    Appendix,
    Block,
    Blocks,
    Document,
    Fact,
    Generated,
    NumberingStyle,
    Paragraph,
    Section,
    Text,
    fingerprint,
    plain_text,
    walk,
)
from policygen.model.policies import Generate
from policygen.model.texts import first_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from policygen.assemble.trace import Outcome
    from policygen.document import GeneratedKind
    from policygen.model.forms import Form as FormRecord
    from policygen.model.library import Library
    from policygen.model.policies import Appendix as AppendixRecord
    from policygen.model.policies import Section as SectionRecord
    from policygen.model.texts import Condition, SourceText

DEEPEST_SECTION = 5
"""Levels of sections; with the title they make a page's six levels of headings."""

DEFAULT_COLOUR = "#1f4e79"


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document with everything wrong with it; ``labels`` are the numbers of its parts,
    ``reason`` is why it is a draft, ``placed_before`` what stood before each form, ``parts``
    what was decided of each part, printed or not, where that was asked for."""

    document: Document
    diagnostics: tuple[Diagnostic, ...]
    labels: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    placed_before: dict[str, frozenset[str]] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()


def assemble_policy(
    library: Library,
    school_id: str | None,
    policy_id: str,
    *,
    fingerprinted: bool = True,
    traced: bool = False,
) -> Assembled:
    """Assemble a policy for a school; without one, a policy of the trust.

    Without ``fingerprinted``, for those who want its faults only, passes are saved, and the
    fingerprint is "" unless the approval register has the policy. Where it is ``traced`` the
    parts come along, with what was decided of each.
    """
    context = Context(library, school_id, policy_id)
    memory: Memory = {}
    first = _Assembly(context, memory=memory)
    compared = fingerprinted or policy_id in library.approvals
    wording = ""
    cited: tuple[str, ...] = ()
    if compared or generates((*first.sections, *first.appendices), "references"):
        blocks, cited = first.body(()), tuple(first.filler.cited)
    if compared:
        title = first.filler.line(context.policy_field("title"))
        if generates(first.sections, "references"):
            blocks = _Assembly(context, memory=memory).body(cited)
        wording = fingerprint(title, blocks)
    context = replace(context, approval=approval_of(context, wording))
    # Texts may print what an approval says.
    assembly = _Assembly(context, wording, {} if context.approval else memory, traced=traced)
    document = assembly.document(cited)
    numbered = number(document, _labels_style(context))
    found = collected([*assembly.faults(), *numbered.faults])
    return Assembled(
        numbered.document,
        tuple(found),
        numbered.labels,
        assembly.standing.reason,
        assembly.outline.placed_before,
        tuple(assembly.trace.parts),
    )


def assemble_form(
    library: Library,
    school_id: str | None,
    form_id: str,
    policy: Assembled | None,
    *,
    traced: bool = False,
) -> Assembled | None:
    """Assemble a form on its own for a school, in the words of the policy that prints it.

    None where its condition does not hold there. ``traced`` is as for a policy.
    """
    policy_id = policy.document.id if policy else None
    context = Context(library, school_id, policy_id)
    if policy is not None:
        context = replace(context, approval=approval_of(context, policy.document.fingerprint))
    form = library.forms[form_id]
    filler = Filler(context)
    if not filler.holds(form.when):
        return None
    wording = policy.document.fingerprint if policy else ""
    assembly = _Assembly(context, wording, traced=traced)
    assembly.filler.faults += filler.faults
    if policy is not None:
        assembly.outline.resume(policy.placed_before.get(form_id, frozenset()))
    document = assembly.form_document(form_id, form, policy.document if policy else None)
    numbered = number(document, "letters", policy.labels if policy else {})
    faults = [*assembly.filler.faults, *assembly.outline.faults, *numbered.faults]
    found = tuple(collected(faults))
    return Assembled(numbered.document, found, parts=tuple(assembly.trace.parts))


def _has_control(blocks: Blocks) -> bool:
    """Whether a control table is printed, which says itself why a document is a draft."""
    return any(isinstance(b, Generated) and b.kind == "control" for b in walk(blocks))


def _labels_style(context: Context) -> str:
    return context.policy_field("appendix_labels") or context.library.trust.appendix_labels


class _Assembly:
    """One pass over a policy's outline."""

    def __init__(
        self,
        context: Context,
        wording: str = "",
        memory: Memory | None = None,
        *,
        traced: bool = False,
    ) -> None:
        self.context = context
        self.wording = wording
        self.standing = standing(context, wording) if context.policy else Standing("", "")
        self.filler = Filler(context, memory={} if memory is None else memory)
        self.trace = Trace(traced)
        self.printer = Printer(self.filler, self.trace)
        amendments = context.entry.amend if context.entry else ()
        self.outline = Outline(context, amendments, trace=self.trace)
        self.maker = Maker(self.filler, self.standing, wording)
        self.forms = FormMaker(self.printer, self.outline)
        self.in_appendix = False

    @property
    def sections(self) -> tuple[SectionRecord, ...]:
        return self.context.policy_field("sections") or ()

    @property
    def appendices(self) -> tuple[AppendixRecord, ...]:
        return self.context.policy_field("appendices") or ()

    def faults(self) -> list[Diagnostic]:
        """Give everything that went wrong, once the document is made."""
        self.outline.check(self.printer.printed)
        return [*self.filler.faults, *self.outline.faults, *self._policy_faults()]

    def document(self, cited: tuple[str, ...]) -> Document:
        """Give the whole document."""
        context = self.context
        blocks = self.body(cited)
        title = self.filler.line(context.policy_field("title"))
        return self._shell(
            Document(
                id=context.policy_id or "",
                kind="policy",
                title=title,
                organisation="",
                short_name="",
                trust="",
                blocks=blocks,
                facts=tuple(self._facts()),
            )
        )

    def form_document(self, form_id: str, form: FormRecord, policy: Document | None) -> Document:
        """Give a form as a document of its own."""
        blocks: list[Block] = []
        if self.standing.reason:
            blocks.append(Paragraph((Text(self.standing.reason),), "notice"))
        blocks.append(self.forms.form(form_id, form))
        document = Document(
            id=form_id,
            kind="form",
            title=self.filler.line(form.title),
            organisation="",
            short_name="",
            trust="",
            blocks=tuple(blocks),
        )
        shell = self._shell(document)
        if policy is None:
            return replace(shell, fingerprint=fingerprint(shell.title, shell.blocks))
        return shell

    def _shell(self, document: Document) -> Document:
        """Give the document with what all documents of a school and a policy share."""
        context = self.context
        trust, school = context.library.trust, context.school
        logo = school.logo if school and school.logo is not None else trust.logo
        colour = school.colour if school and school.colour is not None else trust.colour
        version = context.policy_field("version") if context.policy else None
        return replace(
            document,
            organisation=str(school.name if school else trust.name),
            short_name=str(
                (school.short_name or school.name) if school else (trust.short_name or trust.name)
            ),
            trust=str(trust.name),
            version=str(version) if version is not None else "",
            status=self.standing.status,
            mark=self.standing.mark,
            colour=str(colour or DEFAULT_COLOUR),
            logo=context.library.assets.get(str(logo)) if logo is not None else None,
            issued=self._issued(),
            fingerprint=self.wording,
            school_id=context.school_id or "trust",
            policy_id=context.policy_id or "",
        )

    def _issued(self) -> dt.date | None:
        """Give the document's own date: its version's, else its approval's."""
        context = self.context
        if context.policy is None:
            return None
        version = context.policy_field("version")
        dates = [
            entry.date
            for entry in context.policy_field("history") or ()
            if str(entry.version) == str(version)
        ]
        for found in (*dates, approved_on(context), context.policy_field("effective")):
            if found is not None:
                return first_day(found)
        return None

    def _facts(self) -> Iterator[Fact]:
        version = self.context.policy_field("version")
        if version is not None:
            yield Fact("Version", str(version))
        status = self.standing.status
        if approval := self.context.approval if not self.standing.mark else None:
            when = day_with_preposition(approval.approved)
            status = f"{status} {when} by {approver_words(self.context)}"
            if str(approval.version) != str(version or ""):
                status += f", as version {approval.version}"
        yield Fact("Status", status)
        review = next_review(self.context)
        if review is not None:
            yield Fact("Next review", day_in_words(review))

    # The body

    def body(self, cited: tuple[str, ...]) -> Blocks:
        """Give the blocks of the document in order."""
        self.maker = replace(self.maker, cited=cited)
        everywhere: list[SectionRecord | AppendixRecord] = [*self.sections, *self.appendices]
        blocks: list[Block] = []
        if not generates(everywhere, "control"):
            self._append(blocks, self._generated("control"))
        front = len(blocks)
        if self.context.policy_field("contents") and not generates(everywhere, "contents"):
            self._append(blocks, self._generated("contents"))
        style: NumberingStyle = self.context.policy_field("numbering") or "clauses"
        for section in self.sections:
            self._append(blocks, self._section(section, style, 1))
        if self.context.policy_field("sign_off") and not generates(everywhere, "sign-off"):
            self._append(blocks, self._generated("sign-off"))
        for clause_id, count in self.printer.printed.items():
            if count > 1:
                clause = self.context.library.clauses.get(clause_id)
                span = clause.span if clause else None
                self.filler.faults.append(printed_twice(clause_id, span))
        for appendix in self.appendices:
            self._append(blocks, self._appendix(appendix))
        if self.standing.reason and not _has_control(tuple(blocks)):
            blocks.insert(front, Paragraph((Text(self.standing.reason),), "notice"))
        return tuple(blocks)

    def _append(self, blocks: list[Block], block: Block | None) -> None:
        if block is not None:
            blocks.append(block)

    def _section(self, record: SectionRecord, style: NumberingStyle, level: int) -> Section | None:
        if not self.filler.holds(record.when):
            self._note("section", record, "switched-off")
            return None
        with self.trace.within(record.when):
            section = self._made_section(record, style, level)
        self._note("section", record, "printed" if section else "empty", section)
        return section

    def _note(
        self,
        kind: Literal["section", "appendix"],
        record: SectionRecord | AppendixRecord,
        outcome: Outcome,
        made: Section | Appendix | None = None,
        *whens: Condition | None,
    ) -> None:
        """Note what became of a section or appendix."""
        if not self.trace.kept:
            return
        name = str(record.id or getattr(record, "form", None) or "")
        self.trace.note(
            Part(
                kind,
                name,
                outcome,
                made.anchor if made else "",
                record.span,
                self.trace.around(record.when, *whens),
                (record.heading,) if record.heading is not None else (),
                record=record,
            )
        )

    def _generated(
        self, kind: GeneratedKind, only: tuple[SourceText, ...] = (), span: Span | None = None
    ) -> Generated | None:
        made = self.maker.make(kind, only, span)
        if made or span:
            outcome: Outcome = "printed" if made else "empty"
            self.trace.note(Part("generated", kind, outcome, "", span, self.trace.around()))
        return made

    def _made_section(
        self, record: SectionRecord, style: NumberingStyle, level: int
    ) -> Section | None:
        style = self._style(record, style)
        heading = self.filler.line(record.heading)
        wanted = str(record.id) if record.id else ""
        if wanted:
            anchor = self.printer.anchor(wanted)
        else:
            anchor = self.printer.heading_anchor("section", plain_text(heading))
        if level > DEEPEST_SECTION:
            message = f"sections can be nested {DEEPEST_SECTION} deep at most"
            hint = "Put the inner clauses into the section above."
            self.filler.faults.append(Diagnostic("too-deep", message, record.span, hint))
            return None
        blocks = self._content(record, style, level)
        listed = record.intro or record.clauses or record.sections or record.generate
        if not blocks and listed:
            return None
        return Section(wanted, heading, blocks, style, level, (), anchor, record.span)

    def _style(self, record: SectionRecord, style: NumberingStyle) -> NumberingStyle:
        if self.in_appendix and record.numbering not in {None, "none"}:
            message = "the sections of an appendix have no numbers"
            hint = "Take `numbering:` out; the appendix has its letter or number."
            self.filler.faults.append(Diagnostic("numbering", message, record.span, hint))
            return "none"
        return record.numbering or style

    def _content(
        self, record: SectionRecord | AppendixRecord, style: NumberingStyle, level: int
    ) -> Blocks:
        """Give what stands in a section: intro, clauses, a generated part, sections."""
        blocks: list[Block] = []
        for clause_id in record.intro:
            found = (self.printer.clause(item) for item in self.outline.clauses(clause_id))
            blocks += [replace(node, counted=False) for node in found if node is not None]
        for entry in self.outline.entries(record.clauses):
            if isinstance(entry, Generate):
                self._append(blocks, self._generated(entry.generate, entry.only, entry.span))
            else:
                self._append(blocks, self.printer.clause(entry))
        if record.generate:
            self._append(blocks, self._generated(record.generate, record.only, record.span))
        for inner in record.sections:
            nested = self._section(inner, style, level + 1)
            self._append(blocks, nested)
        return tuple(blocks)

    def _appendix(self, record: AppendixRecord) -> Appendix | None:
        form = self.context.library.forms.get(str(record.form)) if record.form else None
        own = form.when if form else None
        if not self.filler.holds(record.when):
            self._note("appendix", record, "switched-off")
            return None
        with self.trace.within(record.when):
            appendix = self._made_appendix(record)
        if appendix or self.filler.holds(own):
            self._note("appendix", record, "printed" if appendix else "empty", appendix)
        else:
            self._note("appendix", record, "switched-off", None, own)
        return appendix

    def _made_appendix(self, record: AppendixRecord) -> Appendix | None:
        library = self.context.library
        heading = self.filler.line(record.heading)
        self.in_appendix = True
        blocks = self._content(record, "none", 1)
        form_id = str(record.form) if record.form else ""
        if record.form is not None:
            form = library.forms.get(form_id)
            if form is None:
                if f"forms/{form_id}" not in library.unreadable:
                    where = f"forms/{form_id}.yaml"
                    fault = unknown("form", form_id, library.forms, record.form.span, where)
                else:
                    message = f"the form “{form_id}” can't be printed: it has errors"
                    fault = Diagnostic("unreadable", message, record.form.span)
                self.filler.faults.append(fault)
                return None
            if not self.filler.holds(form.when):
                return None
            heading = heading or self.filler.line(form.title)
            blocks = (*blocks, self.forms.form(form_id, form))
        listed = record.intro or record.clauses or record.sections or record.generate
        if not blocks and listed:
            return None
        wanted = str(record.id) if record.id else form_id
        if wanted:
            anchor = self.printer.anchor(wanted)
        else:
            anchor = self.printer.heading_anchor("appendix", plain_text(heading))
        return Appendix(wanted, heading, blocks, "", anchor, record.span)

    # Faults of the policy itself

    def _policy_faults(self) -> Iterator[Diagnostic]:
        context = self.context
        policy = context.policy
        if policy is None:
            return
        status = context.policy_field("status")
        version = context.policy_field("version")
        if version is None and (
            status == "final" or context.policy_id in context.library.approvals
        ):
            message = "a policy that is final or approved needs a version"
            hint = 'Add a line such as version: "1.0".'
            yield Diagnostic("missing-version", message, policy.span, hint)
        if f"approvals/{context.policy_id}" in context.library.unreadable:
            register = f"approvals/{context.policy_id}.yaml"
            message = "the approval register has errors, so nobody can tell what is approved"
            yield Diagnostic("unreadable", message, Span(register), "Mend the register first.")
        for layer in (context.entry, policy):
            period = layer.review_every if layer else None
            if period is not None and not is_period(str(period)):
                message = f"“{period}” is no period"
                yield Diagnostic("no-period", message, period.span, "Write 12 months or 2 years.")
