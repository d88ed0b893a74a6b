"""The list of documents is complete, and says in words what is urgent."""

from __future__ import annotations

import dataclasses
import datetime as dt

import lxml.html

import documents
from policygen.writers.index import Index, IndexEntry, write_index
from policygen.writers.theme import Theme

POLICY = IndexEntry(
    school_id="alder",
    school="Alder <b>School</b>",
    kind="policy",
    title="Social Media & more",
    version="2.1",
    status="Final",
    adopted="16 November 2026",
    next_review="1 October 2027",
    next_review_on=dt.date(2027, 10, 1),
    overdue=False,
    due_soon=False,
    draft_reason="",
    links=(("Web page", "alder/social.html"), ("PDF", 'alder/"social".pdf')),
)
LATE = dataclasses.replace(
    POLICY,
    school_id="birch",
    school="Birch",
    next_review="1 October 2026",
    next_review_on=dt.date(2026, 10, 1),
    overdue=True,
    due_soon=True,
)
SOON = dataclasses.replace(POLICY, title="Acceptable Use", due_soon=True)
FAILED = dataclasses.replace(POLICY, title="Broken", draft_reason="no <answer>", links=())
DRAFT = dataclasses.replace(POLICY, title="Draft", status="Draft", draft_reason="not approved")
FORM = dataclasses.replace(POLICY, kind="form", title="Staff agreement")


def tree_of(*entries: IndexEntry) -> lxml.html.HtmlElement:
    index = Index("Fernhill <Trust>", "#1f4e79", dt.date(2026, 11, 20), documents.LOGO, entries)
    return lxml.html.document_fromstring(write_index(index, Theme()).decode())


def texts(tree: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def test_lists_every_policy_by_school_and_title() -> None:
    tree = tree_of(LATE, POLICY, SOON, FORM)
    assert texts(tree, "//tbody/tr/td[1]") == ["Alder <b>School</b>"] * 2 + ["Birch"]
    assert texts(tree, "//tbody/tr/th") == ["Acceptable Use", *["Social Media & more"] * 2]


def test_says_in_words_what_is_urgent() -> None:
    tree = tree_of(POLICY, LATE, SOON, FAILED, DRAFT)
    assert texts(tree, "//ul[@class='summary']/li") == [
        "1 overdue for review",
        "1 not built",
        "1 due for review soon",
        "1 in draft",
        "5 documents in all",
    ]
    late, failed = sorted(texts(tree, "//section[@class='urgent']//li"))[::-1]
    assert late.endswith("Birch: review was due 1 October 2026")
    assert failed == "Broken, Alder <b>School</b>: not built: no <answer>"
    assert "1 October 2026Overdue" in texts(tree, "//tbody/tr/td[5]")
    assert "1 October 2027Due soon" in texts(tree, "//tbody/tr/td[5]")
    assert "Not built" in texts(tree, "//tbody/tr/td[6]")


def test_nothing_urgent_is_said_too() -> None:
    tree = tree_of(POLICY)
    assert texts(tree, "//ul[@class='summary']/li")[0] == "0 overdue for review"
    assert not tree.xpath("//section[@class='urgent']")


def test_links_name_their_document() -> None:
    tree = tree_of(POLICY)
    assert tree.xpath("//tbody//a/@href") == ["alder/social.html", 'alder/"social".pdf']
    assert texts(tree, "//tbody//a")[1] == "PDF of Social Media & more, Alder <b>School</b>"


def test_forms_stand_below_their_school() -> None:
    tree = tree_of(FORM, POLICY)
    assert texts(tree, "//section[@class='forms']//h3") == ["Alder <b>School</b>"]
    assert len(tree.xpath("//section[@class='forms']//li[@data-line]")) == 1


def test_needs_nothing_else() -> None:
    tree = tree_of(POLICY, FORM)
    assert all(src.startswith("data:") for src in tree.xpath("//@src"))
    assert not tree.xpath("//link | //script[@src]")


def test_may_be_empty() -> None:
    assert texts(tree_of(), "//ul[@class='summary']/li")[-1] == "0 documents in all"
