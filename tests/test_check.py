"""``policygen check`` as a whole: fixes, what a change brought, what is asked for."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checks import looking
from policygen import check
from policygen.assemble.targets import Asked
from policygen.beside import beside
from policygen.history import VersionError

if TYPE_CHECKING:
    from policygen.check import Findings

PHONES = "      You may use your own phone {{ settings.phones }}.\n"
SAMPLE = Path(__file__).parents[1] / "policy_src"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return Path(shutil.copytree(looking.TRUST, tmp_path / "source"))


def change(source: Path, name: str, old: str, new: str) -> None:
    path = source / name
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def told(found: Findings) -> list[str]:
    return [f"{d.span} {d.code}" for d in found.diagnostics]


def look(source: Path, **options: object) -> Findings:
    return check.inspect(source, looking.AS_OF, **options)  # type: ignore[arg-type]


def test_sample_has_no_finding() -> None:
    assert not told(check.inspect(SAMPLE, looking.AS_OF))


# Fixes


def test_fixes_are_written_and_nothing_else(source: Path) -> None:
    name = "clauses/conduct.yaml"
    change(source, name, "Be kind online.", "Be kind  online.  # Say  so.")
    change(source, name, "  courtesy:", "  courtesy:   # a  note")
    before = (source / name).read_bytes().replace(b"\n", b"\r\n")
    (source / name).write_bytes(b"\xef\xbb\xbf" + before)
    found = look(source)
    assert "double-space" in {d.code for d in found.diagnostics}
    left, fixed = check.mend(source, found, lambda: look(source))
    assert "double-space" not in {d.code for d in left.diagnostics}
    assert fixed.files == (name,)
    assert fixed.fixes >= 1
    wanted = before.replace(b"kind  online.  # Say  so", b"kind online. # Say so")
    assert (source / name).read_bytes() == b"\xef\xbb\xbf" + wanted


def test_ignored_findings_are_not_fixed(source: Path) -> None:
    name = "clauses/conduct.yaml"
    change(source, name, "Be kind online.", "Be kind  online.")
    change(source, name, "  courtesy:", "  courtesy:  # policygen: ignore double-space: a test")
    before = (source / name).read_bytes()
    _, fixed = check.mend(source, look(source), lambda: look(source))
    assert not fixed.fixes
    assert (source / name).read_bytes() == before


def test_a_file_that_cannot_be_written_is_told(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(source, "clauses/conduct.yaml", "Be kind online.", "Be kind  online.")

    def refuse(path: Path, data: bytes) -> None:
        del path, data
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(check, "write_whole", refuse)
    _, fixed = check.mend(source, look(source), lambda: look(source))
    assert [fault.code for fault in fixed.faults] == ["cannot-write"]
    assert not fixed.fixes


# What a change brought


def test_findings_on_changed_lines_are_told(source: Path, tmp_path: Path) -> None:
    change(source, "schools/alder.yaml", '"100001"', '"10001"')
    older = shutil.copytree(source, tmp_path / "older")
    change(source, "schools/alder.yaml", "office@alder.example", "office.alder.example")
    found = check.inspect_since(str(older), source, looking.AS_OF)
    assert told(found) == ["schools/alder.yaml:6:8 email-shape"]


def test_an_old_finding_on_a_touched_line_is_told(source: Path, tmp_path: Path) -> None:
    change(source, "schools/alder.yaml", '"100001"', '"10001"')
    older = shutil.copytree(source, tmp_path / "older")
    change(source, "schools/alder.yaml", '"10001"', '"10001"  # to do')
    found = check.inspect_since(str(older), source, looking.AS_OF)
    assert told(found) == ["schools/alder.yaml:3:6 urn-shape"]


def test_what_a_change_brings_elsewhere_is_told(source: Path, tmp_path: Path) -> None:
    older = shutil.copytree(source, tmp_path / "older")
    change(source, "clauses/conduct.yaml", PHONES, "      You may use your own phone.\n")
    found = check.inspect_since(str(older), source, looking.AS_OF)
    assert told(found) == ["settings.yaml:1:1 unused-setting"]


def test_lines_that_only_moved_bring_nothing(source: Path, tmp_path: Path) -> None:
    change(source, "schools/alder.yaml", '"100001"', '"10001"')
    older = shutil.copytree(source, tmp_path / "older")
    change(source, "schools/alder.yaml", "name: Alder Primary", "# A note\nname: Alder Primary")
    assert not told(check.inspect_since(str(older), source, looking.AS_OF))


def test_a_revision_there_is_not(source: Path) -> None:
    with pytest.raises(VersionError):
        check.inspect_since("no-such-revision", source, looking.AS_OF)


# What is asked for


def test_only_what_concerns_a_school(source: Path) -> None:
    alder = (source / "schools" / "alder.yaml").read_text("utf-8")
    birch = alder.replace("Alder", "Birch").replace("100001", "10001")
    (source / "schools" / "birch.yaml").write_text(birch, "utf-8")
    change(source, "trust.yaml", "https://", "")
    assert told(look(source, asked=Asked(frozenset({"alder"})))) == [
        "trust.yaml:3:10 website-shape"
    ]
    assert told(look(source, asked=Asked(frozenset({"birch"})))) == [
        "schools/birch.yaml:3:6 urn-shape",
        "trust.yaml:3:10 website-shape",
    ]


def test_only_what_concerns_a_policy(source: Path) -> None:
    conduct = (source / "policies" / "conduct.yaml").read_text("utf-8")
    phones = conduct.replace("Conduct Policy", "Phone Policy").replace("2027-10-01", "2026-10-01")
    (source / "policies" / "phones.yaml").write_text(phones, "utf-8")
    change(source, "schools/alder.yaml", "policies:\n", "policies:\n  phones:\n")
    assert told(look(source)) == ["policies/phones.yaml:6:14 overdue-review"]
    assert not told(look(source, asked=Asked(policies=frozenset({"conduct"}))))


def test_the_day_decides(source: Path) -> None:
    later = check.inspect(source, dt.date(2027, 10, 2))
    assert {d.code for d in later.diagnostics} == {"overdue-review", "recheck-passed"}


def test_a_trust_that_cannot_be_read_is_told(source: Path) -> None:
    (source / "trust.yaml").write_text("- none", "utf-8")
    assert [d.code for d in look(source).diagnostics] == ["wrong-type"]


def test_settings_beside_the_source_folder(source: Path) -> None:
    change(source, "schools/alder.yaml", '"100001"', '"10001"')
    (source.parent / "policygen.toml").write_text('[checks]\nurn-shape = "off"\n', "utf-8")
    assert not told(look(source))
    (source / "policygen.toml").write_text('[checks]\nurn-shape = "error"\n', "utf-8")
    assert [d.is_error for d in look(source).diagnostics] == [True]


def test_warnings_as_errors(source: Path) -> None:
    change(source, "schools/alder.yaml", '"100001"', '"10001"')
    assert [d.is_error for d in look(source, as_errors=True).diagnostics] == [True]


# Work beside


def test_work_beside_gives_its_result() -> None:
    assert beside(lambda: [1, 2])() == [1, 2]


def test_work_that_comes_to_grief_is_done_here() -> None:
    tried: list[int] = []

    def work() -> int:
        tried.append(1)
        if len(tried) == 1:
            msg = "in the copy only"
            raise MemoryError(msg)
        return 3

    tried_here = beside(work)
    tried.append(1)
    assert tried_here() == 3
