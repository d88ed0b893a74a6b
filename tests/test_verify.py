"""``policygen verify``: whose file it is, whether it was altered, what has changed since."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from click.testing import CliRunner

from git_repository import Repository
from policygen.assemble.policy import assemble_policy
from policygen.cli import commands
from policygen.readers.library import read_library
from policygen.request import FORMATS
from policygen.seals import UnreadableError, bounds, read
from policygen.seals import pdf as pdf_seals
from policygen.writers import bind
from policygen.writers.theme import Theme
from small_trust import FILES, Maker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from click.testing import Result

M = "clauses/m.yaml"
FORM = {
    "forms/form.yaml": """
        title: Agreement
        statements: [I keep to the rules.]
        declaration: I have read {{ policy.title }}.
        fields: [name, signature]
        """,
    "policies/rules.yaml": FILES["policies/rules.yaml"] + "\n        appendices: [{form: form}]",
}
BIRCH = {"schools/birch.yaml": FILES["schools/alder.yaml"].replace("Alder", "Birch")}
LATER = {M: FILES[M].replace("Bravo", "Brave").replace("Charlie.", "Charlie and so on.")}


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(arg) for arg in args])


def verify(what: str | Path, source: Path, *options: str) -> Result:
    return run("verify", what, "--source", source, *options)


def found(what: str | Path, source: Path, *options: str) -> Any:  # noqa: ANN401 plain data
    return json.loads(verify(what, source, "--json", *options).stdout)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Give a repository with two versions, the later one tagged."""
    made = Repository(tmp_path_factory.mktemp("repository"))
    made.commit({**FORM, **BIRCH})
    made.tagged("v2", {**FORM, **BIRCH, "trust.yaml": "name: Fern Trust\nshort_name: Fern"})
    return made


