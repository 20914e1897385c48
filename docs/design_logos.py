"""Logos for the sheet of the design that draws logos: lettering in the fonts of the other designs."""

from io import BytesIO
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from app.poster.designs.reading import PACKAGED

STYLES = (
    ("typographic/Anton-Regular.ttf", "#f4f4f4", 12),
    ("classic/Cinzel-Bold.ttf", "#e8c373", 15),
    ("anime/DelaGothicOne-Regular.ttf", "#ff5f4a", 16),
    ("gallery/NotoSerifDisplay-SemiBold.ttf", "#ffffff", 14),
    ("title-cards/Oswald-SemiBold.ttf", "#7fd4ff", 14),
)
SIZE = 260


def sample_logo(number: int, title: str) -> bytes | None:
    """A PNG of the title in one of the styles, None where providers would hardly have one."""
    if not title.isascii() or number % 5 == 4:
        return None
    file, color, width = STYLES[number % len(STYLES)]
    font = ImageFont.truetype(PACKAGED / file, SIZE)
    text = "\n".join(wrap(title.upper() if number % 2 else title, width))
    box = ImageDraw.Draw(Image.new("L", (1, 1))).multiline_textbbox((0, 0), text, font, align="center")
    logo = Image.new("RGBA", (int(box[2] - box[0]) + 8, int(box[3] - box[1]) + 8))
    pen = ImageDraw.Draw(logo)
    pen.multiline_text((4 - box[0], 4 - box[1]), text, color, font, align="center")
    held = BytesIO()
    logo.save(held, "PNG")
    return held.getvalue()
