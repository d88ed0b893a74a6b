"""What names mean for one school and one policy: the values behind ``{{ }}``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from policygen.assemble.wording import capitalize_first
from policygen.diagnostics import Diagnostic, Span, did_you_mean
from policygen.model.texts import Line, Month, SourceText
from policygen.model.trust import Officer, School, Setting, Term, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policygen.model.library import Library
    from policygen.model.policies import Approval, Policy, PolicyFields, SchoolPolicy
    from policygen.model.records import Answer


def _term(one: str, many: str, text: str | None = None) -> Term:
    bare = SourceText(text) if text else None
    return Term(one=SourceText(one), many=SourceText(many), text=bare)


DEFAULT_TERMS = {
    "school": _term("school", "schools", "school"),
    "headteacher": _term("headteacher", "headteachers", "headteacher"),
    "governors": _term("governor", "governors"),
    "pupils": _term("pupil", "pupils"),
    "staff": _term("member of staff", "staff", "staff"),
    "parents": _term("parent", "parents"),
}
"""The words that have a default."""

_ABBREVIATIONS = {
    word.lower(): word
    for word in (
        *("CEO", "CFO", "COO", "DPO", "DSL", "HR", "ICT", "IT", "LADO", "PSHE"),
        *("SEN", "SENCO", "SENDCO", "SEND", "SIRO"),
    )
}
"""Parts of an office's name that are printed in capitals."""

_SINGULAR = frozenset({"school", "headteacher"})
"""Terms whose bare name prints the singular even where {one, many} are given."""

SCHOOL_NAMES = tuple(
    name
    for name in School.model_fields
    if name not in {"officers", "terms", "settings", "policies", "logo", "colour"}
)
TRUST_NAMES = tuple(
    name
    for name in Trust.model_fields
    if name
    not in {
        "officers",
        "terms",
        "settings",
        "locked_settings",
        "logo",
        "colour",
        "word_template",
        "control",
        "appendix_labels",
        "checks",
    }
)
POLICY_NAMES = (
    "title",
    "version",
    "status",
    "owner",
    "author",
    "approver",
    "responsible",
    "contact",
    "approved",
    "adopted",
    "adopted_by",
    "last_review",
    "effective",
    "next_review",
    "review_every",
    "audience",
    "statutory",
    "location",
    "reference",
)
OFFICER_NAMES = ("name", "post", "email", "telephone", "website")
TERM_NAMES = ("one", "many")


AnswerLayer: TypeAlias = Literal["entry", "school", "policy", "trust"]
"""Who answers a setting: a school's entry for the policy, the school, the policy, the trust."""


@dataclass(frozen=True, slots=True)
class Absent:
    """Something that isn't there; printing it is the fault ``why``."""

    why: Diagnostic


@dataclass(frozen=True, slots=True)
class OfficerValue:
    """An officer under the name of the office."""

    office: str
    officer: Officer
    post: str

    @property
    def text(self) -> str:
        """Name and post: "A. Person, Data Protection Officer"."""
        return ", ".join(part for part in (self.officer.name, self.post) if part)


@dataclass(frozen=True, slots=True)
class ChoiceValue:
    """The answer to a setting with choices: compared by id, printed in words."""

    setting: str
    id: str
    printed: Line


@dataclass(frozen=True, slots=True)
class YesNo:
    """The answer to a yes-no setting: true or false in conditions, yes or no in print."""

    yes: bool

    @property
    def text(self) -> str:
        """What it prints."""
        return "yes" if self.yes else "no"


