"""A planned approval written into the register, and read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.approving.register import with_approval
from policygen.assemble.facts import STATUS_WORDS
from policygen.assemble.targets import Asked
from policygen.files import write_whole
from policygen.survey import survey

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.approving.planning import Plan


class NotRecordedError(Exception):
    """A register that could not be written or doesn't say what it should; it stands as before."""


def record(source: Path, plan: Plan) -> str:
    """Write a plan's approvals into the register; give the file's path within the sources.

    The file appears whole or stays as it was. Afterwards the sources are read again, and each
    document that was approved must say so. Raises ``NotRecordedError`` and ``RegisterError``.
    """
    name = f"approvals/{plan.decision.policy_id}.yaml"
    path = source / name
    if not path.resolve().is_relative_to(source.resolve()):
        message = f"{name} is a link to a place outside the source folder"
        raise NotRecordedError(message)
    try:
        before = path.read_bytes() if path.exists() else None
        text = before.decode("utf-8") if before else ""
        for approval in plan.approvals:
            text = with_approval(text, name, approval)
        write_whole(path, text.encode("utf-8"))
        if wrong := _not_as_planned(source, plan):
            _restore(path, before)
            message = (
                f"{', '.join(wrong)}: the sources were changed meanwhile, so that other words "
                "would stand approved; nothing was recorded. Try again"
            )
            raise NotRecordedError(message)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        message = f"{name} can't be written: {why}"
        raise NotRecordedError(message) from error
    return name


def _not_as_planned(source: Path, plan: Plan) -> list[str]:
    """Give the documents that the register, read again, doesn't say the planned thing of."""
    policy_id = plan.decision.policy_id
    schools = frozenset(key or "trust" for key in plan.to_do)
    library, report = survey(source, asked=Asked(schools, frozenset((policy_id,))))
    entries = library.approvals.get(policy_id, ()) if library else ()
    missing = [each.version for each in plan.approvals if vars(each) not in map(vars, entries)]
    if plan.decision.past:
        return [f"version {version}" for version in missing]
    approved = {
        (target.school_id, target.document.fingerprint)
        for target in report.targets
        if target.document and target.document.status == STATUS_WORDS["approved"]
    }
    return [
        key or "trust"
        for key, document in plan.to_do.items()
        if (key, document.fingerprint) not in approved
    ]


def _restore(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink()
    else:
        write_whole(path, before)
