"""What a name inside ``{{ }}`` means for one school and one policy."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from policygen.assemble.context import (
    OFFICER_NAMES,
    POLICY_NAMES,
    SCHOOL_NAMES,
    TERM_NAMES,
    TRUST_NAMES,
    Absent,
    Names,
    OfficerValue,
    Worded,
    unknown,
)
from policygen.assemble.facts import STATUS_WORDS, policy_value
from policygen.diagnostics import Diagnostic
from policygen.model.texts import Month

if TYPE_CHECKING:
    from policygen.assemble.context import Context, Found
    from policygen.diagnostics import Span
    from policygen.model.texts import Line


def lookup(context: Context, names: tuple[str, ...], span: Span) -> Found:
    """Give what a name with its attributes means here: ``("school", "name")``.

    Lines come back as they are written; whoever prints them fills them.
    """
    root, *rest = names
    if not rest:
        return _root(context, root, span)
    match root:
        case "school":
            return _of_school(context, rest, span)
        case "trust":
            return _of_record(context, rest, span, TRUST_NAMES, "trust")
        case "policy":
            return _of_policy(context, rest, span)
        case "terms":
            return _of_terms(context, rest, span)
        case "officers":
            return _of_officers(context, rest, span)
        case _:
            return _of_settings(context, rest, span)


def _root(context: Context, root: str, span: Span) -> Found:
    if root == "officers":
        own = context.school.officers if context.school else {}
        return Names(root, frozenset(map(str, (*own, *context.library.trust.officers))))
    if root == "terms":
        return Names(root, context.term_names())
    if root == "settings":
        return Names(root, frozenset(map(str, context.library.settings)))
    if root == "school" and context.school:
        return str(context.school.name)
    if root == "trust":
        return str(context.library.trust.name)
    if root == "policy" and context.policy:
        return _title(context)
    return _nothing_here(root, span)


def _nothing_here(root: str, span: Span) -> Absent:
    if root == "school":
        message = "a trust-level document belongs to no school"
        hint = "Use trust.name instead, or set `level: school`."
    else:
        message = "no policy prints this form, so there is no policy to name here"
        hint = "List the form under `appendices:` of its policy."
    return Absent(Diagnostic("unknown-here", message, span, hint))


def _of_school(context: Context, rest: list[str], span: Span) -> Found:
    if context.school is None:
        return _nothing_here("school", span)
    if rest == ["id"]:
        return context.school_id or ""
    return _of_record(context, rest, span, SCHOOL_NAMES, "school")


def _of_record(
    context: Context, rest: list[str], span: Span, known: tuple[str, ...], root: str
) -> Found:
    name = rest[0]
    if name not in known or len(rest) > 1:
        return Absent(unknown_attribute(root, ".".join(rest), known, span))
    record = context.school if root == "school" else context.library.trust
    found = getattr(record, name)
    if found is None or found == ():
        of_school = root == "school"
        who, file = (context.who, context.file) if of_school else ("the trust", "trust.yaml")
        message = f"{who} has no {name.replace('_', ' ')}"
        hint = f"Add `{name}:` to {file}."
        return Absent(Diagnostic("missing-value", message, span, hint))
    if name == "address":
        return ", ".join(found)
    if isinstance(found, dt.date | Month):
        return found
    return tuple(map(str, found)) if isinstance(found, tuple) else str(found)


def _of_policy(context: Context, rest: list[str], span: Span) -> Found:
    if context.policy is None:
        return _nothing_here("policy", span)
    name, *parts = rest
    if name == "title" and not parts:
        return _title(context)
    if name not in (*POLICY_NAMES, "id"):
        return Absent(unknown_attribute("policy", name, POLICY_NAMES, span))
    found = policy_value(context, name)
    if found is None or found == ():
        message = f"the policy “{context.policy_id}” has no {name.replace('_', ' ')}"
        hint = f"Add `{name}:` to policies/{context.policy_id}.yaml or to the school's entry."
        return Absent(Diagnostic("missing-value", message, span, hint))
    if name == "status" and not parts:
        return Worded(str(found), STATUS_WORDS[str(found)])
    if parts and isinstance(found, OfficerValue):
        return officer_part(context, found, parts, span)
    if parts:
        return Absent(unknown_attribute(f"policy.{name}", parts[0], (), span))
    return found


def _title(context: Context) -> Line:
    line: Line = context.policy_field("title")
    return line


def _of_terms(context: Context, rest: list[str], span: Span) -> Found:
    name, *parts = rest
    try:
        term = context.term(name)
    except KeyError:
        known = context.term_names()
        return Absent(unknown("term", name, known, span, f"{context.file} under `terms:`"))
    if not parts:
        return term
    if parts[0] not in TERM_NAMES or len(parts) > 1:
        return Absent(unknown_attribute(f"terms.{name}", parts[0], TERM_NAMES, span))
    found = term.one if parts[0] == "one" else term.many
    if found is None:
        message = f"{context.who} gives “{name}” as one word, so it has no “{parts[0]}”"
        hint = f"Write `{name}: {{one: …, many: …}}` under `terms:`."
        return Absent(Diagnostic("missing-value", message, span, hint))
    return str(found)


def _of_officers(context: Context, rest: list[str], span: Span) -> Found:
    name, *parts = rest
    officer = context.officer(name)
    if officer is None:
        return Absent(missing_officer(context, name, span))
    return officer_part(context, officer, parts, span) if parts else officer


def officer_part(context: Context, officer: OfficerValue, parts: list[str], span: Span) -> Found:
    """Give an officer's name, post, e-mail address, telephone number or website."""
    part = parts[0]
    if part not in OFFICER_NAMES or len(parts) > 1:
        return Absent(unknown_attribute(f"officers.{officer.office}", part, OFFICER_NAMES, span))
    found = officer.post if part == "post" else getattr(officer.officer, part)
    if not found:
        message = f"the {officer.office.replace('_', ' ')} of {context.who} has no {part}"
        hint = f"Add `{part}:` to the officer in {context.file} or trust.yaml."
        return Absent(Diagnostic("missing-value", message, span, hint))
    return str(found)


def _of_settings(context: Context, rest: list[str], span: Span) -> Found:
    name, *parts = rest
    if parts:
        return Absent(unknown_attribute(f"settings.{name}", parts[0], (), span))
    return context.setting(name, span)


def missing_officer(context: Context, name: str, span: Span) -> Diagnostic:
    """Give the diagnostic for an officer that neither school nor trust has.

    Its code tells a misspelt name (nobody in the trust has it) from a vacancy.
    """
    library = context.library
    here = {*library.trust.officers, *(context.school.officers if context.school else ())}
    anywhere = here.union(*(school.officers for school in library.schools.values()))
    file = f"{context.file} or trust.yaml" if context.school else "trust.yaml"
    where = f"{file} under `officers:`"
    unread = any(stem.startswith("schools/") for stem in library.unreadable)
    if name not in anywhere and not unread:
        return unknown("officer", name, here, span, where)
    message = f"{context.who} has no officer “{name}”"
    return Diagnostic("missing-officer", message, span, f"Add it to {where}.")


def unknown_attribute(of: str, name: str, known: tuple[str, ...], span: Span) -> Diagnostic:
    """Give the diagnostic for a part that a name doesn't have."""
    hint = f"Known are: {', '.join(known)}." if known else "Take it away."
    near = unknown("name", name, known, span, "")
    if near.hint.startswith("Did"):
        hint = near.hint.partition(" Else")[0]
    return Diagnostic("unknown-name", f"“{of}” has no “{name}”", span, hint)
