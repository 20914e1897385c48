"""Whether a file that somebody sends can serve as an overlay or as a font."""

from io import BytesIO
from typing import Any

from PIL import ImageFont

from app.poster.drawing.canvas import cause, decoding, open_layer, open_picture
from app.poster.drawing.design import PictureError
from app.poster.inquiries.inquiry import BadInquiry, Inquiry
from app.poster.text.fonts import TextLayout, code_points

LARGEST_FILE = 64 * 1024 * 1024
FORMATS = ("PNG", "JPEG")
SAMPLE, SAMPLE_SIZE = "Aa", 200
LARGEST_SAMPLE = 4096


def check_overlay_file(inquiry: Inquiry) -> dict[str, Any]:
    """{"problem": a sentence, "" for a file that is drawn}; `kind` says what the file is to be."""
    checks = {"image": picture_problem, "font": font_problem}
    if inquiry.text("kind") not in checks:
        raise BadInquiry("an overlay file is an image or a font")
    return {"problem": checks[inquiry.text("kind")](inquiry.content.read(LARGEST_FILE))}


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
