"""The styles of ``templates/reference.docx``: one table of what each looks like.

Lengths are points but for ``left``, ``hanging`` and tabs, which are millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

FONT = "Atkinson Hyperlegible Next"
HOUSE = "1F4E79"
"""The colour that the writer replaces by the school's."""
INK = "1A1A1A"
QUIET = "595959"
HAIRLINE = "A6A6A6"
TEXT_WIDTH = 152
CHOICES = 104
"""Millimetres from the margin to the choices that stand on one line with their question."""
PICTURE_RULE = 26
"""Millimetres from the margin to the words of a rule that a picture tells."""


@dataclass(frozen=True, kw_only=True)
class Style:
    """A style; what is None or empty comes from the style it is based on."""

    name: str
    kind: str = "paragraph"
    based: str = "Normal"
    following: str = ""
    size: float | None = None
    bold: bool | None = None
    italic: bool = False
    colour: str = ""
    font: str = ""
    underline: bool = False
    before: float | None = None
    after: float | None = None
    line: float | None = None
    keep_next: bool = False
    keep_lines: bool = False
    left: float | None = None
    hanging: float = 0
    outline: int | None = None
    tabs: tuple[tuple[str, float], ...] = ()
    border: str = ""
    numbering: tuple[int, int] | None = None
    contextual: bool = False
    middle: bool = False
    """Whether words stand at the middle of a line that a picture makes high."""
    priority: int = 1
    table: str = ""
    hidden: bool = False

    @property
    def ident(self) -> str:
        """The style's id: its name in title case without spaces, as Word makes them."""
        words = self.name.split()
        return "".join(word if word == "toc" else word[0].upper() + word[1:] for word in words)


def heading(level: int, size: float, before: float, after: float) -> Style:
    """Give a heading style."""
    return Style(
        name=f"heading {level}",
        following="Normal",
        size=size,
        bold=True,
        colour=HOUSE,
        before=before,
        after=after,
        line=1.0,
        keep_next=True,
        keep_lines=True,
        outline=level - 1,
        priority=9,
    )


def list_styles(name: str, numbering: int) -> tuple[Style, ...]:
    """Give a list style's three levels."""
    return tuple(
        Style(
            name=name + (f" {level + 1}" if level else ""),
            numbering=(numbering, level),
            after=5,
            priority=10,
        )
        for level in range(3)
    )


CELL = '<w:tblInd w:w="0" w:type="dxa"/>'


def margins(top: int, left: int, bottom: int, right: int) -> str:
    """Give a table style's cell margins in twentieths of a point."""
    sides = (("top", top), ("left", left), ("bottom", bottom), ("right", right))
    inner = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    return f"<w:tblCellMar>{inner}</w:tblCellMar>"


