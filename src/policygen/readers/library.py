"""A source folder in, a ``Library`` and everything wrong with its files out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from policygen.diagnostics import Diagnostic, Severity, Span, did_you_mean
from policygen.inputs import SOURCE_FILES, SOURCE_FOLDERS, decoded
from policygen.model.clauses import Clause
from policygen.model.forms import Form
from policygen.model.library import Library
from policygen.model.policies import Approval, Policy
from policygen.model.records import Record, SourceMap
from policygen.model.texts import ID, NAME, Condition, Line, Markdown, SourceText
from policygen.model.trust import Reference, School, Setting, Trust
from policygen.readers.pictures import read_asset, read_picture
from policygen.readers.records import validated
from policygen.readers.templates import compile_condition, compile_line, compile_markdown
from policygen.readers.yaml_source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policygen.document import Asset
    from policygen.model.templates import Template

R = TypeVar("R", bound=Record)

LARGEST = 4_000_000
"""Bytes of the largest file that is opened at all."""


@dataclass(slots=True)
class Reading:
    """What came of a source folder: ``library`` is None where trust.yaml can't be read.

    ``texts`` holds each file's text by its path, to show lines in diagnostics; ``named``
    are the files that sources name, whether they are there or not.
    """

    library: Library | None
    diagnostics: list[Diagnostic]
    texts: dict[str, str]
    named: frozenset[str] = frozenset()


def read_library(root: Path) -> Reading:
    """Read a source folder."""
    return _Reader(root).read()


@dataclass(slots=True)
class _Reader:
    root: Path
    diagnostics: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    templates: dict[str, Template] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)

    def read(self) -> Reading:
        """Read everything there is."""
        self._strangers()
        trust = self._single("trust.yaml", Trust)
        settings = self._several("settings.yaml", Setting, names=True)
        references = self._several("references.yaml", Reference)
        modules, clauses = self._modules()
        policies = self._folder("policies", Policy)
        forms = self._folder("forms", Form)
        schools = self._folder("schools", School)
        approvals = self._approvals()
        if trust is None:
            return Reading(None, self.diagnostics, self.texts)
        for record in (
            *settings.values(),
            *references.values(),
            *clauses.values(),
            *policies.values(),
            *forms.values(),
            *schools.values(),
            trust,
        ):
            self._compile(record)
        for logo in (trust.logo, *(school.logo for school in schools.values())):
            if logo is not None:
                self._picture(logo, logo.span)
        library = Library(
            trust=trust,
            settings=settings,
            references=references,
            clauses=clauses,
            modules=modules,
            policies=policies,
            forms=forms,
            schools=schools,
            approvals=approvals,
            templates=self.templates,
            assets=self.assets,
            word_template=self._word_template(trust),
            unreadable=frozenset(self.unreadable),
        )
        return Reading(library, self.diagnostics, self.texts, frozenset(self.named))

    # Files

    def _strangers(self) -> None:
        """Tell files that look like sources and are not read."""
        for path in sorted(self.root.glob("*.y*ml")):
            if path.name not in SOURCE_FILES and not path.name.startswith("."):
                hint = did_you_mean(
                    path.name, SOURCE_FILES, f"Known here are {', '.join(SOURCE_FILES)}."
                )
                self._warn("unread-file", path.name, "this file is not read", hint)
        for folder in sorted(path for path in self.root.iterdir() if path.is_dir()):
            if folder.name in SOURCE_FOLDERS:
                for path in sorted(folder.iterdir()):
                    self._stranger(path)
            elif folder.name.startswith("."):  # of git, of an editor, of a server
                continue
            elif folder.name != "assets" and any(folder.glob("*.yaml")):
                hint = did_you_mean(
                    folder.name, SOURCE_FOLDERS, f"Known are {', '.join(SOURCE_FOLDERS)}."
                )
                self._warn("unread-file", folder.name, "this folder is not read", hint)

    def _stranger(self, path: Path) -> None:
        name = f"{path.parent.name}/{path.name}"
        if path.suffix == ".yaml" or path.name.startswith(".") or path.name.endswith("~"):
            return
        if path.suffix == ".yml":
            self._warn("unread-file", name, "this file is not read", "Rename it to end in .yaml.")
        elif path.is_dir() and any(path.glob("*.yaml")):
            hint = f"Put its files into {path.parent.name}/ itself."
            self._warn("unread-file", name, "this folder is not read", hint)

    def _warn(self, code: str, path: str, message: str, hint: str) -> None:
        self.diagnostics.append(Diagnostic(code, message, Span(path), hint, Severity.WARNING))

    def _text(self, name: str) -> str | None:
        """Give a file's text; None where it can't be read, which is told."""
        path = self.root / name
        try:
            if not path.resolve().is_relative_to(self.root.resolve()):
                message = "this file is a link to a place outside the source folder"
                hint = "Put the file itself here."
                self.diagnostics.append(Diagnostic("outside-folder", message, Span(name), hint))
                return None
            if path.stat().st_size > LARGEST:
                message = f"this file is larger than {LARGEST // 1_000_000} MB"
                hint = "Part it into several files."
                self.diagnostics.append(Diagnostic("too-large", message, Span(name), hint))
                return None
            data = path.read_bytes()
        except OSError as error:
            message = f"this file can't be read: {error.strerror}"
            hint = "Look whether it is there, and whether you may open it."
            self.diagnostics.append(Diagnostic("unreadable-file", message, Span(name), hint))
            return None
        try:
            text = decoded(data)
        except UnicodeDecodeError as error:
            self.diagnostics.append(_not_utf8(data, error, name))
            return None
        self.texts[name] = text
        return text

    def _yaml(self, name: str) -> tuple[Any, str, bool]:
        """Give a file's data, its text, and whether it was read without an error."""
        text = self._text(name)
        if text is None:
            return None, "", False
        source = read_yaml(text, name)
        self.diagnostics += source.faults
        return source.data, text, not any(fault.is_error for fault in source.faults)

    def _single(self, name: str, model: type[R]) -> R | None:
        if not (self.root / name).is_file():
            message = f"there is no {name} in this folder"
            hint = "`policygen init` writes a small trust to start from."
            self.diagnostics.append(Diagnostic("missing-file", message, Span(name), hint))
            return None
        data, text, sound = self._yaml(name)
        record = self._record(model, data, name, text) if data is not None else None
        return record if sound else None

    def _record(self, model: type[R], data: object, name: str, text: str) -> R | None:
        record, faults = validated(model, data, Span(name), text)
        self.diagnostics += faults
        return record

    def _stems(self, folder: str) -> Iterator[tuple[str, str]]:
        """Give (id, path) of a folder's files; a name that is no id is told."""
        if not (self.root / folder).is_dir():
            return
        for path in sorted((self.root / folder).glob("*.yaml")):
            name = f"{folder}/{path.name}"
            if not ID.match(path.stem) or (folder, path.stem) == ("schools", "trust"):
                message = f"“{path.stem}” can't be an id"
                hint = (
                    "The file's name is the id: lower case letters, digits and hyphens "
                    "(staff-agreement.yaml); a school can't be called trust."
                )
                self.diagnostics.append(Diagnostic("wrong-id", message, Span(name), hint))
                continue
            yield path.stem, name

    def _folder(self, folder: str, model: type[R]) -> dict[str, R]:
        found: dict[str, R] = {}
        for stem, name in self._stems(folder):
            data, text, sound = self._yaml(name)
            record = self._record(model, data, name, text) if data is not None else None
            if record is None or not sound:
                self.unreadable.add(f"{folder}/{stem}")
            else:
                found[stem] = record
        return found

    def _several(self, name: str, model: type[R], *, names: bool = False) -> dict[str, R]:
        """Read a file whose keys are records; each fails alone."""
        if not (self.root / name).is_file():
            return {}
        data, text, sound = self._yaml(name)
        stem = name.removesuffix(".yaml")
        if not sound:
            self.unreadable.add(stem)
        return self._entries(data, text, Span(name), stem, model, names=names)

    def _entries(  # noqa: PLR0913 a step of reading
        self, data: object, text: str, span: Span, prefix: str, model: type[R], *, names: bool
    ) -> dict[str, R]:
        found: dict[str, R] = {}
        if data is None:
            return found
        if not isinstance(data, SourceMap):
            message = "this must be a mapping: an id, a colon, and the record under it"
            hint = "Take the dashes away: the ids are keys, each with its lines indented under it."
            self.diagnostics.append(Diagnostic("wrong-type", message, span, hint))
            self.unreadable.add(prefix)
            return found
        for key, value in data.items():
            at = data.keys_at[key]
            if not (NAME if names else ID).match(key):
                form = "underscores (minimum_age)" if names else "hyphens (staff-agreement)"
                message = f"“{key}” must be made of lower case letters, digits and {form}"
                likely = re.sub(
                    r"[^a-z0-9]+", "_" if names else "-", key.lower().rpartition("/")[2]
                )
                likely = likely.strip("-_")
                hint = f"Did you mean “{likely}”?" if likely else ""
                self.diagnostics.append(Diagnostic("wrong-form", message, at, hint))
                self.unreadable |= {f"{prefix}/{key}", f"{prefix}/{likely}"}
                continue
            record, faults = validated(model, value, at, text)
            self.diagnostics += faults
            if record is None:
                self.unreadable.add(f"{prefix}/{key}")
            else:
                found[key] = record
        return found

    def _modules(self) -> tuple[dict[str, tuple[str, ...]], dict[str, Clause]]:
        modules: dict[str, tuple[str, ...]] = {}
        clauses: dict[str, Clause] = {}
        for stem, name in self._stems("clauses"):
            data, text, sound = self._yaml(name)
            if not sound:
                self.unreadable.add(f"clauses/{stem}")
            if not isinstance(data, SourceMap):
                if data is not None:
                    message = "a clause module has a `title:` and its `clauses:`"
                    hint = "Write the keys at the left edge, without dashes."
                    self.diagnostics.append(Diagnostic("wrong-type", message, Span(name), hint))
                self.unreadable.add(f"clauses/{stem}")
                continue
            self._module_keys(data, name)
            at = data.values_at.get("clauses", Span(name))
            prefix = f"clauses/{stem}"
            found = self._entries(data.get("clauses"), text, at, prefix, Clause, names=False)
            written = data.get("clauses")
            keys = written if isinstance(written, SourceMap) else {}
            modules[stem] = tuple(f"{stem}/{key}" for key in keys)
            clauses |= {f"{stem}/{key}": clause for key, clause in found.items()}
        return modules, clauses

    def _module_keys(self, data: SourceMap, name: str) -> None:
        for key in data:
            if key not in {"title", "clauses"}:
                hint = did_you_mean(key, ("title", "clauses"), "Known here are: clauses, title.")
                message = f"`{key}:` is not known here"
                self.diagnostics.append(Diagnostic("unknown-key", message, data.keys_at[key], hint))
        if "title" in data and not isinstance(data["title"], str):
            message = "`title:` wants a text"
            self.diagnostics.append(
                Diagnostic("wrong-type", message, data.values_at["title"], "Put it in quotes.")
            )
        if not data.get("clauses"):
            message = "`clauses:` is missing or empty here"
            hint = "Write “clauses:” and under it the clauses, each by its id."
            self.diagnostics.append(Diagnostic("missing-key", message, Span(name), hint))

    def _approvals(self) -> dict[str, tuple[Approval, ...]]:
        found: dict[str, tuple[Approval, ...]] = {}
        for stem, name in self._stems("approvals"):
            data, text, sound = self._yaml(name)
            if not isinstance(data, list):
                if data is not None:
                    message = "an approval register is a list of approvals"
                    hint = "Begin each approval with “- ”, or run `policygen approve`."
                    self.diagnostics.append(Diagnostic("wrong-type", message, Span(name), hint))
                self.unreadable.add(f"approvals/{stem}")
                continue
            records = [self._record(Approval, item, name, text) for item in data]
            if not sound or None in records:
                self.unreadable.add(f"approvals/{stem}")
            found[stem] = tuple(record for record in records if record is not None)
        return found

    # What the records name

    def _compile(self, value: object) -> None:
        """Compile every printed text and condition of a record, wherever it stands."""
        match value:
            case Condition():
                self._add(value, compile_condition(value))
            case Markdown():
                self._add(value, compile_markdown(value))
            case Line():
                self._add(value, compile_line(value))
            case BaseModel():
                for name in type(value).model_fields:
                    self._compile(getattr(value, name))
            case dict():
                for inner in value.values():
                    self._compile(inner)
            case tuple():
                for inner in value:
                    self._compile(inner)
            case _:
                pass

    def _add(self, text: SourceText, template: Template) -> None:
        self.templates[text.key] = template
        self.diagnostics += template.faults
        for name, span in template.pictures:
            self._picture(name, span)

    def _picture(self, name: str, span: Span) -> None:
        self.named.add(name)
        if name in self.assets:
            return
        asset, faults = read_picture(self.root, name, span)
        self.diagnostics += faults
        if asset is not None:
            self.assets[name] = asset

    def _word_template(self, trust: Trust) -> bytes | None:
        if trust.word_template is None:
            return None
        self.named.add(trust.word_template)
        data, faults = read_asset(self.root, trust.word_template, trust.word_template.span)
        self.diagnostics += faults
        if data is not None and not data.startswith(b"PK"):
            message = f"“{trust.word_template}” is no Word file"
            hint = "Save it in Word as .docx or .dotx."
            span = trust.word_template.span
            self.diagnostics.append(Diagnostic("bad-word-template", message, span, hint))
            return None
        return data


def _not_utf8(data: bytes, error: UnicodeDecodeError, name: str) -> Diagnostic:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    hint = "Save it again as UTF-8; in Word or Notepad choose the encoding “UTF-8” when saving."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        line = column = 1
    return Diagnostic("not-utf8", "this file is not saved as UTF-8", Span(name, line, column), hint)
