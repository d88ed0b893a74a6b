"""Approvals: what a board decided, put into the approval register."""

from policygen.approving.decision import Decision, NotApprovedError, WrongUseError
from policygen.approving.planning import Plan, planned
from policygen.approving.recording import NotRecordedError, record
from policygen.approving.register import RegisterError, with_approval
from policygen.approving.since import Since, since
from policygen.approving.words import changes, doubts, heads, standing_already

__all__ = [
    "Decision",
    "NotApprovedError",
    "NotRecordedError",
    "Plan",
    "RegisterError",
    "Since",
    "WrongUseError",
    "changes",
    "doubts",
    "heads",
    "planned",
    "record",
    "since",
    "standing_already",
    "with_approval",
]
