"""The tag tree of a PDF, brought from what WeasyPrint writes to what PDF/UA-1 asks for.

WeasyPrint builds the tree; ``Finisher`` is its hook before the file is written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pydyf

from policygen.writers.html.fields import BEFORE_CHOICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Element = Any
"""A structure element or another PDF dictionary; pydyf has no types."""

_EMPTY_TELLS_NOTHING = frozenset({"/Div", "/NonStruct", "/P", "/Span", "/Sect", "/Part"})


@dataclass(frozen=True, slots=True)
class Finisher:
    """Mends the tags of a PDF. ``names`` are what to call the places that links lead to."""

    names: Mapping[str, str]

    def __call__(self, document: Any, pdf: Any) -> None:  # noqa: ANN401
        """Mend ``pdf`` before WeasyPrint writes it."""
        tree = _Tree(document, pdf)
        tree.prune()
        tree.set_aside_what_is_left()
        elements = list(tree.elements())
        for element in elements:
            tree.nest_lists(element)
        for element in elements:
            match element.get("S"):
                case "/NonStruct":
                    tree.give_contents_its_tags(element)
                case "/LI":
                    tree.give_body(element)
                case "/TH":
                    tree.give_scope(element)
                case "/TD":
                    _drop_no_headers(element)
                case "/Link":
                    tree.gather_annotations(element)
                case _:
                    pass
        self._describe_links(pdf)
        _name_choices(pdf)
        _lay_open(pdf)

    def _describe_links(self, pdf: Any) -> None:  # noqa: ANN401
        for entry in pdf.objects:
            if isinstance(entry, dict) and entry.get("Subtype") == "/Link" and "Dest" in entry:
                anchor = entry["Dest"].string
                entry["Contents"] = pydyf.String(self.names.get(anchor, anchor))


def _name_choices(pdf: Any) -> None:  # noqa: ANN401
    """Name a group of choices by its question; the choices are its own, have no name and
    are no fields of the form's (ISO 32000-1, 12.7.2), among which WeasyPrint puts them."""
    for entry in pdf.objects:
        if not isinstance(entry, dict) or "Kids" not in entry or entry.get("FT") != "/Btn":
            continue
        question, _, _choice = entry["TU"].string.rpartition(BEFORE_CHOICE)
        entry["TU"] = pydyf.String(question)
        for reference in entry["Kids"]:
            kid = pdf.objects[int(reference.split()[0])]
            del kid["T"]
            kid["TU"] = pydyf.String(kid["TU"].string.replace(BEFORE_CHOICE, ": "))
            pdf.catalog["AcroForm"]["Fields"].remove(reference)


def _lay_open(pdf: Any) -> None:  # noqa: ANN401
    """Store the XMP packet unpacked, so that any program can find it (ISO 32000-1, 14.3.2)."""
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Stream) and entry.extra.get("Type") == "/Metadata":
            entry.compress = False


