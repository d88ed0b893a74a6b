"""Words for which terms exist: how they are typed, and what each school prints for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.assemble.context import Context

if TYPE_CHECKING:
    from policygen.model.library import Library

_VERB = (
    r"must|may|will|can|should|shall|has|have|had|is|are|was|does|do|and|or|nor|who|which|that"
    r"|to|if|when|while|unless|until|at|in|on|by|for|from|with|before|after|about|because|as"
    r"|uses?|decides?|agrees?|approves?|keeps?|gives?|says?|tells?|provides?|owns?|holds?|expects?"
    r"|asks?|makes?|takes?|allows?|knows?|needs?|first|itself|site|gate"
)
_ENDS = rf"(?=['’]s?(?!\w)|[.,;:!?)\]/]|\s*\Z|\s(?:{_VERB})\b)"
"""What follows a noun that stands for itself, and not for the kind of another (“school day”)."""

_OUR = r"(?P<d>[Tt]he|[Tt]his|[Oo]ur|[Yy]our|[Ee]ach|[Ee]very)"
_A = r"(?P<article>\b[Aa]n? )?"


@dataclass(frozen=True, slots=True)
class Word:
    """Words that one form of a term should print: ``form`` is "one", "many" or "" (bare).

    The pattern's group ``word`` (or ``word2``) is the word, ``article`` an "a " before it.
    """

    term: str
    form: str
    pattern: re.Pattern[str]


def _word(term: str, form: str, pattern: str) -> Word:
    return Word(term, form, re.compile(pattern))


WORDS = (
    _word("headteacher", "many", r"(?<![\w-])(?P<word>[Hh]ead[ -][Tt]eachers)(?![\w-])"),
    _word(
        "headteacher",
        "",
        rf"(?<!ssistant )(?<!eputy )(?<!xecutive )(?<!ssociate )(?<!ice )(?<![\w-]){_A}"
        r"(?P<word>[Hh]ead[ -]?[Tt]eacher)(?![\w-])",
    ),
    _word(
        "headteacher",
        "",
        rf"\b(?:[Tt]he|[Oo]ur|[Yy]our|[Tt]heir|[Ee]ach|[Ee]very|by|from) "
        rf"(?P<word>[Pp]rincipal){_ENDS}",
    ),
    _word(
        "headteacher",
        "",
        rf"\b(?:[Tt]he|[Oo]ur|[Yy]our|[Tt]heir) (?P<word>[Hh]ead)"
        rf"(?! (?:in|on|at)\b){_ENDS}",
    ),
    _word(
        "school",
        "",
        rf"(?<![\w-]){_A}(?P<word>[Aa]cademy)(?![\w-])"
        r"(?! (?:[Tt]rusts?|[Cc]ouncils?|[Cc]ommittees?|[Oo]rders?|[Cc]onver|[Hh]andbook))",
    ),
    _word("school", "", rf"\b{_OUR} (?P<word>[Ss]chool|[Cc]ollege){_ENDS}"),
    _word(
        "pupils",
        "one",
        rf"(?<![\w-]){_A}(?P<word>[Ss]tudent|[Ll]earner|[Pp]upil)(?=['’]s(?!\w)|(?![\w-]|['’]\w))"
        r"(?! (?:teacher|council|voice|loan|union|nurse|finance|premium|referral|placement|social"
        r"|parliament|leader|ambassador)s?\b)",
    ),
    _word(
        "pupils",
        "many",
        r"(?<![\w-])(?<!ollege )(?<!iversity )"
        r"(?P<word>[Ss]tudents|[Ll]earners|[Pp]upils|[Ss]choolchildren)"
        r"(?![\w-])(?!['’] union)",
    ),
    _word(
        "pupils",
        "many",
        r"\b(?:[Oo]ur (?P<word>children)\b|(?P<word2>[Cc]hildren)(?= (?:must|should|are (?:not )?"
        r"(?:allowed|expected|asked|required))\b))",
    ),
    _word("staff", "one", rf"(?<![\w-]){_A}(?P<word>[Mm]ember of staff)(?![\w-])"),
    _word(
        "staff",
        "",
        r"(?<![\w-])(?<!ember of )(?<!embers of )(?<!upply )(?<!upport )(?<!gency )(?<!eaching )"
        r"(?<!ffice )(?<!itchen )(?<!ering )(?<!orary )(?P<word>[Ss]taff)(?![\w-])"
        r"(?! (?:room|meeting|handbook|code|agreement|briefing|training|absence|well)s?\b)",
    ),
    _word(
        "parents",
        "many",
        r"(?<![\w-])(?P<word>[Pp]arents(?: ?/ ?| and | or |, )[Cc]arers"
        r"|[Pp]arents? ?/ ?[Cc]arers?(?:\(s\))?|[Pp]arent\(s\)|[Pp]arents and guardians)(?![\w-])",
    ),
    _word("parents", "one", rf"(?<![\w-]){_A}(?P<word>[Pp]arent (?:and|or) [Cc]arer)(?![\w-])"),
    _word(
        "parents",
        "many",
        r"(?<![\w-])(?P<word>[Pp]arents)(?![\w-])(?!(?: ?/ ?| and | or |, )"
        r"(?:[Cc]arers|guardians))(?!['’]? (?:associations?|evenings?|forums?|councils?|app)\b)",
    ),
    _word(
        "parents",
        "one",
        rf"(?<![\w-]){_A}(?P<word>[Pp]arent)(?![\w(-])(?!(?: ?/ ?| and | or )[Cc]arer)"
        r"(?! (?:associations?|evenings?|governors?|forums?|councils?|app|portal|mail|teacher|body"
        r"|company)\b)",
    ),
    _word("governors", "many", r"(?<![\w-])(?P<word>[Gg]overnors)(?![\w-])"),
    _word(
        "board",
        "",
        r"(?<![\w-])(?P<word>(?:[Ll]ocal )?(?:[Gg]overning [Bb](?:ody|oard)"
        r"|[Aa]cademy (?:[Cc]ouncil|[Cc]ommittee))|LGB|[Bb]oard of [Gg]overnors)(?![\w-])",
    ),
)
ANY_WORD = re.compile(
    r"ead|rincipal|cadem|chool|ollege|tudent|earner|upil|hildren|taff|arent|overn|LGB"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """What a term prints at a school, in lower case, by its forms."""

    school: str
    who: str
    bare: str
    one: str | None
    many: str | None

    @property
    def forms(self) -> frozenset[str]:
        """All of them."""
        return frozenset(filter(None, (self.bare, self.one, self.many)))

    def form(self, form: str) -> str:
        """Give one of them, the bare one where the term has no such form."""
        if form == "one":
            return self.one or self.bare
        return (self.many if form == "many" else None) or self.bare


def printed(library: Library) -> dict[str, list[Printed]]:
    """Give what each term of ``WORDS`` prints at each school, at the trust without schools."""
    found: dict[str, list[Printed]] = {}
    for school_id in library.schools or (None,):
        context = Context(library, school_id)
        for name in sorted({word.term for word in WORDS} & context.term_names()):
            term = context.term(name)
            one, many = (text.lower() if text else None for text in (term.one, term.many))
            value = Printed(school_id or "", context.who, term.text.lower(), one, many)
            found.setdefault(name, []).append(value)
    return found
