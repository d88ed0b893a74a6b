"""Clauses that choose: by a setting with choices, with a text for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.clauses import missing_text
from policygen.assemble.context import unknown
from policygen.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.clauses import Clause
    from policygen.model.library import Library
    from policygen.model.trust import Setting


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell choices without a text, texts without a choice, unknown settings."""
    for clause_id, clause in library.clauses.items():
        if clause.choose is None:
            continue
        name = str(clause.choose)
        setting = library.settings.get(name)
        if setting is not None:
            yield from _texts(clause_id, clause, setting)
        elif not {"settings", f"settings/{name}"} & library.unreadable:
            yield unknown("setting", name, library.settings, clause.choose.span, "settings.yaml")


def _texts(clause_id: str, clause: Clause, setting: Setting) -> Iterator[Diagnostic]:
    texts = {str(key): key for key in clause.texts or {}}
    span = clause.choose.span if clause.choose is not None else clause.span
    if setting.choices is not None:
        choices = tuple(map(str, setting.choices))
    elif setting.type == "yes-no":
        choices = ("yes", "no")
        texts = {{"true": "yes", "false": "no"}.get(name, name): key for name, key in texts.items()}
    else:
        message = f"“{clause.choose}” has no choices to choose a text by"
        hint = "Choose by a setting with `choices:` or of `type: yes-no`."
        yield Diagnostic("no-choices", message, span, hint)
        return
    for choice in choices:
        if choice not in texts:
            yield missing_text(clause_id, clause, choice)
    for name, key in texts.items():
        if name not in choices:
            where = f"settings.yaml as a choice of {clause.choose}"
            of = f" of the setting “{clause.choose}”"
            yield unknown("choice", str(key), choices, key.span, where, of=of)