class _Tree:
    def __init__(self, document: Any, pdf: Any) -> None:  # noqa: ANN401
        self._pdf = pdf
        self._pages = len(document.pages)
        self._page_numbers = {page: number for number, page in enumerate(pdf.page_references)}
        self._root = self._at(pdf.catalog["StructTreeRoot"])
        self._owners = self._at(self._root["ParentTree"])["Nums"]

    def elements(self, of: Element = None) -> Iterator[Element]:
        """Give every element of the tree, parents first."""
        for element in self._kids(self._root if of is None else of):
            yield element
            yield from self.elements(element)

    def prune(self, element: Element = None) -> None:
        """Take out pictures without a description, which are decoration, and elements
        with nothing in them."""
        element = self._root if element is None else element
        for kid in list(element["K"]):
            inner = self._element(kid)
            if inner is None:
                continue
            self.prune(inner)
            decoration = inner["S"] == "/Figure" and not inner.get("Alt")
            if decoration or (inner["S"] in _EMPTY_TELLS_NOTHING and not inner["K"]):
                element["K"].remove(kid)

    def set_aside_what_is_left(self) -> None:
        """Mark content outside the tree as artifacts: running lines, decoration."""
        inside = {id(element) for element in self.elements()}
        outside: dict[bytes, set[int]] = defaultdict(set)
        for element in self._pdf.objects:
            if not _is_element(element) or id(element) in inside:
                continue
            outside[element.get("Pg", b"")].update(
                kid for kid in element["K"] if isinstance(kid, int)
            )
            element.clear()  # pydyf miscounts when an object is free
        for page, marks in outside.items():
            if marks:
                self._make_artifacts(self._at(page), marks)

    def give_contents_its_tags(self, element: Element) -> None:
        """Make a list right inside ``element`` a table of contents: such a list stands
        in a ``nav``, which is all that WeasyPrint has no tag for and that holds lists."""
        for inner in self._kids(element):
            if inner["S"] == "/L":
                self._make_contents(inner)

    def nest_lists(self, element: Element) -> None:
        """Move a list that stands behind the item it belongs to into that item."""
        if element["S"] != "/L":
            return
        item = None
        for kid in list(element["K"]):
            inner = self._at(kid)
            if inner["S"] == "/LI":
                item = inner
            elif inner["S"] == "/L" and item is not None:
                element["K"].remove(kid)
                inner["P"] = item.reference
                item["K"].append(kid)
                item["K"].sort(key=self._place)

    def give_body(self, item: Element) -> None:
        """Put the content of a list item into its one ``LBody``."""
        labels = [kid for kid in item["K"] if self._tag(kid) == "/Lbl"]
        content = [kid for kid in item["K"] if self._tag(kid) != "/Lbl"]
        if len(content) == 1 and self._tag(content[0]) == "/LBody":
            return
        body = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": "/LBody",
                "K": pydyf.Array(content),
                "Pg": item["Pg"],
                "P": item.reference,
            }
        )
        self._pdf.add_object(body)
        for kid in content:
            inner = self._element(kid)
            if inner is None:
                continue
            inner["P"] = body.reference
            if inner["S"] == "/LBody":
                inner["S"] = "/Div"
        item["K"] = pydyf.Array([*labels, body.reference])

    def give_scope(self, cell: Element) -> None:
        """Say whether a header cell heads a column or a row."""
        row = self._at(cell["P"])
        heads_row = any(self._tag(kid) == "/TD" for kid in row["K"])
        group = self._at(row["P"])["S"]
        cell["A"]["Scope"] = "/Row" if heads_row and group != "/THead" else "/Column"

    def gather_annotations(self, link: Element) -> None:
        """Leave a link one annotation a line: its own, or else those of the elements
        inside it, for WeasyPrint gives one to each."""
        own = [kid for kid in link["K"] if self._tag(kid) == "/OBJR"]
        for holder, kid in list(self._inner_annotations(link)):
            holder["K"].remove(kid)
            reference = self._at(kid)["Obj"]
            annotation = self._at(reference)
            if own:
                self._at(self._at(kid)["Pg"])["Annots"].remove(reference)
            else:
                link["K"].append(kid)
            self._own(annotation["StructParent"], link.reference)

    def _inner_annotations(self, element: Element) -> Iterator[tuple[Element, bytes]]:
        for inner in self._kids(element):
            yield from ((inner, kid) for kid in inner["K"] if self._tag(kid) == "/OBJR")
            yield from self._inner_annotations(inner)

    def _make_contents(self, listed: Element) -> None:
        listed["S"] = "/TOC"
        for entry in self._kids(listed):
            entry["S"] = "/TOCI"
            parts = pydyf.Array()
            for kid in entry["K"]:
                if self._tag(kid) != "/LBody":
                    parts.append(kid)
                    continue
                # A list item's body has no place in an entry of the contents.
                body = self._at(kid)
                parts.extend(body["K"])
                body.clear()
            entry["K"] = parts
            for inner in self._kids(entry):
                inner["P"] = entry.reference
                if inner["S"] == "/L":
                    self._make_contents(inner)

    def _place(self, kid: bytes) -> tuple[int, int]:
        """Give where an element's content starts: the page, and the mark on it."""
        element = self._at(kid)
        if element["S"] == "/Lbl":
            return (-1, -1)  # WeasyPrint draws labels last
        marks = [
            (self._page_numbers[element["Pg"]], inner)
            if isinstance(inner, int)
            else self._place(inner)
            for inner in element["K"]
            if isinstance(inner, int) or self._element(inner) is not None
        ]
        return min((mark for mark in marks if mark >= (0, 0)), default=(-1, -1))

    def _own(self, key: int, owner: bytes) -> None:
        # After a pair for each page the number tree has a pair for each annotation.
        place = self._owners.index(key, 2 * self._pages)
        self._owners[place + 1] = owner

    def _make_artifacts(self, page: Element, marks: set[int]) -> None:
        stream = self._at(page["Contents"]).stream
        for place in range(len(stream) - 1, 1, -1):
            if stream[place] == b"BDC" and _mark(stream[place - 1]) in marks:
                stream[place - 2 : place + 1] = ["/Artifact", b"BMC"]
        owners = self._owners[self._owners.index(page["StructParents"]) + 1]
        for mark in marks:
            owners[mark] = "null"

    def _kids(self, element: Element) -> Iterator[Element]:
        for kid in element["K"]:
            inner = self._element(kid)
            if inner is not None:
                yield inner

    def _at(self, reference: bytes | str) -> Element:
        return self._pdf.objects[int(reference.split()[0])]

    def _tag(self, kid: object) -> str | None:
        """Give the tag of a kid; an annotation's is "/OBJR", plain content has none."""
        if isinstance(kid, int):
            return None
        entry = self._at(kid)  # type: ignore[arg-type]
        tag: str | None = entry.get("S", entry.get("Type"))
        return tag

    def _element(self, kid: object) -> Element | None:
        if isinstance(kid, int):
            return None
        entry = self._at(kid)  # type: ignore[arg-type]
        return entry if _is_element(entry) else None


def _is_element(entry: object) -> bool:
    return isinstance(entry, dict) and entry.get("Type") == "/StructElem"


def _mark(properties: object) -> object:
    return properties.get("MCID") if isinstance(properties, dict) else None


def _drop_no_headers(cell: Element) -> None:
    if not cell["A"].get("Headers", True):
        del cell["A"]["Headers"]