@pytest.fixture(scope="module")
def built(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give all files of one school."""
    out = tmp_path_factory.mktemp("built")
    options = ("--school", "alder", "--jobs", "1", "--as-of", "2026-11-20")
    result = run("build", "--source", repository.source, "--out", out, *options)
    assert result.exit_code == 0, result.output
    return out / "alder"


@pytest.fixture
def later(repository: Repository, tmp_path: Path) -> Path:
    """Give a copy of the repository in which the wording has changed since."""
    copy = Repository(tmp_path / "later")
    copy.git("pull", "--quiet", "--tags", str(repository.folder), "main")
    Maker(copy.source).write({**FORM, **BIRCH, **LATER})
    return copy.source


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


# Files as they were built ----------------------------------------------------


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_is_as_it_was_built(repository: Repository, built: Path, format_: str) -> None:
    result = verify(built / f"rules.{format_}", repository.source)
    assert result.exit_code == 0, result.output
    assert "“Rules”, version 1, Final (alder/rules)" in result.output
    assert "It is as it was built: not a byte has changed." in result.output
    assert "This is the current wording." in result.output
    assert "Its words are those of the sources as they are." in result.output


@pytest.mark.parametrize("format_", FORMATS)
def test_a_form_says_which_form_it_is(repository: Repository, built: Path, format_: str) -> None:
    data = found(built / "forms" / f"form.{format_}", repository.source)
    (match,) = data["matches"]
    assert (match["kind"], match["id"], match["policy"]) == ("form", "form", "rules")
    assert data["file"]["state"] == "as-built"
    assert data["file"]["same_words"] is True


def test_a_pack_lists_the_documents_on_its_pages(repository: Repository, tmp_path: Path) -> None:
    library = read_library(repository.source).library
    assert library is not None
    documents = [assemble_policy(library, "alder", "rules").document]
    pack = put(tmp_path / "pack.pdf", bind(documents, "pdf", Theme(), "Pack", both_sides=True))
    data = found(pack, repository.source)
    assert data["file"]["state"] == "unsealed"
    assert {match["school"] for match in data["matches"]} == {"alder", "birch"}


# Files saved again, and altered ones -----------------------------------------


def test_a_page_saved_again_keeps_its_words(
    repository: Repository, built: Path, tmp_path: Path
) -> None:
    data = (built / "rules.html").read_bytes().replace(b"</head>", b"<!-- saved --></head>", 1)
    assert found(put(tmp_path / "a.html", data), repository.source)["file"]["state"] == (
        "saved-again"
    )


def test_a_word_file_packed_again_is_as_it_was(
    repository: Repository, built: Path, tmp_path: Path
) -> None:
    data = (built / "rules.docx").read_bytes()
    again = put(tmp_path / "a.docx", rezipped(data, lambda _, part: part))
    assert found(again, repository.source)["file"]["state"] == "as-built"
    touched = rezipped(data, lambda n, part: part + b" " if n == "word/styles.xml" else part)
    file = found(put(tmp_path / "b.docx", touched), repository.source)["file"]
    assert (file["state"], file["same_words"]) == ("saved-again", True)


def test_a_pdf_saved_again_keeps_its_words(
    repository: Repository, built: Path, tmp_path: Path
) -> None:
    with pikepdf.open(built / "rules.pdf") as pdf:
        again = put(tmp_path / "a.pdf", saved(pdf))
    result = verify(again, repository.source)
    assert result.exit_code == 0, result.output
    assert "It was saved again since it was built, and no word of it has changed." in result.output


def test_a_form_filled_in_is_not_altered(
    repository: Repository, built: Path, tmp_path: Path
) -> None:
    with pikepdf.open(built / "forms" / "form.pdf") as pdf:
        pdf.Root.AcroForm.Fields[0].V = pikepdf.String("Somebody")
        filled = put(tmp_path / "a.pdf", saved(pdf))
    file = found(filled, repository.source)["file"]
    assert file["state"] == "saved-again"
    assert file["notes"] == ["Its fields are filled in."]


@pytest.mark.parametrize("format_", ["html", "docx"])
def test_a_changed_word_is_told(
    repository: Repository, built: Path, tmp_path: Path, format_: str
) -> None:
    data = (built / f"rules.{format_}").read_bytes()
    if format_ == "html":
        data = data.replace(b"Bravo.", b"Brave.")
    else:
        data = rezipped(data, lambda _, part: part.replace(b"Bravo.", b"Brave."))
    result = verify(put(tmp_path / f"a.{format_}", data), repository.source)
    assert result.exit_code == 1
    assert "It has been ALTERED since it was built." in result.output
    assert "the file has “Brave.” for “Bravo.”" in result.output


def _write_over(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[0].obj.Contents
    content.write(content.read_bytes() + b"\nBT /F 12 Tf 1 0 0 1 9 9 Tm (Never) Tj ET")


def _stick_on(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 9, 9], Contents="No"
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


def _drop_a_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_write_over, "the file has “Never” besides"),
        (_stick_on, "Something was put over its pages: FreeText."),
        (_drop_a_page, "the file lacks"),
    ],
)
def test_a_changed_pdf_is_told(
    repository: Repository,
    built: Path,
    tmp_path: Path,
    change: Callable[[pikepdf.Pdf], None],
    told: str,
) -> None:
    with pikepdf.open(built / "rules.pdf") as pdf:
        change(pdf)
        altered = put(tmp_path / "a.pdf", saved(pdf))
    result = verify(altered, repository.source)
    assert result.exit_code == 1
    assert "ALTERED" in result.output
    assert told in result.output


def test_what_a_file_says_of_itself_is_sealed_too(
    repository: Repository, built: Path, tmp_path: Path
) -> None:
    data = (built / "rules.docx").read_bytes()
    newer = rezipped(
        data, lambda n, part: part.replace(b">1<", b">9<") if n == "docProps/custom.xml" else part
    )
    result = verify(put(tmp_path / "a.docx", newer), repository.source)
    assert "ALTERED" in result.output
    assert "Its properties say version “9”, where the sources have “1”." in result.output


def test_a_file_without_properties_is_known_by_its_foot(
    repository: Repository, built: Path, tmp_path: Path
) -> None:
    with pikepdf.open(built / "rules.pdf") as pdf:
        del pdf.Root.Metadata
        bare = put(tmp_path / "a.pdf", saved(pdf))
    data = found(bare, repository.source, "--revisions", "0")
    assert data["file"]["state"] == "unsealed"
    assert {match["school"] for match in data["matches"]} == {"alder", "birch"}


# Wordings --------------------------------------------------------------------


def wording(page: Path) -> str:
    stated = re.search(r'policygen.wording" content="(\w+)"', page.read_text("utf-8"))
    assert stated
    return stated[1]


def test_a_fingerprint_lists_all_documents_that_fit(repository: Repository, built: Path) -> None:
    whole = wording(built / "rules.html")
    for typed in (whole[:8], whole.upper(), f"wording {whole[:8]}…"):
        data = found(typed, repository.source)
        assert [match["school"] for match in data["matches"]] == ["alder", "birch"]
        assert all(match["forms"] == ["form"] for match in data["matches"])
        assert data["sound"] is True


@pytest.mark.parametrize("typed", ["3f9c2a7", "nonsense", "f" * 65, ""])
def test_what_is_no_fingerprint_is_wrong_use(repository: Repository, typed: str) -> None:
    result = verify(typed, repository.source)
    assert result.exit_code == 2
    assert "fingerprint" in result.output or "folder" in result.output


def test_an_unknown_fingerprint_says_where_it_was_looked_for(repository: Repository) -> None:
    result = verify("0123456789", repository.source)
    assert result.exit_code == 1
    assert "neither has any of the 2 earlier versions" in result.output
    few = verify("0123456789", repository.source, "--revisions", "1")
    assert "1 version before that were not looked at" in few.output


def test_outside_git_the_history_is_not_there(tmp_path: Path) -> None:
    Maker(tmp_path).write({})
    result = verify("0123456789", tmp_path)
    assert result.exit_code == 1
    assert "Earlier wordings could not be looked for" in result.output


def test_an_earlier_wording_tells_what_changed_since(built: Path, later: Path) -> None:
    result = verify(built / "rules.html", later)
    assert result.exit_code == 1
    assert "This is NOT the current wording. It was found in the sources at v2" in result.output
    assert "2 changes of words since, [-gone-] and {+new+}:" in result.output
    assert "[-Bravo.-]" in result.output
    assert "{+Brave.+}" in result.output
    assert "Its words are those of the sources at v2." in result.output


def test_an_altered_earlier_file_is_compared_with_its_own_wording(
    built: Path, later: Path, tmp_path: Path
) -> None:
    page = (built / "rules.html").read_bytes().replace(b"Alpha", b"Alfa")
    file = found(put(tmp_path / "a.html", page), later)["file"]
    assert file["state"] == "altered"
    assert [(d["file"], d["document"]) for d in file["differences"]] == [("Alfa.", "Alpha.")]


def test_the_register_tells_of_a_wording_that_git_has_lost(tmp_path: Path) -> None:
    gone = "ab" * 32
    entry = f"- {{version: '0.9', approved: 2025-03, by: Board, wording: {{alder: {gone}}}}}"
    Maker(tmp_path).write({"approvals/rules.yaml": entry})
    result = verify(gone[:8], tmp_path)
    assert result.exit_code == 1
    assert "approved as version 0.9 by Board (March 2025)" in result.output
    assert "What changed since can’t be told" in result.output


def test_data_that_changed_since_is_told_apart_from_wording(built: Path, tmp_path: Path) -> None:
    renamed = {k: v.replace("Alder Primary", "Alder Academy") for k, v in FILES.items()}
    copy = tmp_path / "source"
    Maker(copy).write({**renamed, **FORM, **BIRCH, "trust.yaml": "name: Fern Trust"})
    data = found(built / "rules.html", copy)
    assert data["matches"][0]["current"] is True
    assert data["sound"] is True
    assert data["file"]["state"] == "as-built"
    assert {d["file"] for d in data["file"]["differences"]} == {"Primary"}


# Files that can't be read ----------------------------------------------------


def _package(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def _encrypted() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "it is empty"),
        (b"Hello.", "it is no PDF, no Word file (.docx) and no web page"),
        (b"%PDF-1.7\nnothing", "it is damaged"),
        (b"PK\x03\x04nothing", "it is damaged"),
        (b"\xd0\xcf\x11\xe0old", "it is encrypted, or of a Word before 2007"),
        (_encrypted(), "it is encrypted"),
        (_package({"a.txt": "b"}), "it is no Word file"),
        (_package({"word/document.xml": ENTITY}), "declares entities"),
        (_package({"word/document.xml": "<a>" * 5000}), "is no XML"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    repository: Repository, tmp_path: Path, data: bytes, told: str
) -> None:
    result = verify(put(tmp_path / "file", data), repository.source)
    assert result.exit_code == 1
    assert told in result.output
    assert "Traceback" not in result.output


def _bomb(kind: str) -> bytes:
    out, much = io.BytesIO(), b" " * (2 << 20)
    if kind == "docx":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("word/document.xml", much)
        return out.getvalue()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].obj.Contents = pdf.make_stream(much)
        pdf.save(out, compress_streams=True)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_file_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "LARGEST_CONTENT", 1 << 20)
    monkeypatch.setattr(pdf_seals, "LARGEST_CONTENT", 1 << 20)
    with pytest.raises(UnreadableError, match="unpacks to more than"):
        read(put(tmp_path / "bomb", _bomb(kind)))


def test_a_foreign_file_says_so(repository: Repository, tmp_path: Path) -> None:
    page = put(tmp_path / "a.html", b"<html><body><p>Another school\xe2\x80\x99s policy</body>")
    result = verify(page, repository.source)
    assert result.exit_code == 1
    assert "a web page of no document that is known" in result.output


def test_a_folder_is_wrong_use(repository: Repository, tmp_path: Path) -> None:
    result = verify(tmp_path, repository.source)
    assert result.exit_code == 2
    assert "is a folder" in result.output
