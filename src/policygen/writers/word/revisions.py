"""Tracked changes: insertions and deletions that Word can accept and reject."""

from __future__ import annotations

from itertools import cycle, pairwise
from typing import TYPE_CHECKING

from policygen.writers.word.elements import style_of, tag, w

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from policygen.document import RevisionKind
    from policygen.writers.word.elements import Element

AUTHOR = "policygen"
_TIMES = ("T00:00:00Z", "T00:10:00Z")
"""The times of changes. LibreOffice (7.4) takes insertions at the end of one paragraph and at
the start of the next for one if they are of about the same minute. Rejecting it would join the
paragraphs, so that changes on both sides of a paragraph mark that stays have different times."""
_TAGS = {"insertion": "ins", "deletion": "del"}
_MARKS = frozenset({tag("ins"), tag("del")})
_ASIDE = frozenset({tag("pPr"), tag("bookmarkStart"), tag("bookmarkEnd")})
_IN_DELETIONS = {tag("t"): tag("delText"), tag("instrText"): tag("delInstrText")}


class Revisions:
    """The tracked changes of one document, all by one author, dated by the new version."""

    def __init__(self, day: dt.date) -> None:
        self._count = 0
        self._dates = [f"{day.isoformat()}{time}" for time in _TIMES]

    @property
    def used(self) -> bool:
        """Whether there are any."""
        return self._count > 0

    def mark(self, name: str, *content: Element) -> Element:
        """Give the element of an insertion (``ins``) or a deletion (``del``)."""
        self._count += 1
        return w(name, *content, id=self._count, author=AUTHOR, date=self._dates[0])

    def wrapped(self, kind: RevisionKind, content: Iterable[Element]) -> list[Element]:
        """Give runs as inserted or deleted. A link stays outside: it can't stand in a change."""
        name = _TAGS[kind]
        made: list[Element] = []
        for element in content:
            if element.tag == tag("hyperlink"):
                inner = self.wrapped(kind, list(element))
                element.extend(inner)
                made.append(element)
            elif made and made[-1].tag == tag(name):
                made[-1].append(element)
            else:
                made.append(self.mark(name, element))
        if not made:
            made = [self.mark(name)]
        if kind == "deletion":
            for element in made:
                _as_deleted(element)
        return made

    def settle(self, content: list[Element], gap: str) -> None:
        """Mark paragraphs and rows all of whose words are of one change as changed themselves.

        ``gap`` is the style of the empty paragraphs behind tables, which go with them.
        """
        paragraphs = [p for element in content for p in element.iter(tag("p"))]
        kinds = {p: kind for p in paragraphs if (kind := _kind(p))}
        for table in (t for element in content for t in element.iter(tag("tbl"))):
            self._settle_rows(table, kinds)
        self._settle_gaps(content, kinds, gap)
        _keep_the_last(content, kinds)
        for each, kind in kinds.items():
            self._mark_paragraph(each, kind)
        self._set_apart(paragraphs, kinds)
        for element in content:
            for parent in [*element.iter(tag("p"), tag("hyperlink"))]:
                for mark in [m for m in parent if m.tag in _MARKS and not len(m)]:
                    parent.remove(mark)

    def _settle_rows(self, table: Element, kinds: dict[Element, str]) -> None:
        for row in table.findall(tag("tr")):
            found = {kinds.get(p) for p in row.iter(tag("p"))}
            kind = found.pop() if len(found) == 1 else None
            if kind:
                row[0].append(self.mark(kind))

    @staticmethod
    def _settle_gaps(content: list[Element], kinds: dict[Element, str], gap: str) -> None:
        """Let the empty paragraphs around a table that is gone go with it."""
        for before, after in pairwise(content):
            for table, space in ((before, after), (after, before)):
                if table.tag == tag("tbl") and style_of(space) == gap and not _has_words(space):
                    found = {kinds.get(p) for p in table.iter(tag("p"))}
                    kind = found.pop() if len(found) == 1 else None
                    if kind:
                        kinds[space] = kind

    def _set_apart(self, paragraphs: list[Element], kinds: dict[Element, str]) -> None:
        """Give changes another time than those before a paragraph mark that stays."""
        dates = cycle(self._dates)
        date = next(dates)
        for each in paragraphs:
            for change in each.iter(*_MARKS):
                change.set(tag("date"), date)
            if kinds.get(each) != "ins" and each.find(f".//{tag('ins')}") is not None:
                date = next(dates)

    def _mark_paragraph(self, each: Element, kind: str) -> None:
        properties = each.find(tag("pPr"))
        if properties is None:
            properties = w("pPr")
            each.insert(0, properties)
        properties.append(w("rPr", self.mark(kind)))


def _keep_the_last(content: list[Element], kinds: dict[Element, str]) -> None:
    """Leave the last paragraph in both versions: a document can't lose it.

    If what stands before it goes when it comes, both are made one paragraph. Else the mark
    of the one before it is changed in its place, which comes to the same words.
    """
    last = content[-1] if content else None
    if last is None or last.tag != tag("p") or last not in kinds:
        return
    kind = kinds.pop(last)
    for index in range(len(content) - 2, -1, -1):
        other = content[index]
        if other.tag != tag("p"):
            return
        if kinds.get(other) == kind:
            continue
        if other in kinds:
            del kinds[other]
            moved = [child for child in other if child.tag not in _ASIDE]
            at = next((i for i, child in enumerate(last) if child.tag not in _ASIDE), len(last))
            last[at:at] = moved
            content.remove(other)
        else:
            kinds[other] = kind
        return


def _kind(paragraph: Element) -> str | None:
    """Give the change that all of a paragraph's content stands in."""
    found: set[str] = set()
    for child in paragraph:
        if child.tag in _ASIDE:
            continue
        inner = list(child) if child.tag == tag("hyperlink") else [child]
        found.update(str(each.tag) for each in inner)
    if len(found) != 1 or not found <= _MARKS:
        return None
    return "ins" if found == {tag("ins")} else "del"


def _as_deleted(element: Element) -> None:
    for inner in element.iter(*_IN_DELETIONS):
        inner.tag = _IN_DELETIONS[inner.tag]


def _has_words(element: Element) -> bool:
    return any(True for _ in element.iter(tag("t"), tag("delText"), tag("drawing")))
