"""What a board decided about a policy, and why a decision can't go into the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from policygen.diagnostics import Diagnostic
    from policygen.model.texts import Month


class WrongUseError(Exception):
    """A decision that can't be meant: a date, a school or a policy there is not."""


class NotApprovedError(Exception):
    """A policy that can't be approved as it stands; ``faults`` say why, beside the message."""

    def __init__(
        self,
        message: str,
        faults: Iterable[Diagnostic] = (),
        texts: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.faults = tuple(faults)
        self.texts = texts or {}


@dataclass(frozen=True, slots=True)
class Decision:
    """Who approved a policy, on which day, and where that is minuted.

    ``schools`` are those whose wording it was, all where empty, ``trust`` for the trust's own
    document. ``again`` means that wording approved before was approved once more, as at a
    yearly review. ``past`` means one from before the register, of a wording nobody can tell
    any more, and of ``version``, where that is given.
    """

    policy_id: str
    by: str
    on: dt.date | Month
    minute: str = ""
    schools: tuple[str, ...] = ()
    again: bool = False
    past: bool = False
    version: str = ""
