"""JSON Schemas of the source files, for editors.

They are made from the records that the reader validates with, so that an editor knows the
keys, the ids and the dates that ``policygen`` does. They say what the reader accepts, short
forms included, and leave the rest to ``policygen check``: an editor never marks a file red
that builds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from policygen.model.clauses import Clause
from policygen.model.forms import Form
from policygen.model.policies import Approval, Policy
from policygen.model.texts import Id, Name
from policygen.model.trust import Reference, School, Setting, Trust
from policygen.schemas.known import NOTHING, known
from policygen.schemas.shapes import Shapes

if TYPE_CHECKING:
    from policygen.model.library import Library

Schema: TypeAlias = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The version of JSON Schema that editors of YAML know in full."""

FILES: dict[str, str] = {
    "trust": "trust.yaml",
    "settings": "settings.yaml",
    "references": "references.yaml",
    "clauses": "clauses/*.yaml",
    "policies": "policies/*.yaml",
    "forms": "forms/*.yaml",
    "schools": "schools/*.yaml",
    "approvals": "approvals/*.yaml",
}
"""The kinds of source files, and which files of a source folder are of the kind."""

DESCRIPTIONS: dict[str, str] = {
    "trust": "The trust: its name, its words, its officers, its answers and its house style.",
    "settings": "The decisions a trust has to take, each by a name with underscores.",
    "references": "Laws and guidance, each by its id.",
    "clauses": "A module of clauses: rules that are written once and used by any policy.",
    "policies": "A policy: facts about it, and an outline of clauses.",
    "forms": "A form that people sign.",
    "schools": "A school: its name, its officers, and the policies it has.",
    "approvals": "The approvals of one policy, oldest first. `policygen approve` writes them.",
}

SCHEMA_FOLDER = ".vscode/schemas"
"""Where an editor's settings look for the schemas, from the top of a repository."""


def schema_bytes(schema: Schema) -> bytes:
    """Give a schema as a file's content."""
    return f"{json.dumps(schema, ensure_ascii=False, indent=1)}\n".encode()


def schemas(library: Library | None = None) -> dict[str, Schema]:
    """Give the schema of each kind of file; with a library, one that offers its ids."""
    found = known(library) if library is not None else NOTHING
    return {kind: _schema(kind, Shapes(found)) for kind in FILES}


def _schema(kind: str, shapes: Shapes) -> Schema:
    root = _root(kind, shapes)
    return {
        "$schema": DRAFT,
        "title": FILES[kind],
        "description": DESCRIPTIONS[kind],
        **{key: value for key, value in root.items() if key != "title"},
        "definitions": dict(sorted(shapes.definitions.items())),
    }


def _root(kind: str, shapes: Shapes) -> Schema:
    match kind:
        case "trust":
            return shapes.mapping(Trust)
        case "settings":
            return shapes.keyed(Name, shapes.record(Setting))
        case "references":
            return shapes.keyed(Id, shapes.record(Reference))
        case "clauses":
            clauses = {**shapes.keyed(Id, shapes.record(Clause)), "minProperties": 1}
            title = {"type": "string", "description": "What the module is about; not printed."}
            return {
                "type": "object",
                "properties": {"title": title, "clauses": {**_CLAUSES, **clauses}},
                "required": ["clauses"],
                "additionalProperties": False,
            }
        case "policies":
            return shapes.mapping(Policy)
        case "forms":
            return shapes.mapping(Form)
        case "schools":
            return shapes.mapping(School)
        case _:
            return {"type": "array", "items": shapes.record(Approval)}


_CLAUSES = {"description": "The clauses by their ids, in order; each is named module/clause."}
