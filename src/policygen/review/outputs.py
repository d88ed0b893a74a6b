"""A review as JSON and as Markdown for a pull request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.compare import accepted, rejected
from policygen.diagnostics import plural
from policygen.document import (
    BulletList,
    Cell,
    Clause,
    Code,
    Emphasis,
    LineBreak,
    Link,
    NumberedList,
    Picture,
    Reference,
    Revision,
    Strong,
    Table,
    Text,
    Value,
    children,
    inlines,
    plain_text,
    walk_inlines,
)
from policygen.review.words import (
    Names,
    approved_again,
    counts,
    gone,
    looking_at,
    signed_again,
    unchanged,
    what,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.diagnostics import Span
    from policygen.document import Block, Blocks, Inlines
    from policygen.review.changes import Change, Review

_MARKED = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|~#&"})


def as_data(found: Review) -> dict[str, object]:
    """Give a review for programs; the keys are described in docs/reference/command.md."""
    return {
        "old": found.old_name,
        "new": found.new_name,
        "differs": found.differs,
        "documents": [
            {
                "school": school,
                "policy": policy,
                "old": old.fingerprint if old else None,
                "new": new.fingerprint if new else None,
                "numbers_moved": found.renumbered.get((school, policy), 0),
            }
            for (school, policy), (old, new) in found.documents.items()
        ],
        "approve_again": [{"school": s, "policy": p} for s, p in found.renewed],
        "sign_again": found.signed,
        "amendments_to_look_at": [
            {
                "school": each.school_id,
                "policy": each.policy_id,
                "clause": each.clause_id,
                "at": _place(each.span),
            }
            for each in found.amendments
        ],
        "likely_renamed": [{"old": old, "new": new} for old, new in found.likely_renamed],
        "not_compared": found.not_compared,
        "changes": [_change(change) for change in found.changes],
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "policy": change.policy_id,
        "unit": change.unit,
        "title": change.title,
        "within": change.within,
        "action": change.action,
        "kind": change.kind,
        "was": change.was,
        "schools": list(change.schools),
        "causes": [_place(span) for span in change.causes],
        "old": _lines(rejected(change.redline)),
        "new": _lines(accepted(change.redline)),
    }


def _place(span: Span) -> str:
    return f"{span.path}:{span.line}"


def _lines(blocks: Blocks) -> str:
    """Give the words of one version, a line for each paragraph, heading or cell."""
    lines = (" ".join(_words(run).split()) for run in _runs(blocks))
    return "\n".join(line for line in lines if line)


def _runs(blocks: Iterable[Block]) -> Iterator[Inlines]:
    for block in blocks:
        yield from inlines(block)
        yield from _runs(children(block))


def _words(run: Inlines) -> str:
    return "".join(
        f"[picture: {inline.alt}]"
        if isinstance(inline, Picture)
        else _words(inline.children)
        if isinstance(inline, Strong | Emphasis | Code | Link)
        else plain_text((inline,))
        for inline in run
    )


# Markdown --------------------------------------------------------------------


def as_markdown(found: Review, names: Names, *, longest: int, more: str = "") -> str:
    """Give the comment for a pull request, at most ``longest`` characters.

    Where it doesn't fit, it ends with a line that says so and where to read the rest
    (``more``, an address).
    """
    parts = [*_head(found, names), *(_told(change, found, names) for change in found.changes)]
    text = ""
    for shown, part in enumerate(parts):
        left = len(parts) - max(shown, len(parts) - len(found.changes))
        ending = _cut(left, more)
        if len(text) + len(part) + len(ending) > longest:
            return text + ending
        text += part
    return text


def _cut(left: int, more: str) -> str:
    where = f" The whole report: {more}" if more else " The rest is in the report."
    told = f"{plural(left, 'more change')} not shown here." if left else "More is not shown here."
    return f"\n*{told}*{where}\n"


def _head(found: Review, names: Names) -> Iterator[str]:
    yield f"## Changes from {_plain(found.old_name)} to {_plain(found.new_name)}\n\n"
    if not found.differs:
        yield f"{unchanged(found)}\n\n"
    policies = dict.fromkeys(change.policy_id for change in found.changes)
    if policies:
        rows = ["| Policy | Schools | Added | Removed | Reworded | Moved | Data only |"]
        rows.append("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
        for policy_id in policies:
            changes = [change for change in found.changes if change.policy_id == policy_id]
            schools = dict.fromkeys(school for change in changes for school in change.schools)
            cells = [
                _plain(names.policy(policy_id)),
                _plain(names.schools(found, policy_id, schools)),
                *map(str, counts(changes).values()),
            ]
            rows.append(f"| {' | '.join(cells)} |")
        yield "\n".join(rows) + "\n\n"
    if moved := sum(found.renumbered.values()):
        yield f"{plural(moved, 'number')} moved up or down.\n\n"
    for heading, lines in (
        ("To be approved again", approved_again(found, names)),
        ("To be signed again", signed_again(found, names)),
        ("Amendments whose clause has changed", looking_at(found, names)),
        ("Only in one version", gone(found, names)),
        ("Renamed? Say `formerly:`", [f"{old}, now {new}" for old, new in found.likely_renamed]),
        ("Not compared", found.not_compared),
    ):
        if lines:
            yield f"**{heading}**\n\n" + "".join(f"- {_plain(line)}\n" for line in lines) + "\n"


def _told(change: Change, found: Review, names: Names) -> str:
    schools = names.schools(found, change.policy_id, change.schools)
    causes = "".join(f" `{_place(span)}`" for span in change.causes)
    head = f"### {_plain(names.policy(change.policy_id))}: {_plain(change.title)}\n\n"
    told = f"{_plain(what(change))}, {_plain(schools)}.{causes}\n\n"
    return head + told + "".join(_blocks(change.redline)) + "\n"


def _blocks(blocks: Iterable[Block], indent: str = "> ", bullet: str = "") -> Iterator[str]:
    for block in blocks:
        match block:
            case BulletList(items=items) | NumberedList(items=items):
                for item in items:
                    yield from _blocks(item, indent, "- ")
            case Clause(heading=heading, blocks=inner):
                if heading:
                    yield _quoted(indent, f"**{_run(heading).strip()}**")
                yield from _blocks(inner, indent, bullet)
            case Table(rows=rows):
                changed = [row for row in rows if any(map(_revised, row))]
                for row in changed or rows:
                    cells = (_run(cell.children).strip() for cell in row)
                    yield _quoted(indent, _as_text(" · ".join(filter(None, cells))))
            case _:
                for run in inlines(block):
                    words = _as_text(_run(run).strip())
                    if words:
                        yield _quoted(indent, f"{bullet}{words}")
                yield from _blocks(children(block), indent, bullet)


def _quoted(indent: str, line: str) -> str:
    """Give a line of a quotation, with an empty one after it."""
    return f"{indent}{line}\n{indent.rstrip()}\n"


def _revised(cell: Cell) -> bool:
    return any(isinstance(inline, Revision) for inline in walk_inlines(cell.children))


def _run(run: Inlines) -> str:
    # What took the place of other words stands apart from them.
    return "".join(map(_inline, run)).replace("</del><ins>", "</del> <ins>")


def _inline(inline: object) -> str:
    match inline:
        case Text(text=text) | Value(text=text) | Reference(label=text):
            return _plain(text)
        case Revision(kind=kind, children=inner):
            name = "ins" if kind == "insertion" else "del"
            return f"<{name}>{_run(inner)}</{name}>"
        case Strong(children=inner) | Emphasis(children=inner) | Code(children=inner):
            return _run(inner)
        case Link(children=inner):
            return _run(inner)
        case LineBreak():
            return " "
        case Picture(alt=alt):
            return _plain(f"[picture: {alt}]")
        case _:
            return ""


def _plain(words: str) -> str:
    """Give words that Markdown prints as they are, on one line, and that call nobody."""
    line = re.sub(r"\s+", " ", words).translate(_MARKED)
    return re.sub(r"(?<!\w)@(?=\w)", "@<!-- -->", line)


def _as_text(line: str) -> str:
    """Give a line that begins no list, heading or rule."""
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", line)
