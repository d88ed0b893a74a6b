"""What stands around the text: masthead and title, headers, footers, the draft mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from policygen.document import Picture, Revision, Text, revision_of_run
from policygen.writers.word.elements import paragraph, run, run_of, tab, tag, w
from policygen.writers.word.fields import field
from policygen.writers.word.inlines import runs
from policygen.writers.word.tables import layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordFile
    from docx.section import _Footer, _Header

    from policygen.document import Document, Furniture, Inline, Inlines
    from policygen.writers.word.elements import Element
    from policygen.writers.word.story import Story

_GAP = 454
_CODE = 2000
"""The width of a sheet's code: 35 mm, in twentieths of a point."""
_CONTENT = tuple(map(tag, ("t", "drawing", "pict", "object", "fldSimple", "instrText")))
_MARK_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def title_block(story: Story, document: Document) -> Iterator[Element]:
    """Give the masthead beside the logo, the title and the line of facts."""
    styles, around = story.styles, document.furniture
    names = ("Masthead", *("Masthead Line" for _ in around.masthead[1:]))
    lines = [
        paragraph(styles.id(name), runs(story, line, story.width))
        for name, line in zip(names, around.masthead, strict=False)
    ]
    if document.logo:
        logo, width = story.pictures.logo(document.logo, document.organisation)
        cells = [[paragraph(styles.id("Masthead Line"), [logo])], lines or [paragraph("")]]
        widths = [width + _GAP, story.width - width - _GAP]
        if document.code:
            cells.append(_code(story, document))
            widths[1] -= _CODE
            widths.append(_CODE)
        grid = layout(story, [cells], widths)
        for cell in grid.iter(tag("tcPr")):
            cell.append(w("vAlign", val="center"))
        yield grid
    else:
        yield from lines
        yield from _code(story, document) if document.code else ()
    yield paragraph(styles.id("Title"), runs(story, around.title, story.width))
    if around.facts:
        yield paragraph(styles.id("Facts"), runs(story, _facts(around), story.width))


def _code(story: Story, document: Document) -> list[Element]:
    """Give a sheet's code, under the picture of it that is scanned."""
    style = story.styles.id("Masthead Line")
    lines = [paragraph(style, [run(document.code)])]
    if document.code_picture:
        picture = Picture(document.code_picture, f"QR code of {document.code}")
        drawn = story.pictures.inline(picture, story.width, alone=False)
        lines.insert(0, paragraph(style, [drawn]))
    return lines


def _facts(around: Furniture) -> Inlines:
    """Give the facts as one line. The space at one that only a version has goes with it."""
    line: list[Inline] = []
    for label, value in around.facts:
        kind = revision_of_run(label)
        apart, beside = (
            Revision(kind, (Text(space),)) if kind else Text(space) for space in "\u2003\u00a0"
        )
        for piece in (*((apart,) if line else ()), *label, beside, *value):
            match line[-1:], piece:
                case [Text(text=before)], Text(text=after):
                    line[-1] = Text(before + after)
                case _:
                    line.append(piece)
    return tuple(line)


def furnish(word: WordFile, story: Story, document: Document) -> None:
    """Fill headers and footers but where a template has its own; put the mark on each."""
    section = word.sections[0]
    headers: list[_Header] = [section.header]
    footers: list[_Footer] = [section.footer]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
        footers.append(section.first_page_footer)
    if word.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
        footers.append(section.even_page_footer)
    for index, header in enumerate(headers):
        if not _has_content(header):
            head = runs(story, document.furniture.running_head, story.width)
            _replace(header, paragraph(story.styles.id("header"), head))
        if document.mark:
            first = next(header._element.iter(tag("p")))  # noqa: SLF001 -- no public way in
            first.append(_mark(document.mark, index))
    for footer in footers:
        if not _has_content(footer):
            _replace(footer, _foot(story, document, story.width))


