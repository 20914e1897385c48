"""Makes the fonts of the packaged designs from unpacked npm packages: `python -m docs.design_fonts FOLDER`.

FOLDER holds a folder for each package `@fontsource/NAME`, such as FOLDER/cinzel. The parts of a font are put
together, hints are left out and the distance of lines is set; the licence goes with the font.
"""

import logging
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parents[1] / "app" / "poster" / "designs"
PARTS = ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext")
HINTS = ("fpgm", "prep", "cvt ", "gasp", "DSIG", "hdmx", "VDMX", "LTSH", "STAT", "meta")


class Cut(NamedTuple):
    """One font: package, weight, file, and its extent above and below the baseline in shares of the size."""

    package: str
    weight: int
    file: str
    above: float
    below: float


CUTS = {
    "classic": [Cut("cinzel", 700, "Cinzel-Bold.ttf", 0.92, 0.24)],
    "minimal": [Cut("manrope", 700, "Manrope-Bold.ttf", 0.92, 0.2)],
    "cinema": [Cut("jost", 500, "Jost-Medium.ttf", 1.0, 0.3)],
}


def main(packages: Path) -> None:
    logging.disable(logging.WARNING)
    for design, cuts in CUTS.items():
        for cut in cuts:
            target = FOLDER / design / cut.file
            target.parent.mkdir(exist_ok=True)
            make_font(packages / cut.package, cut, target)
            licence = target.with_name(f"{target.stem.partition('-')[0]}.LICENSE.txt")
            shutil.copyfile(packages / cut.package / "LICENSE", licence)
            print(design, target.name, target.stat().st_size)


def make_font(package: Path, cut: Cut, target: Path) -> None:
    """Put the parts of the package together in one file."""
    with TemporaryDirectory() as folder:
        font = merged(parts_of(package, cut, Path(folder)))
        for table in HINTS:
            if table in font:
                del font[table]
        set_lines(font, cut)
        font.save(target)


def parts_of(package: Path, cut: Cut, folder: Path) -> list[str]:
    """The parts that the package has, unpacked into the folder."""
    found = []
    for part in PARTS:
        packed = package / "files" / f"{package.name}-{part}-{cut.weight}-normal.woff"
        if packed.exists():
            font = TTFont(packed)
            font.flavor = None
            font.save(folder / f"{part}.ttf")
            found.append(str(folder / f"{part}.ttf"))
    return found


def merged(parts: list[str]) -> TTFont:
    return Merger().merge(parts) if len(parts) > 1 else TTFont(parts[0])


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
