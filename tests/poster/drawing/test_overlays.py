"""The default overlays: what they leave of a picture, and whose file they replace.

The look keeps what published poster styles have in common: the standard card of TitleCardMaker, the text
protection of Material Design and the contrast of WCAG 1.4.3 ask for a dark gradient behind the text alone,
without edge, frame or veil over the rest of the picture.
"""

import errno
import hashlib
import os
import stat

import pytest
from PIL import Image, ImageChops, ImageStat

from app.poster.drawing import overlays
from app.poster.drawing.blending import blend_overlay
from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE, Lettering
from app.poster.drawing.draw import draw
from app.poster.drawing.overlays import (
    POSTER_OVERLAY,
    WIDE_OVERLAY,
    draw_title_shade,
    ensure_default_overlays,
)
from app.poster.drawing.scenery import scenery
from tests.poster.contrast import luminance
from tests.poster.pictures import make_design, make_picture, opened

SIZES = {POSTER_OVERLAY: POSTER_SIZE, WIDE_OVERLAY: WIDE_SIZE}
NAMES = list(SIZES)
POSTER_BOX = {"minimum": 45, "maximum": 300, "width": 1900, "height": 500, "offset": 430}
CARD_BOX = {"minimum": 50, "maximum": 150, "width": 3640, "height": 280, "offset": 300}
TITLES = (
    "HEAT",
    "THE GOOD, THE BAD AND THE UGLY",
    "DR. STRANGELOVE OR: HOW I LEARNED TO STOP WORRYING AND LOVE THE BOMB",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("app") / "Overlayfiles"
    ensure_default_overlays(folder)
    return folder


def opacity_by_row(size):
    alpha = draw_title_shade(size).getchannel("A")
    assert (
        alpha.resize((1, size[1]), Image.Resampling.BOX).tobytes() == alpha.crop((0, 0, 1, size[1])).tobytes()
    )
    return list(alpha.crop((0, 0, 1, size[1])).tobytes())


def shaded(folder, name, picture):
    canvas = picture.copy()
    blend_overlay(canvas, folder / name)
    return canvas


@pytest.mark.parametrize("name", NAMES)
def test_a_fresh_folder_gets_both_overlays_in_their_size(folder, name):
    with Image.open(folder / name) as overlay:
        assert (overlay.size, overlay.mode, overlay.format) == (SIZES[name], "RGBA", "PNG")


def test_nothing_is_left_beside_them_and_everyone_may_read_them(folder):
    assert sorted(path.name for path in folder.iterdir()) == [WIDE_OVERLAY, POSTER_OVERLAY]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o644 for path in folder.iterdir())


@pytest.mark.parametrize("content", [b"mine", b""])
def test_a_file_of_the_user_stays_as_it_is(tmp_path, content):
    (tmp_path / POSTER_OVERLAY).write_bytes(content)
    ensure_default_overlays(tmp_path)
    assert (tmp_path / POSTER_OVERLAY).read_bytes() == content
    assert (tmp_path / WIDE_OVERLAY).exists()


def test_a_folder_in_the_place_of_an_overlay_stays(tmp_path):
    (tmp_path / POSTER_OVERLAY).mkdir()
    ensure_default_overlays(tmp_path)
    assert (tmp_path / POSTER_OVERLAY).is_dir()


@pytest.mark.parametrize("name", NAMES)
def test_an_overlay_of_an_earlier_version_is_replaced_unless_it_was_changed(
    folder, tmp_path, monkeypatch, name
):
    former = b"the bytes of an earlier version"
    monkeypatch.setattr(overlays, "FORMER_OVERLAYS", {hashlib.sha256(former).hexdigest()})
    (tmp_path / name).write_bytes(former)
    ensure_default_overlays(tmp_path)
    assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
    (tmp_path / name).write_bytes(former + b"!")
    ensure_default_overlays(tmp_path)
    assert (tmp_path / name).read_bytes() == former + b"!"


@pytest.mark.parametrize("size", SIZES.values())
def test_the_upper_three_fifths_are_transparent_and_the_shade_only_grows_below(size):
    rows = opacity_by_row(size)
    assert max(rows[: size[1] * 3 // 5]) == 0
    assert rows == sorted(rows)
    assert 0.8 <= rows[-1] / 255 <= 0.9


@pytest.mark.parametrize("size", SIZES.values())
def test_the_shade_has_no_edge(size):
    rows = opacity_by_row(size)
    steps = [after - before for before, after in zip(rows, rows[1:], strict=False)]
    assert max(steps) <= 2
    assert rows.index(max(rows)) - rows.index(1) > size[1] * 0.35


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mood", ["day", "night"])
def test_the_upper_two_thirds_keep_their_luminance(folder, name, mood):
    size = SIZES[name]
    picture = scenery("x", size, "hills", mood)
    upper = (0, 0, size[0], size[1] * 2 // 3)
    before, after = (
        ImageStat.Stat(image.crop(upper).convert("L")).mean[0]
        for image in (picture, shaded(folder, name, picture))
    )
    assert 0.985 * before <= after <= before


def test_no_edge_of_the_picture_is_darker_than_its_middle(folder):
    canvas = shaded(folder, POSTER_OVERLAY, make_picture(POSTER_SIZE, (200, 200, 200)))
    for row in (0, 900, 1799, 2100, 2900, 2999):
        assert len(set(canvas.crop((0, row, 2000, row + 1)).getcolors())) == 1


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(("name", "box"), [(POSTER_OVERLAY, POSTER_BOX), (WIDE_OVERLAY, CARD_BOX)])
def test_white_titles_have_a_contrast_of_4_5_on_a_white_picture(folder, name, box, title):
    picture = make_picture(SIZES[name], (255, 255, 255))
    design = make_design(SIZES[name], letterings=(Lettering(title, None, **box),))
    written = opened(draw(shaded(folder, name, picture), design))
    behind = shaded(folder, name, picture)
    ink = ImageChops.difference(written, behind).convert("L").point(lambda value: 255 if value > 60 else 0)
    highest_ink = ink.getbbox()[1]
    assert 1.05 / (luminance(behind.getpixel((5, highest_ink))) + 0.05) >= 4.5


def test_an_overlay_that_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    def refuse(descriptor):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="Input/output error"):
        ensure_default_overlays(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_same_overlay_is_drawn_each_time(folder, tmp_path):
    ensure_default_overlays(tmp_path)
    digests = {hashlib.sha256((one / POSTER_OVERLAY).read_bytes()).hexdigest() for one in (tmp_path, folder)}
    assert len(digests) == 1
