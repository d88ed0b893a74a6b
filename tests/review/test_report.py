"""The report says first what has to be done, then each change once, in words and marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import lxml.html
import page
import pytest

import documents
import small_trust
from policygen.colour import READABLE, Colour, contrast
from policygen.document import (
    BulletList,
    Clause,
    Contents,
    Document,
    NumberedList,
    Paragraph,
    Quote,
    Section,
    Table,
    lines,
    plain_text,
    walk,
    words,
)
from policygen.review.brackets import bracketed
from policygen.review.changes import review
from policygen.review.made import Side
from policygen.review.names import Names
from policygen.review.report import as_document
from policygen.writers.html import write_html
from policygen.writers.pdf import write_pdf
from policygen.writers.theme import Theme
from tagged_text import TaggedText

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Files: TypeAlias = "dict[str, str]"
Report: TypeAlias = "Callable[[Files, Files], Document]"

BIRCH = """
    name: Birch Primary
    short_name: Birch
    phase: primary
    officers: {headteacher: {name: C. Person}}
    policies: [rules]
    """
RULES = small_trust.FILES["policies/rules.yaml"]
CLAUSES = """
    clauses:
      a: {heading: Phones, text: Phones stay in the bag.}
      b: {text: Nobody films a lesson without leave.}
      c: {heading: Groups, text: "Each group has an owner, who leaves last."}
    """


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Give a maker of reports: two times files in, a report out. Both versions have two
    schools and one policy with three clauses."""
    usual = {"schools/birch.yaml": BIRCH, "clauses/m.yaml": CLAUSES}

    def make(old: Files, new: Files) -> Document:
        before, after = (
            small_trust.Maker(tmp_path / name)({**usual, **files})
            for name, files in (("old", old), ("new", new))
        )
        found = review(Side("v1", before), Side("v2", after))
        return as_document(found, Names(before, after))

    return make


def clauses(*changes: tuple[str, str]) -> Files:
    """Give the clauses with some words in place of others."""
    text = CLAUSES
    for words_, others in changes:
        assert words_ in text
        text = text.replace(words_, others)
    return {"clauses/m.yaml": text}


def tables(document: Document) -> list[dict[str, str]]:
    """Give the tables of page one: the last of the row for each first cell."""
    (glance, *_) = document.blocks
    assert isinstance(glance, Section)
    return [
        {
            plain_text(row[0].children): " | ".join(plain_text(c.children) for c in row[1:])
            for row in block.rows
        }
        for block in glance.blocks
        if isinstance(block, Table)
    ]


def titles(document: Document) -> list[str]:
    return [plain_text(b.heading) for b in walk(document.blocks) if isinstance(b, Clause)]


def notes(document: Document) -> list[str]:
    return [
        plain_text(block.children)
        for change in walk(document.blocks)
        if isinstance(change, Clause)
        for block in change.blocks
        if isinstance(block, Paragraph)
    ]


def quotes(document: Document) -> list[Quote]:
    return [block for block in walk(document.blocks) if isinstance(block, Quote)]


def said(blocks: tuple[Quote, ...]) -> list[str]:
    return [line for line in lines(Document("", "report", (), "", "", "", blocks)) if line]


MINOR = ("in the bag", "in the office")


def test_same_documents_give_one_sentence(report: Report) -> None:
    document = report({}, {})
    assert "The documents of both versions are the same." in list(lines(document))
    assert not titles(document)


def test_page_one_counts_and_says_who_acts(report: Report) -> None:
    told = 'history: [{version: "2", date: 2026-09-01, summary: Phones, material: true}]\n'
    more = f"{RULES}\n        {told}        approver: Full board\n        numbering: clauses\n"
    changed = clauses(MINOR, ("film", "record"), ("Groups,", "Chats,"))
    document = report({}, {**changed, "policies/rules.yaml": more})
    numbers, acts = tables(document)
    assert numbers == {"Rules": "All 2 schools | 0 | 0 | 3 | 0 | 0"}
    assert acts["To approve again"] == "Rules, all 2 schools (Full board)"
    assert acts["To sign again"] == "Rules, all 2 schools"


def test_page_one_says_that_nothing_is_to_be_done(report: Report) -> None:
    birch = BIRCH.replace("C. Person", "D. Person")
    uses = clauses(("owner", "owner, {{ officers.headteacher.name }}"))
    document = report(uses, {**uses, "schools/birch.yaml": birch})
    numbers, acts = tables(document)
    assert numbers == {"Rules": "Birch only | 0 | 0 | 0 | 0 | 1"}
    assert acts["To approve again"] == acts["To sign again"] == "None"


