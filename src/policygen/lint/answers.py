"""Answers to settings: asked for, of the right kind, and not locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.context import bad_answer, read_answer, unknown
from policygen.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.library import Library
    from policygen.model.records import Answers


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell answers to unknown settings, answers that don't fit, locked ones answered
    differently by a school, and defaults that don't fit their own setting."""
    yield from _defaults(library)
    yield from _fit(library, library.trust.settings)
    for policy in library.policies.values():
        yield from _fit(library, policy.settings)
    for school_id, school in library.schools.items():
        layers = [school.settings, *(entry.settings for entry in school.policies.values())]
        for answers in layers:
            yield from _fit(library, answers)
            yield from _locked(library, school_id, answers)
    for name in library.trust.locked_settings:
        if name not in library.settings and not _unread(library, name):
            yield unknown("setting", name, library.settings, name.span, "settings.yaml")


def _defaults(library: Library) -> Iterator[Diagnostic]:
    for name, setting in library.settings.items():
        if setting.default is not None and read_answer(name, setting, setting.default) is None:
            yield bad_answer(name, setting, setting.default, setting.at("default"))


def _unread(library: Library, name: str) -> bool:
    return bool({"settings", f"settings/{name}"} & library.unreadable)


def _fit(library: Library, answers: Answers) -> Iterator[Diagnostic]:
    for name, answer in answers.items():
        setting = library.settings.get(name)
        if setting is None:
            if not _unread(library, name):
                where = "settings.yaml"
                yield unknown("setting", name, library.settings, answer.name_at, where)
        elif answer.value is None:
            message = f"the setting “{name}” is not answered here"
            hint = f"Write an answer behind it. It asks: {setting.question}"
            yield Diagnostic("unanswered-setting", message, answer.name_at, hint)
        elif read_answer(name, setting, answer.value) is None:
            yield bad_answer(name, setting, answer.value, answer.span)


def _locked(library: Library, school_id: str, answers: Answers) -> Iterator[Diagnostic]:
    locked = set(library.trust.locked_settings)
    for name, answer in answers.items():
        setting = library.settings.get(name)
        if name not in locked or setting is None:
            continue
        given = library.trust.settings.get(name)
        of_trust = given.value if given else setting.default
        if _same(answer.value, of_trust):
            continue
        message = f"the trust has locked the setting “{name}”; {school_id} can't answer it"
        hint = "Take the answer out, or ask the trust to unlock the setting."
        yield Diagnostic("locked-setting", message, answer.name_at, hint)


def _same(one: object, other: object) -> bool:
    return one == other or str(one) == str(other)
