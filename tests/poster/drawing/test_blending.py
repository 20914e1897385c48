"""Overlays on a canvas."""

import os

import pytest
from PIL import Image, ImageChops

from app.poster.drawing.blending import TILE, blend_overlay
from app.poster.drawing.design import PictureError
from tests.poster.pictures import make_picture

WHITE, RED = (255, 255, 255), (255, 0, 0)


def make_overlay(path, size, color=(255, 0, 0, 255), mode="RGBA"):
    make_picture(size, color, mode).save(path, "PNG")
    return path


def blended(path, size=(200, 300)):
    canvas = make_picture(size, WHITE)
    blend_overlay(canvas, path)
    return canvas


def red_box(canvas):
    return ImageChops.invert(canvas.getchannel("G")).getbbox()


@pytest.mark.parametrize(
    ("overlay", "canvas", "box"),
    [
        ((50, 50), (200, 300), (75, 250, 125, 300)),
        ((51, 40), (200, 300), (74, 260, 125, 300)),
        ((200, 300), (200, 300), (0, 0, 200, 300)),
        ((400, 500), (200, 300), (0, 0, 200, 300)),
        ((500, 500), (2000, 3000), (750, 2500, 1250, 3000)),
    ],
)
def test_an_overlay_lies_unscaled_at_the_bottom_centre(tmp_path, overlay, canvas, box):
    assert red_box(blended(make_overlay(tmp_path / "o.png", overlay), canvas)) == box


def test_a_larger_overlay_keeps_its_bottom_and_its_middle(tmp_path):
    overlay = make_picture((300, 400), (0, 0, 0, 0), "RGBA")
    overlay.putpixel((150, 399), (255, 0, 0, 255))
    overlay.save(tmp_path / "o.png")
    assert red_box(blended(tmp_path / "o.png", (100, 100))) == (50, 99, 51, 100)


def test_tiles_give_the_same_picture_as_one_composite(tmp_path):
    size = (2 * TILE + 30, 2 * TILE + 70)
    alpha = Image.linear_gradient("L").resize(size).point(lambda value: max(0, value * 2 - 255))
    colors = Image.radial_gradient("L").resize(size)
    Image.merge("RGBA", [colors, alpha, colors, alpha]).save(tmp_path / "o.png")
    canvas = Image.linear_gradient("L").rotate(90).resize(size).convert("RGB")
    whole = Image.alpha_composite(canvas.convert("RGBA"), Image.open(tmp_path / "o.png")).convert("RGB")
    blend_overlay(canvas, tmp_path / "o.png")
    assert max(high for _, high in ImageChops.difference(canvas, whole).getextrema()) <= 1


def test_half_transparent_red_over_white_is_pink(tmp_path):
    canvas = blended(make_overlay(tmp_path / "o.png", (200, 300), (255, 0, 0, 128)))
    assert canvas.getpixel((100, 100)) == (255, 127, 127)


def test_an_overlay_without_transparency_hides_the_picture(tmp_path):
    canvas = blended(make_overlay(tmp_path / "o.png", (200, 300), RED, "RGB"))
    assert canvas.getcolors() == [(200 * 300, RED)]


def test_an_overlay_that_changed_is_read_again(tmp_path):
    path = make_overlay(tmp_path / "o.png", (200, 300))
    blended(path)
    make_overlay(path, (200, 300), (0, 0, 255, 255))
    os.utime(path, (1, 1))
    assert blended(path).getpixel((5, 5)) == (0, 0, 255)


def test_a_missing_or_broken_overlay_is_named(tmp_path):
    with pytest.raises(PictureError, match=r"the overlay .*gone\.png cannot be read"):
        blended(tmp_path / "gone.png")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n")
    with pytest.raises(PictureError, match=r"the overlay .*broken\.png cannot be decoded"):
        blended(tmp_path / "broken.png")
