"""The versions of a policy, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from policygen.assemble.wording import humanised

if TYPE_CHECKING:
    import datetime as dt

    from policygen.model.texts import Month

SchoolId: TypeAlias = str | None
"""A school; None is the trust itself."""

ACTIONS = ("added", "removed", "reworded", "moved")
"""What a version may have done to a part, in the order in which it is told."""


class NoSuchPolicyError(Exception):
    """A policy or school that no version has, or sources that can't be read."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause or other part that a version changed; ``title`` begins with its number.

    ``was`` is the number it had before, where that is another; ``where`` says at which
    schools, "" where at all.
    """

    action: str
    unit: str
    title: str
    was: str
    schools: tuple[SchoolId, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a policy.

    ``tag`` is "" for one of the policy's own history. ``changes`` is None where there is
    nothing to compare with: the first version, and those of a history. ``unread`` are the
    schools whose document had errors then.
    """

    number: str
    date: dt.date | Month
    summaries: tuple[str, ...]
    tag: str = ""
    changes: tuple[Changed, ...] | None = None
    ended: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changelog:
    """The versions of a policy, newest first; ``skipped`` are tags that could not be read."""

    policy_id: str
    versions: tuple[Version, ...]
    skipped: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the policy is called."""
        return humanised(self.policy_id)

    @property
    def tagged(self) -> bool:
        """Whether the versions are those of git tags."""
        return any(version.tag for version in self.versions)
