"""PDFs joined into one, tags, page numbers' owners and bookmarks included.

No library joins the tag trees of PDFs; pikepdf copies their objects, and what follows
from that (ISO 32000-1, 14.7.4) is done here.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, OutlineItem, Page, Pdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pikepdf import Object


def joined(parts: Iterable[bytes], title: str) -> bytes:
    """Give tagged PDFs, one at least, as one with this title. Links inside them are not kept."""
    first, *rest = parts
    with Pdf.open(io.BytesIO(first)) as whole:
        marks = list(_bookmarks(whole, 0))
        for part in rest:
            with Pdf.open(io.BytesIO(part)) as added:
                marks += _bookmarks(added, len(whole.pages))
                _append(whole, added)
        if marks:
            with whole.open_outline() as outline:
                outline.root[:] = [OutlineItem(name, page) for name, page in marks]
        with whole.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
        whole.docinfo["/Title"] = title
        written = io.BytesIO()
        whole.save(
            written,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return written.getvalue()


def _append(whole: Pdf, added: Pdf) -> None:
    """Add the pages of a PDF and its part of the tree."""
    start = len(whole.pages)
    whole.pages.extend(added.pages)
    tree = whole.Root.StructTreeRoot
    # The pages are there already, so that what the tree says of them is found.
    more = whole.copy_foreign(added.Root.StructTreeRoot)
    shift = max(int(key) for key in _keys(tree)) + 1
    for page in list(whole.pages)[start:]:
        for owned in _owned(page):
            owned.StructParents = int(owned.StructParents) + shift
        for annotation in page.obj.get("/Annots", Array()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + shift
    owners = more.ParentTree.Nums
    for place in range(0, len(owners), 2):
        tree.ParentTree.Nums.append(int(owners[place]) + shift)
        tree.ParentTree.Nums.append(owners[place + 1])
    document, again = _first(tree), _first(more)
    for element in again.K:
        element.P = document
        document.K.append(element)


def _owned(page: Page) -> Iterator[Object]:
    if "/StructParents" in page.obj:
        yield page.obj


def _keys(tree: Object) -> list[Object]:
    return list(tree.ParentTree.Nums)[::2]


def _first(tree: Object) -> Object:
    kids = tree.K
    return kids[0] if isinstance(kids, Array) else kids


def _bookmarks(part: Pdf, start: int) -> Iterator[tuple[str, int]]:
    """Give the bookmarks of a PDF with the pages they lead to, counted on from ``start``."""
    pages = {page.obj.objgen: number for number, page in enumerate(part.pages, start)}
    with part.open_outline() as outline:
        for item in outline.root:
            if isinstance(item.destination, Array):
                yield str(item.title), pages[Page(item.destination[0]).obj.objgen]
