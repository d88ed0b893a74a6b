"""The schemas for editors: they take what the reader takes, and refuse what it refuses."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from docs import pages
from policygen.diagnostics import Span
from policygen.inputs import SOURCE_FILES as SINGLE_FILES
from policygen.inputs import SOURCE_FOLDERS as FOLDERS
from policygen.model.clauses import Clause
from policygen.model.forms import Form
from policygen.model.policies import Approval, Policy
from policygen.model.trust import Reference, School, Setting, Trust
from policygen.readers.library import read_library
from policygen.readers.records import validated
from policygen.schemas import FILES, SCHEMA_FOLDER, schema_bytes, schemas
from policygen.schemas.known import NOTHING
from policygen.schemas.shapes import Shapes
from policygen.schemas.words import COMMON, SPECIAL
from schemas.editor import seen, spoilt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.records import Record

TESTS = Path(__file__).parents[1]
TRUSTS = (
    TESTS / "sample_trust",
    TESTS / "cases" / "trust",
    pages.ROOT / "policy_src",
    pages.STARTER,
)
MODELS: dict[str, type[Record]] = {
    "trust": Trust,
    "settings": Setting,
    "references": Reference,
    "clauses": Clause,
    "policies": Policy,
    "forms": Form,
    "schools": School,
    "approvals": Approval,
}
GENERIC = {kind: Draft7Validator(schema) for kind, schema in schemas().items()}


def faults(kind: str, text: str) -> list[str]:
    """Give what an editor marks in a file."""
    found: Iterator[Any] = GENERIC[kind].iter_errors(seen(text))
    return [f"{[*error.absolute_path]}: {error.message}" for error in found]


def test_there_is_a_schema_for_each_kind_of_file() -> None:
    of_folders = {name for name, files in FILES.items() if "/" in files}
    assert of_folders == set(FOLDERS)
    assert {FILES[name] for name in FILES if name not in of_folders} == set(SINGLE_FILES)
    for schema in schemas().values():
        Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("trust", TRUSTS, ids=lambda path: path.name)
def test_every_file_of_the_samples_is_right(trust: Path) -> None:
    library = read_library(trust).library
    assert library is not None
    with_ids = {kind: Draft7Validator(schema) for kind, schema in schemas(library).items()}
    for kind, files in FILES.items():
        for path in sorted(trust.glob(files)):
            text = path.read_text("utf-8")
            assert not faults(kind, text), path
            assert with_ids[kind].is_valid(seen(text)), path


def records(kind: str) -> Iterator[Any]:
    """Give each record of a kind in the sample trusts as plain data."""
    for path in [path for trust in TRUSTS for path in sorted(trust.glob(FILES[kind]))]:
        if trust_of(path) == pages.ROOT / "policy_src":
            continue
        match kind, seen(path.read_text("utf-8")):
            case "clauses", {"clauses": inner}:
                yield from inner.values()
            case (("settings" | "references"), dict() as inner):
                yield from inner.values()
            case "approvals", list() as inner:
                yield from inner
            case _, data:
                yield data


def trust_of(path: Path) -> Path:
    return next(trust for trust in TRUSTS if path.is_relative_to(trust))


@pytest.mark.parametrize("kind", MODELS)
def test_editor_and_reader_refuse_the_same(kind: str) -> None:
    """Every twentieth of all the ways in which one place of a record may be wrong."""
    shapes = Shapes(NOTHING)
    root = shapes.mapping(MODELS[kind])
    schema = Draft7Validator({**root, "definitions": shapes.definitions})
    told = []
    ways = itertools.chain.from_iterable(map(spoilt, records(kind)))
    for how, data in itertools.islice(ways, 0, None, 20):
        record, found = validated(MODELS[kind], data, Span(""), "")
        if schema.is_valid(data) != (record is not None) and data is not None:
            told.append((how, [fault.message for fault in found]))
    assert not told


BROKEN = {
    "an unknown key": ("trust", "name: Fern Trust\ncolor: '#123456'\n"),
    "no name": ("trust", "short_name: FT\n"),
    "a blank name": ("schools", "name: '  '\n"),
    "a number for a text": ("schools", "name: Alder\nurn: 100001\n"),
    "a colour by its name": ("trust", "name: Fern Trust\ncolour: blue\n"),
    "a phase there isn't": ("schools", "name: Alder\nphase: infants\n"),
    "a day that is none": ("policies", "title: Rules\nnext_review: next autumn\n"),
    "yes for true": ("policies", "title: Rules\ncontents: yes\n"),
    "approved as a status": ("policies", "title: Rules\nstatus: approved\n"),
    "a text and a choice": ("clauses", "clauses: {a: {text: A, choose: b, texts: {c: C}}}\n"),
    "a clause without words": ("clauses", "clauses: {a: {heading: A}}\n"),
    "a clause's id in capitals": ("clauses", "clauses: {No-Friends: {text: A}}\n"),
    "a module without clauses": ("clauses", "title: Contact\n"),
    "clauses as a list": ("clauses", "clauses: [{text: A}]\n"),
    "a setting's name with hyphens": ("settings", "minimum-age: {question: Q?, type: integer}\n"),
    "a setting with nothing to choose": ("settings", "minimum_age: {question: Q?}\n"),
    "a type there isn't": ("settings", "minimum_age: {question: Q?, type: number}\n"),
    "a form field of a kind there isn't": (
        "forms",
        "title: Agreement\nfields: [{label: Colour, kind: colour}]\n",
    ),
    "a choice of nothing": ("forms", "title: Agreement\nfields: [{label: L, kind: choice}]\n"),
    "an amendment of two kinds": (
        "schools",
        "name: Alder\npolicies: {rules: {amend: [{replace: m/a, omit: m/a, text: T}]}}\n",
    ),
    "an added clause without a place": (
        "schools",
        "name: Alder\npolicies: {rules: {amend: [{add: own, text: T}]}}\n",
    ),
    "an officer without name and post": (
        "trust",
        "name: Fern Trust\nofficers: {lead: {email: lead@fern.example}}\n",
    ),
    "a term without its plural": ("trust", "name: Fern Trust\nterms: {pupils: {one: pupil}}\n"),
    "a register that is no list": ("approvals", "version: '1'\napproved: 2026-10-12\nby: B\n"),
    "an approval by nobody": ("approvals", "- {version: '1', approved: 2026-10-12}\n"),
    "a generated part there isn't": (
        "policies",
        "title: Rules\nsections: [{generate: index}]\n",
    ),
    "an appendix of nothing": ("policies", "title: Rules\nappendices: [{id: flow}]\n"),
    "a row with a field and a value": (
        "policies",
        "title: Rules\ncontrol: [{field: version, value: '2'}]\n",
    ),
    "a reference's status there isn't": (
        "references",
        "ripa: {title: RIPA, status: dead}\n",
    ),
}


@pytest.mark.parametrize(("kind", "text"), BROKEN.values(), ids=BROKEN)
def test_an_editor_marks_what_the_reader_refuses(kind: str, text: str, tmp_path: Path) -> None:
    assert faults(kind, text)
    path = tmp_path / FILES[kind].replace("*", "one")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    assert [
        d for d in read_library(tmp_path).diagnostics if d.span and d.span.path.endswith(path.name)
    ]


SHORT_FORMS = {
    "one for a list": ("clauses", "clauses: {a: {text: A, cites: kcsie, formerly: b/c}}\n"),
    "a month": ("policies", "title: Rules\nnext_review: 2027-10\n"),
    "ids for policies": ("schools", "name: Alder\npolicies: [rules]\n"),
    "a policy with nothing behind it": ("schools", "name: Alder\npolicies:\n  rules:\n"),
    "text for a field": ("forms", "title: F\nfields: [name, {label: L}]\n"),
    "text for a choice": ("settings", "s: {question: Q?, choices: {a: A, b: {words: B}}}\n"),
    "rows for a table": ("policies", "title: R\ncontrol: [title, {label: L, value: 2026-10}]\n"),
    "no table": ("policies", "title: R\ncontrol: []\n"),
    "a text for a term": ("trust", "name: T\nterms: {school: academy}\n"),
    "a condition that never holds": ("clauses", "clauses: {a: {text: A, when: false}}\n"),
    "a sentence and a clause": ("forms", "title: F\nstatements: [aup/a, I am kind.]\n"),
}


@pytest.mark.parametrize(("kind", "text"), SHORT_FORMS.values(), ids=SHORT_FORMS)
def test_an_editor_takes_short_forms(kind: str, text: str) -> None:
    assert not faults(kind, text)


def test_every_key_is_described_and_nothing_else() -> None:
    assert not [(model, key) for model, key in SPECIAL if key not in set(model.keys())]
    every = json.dumps(schemas())
    assert all(f'"{words}"' in every for words in map(_json, COMMON.values()))


def _json(words: str) -> str:
    return json.dumps(words)[1:-1]


def test_the_schemas_of_this_repository_are_of_this_program() -> None:
    for kind, schema in schemas().items():
        committed = (pages.ROOT / SCHEMA_FOLDER / f"{kind}.json").read_bytes()
        assert committed == schema_bytes(schema), "run `policygen schema`"


@pytest.mark.parametrize(
    ("folder", "source"),
    [(pages.ROOT, "policy_src/"), (pages.STARTER, "")],
    ids=["here", "starter"],
)
def test_editors_are_told_which_schema_is_for_which_file(folder: Path, source: str) -> None:
    settings = json.loads((folder / ".vscode" / "settings.json").read_text("utf-8"))
    assert settings["yaml.schemas"] == {
        f"{SCHEMA_FOLDER}/{kind}.json": f"{source}{files}" for kind, files in FILES.items()
    }
    wanted = json.loads((folder / ".vscode" / "extensions.json").read_text("utf-8"))
    assert wanted == {"recommendations": ["redhat.vscode-yaml"]}


# A trust's own ids --------------------------------------------------------------------------


def test_ids_are_offered_and_not_demanded() -> None:
    library = read_library(pages.STARTER).library
    assert library is not None
    found = schemas(library)
    offered = found["policies"]["definitions"]
    assert "conduct/phones" in offered["known-clauses"]["enum"]
    assert "conduct" in offered["known-clauses"]["enum"]
    assert "designated_safeguarding_lead" in offered["known-officers"]["enum"]
    assert offered["known-forms"]["enum"] == ["staff-agreement"]
    policy = "title: R\nsections: [{clauses: [conduct/new-rule]}]\nowner: new_officer\n"
    assert Draft7Validator(found["policies"]).is_valid(seen(policy))


def test_answers_are_offered_with_their_questions() -> None:
    library = read_library(pages.STARTER).library
    assert library is not None
    answers = schemas(library)["trust"]["definitions"]["Answers"]["properties"]
    assert answers["personal_phones"]["description"].startswith("When may staff use their own")
    offered = [one["const"] for one in answers["personal_phones"]["anyOf"] if "const" in one]
    assert offered == ["locked-away", "breaks-only"]
    assert answers["official_accounts"]["enum"] == ["yes", "no", True, False]
    assert answers["parent_channel"]["type"] == "string"
