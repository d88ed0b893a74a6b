"""A review as a document: impact first, then each policy's changes, each told once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from policygen.assemble.numbering import number
from policygen.assemble.policy import DEFAULT_COLOUR
from policygen.assemble.wording import capitalize_first, humanised, listing
from policygen.compare import accepted, rejected, units
from policygen.document import (
    Appendix,
    Block,
    Blocks,
    BulletList,
    Cell,
    Clause,
    Code,
    Contents,
    Document,
    Form,
    LineBreak,
    Paragraph,
    Quote,
    Revision,
    Section,
    Strong,
    Table,
    Text,
    plain_text,
    walk,
)
from policygen.review.excerpts import excerpt, nameless, opening, varied, with_names, word_count
from policygen.review.words import KINDS, Names, counts, gone, unchanged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Inline, Inlines
    from policygen.review.changes import Change, Kind, Review

COLUMNS = ("Policy", "Schools", "New", "Removed", "Reworded", "Moved", "Data only")
"""The first table's heads; "data" is names and dates, law and guidance, and layout."""

_NAMES = 2
"""Columns of that table that hold names; numbers follow."""

_SHORT = 200
"""Words of the longest change that stays on one page."""

_FEW = 2
"""Schools that are named as those without a change, where all others have it."""

_PLACES = 2
"""Places in the sources that are named as the cause of a change."""

_DATA: tuple[Kind, ...] = ("values", "law")
"""Kinds of change that are told by data, so that other data is another change."""

_HEADINGS = ("section:", "appendix:")
"""How the ids of units begin that are a heading and nothing else."""

_HEADING = re.compile("Heading “(.*)”")


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as the report shows it: an excerpt of its redline."""

    change: Change
    blocks: Blocks

    @property
    def schools(self) -> tuple[str | None, ...]:
        """The schools that have the change."""
        return self.change.schools


@dataclass(frozen=True, slots=True)
class _Report:
    """What every part of the report is made from."""

    found: Review
    names: Names

    def schools_of(self, policy_id: str) -> set[str | None]:
        """Give the schools that have a policy, before and after."""
        return {
            school
            for (school, policy), pair in self.found.documents.items()
            if policy == policy_id and None not in pair
        }

    def where(self, policy_id: str, schools: Iterable[str | None]) -> str:
        """Give "all 6 schools", "all schools but Larkfield" or the schools' names."""
        having, named_ = self.schools_of(policy_id), list(schools)
        without = sorted(having - set(named_), key=self.names.school)
        if 0 < len(without) <= _FEW < len(having) - _FEW:
            return f"all schools but {listing([self.names.school(school) for school in without])}"
        return self.names.schools(self.found, policy_id, named_)


def as_document(found: Review, names: Names) -> Document:
    """Give the report that governors read before they approve."""
    trust = names.new.trust
    report = _Report(found, names)
    policies = {
        policy_id: shown(found, policy_id)
        for policy_id in dict.fromkeys(change.policy_id for change in found.changes)
    }
    glance = tuple(_glance(report, policies))
    blocks: list[Block] = [Section("at-a-glance", _text("At a glance"), glance, anchor="glance")]
    if len(policies) > 1:
        blocks.append(Contents())
    blocks += [_policy(report, policy_id, changes) for policy_id, changes in policies.items()]
    document = Document(
        "changes",
        "report",
        _text(f"Changes from {_version(found.old_name)} to {_version(found.new_name)}"),
        str(trust.name),
        str(trust.short_name or trust.name),
        "",
        tuple(blocks),
        colour=str(trust.colour or DEFAULT_COLOUR),
        logo=names.new.assets.get(str(trust.logo)) if trust.logo else None,
    )
    return number(document, "letters").document


def _version(name: str) -> str:
    """Give a version's name: a folder's without the way to it."""
    path = Path(name)
    return path.name or name if path.is_absolute() or name.startswith(".") else name


# What is shown ---------------------------------------------------------------


