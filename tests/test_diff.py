"""``policygen diff``: exit codes, what is printed, which files are written."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from conftest import SAMPLE
from git_repository import Repository
from policygen.cli import commands
from policygen.writers import RendererMissing, WordTemplateError
from small_trust import FILES, Maker

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

M = "clauses/m.yaml"
REWORDED = {M: FILES[M].replace("Bravo", "Brave")}
BIRCH = {"schools/birch.yaml": FILES["schools/alder.yaml"].replace("Alder", "Birch")}
SPOILT = {"schools/birch.yaml": BIRCH["schools/birch.yaml"].replace("headteacher", "bursar")}
ASKS = "clauses: {a: {text: Alpha.}, b: {text: 'Ask {{ officers.headteacher.name }}.'}}"


def diff(folder: Path, *args: str | Path, source: Path | None = None) -> Result:
    """Run the command; it writes into ``out`` of a folder."""
    given = ("diff", *args, "--out", folder / "out", "--source", source or folder / "new")
    return CliRunner().invoke(commands, [str(arg) for arg in given])


def sources(folder: Path, new: dict[str, str], old: dict[str, str] | None = None) -> Path:
    """Write two versions, ``old`` and ``new``, and give the old one."""
    Maker(folder / "old").write(old)
    Maker(folder / "new").write({**(old or {}), **new})
    return folder / "old"


def written(folder: Path) -> list[str]:
    out = folder / "out"
    return sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())


# Exit codes and messages -----------------------------------------------------


def test_versions_that_are_the_same_exit_with_0(tmp_path: Path) -> None:
    result = diff(tmp_path, sources(tmp_path, {}), "--exit-code")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "The documents of both versions are the same.\n"
        f"Wrote 1 file into {tmp_path.as_posix()}/out/.\n"
    )
    assert result.stderr == ""
    assert written(tmp_path) == ["changes.html"]


def test_versions_that_differ_exit_with_0_unless_the_exit_code_is_asked_for(
    tmp_path: Path,
) -> None:
    old = sources(tmp_path, REWORDED)
    result = diff(tmp_path, old, "--format", "md")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "1 change in 1 policy of 1 school."
    assert diff(tmp_path, old, "--format", "md", "--exit-code").exit_code == 1


def test_numbers_and_whole_documents_are_told_beside_changes(tmp_path: Path) -> None:
    rules = "policies/rules.yaml"
    moved = FILES[rules].replace("clauses: [m]", "clauses: [m/b, m/a, m/c]")
    result = diff(tmp_path, sources(tmp_path, {rules: moved, **BIRCH}), "--format", "json")
    assert result.stdout.splitlines()[0] == (
        "1 change in 1 policy of 1 school; 1 number moved up or down; "
        "1 document only in one of the versions."
    )


def test_a_document_that_only_one_version_has_makes_a_difference(tmp_path: Path) -> None:
    result = diff(tmp_path, sources(tmp_path, BIRCH), "--format", "md", "--exit-code")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "1 document only in one of the versions."


@pytest.mark.parametrize("side", ["old", "new"])
def test_a_side_with_errors_exits_with_1_and_the_rest_is_compared(
    tmp_path: Path, side: str
) -> None:
    good, spoilt = {M: ASKS, **BIRCH}, {M: ASKS, **SPOILT}
    changed = ASKS.replace("Alpha", "Beta")
    old = sources(
        tmp_path,
        {**(good if side == "old" else spoilt), M: changed},
        spoilt if side == "old" else good,
    )
    result = diff(tmp_path, old, "--format", "json")
    assert result.exit_code == 1
    name = str(old) if side == "old" else "the working folder"
    assert result.stderr.startswith(f"{name} has errors; what they stop is not compared:\n")
    assert "error[missing-officer]" in result.stderr or "headteacher" in result.stderr
    assert result.stderr.count("has errors") == 1
    data = json.loads((tmp_path / "out" / "changes.json").read_text("utf-8"))
    assert [change["schools"] for change in data["changes"]] == [["alder"]]
    assert len(data["not_compared"]) == 1


def test_sides_that_are_the_same_as_far_as_they_can_be_compared_say_so(tmp_path: Path) -> None:
    result = diff(tmp_path, sources(tmp_path, {}, {M: ASKS, **SPOILT}), "--format", "md")
    assert result.stdout.startswith("The documents that could be compared are the same.\n")
    assert result.exit_code == 1


def test_warnings_of_a_side_are_not_told(tmp_path: Path) -> None:
    result = diff(tmp_path, sources(tmp_path, {"clauses/notes.yml": "x"}), "--format", "md")
    assert (result.exit_code, result.stderr) == (0, "")


# Bad input -------------------------------------------------------------------


def test_a_version_that_is_not_there(tmp_path: Path) -> None:
    sources(tmp_path, {})
    result = diff(tmp_path, "v9")
    assert result.exit_code == 2
    assert f"“v9” is no folder, and “{tmp_path}/new” lies in no git repository" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_no_sources(tmp_path: Path) -> None:
    sources(tmp_path, {})
    (tmp_path / "empty").mkdir()
    result = diff(tmp_path, tmp_path / "empty")
    assert result.exit_code == 2
    assert f"{tmp_path}/empty has no trust.yaml that can be read\n" in result.stderr


def test_a_folder_above_the_sources_is_told_which_was_meant(tmp_path: Path) -> None:
    sources(tmp_path / "checkout", {})
    shutil.rmtree(tmp_path / "checkout" / "new")
    sources(tmp_path, {})
    result = diff(tmp_path, tmp_path / "checkout")
    assert result.exit_code == 2
    assert f"did you mean “{tmp_path}/checkout/old”?" in result.stderr


def test_a_source_folder_that_is_not_there(tmp_path: Path) -> None:
    result = diff(tmp_path, sources(tmp_path, {}), source=tmp_path / "nowhere")
    assert result.exit_code == 2
    assert (
        f"there is no folder “{tmp_path}/nowhere” with the sources as they are now" in result.stderr
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--school", "aldr"), "there is no school “aldr”. Did you mean “alder”?"),
        (("--policy", "zzz"), "there is no policy “zzz”. There are: rules."),
    ],
)
def test_names_that_neither_version_has(
    tmp_path: Path, args: tuple[str, str], message: str
) -> None:
    result = diff(tmp_path, sources(tmp_path, REWORDED), *args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_names_that_one_version_has_may_be_asked_for(tmp_path: Path) -> None:
    old = sources(tmp_path, BIRCH)
    result = diff(tmp_path, old, "--school", "birch", "--school", "trust", "--format", "md")
    assert result.exit_code == 0, result.output
    spoilt = {"schools/birch.yaml": BIRCH["schools/birch.yaml"].replace("phase", "stage")}
    sources(tmp_path, spoilt)
    result = diff(tmp_path, old, "--school", "birch", "--format", "md")
    assert result.exit_code == 1
    assert "stage" in result.stderr


def test_versions_that_share_no_policy(tmp_path: Path) -> None:
    sources(tmp_path, {})
    other = Maker(tmp_path / "other")
    other.write({"policies/other.yaml": FILES["policies/rules.yaml"]})
    (tmp_path / "other" / "policies" / "rules.yaml").unlink()
    result = diff(tmp_path, tmp_path / "other")
    assert result.exit_code == 2
    message = f"the two versions share no policy: “{tmp_path}/other” has other and"
    assert message in " ".join(result.stderr.split())


def test_a_version_from_before_the_first_policy_has_nothing_in_common(tmp_path: Path) -> None:
    old = sources(tmp_path, {})
    shutil.rmtree(old / "policies")
    (old / "schools" / "alder.yaml").write_text("name: Alder")
    result = diff(tmp_path, old, "--format", "md")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("1 document only in one of the versions.")


def test_a_missing_renderer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> bytes:
        message = "PDF needs Pango"
        raise RendererMissing(message)

    monkeypatch.setattr("policygen.diff.write", missing)
    result = diff(tmp_path, sources(tmp_path, REWORDED), "--format", "pdf")
    assert result.exit_code == 1
    assert result.stderr == "Error: PDF needs Pango\n"


def test_a_word_template_that_can_not_be_used_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(*_: object) -> bytes:
        message = "template.docx is no Word file"
        raise WordTemplateError(message)

    monkeypatch.setattr("policygen.diff.write", spoilt)
    result = diff(tmp_path, sources(tmp_path, REWORDED), "--format", "docx")
    assert (result.exit_code, result.stderr) == (1, "Error: template.docx is no Word file\n")


def test_an_output_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    old = sources(tmp_path, REWORDED)
    (tmp_path / "out" / "changes.md").mkdir(parents=True)
    result = diff(tmp_path, old, "--format", "md")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")


# Files -----------------------------------------------------------------------


def test_each_format_is_written_once(tmp_path: Path) -> None:
    formats = [f"--format={name}" for name in ("html", "md", "json", "docx", "md")]
    result = diff(tmp_path, sources(tmp_path, REWORDED | BIRCH, BIRCH), *formats)
    assert result.exit_code == 0, result.output
    assert written(tmp_path) == [
        "alder/rules.docx",
        "birch/rules.docx",
        "changes.html",
        "changes.json",
        "changes.md",
    ]
    assert "Wrote 5 files into" in result.stdout


def test_a_pdf(tmp_path: Path) -> None:
    diff(tmp_path, sources(tmp_path, REWORDED), "--format", "pdf")
    assert (tmp_path / "out" / "changes.pdf").read_bytes().startswith(b"%PDF")


def test_a_word_file_is_written_for_documents_that_differ_and_no_others(tmp_path: Path) -> None:
    new = {
        "schools/birch.yaml": BIRCH["schools/birch.yaml"].replace("name: Birch P", "name: New P")
    }
    diff(tmp_path, sources(tmp_path, new, BIRCH), "--format", "docx")
    assert written(tmp_path) == ["birch/rules.docx"]


def test_a_renamed_clause_is_not_struck_out_in_the_word_file(tmp_path: Path) -> None:
    renamed = {M: FILES[M].replace("b: {text: Bravo", "k: {formerly: m/b, text: Brave Bravo")}
    diff(tmp_path, sources(tmp_path, renamed), "--format", "docx")
    import docx  # noqa: PLC0415 dear to load

    document = docx.Document(str(tmp_path / "out" / "alder" / "rules.docx"))
    gone = [node.text for node in document.element.iter() if node.tag.endswith("}delText")]
    assert "".join(gone).strip() == ""


def test_the_markdown_says_where_the_whole_report_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policygen.diff.LONGEST_COMMENT", 300)
    diff(tmp_path, sources(tmp_path, REWORDED), "--format=md", "--link=https://ci.example/9")
    text = (tmp_path / "out" / "changes.md").read_text("utf-8")
    assert text.endswith(" The whole report: https://ci.example/9\n")


def test_what_is_asked_for_is_compared_and_nothing_else(tmp_path: Path) -> None:
    old = sources(tmp_path, REWORDED | BIRCH, BIRCH)
    diff(tmp_path, old, "--format=json", "--school=birch", "--policy=rules")
    data = json.loads((tmp_path / "out" / "changes.json").read_text("utf-8"))
    assert {document["school"] for document in data["documents"]} == {"birch"}


# Git -------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Give a repository with two tags and a change that is not committed."""
    made = Repository(tmp_path / "work")
    made.tagged("v1")
    made.tagged("v2", REWORDED)
    Maker(made.source).write({M: FILES[M].replace("Charlie", "Charles")})
    return made


