"""Whether a file that somebody sends can serve as an overlay or as a font."""

from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont, TTLibError
from PIL import ImageFont

from app.poster.drawing.canvas import cause, decoding, open_layer, open_picture
from app.poster.drawing.design import PictureError
from app.poster.inquiries.inquiry import BadInquiry, Inquiry
from app.poster.text.fonts import TextLayout, code_points

LARGEST_FILE = 64 * 1024 * 1024
FORMATS = ("PNG", "JPEG")
SAMPLE, SAMPLE_SIZE = "Aa", 200
LARGEST_SAMPLE = 4096
# Numbers of entries in a font's table of names.
COPYRIGHT, FULL_NAME, LICENCE = 0, 4, 13


def check_overlay_file(inquiry: Inquiry) -> dict[str, Any]:
    """{"problem": a sentence, "" for a file that is drawn}; `kind` says what the file is to be.

    Of a file that is drawn also {"size": [width, height]} of an image, {"name", "licence"} of a font.
    """
    return facts_of_file(inquiry.text("kind"), inquiry.content.read(LARGEST_FILE))


def check_overlay_files(inquiry: Inquiry) -> dict[str, Any]:
    """{"files": [as `check_overlay_file`]} of files in a row; `files` has {"kind", "bytes"} of each."""
    listed = inquiry.given.get("files")
    if not isinstance(listed, list) or not all(is_listed_file(entry) for entry in listed):
        raise BadInquiry("files are a list of kinds and lengths")
    contents = ((entry["kind"], inquiry.content.read(entry["bytes"])) for entry in listed)
    return {"files": [facts_of_file(kind, content) for kind, content in contents]}


def is_listed_file(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("bytes"), int)
        and 0 <= entry["bytes"] <= LARGEST_FILE
    )


def facts_of_file(kind: Any, content: bytes) -> dict[str, Any]:
    checks = {"image": (picture_problem, picture_facts), "font": (font_problem, font_facts)}
    if kind not in checks:
        raise BadInquiry("an overlay file is an image or a font")
    problem, facts = checks[kind]
    found = problem(content)
    return {"problem": found, **({} if found else facts(content))}


def picture_facts(content: bytes) -> dict[str, Any]:
    return {"size": list(open_layer(content).size)}


def font_facts(content: bytes) -> dict[str, str]:
    """What the font says of itself: its full name, and its licence, else who holds its copyright."""
    try:
        with TTFont(BytesIO(content), lazy=True, fontNumber=0) as font:
            names = font["name"]
            full, licence = names.getDebugName(FULL_NAME), names.getDebugName(LICENCE)
            return {"name": full or "", "licence": licence or names.getDebugName(COPYRIGHT) or ""}
    except (TTLibError, OSError, ValueError, LookupError, ImportError):
        # A font without a table of names can be drawn with.
        return {"name": "", "licence": ""}


def picture_problem(content: bytes) -> str:
    """Why the bytes are no overlay; all of them are decoded, as each run does."""
    try:
        with decoding("the file"):
            name = open_picture(content).format
            if name not in FORMATS:
                return f"it is a {name} picture; save it as PNG, which keeps transparent parts"
            open_layer(content)
    except PictureError as error:
        return str(error)
    return ""


def font_problem(content: bytes) -> str:
    """Why nothing can be drawn with the bytes; a sample is drawn, and the table of characters read."""
    try:
        font = ImageFont.truetype(BytesIO(content), SAMPLE_SIZE, layout_engine=TextLayout.BASIC)
        if max(map(abs, font.getbbox(SAMPLE))) > LARGEST_SAMPLE:
            return "its letters are far larger than the size of the font"
        font.getmask(SAMPLE)
        return "" if code_points(BytesIO(content)) else "it has no table of characters"
    except (OSError, ValueError, MemoryError) as error:
        return f"it cannot be opened as a font: {cause(error)}"
