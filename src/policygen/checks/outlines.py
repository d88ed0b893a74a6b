"""What a policy's outline names, without making the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.policies import Generate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.model.library import Library
    from policygen.model.policies import Appendix, PolicyFields, Section


def clauses_of(library: Library, policy: PolicyFields) -> list[str]:
    """Give the clauses a policy names, modules unfolded, each once, in order."""
    parts: list[Section | Appendix] = [*(policy.sections or ()), *(policy.appendices or ())]
    return list(dict.fromkeys(_clauses(library, parts)))


def _clauses(library: Library, sections: Iterable[Section | Appendix]) -> Iterator[str]:
    for section in sections:
        for item in (*section.intro, *section.clauses):
            if not isinstance(item, Generate):
                yield from library.modules.get(str(item), (str(item),))
        yield from _clauses(library, section.sections)
