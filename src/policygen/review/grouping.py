"""Changes that are alike at several schools, told as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.compare import Comparison
from policygen.document import inlines, plain_text
from policygen.review.brackets import bracketed
from policygen.review.found import Change
from policygen.review.looks import with_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.document import Blocks
    from policygen.review.singles import Single


def grouped(singles: list[Single], renamed: Mapping[str, str]) -> list[Change]:
    """Give the changes of all documents, policy by policy, each once."""
    groups: dict[object, list[Single]] = {}
    for single in singles:
        groups.setdefault(single.alike, []).append(single)
    policies = list(dict.fromkeys(single.key[1] for single in singles))
    found = [_joined(group, renamed) for group in groups.values()]
    return sorted(found, key=lambda change: policies.index(change.policy_id))


def _joined(group: list[Single], renamed: Mapping[str, str]) -> Change:
    first = group[0]
    words = _varying(group)
    old, new = (with_values(side, words) for side in first.sides)
    redline = new if first.action == "moved" else Comparison(renamed).blocks(old, new)
    labels = {single.unit.label for single in group}
    headings = {single.unit.heading for single in group}
    was = {single.first.label for single in group if single.first}
    return Change(
        first.key[1],
        first.unit.id,
        first.action,
        first.kind,
        first.unit.label if len(labels) == 1 else "",
        first.unit.heading if len(headings) == 1 else _heading(new or old),
        first.unit.within,
        (*redline, *first.notes),
        tuple(single.key[0] for single in group),
        tuple(dict.fromkeys(span for single in group for span in single.causes)),
        was.pop() if len(was) == len(labels) == 1 and first.second and was != labels else "",
        first.moved_from,
    )


def _varying(group: list[Single]) -> dict[str, str]:
    """Give words for the values that are others at each of the schools: what they are."""
    texts: dict[str, set[tuple[str, ...]]] = {}
    for single in group:
        names: dict[str, list[str]] = {}
        for name, text in single.texts:
            names.setdefault(name, []).append(text)
        for name, printed in names.items():
            texts.setdefault(name, set()).add(tuple(printed))
    return {name: bracketed(name) for name, found in texts.items() if len(found) > 1}


def _heading(blocks: Blocks) -> str:
    """Give the first words of a unit: its heading, where it has one."""
    return next((plain_text(run) for block in blocks for run in inlines(block)), "")
