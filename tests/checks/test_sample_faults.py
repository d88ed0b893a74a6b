"""A copy of the sample with one fault of each kind: just these are found, in their places.

``⟦code⟧`` stands before the character at which a finding is expected; ``sample_faults.md``
holds the files that are put beside those of the sample.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from checks import looking
from policygen.check import inspect
from policygen.checks.discovery import rules

SAMPLE = Path(__file__).parents[2] / "policy_src"

MARK = re.compile("⟦([a-z-]+)⟧")
FENCE = re.compile(r"^```\w+ path=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

EDITS = {
    "schools/larkfield-primary.yaml": (
        (
            "      - replace: contact-with-parents/declare-ties\n",
            """\
      - replace: contact-with-parents/declare-ties
        against: ⟦base-moved-on⟧00c0ffee
""",
        ),
        ("  acceptable-use:\n", "  acceptable-use:\n  late:\n  soon:\n"),
    ),
    "settings.yaml": (
        (
            "# Scope, approval and review\n",
            """\
⟦unused-setting⟧nobody_asks:
  question: Why?
  type: text
  default: so
  recheck: ⟦recheck-passed⟧2026-01-01
""",
        ),
    ),
    "references.yaml": (
        ("dpa-1998:\n", "⟦unused-reference⟧nobody-cites: {title: Sedition Act 1661}\ndpa-1998:\n"),
    ),
}


def written(source: Path) -> list[tuple[str, int, int, str]]:
    """Write the faulty sample; give where which findings are expected."""
    shutil.copytree(SAMPLE, source)
    page = Path(__file__).with_name("sample_faults.md")
    files = {match[1]: match[2] for match in FENCE.finditer(page.read_text("utf-8"))}
    for name, edits in EDITS.items():
        text = (SAMPLE / name).read_text("utf-8")
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        files[name] = text
    expected = []
    for name, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            plain = ""
            for index, part in enumerate(MARK.split(line)):
                if index % 2:
                    expected.append((name, number, len(plain) + 1, part))
                else:
                    plain += part
        (source / name).write_text(MARK.sub("", text), "utf-8")
    return sorted(expected)


def test_just_the_faults_are_found(tmp_path: Path) -> None:
    expected = written(tmp_path / "source")
    found = inspect(tmp_path / "source", looking.AS_OF).diagnostics
    places = sorted((d.span.path, d.span.line, d.span.column, d.code) for d in found if d.span)
    assert places == expected
    assert {code for *_, code in expected} == set(rules())