def rule(side: str, colour: str = HAIRLINE, size: int = 4, space: int = 0) -> str:
    """Give a border: a solid hairline."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


POLICY_TABLE = (
    f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/>{CELL}'
    f"<w:tblBorders>{rule('top')}{rule('bottom')}</w:tblBorders>"
    f"{margins(55, 0, 55, 170)}</w:tblPr>"
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/>'
    f'<w:color w:val="{HOUSE}"/></w:rPr><w:tcPr><w:tcBorders>{rule("bottom", HOUSE, 8)}'
    '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr>'
    + "".join(
        f'<w:tblStylePr w:type="{band}"><w:tcPr><w:tcBorders>{rule("top")}</w:tcBorders></w:tcPr>'
        "</w:tblStylePr>"
        for band in ("band1Horz", "band2Horz")
    )
)
"""Lines stand over rows and not between them: LibreOffice 7.4 loses the rest of a table
whose line between rows falls just under the end of a page."""
LAYOUT_TABLE = f"<w:tblPr>{CELL}{margins(0, 0, 0, 454)}</w:tblPr>"
BOX = "".join(rule(side, INK, 8) for side in ("top", "left", "bottom", "right"))
BOX_TABLE = (
    f"<w:tblPr>{CELL}<w:tblBorders>{BOX}</w:tblBorders>{margins(140, 200, 60, 200)}</w:tblPr>"
)

STYLES = (
    Style(name="Normal", based="", after=7, line=1.1, priority=0),
    Style(name="Default Paragraph Font", kind="character", based="", hidden=True),
    Style(name="Normal Table", kind="table", based="", hidden=True, table="normal"),
    Style(name="No List", kind="numbering", based="", hidden=True),
    Style(
        name="Title",
        following="Facts",
        size=22,
        bold=True,
        colour=HOUSE,
        before=22,
        after=5,
        line=0.95,
        keep_next=True,
        priority=10,
    ),
    heading(1, 16, 22, 6),
    heading(2, 13, 15, 4),
    heading(3, 12, 12, 3),
    heading(4, 11.5, 10, 3),
    heading(5, 11.5, 10, 3),
    Style(name="Appendix Heading", based="heading 1", following="Normal", outline=0, priority=9),
    Style(
        name="Unlisted Heading",
        based="heading 2",
        following="Normal",
        outline=0,
        priority=9,
    ),
    Style(
        name="Clause Heading",
        following="Normal",
        size=12,
        bold=True,
        colour=HOUSE,
        before=9,
        after=2,
        line=1.0,
        keep_next=True,
        keep_lines=True,
        outline=1,
        priority=9,
    ),
    Style(name="Clause", following="Normal"),
    Style(name="Masthead", size=13, bold=True, after=1, line=1.0, priority=20),
    Style(name="Masthead Line", size=10.5, colour=QUIET, after=1, line=1.0, priority=20),
    Style(name="Facts", colour=QUIET, after=14, priority=20),
    Style(name="Notice", before=4, after=10, left=4, border="left", priority=20),
    *list_styles("List Bullet", 1),
    *list_styles("List Number", 2),
    *(
        Style(
            name="List Continue" + (f" {level + 1}" if level else ""),
            left=6 * (level + 1),
            after=5,
            priority=10,
        )
        for level in range(3)
    ),
    Style(name="Quote", left=8, before=5, after=5, border="left", priority=29),
    Style(
        name="TOC Heading",
        based="heading 2",
        following="Normal",
        outline=0,
        priority=39,
    ),
    Style(
        name="toc 1",
        before=3,
        after=1,
        line=1.0,
        tabs=(("left", 12), ("right", TEXT_WIDTH)),
        following="Normal",
        priority=39,
    ),
    Style(
        name="toc 2",
        size=10.5,
        after=1,
        line=1.0,
        left=12,
        tabs=(("left", 25), ("right", TEXT_WIDTH)),
        following="Normal",
        priority=39,
    ),
    Style(
        name="header",
        size=9.5,
        colour=QUIET,
        after=0,
        line=1.0,
        tabs=(("right", TEXT_WIDTH),),
        priority=99,
    ),
    Style(
        name="footer",
        size=9.5,
        colour=INK,
        after=0,
        line=1.0,
        tabs=(("center", TEXT_WIDTH / 2), ("right", TEXT_WIDTH)),
        priority=99,
    ),
    Style(name="Table Text", size=10.5, after=0, line=1.05, priority=30),
    Style(name="Table Gap", size=5, after=0, line=1.0, priority=99),
    Style(name="Form For", colour=QUIET, after=9, priority=40),
    Style(name="Statement", numbering=(1, 0), after=7, keep_lines=True, priority=40),
    Style(
        name="Picture Rule",
        size=16,
        left=PICTURE_RULE,
        hanging=PICTURE_RULE,
        tabs=(("left", PICTURE_RULE),),
        after=5,
        line=1.0,
        middle=True,
        keep_lines=True,
        priority=40,
    ),
    Style(name="Declaration", after=5, priority=40),
    Style(name="Form Text Small", size=10.5, before=4, after=4, priority=40),
    Style(
        name="Statement Small",
        numbering=(1, 0),
        size=10.5,
        after=3,
        line=1.05,
        keep_lines=True,
        priority=40,
    ),
    Style(name="Declaration Small", size=10.5, after=4, priority=40),
    Style(
        name="Field Label",
        size=10,
        before=8,
        after=0,
        line=1.0,
        keep_next=True,
        keep_lines=True,
        priority=40,
    ),
    Style(
        name="Field Line",
        before=11,
        after=2,
        line=1.0,
        border="bottom",
        keep_lines=True,
        priority=40,
    ),
    Style(
        name="Tick",
        before=9,
        after=3,
        line=1.0,
        left=8,
        hanging=8,
        tabs=(("left", 8),),
        keep_lines=True,
        priority=40,
    ),
    Style(
        name="Choice",
        before=5,
        after=3,
        line=1.0,
        left=CHOICES,
        hanging=CHOICES,
        tabs=(("left", CHOICES),),
        keep_lines=True,
        priority=40,
    ),
    Style(name="Choice Small", based="Choice", before=2, after=2, priority=40),
    Style(name="Field Label Small", based="Field Label", before=4, priority=40),
    Style(name="Tick Small", based="Tick", before=4, after=2, priority=40),
    Style(
        name="Office Heading",
        based="Unlisted Heading",
        following="Normal",
        size=10.5,
        before=16,
        after=0,
        border="top",
        priority=40,
    ),
    Style(name="Strong", kind="character", based="", bold=True, priority=22),
    Style(name="Emphasis", kind="character", based="", italic=True, priority=20),
    Style(name="Code", kind="character", based="", font="Courier New", size=10.5, priority=23),
    Style(
        name="Hyperlink", kind="character", based="", colour="0B5394", underline=True, priority=99
    ),
    Style(name="Quiet", kind="character", based="", colour="767676", priority=99),
    Style(name="Tick Box", kind="character", based="", font="MS Gothic", size=15, priority=99),
    Style(name="Placeholder Text", kind="character", based="", colour="767676", priority=99),
    Style(name="Policy Table", kind="table", based="Normal Table", table=POLICY_TABLE),
    Style(name="Layout Grid", kind="table", based="Normal Table", table=LAYOUT_TABLE),
    Style(name="Declaration Box", kind="table", based="Normal Table", table=BOX_TABLE),
)
_IDENTS = {style.name: style.ident for style in STYLES}
_NORMAL_TABLE = '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>' + margins(0, 108, 0, 108) + "</w:tblPr>"
_DEFAULTS = ("Normal", "Default Paragraph Font", "Normal Table", "No List")
_OWN = frozenset(
    {
        "Appendix Heading",
        "Unlisted Heading",
        "Clause Heading",
        "Clause",
        "Masthead",
        "Masthead Line",
        "Facts",
        "Notice",
        "Table Text",
        "Table Gap",
        "Form For",
        "Statement",
        "Picture Rule",
        "Declaration",
        "Form Text Small",
        "Statement Small",
        "Declaration Small",
        "Field Label Small",
        "Tick Small",
        "Field Label",
        "Field Line",
        "Tick",
        "Choice",
        "Choice Small",
        "Office Heading",
        "Code",
        "Quiet",
        "Tick Box",
        "Policy Table",
        "Layout Grid",
        "Declaration Box",
    }
)
"""Styles that Word doesn't have of its own."""


