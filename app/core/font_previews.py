"""A word in a font, drawn as a picture."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import Invalid
from app.core.fingerprint import fingerprint
from app.core.picture_cache import PictureCache

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

LONGEST_TEXT = 100
SIZE, WIDEST, MARGIN = 64, 1200, 16
SMALLEST_SIZE = 10
# Beyond this a font draws glyphs far larger than its size, which only a broken one does.
LARGEST_PIXELS = 2_000_000
BACKGROUND, INK = (24, 26, 32), (240, 241, 245)


def font_preview(folder: Path, font: Path, text: str) -> bytes:
    """A PNG of the text in that font, drawn once; `Invalid` where the file is no font that can be opened."""
    facts = fingerprint(font)
    key = sha256(repr((str(font), facts, text)).encode("utf-8", "surrogatepass")).hexdigest()
    return PictureCache(folder).content(f"{key}.png", lambda: draw_font_preview(font, text))


def draw_font_preview(path: Path, text: str) -> bytes:
    """The text in one line, smaller where it would be wider than the picture may be."""
    from PIL import ImageFont

    try:
        font = ImageFont.truetype(path, SIZE)
        if (width := font.getlength(text)) > WIDEST:
            font = font.font_variant(size=max(SMALLEST_SIZE, int(SIZE * WIDEST / width)))
        return drawn_text(font, text)
    except (OSError, ValueError, OverflowError) as error:
        raise Invalid(f"{path.name} cannot be opened as a font: {error}.") from error


def drawn_text(font: FreeTypeFont, text: str) -> bytes:
    from PIL import Image, ImageDraw

    left, top, right, bottom = map(int, font.getbbox(text))
    size = max(right - left, 1) + 2 * MARGIN, max(bottom - top, 1) + 2 * MARGIN
    if size[0] * size[1] > LARGEST_PIXELS:
        raise ValueError("its letters are far larger than the size of the font")
    image = Image.new("RGB", size, BACKGROUND)
    ImageDraw.Draw(image).text((MARGIN - left, MARGIN - top), text, INK, font)
    content = BytesIO()
    image.save(content, "PNG")
    return content.getvalue()