def shown(found: Review, policy_id: str) -> list[Shown]:
    """Give a policy's changes in the order of its documents; what looks the same at several
    schools, once."""
    groups: dict[object, Shown] = {}
    for change in found.changes:
        if change.policy_id == policy_id:
            one = _shown(change)
            alike = nameless(one.blocks, marked=change.kind not in _DATA)
            # Of two that show nothing it can't be seen whether they are the same.
            key = (change.unit, change.action, change.kind, alike or change)
            known = groups.get(key)
            groups[key] = _joined(known, one) if known else one
    order = _order(found, policy_id)
    return sorted(groups.values(), key=lambda one: order.get(one.change.unit, len(order)))


def _shown(change: Change) -> Shown:
    both = change.action not in {"added", "removed"}
    if change.unit.startswith(_HEADINGS) and not both:
        return Shown(change, ())
    rule = change.unit.startswith("clause:")
    return Shown(change, excerpt(change.redline, rule=rule, both=both))


def _joined(one: Shown, other: Shown) -> Shown:
    schools = dict.fromkeys((*one.schools, *other.schools))
    causes = dict.fromkeys((*one.change.causes, *other.change.causes))
    change = replace(one.change, schools=tuple(schools), causes=tuple(causes))
    return Shown(change, with_names(one.blocks, other.blocks))


def _order(found: Review, policy_id: str) -> dict[str, int]:
    """Give the place of each unit: those of each new document and, behind what they stood
    after, those that only another school or the old version has."""
    order: list[str] = []
    for (_, policy), pair in found.documents.items():
        for document in reversed(pair):
            if policy == policy_id and document:
                _insert(order, list(units(document, {})))
    return {unit: place for place, unit in enumerate(order)}


def _insert(order: list[str], more: list[str]) -> None:
    known, place = set(order), 0
    for unit in more:
        if unit in known:
            place = order.index(unit) + 1
        else:
            order.insert(place, unit)
            place += 1


# Page one --------------------------------------------------------------------


def _glance(report: _Report, policies: dict[str, list[Shown]]) -> Iterator[Block]:
    found, names = report.found, report.names
    if not found.differs:
        yield Paragraph(_text(unchanged(found)))
    if policies:
        rows = tuple(_row(report, policy_id, told) for policy_id, told in policies.items())
        heads = tuple(
            Cell(_text(name), "left" if place < _NAMES else "right")
            for place, name in enumerate(COLUMNS)
        )
        yield Table("grid", heads, rows, "What changed, by policy")
    if found.documents:
        yield Table("labels", (), tuple(_acts(report)), "What has to be done")
    yield from _listed("Documents that only one version has", gone(found, names))
    yield from _listed(
        "Clauses that look renamed: say `formerly:` on the new one if they are",
        [f"{old} is gone, {new} has its words" for old, new in found.likely_renamed],
    )
    yield from _listed("Not compared", found.not_compared)
    if policies:
        told = (one for changes in policies.values() for one in changes)
        yield Paragraph(_how_to_read(varied=any(varied(one.blocks) for one in told)), "note")


def _row(report: _Report, policy_id: str, told: list[Shown]) -> tuple[Cell, ...]:
    schools = dict.fromkeys(school for one in told for school in one.schools)
    once = {
        one.change.unit: one.change
        for one in reversed(told)
        if one.blocks or not one.change.unit.startswith(_HEADINGS)
    }
    numbers = (Cell(_text(str(count)), "right") for count in counts(once.values()).values())
    where = capitalize_first(report.where(policy_id, schools))
    return (_cell(report.names.policy(policy_id)), _cell(where), *numbers)


def _acts(report: _Report) -> Iterator[tuple[Cell, Cell]]:
    """Give what has to be done: who approves again, who signs again, what to look at."""
    yield _act("To approve again", _approvals(report))
    yield _act("To sign again", list(_signings(report)))
    amendments = [
        f"{report.names.school(each.school_id)}: its own “{_clause_name(report, each.clause_id)}” "
        f"in {report.names.policy(each.policy_id)}"
        for each in report.found.amendments
    ]
    yield _act("School amendments to look at, as the trust’s clause changed", amendments)
    renumbered = [p for (_, p), count in report.found.renumbered.items() if count]
    yield _act("New clause numbers", [report.names.policy(p) for p in dict.fromkeys(renumbered)])


