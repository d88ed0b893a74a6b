"""What is loaded in the process that workers are forked from, before there is a document.

No text may be laid out there: Pango starts a thread for its fonts, which a fork leaves behind.
"""

from __future__ import annotations

import contextlib

from policygen.writers.pdf.engine import start
from policygen.writers.theme import Theme

# What is wrong here is told by the worker that needs it.
with contextlib.suppress(Exception):
    start().warm_up(Theme())
