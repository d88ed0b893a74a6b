"""A library that notes which sources are read of it: what documents are made from.

A look-up that finds nothing counts as well, since a new file would change what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygen.model.library import Library

T = TypeVar("T")


def traced(library: Library) -> tuple[Library, set[str]]:
    """Give a library like this one, and the set that fills with what is read of it: paths
    of sources, and ``names of …`` where it matters which records there are."""
    read = {"trust.yaml"}

    def noted(kind: str, data: Mapping[str, T], path: Callable[[str], str]) -> Mapping[str, T]:
        return _Noted(data, lambda name: read.add(names_of(kind) if name is None else path(name)))

    return (
        replace(
            library,
            settings=noted("settings", library.settings, lambda _: "settings.yaml"),
            references=noted("references", library.references, lambda _: "references.yaml"),
            clauses=noted("clauses", library.clauses, _module),
            modules=noted("modules", library.modules, _module),
            policies=noted("policies", library.policies, lambda name: f"policies/{name}.yaml"),
            forms=noted("forms", library.forms, lambda name: f"forms/{name}.yaml"),
            schools=noted("schools", library.schools, lambda name: f"schools/{name}.yaml"),
            approvals=noted("approvals", library.approvals, lambda name: f"approvals/{name}.yaml"),
            assets=noted("assets", library.assets, str),
        ),
        read,
    )


def names_of(kind: str) -> str:
    """Say that it matters which records of a kind there are, in which order."""
    return f"names of {kind}"


def names_in(library: Library) -> dict[str, list[str]]:
    """Give the records there are, by kind."""
    kinds = ("settings", "references", "clauses", "modules", "policies", "forms", "schools")
    return {
        names_of(kind): [str(name) for name in getattr(library, kind)]
        for kind in (*kinds, "approvals", "assets")
    }


def _module(clause: str) -> str:
    return f"clauses/{clause.partition('/')[0]}.yaml"


class _Noted(Mapping[str, T]):
    """A mapping that notes each name asked for, and None where it was asked for all."""

    def __init__(self, data: Mapping[str, T], note: Callable[[str | None], None]) -> None:
        self._data = data
        self._note = note

    def __getitem__(self, name: str) -> T:
        self._note(name)
        return self._data[name]

    def get(self, name: str, default: T | None = None) -> T | None:  # type: ignore[override]
        """Give a record, the default where there is none."""
        self._note(name)
        return self._data.get(name, default)

    def __contains__(self, name: object) -> bool:
        self._note(str(name))
        return name in self._data

    def __iter__(self) -> Iterator[str]:
        self._note(None)
        return iter(self._data)

    def __len__(self) -> int:
        self._note(None)
        return len(self._data)
