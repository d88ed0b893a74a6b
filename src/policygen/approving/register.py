"""The text of an approval register: an approval put in, everything else left as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.diagnostics import Span
from policygen.model.policies import Approval
from policygen.model.texts import first_day, last_day
from policygen.readers.records import validated
from policygen.readers.yaml_faults import quoted
from policygen.readers.yaml_source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policygen.model.texts import Id, SourceText

_WIDEST = 100
"""Characters of the longest line of fingerprints; a longer one has a line for each school."""

_END = re.compile(r"^(?:\.\.\.|---)(?:\s.*)?$", re.MULTILINE)
_NO_APPROVALS = re.compile(r"^\[\s*\]", re.MULTILINE)
_NOT_TEXT_ELSEWHERE = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null"})
"""Words that other programs which read YAML take for no text."""


class RegisterError(Exception):
    """A register that nothing can be put into; the message says why and what to do."""


def with_approval(text: str, path: str, approval: Approval) -> str:
    """Give the text of a register with one approval more, at its place by date.

    Comments, layout and the ends of lines stay; ``text`` is "" for a register that isn't
    there yet, ``path`` is what faults call the file. What comes out is read again: it holds
    the approvals of before and this one. Raises ``RegisterError``.
    """
    bare = text.removeprefix("\ufeff")
    lines = bare.replace("\r\n", "\n").replace("\r", "\n")
    before = approvals_of(lines, path) if text else ()
    place = sum(first_day(each.approved) <= last_day(approval.approved) for each in before)
    entry = written(approval)
    if place < len(before):
        made = _inserted(lines, before[place].span.line, entry)
    else:
        made = _appended(lines, path, entry)
    wanted = (*before[:place], approval, *before[place:])
    if not _holds(made, path, wanted):
        message = (
            f"{path} is not written as `policygen approve` writes it, so nothing can be put "
            "into it. Begin each approval with “- ” on a line of its own"
        )
        raise RegisterError(message)
    mark = "\ufeff" if bare != text else ""
    return mark + (made.replace("\n", "\r\n") if "\r\n" in bare else made)


def _holds(text: str, path: str, wanted: Sequence[Approval]) -> bool:
    """Whether a register's text has just these approvals."""
    try:
        found = approvals_of(text, path)
    except RegisterError:
        return False
    # The places of records take part in their equality, and have moved.
    return list(map(vars, found)) == list(map(vars, wanted))


def approvals_of(text: str, path: str) -> tuple[Approval, ...]:
    """Give the approvals of a register's text. Raises ``RegisterError`` where it has faults."""
    source = read_yaml(text, path)
    items = source.data if isinstance(source.data, list) else []
    records = [validated(Approval, item, Span(path), text) for item in items]
    faults = [*source.faults, *(fault for _, found in records for fault in found)]
    broken = [fault for fault in faults if fault.is_error]
    if broken or not isinstance(source.data, list):
        why = broken[0].message if broken else "it is no list of approvals"
        message = f"{path} has errors ({why}). Mend the register first"
        raise RegisterError(message)
    return tuple(record for record, _ in records if record is not None)


def written(approval: Approval) -> list[str]:
    """Give an approval as lines of YAML. Raises ``RegisterError`` for what YAML can't hold."""
    lines = [
        f"- version: {quoted(str(approval.version))}",
        f"  approved: {approval.approved}",
        f"  by: {_scalar(str(approval.by))}",
    ]
    if approval.minute is not None:
        lines.append(f"  minute: {_scalar(str(approval.minute))}")
    return [*lines, *_wording(approval.wording)]


def _wording(wording: Mapping[Id, SourceText]) -> Iterator[str]:
    pairs = [f"{school}: {_scalar(str(digits))}" for school, digits in wording.items()]
    head = "  wording: {"
    line = f"{head}{', '.join(pairs)}}}"
    if len(line) <= _WIDEST:
        yield line
        return
    for number, pair in enumerate(pairs):
        start = head if number == 0 else " " * len(head)
        yield f"{start}{pair}{'}' if number == len(pairs) - 1 else ','}"


def _scalar(text: str) -> str:
    """Give a text as YAML that reads as just this text: bare where that will do."""
    for shown in (text, quoted(text)):
        if shown.casefold() in _NOT_TEXT_ELSEWHERE:
            continue
        # Within braces as well, where commas part.
        read = read_yaml(f"k: {shown}\nl: {{k: {shown}}}", "")
        if read.data == {"k": text, "l": {"k": text}} and not read.faults:
            return shown
    message = f"“{text}” has characters that can't stand in the register"
    raise RegisterError(message)


def _appended(text: str, path: str, entry: Sequence[str]) -> str:
    """Put an entry behind the last one, and behind the notes that follow it."""
    data = read_yaml(text, path).data if text else None
    indent = " " * (data.span.column - 1) if data else ""
    head, tail = text, ""
    if data == []:
        head = _NO_APPROVALS.sub("", text, count=1)
    elif data and (ends := [m.start() for m in _END.finditer(text) if _is_behind(text, m, data)]):
        head, tail = text[: ends[0]], text[ends[0] :]
    if head.strip() and not head.endswith("\n"):
        head += "\n"
    head = head if head.strip() else ""
    return head + "".join(f"{indent}{line}\n" for line in entry) + tail


def _is_behind(text: str, mark: re.Match[str], data: Sequence[object]) -> bool:
    """Whether a mark that ends a document stands behind its last approval."""
    last: Span = getattr(data[-1], "span", Span(""))
    return text.count("\n", 0, mark.start()) >= last.line


def _inserted(text: str, line: int, entry: Sequence[str]) -> str:
    """Put an entry before the one on a line, and before the notes right above that."""
    lines = text.split("\n")
    at = line - 1
    while at > 0 and not lines[at].lstrip().startswith("-"):
        at -= 1
    indent = " " * (len(lines[at]) - len(lines[at].lstrip()))
    above = at
    while above > 0 and lines[above - 1].lstrip().startswith("#"):
        above -= 1
    # Notes at the top of the file are about the register.
    at = above or at
    return "\n".join([*lines[:at], *(f"{indent}{each}" for each in entry), *lines[at:]])
