"""The bundled fonts: what each covers and which faces a text needs.

Families stand in order in ``coverage.json``: a character comes from the first that has
it. Coverage is listed there beforehand, so that no font file is opened to look.
"""

from __future__ import annotations

import functools
import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.document import lines
from policygen.writers.theme import bundled_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from policygen.document import Document

FOLDER = "fonts"
"""The folder of a theme that holds fonts."""

COVERAGE = f"{FOLDER}/coverage.json"

REGULAR = 400
BOLD = 700

_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Categories of characters that need no glyph."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file; ``name`` is its path in a theme."""

    family: str
    name: str
    weight: int
    italic: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Faces with the same characters."""

    name: str
    faces: tuple[Face, ...]
    characters: frozenset[str]

    @property
    def whole(self) -> bool:
        """Whether text is set in it: it has italics."""
        return any(face.italic for face in self.faces)


@functools.cache
def families() -> tuple[Family, ...]:
    """Give the bundled families, first choice first."""
    listed = json.loads((bundled_templates() / COVERAGE).read_text(encoding="utf-8"))
    return tuple(
        Family(
            entry["family"],
            tuple(
                Face(entry["family"], f"{FOLDER}/{face['file']}", face["weight"], face["italic"])
                for face in entry["faces"]
            ),
            frozenset(chr(c) for first, last in entry["ranges"] for c in range(first, last + 1)),
        )
        for entry in listed
    )


def uncovered(text: str) -> str:
    """Give the characters of ``text`` that no bundled font has, each once, in order."""
    missing = _visible(text).difference(*(family.characters for family in families()))
    return "".join(dict.fromkeys(char for char in text if char in missing))


def families_for(text: str) -> tuple[Family, ...]:
    """Give the families that ``text`` needs; the first one always."""
    first, *others = families()
    left = _visible(text) - first.characters
    needed = [first]
    for family in others:
        if left & family.characters:
            needed.append(family)
            left -= family.characters
    return tuple(needed)


def faces_for(text: str, italics: Collection[int] = ()) -> tuple[Face, ...]:
    """Give the faces that ``text`` needs, with italics of the weights ``italics``.

    Where a family stands in for single characters its regular face is enough: a browser
    makes it bolder.
    """
    return tuple(
        face
        for family in families_for(text)
        for face in family.faces
        if (face.weight in italics if face.italic else family.whole or face.weight == REGULAR)
    )


def document_text(document: Document) -> str:
    """Give all that a writer prints of a document, to choose fonts by."""
    return "\n".join((*lines(document), document.running_head, document.running_foot))


def font_faces(faces: Iterable[Face], url: Callable[[Face], str]) -> str:
    """Give the ``@font-face`` rules for ``faces``, each at the address ``url`` gives."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"font-style: {'italic' if face.italic else 'normal'}; "
        f'font-display: block; src: url("{url(face)}") format("woff2"); }}'
        for face in faces
    )


def _visible(text: str) -> frozenset[str]:
    return frozenset(char for char in set(text) if unicodedata.category(char) not in _UNSEEN)
