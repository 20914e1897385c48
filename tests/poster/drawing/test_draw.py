"""The whole picture: what lies where, and what the file is."""

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFont, ImageStat

from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE, PictureError
from app.poster.drawing.draw import draw
from tests.poster.pictures import (
    close_to,
    drawn,
    ink_of,
    make_bytes,
    make_design,
    make_lettering,
    make_picture,
    opened,
)

ROOT = Path(__file__).parents[3]
BORDER, PAPER = (10, 10, 10), (240, 240, 240)


def framed(**overrides):
    options = {"border_width": 30, "border_color": "#0A0A0A", "quality": 100}
    return opened(draw(make_picture(color=PAPER), make_design(**(options | overrides))))


@pytest.mark.parametrize("size", [POSTER_SIZE, WIDE_SIZE])
def test_posters_and_backgrounds_have_their_size(size):
    picture = opened(draw(make_bytes(make_picture((700, 800))), make_design(size)))
    assert (picture.size, picture.mode, picture.format) == (size, "RGB", "JPEG")


def test_the_border_lies_inside_the_canvas():
    picture = framed()
    assert picture.size == (400, 600)
    for place in ((0, 0), (29, 29), (399, 599), (370, 570), (200, 29), (29, 300)):
        assert close_to(picture.getpixel(place), BORDER, 3), place
    for place in ((30, 30), (369, 569), (200, 300)):
        assert close_to(picture.getpixel(place), PAPER, 3), place


@pytest.mark.parametrize("width", [0, -5])
def test_no_border_is_drawn_without_a_width(width):
    assert close_to(framed(border_width=width).getpixel((0, 0)), PAPER)


def test_a_border_wider_than_the_canvas_covers_it():
    assert close_to(framed(border_width=900).getpixel((200, 300)), BORDER)


def test_the_border_lies_over_the_overlay_and_the_text_over_both(tmp_path):
    make_picture((400, 600), (0, 0, 255, 255), "RGBA").save(tmp_path / "o.png")
    text = make_lettering("I", width=400, height=600, offset=0, maximum=900)
    text = replace(text, stroke_width=80, stroke_color="white")
    picture = framed(overlay=tmp_path / "o.png", letterings=(text,))
    assert close_to(picture.getpixel((5, 5)), BORDER, 40)
    assert close_to(picture.getpixel((50, 50)), (0, 0, 255), 40)
    assert not close_to(picture.getpixel((200, 580)), BORDER, 40)


def test_the_file_is_a_baseline_jpeg_with_halved_colours_and_the_mark_near_its_start():
    jpeg = drawn().jpeg
    assert b"\xff\xc0" in jpeg and b"\xff\xc2" not in jpeg
    assert 0 < jpeg.index(b"created with posterizarr") < 100
    picture = Image.open(BytesIO(jpeg))
    assert picture.info["comment"] == b"created with posterizarr"
    assert [part[1:3] for part in picture.layer] == [(2, 2), (1, 1), (1, 1)]


def test_nothing_of_the_source_but_its_pixels_reaches_the_file():
    exif = Image.Exif()
    exif[0x010E] = "private"
    source = make_bytes(comment=b"other mark", exif=exif)
    jpeg = draw(source, make_design(comment=None)).jpeg
    assert b"other mark" not in jpeg and b"private" not in jpeg and b"posterizarr" not in jpeg


def test_the_quality_is_the_wanted_one():
    sizes = [len(drawn_with_quality(quality)) for quality in (10, 60, 92, 100)]
    assert sizes == sorted(sizes) and sizes[0] < sizes[-1] / 2
    assert drawn_with_quality(1000) == drawn_with_quality(100)


def drawn_with_quality(quality):
    noise = Image.linear_gradient("L").resize((400, 600)).rotate(33)
    return draw(noise.convert("RGB"), make_design(quality=quality)).jpeg


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_the_quality_of_the_source_is_kept_when_none_is_wanted(mode):
    source = make_bytes(make_picture((400, 600), mode=mode, color=0), quality=37)
    kept = Image.open(BytesIO(draw(source, make_design(quality=None)).jpeg))
    assert kept.quantization[0] == Image.open(BytesIO(source)).quantization[0]


