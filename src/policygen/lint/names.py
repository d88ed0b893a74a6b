"""Names inside ``{{ }}`` and ``when:``, in every text of the library, printed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.assemble.context import (
    DEFAULT_TERMS,
    OFFICER_NAMES,
    POLICY_NAMES,
    SCHOOL_NAMES,
    TERM_NAMES,
    TRUST_NAMES,
    unknown,
)
from policygen.assemble.names import unknown_attribute
from policygen.model.templates import Call, Path, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.diagnostics import Diagnostic
    from policygen.model.library import Library
    from policygen.model.policies import Appendix, Section


def check(library: Library) -> Iterator[Diagnostic]:
    """Tell names that nothing in the library defines."""
    names = _Names(library)
    for template in library.templates.values():
        for slot in template.slots:
            for part in parts(slot):
                match part:
                    case Path():
                        yield from names.path(part)
                    case Call():
                        yield from names.call(part)
                    case _:
                        pass


class _Names:
    """Everything that some school or the trust defines."""

    def __init__(self, library: Library) -> None:
        self.library = library
        schools = library.schools.values()
        self.terms = {*DEFAULT_TERMS, *library.trust.terms}.union(*(s.terms for s in schools))
        self.officers = set(library.trust.officers).union(*(s.officers for s in schools))
        self.schools_read = not any(n.startswith("schools/") for n in library.unreadable)
        self.parts = self._document_parts()

    def _document_parts(self) -> set[str]:
        """Give the ids a reference may name beside clauses and forms."""
        found: set[str] = set()

        def add(sections: tuple[Section | Appendix, ...]) -> None:
            for section in sections:
                found.update(str(name) for name in (section.id,) if name)
                add(section.sections)

        entries = [e for s in self.library.schools.values() for e in s.policies.values()]
        for fields in (*self.library.policies.values(), *entries):
            add(fields.sections or ())
            add(fields.appendices or ())
            found.update(
                f"local/{amendment.add}"
                for amendment in getattr(fields, "amend", ())
                if hasattr(amendment, "add")
            )
        return found

    def path(self, path: Path) -> Iterator[Diagnostic]:
        root, *rest = path.names
        if not rest:
            return
        known = {"school": SCHOOL_NAMES, "trust": TRUST_NAMES, "policy": POLICY_NAMES}
        if root in known:
            if rest[0] not in (*known[root], "id"):
                name = ".".join(rest) if root != "policy" else rest[0]
                yield unknown_attribute(root, name, known[root], path.span)
        elif root == "settings":
            yield from self.setting(rest[0], path)
        elif root == "officers":
            yield from self.officer(rest, path)
        elif root == "terms":
            yield from self.term(rest, path)

    def setting(self, name: str, path: Path) -> Iterator[Diagnostic]:
        library = self.library
        if name in library.settings or {"settings", f"settings/{name}"} & library.unreadable:
            return
        yield unknown("setting", name, library.settings, path.span, "settings.yaml")

    def officer(self, rest: list[str], path: Path) -> Iterator[Diagnostic]:
        if rest[0] not in self.officers and self.schools_read:
            where = "trust.yaml or the school's file under `officers:`"
            yield unknown("officer", rest[0], self.officers, path.span, where)
        elif rest[1:] and rest[1] not in OFFICER_NAMES:
            yield unknown_attribute(f"officers.{rest[0]}", rest[1], OFFICER_NAMES, path.span)

    def term(self, rest: list[str], path: Path) -> Iterator[Diagnostic]:
        if rest[0] not in self.terms and self.schools_read:
            yield unknown("term", rest[0], self.terms, path.span, "trust.yaml under `terms:`")
        elif rest[1:] and rest[1] not in TERM_NAMES:
            yield unknown_attribute(f"terms.{rest[0]}", rest[1], TERM_NAMES, path.span)

    def call(self, call: Call) -> Iterator[Diagnostic]:
        library = self.library
        name = call.argument
        match call.function:
            case "cite":
                if name not in library.references and not self._unread("references", name):
                    known = library.references
                    yield unknown("reference", name, known, call.span, "references.yaml")
            case "linked":
                if name not in library.policies and not self._unread("policies", name):
                    where = f"policies/{name}.yaml"
                    yield unknown("policy", name, library.policies, call.span, where)
            case _:
                targets = {*library.clauses, *library.forms, *self.parts}
                module = name.partition("/")[0]
                if name not in targets and not (
                    self._unread("clauses", name)
                    or self._unread("clauses", module)
                    or self._unread("forms", name)
                    or any(n.startswith("policies/") for n in library.unreadable)
                ):
                    where = "clauses/, forms/ or a policy's outline"
                    yield unknown("reference target", name, targets, call.span, where)

    def _unread(self, folder: str, name: str) -> bool:
        return bool({folder, f"{folder}/{name}"} & self.library.unreadable)
