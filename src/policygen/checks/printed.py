"""Findings as services read them: workflow commands of GitHub, and SARIF 2.1.0."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from policygen import __version__
from policygen.checks.codes import told
from policygen.checks.discovery import rules
from policygen.checks.explained import explained, parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policygen.diagnostics import Diagnostic, Edit, Fix, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_github(found: Iterable[Diagnostic], prefix: str) -> str:
    """Give findings as workflow commands, which GitHub shows beside the changed lines.

    ``prefix`` is put before each path, so that it is one of the repository.
    """
    return "".join(f"{_command(diagnostic, prefix)}\n" for diagnostic in found)


def _command(diagnostic: Diagnostic, prefix: str) -> str:
    span = diagnostic.span
    properties = {"title": f"{diagnostic.code}"}
    if span is not None:
        place = {
            "file": _path(span, prefix),
            "line": str(span.line),
            "endLine": str(span.line),
            "col": str(span.column),
            "endColumn": str(span.column + span.length),
        }
        properties = {**place, **properties}
    told_as = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    words = "\n".join(part for part in (diagnostic.message, diagnostic.hint) if part)
    return f"::{diagnostic.severity.value} {told_as}::{_data(words)}"


def _data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a value before the message of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(found: Iterable[Diagnostic], prefix: str) -> dict[str, object]:
    """Give findings as a SARIF log, with what each code means."""
    listed = list(found)
    codes = sorted({diagnostic.code for diagnostic in listed})
    driver = {
        "name": "policygen",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, codes, prefix) for diagnostic in listed],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, object]:
    rule = rules().get(code)
    short = parts(rule.doc)[""] if rule else (told()[code].meaning if code in told() else code)
    text = explained(code) or code
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in code.split("-")),
        "shortDescription": {"text": short},
        "help": {"text": text},
    }


def _result(diagnostic: Diagnostic, codes: list[str], prefix: str) -> dict[str, object]:
    words = ". ".join(part for part in (diagnostic.message, diagnostic.hint) if part)
    result: dict[str, object] = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": diagnostic.severity.value,
        "message": {"text": words},
    }
    if diagnostic.span is not None:
        physical = {
            "artifactLocation": {"uri": _uri(diagnostic.span, prefix)},
            "region": _region(diagnostic.span, diagnostic.span.length),
        }
        result["locations"] = [{"physicalLocation": physical}]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.fix, prefix)]
    return result


def _fix(fix: Fix, prefix: str) -> dict[str, object]:
    by_file: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_file.setdefault(_uri(edit.span, prefix), []).append(edit)
    changes = [
        {
            "artifactLocation": {"uri": uri},
            "replacements": [
                {
                    "deletedRegion": _region(edit.span, len(edit.old)),
                    "insertedContent": {"text": edit.new},
                }
                for edit in edits
            ],
        }
        for uri, edits in by_file.items()
    ]
    return {"description": {"text": "Mend it as --fix does"}, "artifactChanges": changes}


def _region(span: Span, length: int) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.line,
        "endColumn": span.column + length,
    }


def _path(span: Span, prefix: str) -> str:
    return posixpath.normpath(f"{prefix}{span.path}")


def _uri(span: Span, prefix: str) -> str:
    path = _path(span, prefix)
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)
