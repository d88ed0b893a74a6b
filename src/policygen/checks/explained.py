"""What a code means, for those who met it."""

from __future__ import annotations

import html
import re
import textwrap

from policygen.checks.codes import told
from policygen.checks.discovery import rules

_PART = re.compile(r"^(Why|Bad|Good):[ \n]?", re.MULTILINE)
_WIDTH = 88


def parts(doc: str) -> dict[str, str]:
    """Give a rule's docstring in parts: its first lines under "", then Why, Bad and Good."""
    title, *rest = _PART.split(textwrap.dedent(doc).strip())
    found = {"": " ".join(title.split())}
    for head, text in zip(rest[::2], rest[1::2], strict=True):
        found[head] = " ".join(text.split()) if head == "Why" else textwrap.dedent(text).strip()
    return found


def explained(code: str) -> str | None:
    """Give what a code means as text: what is found, why it matters or what to do, and for a
    rule of ``check`` a bad and a good example. None where there is no such code.
    """
    if code in rules():
        found = parts(rules()[code].doc)
        lines = [f"{code}: {found['']}", "", textwrap.fill(found["Why"], _WIDTH)]
        for head in ("Bad", "Good"):
            lines += ["", f"{head}:", "", textwrap.indent(found[head], "    ")]
        return "\n".join(lines) + "\n"
    row = told().get(code)
    if row is None:
        return None
    meaning, remedy = (_plain(cell) for cell in (row.meaning, row.remedy))
    level = " or ".join(row.levels)
    return (
        f"{textwrap.fill(f'{code} ({level}): {meaning}', _WIDTH)}\n\n"
        f"{textwrap.fill(f'What to do: {remedy}', _WIDTH)}\n"
    )


def _plain(cell: str) -> str:
    """Give a cell of a Markdown table without its markup."""
    cell = re.sub(r"</?code>", "`", cell)
    cell = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", cell)
    return html.unescape(cell.replace("\\|", "|").replace("**", ""))
