"""A review as a document: impact first, then each policy's changes, each told once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policygen.assemble.numbering import number
from policygen.assemble.policy import DEFAULT_COLOUR
from policygen.document import Contents, Document, Text
from policygen.review.chapters import chapter
from policygen.review.glance import glance
from policygen.review.shown import shown

if TYPE_CHECKING:
    from policygen.document import Block
    from policygen.review.found import Review
    from policygen.review.names import Names


def as_document(found: Review, names: Names) -> Document:
    """Give the report that governors read before they approve."""
    trust = names.new.trust
    policies = {
        policy_id: shown(found, policy_id)
        for policy_id in dict.fromkeys(change.policy_id for change in found.changes)
    }
    blocks: list[Block] = [glance(found, names, policies)]
    if len(policies) > 1:
        blocks.append(Contents())
    blocks += [chapter(found, names, policy_id, told) for policy_id, told in policies.items()]
    title = f"Changes from {_version(found.old_name)} to {_version(found.new_name)}"
    document = Document(
        "changes",
        "report",
        (Text(title),),
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