def test_two_revisions(tmp_path: Path, repository: Repository) -> None:
    result = diff(tmp_path, "v1", "v2", "--format=json", source=repository.source)
    assert result.exit_code == 0, result.output
    data = json.loads((tmp_path / "out" / "changes.json").read_text("utf-8"))
    assert [data["old"], data["new"]] == ["v1", "v2"]
    assert [change["unit"] for change in data["changes"]] == ["clause:m/b"]


def test_a_revision_and_the_sources_as_they_are(tmp_path: Path, repository: Repository) -> None:
    before = repository.git("status", "--porcelain")
    diff(tmp_path, "HEAD", "--format=json", source=repository.source)
    data = json.loads((tmp_path / "out" / "changes.json").read_text("utf-8"))
    assert data["new"] == "the working folder"
    assert [change["unit"] for change in data["changes"]] == ["clause:m/b", "clause:m/c"]
    assert repository.git("status", "--porcelain") == before


def test_a_folder_and_a_revision(tmp_path: Path, repository: Repository) -> None:
    Maker(tmp_path / "folder").write()
    result = diff(
        tmp_path, tmp_path / "folder", "v1", "--exit-code", "--format=md", source=repository.source
    )
    assert result.exit_code == 0, result.output


def test_a_bare_repository_needs_two_versions(tmp_path: Path, repository: Repository) -> None:
    bare = tmp_path / "bare.git"
    repository.git("clone", "--quiet", "--bare", str(repository.folder), str(bare))
    result = diff(tmp_path, "v1", "v2", "--format=md", source=bare / "policy_src")
    assert result.exit_code == 0, result.output
    assert "1 change in 1 policy" in result.stdout
    result = diff(tmp_path, "v1", source=bare / "policy_src")
    assert result.exit_code == 2
    assert "or name two versions" in " ".join(result.stderr.split())