def test_a_source_that_is_no_jpeg_takes_the_default_quality():
    source = make_bytes(kind="PNG")
    assert draw(source, make_design(quality=None)).jpeg == draw(source, make_design()).jpeg


def test_very_coarse_tables_stay_within_baseline():
    source = make_bytes(qtables=[[255] * 64, [255] * 64])
    assert b"\xff\xc0" in draw(source, make_design(quality=None)).jpeg


def test_each_text_is_told_in_its_order():
    texts = (make_lettering("A", maximum=40), make_lettering("  "), make_lettering("B", maximum=70))
    drawing = draw(make_picture(), make_design(letterings=texts))
    assert (drawing.point_sizes, drawing.truncated, drawing.notes) == ((40, 0, 70), False, ())


def test_one_text_that_is_cut_marks_the_whole_drawing():
    texts = (make_lettering("word " * 200, minimum=40), make_lettering("A"))
    drawing = draw(make_picture(), make_design(letterings=texts))
    assert drawing.truncated and ink_of(opened(drawing)) is not None


def test_a_note_is_told_once():
    texts = (make_lettering("漢"), make_lettering("漢"))
    assert len(draw(make_picture(), make_design(letterings=texts)).notes) == 1


def test_a_font_that_is_gone_is_told_and_the_text_still_drawn(tmp_path):
    drawing = drawn(font=tmp_path / "Gone.ttf")
    assert drawing.notes == ("the font 'Gone.ttf' cannot be read, BebasNeue-Bold is used instead",)
    assert drawing.point_sizes[0] > 20


@pytest.mark.parametrize(
    "overrides",
    [{"border_width": 1, "border_color": "blurple"}, {"letterings": (make_lettering(color="blurple"),)}],
)
def test_a_bad_colour_is_refused(overrides):
    with pytest.raises(ValueError, match="'blurple' is no colour"):
        draw(make_picture(), make_design(**overrides))


def test_a_picture_that_is_none_is_refused():
    with pytest.raises(PictureError):
        draw(b"nothing", make_design())


def test_the_source_may_be_bytes_a_file_or_a_picture(tmp_path):
    source = make_bytes(make_picture((300, 300)), "PNG")
    (tmp_path / "poster.jpg").write_bytes(source)
    kinds = (source, tmp_path / "poster.jpg", Image.open(BytesIO(source)))
    assert len({draw(kind, make_design()).jpeg for kind in kinds}) == 1


@pytest.mark.parametrize("layout", [ImageFont.Layout.BASIC, ImageFont.Layout.RAQM])
def test_the_same_input_gives_the_same_bytes(layout):
    options = {"stroke_width": 5, "layout": layout}
    assert drawn("Fauda פאודה 2 漢字 🎬", **options) == drawn("Fauda פאודה 2 漢字 🎬", **options)


def test_another_process_with_another_hash_seed_gives_the_same_bytes():
    code = (
        "import hashlib; from tests.poster.pictures import drawn;"
        "print(hashlib.sha256(drawn('Їжак פאודה 漢字 ½').jpeg).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1 and len(said.pop().strip()) == 64


def test_a_picture_without_anything_on_it_is_the_picture():
    source = Image.linear_gradient("L").resize((400, 600)).convert("RGB")
    result = opened(draw(source, make_design(quality=100)))
    assert max(ImageStat.Stat(ImageChops.difference(source, result)).mean) < 2


def test_memory_of_closed_images_is_kept_for_the_next_ones_but_no_more_than_that():
    draw(make_picture((2000, 3000)), make_design(POSTER_SIZE))
    Image.core.reset_stats()
    draw(make_picture((2000, 3000)), make_design(POSTER_SIZE))
    stats = Image.core.get_stats()
    assert stats["reused_blocks"] > stats["allocated_blocks"]
    assert stats["blocks_cached"] <= 128
