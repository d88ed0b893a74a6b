"""Make ``templates/fonts``: the bundled faces and the list of what they cover.

Run once for a new version of a font::

    npm pack @fontsource/atkinson-hyperlegible-next dejavu-fonts-ttf   # and unpack both
    python tools/make_fonts.py ATKINSON_FOLDER DEJAVU_FOLDER

Atkinson Hyperlegible Next is taken as it is. DejaVu Sans stands in for characters it
lacks; it is cut into parts, so that a page that needs one tick embeds symbols only.
"""

from __future__ import annotations

import json
import shutil
import sys
from itertools import pairwise
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[1] / "templates" / "fonts"

ATKINSON = {"Policy Text": "latin", "Policy Text Extended": "latin-ext"}

Ranges = tuple[tuple[int, int], ...]
DEJAVU: dict[str, tuple[str, Ranges]] = {
    "Policy Marks": (
        "marks",
        (
            (0x2010, 0x205F),
            (0x2190, 0x2199),
            (0x2248, 0x2265),
            (0x25A0, 0x25FF),
            (0x2610, 0x2612),
            (0x2713, 0x2718),
        ),
    ),
    "Policy Symbols": ("symbols", ((0x2000, 0x2BFF), (0x1F000, 0x1FAFF), (0xFFFD, 0xFFFD))),
    "Policy Greek Cyrillic": ("greek-cyrillic", ((0x0370, 0x052F), (0x1F00, 0x1FFF))),
    "Policy World": ("world", ((0x0021, 0x10FFFF),)),
}
"""Family, name in the file's name, and characters; a later part takes what is left."""

COMPANIONS = frozenset(map(ord, "0123456789#* \u00a0\u00ad\u202f\u205f\u2060\ufeff")) | frozenset(
    range(0x2000, 0x2010)
)
"""What is set in one font with a part's characters: spaces, and the bases of keycaps."""


def coverage(path: Path) -> frozenset[int]:
    """Give the characters that a font file has."""
    return frozenset(TTFont(path).getBestCmap())


def as_ranges(characters: frozenset[int]) -> list[list[int]]:
    """Fold characters into [first, last] pairs."""
    ordered = sorted(characters)
    if not ordered:
        return []
    breaks = [(a, b) for a, b in pairwise(ordered) if b != a + 1]
    firsts = [ordered[0], *(b for _, b in breaks)]
    lasts = [*(a for a, _ in breaks), ordered[-1]]
    return [[first, last] for first, last in zip(firsts, lasts, strict=True)]


def copy_atkinson(package: Path) -> list[dict[str, object]]:
    """Copy the faces of the text and give their entries of the list."""
    families: list[dict[str, object]] = []
    for family, subset in ATKINSON.items():
        faces = []
        covered: frozenset[int] | None = None
        for weight in (400, 700):
            for style in ("normal", "italic"):
                name = f"atkinson-hyperlegible-next-{subset}-{weight}-{style}.woff2"
                shutil.copyfile(package / "files" / name, TARGET / name)
                faces.append({"file": name, "weight": weight, "italic": style == "italic"})
                has = coverage(TARGET / name)
                covered = has if covered is None else covered & has
        families.append(
            {"family": family, "faces": faces, "ranges": as_ranges(covered or frozenset())}
        )
    shutil.copyfile(package / "LICENSE", TARGET / "atkinson-hyperlegible-next-OFL.txt")
    return families


def cut_dejavu(package: Path) -> list[dict[str, object]]:
    """Cut DejaVu Sans into parts and give their entries of the list."""
    sources = {
        400: package / "ttf" / "DejaVuSans.ttf",
        700: package / "ttf" / "DejaVuSans-Bold.ttf",
    }
    left = frozenset.intersection(*map(coverage, sources.values()))
    families: list[dict[str, object]] = []
    for family, (part, ranges) in DEJAVU.items():
        wanted = frozenset(c for c in left if any(a <= c <= b for a, b in ranges))
        left -= wanted
        faces = []
        for weight, source in sources.items():
            name = f"dejavu-sans-{part}-{weight}.woff2"
            cut(source, wanted | COMPANIONS, name)
            faces.append({"file": name, "weight": weight, "italic": False})
        families.append({"family": family, "faces": faces, "ranges": as_ranges(wanted)})
    shutil.copyfile(package / "LICENSE", TARGET / "dejavu-sans-LICENSE.txt")
    return families


def cut(source: Path, characters: frozenset[int], name: str) -> None:
    """Write the part of a font that holds ``characters``."""
    options = Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(TARGET / name)


def main() -> None:
    """Make the folder anew."""
    atkinson, dejavu = map(Path, sys.argv[1:3])
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    families = copy_atkinson(atkinson) + cut_dejavu(dejavu)
    lines = ",\n".join(json.dumps(family) for family in families)
    (TARGET / "coverage.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
