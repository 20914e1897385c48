"""Makes the fonts of the packaged designs from unpacked npm packages: `python -m docs.design_fonts FOLDER`.

FOLDER holds a folder for each package `@fontsource/NAME`, such as FOLDER/cinzel. The parts of a font are put
together, hints are left out and the distance of lines is set; the licence goes with the font.
"""

import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parents[1] / "app" / "poster" / "designs"
PARTS = ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext")
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
# Latin, Greek, Cyrillic and the signs of titles.
WANTED = ((0x20, 0x24F), (0x2B0, 0x36F), (0x370, 0x52F), (0x1E80, 0x1EFF), (0x2010, 0x206F), (0x20A0, 0x2122))
OTHERS = ("cyrillic", "greek")
HINTS = ("fpgm", "prep", "cvt ", "gasp", "DSIG", "hdmx", "VDMX", "LTSH", "STAT", "meta")


class Cut(NamedTuple):
    """One font: package, weight, file, and its extent above and below the baseline in shares of the size."""

    package: str
    weight: int
    file: str
    above: float
    below: float
    others: tuple[str, int] | None = None  # the package and weight that Greek and Cyrillic come from


CUTS = {
    "classic": [Cut("cinzel", 700, "Cinzel-Bold.ttf", 0.92, 0.24, ("noto-serif-display", 600))],
    "minimal": [Cut("manrope", 700, "Manrope-Bold.ttf", 0.92, 0.2)],
    "cinema": [Cut("jost", 500, "Jost-Medium.ttf", 1.0, 0.3)],
    "textless-logo": [Cut("montserrat", 600, "Montserrat-SemiBold.ttf", 0.94, 0.22)],
    "streaming": [
        Cut("barlow-condensed", 800, "BarlowCondensed-ExtraBold.ttf", 0.84, 0.16),
        Cut("barlow-condensed", 600, "BarlowCondensed-SemiBold.ttf", 0.8, 0.2),
    ],
    "typographic": [Cut("anton", 400, "Anton-Regular.ttf", 1.02, 0.08)],
    "title-cards": [
        Cut("oswald", 600, "Oswald-SemiBold.ttf", 0.92, 0.2),
        Cut("oswald", 500, "Oswald-Medium.ttf", 0.92, 0.2),
    ],
    "anime": [Cut("dela-gothic-one", 400, "DelaGothicOne-Regular.ttf", 0.9, 0.16)],
    "gallery": [
        Cut("noto-serif-display", 600, "NotoSerifDisplay-SemiBold.ttf", 0.88, 0.24),
        Cut("jost", 500, "Jost-Medium.ttf", 1.0, 0.3),
    ],
}


def main(packages: Path) -> None:
    logging.disable(logging.WARNING)
    for design, cuts in CUTS.items():
        for cut in cuts:
            target = FOLDER / design / cut.file
            target.parent.mkdir(exist_ok=True)
            make_font(packages / cut.package, cut, target)
            sources = [cut.package, *(cut.others or ())[:1]]
            texts = [(packages / source / "LICENSE").read_text("utf-8") for source in sources]
            licence = target.with_name(f"{target.stem.partition('-')[0]}.LICENSE.txt")
            licence.write_text("\n".join(texts), "utf-8")
            print(design, target.name, target.stat().st_size)


def make_font(package: Path, cut: Cut, target: Path) -> None:
    """Put the parts of the package together in one file."""
    with TemporaryDirectory() as folder:
        parts = parts_of(package, cut.weight, PARTS, Path(folder))
        if cut.others:
            other, weight = cut.others
            parts += parts_of(package.with_name(other), weight, OTHERS, Path(folder))
        font = merged(parts)
        for table in HINTS:
            if table in font:
                del font[table]
        thin_out_glyphs(font)
        set_lines(font, cut)
        font.save(target)


def parts_of(package: Path, weight: int, parts: tuple[str, ...], folder: Path) -> list[str]:
    """The parts that the package has, unpacked into the folder."""
    found = []
    for part in parts:
        packed = package / "files" / f"{package.name}-{part}-{weight}-normal.woff"
        if packed.exists():
            font = TTFont(packed)
            font.flavor = None
            font.save(folder / f"{part}.ttf")
            found.append(str(folder / f"{part}.ttf"))
    return found


def merged(parts: list[str]) -> TTFont:
    return Merger().merge(parts) if len(parts) > 1 else TTFont(parts[0])


def thin_out_glyphs(font: TTFont) -> None:
    """Leave out small capitals, old figures and signs that no title has."""
    options = Options(layout_features=FEATURES, name_IDs=["*"], notdef_outline=True, hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in WANTED for code in range(first, last + 1)])
    subsetter.subset(font)


def set_lines(font: TTFont, cut: Cut) -> None:
    """Set the distance of lines, which is that of running text and too wide for a title."""
    unit = font["head"].unitsPerEm
    above, below = round(unit * cut.above), round(unit * cut.below)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = above, -below, 0
    metrics = font["OS/2"]
    metrics.sTypoAscender, metrics.sTypoDescender, metrics.sTypoLineGap = above, -below, 0
    metrics.usWinAscent, metrics.usWinDescent = above, below


if __name__ == "__main__":
    main(Path(sys.argv[1]))
