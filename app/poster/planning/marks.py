"""Marks in picture files that say which tool made them."""

import re
from pathlib import Path

from PIL import Image

from app.poster.drawing.canvas import FORMATS
from app.poster.drawing.marks import carries_mark
from app.poster.records.reasons import Owner

# Words that other tools leave in a comment or in EXIF data.
OTHER_TOOLS = re.compile(rb"\b(?:overlay|titlecard|kometa)\b", re.IGNORECASE)
METADATA = ("comment", "exif")


def maker(path: Path) -> Owner:
    """Who made the picture, as far as it says so: OURS, TOOL, else HAND; only its head is read."""
    if carries_mark(path):
        return Owner.OURS
    return Owner.TOOL if OTHER_TOOLS.search(metadata(path)) else Owner.HAND


def metadata(path: Path) -> bytes:
    """Comment and EXIF data of the picture; nothing where it is none."""
    try:
        with Image.open(path, formats=FORMATS) as opened:
            parts = [opened.info.get(place, b"") for place in METADATA]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    return b"\n".join(part.encode("utf-8", "replace") if isinstance(part, str) else part for part in parts)