def bound_head(story: Story, document: Document, index: int) -> str:
    """Make the header of a bound document and give its relation."""
    part, relation = story.part.add_header_part()  # type: ignore[no-untyped-call]
    head = paragraph(story.styles.id("header"), [run(document.running_head)])
    if document.mark:
        head.append(_mark(document.mark, index))
    _fill(part.element, head)
    return str(relation)


def bound_foot(story: Story, document: Document, section: Element, pages: int) -> str:
    """Make the footer of a bound document, which counts its own ``pages``; give its relation."""
    part, relation = story.part.add_footer_part()  # type: ignore[no-untyped-call]
    width = _text_width(section) or story.width
    _fill(part.element, _foot(story, document, width, "SECTIONPAGES", pages))
    return str(relation)


def refit_foot(story: Story, document: Document, section: Element) -> None:
    """Give a section that is wider than the others a foot as wide."""
    width = _text_width(section)
    if width <= story.width:
        return
    part, relation = story.part.add_footer_part()  # type: ignore[no-untyped-call]
    _fill(part.element, _foot(story, document, width))
    for reference in section.findall(tag("footerReference")):
        reference.set(qn("r:id"), relation)


def _text_width(section: Element) -> int:
    """Give the width of a section's text, 0 where it doesn't say."""
    size, margins = section.find(tag("pgSz")), section.find(tag("pgMar"))
    if size is None or margins is None:
        return 0
    lengths = [margins.get(tag(side), "0") for side in ("left", "right")]
    return int(size.get(tag("w"), "0")) - sum(map(int, lengths))


def _fill(root: Element, content: Element) -> None:
    for child in list(root):
        root.remove(child)
    root.append(content)


def _has_content(part: _Header | _Footer) -> bool:
    if part.is_linked_to_previous:
        return False
    return any(
        element.tag != tag("t") or (element.text or "").strip()
        for element in part._element.iter(*_CONTENT)  # noqa: SLF001 -- no public way in
    )


def _replace(part: _Header | _Footer, content: Element) -> None:
    part.is_linked_to_previous = False
    _fill(part._element, content)  # noqa: SLF001 -- no public way in


def _foot(
    story: Story, document: Document, width: int, count: str = "NUMPAGES", pages: int = 1
) -> Element:
    """Give the line at the foot. Its tabs fit the page, whatever the style's were for.

    Programs that don't know the field for the ``count`` show ``pages``.
    """
    around = document.furniture
    fingerprint = runs(story, around.fingerprint, width)
    for each in (inner for element in fingerprint for inner in element.iter(tag("r"))):
        each.insert(0, w("rPr", w("rStyle", val=story.styles.id("Quiet", "character"))))
    content = [
        *runs(story, around.running_foot, width),
        tab(),
        *fingerprint,
        tab(),
        run("Page "),
        *field("PAGE", run("1")),
        run(" of "),
        *field(count, run(str(pages))),
    ]
    style = story.styles.id("footer")
    tabs = dict.fromkeys(story.styles.tabs(style), "clear")
    tabs |= {width // 2: "center", width: "right"}
    return paragraph(style, content, tabs=sorted(tabs.items()))


def _mark(text: str, index: int) -> Element:
    """Give the word that stands turned in the left margin of each page.

    VML is what Word itself writes for a watermark.
    """
    width = 22 * len(text)
    shape = (
        f'<w:pict {_MARK_NAMESPACES}><v:shapetype id="_x0000_t136" coordsize="21600,21600" '
        'o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
        '<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
        '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>'
        '<v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        "</v:shapetype>"
        f'<v:shape id="PolicyMark{index}" o:spid="_x0000_s{2049 + index}" type="#_x0000_t136" '
        f'alt="{text}" style="position:absolute;margin-left:{38 - width // 2}pt;margin-top:410pt;'
        f"width:{width}pt;height:22pt;rotation:270;z-index:-251658752;"
        'mso-position-horizontal-relative:page;mso-position-vertical-relative:page" '
        'o:allowincell="f" fillcolor="#a6a6a6" stroked="f">'
        f'<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="{text}"/>'
        "</v:shape></w:pict>"
    )
    return run_of(parse_xml(shape))