def test_amendments_whose_clause_changed_are_on_page_one(report: Report) -> None:
    entry = "policies:\n      rules:\n        amend:\n"
    amend = "          - {replace: m/a, reason: Ours, heading: Bags, text: Phones stay at home.}\n"
    birch = {"schools/birch.yaml": BIRCH.replace("policies: [rules]", entry + amend)}
    document = report(birch, {**birch, **clauses(MINOR)})
    acts = tables(document)[1]
    assert acts["School amendments to look at, as the trust’s clause changed"] == (
        "Birch: its own “Phones” in Rules"
    )


def test_changes_stand_in_the_order_of_the_document(report: Report) -> None:
    document = report({}, clauses(MINOR, ("film", "record"), ("last", "first")))
    assert titles(document) == [
        "1.1 Phones",
        "1.2 “Nobody records a lesson without leave.”",
        "1.3 Groups",
    ]


def test_data_comes_after_the_rules(report: Report) -> None:
    control = RULES.replace("control: []", "control: [version]")
    new = {"policies/rules.yaml": control.replace('version: "1"', 'version: "2"'), **clauses(MINOR)}
    document = report({"policies/rules.yaml": control}, new)
    assert titles(document)[0] == "1.1 Phones"
    assert "Document control" in titles(document)


def test_words_of_each_school_are_told_by_what_they_are(report: Report) -> None:
    asks = ("owner", "owner, {{ officers.headteacher.name }}")
    document = report(clauses(asks), clauses(asks, ("leaves last", "leaves first")))
    (quote,) = quotes(document)
    assert "an owner, [name of the headteacher], who" in said((quote,))[0]
    assert "Words in [brackets] differ by school." in notes(document)[0]


@pytest.mark.parametrize(
    ("name", "words_"),
    [
        ("officers.headteacher", "[name and post of the headteacher]"),
        ("officers.dpo.telephone", "[telephone number of the DPO]"),
        ("terms.staff|capitalize_first", "[Staff]"),
        ("terms.school.one|a", "a [school]"),
        ("terms.school|a|capitalize_first", "A [school]"),
        ("settings.first_contact", "[first contact]"),
        ("school.local_authority", "[local authority of the school]"),
        ("school", "[name of the school]"),
        ("policy.next_review", "[next review]"),
        ("date", "[date]"),
    ],
)
def test_what_differs_by_school_is_called_so_that_governors_know_it(name: str, words_: str) -> None:
    assert bracketed(name) == words_


def test_what_some_schools_have_comes_after_what_all_have(report: Report) -> None:
    entry = "policies:\n      rules:\n        amend:\n"
    amend = "          - {replace: m/a, reason: Ours, heading: Phones, text: Phones stay home.}\n"
    birch = {"schools/birch.yaml": BIRCH.replace("policies: [rules]", entry + amend)}
    document = report({}, {**birch, **clauses(("last", "first"))})
    assert titles(document) == ["1.3 Groups", "1.1 Phones"]
    groups = [plain_text(b.heading) for b in walk(document.blocks) if isinstance(b, Section)]
    assert groups == ["At a glance", "Rules", "All 2 schools", "Birch only"]


def test_contents_list_policies_and_what_all_schools_have(report: Report) -> None:
    more = {
        "policies/more.yaml": RULES.replace("Rules", "More"),
        "schools/alder.yaml": small_trust.FILES["schools/alder.yaml"].replace(
            "[rules]", "[rules, more]"
        ),
    }
    document = report(more, {**more, **clauses(MINOR)})
    (contents,) = (block for block in document.blocks if isinstance(block, Contents))
    listed = [(entry.level, plain_text(entry.heading)) for entry in contents.entries]
    assert listed == [(1, "At a glance"), (1, "Rules"), (2, "All 2 schools"), (1, "More")]


def test_heading_that_stays_is_told_once(report: Report) -> None:
    document = report({}, clauses(MINOR))
    (quote,) = quotes(document)
    assert said((quote,)) == ["Phones stay in the bag office."]


def test_heading_that_changed_is_shown_with_both_words(report: Report) -> None:
    document = report({}, clauses(("heading: Groups", "heading: Chats")))
    (quote,) = quotes(document)
    assert said((quote,)) == ["Groups Chats", "Each group has an owner, who leaves last."]


def test_rewritten_clause_is_shown_as_old_then_new(report: Report) -> None:
    rewritten = "Cameras are off at all times but for the press."
    document = report({}, clauses(("Nobody films a lesson without leave.", rewritten)))
    (quote,) = quotes(document)
    assert said((quote,)) == ["Nobody films a lesson without leave.", rewritten]
    html = write_html(document, Theme()).decode()
    assert f"<p><del>Nobody films a lesson without leave.</del></p>\n<p><ins>{rewritten}" in html


