"""How a command ends."""

from __future__ import annotations

import signal


class EndedEarly(SystemExit):
    """The end of a command that had nothing to do, and leaves nothing to tidy."""


def heard() -> None:
    """Take a request to end as heard: it is not repeated."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