def twips(mm: float) -> int:
    """Give millimetres in twentieths of a point."""
    return round(mm * 1440 / 25.4)


def _paragraph(style: Style) -> str:
    out = ["<w:keepNext/>"] if style.keep_next else []
    if style.keep_lines:
        out.append("<w:keepLines/>")
    if style.numbering:
        numbering, level = style.numbering
        inner = f'<w:ilvl w:val="{level}"/>' if level else ""
        out.append(f'<w:numPr>{inner}<w:numId w:val="{numbering}"/></w:numPr>')
    if style.border:
        space = {"left": 10, "bottom": 1, "top": 6}[style.border]
        colour = INK if style.border == "bottom" else HAIRLINE
        width = 12 if style.border == "left" else 4
        out.append(f"<w:pBdr>{rule(style.border, colour, width, space)}</w:pBdr>")
    if style.tabs:
        tabs = "".join(f'<w:tab w:val="{kind}" w:pos="{twips(at)}"/>' for kind, at in style.tabs)
        out.append(f"<w:tabs>{tabs}</w:tabs>")
    spacing = {
        "before": None if style.before is None else round(style.before * 20),
        "after": None if style.after is None else round(style.after * 20),
        "line": None if style.line is None else round(style.line * 240),
    }
    attributes = "".join(
        f' w:{key}="{value}"' for key, value in spacing.items() if value is not None
    )
    if style.line is not None:
        attributes += ' w:lineRule="auto"'
    if attributes:
        out.append(f"<w:spacing{attributes}/>")
    if style.left is not None:
        hanging = f' w:hanging="{twips(style.hanging)}"' if style.hanging else ""
        out.append(f'<w:ind w:left="{twips(style.left)}"{hanging}/>')
    if style.middle:
        out.append('<w:textAlignment w:val="center"/>')
    if style.outline is not None:
        out.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    return f"<w:pPr>{''.join(out)}</w:pPr>" if out else ""


def _run(style: Style) -> str:
    out = []
    if style.font:
        font = quoteattr(style.font)
        out.append(f"<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>")
    if style.bold:
        out.append("<w:b/><w:bCs/>")
    if style.italic:
        out.append("<w:i/><w:iCs/>")
    if style.colour:
        out.append(f'<w:color w:val="{style.colour}"/>')
    if style.size is not None:
        size = round(style.size * 2)
        out.append(f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>')
    if style.underline:
        out.append('<w:u w:val="single"/>')
    return f"<w:rPr>{''.join(out)}</w:rPr>" if out else ""


def _style(style: Style) -> str:
    flags = ' w:default="1"' if style.name in _DEFAULTS else ""
    if style.name in _OWN:
        flags += ' w:customStyle="1"'
    based = f'<w:basedOn w:val="{_IDENTS[style.based]}"/>' if style.based else ""
    following = f'<w:next w:val="{_IDENTS[style.following]}"/>' if style.following else ""
    shown = (
        "<w:semiHidden/><w:unhideWhenUsed/>"
        if style.hidden
        else "<w:qFormat/>"
        if style.kind == "paragraph" and style.priority < 99  # noqa: PLR2004
        else ""
    )
    table = _NORMAL_TABLE if style.table == "normal" else style.table
    return (
        f'<w:style w:type="{style.kind}" w:styleId="{style.ident}"{flags}>'
        f'<w:name w:val="{style.name}"/>{based}{following}'
        f'<w:uiPriority w:val="{style.priority}"/>{shown}'
        f"{_paragraph(style)}{_run(style)}{table}</w:style>"
    )


def styles_xml() -> str:
    """Give the styles part."""
    font = quoteattr(FONT)
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f"<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>"
        f'<w:color w:val="{INK}"/><w:sz w:val="23"/><w:szCs w:val="23"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        + "".join(map(_style, STYLES))
        + "</w:styles>"
    )
