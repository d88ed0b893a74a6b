"""A telephone number that can't be one.

Why: A digit too few is soon typed and is noticed when somebody needs the number, which for a
safeguarding lead is the worst time.

Bad:
    # schools/alder.yaml
    telephone: "01632 96001"

Good:
    # schools/alder.yaml
    telephone: "01632 960001"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.contacts import contacts
from policygen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.subject import Subject


_SHORT = frozenset({"101", "105", "111", "112", "116123", "119", "999", "08001111", "08454647"})
"""Numbers of services that are shorter than others."""

_FIVE_DIGITS = frozenset(
    (
        *("01204", "01208", "01254", "01276", "01297", "01298", "01363", "01364", "01384"),
        *("01386", "01404", "01420", "01460", "01461", "01480", "01488", "01524", "01527"),
        *("01562", "01566", "01606", "01629", "01635", "01647", "01659", "01695", "01697"),
        *("01726", "01744", "01750", "01768", "01827", "01837", "01884", "01900", "01905"),
        *("01935", "01946", "01949", "01963", "01995"),
    )
)
"""Area codes behind which some numbers have five digits and not six."""

_EXTENSION = re.compile(r"[\s,]*(?:ext(?:ension|n)?\.?|x)\s*\d{1,6}\Z", re.IGNORECASE)
_ABROAD = re.compile(r"\+(?!44)[1-9][0-9]{6,13}\Z")
_BETWEEN = re.compile(r"[\s().-]")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each of the trust, of schools and of officers."""
    for number in contacts(subject.library, "telephone"):
        if not _is_number(number):
            message = f"“{number}” is no telephone number of the United Kingdom"
            hint = 'Write it in quotes with its area code, as "01632 960001"; count the digits.'
            yield Diagnostic("telephone-shape", message, number.span, hint, Severity.WARNING)


def _is_number(text: str) -> bool:
    """Whether a text is a number as Ofcom's plan has them, or one abroad."""
    bare = _BETWEEN.sub("", _EXTENSION.sub("", text.replace("(0)", "")))
    if _ABROAD.match(bare) or bare in _SHORT:
        return True
    national = f"0{bare.removeprefix('+44')}" if bare.startswith("+44") else bare
    if not (national.isascii() and national.isdigit()):
        return False
    match len(national):
        case 11:
            return national[:2] in {"01", "02", "03", "05", "07", "08", "09"}
        case 10:
            return national[:5] in _FIVE_DIGITS or national[:4] in {"0800", "0500"}
        case _:
            return False
