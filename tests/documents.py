"""One document that holds every node, every field kind and every numbering style."""

from __future__ import annotations

import datetime as dt

from policygen.document import (
    Appendix,
    Asset,
    Block,
    BulletList,
    Cell,
    Clause,
    Code,
    Contents,
    ContentsEntry,
    Declaration,
    Document,
    Emphasis,
    Fact,
    Field,
    Fields,
    Form,
    Generated,
    Inline,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Section,
    Strong,
    Table,
    Text,
    Value,
)

LOGO = Asset(
    "assets/logo.svg",
    "image/svg+xml",
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40">'
    b'<rect width="80" height="40" rx="8" fill="#1f4e79"/>'
    b'<circle cx="20" cy="20" r="11" fill="#ffffff"/></svg>',
    80,
    40,
)


def t(*parts: str | Inline) -> tuple[Inline, ...]:
    """Give a run of inlines; strings become text."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def p(*parts: str | Inline) -> Paragraph:
    """Give a paragraph."""
    return Paragraph(t(*parts))


def cells(*parts: str) -> tuple[Cell, ...]:
    """Give a table row."""
    return tuple(Cell(t(part) if part else ()) for part in parts)


def clause(name: str, number: tuple[int, ...], *blocks: Block, heading: str = "") -> Clause:
    """Give a clause of the module ``every``."""
    name = f"every/{name}"
    return Clause(name, t(heading) if heading else (), blocks, number, name)


CONTROL = Generated(
    "control",
    (
        Table(
            "labels",
            (),
            (
                cells("Title", "Alder Every Node Policy"),
                cells("Status", "Draft"),
                cells("Approved", ""),
                (
                    Cell(t("Owner")),
                    Cell((Value("policy.owner", "A. Person, Data Protection Officer"),)),
                ),
            ),
            "Document control",
        ),
    ),
    t("Document control"),
)

SECTIONS: tuple[Block, ...] = (
    Section(
        "",
        (),
        (clause("motto", (), Paragraph((Emphasis(t("Learning together")),))),),
        anchor="section-1",
    ),
    Section(
        "introduction",
        t("Introduction for ", Value("school.short_name", "Alder <b>*School*</b>")),
        (
            p("An intro paragraph, before and outside the count."),
            clause(
                "inlines",
                (1, 1),
                p(
                    "Words, ",
                    Strong(t("bold")),
                    ", ",
                    Emphasis(t("italics ", Strong(t("and both")))),
                    ", ",
                    Code(t("alder.example/login")),
                    ", a ",
                    Link("https://www.alder.example/a?b=c&d=e", t("link to ", Strong(t("us")))),
                    ", ",
                    Value("officers.headteacher.name", "Siân O’Dowd-Ŵyn & Sons"),
                    LineBreak(),
                    "and a line of its own. See ",
                    Reference("every/lists", "1.2"),
                    " and ",
                    Reference("staff-agreement", "Appendix A"),
                    ".",
                ),
                p("A second paragraph of the same clause, aligned with the first."),
                heading="Inlines",
            ),
            clause(
                "lists",
                (1, 2),
                p("Staff must:"),
                BulletList(
                    (
                        (p("keep passwords to themselves;"),),
                        (
                            p("report:"),
                            BulletList(((p("losses,"),), (p("thefts;"),))),
                            p("and say when."),
                        ),
                        (p("follow these steps:"), NumberedList(((p("stop"),), (p("tell"),)))),
                    )
                ),
                NumberedList(
                    (
                        (p("third thing"), NumberedList(((p("inner one"),), (p("inner two"),)))),
                        (p("fourth thing"), BulletList(((p("a bullet in it"),),))),
                    ),
                    start=3,
                ),
                Quote((p("A quotation."), p("In two paragraphs."))),
            ),
            clause(
                "tables",
                (1, 3),
                Table(
                    "grid",
                    cells("What", "Who", "When"),
                    (
                        cells("Report a loss", "All staff", "At once"),
                        (
                            Cell(t("Tell ", Strong(t("parents")))),
                            Cell(t("Headteacher")),
                            Cell(t("24"), "right"),
                        ),
                        cells("Sign", "", ""),
                    ),
                    "Who does what",
                ),
                Table(
                    "labels",
                    (),
                    (cells("Helpline", "01632 960001"), cells("Signed", "")),
                    "Contacts",
                ),
                heading="Tables",
            ),
            clause("starts-with-list", (1, 4), BulletList(((p("no lead-in"),), (p("at all"),)))),
            Section(
                "nested",
                t("A nested section"),
                (
                    clause("deep", (1, 5, 1), p("A clause three levels down.")),
                    Section(
                        "deeper",
                        t("Deeper still"),
                        (clause("deepest", (1, 5, 2, 1), p("Four levels down.")),),
                        "clauses",
                        3,
                        (1, 5, 2),
                        "deeper",
                    ),
                ),
                "clauses",
                2,
                (1, 5),
                "nested",
            ),
        ),
        "clauses",
        1,
        (1,),
        "introduction",
    ),
    Section(
        "bare",
        t("A bare heading with running paragraphs"),
        (
            clause("para-one", (2,), p("A numbered paragraph.")),
            clause("para-two", (3,), p("Another."), p("With two paragraphs."), heading="Named"),
        ),
        "paragraphs",
        1,
        (),
        "bare",
    ),
    Section(
        "none",
        t("Nothing numbered"),
        (
            clause("bare-one", (), p("No number."), heading="A clause heading without number"),
            clause("bare-two", (), p("Nor here.")),
        ),
        "none",
        1,
        (),
        "none",
    ),
    Section(
        "sections",
        t("Section headings only"),
        (
            clause("plain", (), p("Clause without a number."), heading="Clause heading"),
            Section("in-sections", t("Below it"), (p("Text."),), "sections", 2, (4, 1), "below"),
            Generated("officers", (Table("grid", cells("Role", "Name"), (cells("Head", "B"),)),)),
        ),
        "sections",
        1,
        (4,),
        "sections",
    ),
    Section(
        "references",
        t("Legislation and guidance"),
        (
            Generated(
                "references",
                (
                    BulletList(
                        (
                            (p(Link("https://www.law.example/", t("An Act 2018"))),),
                            (p(Value("cite.kcsie", "Guidance (2026)")),),
                        )
                    ),
                ),
            ),
        ),
        "clauses",
        1,
        (5,),
        "references",
    ),
    Section(
        "history",
        t("Version history"),
        (
            Generated(
                "history",
                (
                    Table(
                        "grid",
                        cells("Version", "Date", "Summary"),
                        (cells("2.1", "1 September 2026", "Generative AI added"),),
                        "Version history",
                    ),
                ),
            ),
        ),
        "clauses",
        1,
        (6,),
        "history",
    ),
)

SIGN_OFF = Generated(
    "sign-off",
    (
        Fields(
            (
                (Field("date", t("Date"), "date"),),
                (Field("headteacher", t("Signed (B. Person, Principal)"), "signature"),),
                (
                    Field("governor", t("Signed (Governor)"), "signature"),
                    Field("governor-date", t("Date"), "date"),
                ),
            ),
            "sign-off",
        ),
    ),
    t("Adoption"),
)

FORM = Form(
    "staff-agreement",
    (
        Paragraph(t("For staff. Policy: Alder Every Node Policy, version 2.1."), "form-for"),
        p("Please read this with the policy."),
        BulletList(
            (
                (p("I keep my password to myself."),),
                (clause("statement", (), p("Devices are locked."), heading="Devices"),),
            ),
            "statements",
        ),
        BulletList(
            (
                (p(Picture(LOGO, "A child who asks"), " I ask a grown-up."),),
                (p(Picture(LOGO, "Two friends"), " I am kind."), p("Always.")),
            ),
            "picture-rules",
        ),
        p("Please return this page to the office."),
        Declaration((p("I have read and understood this policy."), p("I will follow it."))),
        Fields(
            (
                (Field("name", t("Name")), Field("post", t("Position"))),
                (Field("school", t("School"), value=(Value("school.name", "Alder"),)),),
                (Field("device", t("I have been given a device"), "tick"),),
                (Field("images", t("Images may be used"), "choice", (t("Yes"), t("No"))),),
                (Field("signature", t("Signature"), "signature"), Field("date", t("Date"), "date")),
            )
        ),
        p("Thank you."),
        Fields(
            (
                (
                    Field("received_by", t("Received by")),
                    Field("received_on", t("Received on"), "date"),
                ),
            ),
            "office",
            t("Office use"),
        ),
    ),
    "form-staff-agreement",
)

APPENDICES: tuple[Block, ...] = (
    Appendix("staff-agreement", t("Staff agreement"), (FORM,), "Appendix A", "staff-agreement"),
    Appendix(
        "flow",
        t("Reporting flow"),
        (clause("flow", (), p("First "), p(Picture(LOGO, "A picture of the flow"), " then.")),),
        "Appendix B",
        "flow",
    ),
)

CONTENTS = Contents(
    (
        ContentsEntry(1, "1", t("Introduction for Alder <b>*School*</b>"), "introduction"),
        ContentsEntry(2, "1.5", t("A nested section"), "nested"),
        ContentsEntry(1, "", t("A bare heading with running paragraphs"), "bare"),
        ContentsEntry(1, "", t("Nothing numbered"), "none"),
        ContentsEntry(1, "4", t("Section headings only"), "sections"),
        ContentsEntry(2, "4.1", t("Below it"), "below"),
        ContentsEntry(1, "5", t("Legislation and guidance"), "references"),
        ContentsEntry(1, "6", t("Version history"), "history"),
        ContentsEntry(1, "Appendix A", t("Staff agreement"), "staff-agreement"),
        ContentsEntry(1, "Appendix B", t("Reporting flow"), "flow"),
    )
)


def every_node() -> Document:
    """Give a draft policy that holds every node."""
    return Document(
        id="every-node",
        kind="policy",
        title=t("Alder Every Node Policy"),
        organisation="Alder <b>Primary</b> & Nursery Academy",
        short_name="Alder",
        trust="Fernhill Learning Trust",
        blocks=(
            CONTROL,
            Generated("contents", (CONTENTS,)),
            Paragraph(t("This is a draft: it has not been approved."), "notice"),
            *SECTIONS,
            SIGN_OFF,
            *APPENDICES,
        ),
        version="2.1",
        status="Draft",
        facts=(
            Fact("Version", "2.1"),
            Fact("Status", "Draft"),
            Fact("Next review", "1 October 2027"),
        ),
        mark="DRAFT",
        logo=LOGO,
        issued=dt.date(2026, 9, 1),
        fingerprint="3f9c2a71" * 8,
    )


def form_alone() -> Document:
    """Give the form of ``every_node`` as a document of its own, final, without a logo."""
    return Document(
        id="staff-agreement",
        kind="form",
        title=t("Staff agreement"),
        organisation="Alder Primary Academy",
        short_name="Alder",
        trust="Fernhill Learning Trust",
        blocks=(FORM,),
        version="2.1",
        status="Final",
        issued=dt.date(2026, 9, 1),
        fingerprint="91aa0b3c" * 8,
    )
