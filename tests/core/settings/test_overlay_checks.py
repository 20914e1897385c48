import pytest

from app.core.config_file import default_config
from app.core.settings.overlay_checks import FONTS, missing_files

SECTION = "PrerequisitePart"
OVERLAYS = (
    "overlayfile",
    "showoverlayfile",
    "seasonoverlayfile",
    "titlecardoverlayfile",
    "poster4k",
    "4KHDR10TC",
)


def check(folder, **settings):
    return [(finding.key, finding.message) for finding in missing_files({SECTION: settings}, folder)]


def test_the_packaged_settings_miss_no_file(tmp_path):
    assert missing_files(default_config(), tmp_path) == []


@pytest.mark.parametrize("key", FONTS)
def test_a_missing_font_of_each_text_is_named_with_what_to_do(tmp_path, key):
    ((found, message),) = check(tmp_path, **{key: "Gone.ttf"})
    assert found == key
    assert message.startswith(f"is Gone.ttf, which does not exist: put it into {tmp_path}")
    (tmp_path / "gone.TTF").touch()
    assert check(tmp_path, **{key: "Gone.ttf"}) == []


@pytest.mark.parametrize("key", OVERLAYS)
def test_a_missing_overlay_of_each_kind_is_named_with_what_to_do(tmp_path, key):
    ((found, message),) = check(tmp_path, **{key: "mine.png"})
    assert found == key and "mine.png, which does not exist" in message
    (tmp_path / "mine.png").touch()
    assert check(tmp_path, **{key: "mine.png"}) == []


@pytest.mark.parametrize("value", ["", "  ", None, 7])
def test_a_file_that_is_not_named_is_not_missed(tmp_path, value):
    assert check(tmp_path, showoverlayfile=value) == []


@pytest.mark.parametrize(
    ("key", "value"), [("font", "overlay.png"), ("overlayfile", "Mine.ttf"), ("font", "Mine")]
)
def test_a_file_of_another_kind_is_refused(tmp_path, key, value):
    assert "no file for it" in check(tmp_path, **{key: value})[0][1]


def test_a_packaged_font_counts(tmp_path):
    assert check(tmp_path, font="NotoSansArabic-Bold.ttf") == []
