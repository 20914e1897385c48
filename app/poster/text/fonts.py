"""The fonts that come with the package, and those of the user."""

import os
import struct
import zlib
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from fontTools.ttLib import TTFont, TTLibError
from PIL import ImageFont, features

FOLDER = Path(__file__).parents[1] / "fonts"
DEFAULT_FONT = FOLDER / "BebasNeue-Bold.otf"
# Noto has one font for each script; those that have no bold cut are named Regular.
SCRIPT_FONTS = tuple(sorted(path for path in FOLDER.glob("NotoS*-*.ttf") if "Symbols" not in path.name))
FALLBACK_FONTS = (
    FOLDER / "FiraSansExtraCondensed-Bold.ttf",
    *SCRIPT_FONTS,
    FOLDER / "BlackHanSans-Regular.ttf",
    FOLDER / "DejaVuSans-Bold.ttf",
    FOLDER / "NotoSansCJK-Bold.otf",
    FOLDER / "NotoEmoji-Bold.ttf",
    FOLDER / "NotoSansSymbols2-Regular.ttf",
)
# Fonts without a bold cut, and how much of the size is added to each side of their strokes.
THIN_FONTS = {path: 0.02 for path in SCRIPT_FONTS if path.stem.endswith("-Regular")}
TextLayout = ImageFont.Layout


def find_font(name: str, folders: list[Path]) -> tuple[Path, str | None]:
    """The font file of that name in the folders or the package, else the default and a note why."""
    candidates = [found for folder in (*folders, FOLDER) if (found := _named(folder, name))]
    for found in candidates:
        if is_font(found):
            return found, None
    reason = "is no font file" if candidates else "was not found"
    return DEFAULT_FONT, f"the font {name!r} {reason}, {DEFAULT_FONT.stem} is used instead"


def is_font(path: Path) -> bool:
    """Whether the file can be drawn with and has a table of its characters."""
    try:
        load_font(path, 20, TextLayout.BASIC)
        return bool(coverage(path))
    except (OSError, ValueError):
        return False


def font_chain(font: Path | str | None) -> tuple[tuple[Path, ...], str | None]:
    """The fonts to try for each character, the wanted one first, and a note if that is unusable."""
    if font is None:
        return (DEFAULT_FONT, *FALLBACK_FONTS), None
    wanted = Path(font)
    if is_font(wanted):
        return (wanted, *(path for path in (DEFAULT_FONT, *FALLBACK_FONTS) if path != wanted)), None
    note = f"the font {wanted.name!r} cannot be read, {DEFAULT_FONT.stem} is used instead"
    return (DEFAULT_FONT, *FALLBACK_FONTS), note


def best_layout() -> TextLayout:
    """The shaping engine where this machine has one, else plain glyph by glyph layout."""
    return TextLayout.RAQM if features.check("raqm") else TextLayout.BASIC


@lru_cache(maxsize=64)
def load_font(path: Path, size: int, layout: TextLayout) -> ImageFont.FreeTypeFont:
    """Open a font file at a size in pixels; OSError if it is none."""
    return ImageFont.truetype(path, size, layout_engine=layout)


@lru_cache(maxsize=128)
def coverage(path: Path) -> frozenset[int]:
    """The code points that the font file has glyphs for; ValueError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return code_points(file)
    except (OSError, ValueError) as error:
        raise ValueError(f"the font {path} cannot be read: {error}") from error


def code_points(file: BinaryIO) -> frozenset[int]:
    """The code points that a font has glyphs for; ValueError with the reason if it cannot be read."""
    try:
        with TTFont(file, lazy=True, fontNumber=0) as font:
            return frozenset(font.getBestCmap() or ())
    except ImportError:
        # FreeType unpacks WOFF2 by itself; fontTools needs a library for it that is no part of the package.
        raise ValueError("WOFF2 cannot be unpacked here; convert it to ttf or otf") from None
    except (TTLibError, OSError, LookupError, AssertionError, struct.error, zlib.error) as error:
        raise ValueError(str(error) or type(error).__name__) from error


@lru_cache(maxsize=128)
def blank_width(path: Path) -> float:
    """The advance width of the font's blank as a share of its size."""
    return load_font(path, 1000, TextLayout.BASIC).getlength(" ") / 1000


def _named(folder: Path, name: str) -> Path | None:
    if not name or Path(name).name != name:
        return None
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.is_file())
    except OSError:
        return None
    matches = [found for found in names if found.lower() == name.lower()]
    exact = name if name in matches else next(iter(matches), None)
    return folder / exact if exact else None