def _act(name: str, lines: list[str]) -> tuple[Cell, Cell]:
    run: list[Inline] = []
    for line in lines or ["None"]:
        run += [LineBreak(), Text(line)] if run else [Text(line)]
    return _cell(name), Cell(tuple(run), "left")


def _approvals(report: _Report) -> list[str]:
    """Give a line for each approver and group of schools: "Use, all 6 schools (Trust Board)"."""
    lines: dict[tuple[str, str], list[str]] = {}
    for policy_id in dict.fromkeys(policy for _, policy in report.found.renewed):
        schools = [
            school
            for school, policy in report.found.renewed
            if policy == policy_id and report.found.documents[school, policy][1]
        ]
        if schools:
            key = _approver(report, policy_id), report.where(policy_id, schools)
            lines.setdefault(key, []).append(report.names.policy(policy_id))
    return [
        f"{listing(policies)}, {where}{approver}" for (approver, where), policies in lines.items()
    ]


def _approver(report: _Report, policy_id: str) -> str:
    policy = report.names.new.policies.get(policy_id)
    approver = str(policy.approver or "") if policy else ""
    # A name that is filled in for each school is none for all of them.
    return "" if not approver or "{{" in approver else f" ({humanised(approver)})"


def _signings(report: _Report) -> Iterator[str]:
    """Give whose signatures are asked for: "Use, all 6 schools: all who signed “Agreement”"."""
    for policy_id in report.found.signed:
        keys = [key for key in report.found.signing if key[1] == policy_id]
        where = report.where(policy_id, [school for school, _ in keys])
        documents = [new for _, new in map(report.found.documents.__getitem__, keys) if new]
        forms = dict.fromkeys(form for document in documents for form in _forms(document))
        who = f": all who signed “{'”, “'.join(forms)}”" if forms else ""
        yield f"{report.names.policy(policy_id)}, {where}{who}"


def _forms(document: Document) -> Iterator[str]:
    for block in walk(document.blocks):
        match block:
            case Appendix(heading=heading, blocks=(Form(), *_)):
                yield plain_text(heading)
            case _:
                pass


def _clause_name(report: _Report, clause_id: str) -> str:
    clause = report.names.new.clauses.get(clause_id)
    heading = str(clause.heading or "") if clause else ""
    return heading if heading and "{{" not in heading else humanised(clause_id.partition("/")[2])


def _how_to_read(*, varied: bool) -> Inlines:
    brackets = " Words in [brackets] stand for what is different at each school." if varied else ""
    return (
        Revision("insertion", _text("Underlined words")),
        Text(" are new; "),
        Revision("deletion", _text("struck words")),
        Text(
            " are gone. What the policies say stands beside a bar; of tables, forms and long "
            "rules only what changed. “Data only” are names, dates, law, guidance and "
            f"layout: no rule changes.{brackets}"
        ),
    )


def _listed(heading: str, lines: Iterable[str]) -> Iterator[Block]:
    items = tuple((Paragraph(_text(line)),) for line in lines)
    if items:
        yield Paragraph((Strong(_text(f"{heading}:")),))
        yield BulletList(items)


# The changes -----------------------------------------------------------------


def _policy(report: _Report, policy_id: str, changes: list[Shown]) -> Section:
    """Give a policy's changes: first those of all its schools, then those of some."""
    having = report.schools_of(policy_id)
    everywhere = [one for one in changes if set(one.schools) >= having]
    somewhere = [one for one in changes if not set(one.schools) >= having]
    title = _text(report.names.policy(policy_id))
    if len(having) == 1:
        only = report.where(policy_id, having)
        note = Paragraph(_text(f"Only {only} has this policy."), "note")
        blocks: Blocks = (note, *_changes(report, everywhere, told=True))
    else:
        groups = (("all", everywhere), ("some", somewhere))
        blocks = tuple(
            _group(report, f"{policy_id}-{name}", group) for name, group in groups if group
        )
    return Section(policy_id, title, blocks, anchor=policy_id)


