"""Artwork without a source picture: the same in every process, dark where the title stands."""

import hashlib
import subprocess
import sys

import pytest
from PIL import ImageStat

from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE
from app.poster.drawing.draw import draw
from app.poster.drawing.motifs import MOTIFS, Sheet
from app.poster.drawing.paint import paint_gradient
from app.poster.drawing.typographic import PALETTES, typographic_letterings, typographic_picture
from tests.poster.contrast import contrast, luminance
from tests.poster.pictures import make_design, opened

SMALL = (200, 300)
PRINT_DIGEST = """
import hashlib
from app.poster.drawing.typographic import typographic_picture
print(hashlib.sha256(typographic_picture("Nosferatu", "1922", (200, 300), "3").tobytes()).hexdigest())
"""
TITLES = ("Metropolis", "Nosferatu", "The General", "Dark", "Їжак", "千と千尋", "")


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_another_process_draws_the_same_pixels(hash_seed):
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)}
    printed = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST], capture_output=True, text=True, check=True, env=environment
    )
    here = typographic_picture("Nosferatu", "1922", SMALL, "3").tobytes()
    assert printed.stdout.strip() == hashlib.sha256(here).hexdigest()


@pytest.mark.parametrize("size", [POSTER_SIZE, WIDE_SIZE, (333, 501), (1, 1)])
@pytest.mark.parametrize("figure", ["", "12"])
def test_the_image_has_exactly_the_size_asked_for(size, figure):
    image = typographic_picture("Metropolis", "", size, figure)
    assert (image.size, image.mode) == (size, "RGB")


def test_titles_seasons_and_figures_give_different_images():
    asked = [*((title, "", "") for title in TITLES), ("Dark", "Season 1", ""), ("Dark", "Season 1", "1")]
    images = {typographic_picture(title, second, SMALL, figure).tobytes() for title, second, figure in asked}
    assert len(images) == len(asked)


def test_the_seasons_of_a_show_have_its_colours():
    one, other = (typographic_letterings("Dark", name, POSTER_SIZE, "Dark")[1] for name in ("Season 1", "2"))
    assert one.color == other.color != typographic_letterings("X", "2", POSTER_SIZE, "Charade")[1].color


def test_blanks_and_case_around_a_title_change_nothing():
    one, other = (typographic_picture(title, "", SMALL) for title in (" DARK ", "Dark"))
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("palette", PALETTES)
def test_white_text_can_be_read_on_every_palette(palette):
    assert contrast((255, 255, 255), tuple(bytes.fromhex(palette[0][1:]))) > 12


@pytest.mark.parametrize("size", [(400, 600), (640, 360)])
@pytest.mark.parametrize("title", TITLES)
def test_white_text_can_be_read_where_the_title_stands(title, size):
    image = typographic_picture(title, "1999", size)
    place = (0, round(size[1] * 0.76), size[0], round(size[1] * 0.9))
    brightest = max(luminance(color) for _, color in image.crop(place).reduce(4).getcolors(100_000))
    assert 1.05 / (brightest + 0.05) >= 4.5


@pytest.mark.parametrize("name", MOTIFS)
def test_every_pattern_fills_the_upper_part_with_more_than_its_ground(name):
    class Always:
        """Chooses the first of everything."""

        def choice(self, values):
            return values[0]

        def sample(self, values, count):
            return values[:count]

        def uniform(self, low, high):
            return (low + high) / 2

        def randrange(self, _):
            return 4

    palette = tuple(tuple(bytes.fromhex(color[1:])) for color in PALETTES[0])
    sheet = Sheet(paint_gradient([(0, palette[0]), (1, palette[0])], SMALL), Always(), palette)
    MOTIFS[name](sheet)
    upper = sheet.image.crop((0, 0, 200, 200))
    assert sum(ImageStat.Stat(upper.convert("L")).stddev) > 15


@pytest.mark.parametrize("size", [POSTER_SIZE, WIDE_SIZE])
def test_both_texts_are_readable_and_do_not_touch(size):
    title, second = typographic_letterings("METROPOLIS", "1927", size, "Metropolis")
    assert second.text == "\u2014 1927 \u2014" and second.offset + second.height <= title.offset
    design = make_design(size, letterings=(title, second))
    drawn = opened(draw(typographic_picture("Metropolis", "1927", size), design))
    for text in (title, second):
        band = drawn.crop(
            (size[0] // 4, size[1] - text.offset - text.height, size[0] * 3 // 4, size[1] - text.offset)
        )
        levels = sorted(luminance(color) for _, color in band.getcolors(10_000_000))
        assert (levels[-1] + 0.05) / (levels[len(levels) // 2] + 0.05) >= 4.5


def test_a_blank_text_is_left_out():
    assert typographic_letterings(" ", "", POSTER_SIZE, "") == ()
    assert [one.text for one in typographic_letterings("A", " ", POSTER_SIZE, "A")] == ["A"]
