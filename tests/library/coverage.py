"""Which clauses cover which topics, which policies print them, what each setting changes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import yaml

from library.sample import ROOT, clauses_named, settings_named, settings_of_policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policygen.model.library import Library

PAGE = ROOT / "docs" / "coverage.md"
POINTS = "Points on which trusts decide differently"
TOPICS = ROOT / "tests" / "library" / "topics.yaml"


def topics() -> dict[str, dict[str, str]]:
    """Give the topics by group: id and what it is about."""
    with TOPICS.open(encoding="utf-8") as file:
        groups: dict[str, dict[str, str]] = yaml.safe_load(file)
    return groups


def clauses_by_topic(library: Library) -> Mapping[str, list[str]]:
    """Give the clauses that say they cover a topic."""
    found = defaultdict(list)
    for clause_id, clause in library.clauses.items():
        for topic in clause.topics:
            found[str(topic)].append(clause_id)
    return found


def policies_by_clause(library: Library) -> Mapping[str, list[str]]:
    """Give the policies that print a clause, in their order."""
    found = defaultdict(list)
    for policy_id, policy in library.policies.items():
        for clause_id in clauses_named(library, policy):
            found[clause_id].append(policy_id)
    return found


def policies_by_setting(library: Library) -> Mapping[str, list[str]]:
    """Give the policies that a setting changes."""
    found = defaultdict(list)
    for policy_id, policy in library.policies.items():
        for name in settings_of_policy(library, policy):
            found[name].append(policy_id)
    return found


def page(library: Library) -> str:
    """Give the page of the documentation."""
    return "\n".join(_lines(library)) + "\n"


def _lines(library: Library) -> Iterator[str]:
    covered = clauses_by_topic(library)
    printing = policies_by_clause(library)
    groups = topics()
    count = sum(len(entries) for group, entries in groups.items() if group != POINTS)
    yield "# Coverage"
    yield ""
    yield "What the library of the sample trust covers. This page is made from the sources by"
    yield "`make pages`, and a test compares the two."
    yield ""
    yield (
        f"{count} topics and {len(groups[POINTS])} points to decide, "
        f"{len(library.clauses)} clauses in {len(library.modules)} modules, "
        f"{len(library.settings)} settings, {len(library.policies)} policies, "
        f"{len(library.forms)} forms, {len(library.references)} references."
    )
    yield ""
    yield "## Topics"
    for group, entries in groups.items():
        yield from ("", f"### {group}", "")
        yield "| Topic | What it is about | Clauses | Policies that print them |"
        yield "| --- | --- | --- | --- |"
        for topic, about in entries.items():
            clauses = covered.get(topic, [])
            policies = _in_order(library, (p for c in clauses for p in printing[c]))
            yield f"| {topic} | {about} | {_codes(clauses)} | {', '.join(policies)} |"
    yield from ("", "## Settings", "")
    yield "| Setting | Question | Choices | Asked by | Policies it changes |"
    yield "| --- | --- | --- | --- | --- |"
    changing = policies_by_setting(library)
    asking = defaultdict(list)
    for clause_id, clause in library.clauses.items():
        for name in settings_named(library, clause):
            asking[name].append(clause_id)
    for name, setting in library.settings.items():
        kinds = ", ".join(map(str, setting.choices)) if setting.choices else str(setting.type)
        question = str(setting.question)
        changed = ", ".join(changing[name])
        yield f"| `{name}` | {question} | {kinds} | {_codes(asking[name])} | {changed} |"


def _in_order(library: Library, policies: Iterable[str]) -> list[str]:
    named = set(policies)
    return [policy for policy in library.policies if policy in named]


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
