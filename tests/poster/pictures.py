"""Pictures and designs for the tests of the drawing."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from app.poster.drawing.design import Design, Lettering
from app.poster.drawing.draw import draw

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")
BACKGROUND = (255, 0, 255)

needs_dejavu = pytest.mark.skipif(not DEJAVU.exists(), reason=f"the measured values are of {DEJAVU.name}")


def make_picture(size=(400, 600), color=BACKGROUND, mode="RGB"):
    return Image.new(mode, size, color)


def make_bytes(picture=None, kind="JPEG", **options):
    target = BytesIO()
    (picture or make_picture()).save(target, kind, **options)
    return target.getvalue()


def make_lettering(text="THE HOBBIT", **overrides):
    lettering = Lettering(text, None, 20, 300, 300, 120, 80)
    return replace(lettering, **overrides)


def make_design(size=(400, 600), **overrides):
    return replace(Design(size), **overrides)


def opened(drawing):
    picture = Image.open(BytesIO(drawing.jpeg))
    picture.load()
    return picture


def drawn(text="THE HOBBIT", canvas=(400, 600), layout=None, **overrides):
    """The drawing of one lettering, written in white on the plain background."""
    design = make_design(canvas, letterings=(make_lettering(text, **overrides),), quality=100)
    return draw(make_picture(canvas), design, layout)


def ink_of(picture, background=BACKGROUND):
    """The box of everything that is not background; traces that the JPEG leaves around edges do not count."""
    plain = Image.new("RGB", picture.size, background)
    difference = ImageChops.difference(picture.convert("RGB"), plain).getchannel("G")
    return difference.point(lambda value: 255 if value > 60 else 0).getbbox()


def close_to(color, wanted, tolerance=6):
    return all(abs(one - other) <= tolerance for one, other in zip(color, wanted, strict=True))
