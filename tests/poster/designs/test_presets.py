"""Every packaged design draws every kind: no hard title is lost, and letters stand out from any picture."""

import json
from functools import lru_cache

import pytest
from PIL import Image

from app.core.designs.shelf import packaged_designs
from app.poster.designs.reading import read_design
from app.poster.drawing.canvas import open_layer
from app.poster.drawing.draw import draw
from app.poster.drawing.lettering import measure_text
from app.poster.kinds import Kind
from app.poster.settings import DEFAULTS, Settings
from app.poster.text.fonts import best_layout, is_font
from docs.design_sheets import TITLES

SETTINGS = Settings({}, json.loads(DEFAULTS.read_text("utf-8")))
PRESETS = packaged_designs()
LARGEST_FONT = 200_000
# What the guidelines want of large text is 3; measured on a white picture, the worst there is.
LEAST_CONTRAST = 3.8
TEXTS = {
    Kind.POSTER: ("The Long Goodbye of the Quay", ""),
    Kind.SEASON: ("Season 1", "Tales of the Quay"),
    Kind.COLLECTION: ("Silent Classics of Old", "Collection"),
    Kind.BACKGROUND: ("The Long Goodbye of the Quay", ""),
    Kind.TITLE_CARD: ("All Her Old Keys, Part Two", "Season 1 • Episode 2"),
}
EACH = pytest.mark.parametrize("preset", PRESETS, ids=lambda record: record.id)


def book_of(preset):
    return book_in(preset.folder)


@lru_cache(maxsize=16)
def book_in(folder):
    return read_design(folder).book(SETTINGS, folder)


def boxes(preset, kind, title, second="", language=""):
    design = book_of(preset).style(kind).design(title, second, language)
    return [measure_text(design.size, one, best_layout()) for one in design.letterings], design.size


def test_there_are_the_designs_that_are_documented():
    assert [preset.id for preset in PRESETS] == [
        *("classic", "textless-logo", "minimal", "streaming"),
        *("cinema", "typographic", "title-cards", "anime", "gallery"),
    ]


@EACH
@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.value)
def test_letters_stand_out_from_a_white_picture(kind, preset):
    style = book_of(preset).style(kind)
    drawing = draw(Image.new("RGB", style.plain.size, "white"), style.design(*TEXTS[kind]))
    assert drawing.texts and not drawing.truncated and not drawing.missing and book_of(preset).notes == []
    assert min(text.contrast for text in drawing.texts) >= LEAST_CONTRAST


@EACH
@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.value)
def test_nothing_of_hard_titles_is_lost_and_all_of_it_is_on_the_picture(kind, preset):
    for title, language in TITLES:
        second = TEXTS[kind][1]
        pair = (second, title) if kind is Kind.SEASON else (title, second)
        found, (width, height) = boxes(preset, kind, *pair, language)
        for one in found:
            assert one.text.size and not one.text.truncated and not one.text.missing, (title, one.text)
            left, top, right, bottom = one.ink
            assert 0 < left < right < width and 0 < top < bottom < height, (title, one.ink)


@EACH
def test_a_label_does_not_touch_its_title(preset):
    for kind in (Kind.SEASON, Kind.COLLECTION, Kind.TITLE_CARD):
        for title in ("Alien", "Jiggly Quays", "The One Where Everybody Finds Out Again and Again"):
            second = TEXTS[kind][1] or "Season 1"
            found, _ = boxes(preset, kind, *((second, title) if kind is Kind.SEASON else (title, second)))
            if len(found) == 2:
                upper, lower = sorted((one.ink for one in found), key=lambda ink: ink[1])
                assert upper[3] <= lower[1], (kind, title, upper, lower)


@EACH
def test_baselines_are_the_same_with_and_without_descenders(preset):
    for kind in (Kind.POSTER, Kind.TITLE_CARD):
        (plain, *_), _ = boxes(preset, kind, "HHHH")
        (deep, *_), _ = boxes(preset, kind, "HHQJ")
        assert abs(plain.ink[1] - deep.ink[1]) <= plain.text.size * 0.04


@EACH
def test_fonts_are_small_open_and_carry_their_licence(preset):
    for font in preset.fonts:
        file = preset.folder / font.file
        assert is_font(file) and file.stat().st_size <= LARGEST_FONT
        assert "Open Font License" in font.licence
        text = (preset.folder / font.licence_file).read_text("utf-8")
        assert "SIL OPEN FONT LICENSE" in text and "Copyright" in text


@EACH
def test_overlays_have_the_size_of_their_picture_and_every_file_is_used(preset):
    sizes = {open_layer(preset.folder / name).size for name in preset.overlays}
    assert sizes == {(2000, 3000), (3840, 2160)}
    named = json.dumps(preset.settings)
    assert all(f'"{name}"' in named for name in preset.files)
    stored = {path.name for path in preset.folder.iterdir()}
    assert stored == {"design.json", *preset.files, *preset.licence_files}
