"""The words of the finished files, as other programs than ours read them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import lxml.html

from acceptance.programs import output, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BULLETS = frozenset("•–◦▪☐☑")
_PIECE = re.compile(r'^( *)(?:"(.*)"|(\S+).*)$')
_PAGE_NUMBER = re.compile(r"\t\d+$")
_APART = frozenset({"P", "TD", "TH", "Lbl", "LI", "TOCI", *(f"H{level}" for level in range(1, 7))})


def without_bullets(words: list[str]) -> list[str]:
    """Give words without the marks of bullets and boxes."""
    return [word for word in words if word not in BULLETS]


def html_words(path: Path) -> list[str]:
    """Give the words of ``main``, with the numbers that a browser counts for lists."""
    tree = lxml.html.document_fromstring(path.read_bytes())
    (main,) = tree.iter("main")
    return without_bullets("".join(_html_text(main)).split())


def _html_text(element: lxml.html.HtmlElement) -> Iterator[str]:
    count = int(element.get("start", "1"))
    yield element.text or ""
    for child in element:
        if element.tag == "ol":
            yield f"{count}. "
            count += 1
        if isinstance(child.tag, str):
            yield from _html_text(child)
        yield child.tail or ""


def pdf_words(path: Path) -> list[str]:
    """Give the words of a tagged PDF as Poppler reads its tags aloud.

    Left out are page numbers of the contents, which stand outside their entries' links,
    and the header that a table has again on its next page.
    """
    tree = _tag_tree(output(program("pdfinfo"), "-struct-text", path))
    return without_bullets("".join(_read_aloud(tree)).split())


@dataclass
class _Tag:
    """A tag of a PDF with the tags and texts in it."""

    name: str
    kids: list[_Tag | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        inner = "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)
        return f"\n{inner}\n" if self.name in _APART else inner


def _tag_tree(print_: str) -> _Tag:
    root = _Tag("")
    above: list[tuple[int, _Tag]] = [(-1, root)]
    for line in _tag_lines(print_):
        match = _PIECE.match(line)
        if match is None:
            continue
        depth = len(match[1])
        while above[-1][0] >= depth:
            above.pop()
        parent = above[-1][1]
        if match[2] is not None:
            parent.kids.append(match[2])
            continue
        tag = _Tag(match[3].rstrip(":"))
        parent.kids.append(tag)
        above.append((depth, tag))
    return root


def _tag_lines(print_: str) -> Iterator[str]:
    """Give the lines of Poppler's print; a text that holds a line's end is one line."""
    pending = ""
    for line in print_.splitlines():
        pending = f"{pending} {line}" if pending else line
        if pending.lstrip().startswith('"') and not pending.endswith('"'):
            continue
        yield pending
        pending = ""


def _read_aloud(tree: _Tag) -> Iterator[str]:
    header = ""
    for tag in _parts(tree):
        if tag.name == "Table":
            heads = [kid for kid in tag.kids if isinstance(kid, _Tag) and kid.name == "THead"]
            again = "".join(head.text for head in heads)
            shown = [kid for kid in tag.kids if again != header or kid not in heads]
            header = again
            yield _Tag(tag.name, shown).text
            continue
        text = tag.text
        if text.strip():
            header = ""
        yield text


def _parts(tag: _Tag) -> Iterator[_Tag]:
    """Give tables, blocks and texts on their own in order, whatever they are wrapped in."""
    for kid in tag.kids:
        if isinstance(kid, str):
            yield _Tag("", [kid])
        elif kid.name == "TOCI":
            yield _Tag("P", list(_links(kid)))
        elif kid.name == "Table" or kid.name in _APART:
            yield kid
        else:
            yield from _parts(kid)


def _links(tag: _Tag) -> Iterator[_Tag]:
    for kid in tag.kids:
        if isinstance(kid, _Tag):
            if kid.name == "Link":
                yield kid
            else:
                yield from _links(kid)


def libreoffice_words(path: Path) -> list[str]:
    """Give the words of the text that LibreOffice made of a Word file, numbers and all."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return without_bullets(" ".join(_PAGE_NUMBER.sub("", line) for line in lines).split())
