"""A body that no longer exists or has another name: DCSF, BECTA, LSCB, CEOP Centre.

Why: people who are told to report to a body that was closed years ago report to nobody.

Bad:
    text: |
      Report it to the LSCB.

Good:
    text: |
      Report it to the local safeguarding partners.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.checks.mending import replacing, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.checks.prose import Passage
    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class _Body:
    """A retired name, short and long: what took its place, and since when.

    Where ``short`` is "", the old name had none.
    """

    short: str
    long: str
    new_short: str
    new_long: str
    since: str
    mechanical: bool = True
    """Whether the new name can stand where the old one stood, whatever is said of it."""


_DFE = ("DfE", "Department for Education")
_TRA = ("TRA", "Teaching Regulation Agency")
_DBS = ("DBS", "Disclosure and Barring Service")
_PARTNERS = ("local safeguarding partners", "local safeguarding partners")
_EHRC = ("EHRC", "Equality and Human Rights Commission")

_BODIES = (
    # Renamed on 12 May 2010.
    _Body("DCSF", r"Department (?:for|of) Children,? Schools and Families", *_DFE, "2010"),
    # Split on 28 June 2007; what came of it for schools was renamed again in 2010.
    _Body("DfES|DFES", r"Department (?:for|of) Education and Skills", *_DFE, "2007"),
    _Body("DfEE|DFEE", r"Department (?:for|of) Education and Employment", *_DFE, "2001"),
    # Closed on 31 March 2011 after the review of public bodies of 2010.
    _Body(
        "BECTA|Becta",
        r"British Educational Communications and Technology Agency",
        *_DFE,
        "2011",
        mechanical=False,
    ),
    # Protection of Freedoms Act 2012, sections 87 and 88; 1 December 2012.
    _Body("CRB", r"Criminal Records Bureau", *_DBS, "2012"),
    _Body("", r"Independent Safeguarding Authority", *_DBS, "2012"),
    # Children and Social Work Act 2017, section 30; the last went by 29 September 2019.
    _Body(
        "LSCBs?",
        r"[Ll]ocal [Ss]afeguarding [Cc]hildren(?:['’]?s)? [Bb]oards?",
        *_PARTNERS,
        "2019",
        mechanical=False,
    ),
    # Children Act 2004, section 13.
    _Body(
        "ACPCs?",
        r"[Aa]rea [Cc]hild [Pp]rotection [Cc]ommittees?",
        *_PARTNERS,
        "2006",
        mechanical=False,
    ),
    # Education Act 2011, section 7; 1 April 2012. Its work came to today's agency in 2018.
    _Body("GTCE", r"General Teaching Council(?: for England)?", *_TRA, "2012", mechanical=False),
    # Repurposed on 1 April 2018.
    _Body("NCTL", r"National College for Teaching and Leadership", *_TRA, "2018"),
    _Body("NCSL", r"National College for School Leadership", *_DFE, "2013", mechanical=False),
    # Education Act 2011, sections 25 and 26; 2012.
    _Body(
        "QCDA|QCA",
        r"Qualifications and Curriculum (?:Development Agency|Authority)",
        "STA",
        "Standards and Testing Agency",
        "2012",
        mechanical=False,
    ),
    # Education Act 2011, section 66; 1 April 2012.
    _Body("YPLA", r"Young People['’]?s Learning Agency", *_DFE, "2012", mechanical=False),
    # Merged on 1 April 2017; the agency that came of it closed on 31 March 2025.
    _Body("EFA", r"Education Funding Agency", *_DFE, "2017"),
    _Body("ESFA", r"Education and Skills Funding Agency", *_DFE, "2025"),
    _Body(
        "",
        r"Regional Schools Commissioners?",
        "DfE",
        "Department for Education",
        "2022",
        mechanical=False,
    ),
    # Crime and Courts Act 2013, section 15; 7 October 2013. CEOP is a command of the NCA,
    # to which people report at the CEOP Safety Centre.
    _Body(
        "CEOP Centre",
        r"Child Exploitation (?:and|&) Online Protection (?:Centre|Agency)",
        "CEOP Safety Centre",
        "CEOP Safety Centre",
        "2013",
    ),
    _Body("SOCA", r"Serious Organised Crime Agency", "NCA", "National Crime Agency", "2013"),
    # The education programme of CEOP took its new name in 2023.
    _Body("", r"[Tt]hink ?[Uu] ?[Kk]now", "CEOP Education", "CEOP Education", "2023"),
    # Renamed in 2018.
    _Body(
        "UKCCIS",
        r"UK Council for Child Internet Safety",
        "UKCIS",
        "UK Council for Internet Safety",
        "2018",
    ),
    # Education and Inspections Act 2006, section 112; 1 April 2007.
    _Body("", r"Office for Standards in Education(?!, Children)", "Ofsted", "Ofsted", "2007"),
    # Equality Act 2006, section 36; 1 October 2007.
    _Body("", r"(?:Equal Opportunities|Disability Rights) Commission", *_EHRC, "2007"),
    _Body("", r"Commission for Racial Equality", *_EHRC, "2007"),
    # Local Education Authorities … Order 2010, SI 2010/1158; 5 May 2010.
    _Body(
        "LEAs?",
        r"[Ll]ocal [Ee]ducation [Aa]uthorit(?:y|ies)",
        "local authority",
        "local authority",
        "2010",
    ),
    # Its work was taken over on 1 October 2021.
    _Body("", r"Public Health England", "UKHSA", "UK Health Security Agency", "2021"),
    # The two unions merged on 1 September 2017.
    _Body(
        "",
        r"National Union of Teachers|Association of Teachers and Lecturers",
        "NEU",
        "National Education Union",
        "2017",
    ),
)
_REGULATOR = re.compile(
    r"\b(?:Information Commissioner(?:['’]?s)?(?: Office)?\b(?: \(ICO\))?|ICO\b"
    r"|Data Protection (?:Registrar|Commissioner)\b)"
)
_HAS_PLURAL = re.compile(r"s\Z|ies\Z")


def _pattern() -> re.Pattern[str]:
    parts = [
        f"(?P<{side}{number}>{names})"
        for number, body in enumerate(_BODIES)
        for side, names in (("long", body.long), ("short", body.short))
        if names
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w])")


_RETIRED = _pattern()
_CAPITAL = re.compile(
    r"[A-Z]\w*[A-Z]|Becta|[A-Z]\w+ (?:\w+ )*?[A-Z]|[a-z]+ [Ss]afeguarding|ducation|[Tt]hink"
)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each outside titles, and the regulator of data protection where it is typed."""
    for _, passage, words in subject.prose.plain:
        for match in _RETIRED.finditer(words) if _CAPITAL.search(words) else ():
            yield _told(subject, passage, match)
        if "ommissioner" in words or "ICO" in words:
            for match in _REGULATOR.finditer(words):
                yield _regulator(subject, passage, match)


