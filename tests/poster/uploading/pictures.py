"""Pictures of our own, of servers and of other tools, small but with something on them."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

MARK = b"created with posterizarr"


@cache
def picture(color: str, comment: bytes = b"", size: tuple[int, int] = (200, 300), exif: str = "") -> bytes:
    """A JPEG of that color with a lighter disc; `exif` is written where Kometa writes its mark."""
    canvas = Image.new("RGB", size, color)
    ImageDraw.Draw(canvas).ellipse((20, 20, 160, 160), fill="white")
    content, facts = BytesIO(), Image.Exif()
    if exif:
        facts[0x04BC] = exif
    canvas.save(content, "JPEG", quality=92, comment=comment, exif=facts)
    return content.getvalue()


OURS = picture("navy", MARK)
NEWER = picture("teal", MARK)
AGENTS = picture("olive")
OTHER_AGENTS = picture("gray")
BY_HAND = picture("red")
OF_KOMETA = picture("purple", exif="overlay")


@cache
def re_encoded(content: bytes) -> bytes:
    """The same picture in other bytes and without its comment, as a server makes it."""
    smaller = BytesIO()
    with Image.open(BytesIO(content)) as opened:
        opened.convert("RGB").resize((180, 270)).save(smaller, "JPEG", quality=60)
    return smaller.getvalue()


@cache
def noisy(seed_size: tuple[int, int] = (600, 900)) -> bytes:
    """A picture of many bytes, which become fewer with less quality."""
    small = Image.effect_noise((seed_size[0] // 4, seed_size[1] // 4), 60)
    content = BytesIO()
    small.resize(seed_size).convert("RGB").save(content, "JPEG", quality=98, comment=MARK)
    return content.getvalue()
