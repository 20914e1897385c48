"""Fonts of the package and of the user."""

import pytest

from app.poster.text.fonts import (
    DEFAULT_FONT,
    FALLBACK_FONTS,
    FOLDER,
    THIN_FONTS,
    Layout,
    coverage,
    find_font,
    font_chain,
    load_font,
)

SCRIPTS = {
    "Latin": "AZaz09éßŁőžẤ½“”…•",
    "Greek": "ΑΩάώ",
    "Cyrillic": "АЯЇЈЉ",
    "Hebrew": "אבת",
    "Arabic": "ابتيپچگک",
    "Thai": "กขไ่",
    "Devanagari": "अकि",
    "Tamil": "தமி",
    "Malayalam": "മല",
    "Chinese and Japanese": "漢字国龍アあー",
    "Korean": "한국게임",
    "Georgian and Armenian": "აბԱա",
    "emoji and symbols": "😀🎬🚀❤★♥",
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "Colus-Regular.ttf").write_bytes(DEFAULT_FONT.read_bytes())
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    return tmp_path


@pytest.mark.parametrize("name", ["Colus-Regular.ttf", "colus-regular.TTF"])
def test_a_font_is_found_by_its_name_in_any_case(folder, name):
    assert find_font(name, [folder / "missing", folder]) == (folder / "Colus-Regular.ttf", None)


def test_the_fonts_of_the_package_are_found_by_name(folder):
    assert find_font("DejaVuSans-Bold.ttf", [folder]) == (FOLDER / "DejaVuSans-Bold.ttf", None)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Gone.ttf", "was not found"),
        ("", "was not found"),
        ("../Colus-Regular.ttf", "was not found"),
        ("/etc/passwd", "was not found"),
        ("broken.ttf", "is no font file"),
        ("BebasNeue.LICENSE.txt", "is no font file"),
    ],
)
def test_an_unusable_font_gives_way_to_the_default_with_a_reason(folder, name, reason):
    path, note = find_font(name, [folder])
    assert path == DEFAULT_FONT
    assert reason in note and repr(name) in note


def test_a_broken_file_does_not_hide_a_sound_one_of_the_same_name(folder, tmp_path_factory):
    sound = tmp_path_factory.mktemp("fonts")
    (sound / "broken.ttf").write_bytes(DEFAULT_FONT.read_bytes())
    assert find_font("broken.ttf", [folder, sound]) == (sound / "broken.ttf", None)


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_package_has_every_character_of_a_script_in_some_font(script):
    covered = frozenset().union(*map(coverage, (DEFAULT_FONT, *FALLBACK_FONTS)))
    assert [character for character in SCRIPTS[script] if ord(character) not in covered] == []


def test_the_wanted_font_comes_first_and_only_once():
    chain, note = font_chain(FALLBACK_FONTS[2])
    assert chain[:2] == (FALLBACK_FONTS[2], DEFAULT_FONT)
    assert len(chain) == len(set(chain)) == 1 + len(FALLBACK_FONTS)
    assert note is None


def test_a_font_that_cannot_be_read_is_told(folder):
    chain, note = font_chain(str(folder / "broken.ttf"))
    assert chain[0] == DEFAULT_FONT
    assert note == "the font 'broken.ttf' cannot be read, BebasNeue-Bold is used instead"


def test_a_file_without_characters_cannot_be_asked_for_them(folder):
    with pytest.raises(ValueError, match="cannot be read"):
        coverage(folder / "broken.ttf")


def test_each_font_in_the_folder_is_used_and_has_its_licence():
    fonts = {path for path in FOLDER.iterdir() if path.suffix in (".ttf", ".otf")}
    assert fonts == {DEFAULT_FONT, *FALLBACK_FONTS} and set(THIN_FONTS) <= fonts
    licences = {path.name.removesuffix(".LICENSE.txt") for path in FOLDER.glob("*.LICENSE.txt")}
    assert all(any(path.name.startswith(name) for name in licences) for path in fonts)


def test_the_fonts_take_less_than_eight_megabytes():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 8_000_000


def test_a_font_is_opened_once_per_size():
    assert load_font(DEFAULT_FONT, 33, Layout.BASIC) is load_font(DEFAULT_FONT, 33, Layout.BASIC)
    assert load_font(DEFAULT_FONT, 33, Layout.BASIC) is not load_font(DEFAULT_FONT, 34, Layout.BASIC)
