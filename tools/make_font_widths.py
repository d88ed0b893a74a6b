"""Make ``src/policygen/writers/word/widths.py``: how wide the bundled font's letters are.

Run it from the top of the checkout after changing a font. It needs fonttools with brotli.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "templates" / "fonts"
TARGET = ROOT / "src" / "policygen" / "writers" / "word" / "widths.py"
HEAD = '''"""How wide letters are, in thousandths of the type size.

Made from the bundled Atkinson Hyperlegible Next by ``tools/make_font_widths.py``.
"""

from __future__ import annotations
'''
UNUSUAL = range(0x2500)
PER_LINE = 78


def widths(weight: str) -> dict[int, str]:
    """Give the characters of each width."""
    found: dict[int, str] = defaultdict(str)
    seen = set()
    for subset in ("latin", "latin-ext"):
        font = TTFont(FONTS / f"atkinson-hyperlegible-next-{subset}-{weight}-normal.woff2")
        scale = 1000 / font["head"].unitsPerEm
        for code, name in sorted(font.getBestCmap().items()):
            if code in UNUSUAL and chr(code).isprintable() and code not in seen:
                seen.add(code)
                found[round(font["hmtx"][name][0] * scale)] += chr(code)
    return dict(sorted(found.items()))


def main() -> None:
    """Write the module."""
    out = [HEAD]
    for name, weight in (("REGULAR", "400"), ("BOLD", "700")):
        out.append(f"{name}: dict[int, str] = {{")
        for width, letters in widths(weight).items():
            pieces = [letters[at : at + PER_LINE] for at in range(0, len(letters), PER_LINE)]
            text = "\n        ".join(ascii(piece) for piece in pieces)
            value = f"(\n        {text}\n    )" if len(pieces) > 1 else ascii(letters)
            out.append(f"    {width}: {value},")
        out.append("}")
    TARGET.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
