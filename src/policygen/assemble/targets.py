"""Everything a library's schools have: which documents there are, and each assembled."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from policygen.assemble.alike import Sketches
from policygen.assemble.context import Context, unknown
from policygen.assemble.facts import next_review
from policygen.assemble.policy import Assembled, assemble_form, assemble_policy
from policygen.assemble.wording import day_in_words
from policygen.diagnostics import Diagnostic, Severity, Span, collected
from policygen.model.texts import last_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from policygen.assemble.alike import Sketch
    from policygen.document import Document
    from policygen.model.library import Library


@dataclass(frozen=True, slots=True)
class Target:
    """A document that is to be written. ``school_id`` is None for the trust's own.

    ``document`` is None where it could not be assembled at all. Dates are as printed,
    ``next_review_on`` is the day it is due.
    """

    school_id: str | None
    kind: Literal["policy", "form"]
    id: str
    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
    policy_id: str | None = None
    adopted: str = ""
    next_review: str = ""
    next_review_on: dt.date | None = None
    reason: str = ""

    @property
    def name(self) -> str:
        """What it is called in diagnostics, and its path without an ending."""
        folder = self.school_id or "trust"
        return f"{folder}/forms/{self.id}" if self.kind == "form" else f"{folder}/{self.id}"

    @property
    def sound(self) -> bool:
        """Whether it may be written."""
        return self.document is not None and not any(d.is_error for d in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which documents are wanted: those of these schools, ``trust`` for the trust itself, and
    of these policies; all where none are named.

    Forms are wanted where no policies are named, or ``their_forms`` are; without
    ``printed_forms`` only those that no policy of the school prints, and none without
    ``forms``.
    """

    schools: frozenset[str] = frozenset()
    policies: frozenset[str] = frozenset()
    printed_forms: bool = True
    forms: bool = True
    their_forms: bool = False

    @property
    def wants_forms(self) -> bool:
        """Whether any forms are wanted."""
        return self.forms and (self.their_forms or not self.policies)

    def at(self, school_id: str | None) -> bool:
        """Whether documents of a school are wanted; None is the trust itself."""
        return not self.schools or (school_id or "trust") in self.schools

    def of(self, policy_id: str) -> bool:
        """Whether a policy is wanted."""
        return not self.policies or policy_id in self.policies


EVERYTHING = Asked()


def targets(
    library: Library, asked: Asked = EVERYTHING, *, shared: bool = False
) -> Iterator[Target]:
    """Assemble the documents of every school and of the trust, in a fixed order.

    ``shared`` is for those who look for faults: schools whose documents can differ in names
    and dates only share the document of the first of them.
    """
    assembling = _Assembling(library, Sketches(library) if shared else None)
    for school_id in (*library.schools, None):
        if asked.at(school_id):
            yield from _targets_of(assembling, school_id, asked)


def targets_of(library: Library, school_id: str | None, asked: Asked) -> Iterator[Target]:
    """Assemble the documents of one school, or of the trust."""
    return _targets_of(_Assembling(library, None), school_id, asked)


@dataclass(slots=True)
class _Assembling:
    """Assembles documents; with ``sketches``, those of schools that are alike once.

    What can be told only with a school's name is found at each school. Their documents are
    for looking at: they bear no fingerprint.
    """

    library: Library
    sketches: Sketches | None
    _made: dict[Sketch, Assembled | None] = field(default_factory=dict)

    def policy(self, school_id: str | None, policy_id: str) -> Assembled:
        """Give a policy of a school."""
        context = Context(self.library, school_id, policy_id)
        whole = self.sketches is None
        found = self._once(
            context,
            "",
            lambda: assemble_policy(self.library, school_id, policy_id, fingerprinted=whole),
        )
        assert found is not None  # noqa: S101 a policy is always assembled
        return found

    def form(self, school_id: str | None, form_id: str, own: Assembled | None) -> Assembled | None:
        """Give a form of a school, in the words of the policy that prints it there."""
        context = Context(self.library, school_id, own.document.id if own else None)
        return self._once(
            context, form_id, lambda: assemble_form(self.library, school_id, form_id, own)
        )

    def _once(
        self, context: Context, form_id: str, make: Callable[[], Assembled | None]
    ) -> Assembled | None:
        if self.sketches is None:
            return make()
        key = (form_id, self.sketches.of(context))
        if key not in self._made:
            found = make()
            if found and any(_is_of_school(d, context) for d in found.diagnostics):
                return found
            self._made[key] = found
        return self._made[key]


def _is_of_school(diagnostic: Diagnostic, context: Context) -> bool:
    """Whether a diagnostic says something of just one school."""
    words = f"{diagnostic.message} {diagnostic.hint} {diagnostic.span}"
    return context.who in words or (context.school_id or "") in words


def _targets_of(assembling: _Assembling, school_id: str | None, asked: Asked) -> Iterator[Target]:
    library = assembling.library
    here = _School(assembling, school_id)
    for policy_id in filter(asked.of, here.policies):
        target = here.policy(policy_id)[0]
        if target:
            yield target
    if school_id is None and not here.policies:
        return
    for form_id in library.forms if asked.wants_forms else ():
        listing = [name for name in _listing(library, school_id, form_id) if name in here.policies]
        if asked.policies and not any(map(asked.of, listing)):
            continue
        if not asked.printed_forms and any(_holds(a, form_id) for a in here.assembled()):
            continue
        target = _form_target(here, form_id, listing)
        if target and (not asked.policies or asked.of(target.policy_id or "")):
            yield target


