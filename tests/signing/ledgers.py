"""Forms, people and entries that tests of ledgers share."""

from __future__ import annotations

import datetime as dt

from policygen.signing.codes import code_for
from policygen.signing.entries import Asked, Entry, FormNow, Signer

DAY = dt.date(2026, 9, 1)
FIRST, SECOND, THIRD = "a" * 64, "b" * 64, "c" * 64


def form(wording: str = FIRST, version: str = "1.0", policy: str = "online") -> FormNow:
    return FormNow("agreement", "Agreement", policy, version, wording)


def signer(number: int = 1) -> Signer:
    return Signer(f"p-{number}", "staff", f"Person {number}", "Science", "Teacher")


def asked(number: int = 1, wanted: FormNow | None = None) -> Asked:
    return Asked(signer(number), wanted or form())


def issue(number: int = 1, wanted: FormNow | None = None, on: dt.date = DAY) -> Entry:
    it = asked(number, wanted)
    code = code_for("alder", it.signer.key, it.form.id, it.form.wording)
    return Entry.issue(it, on, code)
