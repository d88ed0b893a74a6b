"""A review as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.compare import accepted, rejected
from policygen.document import (
    Code,
    Emphasis,
    Link,
    Picture,
    Strong,
    inlines,
    plain_text,
    walk,
)

if TYPE_CHECKING:
    from policygen.diagnostics import Span
    from policygen.document import Blocks, Inlines
    from policygen.review.found import Change, Review


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
                "numbers_moved": len(found.renumbered.get((school, policy), ())),
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
                "at": place(each.span),
            }
            for each in found.amendments
        ],
        "likely_renamed": [{"old": old, "new": new} for old, new in found.likely_renamed],
        "not_compared": found.not_compared,
        "changes": [change_data(change) for change in found.changes],
    }


def change_data(change: Change) -> dict[str, object]:
    """Give a change with its words in both versions."""
    return {
        "policy": change.policy_id,
        "unit": change.unit,
        "title": change.title,
        "within": change.within,
        "action": change.action,
        "kind": change.kind,
        "was": change.was or None,
        "moved_from": change.moved_from,
        "schools": list(change.schools),
        "causes": [place(span) for span in change.causes],
        "old": _lines(rejected(change.redline)),
        "new": _lines(accepted(change.redline)),
    }


def place(span: Span) -> str:
    """Give a place in the sources: file and line."""
    return f"{span.path}:{span.line}"


def _lines(blocks: Blocks) -> str:
    """Give the words of one version, a line for each paragraph, heading or cell."""
    lines = (" ".join(_words(run).split()) for block in walk(blocks) for run in inlines(block))
    return "\n".join(line for line in lines if line)


def _words(run: Inlines) -> str:
    return "".join(
        f"[picture: {inline.alt}]"
        if isinstance(inline, Picture)
        else _words(inline.children)
        if isinstance(inline, Strong | Emphasis | Code | Link)
        else plain_text((inline,))
        for inline in run
    )
