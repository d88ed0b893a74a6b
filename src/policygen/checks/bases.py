"""The wording that an amendment was written against."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygen.model.clauses import Clause

LENGTH = 8
"""Digits of a fingerprint as written behind ``against:``; more may stand there."""


def fingerprint_of(clause: Clause) -> str:
    """Give the fingerprint of a clause's wording as the library has it: of its heading and its
    texts, however their lines are broken."""
    texts = [("", clause.heading), ("", clause.text), *(clause.texts or {}).items()]
    written = [f"{name}\0{' '.join(text.split())}" for name, text in texts if text is not None]
    return hashlib.sha256("\0".join(written).encode()).hexdigest()
