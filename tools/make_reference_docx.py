"""Make ``templates/reference.docx``, the Word file whose styles all Word output wears.

Run it after changing a style here, from the top of the checkout:
``python tools/make_reference_docx.py``. It needs fonttools with brotli.

Start and container are python-docx's own default file; styles, numbering, fonts and
settings are replaced. The body shows each style once, for whoever restyles it in Word;
the writer drops the body.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from reference_styles import FONT, STYLES, Style, styles_xml

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FONT_FILES = TEMPLATES / "fonts"
WORD_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
STYLED_LEVELS = 3
SOME_DAY = 3_850_000_000
"""The date in the embedded fonts, in seconds since 1904, so that it is always the same."""
DROPPED = ("customXml/", "docProps/", "word/stylesWithEffects", "word/webSettings")
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Face:
    """One face of the font to embed: its place in the font table and its file."""

    place: str
    file: str
    style: str


FACES = (
    Face("embedRegular", "400-normal", "Regular"),
    Face("embedBold", "700-normal", "Bold"),
    Face("embedItalic", "400-italic", "Italic"),
    Face("embedBoldItalic", "700-italic", "Bold Italic"),
)


def merged_font(face: Face) -> bytes:
    """Give a face as one TrueType font, its Latin and Latin Extended subsets together."""
    subsets = []
    with tempfile.TemporaryDirectory() as folder:
        for subset in ("latin", "latin-ext"):
            font = TTFont(FONT_FILES / f"atkinson-hyperlegible-next-{subset}-{face.file}.woff2")
            font.flavor = None
            for table in ("GSUB", "GDEF", "STAT", "prep", "gasp", "GPOS"):
                if table in font:
                    del font[table]
            path = Path(folder, f"{subset}.ttf")
            font.save(path)
            subsets.append(str(path))
        font = Merger().merge(subsets)
    names = font["name"]
    names.names = []
    for ident, text in ((1, FONT), (2, face.style), (4, f"{FONT} {face.style}")):
        names.setName(text, ident, 3, 1, 0x409)
    names.setName(f"AtkinsonHyperlegibleNext-{face.style.replace(' ', '')}", 6, 3, 1, 0x409)
    font["head"].created = font["head"].modified = SOME_DAY
    font.recalcTimestamp = False
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def obfuscated(data: bytes, key: str) -> bytes:
    """Give a font as Word embeds it: its first 32 bytes xored with the reversed key.

    Source: ECMA-376 part 4, font embedding.
    """
    mask = bytes.fromhex(key.replace("-", ""))[::-1]
    head = bytes(byte ^ mask[index % 16] for index, byte in enumerate(data[:32]))
    return head + data[32:]


def font_parts() -> tuple[dict[str, bytes], str, str]:
    """Give the embedded fonts' parts, the font table and its relationships."""
    parts, embeds, relations = {}, [], []
    for index, face in enumerate(FACES, 1):
        key = f"8A6F2C1E-5B3D-4E7A-9C10-0000000000{index:02d}"
        parts[f"word/fonts/font{index}.odttf"] = obfuscated(merged_font(face), key)
        embeds.append(f'<w:{face.place} r:id="rId{index}" w:fontKey="{{{key}}}"/>')
        relations.append(
            f'<Relationship Id="rId{index}" Type="{RELATIONSHIPS}/font" '
            f'Target="fonts/font{index}.odttf"/>'
        )
    table = (
        f'{DECLARATION}<w:fonts {WORD_NS}><w:font w:name="{FONT}"><w:altName w:val="Arial"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
        f"{''.join(embeds)}</w:font>"
        '<w:font w:name="Arial"><w:panose1 w:val="020B0604020202020204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        "</w:fonts>"
    )
    rels = (
        f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{"".join(relations)}</Relationships>'
    )
    return parts, table, rels


