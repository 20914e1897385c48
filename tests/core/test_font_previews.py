"""A text in a font is drawn once, in one line, in a picture of bounded size."""

from io import BytesIO

import pytest
from PIL import Image

from app.core.errors import Invalid
from app.core.font_previews import WIDEST, font_preview
from app.core.picture_cache import PictureCache
from app.core.settings.overlay_checks import PACKAGED_FONTS
from tests.trees import make_image

FONT = PACKAGED_FONTS / "BebasNeue-Bold.otf"


def opened(content):
    return Image.open(BytesIO(content))


def test_the_same_text_is_kept_and_another_one_or_another_font_is_drawn_anew(tmp_path):
    folder, copied = tmp_path / "previews", make_image(tmp_path, "own.otf", FONT.read_bytes())
    first = font_preview(folder, copied, "Aa")
    assert opened(first).format == "PNG" and len(opened(first).getcolors(99999)) > 2
    [kept] = folder.iterdir()
    kept.write_bytes(b"as it is kept")
    assert font_preview(folder, copied, "Aa") == b"as it is kept"
    assert font_preview(folder, copied, "Ab") != first
    copied.write_bytes((PACKAGED_FONTS / "DejaVuSans-Bold.ttf").read_bytes())
    assert font_preview(folder, copied, "Aa") not in (first, b"as it is kept")


@pytest.mark.parametrize("text", ["Aa", " ", "W" * 100, "漢字", "العربية"])
def test_every_text_is_a_picture_of_bounded_size(tmp_path, text):
    width, height = opened(font_preview(tmp_path, FONT, text)).size
    assert 0 < width <= 1.1 * WIDEST and 0 < height <= 200


def test_a_file_that_is_no_font_is_invalid(tmp_path):
    with pytest.raises(Invalid, match=r"broken\.ttf cannot be opened"):
        font_preview(tmp_path, make_image(tmp_path, "broken.ttf"), "Aa")


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    blocked = make_image(tmp_path, "blocked")
    assert opened(font_preview(blocked, FONT, "Aa")).format == "PNG"


def test_beyond_the_limit_the_oldest_pictures_go(tmp_path):
    cache = PictureCache(tmp_path / "kept", most=3)
    for name in "abcde":
        assert cache.content(name, name.encode) == name.encode()
    assert sorted(file.name for file in (tmp_path / "kept").iterdir()) == ["c", "d", "e"]
