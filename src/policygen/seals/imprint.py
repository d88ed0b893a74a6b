"""What a file says of itself: which document it is, in which wording, and its digests."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from policygen.document import is_redline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self

    from policygen.document import Document

BLANK = "0" * 64
"""What stands in a file where a digest goes, while that is taken."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONGEST = 300
"""Characters of the longest value that is believed."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """Which document a file is. ``school`` is an id or ``trust``; ``policy`` is the policy that
    prints a form, "" where none does; ``wording`` is the whole wording fingerprint.

    ``words`` is the digest of what stands here and of the words of the file; ``shown`` that of
    all that a PDF draws; ``file`` that of every byte. "" is one that the file doesn't have.
    """

    school: str = ""
    kind: str = ""
    id: str = ""
    policy: str = ""
    version: str = ""
    wording: str = ""
    words: str = ""
    shown: str = ""
    file: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Self | None:
        """Give the imprint that a file's values make; None where they say of no document."""
        known = {field.name for field in fields(cls)}
        kept = {
            name: value for name, value in values.items() if name in known and len(value) < _LONGEST
        }
        for name in ("wording", "words", "shown", "file"):
            if not _DIGEST.fullmatch(kept.get(name, "")):
                kept[name] = ""
        found = cls(**kept)
        return found if found.wording and found.school and found.id else None

    @property
    def values(self) -> dict[str, str]:
        """What a file holds, by name; without what is empty."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value}

    def digest(self, words: Iterable[str]) -> str:
        """Give the digest of which document it is and of its words, of which none holds a line
        end: 64 hexadecimal digits."""
        bare = replace(self, words="", shown="", file="")
        values = (f"{name}={value}" for name, value in bare.values.items())
        return digest((*values, "", "\n".join(words)))


def imprint_of(document: Document) -> Imprint | None:
    """Give the imprint of a document that goes into a file of its own; None for one that is
    no policy or form, belongs to nobody or holds two versions."""
    if document.kind not in {"policy", "form"} or not document.school_id or is_redline(document):
        return None
    return Imprint(
        document.school_id,
        document.kind,
        document.id,
        document.policy_id if document.policy_id != document.id else "",
        document.version,
        document.fingerprint,
    )


def digest(pieces: Iterable[str | bytes]) -> str:
    """Give the SHA-256 digest of pieces, which is another where they are parted otherwise."""
    found = hashlib.sha256()
    for piece in pieces:
        data = piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()
