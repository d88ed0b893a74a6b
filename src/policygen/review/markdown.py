"""A review as Markdown, for a pull request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
    walk_inlines,
)
from policygen.review.data import place
from policygen.review.words import (
    approved_again,
    counts,
    gone,
    looking_at,
    new_numbers,
    signed_again,
    told,
    unchanged,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.document import Block, Inlines
    from policygen.review.found import Change, Review
    from policygen.review.names import Names

_MARKS = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|~#&"})


def as_written(words: str) -> str:
    """Give words that Markdown prints as they are, on one line, and that call nobody."""
    line = re.sub(r"\s+", " ", words).translate(_MARKS)
    return re.sub(r"(?<!\w)@(?=\w)", "@<!-- -->", line)


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
    yield f"## Changes from {as_written(found.old_name)} to {as_written(found.new_name)}\n\n"
    if not found.differs:
        yield f"{unchanged(found)}\n\n"
    policies = dict.fromkeys(change.policy_id for change in found.changes)
    if policies:
        rows = ["| Policy | Schools | New | Removed | Reworded | Moved | Data only |"]
        rows.append("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
        for policy_id in policies:
            changes = [change for change in found.changes if change.policy_id == policy_id]
            schools = dict.fromkeys(school for change in changes for school in change.schools)
            cells = [
                as_written(names.policy(policy_id)),
                as_written(names.schools(found, policy_id, schools)),
                *map(str, counts(changes).values()),
            ]
            rows.append(f"| {' | '.join(cells)} |")
        yield "\n".join(rows) + "\n\n"
    for heading, lines in (
        ("To be approved again", approved_again(found, names)),
        ("To be signed again", signed_again(found, names)),
        ("School amendments to look at", list(_amendments(found, names))),
        ("New clause numbers", new_numbers(found, names)),
        ("Only in one version", gone(found, names)),
        ("Renamed? Say `formerly:`", [f"{old}, now {new}" for old, new in found.likely_renamed]),
        ("Not compared", found.not_compared),
    ):
        if lines:
            yield f"**{heading}**\n\n" + "".join(f"- {as_written(line)}\n" for line in lines) + "\n"


def _amendments(found: Review, names: Names) -> Iterator[str]:
    """Give the amendments with what an author needs besides: the place and its reason."""
    for line, each in zip(looking_at(found, names), found.amendments, strict=True):
        reason = f": {each.reason}" if each.reason else ""
        yield f"{line} ({place(each.span)}){reason}"


def _told(change: Change, found: Review, names: Names) -> str:
    schools = names.schools(found, change.policy_id, change.schools)
    causes = "".join(f" `{place(span)}`" for span in change.causes)
    head = f"### {as_written(names.policy(change.policy_id))}: {as_written(change.title)}\n\n"
    return (
        f"{head}{as_written(told(change, schools))}{causes}\n\n"
        + "".join(_blocks(change.redline))
        + "\n"
    )


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
            return as_written(text)
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
            return as_written(f"[picture: {alt}]")
        case _:
            return ""


def _as_text(line: str) -> str:
    """Give a line that begins no list, heading or rule."""
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", line)