def numbering_xml() -> str:
    """Give the lists that the list styles are linked to: bullets and numbers."""

    def level(index: int, style: str, fmt: str, text: str, grey: str) -> str:
        link = style + (f" {index + 1}" if index else "")
        paragraph = f'<w:pStyle w:val="{link.replace(" ", "")}"/>' if index < STYLED_LEVELS else ""
        left = 340 * (index + 1)
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{paragraph}'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{left}" w:hanging="340"/></w:pPr>{grey}</w:lvl>'
        )

    grey = '<w:rPr><w:color w:val="767676"/></w:rPr>'
    lists = (
        "".join(level(index, "List Bullet", "bullet", "•", grey) for index in range(9)),
        "".join(level(index, "List Number", "decimal", f"%{index + 1}.", "") for index in range(9)),
    )
    return (
        f"{DECLARATION}<w:numbering {WORD_NS}>"
        + "".join(
            f'<w:abstractNum w:abstractNumId="{index}"><w:nsid w:val="5C1A000{index}"/>'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            for index, levels in enumerate(lists)
        )
        + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def settings_xml(original: str) -> str:
    """Give the settings: British English, Word 2013 layout, embedded fonts, 100 %."""
    changes = (
        (r'<w:zoom w:val="bestFit"/>', '<w:zoom w:percent="100"/><w:embedTrueTypeFonts/>'),
        (r"<w:proofState[^>]*/>\s*", ""),
        (r"<w:rsids>.*?</w:rsids>\s*", ""),
        (r"<w:useFELayout/>\s*", ""),
        (r"<w:savePreviewPicture/>\s*", ""),
        (r"<w:shapeDefaults>.*?</w:shapeDefaults>\s*", ""),
        (r"<w14:docId[^>]*/>\s*", ""),
        (r'(compatibilityMode"[^>]*w:val=)"14"', r'\1"15"'),
        (r"<w:themeFontLang[^>]*/>", '<w:themeFontLang w:val="en-GB"/>'),
    )
    for pattern, new in changes:
        original, count = re.subn(pattern, new, original, flags=re.DOTALL)
        if not count:
            message = f"python-docx's default settings have no {pattern}"
            raise ValueError(message)
    return original


def body_xml() -> str:
    """Give the sample body: each paragraph style's name in that style."""

    def sample(style: Style) -> str:
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style.ident}"/></w:pPr>'
            f"<w:r><w:t>{style.name}</w:t></w:r></w:p>"
        )

    shown = "".join(sample(style) for style in STYLES if style.kind == "paragraph")
    return (
        f"{DECLARATION}<w:document {WORD_NS}><w:body>{shown}<w:sectPr>"
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1531" w:right="1134" w:bottom="1304" w:left="2154" '
        'w:header="652" w:footer="567" w:gutter="0"/><w:cols w:space="720"/>'
        "</w:sectPr></w:body></w:document>"
    )


def without_dropped(xml: str, *, types: bool) -> str:
    """Give a relationships or content types part without what is left out."""
    if types:
        overrides = (
            r'<Override PartName="/(?:customXml/|docProps/|word/stylesWith|word/webS)[^>]*/>'
        )
        xml = re.sub(overrides, "", xml)
        return xml.replace(
            "<Override",
            '<Default Extension="odttf" '
            'ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/><Override',
            1,
        )
    targets = r"<Relationship [^>]*(?:docProps/|customXml|stylesWithEffects|webSettings)[^>]*/>"
    return re.sub(targets, "", xml)


def main() -> None:
    """Write the file."""
    default = Path(docx.__file__).parent / "templates" / "default.docx"
    parts: dict[str, Any] = {}
    with zipfile.ZipFile(default) as source:
        for name in source.namelist():
            if not name.startswith(DROPPED):
                parts[name] = source.read(name)
    fonts, table, rels = font_parts()
    parts |= fonts
    parts["word/fontTable.xml"] = table
    parts["word/_rels/fontTable.xml.rels"] = rels
    parts["word/styles.xml"] = styles_xml()
    parts["word/numbering.xml"] = numbering_xml()
    parts["word/settings.xml"] = settings_xml(parts["word/settings.xml"].decode())
    parts["word/document.xml"] = body_xml()
    for name in ("_rels/.rels", "word/_rels/document.xml.rels"):
        parts[name] = without_dropped(parts[name].decode(), types=False)
    types = "[Content_Types].xml"
    parts[types] = without_dropped(parts[types].decode(), types=True)
    with zipfile.ZipFile(TEMPLATES / "reference.docx", "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(parts):
            target.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    main()
