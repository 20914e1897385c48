"""Marks in picture files that say which tool made them."""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image

from app.poster.drawing.canvas import FORMATS
from app.poster.drawing.marks import carries_mark
from app.poster.records.reasons import Owner

# Words that other tools leave in a comment or in EXIF data.
OTHER_TOOLS = re.compile(rb"\b(?:overlay|titlecard|kometa)\b", re.IGNORECASE)
METADATA = ("comment", "exif")
CARRIES_OURS = "carries our mark"
CARRIES_NONE = "carries no mark of a tool"


def maker(picture: Path | bytes) -> tuple[Owner, str]:
    """Who made the picture, as far as it says so: OURS, TOOL, else HAND, and how we know.

    Of a file only its head is read.
    """
    if carries_mark(picture):
        return Owner.OURS, CARRIES_OURS
    tool = other_tool(picture)
    return (Owner.TOOL, f'carries the mark "{tool}" of another tool') if tool else (Owner.HAND, CARRIES_NONE)


def other_tool(picture: Path | bytes) -> str:
    """The word by which another tool marked the picture, "" for none."""
    found = OTHER_TOOLS.search(metadata(picture))
    return found[0].decode().lower() if found else ""


def metadata(picture: Path | bytes) -> bytes:
    """Comment and EXIF data of the picture; nothing where it is none."""
    source = BytesIO(picture) if isinstance(picture, bytes) else picture
    try:
        with Image.open(source, formats=FORMATS) as opened:
            parts = [opened.info.get(place, b"") for place in METADATA]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    return b"\n".join(part.encode("utf-8", "replace") if isinstance(part, str) else part for part in parts)
