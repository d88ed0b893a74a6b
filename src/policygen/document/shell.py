"""The document around the blocks: everything else a writer needs to print it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policygen.document.nodes import Text
from policygen.document.plain import plain_text

if TYPE_CHECKING:
    import datetime as dt

    from policygen.document.nodes import Asset, Blocks, Inlines


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of the line under the title: "Version" "2.1"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the blocks, line by line: at their head and on each page.

    ``facts`` are labels, with their colons, and values. ``fingerprint`` is the short one.
    """

    masthead: tuple[Inlines, ...]
    title: Inlines
    facts: tuple[tuple[Inlines, Inlines], ...]
    running_head: Inlines
    running_foot: Inlines
    fingerprint: Inlines


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a writer needs to print one document, and nothing else.

    Writers print, in this order: the masthead (``organisation``, then ``trust`` where
    it differs, beside the logo), the title, the facts as "Label: value" pieces, then
    ``blocks``. Each page carries ``running_head`` and ``running_foot``.

    ``mark`` is "DRAFT", "WITHDRAWN" or "" and stands on every page. ``issued`` is the
    document's own date (of its version), never today's. ``fingerprint`` is the full
    wording fingerprint, 64 hexadecimal digits.

    A sheet made for one person has a ``code`` to know it by, which stands behind the
    masthead with its picture to scan and on the foot of each page, and a ``bookmark``, by
    which it is found in a file of many. ``office-paper`` is what a school's office
    keeps: covers, registers, lists.

    ``school_id`` is whose document it is, ``trust`` for the trust's own, and ``policy_id`` the
    policy that it is or that prints the form: they say in a file which document it is.

    In a redline all this is the new version's; ``marked`` are the lines of both versions,
    with what changed marked.
    """

    id: str
    kind: Literal["policy", "form", "report", "office-paper"]
    title: Inlines
    organisation: str
    short_name: str
    trust: str
    blocks: Blocks
    version: str = ""
    status: str = ""
    facts: tuple[Fact, ...] = ()
    mark: Literal["DRAFT", "WITHDRAWN", ""] = ""
    colour: str = "#1f4e79"
    logo: Asset | None = None
    language: str = "en-GB"
    issued: dt.date | None = None
    fingerprint: str = ""
    code: str = ""
    code_picture: Asset | None = None
    bookmark: str = ""
    marked: Furniture | None = None
    school_id: str = ""
    policy_id: str = ""

    @property
    def furniture(self) -> Furniture:
        """The lines around the blocks, in a redline those of both versions."""
        return self.marked or Furniture(
            masthead=tuple(_run(line) for line in self.masthead),
            title=self.title,
            facts=tuple((_run(f"{fact.label}:"), _run(fact.value)) for fact in self.facts),
            running_head=_run(self.running_head),
            running_foot=_run(self.running_foot),
            fingerprint=_run(self.short_fingerprint),
        )

    @property
    def plain_title(self) -> str:
        """The title without markup, for metadata."""
        return plain_text(self.title)

    @property
    def masthead(self) -> tuple[str, ...]:
        """The lines beside the logo: the school and, where it is another, the trust."""
        lines = (self.organisation, self.trust)
        return tuple(dict.fromkeys(line for line in lines if line))

    @property
    def running_head(self) -> str:
        """The line at the head of each page: short school name and title."""
        title = self.plain_title
        return title if self.short_name in title else f"{self.short_name} · {title}"

    @property
    def running_foot(self) -> str:
        """The line at the foot of each page, at left: version and status, a sheet's code."""
        version = f"Version {self.version}" if self.version else ""
        return " · ".join(part for part in (version, self.status, self.code) if part)

    @property
    def short_fingerprint(self) -> str:
        """The first eight digits of the fingerprint, as printed in the foot."""
        return self.fingerprint[:8]


def _run(words: str) -> Inlines:
    return (Text(words),) if words else ()
