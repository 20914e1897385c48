"""The default overlays."""

import errno
import os
import stat

import pytest
from PIL import Image

from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE
from app.poster.drawing.overlays import POSTER_OVERLAY, WIDE_OVERLAY, draw_inner_glow, ensure_default_overlays


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("app") / "Overlayfiles"
    ensure_default_overlays(folder)
    return folder


@pytest.mark.parametrize(("name", "size"), [(POSTER_OVERLAY, POSTER_SIZE), (WIDE_OVERLAY, WIDE_SIZE)])
def test_a_fresh_folder_gets_both_overlays_in_their_size(folder, name, size):
    with Image.open(folder / name) as overlay:
        assert (overlay.size, overlay.mode, overlay.format) == (size, "RGBA", "PNG")


def test_nothing_is_left_beside_them_and_everyone_may_read_them(folder):
    assert sorted(path.name for path in folder.iterdir()) == [WIDE_OVERLAY, POSTER_OVERLAY]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o644 for path in folder.iterdir())


def test_a_file_of_the_user_stays_as_it_is(tmp_path):
    (tmp_path / POSTER_OVERLAY).write_bytes(b"mine")
    ensure_default_overlays(tmp_path)
    assert (tmp_path / POSTER_OVERLAY).read_bytes() == b"mine"
    assert (tmp_path / WIDE_OVERLAY).exists()


def test_the_picture_shows_in_the_middle_and_darkens_to_the_bottom():
    alpha = draw_inner_glow((200, 300)).getchannel("A")
    column = [alpha.getpixel((100, row)) for row in range(300)]
    assert column[110] == 0
    assert column[150:290] == sorted(column[150:290])
    assert 200 < column[285] < 240


def test_both_sides_are_alike_and_lighter_at_the_very_edge():
    overlay = draw_inner_glow((200, 300))
    assert overlay.getpixel((0, 120)) == overlay.getpixel((199, 120))
    assert overlay.getpixel((0, 120))[0] > overlay.getpixel((15, 120))[0]


def test_an_overlay_that_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    def refuse(descriptor):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="Input/output error"):
        ensure_default_overlays(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_same_overlay_is_drawn_each_time(folder, tmp_path):
    ensure_default_overlays(tmp_path)
    assert (tmp_path / POSTER_OVERLAY).read_bytes() == (folder / POSTER_OVERLAY).read_bytes()