def _group(report: _Report, anchor: str, changes: list[Shown]) -> Section:
    policy_id = changes[0].change.policy_id
    wheres = {report.where(policy_id, one.schools) for one in changes}
    heading = capitalize_first(wheres.pop()) if len(wheres) == 1 else "Some schools only"
    told = heading != "Some schools only"
    blocks = tuple(_changes(report, changes, told=told))
    # The contents lead to what all schools have; what some have stands right behind it.
    level = 2 if heading.startswith("All") else 3
    return Section(anchor, _text(heading), blocks, level=level, anchor=anchor)


def _changes(report: _Report, changes: list[Shown], *, told: bool) -> Iterator[Block]:
    """Give changes under a title for each unit; ``told`` where the schools are known already."""
    by_unit: dict[str, list[Shown]] = {}
    for one in changes:
        by_unit.setdefault(one.change.unit, []).append(one)
    for unit, variants in by_unit.items():
        first = variants[0].change
        anchor = f"{first.policy_id}/{unit.replace(':', '/').replace('#', '/')}"
        title = _text(_title(first))
        blocks = tuple(block for one in variants for block in _variant(report, one, told=told))
        if word_count(blocks) <= _SHORT:
            yield Clause(anchor, title, blocks, anchor=anchor, counted=False)
        else:
            yield Section(anchor, title, blocks, level=3, anchor=anchor)


def _variant(report: _Report, one: Shown, *, told: bool) -> Iterator[Block]:
    change = one.change
    parts = [_what(change)]
    if not told:
        parts.insert(0, f"{capitalize_first(report.where(change.policy_id, one.schools))}:")
        parts[1] = parts[1][:1].lower() + parts[1][1:]
    parts[-1] += "."
    if change.within and change.within != change.title:
        parts.append(f"In “{change.within}”.")
    run: list[Inline] = [Text(" ".join(parts))]
    run += _sources([f"{span.path}:{span.line}" for span in change.causes if span.path])
    yield Paragraph(tuple(run), "note")
    if one.blocks:
        yield Quote(one.blocks)


def _sources(places: list[str]) -> Iterator[Inline]:
    for at, place in enumerate(places[:_PLACES]):
        yield Text(", " if at else " Source: ")
        yield Code(_text(place))
    if len(places) > _PLACES:
        yield Text(f" and {len(places) - _PLACES} more")


def _title(change: Change) -> str:
    """Give a change's title: a heading's without saying so, that of a clause without a heading
    its first words."""
    match change.redline:
        case (Clause(heading=(), id=name),):
            label = change.title.removesuffix(name.partition("/")[2].replace("-", " "))
            side = rejected if change.action == "removed" else accepted
            return f"{label}“{opening(side(change.redline))}”"
        case _:
            return _HEADING.sub(r"\1", change.title)


def _what(change: Change) -> str:
    """Give in a few words what happened and why: "Removed (another answer to a setting)"."""
    why = "" if change.kind in {"wording", "order"} else f" ({KINDS[change.kind]})"
    heading = change.unit.startswith(_HEADINGS)
    match change.action:
        case "added":
            return f"{'New heading' if heading else 'New'}{why}"
        case "removed":
            return f"{'Heading removed' if heading else 'Removed'}{why}"
        case "moved":
            return f"Moved{_origin(change)}, with the same words"
        case "changed":
            did = "Changed" if why else "Reworded"
            if change.moved_from is not None:
                return f"{did}{why} and moved{_origin(change)}"
            return f"{did}{why}{f'; it was {change.was}' if change.was else ''}"


def _origin(change: Change) -> str:
    """Give from where a unit was moved: " from 4.2, “Conduct”"."""
    places = [change.was] if change.was else []
    if change.moved_from and change.moved_from != change.within:
        places.append(f"“{change.moved_from}”")
    return f" from {', '.join(places)}" if places else ""


def _text(words: str) -> tuple[Text, ...]:
    return (Text(words),)


def _cell(words: str) -> Cell:
    return Cell(_text(words), "left")
