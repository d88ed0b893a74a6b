"""Laws and guidance by the names that texts give them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.model.templates import Call
from policygen.model.texts import last_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from policygen.checks.prose import Passage
    from policygen.model.library import Library
    from policygen.model.trust import Reference

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TRAILING_YEAR = re.compile(r"[\s,]*\(?\b(?:19|20)\d\d\)?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a passage that names a reference; ``cited`` where ``cite()`` prints it."""

    start: int
    end: int
    reference_id: str
    cited: bool = False


def is_over(reference: Reference, as_of: dt.date) -> bool:
    """Whether a law or guidance is no longer in force on a day."""
    ended = reference.until is not None and last_day(reference.until) < as_of
    return ended or reference.status in {"superseded", "repealed"}


def years(text: str) -> tuple[str, ...]:
    """Give the years a text names."""
    return tuple(_YEAR.findall(text))


def what_came_after(library: Library, reference: Reference) -> str:
    """Give what to name in place of a reference that is over, "" where nobody says."""
    after = reference.superseded_by
    found = library.references.get(str(after)) if after is not None else None
    return str(found.citation) if found else ""


class Names:
    """Finds the names of a library's references; of two at one place, the longer."""

    def __init__(self, library: Library, as_of: dt.date) -> None:
        self.library = library
        self.as_of = as_of

    @functools.cached_property
    def by_name(self) -> dict[str, str]:
        """The references by name, its case folded where it has several words: capitals come
        and go in titles. What is in force goes by a name that several have."""
        found: dict[str, str] = {}
        for over in (True, False):
            for reference_id, reference in self.library.references.items():
                if is_over(reference, self.as_of) is over:
                    names = map(_folded, _names(reference, over=over))
                    found.update(dict.fromkeys(names, reference_id))
        return found

    @functools.cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self.by_name, key=lambda name: (-len(name), name))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_spelt, names))})(?!\w)")

    @functools.cached_property
    def _capitals(self) -> frozenset[str]:
        return frozenset(name[:4].casefold() for name in self.by_name)

    def mentions(self, passage: Passage) -> Iterator[Mention]:
        """Give what a passage names."""
        words = passage.prose
        for at, slot in passage.slotted:
            if isinstance(slot, Call) and slot.function == "cite":
                yield Mention(at, at + 1, slot.argument, cited=True)
        folded = words.casefold()
        if self.by_name and any(start in folded for start in self._capitals):
            for match in self._pattern.finditer(words):
                yield Mention(*match.span(), self.by_name[_folded(match[0])])


def _folded(name: str) -> str:
    words = name.split()
    return " ".join(words).casefold() if len(words) > 1 else name


def _spelt(name: str) -> str:
    """Give the pattern of a name: the case of an abbreviation counts, that of a title not."""
    words = name.split()
    pattern = r"\s+".join(map(re.escape, words))
    return f"(?i:{pattern})" if len(words) > 1 else pattern


def _names(reference: Reference, *, over: bool) -> Iterator[str]:
    """Give the names of a reference: title and aliases; with its edition where it is over,
    without where it is in force, so that another edition's year is seen behind it."""
    for line in (reference.title, *reference.aliases):
        name = " ".join(line.split())
        yield name
        if not over and reference.edition:
            bare = _TRAILING_YEAR.sub("", name)
            if bare != name and set(years(name)) <= set(years(str(reference.edition))):
                yield bare
        if over and reference.edition and not years(name):
            yield f"{name} {reference.edition}"
            yield f"{name} ({reference.edition})"