class _School:
    """A school, or the trust, whose policies are assembled when they are first asked for."""

    def __init__(self, assembling: _Assembling, school_id: str | None) -> None:
        library = assembling.library
        self.assembling = assembling
        self.id = school_id
        self.policies: tuple[str, ...] = (
            tuple(library.schools[school_id].policies)
            if school_id
            else tuple(name for name, each in library.policies.items() if each.level == "trust")
        )
        self._made: dict[str, tuple[Target | None, Assembled | None]] = {}

    def policy(self, policy_id: str) -> tuple[Target | None, Assembled | None]:
        """Give a policy of the school as a target, and as assembled if it could be."""
        if policy_id not in self._made:
            self._made[policy_id] = _policy_target(self.assembling, self.id, policy_id)
        return self._made[policy_id]

    def assembled(self) -> Iterator[Assembled]:
        """Give those of its policies that could be assembled."""
        for policy_id in self.policies:
            if found := self.policy(policy_id)[1]:
                yield found


def _policy_target(
    assembling: _Assembling, school_id: str | None, policy_id: str
) -> tuple[Target | None, Assembled | None]:
    library = assembling.library
    span = getattr(policy_id, "span", None)
    name = str(policy_id)
    policy = library.policies.get(name)
    if policy is None:
        if f"policies/{name}" in library.unreadable:
            message = f"the policy “{name}” can't be built: its file has errors"
            fault = Diagnostic("unreadable", message, Span(f"policies/{name}.yaml"))
        else:
            where = f"policies/{name}.yaml"
            fault = unknown("policy", name, library.policies, span or Span(""), where)
        return _named(Target(school_id, "policy", name, None, (fault,))), None
    if school_id is not None and policy.level == "trust":
        message = f"“{name}” is a policy of the trust: there is one document for all schools"
        hint = "Take it out of the school's list, or set `level: school` in the policy."
        fault = Diagnostic("trust-level", message, span, hint, Severity.WARNING)
        return _named(Target(school_id, "policy", name, None, (fault,))), None
    found = assembling.policy(school_id, name)
    context = Context(library, school_id, name)
    review = next_review(context)
    adopted = context.policy_field("adopted") if school_id else None
    target = Target(
        school_id,
        "policy",
        name,
        found.document,
        found.diagnostics,
        name,
        day_in_words(adopted) if adopted else "",
        day_in_words(review) if review else "",
        last_day(review) if review else None,
        found.reason,
    )
    return _named(target), found


def _form_target(here: _School, form_id: str, listing: list[str]) -> Target | None:
    """Give a form on its own: in its policy's words, if one of the school's prints it.

    A form that speaks of its policy is not for a school that doesn't have the policy, nor
    is one whose appendix the school's policies leave out.
    """
    library, school_id = here.assembling.library, here.id
    own: Assembled | None = None
    listed = False
    for assembled in (here.policy(name)[1] for name in listing):
        listed = listed or assembled is not None
        if assembled and _holds(assembled, form_id):
            own = assembled
            break
    if own is None and (school_id is None or listed):
        return None
    elsewhere = own is None and _may_print(library, form_id)
    found = here.assembling.form(school_id, form_id, own)
    if found is None:
        return None
    if elsewhere and any(
        d.code in {"unknown-here", "reference-not-printed"} for d in found.diagnostics
    ):
        return None
    policy_id = own.document.id if own else None
    diagnostics = found.diagnostics
    if own and any(d.is_error for d in own.diagnostics):
        message = f"the form “{form_id}” can't be built: its policy “{policy_id}” has errors"
        span = library.forms[form_id].span
        diagnostics = (*diagnostics, Diagnostic("unreadable", message, span))
    return _named(
        Target(
            school_id,
            "form",
            form_id,
            found.document,
            diagnostics,
            policy_id,
            reason=own.reason if own else "",
        )
    )


def _holds(assembled: Assembled, form_id: str) -> bool:
    """Whether a policy's document holds a form."""
    return form_id in assembled.placed_before


def _listing(library: Library, school_id: str | None, form_id: str) -> list[str]:
    """Give the policies of a school that list a form, in the school's order."""
    names = library.schools[school_id].policies if school_id else library.policies
    found = []
    for name in map(str, names):
        appendices = (
            Context(library, school_id, name).policy_field("appendices")
            if (name in library.policies)
            else ()
        )
        if _prints(appendices or (), form_id):
            found.append(name)
    return found


def _may_print(library: Library, form_id: str) -> bool:
    """Whether some policy prints a form, or one with an error of its own may."""
    appendices = [a for policy in library.policies.values() for a in policy.appendices or ()]
    misnamed = any(a.form is not None and a.form not in library.forms for a in appendices)
    unread = any(name.startswith("policies/") for name in library.unreadable)
    return misnamed or unread or _prints(appendices, form_id)


def _prints(appendices: Iterable[object], form_id: str) -> bool:
    return any(getattr(appendix, "form", None) == form_id for appendix in appendices)


def _named(target: Target) -> Target:
    """Give the target with its name on each of its diagnostics."""
    named = [replace(d, documents=(target.name,)) for d in target.diagnostics]
    return replace(target, diagnostics=tuple(collected(named)))
