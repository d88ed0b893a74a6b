"""How a review is put into sentences, the same in every report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policygen.assemble.wording import capitalize_first, humanised, listing
from policygen.diagnostics import plural
from policygen.document import Appendix, Form, plain_text, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Document
    from policygen.review.found import Change, Key, Review
    from policygen.review.names import Names
    from policygen.review.reasons import Kind

KINDS: dict[Kind, str] = {
    "wording": "new wording",
    "values": "names, dates or other data only",
    "answers": "another answer to a setting",
    "conditions": "a condition or answer that switches it",
    "amendment": "the school’s own amendment",
    "order": "order only",
    "law": "law and guidance",
    "presentation": "layout only",
}
"""Why something changed, as a reader is told."""

DATA: frozenset[Kind] = frozenset({"values", "law", "presentation"})
"""Kinds of change that leave the rules as they were."""


def counts(changes: Iterable[Change]) -> dict[str, int]:
    """Give how many clauses and other parts were added, removed, reworded, moved, or have
    other data."""
    found: Counter[str] = Counter()
    for change in changes:
        if change.kind in DATA:
            found["data"] += 1
        else:
            found["reworded" if change.action == "changed" else change.action] += 1
    return {name: found[name] for name in ("added", "removed", "reworded", "moved", "data")}


def what(change: Change) -> str:
    """Give in a few words what happened and why: "Removed (another answer to a setting)"."""
    why = "" if change.kind in {"wording", "order"} else f" ({KINDS[change.kind]})"
    match change.action:
        case "added":
            return f"{'New heading' if change.is_heading else 'New'}{why}"
        case "removed":
            return f"{'Heading removed' if change.is_heading else 'Removed'}{why}"
        case "moved":
            return f"Moved{_origin(change)}, with the same words"
        case "changed":
            did = "Changed" if why else "Reworded"
            if change.moved_from is not None:
                return f"{did}{why} and moved{_origin(change)}"
            return f"{did}{why}{f'; it was {change.was}' if change.was else ''}"


def told(change: Change, where: str) -> str:
    """Give a sentence on what happened, at which schools where that is said: "Larkfield only:
    reworded."."""
    did = what(change)
    return f"{capitalize_first(where)}: {did[:1].lower()}{did[1:]}." if where else f"{did}."


def _origin(change: Change) -> str:
    """Give from where a unit was moved: " from 4.2, “Conduct”"."""
    places = [change.was] if change.was else []
    if change.moved_from and change.moved_from != change.within:
        places.append(f"“{change.moved_from}”")
    return f" from {', '.join(places)}" if places else ""


def unchanged(found: Review) -> str:
    """Give the sentence for a review in which nothing differs."""
    if found.not_compared:
        return "The documents that could be compared are the same."
    return "The documents of both versions are the same."


# What has to be done ---------------------------------------------------------


def approved_again(found: Review, names: Names) -> list[str]:
    """Give a line for each approver and group of schools whose wording must be approved
    again: "Use and Conduct, all 6 schools (Trust Board)"."""
    lines: dict[tuple[str, str], list[str]] = {}
    for policy_id, schools in _by_policy(found.renewed):
        key = _approver(names, policy_id), names.schools(found, policy_id, schools)
        lines.setdefault(key, []).append(names.policy(policy_id))
    return [
        f"{listing(policies)}, {where}{approver}" for (approver, where), policies in lines.items()
    ]


def _approver(names: Names, policy_id: str) -> str:
    policy = names.new.policies.get(policy_id)
    approver = str(policy.approver or "") if policy else ""
    # A name that is filled in for each school is none for all of them.
    return "" if not approver or "{{" in approver else f" ({humanised(approver)})"


def signed_again(found: Review, names: Names) -> list[str]:
    """Give a line for each policy whose forms must be signed again, where and by whom: "Use,
    all 6 schools: all who signed “Agreement”"."""
    lines = []
    for policy_id, schools in _by_policy(found.signing):
        documents = [found.documents[school, policy_id][1] for school in schools]
        forms = dict.fromkeys(form for each in documents if each for form in _forms(each))
        who = f": all who signed “{'”, “'.join(forms)}”" if forms else ""
        where = names.schools(found, policy_id, schools)
        lines.append(f"{names.policy(policy_id)}, {where}{who}")
    return lines


def _forms(document: Document) -> Iterator[str]:
    """Give what the forms of a document are called."""
    for block in walk(document.blocks):
        match block:
            case Appendix(heading=heading, blocks=inner) if any(isinstance(b, Form) for b in inner):
                yield plain_text(heading)
            case _:
                pass


def looking_at(found: Review, names: Names) -> list[str]:
    """Give a line for each amendment of a school whose clause has changed: "Larkfield: its
    own “Phones at work” in Use"."""
    return [
        f"{names.school(each.school_id)}: its own “{names.clause(each.clause_id)}” "
        f"in {names.policy(each.policy_id)}"
        for each in found.amendments
    ]


def new_numbers(found: Review, names: Names) -> list[str]:
    """Give a line for each policy whose parts are counted anew: "Use: 12 numbers moved up or
    down"."""
    return [
        f"{names.policy(policy_id)}: {plural(count, 'number')} moved up or down"
        for policy_id, count in found.numbers_moved.items()
    ]


def gone(found: Review, names: Names) -> list[str]:
    """Give a line for each policy that only one of the versions has, and where."""
    lines = []
    for side, told in ((0, "new"), (1, "no longer there")):
        keys = [key for key, pair in found.documents.items() if pair[side] is None]
        lines += [
            f"{names.policy(policy_id)}, {names.schools(found, policy_id, schools)}: {told}"
            for policy_id, schools in _by_policy(keys)
        ]
    return lines


def _by_policy(keys: Iterable[Key]) -> Iterable[tuple[str, list[str | None]]]:
    schools: dict[str, list[str | None]] = {}
    for school, policy_id in keys:
        schools.setdefault(policy_id, []).append(school)
    return schools.items()