def test_histories_that_share_nothing(tmp_path: Path, repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--force", "--orphan", "island")
    repository.commit({M: FILES[M].replace("Alpha", "Island")})
    result = diff(tmp_path, "v1", "island", "--format=json", source=repository.source)
    assert result.exit_code == 0, result.output
    assert "1 change in 1 policy of 1 school" in result.stdout


# The sample ------------------------------------------------------------------


def test_every_school_of_the_sample_is_the_same_as_itself(tmp_path: Path) -> None:
    result = diff(tmp_path, SAMPLE, "--exit-code", "--format=md", source=SAMPLE)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("The documents of both versions are the same.")


def test_one_word_in_the_sample_is_told_wherever_it_is_printed(tmp_path: Path) -> None:
    source = tmp_path / "new"
    shutil.copytree(SAMPLE, source)
    clauses = source / "clauses" / "conduct.yaml"
    clauses.write_text(clauses.read_text("utf-8").replace("Bare words", "Plain words"), "utf-8")
    diff(tmp_path, SAMPLE, "--format=json")
    data = json.loads((tmp_path / "out" / "changes.json").read_text("utf-8"))
    fenwick, gull, clause = "fenwick-primary", "gull-academy", "clauses/conduct.yaml:5"
    told = [(c["unit"], c["kind"], c["schools"], c["causes"]) for c in data["changes"]]
    assert told == [
        # Its approval was of the other word, so Fenwick's document is a draft now.
        ("front", "values", [fenwick], ["approvals/online.yaml:1"]),
        ("generated:control", "values", [fenwick], ["approvals/online.yaml:1"]),
        ("clause:conduct/bare", "wording", [fenwick, gull], [clause]),
        ("clause:conduct/bare#2", "wording", [fenwick, gull], [clause]),
        # A statement of the form is printed at one of the schools only.
        ("form:agreement", "wording", [fenwick], [clause]),
        ("form:agreement", "wording", [gull], [clause]),
    ]
