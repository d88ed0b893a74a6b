"""What the records of a library name: settings, officers, references, clauses, forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel

from policygen.model.policies import OFFICER_FIELDS, Generate
from policygen.model.templates import Call, Compared, Constant, Listed, Path, parts
from policygen.model.texts import ClauseId, Condition, Line, Markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.model.library import Library
    from policygen.model.policies import Appendix, PolicyFields, Section
    from policygen.model.templates import Expression


@dataclass(slots=True)
class Named:
    """What some texts and conditions name."""

    settings: set[str] = field(default_factory=set)
    officers: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    policies: set[str] = field(default_factory=set)
    all_officers: bool = False
    all_settings: bool = False

    def add(self, other: Named) -> None:
        """Take in what other texts name."""
        self.settings |= other.settings
        self.officers |= other.officers
        self.references |= other.references
        self.policies |= other.policies
        self.all_officers |= other.all_officers
        self.all_settings |= other.all_settings


class Uses:
    """Looks up what the records of a library name; each record is looked at once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._of: dict[int, Named] = {}

    def everywhere(self) -> Named:
        """Give what anything in the library names, printed or not."""
        library, found = self.library, Named()
        records: tuple[Iterable[BaseModel], ...] = (
            (library.trust,),
            library.settings.values(),
            library.clauses.values(),
            library.policies.values(),
            library.forms.values(),
            library.schools.values(),
        )
        for some in records:
            for record in some:
                found.add(self.of(record))
        for reference in library.references.values():
            if reference.superseded_by is not None:
                found.references.add(str(reference.superseded_by))
        for approvals in library.approvals.values():
            found.officers.update(str(approval.by) for approval in approvals)
        return found

    def of(self, record: BaseModel) -> Named:
        """Give what the texts, conditions and fields of a record name."""
        if id(record) not in self._of:
            found = Named()
            self._record(record, found)
            self._of[id(record)] = found
        return self._of[id(record)]

    def _record(self, value: object, found: Named) -> None:
        match value:
            case Condition() | Markdown() | Line():
                template = self.library.templates.get(value.key)
                for slot in template.slots if template else ():
                    _expression(slot, found)
            case BaseModel():
                self._fields(value, found)
            case dict():
                for inner in value.values():
                    self._record(inner, found)
            case tuple():
                for inner in value:
                    self._record(inner, found)
            case _:
                pass

    def _fields(self, record: BaseModel, found: Named) -> None:
        values = vars(record)
        if (choose := values.get("choose")) is not None:
            found.settings.add(str(choose))
        found.references.update(map(str, values.get("cites", ())))
        for name in OFFICER_FIELDS:
            if isinstance(line := values.get(name), Line):
                found.officers.add(str(line))
        found.officers.update(map(str, values.get("sign_off") or ()))
        if values.get("generate") == "officers":
            only = values.get("only", ())
            found.officers.update(map(str, only))
            found.all_officers |= not only
        for value in values.values():
            self._record(value, found)

    # Outlines

    def clauses_of(self, fields: PolicyFields) -> Iterator[str]:
        """Give the clauses that an outline lists, those of its forms included."""
        for part in _parts((*(fields.sections or ()), *(fields.appendices or ()))):
            items = (*part.intro, *part.clauses)
            yield from self._unfolded(item for item in items if not isinstance(item, Generate))
            form = getattr(part, "form", None)
            if form is not None and form in self.library.forms:
                yield from self.clauses_of_form(str(form))

    def clauses_of_form(self, form_id: str) -> Iterator[str]:
        """Give the clauses that a form's statements are."""
        statements = self.library.forms[form_id].statements
        named = (s if isinstance(s, ClauseId) else getattr(s, "clause", None) for s in statements)
        yield from self._unfolded(clause for clause in named if clause is not None)

    def _unfolded(self, items: Iterable[ClauseId]) -> Iterator[str]:
        for item in items:
            yield from self.library.modules.get(item, (str(item),))

    def forms_of(self, fields: PolicyFields) -> Iterator[str]:
        """Give the forms that an outline prints."""
        for appendix in fields.appendices or ():
            if appendix.form is not None:
                yield str(appendix.form)

    def settings_of(self, school_id: str, policy_ids: Iterable[str]) -> set[str] | None:
        """Give the settings that documents of a school can ask for; None for all of them.

        Those are the documents of these policies with their forms, and the forms that no
        policy prints.
        """
        library, found = self.library, Named()
        printed = {f for p in library.policies.values() for f in self.forms_of(p)}
        forms = {form for form in library.forms if form not in printed}
        wanted, seen = list(policy_ids), set[str]()
        found.add(self.of(library.trust))
        while wanted:
            policy_id = wanted.pop()
            policy = library.policies.get(policy_id)
            if policy is None or policy_id in seen:
                continue
            seen.add(policy_id)
            entries = library.schools[school_id].policies.items()
            for fields in (policy, *(entry for key, entry in entries if key == policy_id)):
                found.add(self.of(fields))
                forms.update(self.forms_of(fields))
                for clause_id in self.clauses_of(fields):
                    if clause_id in library.clauses:
                        found.add(self.of(library.clauses[clause_id]))
            wanted += found.policies
        for form_id in forms & set(library.forms):
            found.add(self.of(library.forms[form_id]))
            for clause_id in self.clauses_of_form(form_id):
                if clause_id in library.clauses:
                    found.add(self.of(library.clauses[clause_id]))
        return None if found.all_settings else self._with_answers(found.settings)

    def _with_answers(self, names: set[str]) -> set[str]:
        """Add the settings that the words of these settings' choices name."""
        wanted, found = list(names), set[str]()
        while wanted:
            name = wanted.pop()
            if name not in found and name in self.library.settings:
                found.add(name)
                wanted += self.of(self.library.settings[name]).settings
        return found


def _parts(sections: Iterable[Section | Appendix]) -> Iterator[Section | Appendix]:
    for section in sections:
        yield section
        yield from _parts(section.sections)


def _expression(expression: Expression, found: Named) -> None:
    for part in parts(expression):
        match part:
            case Path(names=("settings", name, *_)):
                found.settings.add(name)
            case Path(names=("officers", name, *_)):
                found.officers.add(name)
            case Path(names=("settings",)):
                found.all_settings = True
            case Call(function="cite", argument=name):
                found.references.add(name)
            case Call(function="linked", argument=name):
                found.policies.add(name)
            case Compared(left=left, right=right):
                for side, other in ((left, right), (right, left)):
                    if isinstance(side, Path) and side.names == ("officers",):
                        found.officers.update(_constants(other))
            case _:
                pass


def _constants(side: Expression) -> Iterator[str]:
    for item in side.items if isinstance(side, Listed) else (side,):
        if isinstance(item, Constant):
            yield str(item.value)
