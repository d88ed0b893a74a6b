"""From rows to people: rows of the same person are put together, and each gets a key."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from policygen.model.people import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policygen.model.people import Person
    from policygen.readers.people.rows import Entry, RowReader, Who


def merged(entries: Iterable[Entry], reader: RowReader) -> list[Person]:
    """Give the people of some rows, in their order, each with a key of its own.

    Rows are of one person where kind, identity and name agree. Rows without an identity
    are of one where kind and name agree, and for pupils the class: the reader warns then,
    for nothing but the name says so.
    """
    groups = _groups(entries)
    _tell_shared_names(groups, reader)
    shared = _tell_shared_identities(groups, reader)
    names = Counter((kind, name) for kind, identity, name, _ in groups if not identity)
    persons = []
    taken: set[str] = set()
    for who, group in groups.items():
        kind, identity, name, class_name = who
        told = identity or name
        if identity and (kind, identity) in shared:
            told = f"{identity} {name}"
        elif not identity and names[kind, name] > 1:
            told = f"{name} {class_name}".strip()
        key = _untaken(f"{kind}:{told}", taken)
        taken.add(key)
        persons.append(_person(key, [entry.person for entry in group]))
    return persons


def _groups(entries: Iterable[Entry]) -> dict[Who, list[Entry]]:
    """Put rows of one person together.

    A row that has only an email joins one that has a code and that email. A row without
    identity joins the only one of that kind and name that has one.
    """
    rows = list(entries)
    better = {
        (kind, other, name): row.identity
        for row in rows
        for kind, _, name, _ in (row.who,)
        for other in row.identities[1:]
    }
    found: dict[Who, list[Entry]] = {}
    for row in rows:
        kind, identity, name, group = row.who
        who = (kind, better.get((kind, identity, name), identity), name, group)
        found.setdefault(who, []).append(row)
    told: dict[tuple[str, str], list[Who]] = {}
    for who in found:
        if who[1]:
            told.setdefault((who[0], who[2]), []).append(who)
    for who in [who for who in found if not who[1] and who[0] != "pupil"]:
        others = told.get((who[0], who[2]), [])
        if len(others) == 1:
            found[others[0]] += found.pop(who)
    return dict(sorted(found.items(), key=lambda item: min(entry.row for entry in item[1])))


def _tell_shared_names(groups: dict[Who, list[Entry]], reader: RowReader) -> None:
    for group in groups.values():
        if len(group) > 1 and not all(entry.identity for entry in group):
            rows = sorted(entry.row for entry in group)
            message = f"{_rows(rows)} have the same name and are taken for one person"
            hint = "If they are several people, add a column “Staff code” or “Admission number”."
            reader.note(rows[0], message, hint)


def _tell_shared_identities(
    groups: dict[Who, list[Entry]], reader: RowReader
) -> set[tuple[str, str]]:
    """Give the identities that several names share; those are taken for several people."""
    rows: dict[tuple[str, str], list[int]] = {}
    for (kind, identity, *_), group in groups.items():
        if identity:
            rows.setdefault((kind, identity), []).append(group[0].row)
    shared = {who: numbers for who, numbers in rows.items() if len(numbers) > 1}
    for numbers in shared.values():
        message = (
            f"{_rows(numbers)} have the same code or email but not the same name; "
            "each is taken for a person"
        )
        reader.note(numbers[0], message, "Correct the code, or write the name alike.")
    return set(shared)


def _rows(numbers: list[int]) -> str:
    """Give "rows 5, 9 and 12"."""
    return f"rows {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _untaken(key: str, taken: set[str]) -> str:
    """Give a key that nobody has: a code may look like another's name."""
    number, tried = 2, key
    while tried in taken:
        number, tried = number + 1, f"{key} {number}"
    return tried


def _person(key: str, rows: list[Person]) -> Person:
    """Put the rows of one person together: all posts, and of the rest what comes first."""
    told: dict[str, str] = {}
    for row in rows:
        if row.post:
            told.setdefault(folded(row.post), row.post)
    posts = list(told.values())
    post = f"{', '.join(posts[:-1])} and {posts[-1]}" if len(posts) > 1 else "".join(posts)
    return replace(
        rows[0],
        key=key,
        post=post,
        department=_first(row.department for row in rows),
        class_name=_first(row.class_name for row in rows),
        year=_first(row.year for row in rows),
        organisation=_first(row.organisation for row in rows),
        rows=tuple(sorted(number for row in rows for number in row.rows)),
    )


def _first(cells: Iterable[str]) -> str:
    return next(filter(None, cells), "")
