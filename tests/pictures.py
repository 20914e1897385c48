"""Small real pictures, made by Pillow."""

import io

from PIL import Image


def make_picture(
    size=(80, 120), color=(200, 40, 20), encoding="JPEG", mode="RGB", noisy=False, **options
) -> bytes:
    """A picture of one colour, or of noise."""
    picture = Image.effect_noise(size, 90).convert(mode) if noisy else Image.new(mode, size, color)
    content = io.BytesIO()
    picture.save(content, format=encoding, **options)
    return content.getvalue()


def opened(content: bytes) -> Image.Image:
    """The decoded picture."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture
