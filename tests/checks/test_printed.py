"""Findings as services read them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygen.checks.printed import as_github, as_sarif
from policygen.diagnostics import Diagnostic, Edit, Fix, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

SPAN = Span("clauses/a,b: 100%.yaml", 3, 5, 4)
FIX = Fix((Edit(Span("clauses/m.yaml", 3, 9, 2), "  ", " "),))
FOUND = [
    Diagnostic("urn-shape", "100%\r\nno URN", SPAN, "Count: six.", Severity.WARNING),
    Diagnostic("unknown-key", "`x:` is not known here", Span("trust.yaml", 1, 1, 1), "Mend it."),
    Diagnostic("double-space", "twö", Span("clauses/m.yaml", 3, 9, 2), "", fix=FIX),
    Diagnostic("missing-file", "there is nothing", None, "Write it."),
]


def test_workflow_commands_are_escaped() -> None:
    first, second, *_, last = as_github(FOUND, "policy_src/").splitlines()
    assert first == (
        "::warning file=policy_src/clauses/a%2Cb%3A 100%25.yaml,line=3,endLine=3,col=5,"
        "endColumn=9,title=urn-shape::100%25%0D%0Ano URN%0ACount: six."
    )
    assert second.startswith("::error file=policy_src/trust.yaml,line=1,")
    assert last == "::error title=missing-file::there is nothing%0AWrite it."


def test_nothing_found_prints_nothing() -> None:
    assert not as_github([], "policy_src/")


def test_settings_beside_the_sources_have_a_plain_path() -> None:
    finding = Diagnostic("unknown-code", "no", Span("../policygen.toml", 2))
    assert "file=policygen.toml," in as_github([finding], "policy_src/")


def regions(log: object) -> Iterator[dict[str, Any]]:
    match log:
        case dict():
            for key, value in log.items():
                if key.lower().endswith("region"):
                    yield value
                yield from regions(value)
        case list():
            for value in log:
                yield from regions(value)
        case _:
            pass


def test_sarif_hangs_together() -> None:
    log: dict[str, Any] = json.loads(json.dumps(as_sarif(FOUND, "policy_src/")))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    listed = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in listed] == sorted(rule["id"] for rule in listed)
    for rule in listed:
        assert rule["help"]["text"].startswith(rule["id"])
        assert rule["shortDescription"]["text"]
    for result in run["results"]:
        assert listed[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning"}
        assert result["message"]["text"]
        for location in result.get("locations", ()):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[\w/.%-]+", uri)
    for region in regions(log):
        assert 1 <= region["startColumn"] <= region["endColumn"]
        assert region["startLine"] == region["endLine"] >= 1
    (fix,) = run["results"][2]["fixes"]
    (changed,) = fix["artifactChanges"]
    assert changed["replacements"][0]["insertedContent"] == {"text": " "}
    assert "locations" not in run["results"][3]


def test_sarif_of_an_absolute_folder() -> None:
    log: dict[str, Any] = as_sarif(FOUND[1:2], f"{Path('/trust').as_posix()}/")
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "file:///trust/trust.yaml"