def test_moved_clause_says_from_where(report: Report) -> None:
    order = "{heading: One, id: one, clauses: [%s]}"
    old, new = (
        {
            "policies/rules.yaml": RULES.replace(
                "{heading: One, id: one, clauses: [m]}", order % listed
            )
        }
        for listed in ("m/a, m/b, m/c", "m/c, m/a, m/b")
    )
    document = report(old, new)
    assert titles(document) == ["1.1 Groups"]
    (note,) = notes(document)
    assert note.startswith("Moved from 1.3, with the same words.")
    assert not quotes(document)


def test_table_of_data_shows_only_the_rows_that_changed(report: Report) -> None:
    rules = RULES.replace("control: []", "control: [title, version, status]")
    document = report(
        {"policies/rules.yaml": rules},
        {"policies/rules.yaml": rules.replace('version: "1"', 'version: "2"')},
    )
    (table,) = (b for quote in quotes(document) for b in quote.blocks if isinstance(b, Table))
    assert [[plain_text(cell.children) for cell in row] for row in table.rows] == [
        ["Version", "1 2"]
    ]


def test_list_with_lost_items_does_not_count_them(report: Report) -> None:
    def listed(*items: str) -> Files:
        text = "".join(f"\n          {at}. {item}" for at, item in enumerate(items, 1))
        return {"clauses/m.yaml": f"\n    clauses:\n      a:\n        text: |{text}\n"}

    document = report(listed("Stop.", "Think about it.", "Go."), listed("Stop.", "Go."))
    (quote,) = quotes(document)
    assert [type(block) for block in quote.blocks] == [BulletList]
    document = report(listed("Stop.", "Think of it."), listed("Stop.", "Think about it."))
    (quote,) = quotes(document)
    assert [type(block) for block in quote.blocks] == [NumberedList]


# The page and the print --------------------------------------------------------


@pytest.fixture
def large(report: Report) -> Document:
    """Give a report with every kind of mark: words, whole paragraphs, table rows."""
    rules = RULES.replace("control: []", "control: [title, version, status]")
    new = rules.replace('version: "1"', 'version: "2"').replace("[m]", "[m/c, m/a, m/b, m/d]")
    more = clauses(MINOR, ("films", "records"), ("Groups", "Chats"))
    more["clauses/m.yaml"] += "  d: {heading: Glasses, text: No glasses that record.}\n"
    return report({"policies/rules.yaml": rules}, {"policies/rules.yaml": new, **more})


def test_page_marks_words_with_elements_and_needs_nothing_else(large: Document) -> None:
    html = write_html(large, Theme()).decode()
    assert "<del>films</del> <ins>records</ins>" in html
    assert "<del>bag</del> <ins>office</ins>" in html
    tree = lxml.html.document_fromstring(html)
    assert not tree.xpath("//script[@src] | //link[@href] | //iframe")
    assert not re.search(r"""(?:src=|url\()["']?(?!data:)\w""", html)


def test_page_offers_two_views_where_script_runs(large: Document) -> None:
    tree = lxml.html.document_fromstring(write_html(large, Theme()).decode())
    (views,) = (e for e in tree.iter("div") if e.get("class") == "views")
    assert views.get("role") == "group"
    assert views.get("aria-label")
    assert "hidden" in views.attrib
    assert [(b.text, b.get("aria-pressed")) for b in views.iter("button")] == [
        ("In line", "true"),
        ("Side by side", "false"),
    ]


def test_other_pages_offer_no_views() -> None:
    assert "Side by side" not in write_html(documents.every_node(), Theme()).decode()


@pytest.mark.parametrize("dark", [False, True])
def test_marks_are_readable(dark: bool) -> None:  # noqa: FBT001 a parameter of the test
    theme = Theme()
    light = theme.read("document.css").decode()
    _, _, at_night = theme.read("screen.css").decode().partition("(prefers-color-scheme: dark)")
    colours = {
        name: Colour.parse(value)
        for css in ((light, at_night) if dark else (light,))
        for name, value in re.findall(r"--([\w-]+): (#\w{6});", css)
    }
    for name in ("inserted", "deleted"):
        for ground in (f"{name}-tint", "ground"):
            assert contrast(colours[name], colours[ground]) >= READABLE, (name, ground)


def test_marks_differ_by_more_than_colour() -> None:
    css = Theme().read("document.css").decode()
    assert re.search(r"^ins \{[^}]*text-decoration: underline", css, re.MULTILINE)
    assert re.search(r"^del \{[^}]*text-decoration: line-through", css, re.MULTILINE)


def test_print_conforms_and_is_read_aloud_in_order(large: Document) -> None:
    pdf = write_pdf(large, Theme())
    found = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in found.failures] == []
    tagged = TaggedText(pdf)
    assert [word for word in tagged.text(tagged.root).split() if word != "•"] == words(large)