@dataclass(frozen=True, slots=True)
class Worded:
    """A word of ours, compared by id: a policy's status."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class TermValue:
    """A term: ``text`` is what the bare name prints."""

    text: str
    one: str | None
    many: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """All names there are under a root such as ``officers``, for ``x in officers``."""

    root: str
    present: frozenset[str]


Found: TypeAlias = (
    str
    | int
    | bool
    | dt.date
    | Month
    | tuple[str, ...]
    | Line
    | tuple[Line, ...]
    | Absent
    | OfficerValue
    | ChoiceValue
    | YesNo
    | TermValue
    | Worded
    | Names
)


@dataclass(frozen=True, slots=True)
class Context:
    """One school (None for a trust-level document) and one policy (None for a form that
    belongs to none).

    ``approval`` is the register's entry whose wording this document has, once known.
    """

    library: Library
    school_id: str | None = None
    policy_id: str | None = None
    approval: Approval | None = None

    @property
    def school(self) -> School | None:
        """The school's record."""
        return self.library.schools[self.school_id] if self.school_id else None

    @property
    def policy(self) -> Policy | None:
        """The policy's record."""
        return self.library.policies[self.policy_id] if self.policy_id else None

    @property
    def entry(self) -> SchoolPolicy | None:
        """The school's entry for the policy."""
        if self.school is None or self.policy_id is None:
            return None
        entries: Mapping[Any, SchoolPolicy] = self.school.policies
        return entries.get(self.policy_id)

    @property
    def who(self) -> str:
        """The school or trust, as told in a diagnostic."""
        return str(self.school.short_name or self.school.name) if self.school else "the trust"

    @property
    def file(self) -> str:
        """The file in which the school's or trust's data stands."""
        return f"schools/{self.school_id}.yaml" if self.school_id else "trust.yaml"

    def policy_field(self, name: str) -> Any:  # noqa: ANN401 any field of a policy
        """Give a policy's field: the school's entry rules where it has it."""
        layers: tuple[PolicyFields | None, ...] = (self.entry, self.policy)
        for layer in layers:
            value = getattr(layer, name, None)
            if value is not None:
                return value
        return None

    def officer(self, name: str) -> OfficerValue | None:
        """Give an officer of the school, else of the trust."""
        layers: list[Mapping[Any, Officer]] = [self.library.trust.officers]
        if self.school:
            layers.insert(0, self.school.officers)
        for officers in layers:
            if officer := officers.get(name):
                return OfficerValue(name, officer, str(officer.post or self.office(name)))
        return None

    def office(self, name: str) -> str:
        """Give the name of an office as printed: "Designated safeguarding lead", "IT lead".

        The terms that have defaults stand in the school's own words.
        """
        words = [_ABBREVIATIONS.get(word, word) for word in name.split("_")]
        for term in ("school", "headteacher", "governors", "pupils", "parents"):
            default = DEFAULT_TERMS[term]
            bare = str(default.text or default.many)
            words = [self.term(term).text if word == bare else word for word in words]
        return capitalize_first(" ".join(words))

    def term(self, name: str) -> TermValue:
        """Give a term that is known: the school's, else the trust's, else the default."""
        layers: list[Mapping[Any, Term]] = [self.library.trust.terms, DEFAULT_TERMS]
        if self.school:
            layers.insert(0, self.school.terms)
        for terms in layers:
            if term := terms.get(name):
                bare = term.text or (term.one if name in _SINGULAR else term.many)
                return TermValue(str(bare), term.one, term.many)
        msg = f"{name} is no term"
        raise KeyError(msg)

    def term_names(self) -> frozenset[str]:
        """Give all terms there are for this school."""
        own = self.school.terms if self.school else {}
        return frozenset(DEFAULT_TERMS) | set(self.library.trust.terms) | set(own)

    # Settings

    def answer(self, name: str) -> Answer | None:
        """Give the answer to a setting, nearest first: the school's for this policy, the
        school's, the policy's, the trust's. None where only the default is left."""
        found = self.answered(name)
        return found[1] if found else None

    def answered(self, name: str) -> tuple[AnswerLayer, Answer] | None:
        """Give who answers a setting, and the answer; None where only the default is left."""
        owners: tuple[tuple[AnswerLayer, School | PolicyFields | Trust | None], ...] = (
            ("entry", self.entry),
            ("school", self.school),
            ("policy", self.policy),
            ("trust", self.library.trust),
        )
        for layer, owner in owners:
            answers: Mapping[Any, Answer] = owner.settings if owner is not None else {}
            if name in answers:
                return layer, answers[name]
        return None

    def setting(self, name: str, span: Span) -> Found:
        """Give the value of a setting for this school."""
        setting = self.library.settings.get(name)
        if setting is None and {"settings", f"settings/{name}"} & self.library.unreadable:
            message = f"the setting “{name}” has errors, so this can't be printed"
            return Absent(Diagnostic("unreadable", message, span))
        if setting is None:
            return Absent(unknown("setting", name, self.library.settings, span, "settings.yaml"))
        answer = self.answer(name)
        raw = setting.default if answer is None else answer.value
        if raw is None:
            message = f"{self.who} has no answer to the setting “{name}”: {setting.question}"
            hint = f"Answer it under `settings:` in {self.file}, or in trust.yaml for all schools."
            return Absent(Diagnostic("unanswered-setting", message, span, hint))
        value = read_answer(name, setting, raw)
        if value is None:
            where = answer.span if answer else setting.at("default")
            return Absent(bad_answer(name, setting, raw, where))
        return value


def read_answer(name: str, setting: Setting, raw: object) -> Found | None:
    """Give the value of an answer, None where it doesn't fit the setting."""
    if setting.choices is not None:
        key = _plain(raw)
        choice = next((choice for id_, choice in setting.choices.items() if id_ == key), None)
        return ChoiceValue(name, key, choice.printed) if choice else None
    match setting.type, raw:
        case "text", str():
            return str(raw)
        case "integer", bool():
            return None
        case "integer", int():
            return raw
        case "yes-no", bool():
            return YesNo(raw)
        case "yes-no", "yes" | "no":
            return YesNo(raw == "yes")
        case "date", dt.date() | Month():
            return raw
        case "list", list() if all(isinstance(item, str) for item in raw):
            return tuple(str(item) for item in raw)
        case _:
            return None


def _plain(raw: object) -> str:
    return str(raw).lower() if isinstance(raw, bool) else str(raw)


def bad_answer(name: str, setting: Setting, raw: object, span: Span) -> Diagnostic:
    """Give the diagnostic for an answer that doesn't fit its setting."""
    shown = _plain(raw)
    if setting.choices is not None:
        message = f"“{shown}” is no choice of the setting “{name}”"
        hint = did_you_mean(shown, setting.choices, f"Choices are: {', '.join(setting.choices)}.")
    else:
        wanted = {
            "text": "a text (in double quotes)",
            "integer": "a whole number",
            "yes-no": "yes or no",
            "date": "a date (2026-10-12)",
            "list": "a list of texts",
        }[setting.type or "text"]
        message = f"the setting “{name}” wants {wanted}"
        hint = f"It asks: {setting.question}"
    return Diagnostic("bad-answer", message, span, hint)


_FEW = 8
"""So many names are listed where none is near."""


def unknown(  # noqa: PLR0913 what a diagnostic is made of
    kind: str, name: str, known: Iterable[str], span: Span, where: str, *, of: str = ""
) -> Diagnostic:
    """Give the diagnostic for a name that nothing defines, with the nearest known one."""
    names = list(known)
    hint = did_you_mean(name, names)
    if not hint and 0 < len(names) <= _FEW:
        hint = f"Known are: {', '.join(sorted(names))}."
    if where:
        hint = f"{hint} Else define it in {where}." if hint else f"Define it in {where}."
    return Diagnostic(
        f"unknown-{kind.replace(' ', '-')}", f"there is no {kind} “{name}”{of}", span, hint
    )
