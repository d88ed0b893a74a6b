"""How a command ends."""

from __future__ import annotations

import contextlib
import gc
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class EndedEarly(SystemExit):
    """The end of a command that leaves nothing to tidy."""


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage up to the end of a command that throws next to nothing away."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def heard() -> None:
    """Take a request to end as heard: it is not repeated."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
