"""A verdict for a terminal and as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.wording import day_in_words
from policygen.diagnostics import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.document import Document
    from policygen.verify.records import Change, Difference, Inspection, Match, Verdict

_SHORT = 8
_STATES = {
    "as-built": "It is as it was built: not a byte has changed.",
    "saved-again": "It was saved again since it was built, and no word of it has changed.",
    "altered": "It has been ALTERED since it was built.",
    "unsealed": "It has no seal, which would tell whether it was altered since it was built.",
}
_FORMATS = {"pdf": "PDF", "docx": "Word file", "html": "web page"}


def as_text(verdict: Verdict) -> str:
    """Give a verdict for a terminal."""
    lines = [f"{verdict.asked}: {_head(verdict)}"]
    if verdict.file and not verdict.file.imprint and not verdict.matches:
        lines.append("  It has no seal, and no fingerprint of a document that these sources made.")
        return "\n".join((*lines, *(f"  {line}" for line in _searched(verdict)))) + "\n"
    for match in verdict.matches:
        if len(verdict.matches) > 1 or verdict.file is None:
            lines.append(f"  {_named(match)}")
        lines += [f"    {line}" for line in _of_match(match)]
    if verdict.file:
        lines += [f"  {line}" for line in _of_file(verdict.file, verdict.matches)]
    if not verdict.matches or any(match.then is None for match in verdict.matches):
        lines += [f"  {line}" for line in _searched(verdict)]
    return "\n".join(lines) + "\n"


def _head(verdict: Verdict) -> str:
    kind = _FORMATS[verdict.file.format] if verdict.file else "fingerprint"
    match verdict.matches:
        case ():
            imprint = verdict.file.imprint if verdict.file else None
            if imprint is None:
                return f"a {kind} of no document that is known"
            of = f"{imprint.school}/{imprint.id}"
            return f"a {kind} that says it is {of}, wording {imprint.wording[:_SHORT]}"
        case (only,) if verdict.file:
            return f"the {kind} of {_named(only)}"
        case (_,):
            return "the fingerprint of one document"
        case several:
            return f"a {kind} that fits {plural(len(several), 'document')}"


def _named(match: Match) -> str:
    version = f", version {match.version}" if match.version else ""
    status = f", {match.status}" if match.status else ""
    folder = "forms/" if match.kind == "form" else ""
    of = f", a form of {match.policy}" if match.kind == "form" and match.policy else ""
    return f"“{match.title}”{version}{status} ({match.school}/{folder}{match.id}{of})"


def _of_match(match: Match) -> Iterator[str]:
    """Say how a wording stands: today's or an earlier one, approved or not, what changed."""
    yield f"Wording {match.wording[:_SHORT]}{_approved(match)}"
    if match.forms:
        yield f"Its forms bear this fingerprint, too: {', '.join(match.forms)}."
    if match.current:
        yield "This is the current wording."
        return
    if match.found_at is not None:
        at = f"{match.found_at.name} ({day_in_words(match.found_at.date)})"
        yield f"This is NOT the current wording. It was found in the sources at {at}."
    else:
        yield "This is NOT the current wording."
    if match.now is None:
        yield "Today there is no such document, or it has errors."
        return
    yield f"Today’s: {_of_today(match.now)}"
    if match.then is None:
        yield "What changed since can’t be told: no version of the sources has that wording."
        return
    if match.changes:
        yield f"{plural(len(match.changes), 'change')} of words since, [-gone-] and {{+new+}}:"
    else:
        yield "No clause has other words; what changed is order, layout or data."
    for change in match.changes:
        yield f"  {change.title}"
        yield f"    {change.told}"
        yield from (f"      {line}" for line in change.words)


def _approved(match: Match) -> str:
    known = match.approved
    if known is None:
        return ""
    minute = f", minute {known.minute}" if known.minute else ""
    return f", approved as version {known.version} by {known.by} ({day_in_words(known.on)}{minute})"


def _of_today(document: Document) -> str:
    version = f"version {document.version}, " if document.version else ""
    return f"{version}{document.status}, wording {document.short_fingerprint}".replace(", ,", ",")


