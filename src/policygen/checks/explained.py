"""What a code means, for those who met it."""

from __future__ import annotations

import re
import textwrap

from policygen.checks.discovery import rules

_HEADS = ("Why", "Bad", "Good")
_PART = re.compile(rf"^({'|'.join(_HEADS)}):[ \n]?", re.MULTILINE)


def parts(doc: str) -> dict[str, str]:
    """Give a rule's docstring in parts: its first lines under "", then Why, Bad and Good."""
    title, *rest = _PART.split(textwrap.dedent(doc).strip())
    found = {"": " ".join(title.split())}
    for head, text in zip(rest[::2], rest[1::2], strict=True):
        found[head] = " ".join(text.split()) if head == "Why" else textwrap.dedent(text).strip()
    return found


def explained(code: str) -> str | None:
    """Give what a code means as text: what it finds, why, a bad and a good example.

    None where there is no such code.
    """
    rule = rules().get(code)
    if rule is None:
        return None
    found = parts(rule.doc)
    lines = [f"{code}: {found['']}", "", found["Why"]]
    for head in ("Bad", "Good"):
        lines += ["", f"{head}:", "", textwrap.indent(found[head], "    ")]
    return "\n".join(lines) + "\n"