def _told(subject: Subject, passage: Passage, match: re.Match[str]) -> Diagnostic:
    group = str(match.lastgroup)
    body = _BODIES[int(group.removeprefix("long").removeprefix("short"))]
    new = body.new_long if group.startswith("long") else body.new_short
    start, end = match.span()
    if new == "local authority" and _HAS_PLURAL.search(match[0]):
        new = "local authorities"
    message = f"“{match[0]}” has not existed under this name since {body.since}"
    fix = replacing(subject.texts, passage, start, end, new) if body.mechanical else None
    hint = f"Write “{new}”." if body.mechanical else f"Name who does this work now: {new}."
    return warning("retired-body", (passage, start, end), message, hint, fix)


def _regulator(subject: Subject, passage: Passage, match: re.Match[str]) -> Diagnostic:
    # The Data (Use and Access) Act 2025, section 119, puts an Information Commission in the
    # Commissioner's place, on a day that regulations set: so its name is a value. (It was the
    # Data Protection Registrar until 2000, the Data Protection Commissioner until 2001.)
    message = f"“{match[0]}” becomes the Information Commission under an Act of 2025"
    hint = "Make its name the answer to a setting, and print that in all texts."
    if "regulator" in subject.library.settings:
        hint = "Print {{ settings.regulator }}, so that the name changes in one place."
    return warning("retired-body", (passage, *match.span()), message, hint)