def _of_file(file: Inspection, matches: tuple[Match, ...]) -> Iterator[str]:
    yield _STATES[file.state]
    yield from _misnamed(file, matches)
    if file.marks:
        yield f"Something was put over its pages: {', '.join(file.marks)}."
    yield from file.notes
    if file.same_words:
        yield f"Its words are those of {file.compared_with}."
    elif file.same_words is False and file.differences:
        if file.state in {"as-built", "saved-again"}:
            yield (
                "Names, dates or other data printed in it have changed since: its words and those "
                f"of {file.compared_with}."
            )
        else:
            yield f"Its words, and those of {file.compared_with}:"
        yield from (f"  {_difference(each)}" for each in file.differences)
        if file.more:
            yield f"  and {plural(file.more, 'more difference')}"
    elif file.same_words is None:
        yield "Its words can’t be compared: no single version of the sources is known that has it."


def _misnamed(file: Inspection, matches: tuple[Match, ...]) -> Iterator[str]:
    """Tell what a file says wrongly of itself."""
    imprint = file.imprint
    if imprint is None or file.state != "altered" or len(matches) != 1:
        return
    (match,) = matches
    pairs = [
        ("school", imprint.school, match.school),
        ("document", imprint.id, match.id),
        ("version", imprint.version, match.version),
    ]
    for what, said, known in pairs:
        if said != known and match.then is not None:
            yield f"Its properties say {what} “{said}”, where the sources have “{known}”."


def _difference(each: Difference) -> str:
    after = f"after “{each.before}”: " if each.before else "at its beginning: "
    if not each.in_document:
        return f"{after}the file has “{each.in_file}” besides"
    if not each.in_file:
        return f"{after}the file lacks “{each.in_document}”"
    return f"{after}the file has “{each.in_file}” for “{each.in_document}”"


def _searched(verdict: Verdict) -> Iterator[str]:
    """Say where a wording was looked for in vain."""
    if verdict.no_history:
        yield f"Earlier wordings could not be looked for: {verdict.no_history}."
        return
    if not verdict.looked_at:
        return
    earlier = plural(verdict.looked_at, "earlier version")
    yield (
        "No document of today’s sources has this wording, and neither has any of the "
        f"{earlier} of them that git has{'' if not verdict.unseen else ' and that were looked at'}."
    )
    if verdict.unseen:
        many = plural(verdict.unseen, "version")
        yield f"{many} before that were not looked at; --revisions says how many are."


# Data ------------------------------------------------------------------------


def as_data(verdict: Verdict) -> dict[str, object]:
    """Give a verdict for programs; the keys are described in docs/reference/command.md."""
    return {
        "asked": verdict.asked,
        "sound": verdict.sound,
        "file": _file(verdict.file) if verdict.file else None,
        "matches": [_match(match) for match in verdict.matches],
        "revisions": {
            "looked_at": verdict.looked_at,
            "not_looked_at": verdict.unseen,
            "why_none": verdict.no_history or None,
        },
    }


def _match(match: Match) -> dict[str, object]:
    now, approved, revision = match.now, match.approved, match.found_at
    return {
        "school": match.school,
        "kind": match.kind,
        "id": match.id,
        "policy": match.policy or (match.id if match.kind == "policy" else None),
        "title": match.title,
        "version": match.version or None,
        "status": match.status or None,
        "wording": match.wording,
        "current": match.current,
        "forms": list(match.forms),
        "approved": {
            "version": approved.version,
            "on": str(approved.on),
            "by": approved.by,
            "minute": approved.minute or None,
        }
        if approved
        else None,
        "revision": {
            "name": revision.name,
            "commit": revision.commit,
            "date": str(revision.date),
        }
        if revision
        else None,
        "now": {"version": now.version or None, "status": now.status, "wording": now.fingerprint}
        if now
        else None,
        "changes": [_change(change) for change in match.changes],
    }


def _change(change: Change) -> dict[str, object]:
    return {"title": change.title, "what": change.told, "words": list(change.words)}


def _file(file: Inspection) -> dict[str, object]:
    return {
        "format": file.format,
        "state": file.state,
        "says": file.imprint.values if file.imprint else None,
        "notes": list(file.notes),
        "marks": list(file.marks),
        "compared_with": file.compared_with or None,
        "same_words": file.same_words,
        "differences": [
            {
                "after": each.before,
                "file": each.in_file or None,
                "document": each.in_document or None,
            }
            for each in file.differences
        ],
        "more_differences": file.more,
    }
